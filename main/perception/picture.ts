// Cutting squares out of pictures at any position, turn and scale, and measuring their brightness and detail.
import type { ByteData } from '../contract/analyzer.ts';
import type { RgbImage } from '../contract/media.ts';
import type { Box } from '../contract/perception.ts';
import { type Similarity, scaleOf } from './geometry.ts';

/** Samples a side of one target pixel at most: beyond this a stronger reduction gains nothing that a network sees. */
const MAX_SAMPLES = 3;

/**
 * Picture of the given size whose pixels lie in `source` where `toSource` says (pixel centres at +0.5). Bilinear; averages
 * several samples a pixel where it shrinks; outside the source its edge pixels are repeated.
 */
export function cut(source: RgbImage, toSource: Similarity, width: number, height = width): RgbImage {
  const target = { width, height, data: new Uint8Array(width * height * 3) };
  const samples = Math.min(MAX_SAMPLES, Math.max(1, Math.round(scaleOf(toSource))));
  if (samples === 1) interpolate(source, toSource, target);
  else if (toSource.b === 0) averageUpright(source, toSource, samples, target);
  else average(source, toSource, samples, target);
  return target;
}

function interpolate(source: RgbImage, { a, b, tx, ty }: Similarity, target: RgbImage): void {
  const { width, height, data } = source;
  const out = target.data;
  let at = 0;
  for (let row = 0; row < target.height; row++) {
    let x = a * 0.5 - b * (row + 0.5) + tx - 0.5;
    let y = b * 0.5 + a * (row + 0.5) + ty - 0.5;
    for (let column = 0; column < target.width; column++, x += a, y += b, at += 3) {
      const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
      const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
      const x0 = cx | 0;
      const y0 = cy | 0;
      const fx = cx - x0;
      const fy = cy - y0;
      const p = (y0 * width + x0) * 3;
      const right = x0 < width - 1 ? 3 : 0;
      const below = y0 < height - 1 ? width * 3 : 0;
      const w11 = fx * fy;
      const w10 = fx - w11;
      const w01 = fy - w11;
      const w00 = 1 - fx - w01;
      const q = p + right;
      const r = p + below;
      const s = q + below;
      out[at] = data[p]! * w00 + data[q]! * w10 + data[r]! * w01 + data[s]! * w11 + 0.5;
      out[at + 1] = data[p + 1]! * w00 + data[q + 1]! * w10 + data[r + 1]! * w01 + data[s + 1]! * w11 + 0.5;
      out[at + 2] = data[p + 2]! * w00 + data[q + 2]! * w10 + data[r + 2]! * w01 + data[s + 2]! * w11 + 0.5;
    }
  }
}

function average(source: RgbImage, { a, b, tx, ty }: Similarity, samples: number, target: RgbImage): void {
  const { width, height, data } = source;
  const out = target.data;
  const step = 1 / samples;
  const share = step * step;
  let at = 0;
  for (let row = 0; row < target.height; row++) {
    for (let column = 0; column < target.width; column++, at += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let i = 0; i < samples; i++) {
        const v = row + (i + 0.5) * step;
        for (let j = 0; j < samples; j++) {
          const u = column + (j + 0.5) * step;
          let x = (a * u - b * v + tx) | 0;
          let y = (b * u + a * v + ty) | 0;
          if (x < 0) x = 0;
          else if (x >= width) x = width - 1;
          if (y < 0) y = 0;
          else if (y >= height) y = height - 1;
          const p = (y * width + x) * 3;
          red += data[p]!;
          green += data[p + 1]!;
          blue += data[p + 2]!;
        }
      }
      out[at] = red * share + 0.5;
      out[at + 1] = green * share + 0.5;
      out[at + 2] = blue * share + 0.5;
    }
  }
}

/** What `average` does where rows stay rows: the places of the samples are worked out once, which is several times faster. */
function averageUpright(source: RgbImage, { a, tx, ty }: Similarity, samples: number, target: RgbImage): void {
  const { width, height, data } = source;
  const out = target.data;
  const columns = samplePlaces(target.width, samples, a, tx, width, 3);
  const rows = samplePlaces(target.height, samples, a, ty, height, width * 3);
  const length = target.width * 3;
  for (let row = 0, at = 0; row < target.height; row++, at += length) {
    const first = row * samples;
    if (row > 0 && rows[first - samples] === rows[first + samples - 1]) out.copyWithin(at, at - length, at);
    else if (samples === 2) meansOfFour(data, rows[first]!, rows[first + 1]!, columns, out, at);
    else meansOfNine(data, rows[first]!, rows[first + 1]!, rows[first + 2]!, columns, out, at);
  }
}

/** One row of the target; the samples are written out, since loops over so few take three times as long. */
function meansOfFour(
  data: Uint8Array,
  upper: number,
  lower: number,
  columns: Int32Array,
  out: Uint8Array,
  start: number,
): void {
  for (let k = 0, at = start; k < columns.length; k += 2, at += 3) {
    const left = columns[k]!;
    const right = columns[k + 1]!;
    const p = upper + left;
    const q = upper + right;
    const r = lower + left;
    const s = lower + right;
    out[at] = (data[p]! + data[q]! + data[r]! + data[s]!) / 4 + 0.5;
    out[at + 1] = (data[p + 1]! + data[q + 1]! + data[r + 1]! + data[s + 1]!) / 4 + 0.5;
    out[at + 2] = (data[p + 2]! + data[q + 2]! + data[r + 2]! + data[s + 2]!) / 4 + 0.5;
  }
}

function meansOfNine(
  data: Uint8Array,
  upper: number,
  middle: number,
  lower: number,
  columns: Int32Array,
  out: Uint8Array,
  start: number,
): void {
  const share = 1 / 9;
  for (let k = 0, at = start; k < columns.length; k += 3, at += 3) {
    const left = columns[k]!;
    const centre = columns[k + 1]!;
    const right = columns[k + 2]!;
    const [p, q, r] = [upper + left, upper + centre, upper + right];
    const [s, t, u] = [middle + left, middle + centre, middle + right];
    const [v, w, x] = [lower + left, lower + centre, lower + right];
    for (let c = 0; c < 3; c++) {
      const sum =
        data[p + c]! +
        data[q + c]! +
        data[r + c]! +
        data[s + c]! +
        data[t + c]! +
        data[u + c]! +
        data[v + c]! +
        data[w + c]! +
        data[x + c]!;
      out[at + c] = sum * share + 0.5;
    }
  }
}

/** Offsets into the source, in units of `stride`, of the samples of each target pixel along one axis. */
function samplePlaces(
  length: number,
  samples: number,
  scale: number,
  shift: number,
  limit: number,
  stride: number,
): Int32Array {
  return Int32Array.from({ length: length * samples }, (_, n) => {
    const place = Math.floor((scale * (n + 0.5)) / samples + shift);
    return Math.max(0, Math.min(limit - 1, place)) * stride;
  });
}

/** Interleaved 0..255 values of several pictures of one size, as the models take them: [n, side, side, 3]. */
export function toTensor(pictures: readonly RgbImage[]): ByteData {
  const [first] = pictures;
  if (!first) throw new RangeError('no picture');
  const size = first.data.length;
  const data = new Uint8Array(size * pictures.length);
  for (const [n, { data: bytes }] of pictures.entries()) data.set(bytes, n * size);
  return { data, dims: [pictures.length, first.height, first.width, 3] };
}

/** Left and right exchanged. */
export function mirror({ width, height, data }: RgbImage): RgbImage {
  const out = new Uint8Array(data.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 3;
      const to = (row * width + width - 1 - column) * 3;
      out[to] = data[from]!;
      out[to + 1] = data[from + 1]!;
      out[to + 2] = data[from + 2]!;
    }
  }
  return { width, height, data: out };
}

/** Luma of ITU-R BT.601, 0-255. */
export function lumaOf({ width, height, data }: RgbImage): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0, p = 0; i < luma.length; i++, p += 3) {
    luma[i] = 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!;
  }
  return luma;
}

/** Side of the square on which sharpness is measured; the contract names it. */
const SHARPNESS_SIDE = 112;

/** Variance of the 4-neighbour Laplacian of luma, and mean luma, of the square around `box` brought to 112 px. */
export function detailOf(source: RgbImage, box: Box): { sharpness: number; luma: number } {
  const span = Math.max(box.w, box.h);
  const scale = span / SHARPNESS_SIDE;
  const toSource = { a: scale, b: 0, tx: box.x + box.w / 2 - span / 2, ty: box.y + box.h / 2 - span / 2 };
  const luma = lumaOf(cut(source, toSource, SHARPNESS_SIDE));
  let sum = 0;
  let squares = 0;
  let light = 0;
  for (let y = 1; y < SHARPNESS_SIDE - 1; y++) {
    for (let x = 1; x < SHARPNESS_SIDE - 1; x++) {
      const i = y * SHARPNESS_SIDE + x;
      const value = 4 * luma[i]! - luma[i - 1]! - luma[i + 1]! - luma[i - SHARPNESS_SIDE]! - luma[i + SHARPNESS_SIDE]!;
      sum += value;
      squares += value * value;
      light += luma[i]!;
    }
  }
  const count = (SHARPNESS_SIDE - 2) ** 2;
  return { sharpness: squares / count - (sum / count) ** 2, luma: light / count };
}
