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
  const top = Math.min(...down.map((t) => t.first));
  const bottom = Math.max(...down.map((t) => t.first + t.weights.length));
  const rows = new Float32Array((bottom - top) * side * 3);
  for (let y = top; y < bottom; y++) {
    for (let x = 0; x < side; x++) {
      const { first, weights } = across[x]!;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0; k < weights.length; k++) {
        const at = (y * image.width + first + k) * 3;
        const w = weights[k]!;
        r += w * image.data[at]!;
        g += w * image.data[at + 1]!;
        b += w * image.data[at + 2]!;
      }
      const to = ((y - top) * side + x) * 3;
      rows[to] = r;
      rows[to + 1] = g;
      rows[to + 2] = b;
    }
  }
  const planes: [Plane, Plane, Plane] = [blank(side, side), blank(side, side), blank(side, side)];
  for (let y = 0; y < side; y++) {
    const { first, weights } = down[y]!;
    for (let x = 0; x < side; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0; k < weights.length; k++) {
        const at = ((first - top + k) * side + x) * 3;
        const w = weights[k]!;
        r += w * rows[at]!;
        g += w * rows[at + 1]!;
        b += w * rows[at + 2]!;
      }
      const to = y * side + x;
      planes[0].data[to] = r;
      planes[1].data[to] = g;
      planes[2].data[to] = b;
    }
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

/** 3 x 3 and 5 x 5 high-pass kernels of the spatial rich model (Fridrich and Kodovsky 2012, "square" kernels), divided by 4 and 12. */
export const SRM_SQUARE_3: readonly number[] = [-1, 2, -1, 2, -4, 2, -1, 2, -1].map((v) => v / 4);
export const SRM_SQUARE_5: readonly number[] = [
  -1, 2, -2, 2, -1, 2, -6, 8, -6, 2, -2, 8, -12, 8, -2, 2, -6, 8, -6, 2, -1, 2, -2, 2, -1,
].map((v) => v / 12);

/** Correlation with a small odd square kernel; the border of half its side stays 0. */
export function filter(plane: Plane, kernel: readonly number[]): Plane {
  const size = Math.sqrt(kernel.length);
  const reach = (size - 1) / 2;
  const { width, height, data } = plane;
  const weights = Float64Array.from(kernel);
  const steps = Int32Array.from(kernel, (_, k) => (Math.floor(k / size) - reach) * width + (k % size) - reach);
  const out = blank(width, height);
  for (let y = reach; y < height - reach; y++) {
    for (let i = y * width + reach; i < (y + 1) * width - reach; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[i + steps[k]!]!;
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

interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

function taps(from: number, length: number, count: number, limit: number): Taps[] {
  const step = length / count;
  const reach = Math.max(1, step);
  return Array.from({ length: count }, (_, i) => {
    const centre = from + (i + 0.5) * step - 0.5;
    const low = Math.ceil(centre - reach);
    const high = Math.floor(centre + reach);
    const first = Math.min(Math.max(low, 0), limit - 1);
    const last = Math.min(Math.max(high, 0), limit - 1);
    const weights = new Float64Array(last - first + 1);
    let total = 0;
    for (let p = low; p <= high; p++) {
      const w = Math.max(0, 1 - Math.abs(p - centre) / reach);
      const at = Math.min(Math.max(p, first), last) - first;
      weights[at] = weights[at]! + w;
      total += w;
    }
    for (let k = 0; k < weights.length; k++) weights[k] = weights[k]! / total;
    return { first, weights };
  });
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
