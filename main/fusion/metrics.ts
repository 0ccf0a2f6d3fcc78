/** How well do scores tell two classes apart, and how honest are likelihood ratios? The figures of every card. */

export interface Labelled {
  /** Larger speaks for synthesis. */
  readonly score: number;
  readonly synthetic: boolean;
  /** Importance; 1 where left out. */
  readonly weight?: number;
}

/** Area under the ROC curve, ties half; NaN where a class is empty. */
export function auc(items: readonly Labelled[]): number {
  const sorted = items.toSorted((a, b) => a.score - b.score);
  let below = 0;
  let area = 0;
  let positive = 0;
  for (let i = 0; i < sorted.length; ) {
    let [here, there] = [0, 0];
    let j = i;
    for (; j < sorted.length && sorted[j]!.score === sorted[i]!.score; j++) {
      if (sorted[j]!.synthetic) here += weightOf(sorted[j]!);
      else there += weightOf(sorted[j]!);
    }
    area += here * (below + there / 2);
    below += there;
    positive += here;
    i = j;
  }
  return area / (positive * below);
}

/** Rate at which misses equal false alarms, interpolated between the two neighbouring thresholds. */
export function equalErrorRate(items: readonly Labelled[]): number {
  const sorted = items.toSorted((a, b) => b.score - a.score);
  const [synthetic, genuine] = totals(items);
  let [hit, alarm] = [0, 0];
  let previous = 1;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i]!.synthetic) hit += weightOf(sorted[i]!);
    else alarm += weightOf(sorted[i]!);
    if (i + 1 < sorted.length && sorted[i + 1]!.score === sorted[i]!.score) continue;
    const [miss, alarms] = [1 - hit / synthetic, alarm / genuine];
    if (alarms >= miss) return Math.max(Math.min(alarms, previous), (alarms + miss) / 2);
    previous = miss;
  }
  return Number.NaN;
}

/** Share of synthetic items above the threshold that at most `rate` of the genuine ones exceed. */
export function detectionAt(items: readonly Labelled[], rate: number): number {
  const genuine = items.filter((i) => !i.synthetic).toSorted((a, b) => b.score - a.score);
  const total = genuine.reduce((sum, i) => sum + weightOf(i), 0);
  let alarms = 0;
  let threshold = Number.NEGATIVE_INFINITY;
  for (const item of genuine) {
    alarms += weightOf(item);
    if (alarms / total > rate) {
      threshold = item.score;
      break;
    }
  }
  const synthetic = items.filter((i) => i.synthetic);
  const found = synthetic.filter((i) => i.score > threshold).reduce((sum, i) => sum + weightOf(i), 0);
  return found / synthetic.reduce((sum, i) => sum + weightOf(i), 0);
}

/**
 * Cost of natural-log likelihood ratios in bits, both classes weighted alike (Brümmer and du Preez 2006): 0 tells all, 1 nothing,
 * above 1 misleads.
 */
export function cllr(items: readonly Labelled[]): number {
  const [synthetic, genuine] = totals(items);
  let cost = 0;
  for (const item of items) {
    const loss = softplus(item.synthetic ? -item.score : item.score) / Math.LN2;
    cost += (loss * weightOf(item)) / (item.synthetic ? synthetic : genuine);
  }
  return cost / 2;
}

/** The cost that remains after the best monotone recalibration of the same items (pool adjacent violators). */
export function minCllr(items: readonly Labelled[]): number {
  const [synthetic, genuine] = totals(items);
  const sorted = items.toSorted((a, b) => a.score - b.score || Number(b.synthetic) - Number(a.synthetic));
  const blocks: { s: number; g: number }[] = [];
  for (const item of sorted) {
    const w = weightOf(item);
    blocks.push(item.synthetic ? { s: w / synthetic, g: 0 } : { s: 0, g: w / genuine });
    while (blocks.length > 1) {
      const [a, b] = [blocks.at(-2)!, blocks.at(-1)!];
      if (a.s * (b.s + b.g) < b.s * (a.s + a.g)) break;
      blocks.splice(-2, 2, { s: a.s + b.s, g: a.g + b.g });
    }
  }
  let cost = 0;
  for (const { s, g } of blocks) {
    if (s > 0) cost += s * Math.log2(1 + g / s);
    if (g > 0) cost += g * Math.log2(1 + s / g);
  }
  return cost / 2;
}

/**
 * Percentile interval of a figure over resampled groups (persons, voices, repositories): items of one group stay together.
 * Draws without a figure are left out; NaN where fewer than half have one.
 */
export function bootstrap<T>(
  items: readonly T[],
  groupOf: (item: T) => string,
  figure: (sample: readonly T[]) => number,
  { rounds = 200, seed = 1 }: { rounds?: number; seed?: number } = {},
): [number, number] {
  const groups = [...Map.groupBy(items, groupOf).values()];
  const random = generator(seed);
  const figures: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const sample = Array.from(groups, () => groups[Math.floor(random() * groups.length)]!).flat();
    const value = figure(sample);
    if (Number.isFinite(value)) figures.push(value);
  }
  if (figures.length < rounds / 2) return [Number.NaN, Number.NaN];
  figures.sort((a, b) => a - b);
  return [figures[Math.floor(figures.length * 0.025)]!, figures[Math.ceil(figures.length * 0.975) - 1]!];
}

/** Mulberry32: the same draws on every machine. */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function softplus(x: number): number {
  return x > 30 ? x : Math.log1p(Math.exp(x));
}

function totals(items: readonly Labelled[]): [synthetic: number, genuine: number] {
  let [synthetic, genuine] = [0, 0];
  for (const item of items) {
    if (item.synthetic) synthetic += weightOf(item);
    else genuine += weightOf(item);
  }
  return [synthetic, genuine];
}

function weightOf(item: Labelled): number {
  return item.weight ?? 1;
}
