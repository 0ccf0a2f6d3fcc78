/**
 * A patch of a picture at its own resolution as numbers that tell rendered pixels from recorded ones: noise and its neighbour
 * correlations, colour coupling of the noise, periodic traces of learned upsampling in the spectrum, traces of 8 x 8 compression.
 * It measures only. Ideas: spatial rich model (Fridrich and Kodovsky 2012), co-occurrences (Nataraj et al. 2019), spectral peaks of
 * generators (Frank et al., ICML 2020).
 */
import FFT from 'fft.js';
import type { RgbImage } from '../contract/media.ts';
import { along, bands, blank, filter, halve, lumaChroma, type Plane, SRM_SQUARE_3, SRM_SQUARE_5 } from './planes.ts';

/** Side of a patch in pixels: a power of two for the spectrum, and small enough for the pictures that phones forward. */
export const PATCH_SIDE = 128;
/** Standard deviation of luma below which a patch is a blank wall and says nothing. */
const LEAST_SPREAD = 4;
/** Added inside logarithms of mean absolute differences, in grey levels. */
const FLOOR = 0.1;
const RADIAL_BINS = 16;
/** Co-occurrences: residuals are cut off at this many steps of 1.5 grey levels. */
const LEVELS = 2;
const LEVEL_STEP = 1.5;
/** Periods in pixels at which learned upsampling leaves peaks (2 a stage); 8 belongs to JPEG and is told apart by its own value. */
const PERIODS = [2, 4, 8];
const LAGS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
  [0, 2],
  [4, 0],
  [0, 4],
  [8, 0],
  [0, 8],
] as const;

/** Top left corners of at most `most` patches spread evenly over a picture; none where it is smaller than a patch. */
export function patchCorners({ width, height }: Pick<RgbImage, 'width' | 'height'>, most: number): [number, number][] {
  if (width < PATCH_SIDE || height < PATCH_SIDE) return [];
  const columns = Math.floor(width / PATCH_SIDE);
  const rows = Math.floor(height / PATCH_SIDE);
  const across = Math.max(1, Math.min(columns, Math.floor(Math.sqrt((most * columns) / rows))));
  const down = Math.max(1, Math.min(rows, Math.floor(most / across)));
  const spread = (count: number, length: number) =>
    Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count - PATCH_SIDE / 2));
  return spread(down, height).flatMap((y) => spread(across, width).map((x): [number, number] => [x, y]));
}

/** About 100 finite values, or null where the patch is blank. Deterministic. */
export function patchFeatures(image: RgbImage, [left, top]: readonly [number, number]): Float32Array | null {
  const rgb = cut(image, left, top);
  const [luma, red, blue] = lumaChroma(rgb);
  const { mean, spread } = momentsOf(luma);
  if (spread < LEAST_SPREAD) return null;
  const { bands: fine, rest } = bands(luma, [0.8, 1.6]);
  const coarse = bands(halve(rest), [1.6, 3.2], 0.8).bands;
  const residuals = [
    fine[0]!,
    along(luma, [0.5, -1, 0.5], false),
    along(luma, [0.5, -1, 0.5], true),
    filter(luma, SRM_SQUARE_3),
    filter(luma, SRM_SQUARE_5),
  ];
  const values: number[] = [mean / 255, Math.log(spread), ...clipped(rgb)];
  for (const r of residuals) values.push(...energyOf(r));
  for (const b of [fine[1]!, ...coarse]) values.push(Math.log(meanAbs(b) + FLOOR));
  for (const c of [red, blue]) {
    for (const b of bands(halve(c), [0.8, 1.6, 3.2]).bands) values.push(Math.log(meanAbs(b) + FLOOR));
  }
  values.push(...correlations(residuals[3]!), ...correlations(fine[1]!));
  values.push(...couplings(rgb));
  values.push(...cooccurrences(residuals[1]!, 1), ...cooccurrences(residuals[2]!, PATCH_SIDE));
  values.push(...spectrumOf(fine[0]!));
  values.push(...blocking(luma));
  return Float32Array.from(values, (v) => (Number.isFinite(v) ? v : 0));
}

function cut({ width, data }: RgbImage, left: number, top: number): [Plane, Plane, Plane] {
  const planes: [Plane, Plane, Plane] = [blankPatch(), blankPatch(), blankPatch()];
  for (let y = 0; y < PATCH_SIDE; y++) {
    let from = ((top + y) * width + left) * 3;
    for (let to = y * PATCH_SIDE; to < (y + 1) * PATCH_SIDE; to++, from += 3) {
      planes[0].data[to] = data[from]!;
      planes[1].data[to] = data[from + 1]!;
      planes[2].data[to] = data[from + 2]!;
    }
  }
  return planes;
}

function blankPatch(): Plane {
  return blank(PATCH_SIDE, PATCH_SIDE);
}

function momentsOf({ data }: Plane): { mean: number; spread: number } {
  let sum = 0;
  let squares = 0;
  for (const v of data) {
    sum += v;
    squares += v * v;
  }
  const mean = sum / data.length;
  return { mean, spread: Math.sqrt(Math.max(0, squares / data.length - mean * mean)) };
}

/** Shares of black and of white pixels in the green channel. */
function clipped([, green]: readonly [Plane, Plane, Plane]): number[] {
  let black = 0;
  let white = 0;
  for (const v of green.data) {
    if (v <= 1) black++;
    if (v >= 254) white++;
  }
  return [black / green.data.length, white / green.data.length];
}

function meanAbs({ data }: Plane): number {
  let sum = 0;
  for (const v of data) sum += Math.abs(v);
  return sum / data.length;
}

/** Log mean absolute value, log kurtosis, and the share of exact zeros (smooth rendering, strong compression). */
function energyOf({ data }: Plane): number[] {
  let sum = 0;
  let power = 1e-3;
  let fourth = 0;
  let zeros = 0;
  for (const v of data) {
    const square = v * v;
    sum += Math.abs(v);
    power += square;
    fourth += square * square;
    if (square < 0.01) zeros++;
  }
  return [
    Math.log(sum / data.length + FLOOR),
    Math.log((fourth * data.length) / (power * power) + 1),
    zeros / data.length,
  ];
}

function correlations({ data, width, height }: Plane): number[] {
  const reach = 8;
  let power = 1e-3;
  const sums = LAGS.map(() => 0);
  const steps = LAGS.map(([x, y]) => x + y * width);
  for (let y = 0; y < height - reach; y++) {
    for (let i = y * width; i < (y + 1) * width - reach; i++) {
      const v = data[i]!;
      power += v * v;
      for (let l = 0; l < steps.length; l++) sums[l]! += v * data[i + steps[l]!]!;
    }
  }
  return sums.map((s) => s / power);
}

/** Correlation of the second differences between the colours: a camera's mosaic couples them, a decoder in its own way. */
function couplings(rgb: readonly [Plane, Plane, Plane]): number[] {
  const [r, g, b] = rgb.map((p) => filter(p, SRM_SQUARE_3).data);
  let [rr, gg, bb, rg, bg, rb] = [1e-3, 1e-3, 1e-3, 0, 0, 0];
  for (let i = 0; i < r!.length; i++) {
    const vr = r![i]!;
    const vg = g![i]!;
    const vb = b![i]!;
    rr += vr * vr;
    gg += vg * vg;
    bb += vb * vb;
    rg += vr * vg;
    bg += vb * vg;
    rb += vr * vb;
  }
  return [
    rg / Math.sqrt(rr * gg),
    bg / Math.sqrt(bb * gg),
    rb / Math.sqrt(rr * bb),
    Math.log(rr / gg),
    Math.log(bb / gg),
  ];
}

/** Shares of pairs of neighbouring quantised residuals, opposite signs and order taken together: 13 - 4 distinct classes of 25. */
function cooccurrences({ data }: Plane, step: number): number[] {
  const count = 2 * LEVELS + 1;
  const table = new Float64Array(count * count);
  const level = (v: number) => Math.max(-LEVELS, Math.min(LEVELS, Math.round(v / LEVEL_STEP))) + LEVELS;
  for (let i = 0; i + step < data.length; i++) table[level(data[i]!) * count + level(data[i + step]!)]! += 1;
  const out: number[] = [];
  for (let a = 0; a < count; a++) {
    for (let b = a; b < count; b++) {
      const mirror = (count - 1 - b) * count + (count - 1 - a);
      const own = a * count + b;
      if (mirror < own) continue;
      const cells = new Set([own, b * count + a, mirror, (count - 1 - a) * count + (count - 1 - b)]);
      let sum = 0;
      for (const c of cells) sum += table[c]!;
      out.push(Math.log(sum / data.length + 1e-4));
    }
  }
  return out;
}

/** Radial course of the residual's log power, less its mean; excess at each period along rows and columns; highest peak over its ring. */
function spectrumOf(residual: Plane): number[] {
  const power = logPower(residual);
  const half = PATCH_SIDE / 2;
  const sums = new Float64Array(RADIAL_BINS + 1);
  const counts = new Float64Array(RADIAL_BINS + 1);
  const ring = (u: number, v: number) => RINGS[v * (half + 1) + u]!;
  for (let v = 0; v < PATCH_SIDE; v++) {
    const fv = v < half ? v : PATCH_SIDE - v;
    for (let u = 0; u <= half; u++) {
      const bin = ring(u, fv);
      sums[bin]! += power[v * PATCH_SIDE + u]!;
      counts[bin]! += 1;
    }
  }
  const radial = Array.from(sums, (s, i) => s / counts[i]!);
  const overall = radial.slice(0, RADIAL_BINS).reduce((s, v) => s + v, 0) / RADIAL_BINS;
  const out = radial.map((v) => v - overall);
  for (const period of PERIODS) {
    const at = PATCH_SIDE / period;
    let rowExcess = 0;
    let columnExcess = 0;
    let count = 0;
    for (let k = 2; k < half; k++) {
      if (k % 16 === 0) continue;
      const beside = at === half ? at - 2 : at + 2;
      rowExcess +=
        power[at * PATCH_SIDE + k]! - (power[(at - 2) * PATCH_SIDE + k]! + power[beside * PATCH_SIDE + k]!) / 2;
      columnExcess +=
        power[k * PATCH_SIDE + at]! - (power[k * PATCH_SIDE + at - 2]! + power[k * PATCH_SIDE + beside]!) / 2;
      count++;
    }
    out.push(rowExcess / count, columnExcess / count);
  }
  let peak = 0;
  for (let v = 0; v < PATCH_SIDE; v++) {
    const fv = v < half ? v : PATCH_SIDE - v;
    for (let u = 2; u <= half; u++) {
      if ((u % 16 === 0 && fv % 16 === 0) || fv < 2) continue;
      peak = Math.max(peak, power[v * PATCH_SIDE + u]! - radial[ring(u, fv)]!);
    }
  }
  out.push(peak);
  return out;
}

/** Ring of each frequency (u, v), both 0 to half the side. */
const RINGS = Uint8Array.from({ length: (PATCH_SIDE / 2 + 1) ** 2 }, (_, i) => {
  const half = PATCH_SIDE / 2;
  const [u, v] = [i % (half + 1), Math.floor(i / (half + 1))];
  return Math.min(RADIAL_BINS, Math.floor((Math.hypot(u, v) / half) * RADIAL_BINS));
});
const transform = new FFT(PATCH_SIDE);
/** Hann window. */
const TAPER = Float64Array.from({ length: PATCH_SIDE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / PATCH_SIDE));

function logPower({ data }: Plane): Float64Array {
  const rows: number[][] = [];
  const line = new Array<number>(PATCH_SIDE);
  for (let y = 0; y < PATCH_SIDE; y++) {
    for (let x = 0; x < PATCH_SIDE; x++) line[x] = data[y * PATCH_SIDE + x]! * TAPER[x]! * TAPER[y]!;
    const out = transform.createComplexArray();
    transform.realTransform(out, line);
    rows.push(out);
  }
  const power = new Float64Array(PATCH_SIDE * PATCH_SIDE);
  const column = transform.createComplexArray();
  const out = transform.createComplexArray();
  for (let u = 0; u <= PATCH_SIDE / 2; u++) {
    for (let y = 0; y < PATCH_SIDE; y++) {
      column[2 * y] = rows[y]![2 * u]!;
      column[2 * y + 1] = rows[y]![2 * u + 1]!;
    }
    transform.transform(out, column);
    for (let v = 0; v < PATCH_SIDE; v++)
      power[v * PATCH_SIDE + u] = Math.log(out[2 * v]! ** 2 + out[2 * v + 1]! ** 2 + 1);
  }
  return power;
}

/** How much the strongest of the eight phases of a row or column grid stands out, and how even the others are. */
function blocking({ data }: Plane): number[] {
  return [1, PATCH_SIDE].flatMap((step) => {
    const phases = new Float64Array(8);
    for (let y = 1; y < PATCH_SIDE - 2; y++) {
      for (let x = 1; x < PATCH_SIDE - 2; x++) {
        const i = y * PATCH_SIDE + x;
        const jump = Math.abs(data[i + step]! - data[i]!);
        const beside = (Math.abs(data[i]! - data[i - step]!) + Math.abs(data[i + 2 * step]! - data[i + step]!)) / 2;
        phases[(step === 1 ? x : y) % 8]! += jump - beside;
      }
    }
    const sorted = phases.toSorted();
    return [(sorted[7]! - sorted[6]!) / PATCH_SIDE ** 2, (sorted[6]! - sorted[0]!) / PATCH_SIDE ** 2];
  });
}
