import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openCase } from '../../../main/cases/case.ts';
import { listCustody } from '../../../main/cases/custody.ts';
import { verifyCustody } from '../../../main/cases/custody-check.ts';
import { recordExamination } from '../../../main/cases/examinations.ts';
import { getItem, listItems, setItemRole } from '../../../main/cases/items.ts';
import { openJobs } from '../../../main/cases/job-store.ts';
import type { OpenCase } from '../../../main/cases/open-case.ts';
import {
  addPerson,
  addSample,
  comparedBefore,
  expireReferences,
  findPerson,
  getPerson,
  listPeople,
  type NewSample,
  referencePersons,
  removePerson,
  removeSample,
  samplesApart,
} from '../../../main/cases/people.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { Bench, bytesOf, examinationOf, receiveOne } from './support.ts';

const WANG = {
  name: 'CANARY-王',
  role: 'named',
  basis: 'own',
  purpose: 'CANARY-purpose',
  retainUntil: '2030-01-31',
} as const;

function face(rest: Partial<NewSample> = {}): NewSample {
  return {
    kind: 'face',
    modelId: 'face-features',
    models: { 'face-features': 'a'.repeat(64) },
    vector: Float32Array.of(1, 0.5, -0.25),
    quality: { sizePx: 90 },
    source: null,
    accepted: true,
    reason: null,
    ...rest,
  };
}

test('a person and samples are kept and given to a scan as they were', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { item } = await receiveOne(c, bench.write('me.jpg', bytesOf(100, 1)), { role: 'reference' });
  const person = addPerson(c, WANG);
  const speaker = { speaker: 'c'.repeat(64) };
  addSample(c, person.id, face({ source: item.sha256 }));
  addSample(c, person.id, face({ kind: 'voice', modelId: 'speaker', models: speaker, vector: Float32Array.of(2) }));
  const otherVersion = { 'face-features': 'b'.repeat(64) };
  addSample(c, person.id, face({ models: otherVersion, vector: Float32Array.of(3) }));
  const refused = { code: 'face-too-small', params: { px: 20 } };
  addSample(c, person.id, face({ accepted: false, reason: refused }));
  addSample(c, person.id, face({ accepted: true, vector: null }));

  const known = { id: person.id, name: WANG.name };
  const networks = { face: { 'face-features': 'a'.repeat(64) }, voice: speaker };
  expect(referencePersons(c, networks)).toEqual({
    people: [
      {
        ...known,
        faces: [Float32Array.of(1, 0.5, -0.25)],
        voices: [Float32Array.of(2)],
        madeOtherwise: { faces: 1, voices: 0 },
      },
    ],
    expired: [],
  });
  expect(referencePersons(c, { ...networks, face: otherVersion }).people).toMatchObject([
    { faces: [Float32Array.of(3)], madeOtherwise: { faces: 1, voices: 0 } },
  ]);
  const [listed] = listPeople(c);
  expect(listed).toMatchObject({ ...WANG, id: person.id });
  expect(listed!.samples.map((s) => [s.accepted, s.reason?.code, s.source])).toEqual([
    [true, undefined, item.sha256],
    [true, undefined, null],
    [true, undefined, null],
    [false, 'face-too-small', null],
    [false, undefined, null],
  ]);
  expect(c.db.all('SELECT id FROM samples WHERE sealedVector IS NOT NULL')).toHaveLength(3);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
});

test('a sample of which the networks are not on record is compared with nothing', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const person = addPerson(c, WANG);
  addSample(c, person.id, face({ models: null }));
  const networks = { face: { 'face-features': 'a'.repeat(64) }, voice: {} };
  expect(referencePersons(c, networks).people).toMatchObject([{ faces: [], madeOtherwise: { faces: 1, voices: 0 } }]);
  expect(referencePersons(c, { face: {}, voice: {} }).people).toMatchObject([{ faces: [] }]);
  expect(listPeople(c)[0]!.samples[0]!.models).toBeNull();
});

test('nothing readable of a person lies on the disk', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const person = addPerson(c, WANG);
  const vector = Float32Array.from({ length: 64 }, (_, n) => n + 0.5);
  addSample(c, person.id, face({ vector }));
  c.close();
  const database = readFileSync(path.join(c.folder, 'case.db'));
  expect(database.includes('CANARY')).toBe(false);
  expect(database.includes(Buffer.from(vector.buffer, 0, 64))).toBe(false);
});

test('a name is found whatever its case and width, and is taken only once', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  addPerson(c, { ...WANG, name: 'Ａnna Müller ' });
  expect(findPerson(c, 'anna müller')?.name).toBe('Ａnna Müller');
  expect(() => addPerson(c, { ...WANG, name: 'ANNA MÜLLER' })).toThrow(
    expect.objectContaining({ code: 'REFERENCE_EXISTS', params: { name: 'ANNA MÜLLER' } }),
  );
  expect(findPerson(c, 'Anna')).toBeNull();
  expect(() => getPerson(c, 'Anna')).toThrow(expect.objectContaining({ code: 'REFERENCE_NOT_FOUND' }));
});

test('two people whose names were exchanged in the file of the case are not taken for each other', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const about = { role: 'named', basis: 'own', purpose: 'p', retainUntil: '2099-01-01' } as const;
  const [a, b] = ['A', 'B'].map((name) => addPerson(c, { ...about, name }));
  const tags = c.db.all<{ id: string; nameTag: string }>('SELECT id, nameTag FROM people');
  const tagOf = (id: string) => tags.find((person) => person.id === id)!.nameTag;
  c.db.run("UPDATE people SET nameTag = '' WHERE id = ?", a!.id);
  c.db.run('UPDATE people SET nameTag = ? WHERE id = ?', tagOf(a!.id), b!.id);
  c.db.run('UPDATE people SET nameTag = ? WHERE id = ?', tagOf(b!.id), a!.id);
  expect(() => getPerson(c, 'A')).toThrow(expect.objectContaining({ code: 'VAULT_CORRUPT' }));
});

test('a person without a valid retention date or name is not added', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  expect(() => addPerson(c, { ...WANG, retainUntil: '2030-02-31' })).toThrow();
  expect(() => addPerson(c, { ...WANG, name: ' ' })).toThrow();
  expect(listPeople(c)).toEqual([]);
});

/** Digests of a person's own photo, of one that serves somebody else too, and of one that is itself questioned. */
async function threePhotos(bench: Bench, c: OpenCase) {
  const receive = async (name: string, seed: number, role: 'reference' | 'questioned') =>
    (await receiveOne(c, bench.write(name, bytesOf(100, seed)), { role })).item.sha256;
  const own = await receive('own.jpg', 1, 'reference');
  const shared = await receive('shared.jpg', 2, 'reference');
  const questioned = await receive('questioned.jpg', 3, 'questioned');
  return { own, shared, questioned };
}

test('removing a person erases name, templates and the photos that served nobody else, with proof', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { own, shared, questioned } = await threePhotos(bench, c);
  const [wang, li] = [addPerson(c, WANG), addPerson(c, { ...WANG, name: '李', purpose: '' })];
  for (const source of [own, shared, questioned]) addSample(c, wang.id, face({ source }));
  addSample(c, li.id, face({ source: shared }));

  const { samples, items, entry } = await removePerson(c, wang.id);
  expect({ samples, items }).toEqual({ samples: 3, items: [own] });
  expect(entry).toMatchObject({ act: 'reference-removed', details: { person: wang.id, samples: 3 } });
  expect(listItems(c).map((item) => item.sha256)).toEqual([shared, questioned]);
  expect(listPeople(c).map((p) => p.name)).toEqual(['李']);
  expect(listCustody(c).some((e) => e.text?.includes('CANARY'))).toBe(false);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  await expect(removePerson(c, wang.id)).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
});

test('one sample is erased with the photo that served it alone, and the person stays with the others', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { own, shared, questioned } = await threePhotos(bench, c);
  const [wang, li] = [addPerson(c, WANG), addPerson(c, { ...WANG, name: '李' })];
  const [first, second, third] = [own, shared, questioned].map((source) => addSample(c, wang.id, face({ source })));
  const heard = addSample(c, wang.id, face({ kind: 'voice', source: own }));
  const others = addSample(c, li.id, face({ source: shared }));
  const { sealedVector } = c.db.get<{ sealedVector: Buffer }>('SELECT sealedVector FROM samples WHERE id = ?', first!)!;

  await expect(removeSample(c, wang.id, others)).rejects.toMatchObject({ code: 'REFERENCE_SAMPLE_NOT_FOUND' });
  expect((await removeSample(c, wang.id, heard)).items).toEqual([]);
  const { items, entry } = await removeSample(c, wang.id, first!);
  expect(items).toEqual([own]);
  expect(entry).toMatchObject({
    act: 'reference-sample-removed',
    item: own,
    details: { person: wang.id, kind: 'face' },
  });
  expect((await removeSample(c, wang.id, second!)).items).toEqual([]);
  await expect(removeSample(c, wang.id, third!)).rejects.toMatchObject({ code: 'REFERENCE_LAST_SAMPLE' });
  expect(listItems(c).map(({ sha256 }) => sha256)).toEqual([shared, questioned]);
  expect(getPerson(c, WANG.name)).toMatchObject({ ...WANG, samples: [{ id: third }] });
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  c.close();
  for (const file of readdirSync(c.folder, { withFileTypes: true }).filter((at) => at.isFile()))
    expect(readFileSync(path.join(c.folder, file.name)).includes(sealedVector)).toBe(false);
});

test('a person keeps a sample that can be used, and a refused one is none', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { id } = addPerson(c, WANG);
  const refused = addSample(c, id, face({ accepted: false, reason: { code: 'no-face', params: {} } }));
  const used = addSample(c, id, face());
  await expect(removeSample(c, id, used)).rejects.toMatchObject({ code: 'REFERENCE_LAST_SAMPLE' });
  await removeSample(c, id, refused);
  expect(getPerson(c, id).samples.map((sample) => sample.id)).toEqual([used]);
});

test('a removal that was killed before the sealed photo was gone is completed when the case is opened', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const vault = path.join(c.folder, 'vault');
  const sealed = () => readdirSync(vault, { recursive: true, withFileTypes: true }).filter((at) => at.isFile());
  const { id } = addPerson(c, WANG);
  for (const seed of [1, 2]) {
    const { item } = await receiveOne(c, bench.write(`${seed}.jpg`, bytesOf(100, seed)), { role: 'reference' });
    addSample(c, id, face({ source: item.sha256 }));
  }
  cpSync(vault, path.join(bench.folder, 'before'), { recursive: true });
  await removeSample(c, id, 1);
  expect(sealed()).toHaveLength(1);
  c.close();
  cpSync(path.join(bench.folder, 'before'), vault, { recursive: true });
  expect(sealed()).toHaveLength(2);
  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(sealed()).toHaveLength(1);
  expect(getPerson(again, id).samples.map((sample) => sample.id)).toEqual([2]);
});

test('samples stand apart from those of their kind that the same networks made', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { id } = addPerson(c, WANG);
  const add = (x: number, y: number, rest: Partial<NewSample> = {}) =>
    addSample(c, id, face({ vector: Float32Array.of(x, y), ...rest }));
  add(1, 0);
  const stranger = add(0, 1);
  add(0.1, 1, { models: { 'face-features': 'b'.repeat(64) } });
  add(0.1, 1, { models: null });
  add(0.1, 1, { kind: 'voice' });
  expect([...samplesApart(c, id)]).toEqual([]);
  add(0.8, 0.6, { accepted: false });
  add(0.96, 0.28);
  expect([...samplesApart(c, id)]).toEqual([[stranger, expect.closeTo(0.28, 5)]]);
});

test('a photo that is evidence besides stays when the person goes, whichever it was first', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const enrolled = { role: 'reference' } as const;
  const files = [1, 2, 3, 4].map((n) => bench.write(`${n}.jpg`, bytesOf(100, n)));
  const [first, second, third, fourth] = files as [string, string, string, string];
  const person = addPerson(c, WANG);
  const sample = async (file: string) => {
    const { item } = await receiveOne(c, file, enrolled);
    addSample(c, person.id, face({ source: item.sha256 }));
    return item.sha256;
  };
  const enrolledFirst = await sample(first);
  await receiveOne(c, first, { role: 'suspected-source' });
  await receiveOne(c, second);
  const scannedFirst = await sample(second);
  await receiveOne(c, third);
  const markedByHand = await sample(third);
  setItemRole(c, markedByHand, 'reference');
  const sampleOnly = await sample(fourth);

  expect(getItem(c, enrolledFirst).role).toBe('suspected-source');
  expect((await removePerson(c, person.id)).items).toEqual([sampleOnly]);
  expect(listItems(c).map(({ sha256, role }) => [sha256, role])).toEqual([
    [enrolledFirst, 'suspected-source'],
    [scannedFirst, 'questioned'],
    [markedByHand, 'reference'],
  ]);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
});

test('what an enrolment that was killed left is erased when the case is opened', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const enrolled = { role: 'reference' } as const;
  const { item: kept } = await receiveOne(c, bench.write('kept.jpg', bytesOf(100, 1)), enrolled);
  addSample(c, addPerson(c, WANG).id, face({ source: kept.sha256 }));
  const { item: evidence } = await receiveOne(c, bench.write('evidence.jpg', bytesOf(100, 2)));
  await receiveOne(c, path.join(bench.folder, 'evidence.jpg'), enrolled);
  const { item: left } = await receiveOne(c, bench.write('left.jpg', bytesOf(100, 3)), enrolled);
  c.close();

  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(listItems(again).map(({ sha256 }) => sha256)).toEqual([kept.sha256, evidence.sha256]);
  expect(listCustody(again, { acts: new Set(['item-erased']) }).map(({ item }) => item)).toEqual([left.sha256]);
  expect(openJobs(again).map(({ role }) => role)).toEqual(['questioned']);
  expect(listPeople(again).map(({ name }) => name)).toEqual([WANG.name]);
  expect(verifyCustody(again).entries).toBe(listCustody(again).length);
});

test('past the retention date a person is not compared with, and is removed when asked', async () => {
  using bench = new Bench();
  let now = Date.parse('2030-01-31T23:59:59Z');
  const c = await bench.newCase('a', { now: () => now });
  const { item } = await receiveOne(c, bench.write('me.jpg', bytesOf(100, 1)), { role: 'reference' });
  const person = addPerson(c, WANG);
  addSample(c, person.id, face({ source: item.sha256 }));
  expect(referencePersons(c).people).toHaveLength(1);
  expect(await expireReferences(c)).toEqual([]);
  now += 1000;
  expect(referencePersons(c)).toEqual({ people: [], expired: [person] });
  expect(await expireReferences(c)).toEqual([person]);
  expect(listPeople(c)).toEqual([]);
  expect(() => getItem(c, item.sha256)).toThrow(expect.objectContaining({ code: 'ITEM_NOT_FOUND' }));
  expect(listCustody(c).map((e) => e.act)).toContain('reference-expired');
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
});

test('an item that was compared before samples of the kind changed is known, whoever they are of', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const examine = async (seed: number, ...outcomes: [analyzer: string, status: 'evidence' | 'notApplicable'][]) => {
    const { entry, item } = await receiveOne(c, bench.write(`${seed}.jpg`, bytesOf(100, seed)));
    const [model] = examinationOf(item).outcomes;
    const examination = examinationOf(item, {
      outcomes: outcomes.map(([analyzer, status]) => ({ ...model!, analyzer, status })),
      templates: [],
    });
    await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    return item.sha256;
  };
  const { id: wang } = addPerson(c, WANG);
  addSample(c, wang, face());
  const seen = await examine(1, ['face-likeness', 'evidence'], ['voice-likeness', 'notApplicable']);
  const heard = await examine(2, ['voice-likeness', 'evidence']);
  await examine(3, ['face-likeness', 'notApplicable'], ['scene-hash', 'evidence']);
  expect([...comparedBefore(c)]).toEqual([]);
  const { id: li } = addPerson(c, { ...WANG, name: '李' });
  addSample(c, li, face({ kind: 'voice' }));
  expect([...comparedBefore(c)]).toEqual([heard]);
  const second = addSample(c, wang, face());
  expect([...comparedBefore(c)]).toEqual([seen, heard]);
  await examine(1, ['face-likeness', 'evidence']);
  expect([...comparedBefore(c)]).toEqual([heard]);
  await removeSample(c, wang, second);
  expect([...comparedBefore(c)]).toEqual([seen, heard]);
  await removePerson(c, li);
  expect([...comparedBefore(c)]).toEqual([seen]);
});

test('an item examined while nobody was enrolled is known once somebody is, where it holds what can be compared', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const examine = async (seed: number, templates: boolean) => {
    const { entry, item } = await receiveOne(c, bench.write(`${seed}.jpg`, bytesOf(100, seed)));
    const examination = examinationOf(item, { outcomes: [], ...(templates ? {} : { templates: [] }) });
    await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    return item.sha256;
  };
  const seen = await examine(1, true);
  await examine(2, false);
  expect([...comparedBefore(c)]).toEqual([]);
  const { id } = addPerson(c, WANG);
  addSample(c, id, face({ kind: 'voice' }));
  expect([...comparedBefore(c)]).toEqual([]);
  addSample(c, id, face());
  expect([...comparedBefore(c)]).toEqual([seen]);
  await examine(1, true);
  expect([...comparedBefore(c)]).toEqual([]);
});
