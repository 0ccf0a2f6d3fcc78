import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  eraseItem,
  latestGrouping,
  listCustody,
  type OpenCase,
  recordExamination,
  setItemRole,
  verifyCustody,
} from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import type { DerivedTemplate } from '../../../main/contract/engine.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { groupCase } from '../../../main/jobs/group-persons.ts';
import { sentences } from '../../../main/strings/index.ts';
import { Bench, bytesOf, examinationOf, receiveOne } from '../cases/support.ts';

const NETWORKS = { face: { 'face-likeness': 'a'.repeat(64) }, voice: { 'speaker-embedding': 'b'.repeat(64) } };
const GOOD = { sizePx: 120, sharpness: 40, luma: 120, yaw: 5, pitch: 0, roll: 0 };

/** A direction in the plane: likeness is the cosine of the angle between two. */
const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

function template(subject: string, degrees: number, rest: Partial<DerivedTemplate> = {}): DerivedTemplate {
  const kind = subject.startsWith('face') ? 'face' : 'voice';
  return {
    subject,
    kind,
    modelId: kind === 'face' ? 'face-likeness' : 'speaker-embedding',
    models: NETWORKS[kind],
    quality: kind === 'face' ? GOOD : { speechS: 9 },
    seenWith: [],
    vector: at(degrees),
    ...rest,
  };
}

class GroupingBench extends Bench {
  readonly modelsFolder = path.join(this.folder, 'models');
  #seed = 0;

  limits(kind: 'face' | 'voice', models: object = NETWORKS[kind]): void {
    const folder = path.join(this.modelsFolder, kind === 'face' ? 'face-likeness' : 'speaker-embedding');
    mkdirSync(folder, { recursive: true });
    const measured = { schema: 1, kind, models, limits: { together: 0.9, apart: 0.5 } };
    writeFileSync(path.join(folder, 'persons.json'), JSON.stringify(measured));
  }

  /** An examined item with these faces and voices. */
  async item(c: OpenCase, templates: DerivedTemplate[], more: { retention?: 'none'; subjects?: string[] } = {}) {
    const bytes = bytesOf(200, ++this.#seed);
    const request = more.retention ? { retention: more.retention } : {};
    const { entry, item } = await receiveOne(c, this.write(`${this.#seed}.png`, bytes), request);
    const [first] = examinationOf(item).outcomes;
    const outcomes = [...templates.map((t) => t.subject), ...(more.subjects ?? [])].map(
      (subject): Outcome => ({ ...first!, subject }),
    );
    const examination = examinationOf(item, { templates, outcomes });
    await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    return item.sha256;
  }

  group(c: OpenCase) {
    const { signal } = new AbortController();
    return groupCase(c, { networks: NETWORKS, modelsFolder: this.modelsFolder, signal });
  }
}

test('faces of one person over three items are one group, a likeness between the limits is left open, a stranger stands alone', async () => {
  using bench = new GroupingBench();
  bench.limits('face');
  bench.limits('voice');
  const c = await bench.newCase();
  const items = [
    await bench.item(c, [template('face-track:1', 0), template('face-track:2', 150)]),
    await bench.item(c, [template('face-track:1', 10), template('speaker:1', 0)]),
    await bench.item(c, [template('face-track:1', 50), template('speaker:1', 100)]),
  ];
  const { kinds, parts, current } = await bench.group(c);
  expect(current).toBe(true);
  expect(kinds).toMatchObject([
    { kind: 'face', compared: 4, low: 2, high: 3, uncertain: 3, notCompared: [], models: NETWORKS.face },
    { kind: 'voice', compared: 2, low: 2, high: 2, uncertain: 0 },
  ]);
  const faces = parts.map(({ members }) => members.filter((m) => m.kind === 'face').map((m) => [m.group, m.wide]));
  expect(parts.map(({ item }) => item)).toEqual(items);
  expect(faces).toEqual([
    [
      [1, 1],
      [2, 2],
    ],
    [[1, 1]],
    [[3, 1]],
  ]);
});

test('two faces of one picture are two persons unless they are as alike as one', async () => {
  using bench = new GroupingBench();
  bench.limits('face');
  const c = await bench.newCase();
  const pair = (degrees: number) => [
    template('face-track:1', 0, { seenWith: ['face-track:2'] }),
    template('face-track:2', degrees, { seenWith: ['face-track:1'] }),
  ];
  await bench.item(c, pair(40));
  expect((await bench.group(c)).kinds).toMatchObject([{ low: 2, high: 2 }]);
  await bench.item(c, [...pair(5).map((t) => ({ ...t, vector: at(t.subject === 'face-track:1' ? 200 : 205) }))]);
  expect((await bench.group(c)).kinds).toMatchObject([{ low: 3, high: 4 }]);
});

test('what cannot be compared is counted with its reason, and never as a person', async () => {
  using bench = new GroupingBench();
  bench.limits('face');
  bench.limits('voice');
  const c = await bench.newCase();
  await bench.item(
    c,
    [
      template('face-track:1', 0),
      template('face-track:2', 0, { quality: { ...GOOD, sizePx: 20 } }),
      template('face-track:3', 0, { quality: { ...GOOD, yaw: -80 } }),
      template('face-track:4', 0, { models: { 'face-likeness': 'c'.repeat(64) } }),
      template('face-track:5', 0, { quality: {} }),
      template('speaker:1', 0, { quality: { speechS: 2 } }),
    ],
    { subjects: ['face-track:6', 'file'] },
  );
  await bench.item(c, [template('face-track:1', 0)], { retention: 'none' });
  await receiveOne(c, bench.write('later.png', bytesOf(90, 99)));
  const { kinds, items, notRetained, notExamined } = await bench.group(c);
  expect({ items, notRetained, notExamined }).toEqual({ items: 3, notRetained: 1, notExamined: 1 });
  expect(kinds[0]).toMatchObject({ compared: 1, low: 1, high: 1 });
  expect(new Map(kinds[0]!.notCompared.map((left) => [left.code, left.appearances]))).toEqual(
    new Map([
      ['face-too-small', 1],
      ['face-turned-away', 1],
      ['vector-made-otherwise', 1],
      ['quality-not-kept', 1],
      ['no-vector', 1],
    ]),
  );
  expect(kinds[1]).toMatchObject({ compared: 0, low: 0, high: 0, notCompared: [{ code: 'speech-too-short' }] });
  for (const { notCompared } of kinds)
    for (const { code } of notCompared)
      expect(sentences.has(`left.${code}`) && sentences.has(`reason.${code}`)).toBe(true);
});

test('limits that were measured for other networks group nothing', async () => {
  using bench = new GroupingBench();
  bench.limits('face', { 'face-likeness': 'c'.repeat(64) });
  const c = await bench.newCase();
  await bench.item(c, [template('face-track:1', 0)]);
  expect((await bench.group(c)).kinds).toEqual([]);
});

test('a grouping is kept until something changes, its entry names counts and digest, and an erased item leaves it', async () => {
  using bench = new GroupingBench();
  bench.limits('face');
  const c = await bench.newCase();
  const first = await bench.item(c, [template('face-track:1', 0)]);
  const second = await bench.item(c, [template('face-track:1', 0)]);
  await bench.group(c);
  await bench.group(c);
  const entries = () => listCustody(c).filter((entry) => entry.act === 'persons-grouped');
  expect(entries()).toHaveLength(1);
  expect(entries()[0]!.details).toMatchObject({
    items: 2,
    faces: 2,
    voices: 0,
    results: expect.stringMatching(/^[0-9a-f]{64}$/),
  });

  setItemRole(c, second, 'context');
  expect(latestGrouping(c)).toMatchObject({ current: false, items: 2 });
  expect((await bench.group(c)).items).toBe(1);
  setItemRole(c, second, 'questioned');
  await bench.group(c);
  await eraseItem(c, first);
  const left = latestGrouping(c)!;
  expect(left.current).toBe(false);
  expect(left.parts.map(({ item }) => item)).toEqual([second]);
  expect(c.db.all('SELECT count(*) AS n FROM groupings')).toEqual([{ n: 1 }]);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
});

test('nothing of a grouping can be read from the disk, and one that was stopped is not kept', async () => {
  using bench = new GroupingBench();
  bench.limits('face');
  const c = await bench.newCase();
  await bench.item(c, [template('face-track:1', 0)]);
  const stop = new AbortController();
  stop.abort();
  const stopped = groupCase(c, { networks: NETWORKS, modelsFolder: bench.modelsFolder, signal: stop.signal });
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(latestGrouping(c)).toBeNull();
  await bench.group(c);
  const rows = c.db.all<{ sealedMembers: Buffer }>('SELECT sealedMembers FROM groupingItems');
  expect(rows.some(({ sealedMembers }) => sealedMembers.includes('face-track'))).toBe(false);
});
