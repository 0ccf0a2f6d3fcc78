import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { dumpComparable } from '../../../main/cases/comparable.ts';
import {
  itemName,
  listCustody,
  listItems,
  listPeople,
  type OpenCase,
  openCase,
  openJobs,
  referencePersons,
  removePerson,
  verifyCustody,
} from '../../../main/cases/index.ts';
import type { EngineHost } from '../../../main/jobs/engine-host.ts';
import { addToPerson, enrolPerson } from '../../../main/jobs/enrol.ts';
import { Bench, bytesOf } from '../cases/support.ts';

const TERMS = { name: 'A', role: 'named', basis: 'own', purpose: 'p', retainUntil: '2099-01-01' } as const;
const NETWORKS = { 'face-features': 'a'.repeat(64) };
const ONGOING = new AbortController().signal;

type Looks = readonly number[];

/** A face at each of these directions, in degrees, one a file; `before` is called as each file is looked at. */
function engineThatSees(looks: Looks, before: (file: number) => unknown = () => {}): EngineHost {
  let file = 0;
  const enrol = async () => {
    await before(file);
    const angle = (looks[file++]! * Math.PI) / 180;
    const vector = Float32Array.of(Math.cos(angle), Math.sin(angle));
    const sample = { kind: 'face', modelId: 'm', models: NETWORKS, vector, quality: { sizePx: 90 }, refusal: null };
    return { samples: [sample] };
  };
  return { enrol } as unknown as EngineHost;
}

/** Files of different bytes, the same for the same number. */
function photos(bench: Bench, ...numbers: readonly number[]): string[] {
  return numbers.map((n) => String(bench.write(`${n}.jpg`, bytesOf(100, n))));
}

async function enrolled(bench: Bench, c: OpenCase, looks: Looks): Promise<void> {
  const inputs = photos(bench, ...looks.map((_, n) => n + 1));
  await enrolPerson(c, engineThatSees(looks), { ...TERMS, inputs, cwd: bench.folder }, ONGOING);
}

/** What the case holds, and that it holds together: no job, no sealed file and no text that nothing leads to. */
async function stateOf(c: OpenCase) {
  expect(openJobs(c)).toEqual([]);
  expect(verifyCustody(c).entries).toBe(listCustody(c, { limit: -1 }).length);
  const referred = c.db.all<{ id: string }>('SELECT id FROM vaultFiles').map(({ id }) => id);
  const lying = readdirSync(path.join(c.folder, 'vault'), { recursive: true, withFileTypes: true });
  expect(lying.flatMap((at) => (at.isFile() ? [at.name] : [])).sort()).toEqual(referred.sort());
  const { items, vault, people, sightings } = await dumpComparable(c);
  return { items, vault, people, sightings };
}

test('a person is enrolled with every sample or not at all', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const inputs = photos(bench, 1, 2);
  let judged = 0;
  const enrol = async () => {
    judged += 1;
    // The second cannot be stored.
    const quality = judged === 1 ? { sizePx: 90 } : { sizePx: 90n };
    const sample = { kind: 'face', modelId: 'm', models: {}, vector: Float32Array.of(1), quality, refusal: null };
    return { samples: [sample] };
  };
  const engine = { enrol } as unknown as EngineHost;
  const request = { ...TERMS, inputs, cwd: bench.folder };

  await expect(enrolPerson(c, engine, request, ONGOING)).rejects.toThrow('BigInt');
  expect(judged).toBe(2);
  expect(listPeople(c)).toEqual([]);
  expect(listItems(c)).toEqual([]);
  expect(openJobs(c)).toEqual([]);
});

test('further samples are kept and compared with as the first ones, on the terms that were stated', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await enrolled(bench, c, [0, 10]);
  const request = { person: ' a ', inputs: photos(bench, 3, 4), cwd: bench.folder };
  const { name, samples, outliers } = await addToPerson(c, engineThatSees([20, 100]), request, ONGOING);

  expect({ name, kinds: samples.map(({ kind }) => kind) }).toEqual({ name: 'A', kinds: ['accepted', 'accepted'] });
  expect(outliers).toMatchObject([{ sample: 4, path: request.inputs[1] }]);
  const [person] = listPeople(c);
  expect(person).toMatchObject(TERMS);
  expect(person!.samples.map(({ source }) => itemName(c, source!))).toEqual(['1.jpg', '2.jpg', '3.jpg', '4.jpg']);
  expect(referencePersons(c, { face: NETWORKS, voice: {} }).people).toMatchObject([{ faces: { length: 4 } }]);
  const { items } = await stateOf(c);
  expect(items).toHaveLength(4);
  const log = listCustody(c).map(({ act, details }) => [act, details.person === person!.id && details.kind]);
  expect(log.filter(([act, kind]) => act === 'reference-added' && kind === 'face')).toHaveLength(4);
});

test('a sample that was there is told where the new ones show that it stands apart', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await enrolled(bench, c, [90, 0]);
  const request = { person: 'A', inputs: photos(bench, 3), cwd: bench.folder };
  const { outliers } = await addToPerson(c, engineThatSees([5]), request, ONGOING);
  expect(outliers).toEqual([{ sample: 1, path: '1.jpg', similarity: expect.closeTo(0.087, 3) }]);
});

test('the same bytes are one sample, whether they come with the others or later', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const [one, two] = photos(bench, 1, 2);
  const copy = String(bench.write('copy.jpg', bytesOf(100, 1)));
  const first = { ...TERMS, inputs: [one!, copy], cwd: bench.folder };
  expect((await enrolPerson(c, engineThatSees([0, 0]), first, ONGOING)).samples).toMatchObject([
    { kind: 'accepted' },
    { kind: 'refused', why: { code: 'sample-known' } },
  ]);
  const both = { person: 'A', inputs: [copy, two!], cwd: bench.folder };
  const { samples } = await addToPerson(c, engineThatSees([0, 10]), both, ONGOING);
  expect(samples.map(({ kind }) => kind)).toEqual(['refused', 'accepted']);
  const before = await stateOf(c);
  const again = { person: 'A', inputs: [one!], cwd: bench.folder };
  await expect(addToPerson(c, engineThatSees([0]), again, ONGOING)).rejects.toMatchObject({
    code: 'REFERENCE_NO_USABLE_SAMPLE',
  });
  expect((await stateOf(c)).people).toEqual(before.people);
  expect(listPeople(c)[0]!.samples).toHaveLength(2);
});

test('nothing is added to nobody, nor past the day, whether it passes before or while the files are judged', async () => {
  using bench = new Bench();
  let now = Date.parse('2098-12-31');
  const c = await bench.newCase('a', { now: () => now });
  const request = { person: 'A', inputs: photos(bench, 7), cwd: bench.folder };
  const add = (before?: () => unknown) => addToPerson(c, engineThatSees([0], before), request, ONGOING);
  await expect(add()).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  await enrolled(bench, c, [0, 10]);
  const before = await stateOf(c);
  const pass = () => {
    now = Date.parse('2099-01-02');
  };
  await expect(add(pass)).rejects.toMatchObject({ code: 'REFERENCE_EXPIRED', params: { date: TERMS.retainUntil } });
  expect((await stateOf(c)).items).toEqual(before.items);
  await expect(add()).rejects.toMatchObject({ code: 'REFERENCE_EXPIRED' });
  expect(listPeople(c)).toMatchObject([{ ...TERMS, samples: { length: 2 } }]);
  now = Date.parse('2098-12-31');
  const [{ id } = { id: '' }] = listPeople(c);
  await expect(add(() => removePerson(c, id))).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  expect(await stateOf(c)).toMatchObject({ items: [], people: [], vault: [] });
});

test('an addition that is killed, whatever it had judged, leaves the person as before', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await enrolled(bench, c, [0, 10]);
  const before = await stateOf(c);
  const copies: string[] = [];
  // As a kill leaves it: what lies on the disk while a file is judged.
  const kill = () => {
    const copy = path.join(bench.folder, `killed-${copies.length}`);
    cpSync(bench.dataRoot, copy, { recursive: true });
    copies.push(copy);
  };
  const request = { person: 'A', inputs: photos(bench, 3, 4, 5), cwd: bench.folder };
  await addToPerson(c, engineThatSees([20, 30, 40], kill), request, ONGOING);
  expect(listPeople(c)[0]!.samples).toHaveLength(5);
  expect(copies).toHaveLength(3);
  for (const copy of copies) expect(await stateOf(bench.keep(await openCase(copy, 'a')))).toEqual(before);
});

test('an addition for which the disk has no room leaves the person as before, at once or at the next opening', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await enrolled(bench, c, [0, 10]);
  const before = await stateOf(c);
  const fill = () => {
    c.db.checkpoint();
    const { page_count: pages } = c.db.get<{ page_count: number }>('PRAGMA page_count')!;
    c.db.get(`PRAGMA max_page_count = ${pages}`);
  };
  const numbers = Array.from({ length: 40 }, (_, n) => n + 3);
  const request = { person: 'A', inputs: photos(bench, ...numbers), cwd: bench.folder };
  const full = (file: number) => (file === numbers.length - 1 ? fill() : undefined);
  const engine = engineThatSees(numbers, full);
  await expect(addToPerson(c, engine, request, ONGOING)).rejects.toMatchObject({ code: 'NO_SPACE' });
  expect(listPeople(c)[0]!.samples).toHaveLength(2);
  c.close();
  expect(await stateOf(bench.keep(await openCase(bench.dataRoot, 'a')))).toEqual(before);
});
