/** What a line of text says: PP-OCRv4's recogniser with greedy CTC decoding. */
import type { ModelAccess } from '../../contract/analyzer.ts';
import type { RgbImage } from '../../contract/media.ts';
import type { Box } from '../../contract/perception.ts';
import { cropRgb, resizeRgb } from '../../media/pixels.ts';

export const READER = 'text-reader';
export const CHARACTERS = 'text-characters';

export interface ReadLine {
  readonly text: string;
  /** Mean probability of the characters, 0-1. */
  readonly score: number;
}

const HEIGHT = 48;
const LEAST_WIDTH = 48;
const MOST_WIDTH = 1280;

/** Row k of the list is class k + 1; class 0 is the blank of CTC, the class after the last row the space. */
export function alphabetOf(list: Uint8Array): string[] {
  return [
    '',
    ...Buffer.from(list)
      .toString('utf8')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/),
    ' ',
  ];
}

/** Null where the box has no area. Tall boxes are read turned by a quarter, as PaddleOCR does. */
export async function readLine(
  models: ModelAccess,
  image: RgbImage,
  box: Box,
  alphabet: readonly string[],
): Promise<ReadLine | null> {
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  const w = Math.min(image.width, Math.ceil(box.x + box.w)) - x;
  const h = Math.min(image.height, Math.ceil(box.y + box.h)) - y;
  if (w < 2 || h < 2) return null;
  const cut = cropRgb(image, x, y, w, h);
  const line = h >= 1.5 * w ? quarterTurn(cut) : cut;
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.ceil((line.width * HEIGHT) / line.height / 8) * 8));
  const scaled = await resizeRgb(
    line,
    Math.min(width, Math.max(1, Math.round((line.width * HEIGHT) / line.height))),
    HEIGHT,
    'linear',
  );
  const result = await models.run(READER, { x: { data: planes(scaled, width), dims: [1, 3, HEIGHT, width] } });
  const output = Object.values(result)[0]!;
  return decode(output.data, output.dims[2] ?? alphabet.length, alphabet);
}

/** Blue, green, red planes in [-1, 1], zeros on the right up to `width`. */
function planes(image: RgbImage, width: number): Float32Array {
  const out = new Float32Array(3 * HEIGHT * width);
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 0; x < image.width; x++)
        out[(c * HEIGHT + y) * width + x] = image.data[(y * image.width + x) * 3 + 2 - c]! / 127.5 - 1;
  return out;
}

function decode(data: Float32Array, classes: number, alphabet: readonly string[]): ReadLine {
  let text = '';
  let sum = 0;
  let count = 0;
  let last = 0;
  for (let step = 0; (step + 1) * classes <= data.length; step++) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (data[step * classes + k]! > data[step * classes + best]!) best = k;
    if (best !== 0 && best !== last) {
      text += alphabet[best] ?? '';
      sum += data[step * classes + best]!;
      count++;
    }
    last = best;
  }
  return { text: text.trim(), score: count === 0 ? 0 : sum / count };
}

/** Counter-clockwise. */
function quarterTurn(image: RgbImage): RgbImage {
  const { width, height } = image;
  const data = new Uint8Array(image.data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = ((width - 1 - x) * height + y) * 3;
      const from = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) data[to + c] = image.data[from + c]!;
    }
  return { width: height, height: width, data };
}
