/** The room against 144 real files: every fact that ../shared/data/provenance/manifest.csv says a correct reader must report. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fact } from '../../main/contract/fact.ts';
import { C2paReader, createProvenanceAnalyzers, importTrustFile } from '../../main/provenance/index.ts';
import { sharedRoot, testWithShared } from '../shared.ts';
import { factsOfFile, valuesOf } from '../unit/provenance/examine.ts';
import { COMPARED, CORRECTED, expectedState, expectedStateOfError, NOT_COMPARED } from './provenance-mapping.ts';

const folder = path.join(sharedRoot, 'data/provenance');
const NEEDED = ['data/provenance/manifest.csv', 'data/provenance/trust/C2PA-TRUST-LIST.pem'];

interface Row {
  readonly file: string;
  readonly signal: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const reader = new C2paReader();
const trust = mkdtempSync(path.join(tmpdir(), 'jz-trust-'));
const found = new Map<string, Fact[]>();

beforeAll(async () => {
  if (NEEDED.some((n) => !existsSync(path.join(sharedRoot, n)))) return;
  for (const name of ['C2PA-TRUST-LIST.pem', 'C2PA-TSA-TRUST-LIST.pem'])
    await importTrustFile(trust, readFileSync(path.join(folder, 'trust', name)), '2026-11-24');
  const analyzers = createProvenanceAnalyzers({
    reader,
    trustFolder: trust,
    now: () => new Date('2026-11-24T00:00:00Z'),
  });
  for (const row of rows()) found.set(row.file, await factsOfFile(analyzers, path.join(folder, row.file)));
});

afterAll(() => {
  reader[Symbol.dispose]();
  rmSync(trust, { recursive: true, force: true });
});

testWithShared(
  NEEDED,
  'every key of the manifest is compared with a fact, or named as not compared with its reason',
  async () => {
    const keys = new Set(rows().flatMap((r) => flatten(r.expected).map(([key]) => key)));
    expect(keys.size).toBeGreaterThan(70);
    const unknown = [...keys].filter(
      (k) => !(k in COMPARED) && !(k in NOT_COMPARED) && k !== 'c2pa' && k !== 'c2pa_error',
    );
    expect(unknown).toEqual([]);
  },
);

testWithShared(NEEDED, 'all C2PA states are right with the official list alone', async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const { file, expected } of rows()) {
    const wanted = wantedState(file, expected);
    if (wanted === null) continue;
    compared++;
    const state = valuesOf(found.get(file)!, 'c2pa.state');
    if (state.length !== 1 || state[0] !== wanted) wrong.push(`${file}: ${wanted}, found ${state.join()}`);
  }
  expect(compared).toBe(138);
  expect(wrong).toEqual([]);
});

testWithShared(NEEDED, 'all AIGC labels are right, and none is found where none is', async () => {
  const { wrong, compared } = compare('aigc');
  expect(compared).toBeGreaterThan(60);
  expect(wrong).toEqual([]);
  const labelled = rows()
    .filter(({ file }) => valuesOf(found.get(file)!, 'aigc.Label').length > 0)
    .map((r) => r.file);
  expect(labelled.every((f) => f.startsWith('aigc-label/'))).toBe(true);
  expect(labelled).toHaveLength(12);
});

/** Known misses, each with its reason; a new one fails the test. */
const MISSES = [
  // The block is cut inside its first directory; exiftool follows the maker note to a preview that the directories do not name.
  'hostile/endless_loop.jpg has_exif_thumbnail',
];

testWithShared(
  NEEDED,
  'at least 97 in a hundred of all other facts are right, and the misses are those named',
  async () => {
    const { wrong, compared } = compare('other');
    expect(compared).toBeGreaterThan(800);
    expect(wrong.map((w) => w.split(':: ')[0])).toEqual(MISSES);
    expect((compared - wrong.length) / compared).toBeGreaterThanOrEqual(0.97);
  },
);

const REAL = ['camera-exif', 'photoshop-on-real', 'jpeg-encoder', 'mp4-structure', 'thumbnail-mismatch', 'audio-tags'];

testWithShared(NEEDED, 'camera, Photoshop and messenger files give no fact above S1 towards synthesis', async () => {
  const files = rows().filter((r) => REAL.includes(r.signal));
  expect(files.length).toBeGreaterThan(25);
  const alarms = files.flatMap(({ file }) =>
    found
      .get(file)!
      .filter((f) => (f.says === 'generated' || f.says === 'edited-with-ai') && f.strength !== 'S0')
      .map((f) => `${file}: ${f.id} ${f.strength}`),
  );
  expect(alarms).toEqual([]);
});

testWithShared(NEEDED, 'a file whose comment holds every magic word carries no signal', async () => {
  const facts = found.get('hostile/fp_words_in_comment.jpg')!;
  expect(facts.filter((f) => f.says === 'generated' || f.says === 'edited-with-ai')).toEqual([]);
});

testWithShared(NEEDED, 'a real picture edited with AI is not called generated', async () => {
  const facts = found.get('c2pa-generators/samsung_black_1.png')!;
  expect(facts.filter((f) => f.says === 'generated')).toEqual([]);
  expect(facts.some((f) => f.says === 'edited-with-ai')).toBe(true);
});

testWithShared(NEEDED, 'the places of facts lie inside their files', async () => {
  for (const { file } of rows()) {
    const { size } = await import('node:fs').then((fs) => fs.statSync(path.join(folder, file)));
    for (const f of found.get(file)!) {
      if (f.at === null || !('offset' in f.at)) continue;
      expect(f.at.offset + f.at.length).toBeLessThanOrEqual(size);
    }
  }
});

function wantedState(file: string, expected: Row['expected']): string | null {
  const corrected = CORRECTED[file];
  if (corrected) return corrected.state;
  if ('c2pa' in expected) return expectedState(expected.c2pa as { state: string; fail?: string[] } | null);
  return 'c2pa_error' in expected ? expectedStateOfError(String(expected.c2pa_error)) : null;
}

function compare(kind: 'aigc' | 'other'): { wrong: string[]; compared: number } {
  const wrong: string[] = [];
  let compared = 0;
  for (const { file, expected } of rows()) {
    const facts = found.get(file)!;
    for (const [key, value] of flatten(expected)) {
      const rule = COMPARED[key];
      if (!rule || rule.class !== kind) continue;
      compared++;
      const wanted = key === 'c2pa.fail' && CORRECTED[file] ? CORRECTED[file].fail : value;
      const values = valuesOf(facts, rule.fact);
      if (!rule.agrees(wanted as never, values, facts))
        wrong.push(
          `${file} ${key}:: ${JSON.stringify(wanted)?.slice(0, 120)} found ${JSON.stringify(values).slice(0, 160)}`,
        );
    }
  }
  return { wrong, compared };
}

/** `c2pa`, `AIGC` and `dwtdct` hold objects: their members are compared one by one. */
function flatten(expected: Row['expected']): [string, unknown][] {
  return Object.entries(expected).flatMap(([key, value]): [string, unknown][] =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).map(([k, v]) => [`${key}.${k}`, v])
      : [[key, value]],
  );
}

let cached: readonly Row[] | null = null;

function rows(): readonly Row[] {
  cached ??= parseCsv(readFileSync(path.join(folder, 'manifest.csv'), 'utf8'))
    .slice(1)
    .map((r) => ({ file: r[0]!, signal: r[1]!, expected: JSON.parse(r[7]!) }));
  return cached;
}

/** RFC 4180. */
function parseCsv(source: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const match of source.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g)) {
    if (match[0] === '' && line.length === 0) break;
    line.push((match[1] ?? match[2] ?? '').replaceAll('""', '"'));
    if (match[3] !== ',') {
      lines.push(line);
      line = [];
    }
  }
  return lines;
}
