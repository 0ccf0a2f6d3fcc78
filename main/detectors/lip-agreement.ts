/**
 * How well does a sound go with the movement of a mouth? From the sound a linear filter tells how the lips would move; this is correlated
 * with how they were seen to move, at each lag that films have. Model: models/lip-movement/card.md.
 */
import { LIP_MEASURES, type LipMovement } from '../contract/perception.ts';
import { correlation } from './correlation.ts';
import { BANDS, STEP_S, smoothed, soundBands } from './sound-bands.ts';

/** Steps before and after a moment whose sound tells of the lips at it. */
export const BEFORE = 3;
const AFTER = 4;
export const TAPS = BEFORE + 1 + AFTER;
/** Lags tried, in steps either way: a third of a second, more than players let pass. */
export const MOST_LAG = 8;
/** Steps of sound needed on either side of the run of frames. */
export const MARGIN = MOST_LAG + AFTER;
/** Slower movements than this are those of the head and of loudness as a whole. Hz. */
const SLOWEST_HZ = 0.7;
/** Spread below which a row does not move: what arithmetic leaves of one that stands still. */
const STILL = 1e-6;

/** For each of `LIP_MEASURES`, the weights of `TAPS` steps of each band in turn. */
export type LipFilter = readonly (readonly number[])[];

/** Rows on the grid of `STEP_S`, each without its slow movement. */
export interface Comparable {
  /** One row for each of `LIP_MEASURES`; step 0 is the first frame. */
  readonly lips: readonly Float64Array[];
  /** One row for each band; step 0 lies `MARGIN` steps before the first frame. */
  readonly sound: readonly Float64Array[];
}

export interface Agreement {
  /** Mean correlation over the measures, -1 to 1, at the best lag. */
  readonly correlation: number;
  /** Seconds by which the sound comes after the movement, beyond what it usually does; negative: before it. */
  readonly lagS: number;
}

/** @param samples 16 kHz mono from `MARGIN` steps before the first frame to as many after the last. */
export function comparable({ timesS, measures }: LipMovement, samples: Float32Array): Comparable {
  const steps = stepsOf(timesS);
  const row = (measure: number) => onGrid(timesS, (n) => measures[n * LIP_MEASURES.length + measure]!, steps);
  return {
    lips: LIP_MEASURES.map((_, measure) => quick(row(measure))),
    sound: evened(soundBands(samples).map(quick)),
  };
}

/** Steps of the grid from the first frame to the last. */
export function stepsOf(timesS: readonly number[]): number {
  return timesS.length === 0 ? 0 : 1 + Math.floor((timesS.at(-1)! - timesS[0]!) / STEP_S + 1e-6);
}

/** The filter's expectation of each measure; step n is that of the moment n - `MOST_LAG` steps after the first frame. */
export function expected(sound: readonly Float64Array[], filter: LipFilter): Float64Array[] {
  const steps = sound[0]!.length - 2 * AFTER;
  return filter.map((weights) =>
    Float64Array.from({ length: steps }, (_, n) => {
      let sum = 0;
      for (let band = 0; band < BANDS; band++) {
        for (let tap = 0; tap < TAPS; tap++) {
          sum += weights[band * TAPS + tap]! * sound[band]![n + AFTER - BEFORE + tap]!;
        }
      }
      return sum;
    }),
  );
}

export function agreementOf({ lips, sound }: Comparable, filter: LipFilter): Agreement {
  const told = expected(sound, filter);
  const steps = lips[0]!.length;
  let best = { correlation: Number.NEGATIVE_INFINITY, lagS: 0 };
  for (let lag = -MOST_LAG; lag <= MOST_LAG; lag++) {
    const first = MOST_LAG + lag;
    const each = lips.map((seen, n) => correlation(seen, told[n]!.subarray(first, first + steps), STILL) ?? 0);
    const mean = each.reduce((sum, v) => sum + v, 0) / each.length;
    if (mean > best.correlation) best = { correlation: mean, lagS: lag * STEP_S };
  }
  return best;
}

/** What agreement is worth grows with the square root of how long it holds: that of other sounds is as large at any length. */
export function strengthOf(correlation: number, steps: number): number {
  return correlation * Math.sqrt(steps * STEP_S);
}

function onGrid(timesS: readonly number[], value: (n: number) => number, steps: number): Float64Array {
  let after = 1;
  return Float64Array.from({ length: steps }, (_, step) => {
    const time = timesS[0]! + step * STEP_S;
    while (after < timesS.length - 1 && timesS[after]! < time) after++;
    const from = timesS[after - 1]!;
    const part = Math.max(0, Math.min(1, (time - from) / (timesS[after]! - from)));
    return value(after - 1) * (1 - part) + value(after) * part;
  });
}

function quick(values: Float64Array): Float64Array {
  const slow = smoothed(values, 1 / (2 * Math.PI * SLOWEST_HZ * STEP_S));
  return values.map((v, n) => v - slow[n]!);
}

/** Brought to a spread of 1 over all rows together. */
function evened(rows: readonly Float64Array[]): Float64Array[] {
  const count = rows.length * rows[0]!.length;
  const power = rows.reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0) / count;
  const scale = power > STILL ** 2 ? 1 / Math.sqrt(power) : 0;
  return rows.map((row) => row.map((v) => v * scale));
}
