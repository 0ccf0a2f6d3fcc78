/** Which of a person's samples stand apart from the others: the one rule for enrolment, which points them out, and comparison, which leaves them out. */

/** Cosine to the nearest other sample of the person, below which a sample stands apart: 1 in 100 same-person pairs of LFW lies below it. */
export const APART = 0.3;
/** Of two samples that differ nobody can say which is the stranger. */
export const LEAST_SAMPLES = 3;

/** Cosine to the nearest other of the person's samples, for each; fewer than two samples have none. */
export function nearestOthers(samples: readonly Float32Array[]): number[] {
  return samples.map((sample, n) => Math.max(...samples.map((other, m) => (m === n ? -1 : cosine(other, sample)))));
}

/**
 * Indices of samples that resemble none of the person's others as samples of one person do. Needs three samples, and
 * never names them all.
 */
export function findOutliers(samples: readonly Float32Array[]): number[] {
  if (samples.length < LEAST_SAMPLES) return [];
  const apart = nearestOthers(samples).flatMap((similarity, n) => (similarity < APART ? [n] : []));
  return apart.length === samples.length ? [] : apart;
}

/** Cosine of two unit vectors of one model. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
