/**
 * The open watermark of Stable Diffusion 1 and 2, SDXL (diffusers) and FLUX's reference code: package `invisible-watermark`, method `dwtDct`.
 * Known payloads only, by Hamming distance; the picture must be lossless since, JPEG and resizing erase the mark.
 */
import type { RgbaImage } from '../../media/rgba.ts';

export interface DwtDctMark {
  readonly payload: 'StableDiffusionV1' | 'SDV2' | 'SDXL' | 'FLUX';
  readonly matching: number;
  readonly of: number;
}

interface Payload {
  readonly name: DwtDctMark['payload'];
  readonly bits: string;
  /**
   * Bits that must agree. Of 4,745 unmarked photographs the best accidental agreement is 34/48, 33/46, 24/32, 88/136 (MEASURED.md); the
   * reference decoder itself gets 124 of 136 from its own marks (SIGNALS.md section 5).
   */
  readonly least: number;
}

const PAYLOADS: readonly Payload[] = [
  { name: 'SDXL', bits: '101100111110110010010000011110111011000110011110', least: 42 },
  // Two leading zeros are lost in Python's `bin()`.
  { name: 'FLUX', bits: '1010101111111010000111100111001111010100101110', least: 41 },
  { name: 'SDV2', bits: ascii('SDV2'), least: 31 },
  { name: 'StableDiffusionV1', bits: ascii('StableDiffusionV1'), least: 112 },
];

/** Smaller pictures are not marked by the encoder. Pixels. */
const LEAST_PIXELS = 65_536;
/** Strength of the encoder: the quantisation step of one coefficient. */
const SCALE = 36;

export function readDwtDct(image: RgbaImage): DwtDctMark | null {
  const best = matchPayloads(image);
  return best.find((m) => m.matching >= PAYLOADS.find((p) => p.name === m.payload)!.least) ?? null;
}

/** Agreement with every known payload; the thresholds are applied by `readDwtDct`. Empty where the picture is too small or says nothing. */
export function matchPayloads(image: RgbaImage): DwtDctMark[] {
  if (image.width * image.height < LEAST_PIXELS) return [];
  const bits = blockBits(image);
  return PAYLOADS.flatMap((payload) => {
    const length = payload.bits.length;
    const ones = new Float64Array(length);
    const votes = new Float64Array(length);
    for (let k = 0; k < bits.length; k++) {
      ones[k % length]! += bits[k]!;
      votes[k % length]! += 1;
    }
    const decoded = [...ones].map((n, i) => (votes[i]! > 0 && (n / votes[i]!) * 255 > 127 ? '1' : '0'));
    // Flat pictures decode to one value throughout, which says nothing.
    if (decoded.every((b) => b === decoded[0])) return [];
    const matching = decoded.filter((b, i) => b === payload.bits[i]).length;
    return [{ payload: payload.name, matching, of: length }];
  });
}

/** One bit for each 8 x 8 block of pixels: 4 x 4 Haar low-pass values of U, the largest but the first. No DCT takes place in the reference either. */
function blockBits(image: RgbaImage): Uint8Array {
  const width = (image.width >> 2) << 2;
  const height = (image.height >> 2) << 2;
  const columns = width >> 3;
  const rows = height >> 3;
  const bits = new Uint8Array(columns * rows);
  for (let by = 0; by < rows; by++) {
    for (let bx = 0; bx < columns; bx++) {
      let largest = -1;
      for (let i = 1; i < 16; i++) {
        const value = lowPass(image, bx * 8 + (i & 3) * 2, by * 8 + (i >> 2) * 2);
        if (value > largest) largest = value;
      }
      bits[by * columns + bx] = largest % SCALE > SCALE / 2 ? 1 : 0;
    }
  }
  return bits;
}

function lowPass(image: RgbaImage, x: number, y: number): number {
  const first = (y * image.width + x) * 4;
  const second = first + image.width * 4;
  return (
    (chroma(image.data, first) +
      chroma(image.data, first + 4) +
      chroma(image.data, second) +
      chroma(image.data, second + 4)) /
    2
  );
}

/** U of OpenCV's BGR2YUV in its 14-bit fixed point. */
function chroma(data: Uint8Array, at: number): number {
  const r = data[at]!;
  const g = data[at + 1]!;
  const b = data[at + 2]!;
  const luma = (1868 * b + 9617 * g + 4899 * r + 8192) >> 14;
  const u = ((b - luma) * 8061 + (128 << 14) + 8192) >> 14;
  return u < 0 ? 0 : u > 255 ? 255 : u;
}

function ascii(text: string): string {
  return [...text].map((c) => c.charCodeAt(0).toString(2).padStart(8, '0')).join('');
}
