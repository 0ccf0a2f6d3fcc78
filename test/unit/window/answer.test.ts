import { readFileSync } from 'node:fs';
import path from 'node:path';
import { recordExamination } from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { fact } from '../../../main/contract/fact.ts';
import { wilson } from '../../../main/contract/wilson.ts';
import { fuse } from '../../../main/fusion/fuse.ts';
import { MODELS_FOLDER } from '../../../main/jobs/installation.ts';
import { say } from '../../../main/strings/index.ts';
import { answerOf } from '../../../main/window/answer.ts';
import { outcome, sha } from '../../fixtures/report-record.ts';
import { Bench, bytesOf, examinationOf, receiveOne } from '../cases/support.ts';

const read = (file: string) => JSON.parse(readFileSync(path.join(MODELS_FOLDER, 'synthetic-face', file), 'utf8'));

interface Alarms {
  readonly limited: number;
  readonly items: number;
}

/** The answer on an item with one face, whose figures are these, examined with weights of this digest. */
async function answered(bench: Bench, weights: string, [swap, generated]: readonly [number, number]) {
  const c = await bench.newCase(`case-${swap}-${weights.slice(0, 4)}`);
  const { entry, item } = await receiveOne(c, bench.write('a.png', bytesOf(100, 7)));
  const outcomes = [
    outcome('synthetic-face', 'evidence', {
      subject: 'face-track:1',
      llr: (swap + generated) / 2,
      band: swap + generated >= 1.4 ? 'limited' : 'neither',
      facts: [fact('llr.swap', swap, { unit: 'ln LR' }), fact('llr.generated', generated, { unit: 'ln LR' })],
    }),
  ];
  const examination = {
    ...examinationOf(item),
    outcomes,
    findings: fuse(outcomes),
    models: { 'synthetic-face': weights },
  };
  await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  return answerOf(c, item.sha256, {
    examiner: '',
    revealed: false,
    samplesChanged: false,
    installed: { analyzers: {}, models: {}, trustLists: {} },
  }).examination!;
}

test('a finding that supports synthesis comes with the counts of held-out items that came as far', async () => {
  using bench = new Bench();
  const weights = read('calibration.json').modelSha256;
  const { reached } = await answered(bench, weights, [0.9, 1.5]);
  const { alarms, synthetic } = read('measured.json').heldOut.find(
    (one: { score: string }) => one.score === 'generated',
  );
  const clean = alarms.filter((one: { condition: string }) => one.condition === 'clean');
  const total = (of: string) => clean.reduce((sum: number, one: Record<string, number>) => sum + one[of]!, 0);
  expect(reached).toHaveLength(1);
  expect(reached[0]).toMatchObject({ subject: 'face-track:1', items: total('items'), count: total('limited') });
  expect(reached[0]).toMatchObject({ synthetic: synthetic.items, found: synthetic.limited });
  const least = (one: Alarms) => wilson(one.limited, one.items)[0];
  const [worst] = clean.toSorted((p: Alarms, q: Alarms) => least(q) - least(p));
  expect([reached[0]!.worst, reached[0]!.of]).toEqual([worst.limited, worst.items]);
  expect(reached[0]!.tellsNothingThere).toBe(worst.limited / worst.items >= synthetic.limited / synthetic.items);
});

test('nothing is counted where the finding supports nothing, or other weights examined', async () => {
  using bench = new Bench();
  const weights = read('calibration.json').modelSha256;
  expect((await answered(bench, weights, [-1, -1.2])).reached).toEqual([]);
  expect((await answered(bench, sha('other weights'), [0.9, 1.5])).reached).toEqual([]);
});

test('who was removed from the case is not named by an answer on what was compared with them', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.png', bytesOf(100, 7)));
  const outcomes = [
    outcome('face-likeness', 'evidence', {
      subject: 'face-track:1',
      reference: '小李',
      facts: [fact('face.similarity', 0.5)],
    }),
  ];
  const examination = { ...examinationOf(item), outcomes, findings: fuse(outcomes) };
  await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  const answer = answerOf(c, item.sha256, {
    examiner: '',
    revealed: false,
    samplesChanged: false,
    installed: { analyzers: {}, models: {}, trustLists: {} },
  });
  expect(answer.examination!.outcomes.map(({ reference }) => reference)).toEqual(['removed-person']);
  expect(JSON.stringify(answer)).not.toContain('小李');
  expect(say('zh', 'ui.card.likeness.measured', { subject: 'x', reference: 'removed-person' })).toContain(
    '已从案件中删除的人',
  );
});

test('an answer tells what it was examined with that is not installed, and an item without one tells nothing', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.png', bytesOf(100, 7)));
  const view = { examiner: '', revealed: false, samplesChanged: false };
  const installed = {
    analyzers: { 'provenance-exif': '1.0.0', 'synthetic-face': '2', perception: '1', fusion: '1' },
    models: {},
    trustLists: {},
  };
  expect(answerOf(c, item.sha256, { ...view, installed }).examination).toBeNull();
  const examination = { ...examinationOf(item), models: {} };
  await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  const others = (now: typeof installed) =>
    answerOf(c, item.sha256, { ...view, installed: now }).examination!.otherVersions;
  expect(others(installed)).toEqual({
    analyzers: [{ id: 'synthetic-face', examined: '1.0.0', installed: '2' }],
    models: [],
    trustLists: [],
  });
  const same = { ...installed.analyzers, 'synthetic-face': '1.0.0' };
  expect(others({ ...installed, analyzers: same })).toBeNull();
  expect(others({ ...installed, analyzers: { ...same, fusion: '2' } })?.analyzers).toEqual([
    { id: 'fusion', examined: '1', installed: '2' },
  ]);
});
