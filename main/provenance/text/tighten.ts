/** The extent of the letters inside a detector's box, which is wider than they are: rows and columns that differ from the box's own border. */
import type { RgbImage } from '../../contract/media.ts';
import type { Box } from '../../contract/perception.ts';

/** A row belongs to the letters when this share of its pixels, and at least two, differ by more than half of the strongest difference. */
const LEAST_SHARE = 0.004;
/** Letters fill most of their box: a smaller result means that the background was not understood, and the box is kept. */
const LEAST_FILL = 0.45;

export function tighten(image: RgbImage, box: Box): Box {
  const x0 = Math.max(0, Math.floor(box.x));
  const y0 = Math.max(0, Math.floor(box.y));
  const w = Math.min(image.width, Math.ceil(box.x + box.w)) - x0;
  const h = Math.min(image.height, Math.ceil(box.y + box.h)) - y0;
  if (w < 8 || h < 8) return box;
  const border: number[][] = [[], [], []];
  const at = (x: number, y: number) => ((y0 + y) * image.width + x0 + x) * 3;
  for (let x = 0; x < w; x++)
    for (const y of [0, h - 1]) for (let c = 0; c < 3; c++) border[c]!.push(image.data[at(x, y) + c]!);
  const ground = border.map((v) => v.toSorted((a, b) => a - b)[v.length >> 1]!);
  const difference = new Float32Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let c = 0; c < 3; c++) sum += Math.abs(image.data[at(x, y) + c]! - ground[c]!);
      difference[y * w + x] = sum;
    }
  const strongest = difference.toSorted()[Math.floor(w * h * 0.98)]!;
  if (strongest < 30) return box;
  const inked = (x: number, y: number) => difference[y * w + x]! > strongest / 2;
  const rows = extent(h, (y) => count(w, (x) => inked(x, y)) >= Math.max(2, LEAST_SHARE * w));
  const columns = extent(w, (x) => count(h, (y) => inked(x, y)) >= Math.max(2, LEAST_SHARE * h));
  if (!rows || !columns || rows[1] - rows[0] < LEAST_FILL * h || columns[1] - columns[0] < LEAST_FILL * w) return box;
  return { x: x0 + columns[0], y: y0 + rows[0], w: columns[1] - columns[0], h: rows[1] - rows[0] };
}

function count(n: number, holds: (i: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < n; i++) if (holds(i)) found++;
  return found;
}

/** First and one past the last index for which it holds. */
function extent(n: number, holds: (i: number) => boolean): readonly [number, number] | null {
  let first = 0;
  while (first < n && !holds(first)) first++;
  let last = n - 1;
  while (last > first && !holds(last)) last--;
  return first < last ? [first, last + 1] : null;
}
