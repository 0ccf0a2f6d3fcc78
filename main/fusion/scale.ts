import type { Band } from '../contract/outcome.ts';

/** Upper bounds of the verbal scale in absolute natural-log likelihood ratio (UI.md, "The scale in words"). */
const BOUNDS: readonly (readonly [below: number, band: Band])[] = [
  [0.7, 'neither'],
  [2.3, 'limited'],
  [4.6, 'moderate'],
  [6.9, 'moderately-strong'],
];

/** The word for a calibrated figure. The direction is the sign's, and stands apart. */
export function bandOf(llr: number): Band {
  if (!Number.isFinite(llr)) throw new RangeError(`a likelihood ratio must be finite, got ${llr}`);
  const size = Math.abs(llr);
  return BOUNDS.find(([below]) => size < below)?.[1] ?? 'strong';
}

/** The least absolute natural-log likelihood ratio that has this word or a stronger one; 0 for `neither`. */
export function leastOf(band: Band): number {
  return BOUNDS[stepOf(band) - 1]?.[0] ?? 0;
}

/** The step of the scale with its side: 0 where neither is supported, -1 for limited support of the second proposition, 2 for moderate of the first. */
export function signedStep(llr: number): number {
  return Math.sign(llr) * stepOf(bandOf(llr));
}

function stepOf(band: Band): number {
  return band === 'strong' ? BOUNDS.length : BOUNDS.findIndex(([, name]) => name === band);
}
