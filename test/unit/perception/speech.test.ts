import path from 'node:path';
import { openMedia } from '../../../main/media/index.ts';
import { windowsOf } from '../../../main/perception/speakers.ts';
import { FRAME, LEAD, segmentsOf, speechProbabilities } from '../../../main/perception/speech.ts';
import { allSamples, testWithFfmpeg } from '../../fixtures/media.ts';
import { models } from '../../models.ts';

const frames = (...runs: readonly [number, number][]) =>
  Float32Array.from(runs.flatMap(([n, p]) => new Array<number>(n).fill(p)));

test('a run of high probability is one segment, widened by its margin and held within the recording', () => {
  const [segment, ...others] = segmentsOf(frames([31, 0], [63, 0.9], [40, 0]), 4.288);
  expect(others).toEqual([]);
  expect(segment!.fromS).toBeCloseTo(31 * 0.032 - 0.06, 5);
  expect(segment!.toS).toBeCloseTo(94 * 0.032 + 0.06, 5);
  expect(segmentsOf(frames([40, 0.9]), 1.28)).toEqual([{ fromS: 0, toS: 1.28 }]);
});

test('a short pause does not end a segment, a longer one does; a cough is dropped', () => {
  expect(segmentsOf(frames([40, 0.9], [6, 0.1], [40, 0.9], [40, 0]), 5)).toHaveLength(1);
  expect(segmentsOf(frames([40, 0.9], [20, 0.1], [40, 0.9], [40, 0]), 5)).toHaveLength(2);
  expect(segmentsOf(frames([40, 0], [5, 0.9], [40, 0]), 3)).toEqual([]);
});

test('between the two thresholds speech goes on but does not begin', () => {
  expect(segmentsOf(frames([40, 0.4]), 2)).toEqual([]);
  expect(segmentsOf(frames([20, 0.9], [40, 0.4], [30, 0]), 3)[0]!.toS).toBeCloseTo(60 * 0.032 + 0.06, 5);
});

test('windows cover a segment to both its ends', () => {
  expect(windowsOf({ fromS: 1, toS: 1.9 })).toEqual([]);
  expect(windowsOf({ fromS: 1, toS: 3.5 })).toEqual([{ fromS: 1, toS: 3.5 }]);
  const windows = windowsOf({ fromS: 10, toS: 17 });
  expect(windows[0]!.fromS).toBe(10);
  expect(windows.at(-1)!.toS).toBeCloseTo(17, 6);
  expect(windows.every((w) => Math.abs(w.toS - w.fromS - 3) < 1e-9)).toBe(true);
});

testWithFfmpeg('side by side in lanes, speech is heard as it is one frame after the other', async () => {
  const samples = await dialogue();
  const inLanes = await speechProbabilities(models, samples);
  const passes: Float32Array[] = [];
  for (let first = 0; first < inLanes.length; first += LANE) {
    const span = samples.subarray(first * FRAME, LEAD + (first + LANE) * FRAME);
    passes.push(await speechProbabilities(models, span));
  }
  const oneByOne = passes.flatMap((p) => [...p]);
  expect(oneByOne).toHaveLength(inLanes.length);
  const apart = oneByOne.filter((p, i) => Math.abs(p - inLanes[i]!) > 1e-3);
  expect(apart).toEqual([]);
});

testWithFfmpeg(
  'a pass that begins within speech decides nearly every frame as one that heard it from the start',
  async () => {
    const samples = await dialogue();
    const whole = await speechProbabilities(models, samples);
    const skipped = 600;
    const later = await speechProbabilities(models, samples.subarray(skipped * FRAME));
    expect(later).toHaveLength(whole.length - skipped);
    const differ = [...later].filter((p, i) => p > 0.5 !== whole[i + skipped]! > 0.5);
    expect(differ.length / later.length).toBeLessThan(0.03);
  },
);

/** Frames of one lane. */
const LANE = 250;

async function dialogue(): Promise<Float32Array> {
  await using media = await openMedia(path.resolve(import.meta.dirname, '../../fixtures/speech/dialogue.opus'));
  const { samples } = await allSamples(media.audio({}));
  const led = new Float32Array(LEAD + samples.length);
  led.set(samples, LEAD);
  return led;
}
