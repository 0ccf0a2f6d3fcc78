import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { addPerson, addSample, getEntry, intake, itemName, recordExamination } from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import type { Examination } from '../../../main/contract/engine.ts';
import type { Finding } from '../../../main/contract/finding.ts';
import type { Retention } from '../../../main/contract/item.ts';
import type { OutcomeStatus } from '../../../main/contract/outcome.ts';
import { renewals } from '../../../main/jobs/renew.ts';
import { seriesOf } from '../../../main/window/answer.ts';
import { cellOf, ItemIndex } from '../../../main/window/item-index.ts';
import { emptyFinding } from '../../fixtures/finding.ts';
import { Bench, bytesOf, examinationOf, receiveOne } from '../cases/support.ts';

const finding = (change: Partial<Finding>) => emptyFinding({ subject: 'face-track:1', ...change });
const outcomes = (status: OutcomeStatus, analyzer = 'synthetic-face') => [
  { analyzer, subject: 'face-track:1', status },
];

test.each([
  ['notApplicable', 'notApplicable'],
  ['abstained', 'noOpinion'],
  ['failed', 'failed'],
  ['notRun', 'notRun'],
  ['evidence', 'noOpinion'],
] as const)('synthesis that was %s and speaks for nothing is %s', (status, state) => {
  expect(cellOf('synthesis', { findings: [finding({})], outcomes: outcomes(status) }).state).toBe(state);
});

test('with nobody to compare with, a likeness was not examined, as its card says; a silent item has none', () => {
  const left = (code: string) => [
    { analyzer: 'voice-likeness', status: 'notApplicable' as const, reason: { code, params: {} } },
  ];
  const state = (code: string) =>
    cellOf('likeness', {
      findings: [finding({ question: 'likeness', notExamined: left(code) })],
      outcomes: outcomes('notApplicable', 'voice-likeness'),
    }).state;
  expect(state('no-reference')).toBe('notRun');
  expect(state('no-speech')).toBe('notApplicable');
});

test('an item that was not examined looks like none of them', () => {
  expect(cellOf('origin', null).state).toBe('notExamined');
});

test('origin that was looked for and not found is nothing, with a reason it is found', () => {
  const looked = { outcomes: outcomes('evidence', 'provenance-exif') };
  expect(cellOf('origin', { ...looked, findings: [finding({ question: 'origin' })] }).state).toBe('nothing');
  const unread = { outcomes: [...looked.outcomes, ...outcomes('abstained', 'provenance-aigc-label')] };
  expect(cellOf('origin', { ...unread, findings: [finding({ question: 'origin' })] }).state).toBe('noOpinion');
  const spoken = finding({ question: 'origin', against: [{ code: 'origin.fact', params: {} }] });
  expect(cellOf('origin', { ...looked, findings: [spoken] })).toMatchObject({
    state: 'found',
    findings: 1,
    reason: { code: 'origin.fact' },
  });
});

test('the figure shown is that of the strongest support for synthesis, however far another face lies on the other side', () => {
  const findings = [finding({ llr: -2, band: 'limited' }), finding({ llr: 1.2, band: 'limited' })];
  expect(cellOf('synthesis', { findings, outcomes: outcomes('evidence') })).toMatchObject({ llr: 1.2, findings: 2 });
});

test('a course over time holds the facts with a span in order, one series a subject', () => {
  const at = (from: number) => ({ from, to: from + 1 });
  const fact = (value: number | string, from: number) => ({
    id: 'voice.window.score',
    value,
    strength: null,
    says: null,
    at: at(from),
  });
  const outcome = (subject: string, facts: ReturnType<typeof fact>[]) => ({
    analyzer: 'synthetic-voice',
    version: '1.0.0',
    subject,
    reference: null,
    status: 'evidence' as const,
    reason: null,
    rawScore: null,
    llr: null,
    band: null,
    examined: [],
    facts,
  });
  const series = seriesOf([
    outcome('speaker:1', [fact(2, 5), fact(1, 0), fact('no number', 1)]),
    outcome('speaker:2', [fact(3, 0)]),
  ]);
  expect(series.map((s) => [s.subject, s.points.map((p) => p.value)])).toEqual([
    ['speaker:1', [1, 2]],
    ['speaker:2', [3]],
  ]);
});

test('a row tells whether other versions than those installed examined it, when asked anew too, and those alone can be asked for', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  for (const n of [1, 2]) {
    const { entry, item } = await receiveOne(c, bench.write(`${n}.png`, bytesOf(100, n)));
    const { outcomes, ...rest } = examinationOf(item);
    const now = outcomes.map((one) => ({ ...one, version: n === 1 ? one.version : '2' }));
    const examination = { ...rest, outcomes: now, models: {} };
    await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  }
  await receiveOne(c, bench.write('3.png', bytesOf(100, 3)));
  let version = '2';
  const index = new ItemIndex(c, () => ({
    analyzers: { 'provenance-exif': version, 'synthetic-face': version, perception: '1', fusion: '1' },
    models: {},
    trustLists: {},
  }));
  const asked = { offset: 0, limit: 10, sort: 'received', descending: false, group: 'none' } as const;
  const told = async (filter = {}) =>
    (await index.page({ ...asked, filter })).rows.map(({ name, otherVersions }) => [name, otherVersions]);
  expect(await told()).toEqual([
    ['1.png', true],
    ['2.png', false],
    ['3.png', false],
  ]);
  expect(await told({ otherVersions: true })).toEqual([['1.png', true]]);
  version = '1.0.0';
  expect(await told({ otherVersions: true })).toEqual([['2.png', true]]);
});

test('a row tells whether samples changed since it was examined, and all that are to be examined again are counted as they are renewed', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const sample = { modelId: 'm', models: {}, vector: Float32Array.of(1), quality: {}, source: null, reason: null };
  const enrol = (name: string, kind: 'face' | 'voice') => {
    const { id } = addPerson(c, { role: 'named', basis: 'own', purpose: 'p', retainUntil: '2100-01-01', name });
    addSample(c, id, { ...sample, kind, accepted: true });
  };
  const examine = async (name: string, seed: number, change: Partial<Examination>) => {
    const { entry, item } = await receiveOne(c, bench.write(name, bytesOf(100, seed)));
    const examination = examinationOf(item, { outcomes: [], models: {}, ...change });
    await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  };
  await examine('face.png', 1, {});
  await examine('landscape.png', 2, { templates: [] });
  let rules = '1';
  const installed = () => ({ analyzers: { perception: '1', fusion: rules }, models: {}, trustLists: {} });
  const index = new ItemIndex(c, installed);
  const asked = { offset: 0, limit: 10, sort: 'received', descending: false, group: 'none' } as const;
  const told = async (filter = {}) =>
    (await index.page({ ...asked, filter })).rows.map(({ name, samplesChanged }) => [name, samplesChanged]);
  const renewed = async () => {
    const { requests, gone } = await renewals(c, installed(), { face: {}, voice: {} });
    const items = requests.flatMap((one) => one.items ?? []);
    expect(await index.renewable()).toMatchObject({ items: items.length, gone: gone.length });
    return items.length;
  };
  expect([await told(), await renewed()]).toEqual([
    [
      ['face.png', false],
      ['landscape.png', false],
    ],
    0,
  ]);
  enrol('Li', 'voice');
  expect(await renewed()).toBe(0);
  // Nobody's face was there to compare with before.
  enrol('Wang', 'face');
  expect([await told(), await renewed()]).toEqual([
    [
      ['face.png', true],
      ['landscape.png', false],
    ],
    1,
  ]);
  expect(await told({ samplesChanged: true })).toEqual([['face.png', true]]);
  rules = '2';
  expect(await renewed()).toBe(2);
});

test('a raised version of the search for faces and voices renews pictures and sound, not documents', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  for (const [n, kind] of (['image', 'audio', 'other'] as const).entries()) {
    const { entry, item } = await receiveOne(c, bench.write(`${kind}.bin`, bytesOf(100, n + 1)));
    const made = examinationOf(item, { outcomes: [], models: {} });
    const examination = { ...made, info: { ...made.info, kind } };
    await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  }
  const installed = (perception: string) => ({ analyzers: { perception, fusion: '1' }, models: {}, trustLists: {} });
  const renewed = async (perception: string) => {
    const { requests } = await renewals(c, installed(perception), { face: {}, voice: {} });
    return requests.flatMap(({ items = [] }) => items.map((item) => itemName(c, item)));
  };
  expect(await renewed('1')).toEqual([]);
  expect(await renewed('2')).toEqual(['image.bin', 'audio.bin']);
});

test('what is to be examined again and has no bytes left is told apart, by a missing copy, a missing original or what contained it', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const examine = async (name: string, seed: number, retention: Retention) => {
    const { entry, item } = await receiveOne(c, bench.write(name, bytesOf(100, seed)), { retention });
    const part = { offset: 10, length: 20, mediaType: 'image/png', relation: 'embedded-file' } as const;
    const examination = examinationOf(item, { models: {}, parts: seed === 2 ? [part] : [] });
    const recorded = await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    for (const found of recorded.parts) {
      const { item: inside } = await intake(c, found);
      const own = { entry: getEntry(c, found.id), examination: examinationOf(inside, { models: {} }) };
      await recordExamination(c, { ...own, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    }
    return item.sha256;
  };
  const kept = await examine('kept.png', 1, 'copy');
  await examine('referred.png', 2, 'reference');
  await examine('lost.png', 3, 'copy');
  const installed = () => ({ analyzers: { perception: '1', fusion: '2' }, models: {}, trustLists: {} });
  const index = new ItemIndex(c, installed);
  expect(await index.renewable()).toEqual({ items: 4, gone: 0, goneNames: [] });
  const lost = c.db.get<{ id: string }>(
    "SELECT id FROM vaultFiles WHERE kind = 'copy' ORDER BY rowid DESC LIMIT 1",
  )!.id;
  rmSync(path.join(c.folder, 'vault', lost.slice(0, 2), lost));
  rmSync(path.join(bench.folder, 'referred.png'));
  rmSync(path.join(bench.folder, 'kept.png'));
  expect(await index.renewable()).toEqual({
    items: 1,
    gone: 3,
    goneNames: ['referred.png', 'referred.png', 'lost.png'],
  });
  const { requests, gone } = await renewals(c, installed(), { face: {}, voice: {} });
  expect(requests.map(({ items }) => items)).toEqual([[kept]]);
  expect(gone).toHaveLength(3);
  // Where the disk that holds the case is gone, nothing is said of its items.
  renameSync(c.folder, `${c.folder}-away`);
  await expect(index.renewable()).rejects.toThrow('PLACE_MISSING');
});
