// How alike is a face or voice to a person's own samples? Cosines of unit vectors, and nothing that names anybody:
// a swap or a clone of the person is as alike as the person.

import { cosine, findOutliers, LEAST_SAMPLES } from '../contract/samples.ts';

/** Samples of a person from which on the gap is told. */
const LEAST_FOR_GAP = 4;

export interface Comparison {
  /**
   * Mean cosine to the person's samples, those that stand apart left out. A mean does not grow with the number of samples
   * as a best match does, so the false-match rate measured on single pairs holds for it.
   */
  readonly similarity: number;
  /** Samples used. */
  readonly samples: number;
}

/** @throws RangeError where the person has no samples. */
export function compare(subject: Float32Array, samples: readonly Float32Array[]): Comparison {
  if (samples.length === 0) throw new RangeError('no samples');
  const outliers = new Set(findOutliers(samples));
  const used = samples.filter((_, n) => !outliers.has(n));
  return { similarity: mean(used.map((sample) => cosine(subject, sample))), samples: used.length };
}

/** Lowest, median and highest cosine between a person's own samples; null with fewer than three. */
export function spreadOf(samples: readonly Float32Array[]): [number, number, number] | null {
  if (samples.length < LEAST_SAMPLES) return null;
  const pairs = samples.flatMap((p, n) => samples.slice(n + 1).map((q) => cosine(p, q))).sort((a, b) => a - b);
  return [pairs[0]!, pairs[pairs.length >> 1]!, pairs.at(-1)!];
}

/**
 * How far a subject lies below the mean likeness of a person's samples to each other; about 0 for the person, more for an imitation and
 * more still for somebody else. Null with fewer than four samples, the least on which it was measured (models/training/voice/references.py, models/training/vision/references.py).
 */
export function gapOf(subject: Float32Array, samples: readonly Float32Array[]): number | null {
  const outliers = new Set(findOutliers(samples));
  const used = samples.filter((_, n) => !outliers.has(n));
  if (used.length < LEAST_FOR_GAP) return null;
  const among = used.flatMap((p, n) => used.slice(n + 1).map((q) => cosine(p, q)));
  return mean(among) - mean(used.map((sample) => cosine(subject, sample)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}
