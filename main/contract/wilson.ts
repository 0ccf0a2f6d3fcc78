/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959964;

/** Wilson score interval of a share, 95 % (Wilson 1927). [0, 1] where nothing was counted. */
export function wilson(count: number, n: number): [number, number] {
  if (n === 0) return [0, 1];
  const p = count / n;
  const middle = p + Z ** 2 / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n * n));
  return [Math.max(0, (middle - spread) / (1 + Z ** 2 / n)), Math.min(1, (middle + spread) / (1 + Z ** 2 / n))];
}
