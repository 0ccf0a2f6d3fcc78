/** Pearson's correlation of two rows of equal length, -1 to 1; null where either spreads by less than `least` (its standard deviation). */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>, least: number): number | null {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let n = 0; n < a.length; n++) {
    const [x, y] = [a[n]! - ma, b[n]! - mb];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return Math.min(aa, bb) < a.length * least ** 2 ? null : ab / Math.sqrt(aa * bb);
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  return sum / values.length;
}
