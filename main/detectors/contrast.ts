/**
 * Does one stretch of a course of scores stand apart from the rest of it? A change-point statistic for evenly spaced windows.
 * models/training/voice/splices.py computes the same and measures it.
 */

/** Longest stretch looked at, and what must remain outside of it. Windows. */
const MOST_SPAN = 6;
const LEAST_REST = 2;
/** Raw score added to the spread of the rest, so that few windows that agree by chance make no contrast. */
const SPREAD = 1;

export interface Contrast {
  /** Mean inside above mean outside, over the spread outside, times the root of k(n - k)/n: grows with the length of the stretch. */
  readonly value: number;
  /** First and last window of the stretch. */
  readonly first: number;
  readonly last: number;
}

/** The stretch whose scores lie highest above the others'; null with too few windows or where none lies above. */
export function contrastOf(scores: readonly number[]): Contrast | null {
  const n = scores.length;
  const [sums, squares] = [running(scores), running(scores.map((s) => s * s))];
  let best: Contrast | null = null;
  for (let span = 1; span <= Math.min(MOST_SPAN, n - LEAST_REST); span++) {
    const rest = n - span;
    for (let first = 0; first + span <= n; first++) {
      const inside = sums[first + span]! - sums[first]!;
      const outside = (sums[n]! - inside) / rest;
      const squaresOutside = squares[n]! - (squares[first + span]! - squares[first]!);
      const spread = Math.sqrt(Math.max(squaresOutside / rest - outside ** 2, 0));
      const value = ((inside / span - outside) / (spread + SPREAD)) * Math.sqrt((span * rest) / n);
      if (value > (best?.value ?? 0)) best = { value, first, last: first + span - 1 };
    }
  }
  return best;
}

function running(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [i, v] of values.entries()) sums[i + 1] = sums[i]! + v;
  return sums;
}
