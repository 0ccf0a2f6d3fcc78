/** A measure over time, and where in it nobody measured. */
import { median } from './median.ts';

/** Seconds; a moment where both are the same. */
export interface Stretch {
  readonly fromS: number;
  readonly toS: number;
}

/** Windows of one voice that are scored at most, evenly spaced over its turns: eight minutes of speech settle what a mean can settle. */
export const MOST_VOICE_WINDOWS = 240;

/** Moments within so many usual steps of each other follow one another: a single one missing is no gap. */
const STEPS_TOGETHER = 2.5;
/** Ends and beginnings that meet may differ by this, as decimals travel. Seconds. */
const SAME_S = 1e-3;

/**
 * A course in the runs in which it was measured, each in order of time. Between two runs nobody measured: stretches leave something between
 * them, or moments lie further apart than their usual step.
 */
export function measuredRuns<T extends Stretch>(course: readonly T[]): T[][] {
  const sorted = course.toSorted((a, b) => a.fromS - b.fromS);
  const steps = sorted.slice(1).map(({ fromS }, at) => fromS - sorted[at]!.fromS);
  const together = STEPS_TOGETHER * (steps.length > 0 ? median(steps) : 0);
  const runs: T[][] = [];
  let reachS = Number.NEGATIVE_INFINITY;
  for (const one of sorted) {
    if (one.fromS > reachS + SAME_S) runs.push([]);
    runs.at(-1)!.push(one);
    reachS = Math.max(reachS, one.toS > one.fromS ? one.toS : one.fromS + together);
  }
  return runs;
}

/** What lies between the runs of a course. */
export function gapsOf(course: readonly Stretch[]): Stretch[] {
  const runs = measuredRuns(course);
  return runs.slice(1).map((next, at) => ({
    fromS: Math.max(...runs[at]!.map(({ toS }) => toS)),
    toS: next[0]!.fromS,
  }));
}

export interface Gaps {
  readonly count: number;
  readonly totalS: number;
  readonly longest: Stretch;
}

/** What of a course nobody measured between its values; null where nothing is missing. */
export function unmeasuredOf(course: readonly Stretch[]): Gaps | null {
  const longestFirst = gapsOf(course).sort((a, b) => length(b) - length(a));
  const [longest] = longestFirst;
  return longest
    ? { count: longestFirst.length, totalS: longestFirst.reduce((sum, gap) => sum + length(gap), 0), longest }
    : null;
}

const length = ({ fromS, toS }: Stretch) => toS - fromS;
