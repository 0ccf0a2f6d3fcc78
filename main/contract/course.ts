/** A measure over time, and where in it nobody measured. */
import { median } from './median.ts';

/** Seconds; a moment where both are the same. */
export interface Stretch {
  readonly fromS: number;
  readonly toS: number;
}

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
