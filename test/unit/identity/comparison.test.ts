import { cosine, findOutliers } from '../../../main/contract/samples.ts';
import { compare, gapOf, spreadOf } from '../../../main/identity/comparison.ts';

/** Unit vector in the plane at an angle in degrees: cosines are plain to see. */
const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

test('similarity is the mean cosine to the samples', () => {
  const { similarity, samples } = compare(at(0), [at(0), at(60)]);
  expect(similarity).toBeCloseTo(0.75, 5);
  expect(samples).toBe(2);
});

test('a sample unlike all others of the person is left out, once there are three', () => {
  expect(findOutliers([at(0), at(10), at(100)])).toEqual([2]);
  expect(compare(at(0), [at(0), at(10), at(100)])).toMatchObject({ samples: 2 });
  expect(findOutliers([at(0), at(100)])).toEqual([]);
});

test('samples that are all unlike each other are all kept: nobody can say which is the stranger', () => {
  expect(findOutliers([at(0), at(90), at(180)])).toEqual([]);
});

test('the person’s own spread is lowest, median, highest, and null under three samples', () => {
  const [low, median, high] = spreadOf([at(0), at(10), at(40)])!;
  expect(low).toBeCloseTo(Math.cos((40 * Math.PI) / 180), 5);
  expect(median).toBeCloseTo(Math.cos((30 * Math.PI) / 180), 5);
  expect(high).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 5);
  expect(spreadOf([at(0), at(1)])).toBeNull();
});

test('the gap is about 0 for a voice among the person’s samples, larger outside, and null under four samples', () => {
  const samples = [at(0), at(10), at(20), at(30)];
  const among = [10, 20, 30, 10, 20, 10].map((d) => Math.cos((d * Math.PI) / 180));
  const toSubject = [45, 35, 25, 15].map((d) => Math.cos((d * Math.PI) / 180));
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  expect(gapOf(at(45), samples)).toBeCloseTo(mean(among) - mean(toSubject), 5);
  expect(gapOf(at(15), samples)!).toBeLessThan(0);
  expect(gapOf(at(45), samples)!).toBeGreaterThan(0.1);
  expect(gapOf(at(15), samples.slice(1))).toBeNull();
});

test('nobody without samples is compared', () => {
  expect(() => compare(at(0), [])).toThrow(RangeError);
  expect(cosine(at(0), at(90))).toBeCloseTo(0, 6);
});
