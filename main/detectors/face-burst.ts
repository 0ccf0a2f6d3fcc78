/**
 * What changes from frame to frame of one face, beside its surroundings: second differences, so that light that rises, a head that turns and
 * a camera that pans steadily leave nothing, and what comes and goes with single frames remains.
 */

import { median } from '../contract/median.ts';
import type { FaceObservation } from '../contract/perception.ts';
import { cosine } from '../contract/samples.ts';
import { apart, beside, type LookMeasures, lumaOf, measureLook, regionsOf, rigidResidual } from './face-steadiness.ts';

export interface BurstMeasures {
  /** Of the inner face less its surroundings, luma. */
  readonly brightness: number;
  /** The same of both chroma together. */
  readonly colour: number;
  /** Of the sharpness of the inner face against its surroundings, octaves. */
  readonly detail: number;
  /** Change of the mesh from one frame to the next but for a rigid movement, eye distances. */
  readonly shape: number;
  /** Second difference of the pixels of the inner face against that of the surroundings, octaves. */
  readonly pixels: number;
  /** Cosine distance of a frame's vector from the mean of those before and after it. */
  readonly identity: number;
}

/** Frames below which nothing is told. */
const LEAST_FRAMES = 6;

/** Medians over the run; null where it is too short, a frame has no vector, or the face or its surroundings lie outside the crop in one frame. */
export function measureBurst(run: readonly FaceObservation[]): BurstMeasures | null {
  if (run.length < LEAST_FRAMES) return null;
  const looks = run.flatMap(({ crop }) => measureLook(crop) ?? []);
  const vectors = run.flatMap(({ embedding }) => embedding ?? []);
  if (looks.length < run.length || vectors.length < run.length) return null;
  const second = (of: (look: LookMeasures) => number) => secondDifferences(looks.map(of));
  const [red, blue] = [second((l) => apart(l, 'red')), second((l) => apart(l, 'blue'))];
  return {
    brightness: median(second((l) => apart(l, 'luma')).map(Math.abs)),
    colour: median(red.map((v, n) => Math.hypot(v, blue[n]!))),
    detail: median(second((l) => beside(l, 'detail')).map(Math.abs)),
    shape: median(run.slice(1).map(({ crop }, n) => rigidResidual(run[n]!.crop.mesh, crop.mesh))),
    pixels: median(pixelsOf(run)),
    identity: median(vectors.slice(2).map((next, n) => 1 - cosine(vectors[n + 1]!, between(vectors[n]!, next)))),
  };
}

function secondDifferences(values: readonly number[]): number[] {
  return values.slice(2).map((next, n) => next - 2 * values[n + 1]! + values[n]!);
}

/** Unit vector in the middle of two. */
function between(p: Float32Array, q: Float32Array): Float32Array {
  const sum = p.map((v, i) => v + q[i]!);
  const length = Math.hypot(...sum);
  return sum.map((v) => v / length);
}

/** Of each three frames: mean absolute second difference of luma in the inner face of the middle one against that around it, octaves. */
function pixelsOf(run: readonly FaceObservation[]): number[] {
  const lumas = run.map(({ crop }) => lumaOf(crop.image));
  return lumas.slice(2).flatMap((next, n) => {
    const regions = regionsOf(run[n + 1]!.crop);
    const [before, here] = [lumas[n]!, lumas[n + 1]!];
    if (!regions || next.length !== here.length || before.length !== here.length) return [];
    const change = (pixels: Int32Array) =>
      pixels.reduce((sum, at) => sum + Math.abs(next[at]! - 2 * here[at]! + before[at]!), 0) / pixels.length;
    return [Math.log2((change(regions.inner) + 0.1) / (change(regions.around) + 0.1))];
  });
}
