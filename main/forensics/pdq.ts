/**
 * PDQ, a 256-bit perceptual hash of pictures (facebook/ThreatExchange, `pdq/`, hashing.pdf): whether two pictures are the same scene after
 * compression, resizing and slight editing. It says nothing about where a picture came from.
 */
import type { RgbImage } from '../contract/media.ts';

export interface PdqHash {
  /** 32 bytes, most significant bit first as in the reference's hexadecimal form. */
  readonly bytes: Uint8Array;
  /** 0-100 from the gradients of the reduced picture; below `LEAST_QUALITY` a hash matches too much. */
  readonly quality: number;
}

/** Hashes this near are the same picture; 31 of 256 bits by the reference's measurements. */
export const MATCH_DISTANCE = 31;
export const LEAST_QUALITY = 50;

const REDUCED = 64;
const FREQUENCIES = 16;
/** Two passes of two box filters approximate a tent filter. */
const PASSES = 2;

/** Turns and mirrors of a picture, in the order of `pdqVariants`; degrees count counter-clockwise, as in the reference's file names. */
export const VARIANTS = [
  'original',
  'rotated-90',
  'rotated-180',
  'rotated-270',
  'flipped-vertically',
  'flipped-horizontally',
  'transposed',
  'anti-transposed',
] as const;
export type Variant = (typeof VARIANTS)[number];

export function pdqHash(image: RgbImage): PdqHash {
  const { block, quality } = reduce(image);
  return { bytes: threshold(block), quality };
}

/** The hashes that the turned and mirrored picture would have, from the same transform. */
export function pdqVariants(image: RgbImage): ReadonlyMap<Variant, PdqHash> {
  const { block, quality } = reduce(image);
  return new Map(VARIANTS.map((variant) => [variant, { bytes: threshold(turn(block, variant)), quality }]));
}

/** Number of differing bits, 0-256. */
export function pdqDistance(a: Uint8Array, b: Uint8Array): number {
  let distance = 0;
  for (let i = 0; i < 32; i++) distance += ONES[a[i]! ^ b[i]!]!;
  return distance;
}

/** Bits that are set in each byte: ten thousand pictures are fifty million pairs. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** The reference's text form: 64 hexadecimal digits. */
export function pdqText(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}

interface Reduced {
  /** 16 x 16 coefficients, frequencies 1 to 16 in both directions, row-major. */
  readonly block: Float32Array;
  readonly quality: number;
}

function reduce(image: RgbImage): Reduced {
  const { width, height } = image;
  let luma: Float32Array = lumaOf(image);
  let other: Float32Array = new Float32Array(luma.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let y = 0; y < height; y++) boxAcross(luma, other, y * width, width);
    [luma, other] = [other, luma];
    boxDown(luma, other, width, height);
    [luma, other] = [other, luma];
  }
  const small = new Float32Array(REDUCED * REDUCED);
  for (let i = 0; i < REDUCED; i++)
    for (let j = 0; j < REDUCED; j++)
      small[i * REDUCED + j] =
        luma[Math.floor(((i + 0.5) * height) / REDUCED) * width + Math.floor(((j + 0.5) * width) / REDUCED)]!;
  return { block: transform(small), quality: qualityOf(small) };
}

function lumaOf({ width, height, data }: RgbImage): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++)
    luma[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  return luma;
}

/** Samples of the window over a line of this length, and how many of them lie at and after its middle. */
function windowOf(length: number): { window: number; half: number } {
  const window = Math.min(length, Math.floor((length + 2 * REDUCED - 1) / (2 * REDUCED)));
  return { window, half: Math.floor((window + 2) / 2) };
}

/** Mean over a window of (width + 127) / 128 samples along one row, narrower at both ends. */
function boxAcross(from: Float32Array, to: Float32Array, start: number, width: number): void {
  const { window, half } = windowOf(width);
  let [left, right, out, size] = [start, start, start, 0];
  let sum = 0;
  for (let i = 0; i < half - 1; i++, size++) sum = Math.fround(sum + from[right++]!);
  for (let i = 0; i < window - half + 1; i++) {
    sum = Math.fround(sum + from[right++]!);
    to[out++] = sum / ++size;
  }
  for (let i = 0; i < width - window; i++) {
    sum = Math.fround(Math.fround(sum + from[right++]!) - from[left++]!);
    to[out++] = sum / size;
  }
  for (let i = 0; i < half - 1; i++) {
    sum = Math.fround(sum - from[left++]!);
    to[out++] = sum / --size;
  }
}

/** The same down all columns at once: rows lie together in memory, columns do not. */
function boxDown(from: Float32Array, to: Float32Array, width: number, height: number): void {
  const { window, half } = windowOf(height);
  const sums = new Float32Array(width);
  for (let y = 1 - half; y < height; y++) {
    const entering = y + half - 1;
    const leaving = entering - window;
    if (entering < height) for (let x = 0; x < width; x++) sums[x]! += from[entering * width + x]!;
    if (leaving >= 0) for (let x = 0; x < width; x++) sums[x]! -= from[leaving * width + x]!;
    const size = Math.min(entering, height - 1) - Math.max(leaving, -1);
    if (y >= 0) for (let x = 0; x < width; x++) to[y * width + x] = sums[x]! / size;
  }
}

function qualityOf(small: Float32Array): number {
  let gradient = 0;
  const step = (a: number, b: number) => Math.abs(Math.trunc(((small[a]! - small[b]!) * 100) / 255));
  for (let i = 0; i < REDUCED; i++)
    for (let j = 0; j < REDUCED; j++) {
      const at = i * REDUCED + j;
      if (i + 1 < REDUCED) gradient += step(at, at + REDUCED);
      if (j + 1 < REDUCED) gradient += step(at, at + 1);
    }
  return Math.min(100, Math.trunc(gradient / 90));
}

const COSINES = Float32Array.from({ length: FREQUENCIES * REDUCED }, (_, k) => {
  const [i, j] = [Math.floor(k / REDUCED), k % REDUCED];
  return Math.sqrt(2 / REDUCED) * Math.cos((Math.PI / 2 / REDUCED) * (i + 1) * (2 * j + 1));
});

function transform(small: Float32Array): Float32Array {
  const rows = new Float32Array(FREQUENCIES * REDUCED);
  for (let i = 0; i < FREQUENCIES; i++)
    for (let j = 0; j < REDUCED; j++) {
      let sum = 0;
      for (let k = 0; k < REDUCED; k++) sum += COSINES[i * REDUCED + k]! * small[k * REDUCED + j]!;
      rows[i * REDUCED + j] = sum;
    }
  const block = new Float32Array(FREQUENCIES * FREQUENCIES);
  for (let i = 0; i < FREQUENCIES; i++)
    for (let j = 0; j < FREQUENCIES; j++) {
      let sum = 0;
      for (let k = 0; k < REDUCED; k++) sum += rows[i * REDUCED + k]! * COSINES[j * REDUCED + k]!;
      block[i * FREQUENCIES + j] = sum;
    }
  return block;
}

/** Bit k is set where coefficient k exceeds the lower median; bit 255 comes first. */
function threshold(block: Float32Array): Uint8Array {
  const median = block.toSorted()[127]!;
  const bytes = new Uint8Array(32);
  for (let k = 0; k < 256; k++) if (block[k]! > median) bytes[31 - (k >> 3)] = bytes[31 - (k >> 3)]! | (1 << (k & 7));
  return bytes;
}

/** Mirroring changes the sign of the odd frequencies (even indices, since frequency 0 is left out); turning transposes as well. */
function turn(block: Float32Array, variant: Variant): Float32Array {
  const out = new Float32Array(block.length);
  for (let i = 0; i < FREQUENCIES; i++)
    for (let j = 0; j < FREQUENCIES; j++) {
      const value = block[i * FREQUENCIES + j]!;
      const row = i & 1 ? 1 : -1;
      const column = j & 1 ? 1 : -1;
      const straight = i * FREQUENCIES + j;
      const crossed = j * FREQUENCIES + i;
      if (variant === 'original') out[straight] = value;
      else if (variant === 'rotated-180') out[straight] = value * row * column;
      else if (variant === 'flipped-vertically') out[straight] = value * row;
      else if (variant === 'flipped-horizontally') out[straight] = value * column;
      else if (variant === 'transposed') out[crossed] = value;
      else if (variant === 'anti-transposed') out[crossed] = value * row * column;
      else if (variant === 'rotated-90') out[crossed] = value * column;
      else out[crossed] = value * row;
    }
  return out;
}
