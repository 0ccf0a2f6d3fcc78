/** Counts of a case beside the numbers of the law: two lists side by side, never compared. */
import type { CountScheme, LawPack, Provision } from './pack.ts';

export interface Counts {
  readonly files: number;
  /** Files that differ in content (by SHA-256). */
  readonly distinct: number;
  /** Groups of distinct files that are near-duplicates of each other; a file without such a relative is a group of its own. */
  readonly nearDuplicateGroups: number;
  /**
   * Distinct persons seen or heard, as an interval; null where nothing was grouped. Appearances of which it was
   * left open to whom they belong (`uncertain`) are joined at the low end and apart at the high one.
   */
  readonly persons: { readonly low: number; readonly high: number; readonly uncertain: number } | null;
  /** Files by source (account, group, site, folder), as named by the user. */
  readonly spread: readonly { readonly source: string; readonly files: number }[];
  /** Items of personal information by category as declared by the user. */
  readonly declared: readonly { readonly category: string; readonly items: number }[];
}

/** A scheme of numbers with the day it counts from. There is no field that relates it to a count. */
export interface SchemeBeside {
  readonly scheme: CountScheme;
  readonly provision: Provision | null;
  /** The act came before the provision. */
  readonly actPredates: boolean;
  /** Day by which its provision should have been checked again, where that has passed. */
  readonly staleSince: string | null;
}

export interface CountSheet {
  readonly counts: Counts;
  /** In the order of the pack: the reading of the guiding case first. */
  readonly schemes: readonly SchemeBeside[];
  /** Proposals and readings of a paper, for the marked box. */
  readonly academic: readonly SchemeBeside[];
}

/**
 * Puts counts beside the numbers of a pack.
 * @throws RangeError where the counts contradict each other (more distinct files than files, an interval upside down)
 */
export function countsBeside(counts: Counts, pack: LawPack, actDate: string | null, today: string): CountSheet {
  check(counts);
  const schemes = pack.countSchemes.map((scheme) => {
    const provision = pack.provisions.find(({ id }) => id === scheme.provision) ?? null;
    const since = provision?.versions.map(({ from }) => from).find((from) => from !== null) ?? null;
    const checkBy = provision?.versions.at(-1)?.checkBy ?? null;
    return {
      scheme,
      provision,
      actPredates: actDate === null || (since !== null && actDate < since),
      staleSince: checkBy !== null && checkBy < today ? checkBy : null,
    };
  });
  return {
    counts,
    schemes: schemes.filter(({ scheme }) => !scheme.academic),
    academic: schemes.filter(({ scheme }) => scheme.academic),
  };
}

function check({ files, distinct, nearDuplicateGroups, persons, spread, declared }: Counts): void {
  const all = [files, distinct, nearDuplicateGroups, ...spread.map((s) => s.files), ...declared.map((d) => d.items)];
  const ends = persons ? [persons.low, persons.high, persons.uncertain] : [];
  if ([...all, ...ends].some((n) => !Number.isSafeInteger(n) || n < 0))
    throw new RangeError('a count is no whole number');
  if (distinct > files || nearDuplicateGroups > distinct) throw new RangeError('more distinct files than files');
  if (persons && persons.low > persons.high) throw new RangeError('the interval of persons is upside down');
}
