/** Lines of text in a picture: PP-OCRv4's detector (differentiable binarisation, Liao et al. 2020) and its post-processing for upright boxes. */
import type { ModelAccess } from '../../contract/analyzer.ts';
import type { RgbImage } from '../../contract/media.ts';
import type { Box } from '../../contract/perception.ts';
import { resizeRgb } from '../../media/pixels.ts';

export const DETECTOR = 'text-detector';

export interface TextBox extends Box {
  /** Mean probability inside, 0-1. */
  readonly score: number;
}

/** Longer side given to the network: a label of one twentieth of 1080 lines is 27 px there. */
const LONGEST = 960;
const STRIDE = 32;
const MEAN = [0.406, 0.456, 0.485];
const DEVIATION = [0.225, 0.224, 0.229];
/** As PaddleOCR's `DBPostProcess`: pixel threshold, box threshold, unclip ratio, least side. */
const PIXEL = 0.3;
const LEAST_SCORE = 0.6;
const UNCLIP = 1.5;
const LEAST_SIDE = 3;
const MAX_BOXES = 400;

/** Boxes in pixels of the picture, in no order. */
export async function detectText(models: ModelAccess, image: RgbImage): Promise<TextBox[]> {
  const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const width = Math.max(STRIDE, Math.round((image.width * scale) / STRIDE) * STRIDE);
  const height = Math.max(STRIDE, Math.round((image.height * scale) / STRIDE) * STRIDE);
  const small = await resizeRgb(image, width, height, 'linear');
  const result = await models.run(DETECTOR, { x: { data: planes(small), dims: [1, 3, height, width] } });
  const map = Object.values(result)[0]!.data;
  const [sx, sy] = [image.width / width, image.height / height];
  return components(map, width, height).map((b) => {
    const x = Math.max(0, b.x * sx);
    const y = Math.max(0, b.y * sy);
    return {
      x,
      y,
      w: Math.min(image.width, (b.x + b.w) * sx) - x,
      h: Math.min(image.height, (b.y + b.h) * sy) - y,
      score: b.score,
    };
  });
}

/** Blue, green, red planes, normalised as in training. */
function planes(image: RgbImage): Float32Array {
  const n = image.width * image.height;
  const out = new Float32Array(3 * n);
  for (let c = 0; c < 3; c++) {
    const [mean, deviation] = [MEAN[c]!, DEVIATION[c]!];
    for (let i = 0; i < n; i++) out[c * n + i] = (image.data[3 * i + 2 - c]! / 255 - mean) / deviation;
  }
  return out;
}

/** Eight-connected regions above the pixel threshold; each box grows by the distance that training took away. */
function components(map: Float32Array, width: number, height: number): TextBox[] {
  const seen = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const boxes: TextBox[] = [];
  for (let start = 0; start < map.length && boxes.length < MAX_BOXES; start++) {
    if (seen[start] || map[start]! < PIXEL) continue;
    let top = 0;
    stack[top++] = start;
    seen[start] = 1;
    let [x0, y0, x1, y1, sum, count] = [width, height, 0, 0, 0, 0];
    while (top > 0) {
      const at = stack[--top]!;
      const x = at % width;
      const y = (at - x) / width;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = Math.max(y1, y);
      sum += map[at]!;
      count++;
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const [nx, ny] = [x + dx, y + dy];
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
          const next = ny * width + nx;
          if (seen[next] || map[next]! < PIXEL) continue;
          seen[next] = 1;
          stack[top++] = next;
        }
    }
    const [w, h] = [x1 - x0 + 1, y1 - y0 + 1];
    const score = sum / count;
    if (Math.min(w, h) < LEAST_SIDE || score < LEAST_SCORE) continue;
    const grow = (w * h * UNCLIP) / (2 * (w + h));
    boxes.push({ x: x0 - grow, y: y0 - grow, w: w + 2 * grow, h: h + 2 * grow, score });
  }
  return boxes;
}
