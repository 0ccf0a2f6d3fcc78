/** Share of values left out at each end of a track's mean, so that single bad frames decide nothing. */
const TRIM = 0.25;

/** Mean of what is left when a quarter of the values (rounded down) is taken from each end. */
export function trimmedMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * TRIM);
  const kept = sorted.slice(cut, sorted.length - cut);
  return kept.reduce((sum, v) => sum + v, 0) / kept.length;
}
