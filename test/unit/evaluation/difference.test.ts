import path from 'node:path';
import { differenceOf, sameScores } from '../../../models/evaluation/difference.ts';
import { type Row, readScoreSets, unheardVoiceClips } from '../../../models/evaluation/records.ts';

const modelsFolder = path.resolve(import.meta.dirname, '../../../models');

const row = (id: number, synthetic: boolean, score: number, condition = 'clean'): Row => ({
  id: String(id),
  source: 's',
  generator: synthetic ? 'g' : '-',
  group: `voice ${id}`,
  condition,
  language: 'en',
  synthetic,
  score,
});

const rows = (scoreOf: (id: number, synthetic: boolean) => number, condition?: string) =>
  Array.from({ length: 60 }, (_, id) => row(id, id % 2 === 0, scoreOf(id, id % 2 === 0), condition));

test('a version that tells more is better by what it tells, within an interval that leaves out nothing', () => {
  const before = rows((id) => Math.sin(id));
  const now = rows((id, synthetic) => Math.sin(id) + (synthetic ? 3 : 0));
  const { clean } = differenceOf(now, before);
  expect(clean!.items).toBe(60);
  expect(clean!.auc!).toBeGreaterThan(0.3);
  expect(clean!.interval[0]!).toBeGreaterThan(0);
});

test('only items and conditions that both versions scored are compared, and equal scores differ by nothing', () => {
  const before = rows((id) => Math.cos(id)).slice(0, 40);
  const now = [...rows((id) => Math.cos(id)), ...rows((id) => id, 'gsm')];
  expect(differenceOf(now, before)).toEqual({ clean: { items: 40, auc: 0, interval: [0, 0] } });
});

test('versions are the same where every score is, whatever the order', () => {
  const own = rows((id) => id);
  expect(sameScores(own, own.toReversed())).toBe(true);
  expect(
    sameScores(
      own,
      rows((id) => id + Number(id === 7)),
    ),
  ).toBe(false);
  expect(sameScores(own, own.slice(1))).toBe(false);
  const further = rows((id) => -id, 'webp');
  expect(sameScores(own, [...own, ...further])).toBe(true);
  expect(sameScores(own, further)).toBe(false);
});

test('the clips that the shipped weights never heard are a part of the held-out ones, of both classes', () => {
  const unheard = unheardVoiceClips(modelsFolder);
  const { rows: all } = readScoreSets(modelsFolder).find((s) => s.model === 'synthetic-voice')!;
  const clean = all.filter((r) => r.condition === 'clean');
  const shared = clean.filter((r) => unheard.has(r.id));
  expect(shared.length).toBeGreaterThan(50);
  expect(shared.length).toBeLessThan(clean.length);
  expect(new Set(shared.map((r) => r.synthetic))).toEqual(new Set([true, false]));
});
