/**
 * Several likelihood ratios about one face or voice into one. Detectors that look at the same pixels are dependent, and nobody has measured
 * how: ratios are never multiplied.
 */

/**
 * Natural logarithm of the arithmetic mean of the ratios. Under the second proposition the mean of likelihood ratios still has expectation 1
 * however they depend on each other (Vovk and Wang 2021, "E-values: calibration, combination and applications", Annals of Statistics 49),
 * so it overstates no more than each of them; it never exceeds the largest. For a composite first proposition (swapped *or* generated) it is
 * the ratio with both kinds weighted alike.
 * @throws RangeError where there is none.
 */
export function meanOfRatios(llrs: readonly number[]): number {
  if (llrs.length === 0) throw new RangeError('no likelihood ratios');
  const sorted = llrs.toSorted((a, b) => a - b);
  const largest = sorted.at(-1)!;
  const sum = sorted.reduce((total, llr) => total + Math.exp(llr - largest), 0);
  return largest + Math.log(sum / llrs.length);
}
