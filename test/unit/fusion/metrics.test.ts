import fc from 'fast-check';
import { wilson } from '../../../main/contract/wilson.ts';
import { balanced, boundsOf, crossFit, fitLine, withinCorrelation } from '../../../main/fusion/fit.ts';
import {
  auc,
  bootstrap,
  cllr,
  detectionAt,
  equalErrorRate,
  generator,
  type Labelled,
  minCllr,
} from '../../../main/fusion/metrics.ts';

const items = (synthetic: number[], genuine: number[]): Labelled[] => [
  ...synthetic.map((score) => ({ score, synthetic: true })),
  ...genuine.map((score) => ({ score, synthetic: false })),
];

/** Two normal classes whose exact log likelihood ratio is the score itself: means +-m, variance 2m. */
function calibrated(n: number, m: number, seed = 5): Labelled[] {
  const random = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const draw = (mean: number) => Array.from({ length: n }, () => mean + Math.sqrt(2 * m) * normal());
  return items(draw(m), draw(-m));
}

test('figures of a case small enough to count by hand', () => {
  const four = items([3, 1], [2, 0]);
  expect(auc(four)).toBe(0.75);
  expect(auc(items([1, 1], [1, 1]))).toBe(0.5);
  expect(equalErrorRate(items([3, 2], [1, 0]))).toBe(0);
  expect(equalErrorRate(four)).toBe(0.5);
  expect(detectionAt(four, 0.01)).toBe(0.5);
  expect(detectionAt(four, 0.5)).toBe(1);
  expect(cllr(items([0, 0], [0]))).toBeCloseTo(1, 12);
  expect(minCllr(items([1, 2], [0, -1]))).toBe(0);
  expect(wilson(0, 100)[1]).toBeCloseTo(0.037, 3);
  expect(wilson(0, 0)).toEqual([0, 1]);
});

test('the best recalibration costs no more than the figures themselves, and never more than saying nothing', () => {
  const scores = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(scores, scores, (s, g) => {
      const least = minCllr(items(s, g));
      expect(least).toBeLessThanOrEqual(cllr(items(s, g)) + 1e-9);
      expect(least).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});

test('a line fitted to scores that are ratios already leaves them as they are', () => {
  const own = calibrated(4000, 1);
  const line = fitLine(own);
  expect(line.slope).toBeCloseTo(1, 1);
  expect(line.offset).toBeCloseTo(0, 1);
  expect(cllr(own) - minCllr(own)).toBeLessThan(0.01);
});

test('a score that points the wrong way says nothing instead of being turned round', () => {
  expect(fitLine(calibrated(500, 1).map((i) => ({ ...i, score: -i.score })))).toEqual({ slope: 0, offset: 0 });
});

test('more items bear out more, and a separable handful does not bear out much', () => {
  const bound = (n: number) =>
    boundsOf(items(Array(n).fill(5), Array(n).fill(-3)).map((i) => ({ ...i, llr: i.score }))).llrMax;
  expect(bound(20)).toBeLessThan(2.3);
  expect(bound(2000)).toBeGreaterThan(bound(200));
  expect(boundsOf(calibrated(1000, 0.5).map((i) => ({ ...i, llr: 0 })))).toEqual({ llrMin: 0, llrMax: 0 });
});

test('sources of a class count alike, and no group stands in both its fold and the fit', () => {
  const rows = calibrated(60, 1).map((i, n) => ({
    ...i,
    source: n % 3 === 0 ? 'small' : 'large',
    group: String(n % 7),
  }));
  const total = (source: string) =>
    balanced(rows)
      .filter((r) => r.source === source && r.synthetic)
      .reduce((sum, r) => sum + r.weight, 0);
  expect(total('small')).toBeCloseTo(total('large'), 9);
  const fitted = crossFit(rows, { llrMin: -9, llrMax: 9 });
  expect(fitted).toHaveLength(rows.length);
  for (const own of Map.groupBy(fitted, (r) => r.group).values()) {
    const slopes = own.slice(1).map((r) => (r.llr - own[0]!.llr) / (r.score - own[0]!.score));
    expect(Math.max(...slopes) - Math.min(...slopes)).toBeLessThan(1e-6);
  }
});

test('an interval over groups holds the figure, and repeats of one voice are seen as alike', () => {
  const rows = calibrated(200, 1).map((i, n) => ({ ...i, group: String(n % 50) }));
  const [low, high] = bootstrap(rows, (r) => r.group, auc);
  expect(low).toBeLessThan(auc(rows));
  expect(high).toBeGreaterThan(auc(rows));
  const alike = rows.map((r, n) => ({ ...r, score: Number(r.group) + 0.001 * n }));
  expect(withinCorrelation(alike)).toBeGreaterThan(0.95);
  expect(withinCorrelation(rows.slice(0, 10))).toBeNull();
});
