import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer } from '../../../../main/contract/ipc.ts';
import { heaviest, lanesOf, spreadOf } from '../../../../renderer/viewer/lanes.ts';
import { layersOf, opacityOf } from '../../../../renderer/viewer/layers.ts';
import { levelColour } from '../../../../renderer/viewer/level-colour.ts';

type Examination = NonNullable<Answer['examination']>;

const patch = (value: number, x: number, id = 'noise.level') => ({
  id,
  value,
  unit: 'sd',
  strength: null,
  says: null,
  at: { x, y: 0, w: 20, h: 10 },
});

const examination = (change: Partial<Examination>) =>
  ({ kind: 'image', crops: [], outcomes: [], series: [], ...change }) as unknown as Examination;

test('patches that overlap are cut, and a piece has the mean of what lies over it', () => {
  const [layer] = layersOf(
    examination({
      outcomes: [{ subject: 'picture', facts: [patch(0, 0), patch(4, 10)] }] as unknown as Examination['outcomes'],
    }),
    0,
  );
  expect(layer).toMatchObject({ range: [0, 4], unit: 'sd' });
  expect(layer!.marks.map(({ region, level }) => [region.x, region.w, level])).toEqual([
    [0, 10, 0],
    [10, 10, 0.5],
    [20, 10, 1],
  ]);
  // It would cover the picture, so it waits until somebody asks for it.
  expect(opacityOf(layer!, {})).toBe(0);
});

test('a map of a detector is drawn only if it found its place on composites, by the rule that was fixed before', () => {
  const file = path.resolve(import.meta.dirname, '../../../../models/synthetic-image/localisation.json');
  const { fact, shown, leastAuc, leastGain, figures } = JSON.parse(readFileSync(file, 'utf8')) as {
    fact: string;
    shown: boolean;
    leastAuc: number;
    leastGain: number;
    figures: {
      generator: string;
      source: string;
      map: [number, number, number];
      real: { gain: [number, number, number] };
    }[];
  };
  const deciding = figures.filter(({ generator, source }) => generator === 'unseen' && source === 'all');
  expect(deciding).toHaveLength(6);
  expect(deciding.every(({ map, real }) => map[1] > leastAuc && real.gain[1] >= leastGain)).toBe(shown);
  const outcomes = [{ subject: 'picture', facts: [patch(0, 0, fact), patch(4, 10, fact)] }];
  const layers = layersOf(examination({ outcomes: outcomes as unknown as Examination['outcomes'] }), 0);
  expect(layers.map(({ id }) => id)).toEqual(shown ? [fact] : []);
});

test('a face of a film has its box only at the moment at which it was measured', () => {
  const place = { timeS: 2, box: { x: 1, y: 2, w: 3, h: 4 }, landmarks: [1.5, 2.5] };
  const crop = { id: 1, subject: 'face-track:1', score: 1, quality: {}, ...place };
  const film = examination({ kind: 'video', crops: [crop] });
  const [boxes, points] = layersOf(film, 2.005);
  expect(boxes!.marks).toHaveLength(1);
  // The points wait until somebody asks for them; the box does not.
  expect([opacityOf(boxes!, {}), opacityOf(points!, {})]).toEqual([1, 0]);
  expect(points!.dots).toEqual([{ subject: 'face-track:1', points: [1.5, 2.5] }]);
  expect(layersOf(film, 2.1).map(({ marks, dots = [] }) => [marks.length, dots.length])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  // Cases of earlier versions have no points.
  expect(layersOf(examination({ crops: [{ ...crop, landmarks: [] }] }), 0).map(({ id }) => id)).toEqual(['faces']);
});

test('a single value is no course; the heaviest moments are named once each', () => {
  const points = (...values: number[]) => values.map((value, at) => ({ fromS: at, toS: at, value }));
  const series = [
    { analyzer: 'a', subject: 'face-track:1', fact: 'x', unit: 'sd', points: points(1, 9, 5) },
    { analyzer: 'a', subject: 'face-track:1', fact: 'y', unit: 'sd', points: points(2, 8, 7) },
    { analyzer: 'a', subject: 'face-track:1', fact: 'z', unit: 'px', points: points(3) },
  ];
  const lanes = lanesOf(examination({ series }));
  expect(lanes.map(({ unit, series: all }) => [unit, all.length])).toEqual([['sd', 2]]);
  expect(heaviest(lanes[0]!, 2).map(({ fromS, value }) => [fromS, value])).toEqual([
    [1, 9],
    [2, 7],
  ]);
});

test('levels grow brighter from the lowest to the highest', () => {
  const brightness = [0, 0.25, 0.5, 0.75, 1].map((level) => {
    const [red, green, blue] = levelColour(level);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  expect(brightness).toEqual(brightness.toSorted((a, b) => a - b));
});

test('the middle half of a course lies between its quartiles; of fewer than four values none is told', () => {
  const points = (...values: number[]) => ({
    points: values.map((value, at) => ({ fromS: at, toS: at, value })),
  });
  expect(spreadOf(points(4, 1, 3, 2, 5))).toEqual({ low: 2, median: 3, high: 4 });
  expect(spreadOf(points(0, 1, 2, 10))).toEqual({ low: 0.75, median: 1.5, high: 4 });
  expect(spreadOf(points(1, 2, 3))).toBeNull();
});
