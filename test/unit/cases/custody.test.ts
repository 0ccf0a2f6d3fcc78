import { createHash } from 'node:crypto';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { caseSummary, openCase } from '../../../main/cases/case.ts';
import { appendCustody, custodyHead, genesis, listCustody } from '../../../main/cases/custody.ts';
import { verifyCustody } from '../../../main/cases/custody-check.ts';
import { recordExamination } from '../../../main/cases/examinations.ts';
import { groupingBasis, recordGrouping } from '../../../main/cases/groupings.ts';
import { intake } from '../../../main/cases/intake.ts';
import { eraseItem } from '../../../main/cases/item-erasure.ts';
import { getItem, listItems, setItemRole } from '../../../main/cases/items.ts';
import { addPartEntry, failEntry } from '../../../main/cases/job-store.ts';
import { DATABASE_VERSION } from '../../../main/cases/migrations/index.ts';
import type { OpenCase } from '../../../main/cases/open-case.ts';
import { addPerson, addSample, listPeople, removePerson, removeSample } from '../../../main/cases/people.ts';
import { addNote, listNotes } from '../../../main/cases/records.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { canonicalJson } from '../../../main/contract/canonical-json.ts';
import { custodyEntrySchema } from '../../../main/contract/custody.ts';
import { Bench, bytesOf, examinationOf, plan, receiveOne } from './support.ts';

async function caseWithHistory(bench: Bench): Promise<{ c: OpenCase; sha256: string }> {
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.png', bytesOf(5000, 1)));
  await recordExamination(c, { entry, examination: examinationOf(item), settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  setItemRole(c, item.sha256, 'suspected-source');
  addNote(c, { item: item.sha256, text: 'seen by a neighbour' });
  return { c, sha256: item.sha256 };
}

/** Does to the file what the program cannot: without its triggers. */
function tamper(c: OpenCase, sql: string): void {
  const raw = new BetterSqlite3(path.join(c.folder, 'case.db'));
  for (const trigger of ['custodyNoUpdate', 'custodyNoDelete', 'custodyInOrder']) raw.exec(`DROP TRIGGER ${trigger}`);
  raw.pragma('foreign_keys = OFF');
  raw.exec(sql);
  raw.close();
}

test('entries follow the contract, chain from the case, and hash the canonical JSON of the rest', async () => {
  using bench = new Bench();
  const { c } = await caseWithHistory(bench);
  let previous = genesis(c.id);
  for (const { text: _, ...entry } of listCustody(c)) {
    expect(custodyEntrySchema.parse(entry)).toEqual(entry);
    expect(entry.previous).toBe(previous);
    const { hash, ...rest } = entry;
    expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(hash);
    previous = hash;
  }
  expect(custodyHead(c)).toEqual({ seq: 7, hash: previous });
  expect(verifyCustody(c)).toEqual({ entries: 7, head: { seq: 7, hash: previous } });
  expect(caseSummary(c).custody.seq).toBe(7);
});

test('a case was created when its log says so', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  c.db.execute('UPDATE caseInfo SET createdAtMs = 1');
  expect(caseSummary(c).createdAtMs).toBe(listCustody(c)[0]!.atMs);
});

test('canonical JSON sorts keys at every depth and keeps arrays', () => {
  expect(canonicalJson({ b: 1, a: { d: [2, { z: null, y: true }], c: 'é"' } })).toBe(
    '{"a":{"c":"é\\"","d":[2,{"y":true,"z":null}]},"b":1}',
  );
});

test.each([
  "UPDATE custody SET act = 'note-added' WHERE seq = 2",
  'DELETE FROM custody WHERE seq = 2',
  'DELETE FROM custody',
  "INSERT OR REPLACE INTO custody VALUES (2, 0, 'note-added', NULL, '{}', NULL, '', '')",
  "INSERT INTO custody VALUES (99, 0, 'note-added', NULL, '{}', NULL, '', '')",
])('the database refuses: %s', async (sql) => {
  using bench = new Bench();
  const { c } = await caseWithHistory(bench);
  expect(() => c.db.execute(sql)).toThrow('append-only');
  expect(verifyCustody(c).entries).toBe(7);
});

test.each([
  ['a changed time', 'UPDATE custody SET atMs = atMs + 1 WHERE seq = 3', 3],
  ['a changed act', "UPDATE custody SET act = 'item-failed' WHERE seq = 2", 2],
  ['a changed detail', "UPDATE custody SET detailsJson = '{}' WHERE seq = 2", 2],
  ['a detail that is no JSON', "UPDATE custody SET detailsJson = '{' WHERE seq = 2", 2],
  ['a removed entry', 'DELETE FROM custody WHERE seq = 4', 5],
  ['a removed first entry', 'DELETE FROM custody WHERE seq = 1', 2],
  ['a changed sealed text', "UPDATE custodyTexts SET sealedText = x'00' WHERE seq = 2", 2],
  ['a removed sealed text', 'DELETE FROM custodyTexts WHERE seq = 2', 2],
  ['a changed result', "UPDATE outcomes SET sealedOutcome = x'00' WHERE position = 1", 5],
  ['a removed result', 'DELETE FROM outcomes WHERE position = 1', 5],
  ['a removed examination', 'DELETE FROM examinations', 5],
  ['an opinion that became none', "UPDATE outcomes SET status = 'not-applicable' WHERE position = 1", 5],
  ['a version of an analyzer', "UPDATE outcomes SET version = '99' WHERE position = 1", 5],
  ['the program that examined', "UPDATE examinations SET app = 'other'", 5],
  ['the time of an examination', 'UPDATE examinations SET atMs = 1', 5],
  ['another digest of an item', "UPDATE items SET sm3 = '00'", 6],
  ['another role of an item', "UPDATE items SET role = 'context'", 6],
  ['another type of an item', "UPDATE items SET mediaType = 'video/mp4'", 6],
  ['another time of receipt', 'UPDATE items SET receivedAtMs = 1', 6],
  ['an item that counts as not examined', 'UPDATE items SET examinedAtMs = NULL', 6],
  ['an item that lies in another', 'UPDATE items SET parent = sha256', 6],
  ['an item that counts as kept where it lay', "UPDATE items SET retention = 'reference'", 6],
  ['a copy that is not named any more', "DELETE FROM vaultFiles WHERE kind = 'copy'", 6],
  ['an item that was removed', 'DELETE FROM items', 6],
  [
    'an item that nobody received',
    "INSERT INTO items SELECT 99, 'ab', sm3, bytes, mediaType, role, retention, parent, wrappedKey, 0, 0 FROM items",
    7,
  ],
])('%s breaks the chain where it was made', async (_, sql, seq) => {
  using bench = new Bench();
  const { c } = await caseWithHistory(bench);
  c.close();
  tamper(c, sql);
  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(() => verifyCustody(again)).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN', params: { seq } }));
});

test('an item that changed places with a later one breaks the chain', async () => {
  using bench = new Bench();
  const { c } = await caseWithHistory(bench);
  await receiveOne(c, bench.write('b.png', bytesOf(500, 2)));
  expect(verifyCustody(c).entries).toBe(10);
  c.close();
  tamper(c, 'UPDATE items SET ordinal = 3 WHERE ordinal = 1');
  const opened = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(() => verifyCustody(opened)).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN', params: { seq: 10 } }));
});

test('an examination that changed places with a later one breaks the chain', async () => {
  using bench = new Bench();
  const { c, sha256 } = await caseWithHistory(bench);
  const [again] = plan(c, [], { entries: [{ item: sha256 }] });
  const examination = examinationOf(getItem(c, sha256));
  await recordExamination(c, { entry: again!, examination, settings: DEFAULT_SETTINGS, startedAtMs: 2 });
  expect(verifyCustody(c).entries).toBe(8);
  c.close();
  const tables = ['outcomes', 'findings', 'crops', 'templates'].map((name) => [name, 'examination'] as const);
  // By way of numbers that none has.
  const swap = [['examinations', 'id'] as const, ...tables].flatMap(([table, column]) => [
    `UPDATE ${table} SET ${column} = -${column}`,
    `UPDATE ${table} SET ${column} = 3 + ${column}`,
  ]);
  tamper(c, swap.join(';'));
  const opened = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(() => verifyCustody(opened)).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN', params: { seq: 5 } }));
});

test.each([
  ['a later day of retention', "UPDATE people SET retainUntil = '2999-01-01'"],
  ['another basis', "UPDATE people SET basis = 'own'"],
  ['a person who was removed', 'DELETE FROM people'],
])('%s of a person breaks the chain where they were added', async (_, sql) => {
  using bench = new Bench();
  const c = await bench.newCase();
  const about = { role: 'named', basis: 'consent', retainUntil: '2099-01-01', purpose: 'to compare' } as const;
  const { id } = addPerson(c, { ...about, name: 'A' });
  addPerson(c, { ...about, name: 'B' });
  await removePerson(c, id);
  expect(verifyCustody(c).entries).toBe(4);
  c.close();
  tamper(c, sql);
  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(() => verifyCustody(again)).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN', params: { seq: 3 } }));
});

/** Where things were met, what failed and which samples there are; a sample was taken out again. */
async function caseWithRows(bench: Bench): Promise<OpenCase> {
  const c = await bench.newCase();
  const [a, b] = [bench.write('a.png', bytesOf(500, 1)), bench.write('b.png', bytesOf(500, 1))];
  await receiveOne(c, a);
  const { entry, item } = await receiveOne(c, b);
  const part = addPartEntry(c, entry, item.sha256, { ...PART, offset: 10 });
  await intake(c, part);
  failEntry(c, part, { code: 'ENGINE_CRASHED', params: {} });
  failEntry(c, addPartEntry(c, entry, item.sha256, { ...PART, offset: 9999 }), { code: 'MEDIA_TRUNCATED', params: {} });
  for (const absent of plan(c, ['/absent', '/gone.png']))
    failEntry(c, absent, { code: 'FILE_NOT_FOUND', params: { at: 'x' } });
  const { id } = addPerson(c, { role: 'named', basis: 'own', retainUntil: '2099-01-01', purpose: 'p', name: 'A' });
  const sample = {
    kind: 'face',
    modelId: 'm',
    models: { m: 'd' },
    vector: Float32Array.of(1),
    quality: { sizePx: 80 },
  } as const;
  const more = { source: item.sha256, accepted: true, reason: null };
  const samples = [1, 2, 3].map(() => addSample(c, id, { ...sample, ...more }));
  await removeSample(c, id, samples[0]!);
  expect(verifyCustody(c).entries).toBe(17);
  return c;
}

const PART = { offset: 0, length: 20, mediaType: 'video/mp4', relation: 'embedded-file' } as const;

test.each([
  ['a place at which a file was met', 'DELETE FROM sightings WHERE id = 2', 5],
  ['the time at which it was met', 'UPDATE sightings SET atMs = 1 WHERE id = 2', 5],
  ['where in a file a part lies', "UPDATE sightings SET partJson = replace(partJson, '10', '11') WHERE id = 3", 7],
  ['a failure that was removed', "DELETE FROM jobEntries WHERE errorJson LIKE '%FILE_NOT_FOUND%'", 11],
  ['a failure that became none', "UPDATE jobEntries SET state = 'examined' WHERE parent IS NOT NULL", 9],
  ['another reason of a failure', "UPDATE jobEntries SET errorJson = replace(errorJson, 'NOT_FOUND', 'EMPTY')", 11],
  ['a failure without its place', "UPDATE jobEntries SET sealedPath = NULL WHERE state = 'failed'", 11],
  ['a sample that was removed', 'DELETE FROM samples WHERE id = 3', 16],
  ['a sample that is not accepted any more', 'UPDATE samples SET accepted = 0 WHERE id = 2', 15],
  ['another network of a sample', `UPDATE samples SET modelsJson = '{"m":"e"}'`, 15],
  [
    'another photo that a sample was taken from',
    'UPDATE samples SET source = (SELECT sha256 FROM items WHERE parent IS NOT NULL) WHERE id = 2',
    15,
  ],
  ['another measure of a sample', "UPDATE samples SET qualityJson = '{}'", 15],
])('%s breaks the chain where it was told of', async (_, sql, seq) => {
  using bench = new Bench();
  const c = await caseWithRows(bench);
  c.close();
  tamper(c, sql);
  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(() => verifyCustody(again)).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN', params: { seq } }));
});

test('a part that failed once and was received later is erased without a row that is missed', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const file = bench.write('a.png', bytesOf(500, 1));
  const parts = [];
  for (const fingerprint of ['1', '2']) {
    const { entry, item } = await receiveOne(c, file, { fingerprint });
    parts.push(addPartEntry(c, entry, item.sha256, { ...PART, offset: 10 }));
  }
  failEntry(c, parts[0]!, { code: 'NO_SPACE', params: {} });
  const { item } = await intake(c, parts[1]!);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  const { entries } = await eraseItem(c, item.sha256);
  expect(entries[0]!.details).toEqual({ tries: '7' });
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
});

test('rows that go with what is erased are not missed', async () => {
  using bench = new Bench();
  const c = await caseWithRows(bench);
  const [whole, part] = listItems(c);
  await receiveOne(c, bench.write('part.mp4', bytesOf(500, 1).subarray(10, 30)));
  await eraseItem(c, whole!.sha256);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  await removePerson(c, listPeople(c)[0]!.id);
  expect(listItems(c).map(({ sha256, parent }) => [sha256, parent])).toEqual([[part!.sha256, null]]);
  expect(c.db.all('SELECT parent FROM sightings UNION ALL SELECT id FROM samples')).toEqual([{ parent: null }]);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
});

test.each([
  ['a grouping that was removed', 'DELETE FROM groupings; DELETE FROM groupingItems'],
  [
    'an item that was taken from a grouping',
    'DELETE FROM groupingItems WHERE item = (SELECT max(item) FROM groupingItems)',
  ],
  ['a grouping that counts as one of now', "UPDATE groupings SET basis = 'other'"],
  ['another time of a grouping', 'UPDATE groupings SET atMs = 1'],
])('%s breaks the chain where it was made', async (_, sql) => {
  using bench = new Bench();
  const c = await bench.newCase();
  for (const n of [1, 2]) await receiveOne(c, bench.write(`${n}.png`, bytesOf(50, n)));
  const parts = listItems(c).map(({ sha256 }) => ({ item: sha256, members: [] }));
  for (const items of [1, 2])
    recordGrouping(c, { kinds: [], items, notRetained: 0, notExamined: 0 }, parts.slice(0, items), groupingBasis(c));
  expect(verifyCustody(c).entries).toBe(9);
  c.close();
  tamper(c, sql);
  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(() => verifyCustody(again)).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN', params: { seq: 9 } }));
});

test('erasing an item erases its texts, results and notes, and the chain still holds', async () => {
  using bench = new Bench();
  const { c, sha256 } = await caseWithHistory(bench);
  const before = listCustody(c);
  expect(before.find((e) => e.act === 'item-received')!.text).toContain('a.png');
  expect(listNotes(c, sha256).map((n) => n.text)).toEqual(['seen by a neighbour']);
  const { entries, files, items } = await eraseItem(c, sha256);
  expect({ files, items }).toEqual({ files: 2, items: [sha256] });
  expect(entries).toMatchObject([{ act: 'item-erased', item: sha256 }]);
  const after = listCustody(c);
  expect(after.map(({ text: _, ...e }) => e).slice(0, before.length)).toEqual(before.map(({ text: _, ...e }) => e));
  expect(after.every((e) => e.text === null)).toBe(true);
  expect(verifyCustody(c).entries).toBe(before.length + 1);
});

test('the place of an erased item is gone from tries that failed there before, and only from those', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const file = bench.write('late.png', bytesOf(500, 3)) as string;
  for (const entry of plan(c, [file, '/absent'])) failEntry(c, entry, { code: 'FILE_EMPTY', params: {} });
  const { item } = await receiveOne(c, file);
  const texts = () => listCustody(c, { acts: new Set(['item-failed']) }).map(({ text }) => text);
  expect(texts()).toEqual([JSON.stringify({ path: file }), '{"path":"/absent"}']);

  const { entries } = await eraseItem(c, item.sha256);
  expect(entries).toMatchObject([{ act: 'item-erased', details: { tries: '2' } }]);
  expect(texts()).toEqual([null, '{"path":"/absent"}']);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  c.close();
  tamper(c, 'DELETE FROM custodyTexts WHERE seq = 3');
  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(() => verifyCustody(again)).toThrow(expect.objectContaining({ params: { seq: 3 } }));
});

test('a clock that has gone back is recorded once for each time it does', async () => {
  using bench = new Bench();
  let now = 1_000_000;
  const c = await bench.newCase('a', { now: () => now });
  appendCustody(c, { act: 'note-added' });
  now -= 60_000;
  appendCustody(c, { act: 'note-added' });
  now += 10;
  appendCustody(c, { act: 'note-added' });
  expect(listCustody(c).map(({ act, atMs, details }) => [act, atMs, details])).toEqual([
    ['case-created', 1_000_000, { form: DATABASE_VERSION }],
    ['note-added', 1_000_000, {}],
    ['clock-ran-backwards', 940_000, { byMs: 60_000 }],
    ['note-added', 940_000, {}],
    ['note-added', 940_010, {}],
  ]);
  expect(verifyCustody(c).entries).toBe(5);
});

test('a failed transaction leaves no entry', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const act = () =>
    c.db.transaction(() => {
      appendCustody(c, { act: 'note-added' });
      throw new Error('later');
    });
  expect(act).toThrow('later');
  expect(custodyHead(c).seq).toBe(1);
});
