// Which faces, or voices, over all items of a case look or sound like one person? Average-linkage agglomeration of unit vectors, as is
// usual for speakers (Garcia-Romero et al., ICASSP 2017) and faces, cut twice: above the upper limit appearances are put together, between
// the limits it is left open. Likeness alone is told: relatives, imitations and swapped faces resemble too.

export interface Appearance {
  /** Unit vector; all of one length, made by the same networks. */
  readonly vector: Float32Array;
  /** Indices of appearances that were seen at the same time: two persons, unless they are as alike as one. */
  readonly seenWith: readonly number[];
}

export interface Limits {
  /** Mean cosine between two groups from which they are put together. */
  readonly together: number;
  /** Mean cosine below which they are kept apart; between the two it is left open. At most `together`. */
  readonly apart: number;
}

export interface Groups {
  /** Number of the group of each appearance, from 0 in the order of first appearance: nothing uncertain is joined. */
  readonly group: readonly number[];
  /** The same with everything joined that was left open: each of these holds whole groups. */
  readonly wide: readonly number[];
}

/** Pairs of groups compared before other work gets its turn: some 20 ms. */
const SLICE = 200_000;

/**
 * Groups appearances; yields now and then, so that a caller can do other work. The result does not depend on the order of the
 * appearances where no two likenesses are equal. Time grows with the square of their number, memory with the number.
 *
 * Two that were seen at the same time are never put together by the upper limit. Where such are as alike as the upper limit (a mirror,
 * a collage, a picture in the picture, relatives) it is left open whether they are one.
 * @throws RangeError for limits upside down or vectors of different lengths.
 */
export function* groupPersons(
  appearances: readonly Appearance[],
  { together, apart }: Limits,
): Generator<void, Groups> {
  if (apart > together) throw new RangeError('the limits are upside down');
  const clusters = new Clusters(appearances);
  yield* clusters.join(together, () => false);
  const group = clusters.numbers();
  yield* clusters.join(apart, (alike) => alike >= together);
  return { group, wide: clusters.numbers() };
}

/** Runs it to the end at once. */
export function groupedPersons(appearances: readonly Appearance[], limits: Limits): Groups {
  const run = groupPersons(appearances, limits);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

/** Likenesses at which all appearances would come together one after the other: at a limit there are as many groups as appearances, less the joins at or above it. */
export function joinsOf(appearances: readonly Appearance[]): number[] {
  const clusters = new Clusters(appearances);
  for (const _ of clusters.join(Number.NEGATIVE_INFINITY, () => false));
  return clusters.joins;
}

/**
 * Clusters in slots, each slot named by its first member: with unit vectors the mean cosine of all pairs of two clusters is the product
 * of their means, so no table of pairs is needed.
 */
class Clusters {
  /** Mean cosine of the two that were joined, of each join. */
  readonly joins: number[] = [];
  readonly #width: number;
  readonly #means: Float32Array;
  readonly #counts: Int32Array;
  /** Slot that each appearance was joined into; itself while it is a slot. */
  readonly #into: Int32Array;
  /** Slots that hold somebody who was seen with somebody of this slot. */
  readonly #seen: (Set<number> | undefined)[];

  constructor(appearances: readonly Appearance[]) {
    const n = appearances.length;
    this.#width = appearances[0]?.vector.length ?? 0;
    this.#means = new Float32Array(n * this.#width);
    this.#counts = new Int32Array(n).fill(1);
    this.#into = Int32Array.from({ length: n }, (_, i) => i);
    this.#seen = new Array(n);
    for (const [i, { vector, seenWith }] of appearances.entries()) {
      if (vector.length !== this.#width) throw new RangeError('vectors of different lengths');
      this.#means.set(vector, i * this.#width);
      for (const other of seenWith) {
        if (other < 0 || other >= n) throw new RangeError(`no appearance ${other}`);
        this.#see(i, other);
        this.#see(other, i);
      }
    }
  }

  /**
   * Joins the most alike again and again down to a limit, by chains of nearest neighbours (Murtagh 1983): average linkage never makes a
   * joined cluster more alike to a third than the nearer of its parts was, so this gives what joining the most alike pair first would.
   * A cluster without a neighbour above the limit will have none later and is left aside.
   */
  *join(limit: number, joinedThoughSeen: (alike: number) => boolean): Generator<void, void> {
    const open = [...this.#into.keys()].filter((slot) => this.#into[slot] === slot);
    const chain: number[] = [];
    const [means, width] = [this.#means, this.#width];
    let compared = 0;
    while (open.length > 0) {
      const last = chain.at(-1) ?? open[0]!;
      if (chain.length === 0) chain.push(last);
      const before = chain.at(-2) ?? -1;
      const seen = this.#seen[last];
      // The one before stays the nearest where another is as near, or the chain would not end.
      let nearest = before;
      let most = before < 0 ? limit : product(means, last, before, width);
      for (const other of open) {
        if (other === last || other === before) continue;
        const alike = product(means, last, other, width);
        if (alike < most || (alike === most && nearest >= 0)) continue;
        if (seen?.has(other) && !joinedThoughSeen(alike)) continue;
        most = alike;
        nearest = other;
      }
      if (nearest < 0) {
        open.splice(open.indexOf(last), 1);
        chain.pop();
      } else if (nearest === before) {
        chain.length -= 2;
        const [kept, gone] = last < before ? [last, before] : [before, last];
        this.joins.push(most);
        this.#merge(kept, gone);
        open.splice(open.indexOf(gone), 1);
      } else chain.push(nearest);
      compared += open.length;
      if (compared >= SLICE) {
        compared = 0;
        yield;
      }
    }
  }

  /** Number of the cluster of each appearance, in the order of first appearance. */
  numbers(): number[] {
    const numbers = new Map<number, number>();
    return Array.from(this.#into, (_, i) => {
      let slot = i;
      while (this.#into[slot] !== slot) slot = this.#into[slot]!;
      const number = numbers.get(slot) ?? numbers.size;
      numbers.set(slot, number);
      return number;
    });
  }

  #merge(kept: number, gone: number): void {
    const [m, n] = [this.#counts[kept]!, this.#counts[gone]!];
    for (let i = 0; i < this.#width; i++) {
      const at = kept * this.#width + i;
      this.#means[at] = (m * this.#means[at]! + n * this.#means[gone * this.#width + i]!) / (m + n);
    }
    this.#counts[kept] = m + n;
    this.#into[gone] = kept;
    for (const other of this.#seen[gone] ?? []) {
      this.#seen[other]!.delete(gone);
      if (other === kept) continue;
      this.#see(kept, other);
      this.#see(other, kept);
    }
    this.#seen[kept]?.delete(gone);
    this.#seen[gone] = undefined;
  }

  #see(slot: number, other: number): void {
    const seen = this.#seen[slot] ?? new Set();
    this.#seen[slot] = seen.add(other);
  }
}

/** Scalar product of rows `a` and `b`. Four sums at once: one alone waits for each addition. */
function product(rows: Float32Array, a: number, b: number, width: number): number {
  let p = a * width;
  let q = b * width;
  const end = p + width;
  const whole = end - (width % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; p < whole; p += 4, q += 4) {
    s0 += rows[p]! * rows[q]!;
    s1 += rows[p + 1]! * rows[q + 1]!;
    s2 += rows[p + 2]! * rows[q + 2]!;
    s3 += rows[p + 3]! * rows[q + 3]!;
  }
  for (; p < end; p++, q++) s0 += rows[p]! * rows[q]!;
  return s0 + s1 + (s2 + s3);
}
