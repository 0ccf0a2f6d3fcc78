/** The clips of ../shared/data/modern, and how far a measure tells fakes from reals of their own repository. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const modern = path.resolve(import.meta.dirname, '../../../shared/data/modern');

export interface Clip {
  readonly file: string;
  readonly kind: 'real' | 'swap' | 'talking';
  readonly repository: string;
}

/** With the value of each measure; null where nothing could be measured. */
export interface Valued {
  readonly repository: string;
  readonly values: Readonly<Record<string, number>> | null;
}

const CLIP = /\.(mp4|webm|mov|mkv|avi)$/i;

export function clips(): Clip[] {
  const [head, ...lines] = readFileSync(path.join(modern, 'manifest.csv'), 'utf8').trim().split('\n');
  const columns = cellsOf(head!);
  return lines
    .map(cellsOf)
    .map((cells) => Object.fromEntries(columns.map((name, n) => [name, cells[n] ?? ''])))
    .filter((row) => CLIP.test(row.file!))
    .map((row) => ({
      file: row.file!,
      kind: row.label === 'real' ? 'real' : (row.class as 'swap' | 'talking'),
      repository: row.repo!,
    }));
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Share of pairs, a fake and a real of one repository, in which the fake has the larger value; each repository weighs by its pairs. Null without pairs. */
export function ownSourceAuc(fakes: readonly Valued[], reals: readonly Valued[], name: string): number | null {
  let [larger, pairs] = [0, 0];
  for (const fake of fakes)
    for (const real of reals) {
      const [p, q] = [fake.values?.[name], real.values?.[name]];
      if (fake.repository !== real.repository || p === undefined || q === undefined) continue;
      pairs++;
      larger += p > q ? 1 : p === q ? 0.5 : 0;
    }
  return pairs === 0 ? null : larger / pairs;
}

export function quartiles(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const sorted = [...values].sort((a, b) => a - b);
  return [0.25, 0.5, 0.75].map((q) => sorted[Math.floor(q * (sorted.length - 1))]!.toPrecision(2)).join(' / ');
}
