// How alike is a face or voice to a person's own samples? Cosines of unit vectors, and nothing that names anybody:
// a swap or a clone of the person is as alike as the person.

export interface Comparison {
  /**
   * Mean cosine to the person's samples, those that stand apart left out. A mean does not grow with the number of samples
   * as a best match does, so the false-match rate measured on single pairs holds for it.
   */
  readonly similarity: number;
  /** Samples used. */
  readonly samples: number;
}

/** Cosine to the nearest other sample of the person, below which a sample stands apart: 1 in 100 same-person pairs of LFW lies below it. */
export const APART = 0.3;
/** Of two samples that differ nobody can say which is the stranger. */
const LEAST_SAMPLES = 3;

/** @throws RangeError where the person has no samples. */
export function compare(subject: Float32Array, samples: readonly Float32Array[]): Comparison {
  if (samples.length === 0) throw new RangeError('no samples');
  const outliers = new Set(findOutliers(samples));
  const used = samples.filter((_, n) => !outliers.has(n));
  return { similarity: mean(used.map((sample) => cosine(subject, sample))), samples: used.length };
}

/**
 * Indices of samples that resemble none of the person's others as samples of one person do. Needs three samples, and
 * never names them all.
 */
export function findOutliers(samples: readonly Float32Array[]): number[] {
  if (samples.length < LEAST_SAMPLES) return [];
  const nearest = samples.map((sample) => Math.max(...samples.map((s) => (s === sample ? -1 : cosine(s, sample)))));
  const apart = [...nearest.keys()].filter((n) => nearest[n]! < APART);
  return apart.length === samples.length ? [] : apart;
}

/** Lowest, median and highest cosine between a person's own samples; null with fewer than three. */
export function spreadOf(samples: readonly Float32Array[]): [number, number, number] | null {
  if (samples.length < LEAST_SAMPLES) return null;
  const pairs = samples.flatMap((p, n) => samples.slice(n + 1).map((q) => cosine(p, q))).sort((a, b) => a - b);
  return [pairs[0]!, pairs[pairs.length >> 1]!, pairs.at(-1)!];
}

/** Cosine of two unit vectors of one model. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}
