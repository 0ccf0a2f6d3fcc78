import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packs } from '../../../main/law/index.ts';
import { sharedRoot, testWithShared } from '../../shared.ts';

const SOURCE = 'law/provisions.json';

interface Entry {
  readonly id: string;
  readonly jurisdiction: string;
  readonly kind: string;
  readonly quotation_zh?: string | null;
  readonly quotation_original?: { readonly text: string };
  readonly summary_zh: string;
  readonly summary_en: string;
  readonly verified: boolean;
  readonly verification_level: string;
}

const read = () =>
  JSON.parse(readFileSync(path.join(sharedRoot, SOURCE), 'utf8')) as { readonly entries: readonly Entry[] };
/** Id in ../shared/law/provisions.json -> id of our provision or academic view. */
const counterpart = new Map<string, string>(
  Object.entries(JSON.parse(readFileSync(path.join(import.meta.dirname, 'provision-map.json'), 'utf8'))),
);
const provisions = new Map([...packs().values()].flatMap((p) => p.provisions.map((one) => [one.id, one] as const)));
const views = new Set(
  packs()
    .get('cn')!
    .academic!.views.map(({ id }) => id),
);

test('every counterpart named in the committed mapping exists', () => {
  expect([...counterpart.values()].filter((id) => !provisions.has(id) && !views.has(id))).toEqual([]);
  expect(counterpart.size).toBeGreaterThan(170);
});

testWithShared(
  [SOURCE],
  'every provision of the source has a counterpart; proposals of the paper only as views',
  async () => {
    const { entries } = read();
    expect(entries.filter(({ id }) => !counterpart.has(id)).map(({ id }) => id)).toEqual([]);
    expect(entries.filter(({ jurisdiction }) => jurisdiction === 'CN').length).toBe(155);
    for (const { id, kind } of entries)
      expect([id, views.has(counterpart.get(id)!)]).toEqual([id, kind === 'seed_proposal']);
  },
);

testWithShared([SOURCE], 'a quotation is that of the source, and only where the source verified it', async () => {
  const differing = read().entries.flatMap((entry) => {
    const provision = provisions.get(counterpart.get(entry.id)!);
    const newest = provision?.versions.at(-1);
    if (!newest || newest.quotation.length === 0) return [];
    if (entry.id === 'us-tida') return [];
    const source = `${entry.quotation_zh ?? ''} ${entry.quotation_original?.text ?? ''}`;
    return entry.verified && newest.quotation.every(({ text }) => source.includes(text)) ? [] : [entry.id];
  });
  expect(differing).toEqual([]);
});

testWithShared([SOURCE], 'a verified wording is not left out', async () => {
  const missing = read()
    .entries.filter(({ kind, verified, quotation_zh }) => kind !== 'seed_proposal' && verified && quotation_zh)
    .filter(({ id }) => provisions.get(counterpart.get(id)!)!.versions.at(-1)!.quotation.length === 0)
    .map(({ id }) => id);
  expect(missing).toEqual([]);
});

testWithShared([SOURCE], 'the prose is ours: no gist repeats a long run of the source', async () => {
  const copied = read().entries.flatMap(({ id, summary_zh, summary_en, quotation_zh }) => {
    const gist = provisions.get(counterpart.get(id)!)?.gist;
    if (!gist) return [];
    const runs = [
      [gist.zh, summary_zh ?? '', 18],
      [gist.en, summary_en ?? '', 50],
    ] as const;
    const hit = runs.some(([ours, theirs, length]) =>
      [...ours].some((_, at) => {
        const run = ours.slice(at, at + length);
        return run.length === length && theirs.includes(run) && !(quotation_zh ?? '').includes(run);
      }),
    );
    return hit ? [id] : [];
  });
  expect(copied).toEqual([]);
});
