/**
 * Image planes as numbers: resampling, Gaussian scale space and the high-pass residuals that forensic features are averages of.
 * Pure arithmetic on float32 in one order of operations, so that training and examination get the same values.
 */
import type { RgbImage } from '../contract/media.ts';

/** One channel, row-major, values on the 0-255 scale (or differences of them). */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Part of a picture in its pixels; fractional, and it may reach over the border, where edge pixels repeat. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * The three colour planes of a square window at `side` pixels, by a separable triangle filter: bilinear when enlarging,
 * its support widened to the step when shrinking (so that nothing aliases).
 */
export function resample(image: RgbImage, window: Window, side: number): [Plane, Plane, Plane] {
  const across = taps(window.x, window.side, side, image.width);
  const down = taps(window.y, window.side, side, image.height);
  const top = Math.min(...down.firsts);
  const bottom = Math.max(...down.firsts.map((first, i) => first + down.counts[i]!));
  const rows = new Float32Array((bottom - top) * side * 3);
  const { data } = image;
  for (let y = top, to = 0; y < bottom; y++) {
    for (let x = 0, tap = 0; x < side; x++, to += 3) {
      let r = 0;
      let g = 0;
      let b = 0;
      let at = (y * image.width + across.firsts[x]!) * 3;
      for (const end = tap + across.counts[x]!; tap < end; tap++, at += 3) {
        const w = across.weights[tap]!;
        r += w * data[at]!;
        g += w * data[at + 1]!;
        b += w * data[at + 2]!;
      }
      rows[to] = r;
      rows[to + 1] = g;
      rows[to + 2] = b;
    }
  }
  const planes: [Plane, Plane, Plane] = [blank(side, side), blank(side, side), blank(side, side)];
  const [red, green, blue] = planes.map((plane) => plane.data) as [Float32Array, Float32Array, Float32Array];
  for (let y = 0, to = 0, begin = 0; y < side; y++) {
    const end = begin + down.counts[y]!;
    const line = (down.firsts[y]! - top) * side * 3;
    for (let x = 0; x < side; x++, to++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let tap = begin, at = line + 3 * x; tap < end; tap++, at += 3 * side) {
        const w = down.weights[tap]!;
        r += w * rows[at]!;
        g += w * rows[at + 1]!;
        b += w * rows[at + 2]!;
      }
      red[to] = r;
      green[to] = g;
      blue[to] = b;
    }
    begin = end;
  }
  return planes;
}

export function blank(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** BT.601 full-range luma and colour differences (Cr and Cb around 0). */
export function lumaChroma(rgb: readonly [Plane, Plane, Plane]): [Plane, Plane, Plane] {
  const [r, g, b] = rgb;
  const out: [Plane, Plane, Plane] = [blank(r.width, r.height), blank(r.width, r.height), blank(r.width, r.height)];
  for (let i = 0; i < r.data.length; i++) {
    const luma = 0.299 * r.data[i]! + 0.587 * g.data[i]! + 0.114 * b.data[i]!;
    out[0].data[i] = luma;
    out[1].data[i] = 0.713 * (r.data[i]! - luma);
    out[2].data[i] = 0.564 * (b.data[i]! - luma);
  }
  return out;
}

/** Mean of each 2 x 2 block; an odd last row or column is dropped. */
export function halve(plane: Plane): Plane {
  const out = blank(plane.width >> 1, plane.height >> 1);
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      const at = 2 * y * plane.width + 2 * x;
      const { data, width } = plane;
      out.data[y * out.width + x] = (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
    }
  }
  return out;
}

/** Gaussian blur, kernel cut at 3 sigma, edges repeated. */
export function blur(plane: Plane, sigma: number): Plane {
  const kernel = halfGaussian(sigma);
  return sweep(sweep(plane, kernel, true), kernel, false);
}

/**
 * Differences of successive Gaussian blurs, fine to coarse, one a sigma, and the coarsest blur. Each blur builds on the one before
 * (variances add), which is the same scale space at a fraction of the cost; `reached` is the sigma that the plane has already.
 */
export function bands(plane: Plane, sigmas: readonly number[], reached = 0): { bands: Plane[]; rest: Plane } {
  const out: Plane[] = [];
  let finer = plane;
  let from = reached;
  for (const sigma of sigmas) {
    const coarser = blur(finer, Math.sqrt(sigma * sigma - from * from));
    const band = blank(plane.width, plane.height);
    for (let i = 0; i < band.data.length; i++) band.data[i] = finer.data[i]! - coarser.data[i]!;
    out.push(band);
    finer = coarser;
    from = sigma;
  }
  return { bands: out, rest: finer };
}

/**
 * A square kernel that is the same however it is turned or mirrored: one weight for all places at the same two distances.
 * `inner`: centre, next to it, diagonal; `outer`, where the kernel is 5 x 5: two steps away, a knight's move away, corner.
 */
export interface SquareKernel {
  readonly inner: readonly [number, number, number];
  readonly outer: readonly [number, number, number] | null;
}

/** High-pass kernels of the spatial rich model (Fridrich and Kodovsky 2012, "square" kernels), divided by 4 and 12. */
export const SRM_SQUARE_3: SquareKernel = { inner: [-4 / 4, 2 / 4, -1 / 4], outer: null };
export const SRM_SQUARE_5: SquareKernel = { inner: [-12 / 12, 8 / 12, -6 / 12], outer: [-2 / 12, 2 / 12, -1 / 12] };

/** Correlation with the kernel; the border of half its side stays 0. */
export function filter({ width, height, data }: Plane, { inner, outer }: SquareKernel): Plane {
  const out = blank(width, height);
  const [centre, next, diagonal] = inner;
  const [far, knight, corner] = outer ?? [0, 0, 0];
  const reach = outer ? 2 : 1;
  for (let y = reach; y < height - reach; y++) {
    for (let i = y * width + reach; i < (y + 1) * width - reach; i++) {
      const up = i - width;
      const down = i + width;
      let sum = centre * data[i]! + next * (data[i - 1]! + data[i + 1]! + data[up]! + data[down]!);
      sum += diagonal * (data[up - 1]! + data[up + 1]! + data[down - 1]! + data[down + 1]!);
      if (outer) {
        const top = up - width;
        const bottom = down + width;
        sum += far * (data[i - 2]! + data[i + 2]! + data[top]! + data[bottom]!);
        sum += corner * (data[top - 2]! + data[top + 2]! + data[bottom - 2]! + data[bottom + 2]!);
        const beside = data[up - 2]! + data[up + 2]! + data[down - 2]! + data[down + 2]!;
        sum += knight * (beside + data[top - 1]! + data[top + 1]! + data[bottom - 1]! + data[bottom + 1]!);
      }
      out.data[i] = sum;
    }
  }
  return out;
}

/** `w0*p[i-step] + w1*p[i] + w2*p[i+step]` along a row (`step` 1) or a column (`step` = width); the border stays 0. */
export function along(plane: Plane, weights: readonly [number, number, number], vertical: boolean): Plane {
  const { width, height, data } = plane;
  const [a, b, c] = weights;
  const out = blank(width, height);
  const step = vertical ? width : 1;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      out.data[i] = a * data[i - step]! + b * data[i]! + c * data[i + step]!;
    }
  }
  return out;
}

/** The source pixels of each target pixel along one axis: `counts[i]` of them from `firsts[i]` on, weights of all in a row. */
interface Taps {
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Float64Array;
}

function taps(from: number, length: number, count: number, limit: number): Taps {
  const step = length / count;
  const reach = Math.max(1, step);
  const firsts = new Int32Array(count);
  const counts = new Int32Array(count);
  const weights = new Float64Array(count * (Math.floor(2 * reach) + 1));
  let begin = 0;
  for (let i = 0; i < count; i++) {
    const centre = from + (i + 0.5) * step - 0.5;
    const low = Math.ceil(centre - reach);
    const high = Math.floor(centre + reach);
    const first = Math.min(Math.max(low, 0), limit - 1);
    const last = Math.min(Math.max(high, 0), limit - 1);
    const end = begin + last - first + 1;
    let total = 0;
    for (let p = low; p <= high; p++) {
      const w = Math.max(0, 1 - Math.abs(p - centre) / reach);
      weights[begin + Math.min(Math.max(p, first), last) - first]! += w;
      total += w;
    }
    for (let tap = begin; tap < end; tap++) weights[tap]! /= total;
    firsts[i] = first;
    counts[i] = last - first + 1;
    begin = end;
  }
  return { firsts, counts, weights };
}

function halfGaussian(sigma: number): Float64Array {
  const reach = Math.ceil(3 * sigma);
  const half = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));
  const total = half.reduce((sum, v) => sum + v, 0) * 2 - half[0]!;
  return half.map((v) => v / total);
}

function sweep(plane: Plane, half: Float64Array, horizontal: boolean): Plane {
  const { width, height, data } = plane;
  const out = blank(width, height);
  const reach = half.length - 1;
  if (horizontal) {
    const line = new Float64Array(width + 2 * reach);
    for (let start = 0; start < data.length; start += width) {
      line.fill(data[start]!, 0, reach);
      line.fill(data[start + width - 1]!, width + reach);
      for (let i = 0; i < width; i++) line[i + reach] = data[start + i]!;
      for (let i = 0; i < width; i++) {
        let sum = half[0]! * line[i + reach]!;
        for (let k = 1; k <= reach; k++) sum += half[k]! * (line[i + reach - k]! + line[i + reach + k]!);
        out.data[start + i] = sum;
      }
    }
    return out;
  }
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let i = 0; i < width; i++) sums[i] = half[0]! * data[row + i]!;
    for (let k = 1; k <= reach; k++) {
      const weight = half[k]!;
      const above = Math.max(0, y - k) * width;
      const below = Math.min(height - 1, y + k) * width;
      for (let i = 0; i < width; i++) sums[i]! += weight * (data[above + i]! + data[below + i]!);
    }
    out.data.set(sums, row);
  }
  return out;
}
