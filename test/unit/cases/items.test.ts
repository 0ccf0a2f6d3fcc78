import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dumpComparable } from '../../../main/cases/comparable.ts';
import { listCustody } from '../../../main/cases/custody.ts';
import { verifyCustody } from '../../../main/cases/custody-check.ts';
import {
  examinationBrief,
  latestExamination,
  latestExaminedBy,
  readExamination,
  recordExamination,
} from '../../../main/cases/examinations.ts';
import { intake } from '../../../main/cases/intake.ts';
import { eraseItem } from '../../../main/cases/item-erasure.ts';
import { itemKey } from '../../../main/cases/item-keys.ts';
import { findItem, getItem, listItems, setItemRole } from '../../../main/cases/items.ts';
import { getEntry } from '../../../main/cases/job-store.ts';
import { withWorkingCopy } from '../../../main/cases/working-copy.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import type { Examination } from '../../../main/contract/engine.ts';
import { fact } from '../../../main/contract/fact.ts';
import { Bench, bytesOf, examinationOf, plan, receiveOne } from './support.ts';

test('items are listed page by page, by role and by parent', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const files = [1, 2, 3, 4, 5].map((n) => bench.write(`${n}.png`, bytesOf(100, n)));
  for (const entry of plan(c, files)) await intake(c, entry);
  const all = listItems(c).map((item) => item.sha256);
  const first = listItems(c, { limit: 2 });
  const rest = listItems(c, { after: first.at(-1)!.ordinal });
  expect([...first, ...rest].map((item) => item.sha256)).toEqual(all);
  setItemRole(c, all[1]!, 'context');
  expect(listItems(c, { role: 'context' }).map((item) => item.sha256)).toEqual([all[1]]);
  expect(listItems(c, { parent: all[0]! })).toEqual([]);
});

test('an item is found by its digest or a clear beginning of it', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { item } = await receiveOne(c, bench.write('a.png', bytesOf(100, 1)));
  expect(findItem(c, item.sha256)?.ordinal).toBe(1);
  expect(findItem(c, item.sha256.slice(0, 8))?.ordinal).toBe(1);
  for (const none of [item.sha256.slice(0, 5), 'ffffffff', '%', "' OR 1"]) expect(findItem(c, none)).toBeNull();
  expect(() => getItem(c, 'f'.repeat(64))).toThrow(expect.objectContaining({ code: 'ITEM_NOT_FOUND' }));
});

test('a role is changed once and recorded with what it was', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { item } = await receiveOne(c, bench.write('a.png', bytesOf(100, 1)));
  setItemRole(c, item.sha256, 'suspected-source');
  setItemRole(c, item.sha256, 'suspected-source');
  expect(getItem(c, item.sha256).role).toBe('suspected-source');
  expect(listCustody(c).filter((e) => e.act === 'item-role-set')).toMatchObject([
    { item: item.sha256, details: { from: 'questioned', to: 'suspected-source' } },
  ]);
});

test('a second job examines an item again, and the later examination is the one shown', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const file = bench.write('a.png', bytesOf(100, 1));
  const ids: number[] = [];
  for (const fps of [1, 2]) {
    const { entry, item } = await receiveOne(c, file);
    const settings = { ...DEFAULT_SETTINGS, fps };
    ids.push((await recordExamination(c, { entry, examination: examinationOf(item), settings, startedAtMs: fps })).id);
  }
  expect(ids[0]).not.toBe(ids[1]);
  const { sha256 } = listItems(c)[0]!;
  expect(latestExamination(c, sha256)).toMatchObject({ id: ids[1], settings: { fps: 2 } });
  expect(readExamination(c, ids[0]!).settings.fps).toBe(1);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
});

describe('erasing an item', () => {
  test('takes its parts with it unless they were also seen elsewhere', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    const bytes = bytesOf(10_000, 1);
    const { entry, item } = await receiveOne(c, bench.write('whole.jpg', bytes));
    const parts = [
      { offset: 1000, length: 500, mediaType: 'video/mp4', relation: 'motion-photo-video' },
      { offset: 2000, length: 500, mediaType: 'video/mp4', relation: 'embedded-file' },
    ] as const;
    const recorded = await recordExamination(c, {
      entry,
      examination: examinationOf(item, { parts }),
      settings: DEFAULT_SETTINGS,
      startedAtMs: 1,
    });
    const inner = [];
    for (const part of recorded.parts) inner.push((await intake(c, part)).item.sha256);
    const { item: apart } = await receiveOne(c, bench.write('apart.mp4', bytes.subarray(2000, 2500)));
    expect(apart.sha256).toBe(inner[1]);

    const { items } = await eraseItem(c, item.sha256);
    expect(items).toEqual([item.sha256, inner[0]]);
    expect(listItems(c)).toMatchObject([{ sha256: apart.sha256, parent: null, sightings: 1 }]);
    const left = readdirSync(path.join(c.folder, 'vault'), { recursive: true, withFileTypes: true });
    expect(left.filter((at) => at.isFile())).toHaveLength(1);
    expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  });

  test('leaves no key, path or row that refers to it, and the digest in the log', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    const { entry, item } = await receiveOne(c, bench.write('a.png', bytesOf(100, 1)));
    await recordExamination(c, { entry, examination: examinationOf(item), settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    writeFileSync(path.join(c.folder, 'case.db.before-2'), 'a copy made before a migration');
    const { wrappedKey } = c.db.get<{ wrappedKey: Buffer }>('SELECT wrappedKey FROM items')!;
    await eraseItem(c, item.sha256);
    expect(() => itemKey(c, item.sha256)).toThrow(expect.objectContaining({ code: 'ITEM_NOT_FOUND' }));
    for (const table of [
      'items',
      'sightings',
      'vaultFiles',
      'examinations',
      'outcomes',
      'findings',
      'crops',
      'templates',
    ])
      expect([table, c.db.all(`SELECT * FROM ${table}`)]).toEqual([table, []]);
    expect(getEntry(c, entry.id)).toMatchObject({ item: null, path: null });
    await expect(withWorkingCopy(c, item.sha256, async () => 0)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
    c.close();
    expect(readdirSync(c.folder)).not.toContain('case.db.before-2');
    for (const name of readdirSync(c.folder).filter((n) => n.startsWith('case.db')))
      expect(readFileSync(path.join(c.folder, name)).includes(wrappedKey)).toBe(false);
  });

  test('an erased item can be received again as a new one', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    const file = bench.write('a.png', bytesOf(100, 1));
    const { item } = await receiveOne(c, file);
    await eraseItem(c, item.sha256);
    const { item: again } = await receiveOne(c, file);
    expect(again).toMatchObject({ sha256: item.sha256, ordinal: 2 });
    expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  });
});

test('two cases over the same files hold the same, and a different byte shows', async () => {
  using bench = new Bench();
  const dumps = [];
  const files = [1, 2].map((n) => bench.write(`${n}.png`, bytesOf(3000, n)));
  for (const name of ['a', 'b', 'c']) {
    if (name === 'c') bench.write('2.png', bytesOf(3000, 9));
    const c = await bench.newCase(name);
    for (const entry of plan(c, files)) {
      const { item } = await intake(c, entry);
      const examination = examinationOf(item);
      await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    }
    dumps.push(await dumpComparable(c));
  }
  expect(dumps[1]).toEqual(dumps[0]);
  expect(dumps[2]).not.toEqual(dumps[0]);
});

test('what examined an item names the trust lists that its credentials were held against', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.png', 'picture'));
  const { outcomes, ...rest } = examinationOf(item);
  const lists = fact('c2pa.trustListsInstalled', 'official 2026-08-14 1a2b3c4d');
  const signed = { ...outcomes[0]!, analyzer: 'provenance-c2pa', facts: [fact('c2pa.state', 'trusted'), lists] };
  const examination = { ...rest, outcomes: [...outcomes, signed] };
  await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  for (const by of [latestExaminedBy(c, item.sha256)!, examinationBrief(c, item.sha256)!.by])
    expect(by.outcomes.flatMap(({ facts = [] }) => facts)).toEqual([lists]);
});

test('an examination of before is told to be made by the first rules, and by the first search for faces and voices', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.png', 'picture'));
  const { around: _, ...before } = examinationOf(item);
  const examination = before as Examination;
  const { id } = await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  expect(readExamination(c, id)).toMatchObject({ around: { perception: '1', fusion: '1' } });
});
