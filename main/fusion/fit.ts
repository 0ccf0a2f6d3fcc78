/** From labelled scores to a calibration: logistic regression with both classes weighted alike, and bounds that the counts bear out. */
import { wilson } from '../contract/wilson.ts';
import { cllr, type Labelled, minCllr } from './metrics.ts';

export interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** Weight of a squared slope in items: keeps a separable set finite, and is nothing beside hundreds of items. */
const RIDGE = 1;

/**
 * Natural-log likelihood ratio as a line of the score, by Newton's method on the weighted logistic loss (Brümmer and du Preez 2006).
 * Classes count alike whatever their sizes. A slope that would turn the score round is 0: such a score says nothing.
 */
export function fitLine(items: readonly Labelled[]): Line {
  const total = (synthetic: boolean) =>
    items.reduce((sum, i) => (i.synthetic === synthetic ? sum + (i.weight ?? 1) : sum), 0);
  const share = { true: items.length / 2 / total(true), false: items.length / 2 / total(false) };
  let [slope, offset] = [0, 0];
  for (let step = 0; step < 50; step++) {
    let [gs, go, hss, hso, hoo] = [RIDGE * slope, 0, RIDGE, 0, 1e-9];
    for (const { score, synthetic, weight = 1 } of items) {
      const w = weight * share[`${synthetic}`];
      const p = 1 / (1 + Math.exp(-(slope * score + offset)));
      const error = w * (p - Number(synthetic));
      const curve = w * p * (1 - p);
      gs += error * score;
      go += error;
      hss += curve * score * score;
      hso += curve * score;
      hoo += curve;
    }
    const determinant = hss * hoo - hso * hso;
    const [ds, d] = [(gs * hoo - go * hso) / determinant, (go * hss - gs * hso) / determinant];
    slope -= ds;
    offset -= d;
    if (Math.abs(ds) + Math.abs(d) < 1e-9) break;
  }
  return slope > 0 ? { slope, offset } : { slope: 0, offset: 0 };
}

/** Weights by which every source of a class counts alike, and both classes too. */
export function balanced<T extends Labelled & { readonly source: string }>(
  items: readonly T[],
): (T & { readonly weight: number })[] {
  const sizes = new Map<string, number>();
  const key = (i: T) => `${i.synthetic}\n${i.source}`;
  for (const item of items) sizes.set(key(item), (sizes.get(key(item)) ?? 0) + 1);
  return items.map((item) => ({ ...item, weight: 1 / sizes.get(key(item))! }));
}

/**
 * The largest ratio of the share of synthetic items that reach a figure (lower Wilson end) to that of genuine ones (upper end): what these counts
 * can bear out. The other side alike, by halves, since what was never seen cannot be cleared. `items` carry unbounded figures.
 */
export function boundsOf(items: readonly { readonly synthetic: boolean; readonly llr: number }[]): {
  llrMin: number;
  llrMax: number;
} {
  const sorted = (synthetic: boolean) =>
    Float64Array.from(items.filter((i) => i.synthetic === synthetic).map((i) => i.llr)).sort();
  const [synthetic, genuine] = [sorted(true), sorted(false)];
  let [most, least] = [0, 0];
  for (let at = -4; at <= 6; at += 0.05) {
    const reached = (own: Float64Array) => wilson(own.length - firstAtLeast(own, at), own.length);
    const below = (own: Float64Array) => wilson(firstAtLeast(own, at), own.length);
    most = Math.max(most, Math.log(reached(synthetic)[0] / reached(genuine)[1]));
    least = Math.min(least, Math.log(below(synthetic)[1] / below(genuine)[0]));
  }
  return { llrMin: round(least / 2), llrMax: round(most) };
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function applyLine(
  { slope, offset }: Line,
  score: number,
  { llrMin, llrMax }: { llrMin: number; llrMax: number },
): number {
  return Math.min(llrMax, Math.max(llrMin, slope * score + offset));
}

/** Likelihood ratios of every item by a line fitted without its group's fold; groups are persons, voices or repositories. */
export function crossFit<T extends Labelled & { readonly source: string; readonly group: string }>(
  items: readonly T[],
  bounds: { llrMin: number; llrMax: number },
  folds = 5,
): (T & { readonly llr: number })[] {
  const foldOf = foldsOf(items, folds);
  const out: (T & { readonly llr: number })[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const train = items.filter((i) => foldOf.get(i.group) !== fold);
    const held = items.filter((i) => foldOf.get(i.group) === fold);
    if (held.length === 0 || !train.some((i) => i.synthetic) || !train.some((i) => !i.synthetic)) continue;
    const line = fitLine(balanced(train));
    out.push(...held.map((item) => ({ ...item, llr: applyLine(line, item.score, bounds) })));
  }
  return out;
}

/** Cost of cross-fitted ratios, sources of a class weighted alike. */
export function costOf(items: readonly (Labelled & { readonly source: string; readonly llr: number })[]): {
  cllr: number;
  minCllr: number;
} {
  const weighted = balanced(items.map((i) => ({ source: i.source, synthetic: i.synthetic, score: i.llr })));
  return { cllr: round(cllr(weighted)), minCllr: round(minCllr(weighted)) };
}

/** Intraclass correlation of scores of one group within a class (one-way analysis of variance); null with too few repeats. */
export function withinCorrelation(
  items: readonly { score: number; synthetic: boolean; group: string }[],
): number | null {
  let [between, within, dfBetween, dfWithin, sizes, squares] = [0, 0, 0, 0, 0, 0];
  for (const own of Map.groupBy(items, (i) => i.synthetic).values()) {
    const mean = own.reduce((sum, i) => sum + i.score, 0) / own.length;
    const groups = [...Map.groupBy(own, (i) => i.group).values()].filter((g) => g.length > 1);
    for (const group of groups) {
      const centre = group.reduce((sum, i) => sum + i.score, 0) / group.length;
      between += group.length * (centre - mean) ** 2;
      for (const item of group) within += (item.score - centre) ** 2;
      dfWithin += group.length - 1;
      sizes += group.length;
      squares += group.length ** 2;
    }
    dfBetween += Math.max(0, groups.length - 1);
  }
  if (dfBetween < 20 || dfWithin < 20) return null;
  const typical = (sizes - squares / sizes) / dfBetween;
  const [mb, mw] = [between / dfBetween, within / dfWithin];
  return Math.min(1, Math.max(0, (mb - mw) / (mb + (typical - 1) * mw)));
}

/** Folds of whole groups, the largest first into the emptiest. */
function foldsOf(items: readonly { group: string }[], folds: number): Map<string, number> {
  const sizes = [...Map.groupBy(items, (i) => i.group)].map(([group, own]) => ({ group, size: own.length }));
  sizes.sort((a, b) => b.size - a.size || (a.group < b.group ? -1 : 1));
  const filled = new Array<number>(folds).fill(0);
  const out = new Map<string, number>();
  for (const { group, size } of sizes) {
    const emptiest = filled.indexOf(Math.min(...filled));
    filled[emptiest]! += size;
    out.set(group, emptiest);
  }
  return out;
}

export function round(value: number): number {
  return Number(value.toFixed(4));
}
