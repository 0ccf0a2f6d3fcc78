/** How far the vectors of one track lie apart, and what of it goes with the turn of the head and with time. */
import type { FaceObservation } from '../contract/perception.ts';
import { cosine } from '../contract/samples.ts';

export interface IdentityDrift {
  /** Cosine distance that comes with ten degrees between the two looks (yaw and pitch together). */
  readonly per10Degrees: number;
  /** Cosine distance that comes with a second between them. */
  readonly perSecond: number;
  /** Root mean square of what is left. */
  readonly unexplained: number;
  readonly pairs: number;
}

/** Looks with a vector below which a plane through their pairs says nothing. */
const LEAST_LOOKS = 6;
/** Least spread of the pairs' differences in pose (degrees) and time (seconds) that a slope can be fitted to. */
const LEAST_SPREAD = { degrees: 1, seconds: 0.1 } as const;

/** Least squares of the distance of each pair of looks against their difference in pose and in time. Null where looks or spread are too few. */
export function identityDrift(observations: readonly FaceObservation[]): IdentityDrift | null {
  const looks = observations.filter(({ embedding }) => embedding);
  if (looks.length < LEAST_LOOKS) return null;
  const pairs = looks.flatMap((p, n) =>
    looks.slice(n + 1).map((q) => [turned(p, q), Math.abs(q.timeS - p.timeS), away(p, q)]),
  );
  const [degrees, seconds, distance] = [0, 1, 2].map((column) => centred(pairs.map((pair) => pair[column]!)));
  const [dd, ss, ds] = [product(degrees!, degrees!), product(seconds!, seconds!), product(degrees!, seconds!)];
  const n = pairs.length;
  const determinant = dd * ss - ds * ds;
  if (Math.sqrt(dd / n) < LEAST_SPREAD.degrees || Math.sqrt(ss / n) < LEAST_SPREAD.seconds) return null;
  if (determinant < 1e-9 * dd * ss) return null;
  const [dx, sx] = [product(degrees!, distance!), product(seconds!, distance!)];
  const perDegree = (dx * ss - sx * ds) / determinant;
  const perSecond = (sx * dd - dx * ds) / determinant;
  const left = distance!.map((value, i) => value - perDegree * degrees![i]! - perSecond * seconds![i]!);
  return { per10Degrees: 10 * perDegree, perSecond, unexplained: Math.sqrt(product(left, left) / n), pairs: n };
}

function turned({ quality: p }: FaceObservation, { quality: q }: FaceObservation): number {
  return Math.hypot(q.yaw - p.yaw, q.pitch - p.pitch);
}

function away(p: FaceObservation, q: FaceObservation): number {
  return 1 - cosine(p.embedding!, q.embedding!);
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.map((v) => v - mean);
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, v, i) => sum + v * b[i]!, 0);
}
