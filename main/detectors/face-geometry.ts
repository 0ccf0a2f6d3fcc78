/** Which pixels belong to which part of a face, from the 468-point mesh (MediaPipe order): hulls of point lists and distance to the face oval. */

/** The face oval: the mesh's outline from forehead round the jaw, in order. */
export const OVAL: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

const EYE_A = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];
const EYE_B = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466];
const BROW_A = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46];
const BROW_B = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276];
const NOSE = [168, 6, 197, 195, 5, 4, 1, 2, 98, 327, 64, 294, 48, 278, 115, 344, 220, 440];
const LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
const INNER_LIPS = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191];
const CHEEK_A = [50, 101, 118, 117, 111, 205, 187, 147, 123];
const CHEEK_B = [280, 330, 347, 346, 340, 425, 411, 376, 352];
const CHIN = [152, 148, 377, 176, 400, 175, 199, 200, 18, 83, 313];
const FOREHEAD = [10, 109, 338, 67, 297, 69, 299, 104, 333, 108, 337, 151, 9];

/** A part of the face: the convex hull of mesh points, grown around its centre. */
export interface Part {
  readonly points: readonly number[];
  readonly grown: number;
}

/** Parts that come in pairs (the two eyes) stand side by side: features take their mean and their difference, so that a mirrored face gives the same values. */
export const PARTS: Readonly<Record<PartName, readonly Part[]>> = {
  face: [{ points: OVAL, grown: 1 }],
  core: [{ points: [...EYE_A, ...EYE_B, ...BROW_A, ...BROW_B, ...NOSE, ...LIPS], grown: 1 }],
  eyes: [
    { points: EYE_A, grown: 1.5 },
    { points: EYE_B, grown: 1.5 },
  ],
  brows: [
    { points: BROW_A, grown: 1.3 },
    { points: BROW_B, grown: 1.3 },
  ],
  nose: [{ points: NOSE, grown: 1 }],
  mouth: [{ points: LIPS, grown: 1.15 }],
  innerMouth: [{ points: INNER_LIPS, grown: 1 }],
  cheeks: [
    { points: CHEEK_A, grown: 1 },
    { points: CHEEK_B, grown: 1 },
  ],
  chin: [{ points: CHIN, grown: 1 }],
  forehead: [{ points: FOREHEAD, grown: 1 }],
};

export type PartName =
  | 'face'
  | 'core'
  | 'eyes'
  | 'brows'
  | 'nose'
  | 'mouth'
  | 'innerMouth'
  | 'cheeks'
  | 'chin'
  | 'forehead';

/** Points as x, y pairs. */
export type Points = Float64Array;

export function pick(mesh: Points, part: Part): Points {
  const out = new Float64Array(part.points.length * 2);
  let [cx, cy] = [0, 0];
  for (const [i, p] of part.points.entries()) {
    out[2 * i] = mesh[2 * p]!;
    out[2 * i + 1] = mesh[2 * p + 1]!;
    cx += out[2 * i]!;
    cy += out[2 * i + 1]!;
  }
  cx /= part.points.length;
  cy /= part.points.length;
  for (let i = 0; i < out.length; i += 2) {
    out[i] = cx + (out[i]! - cx) * part.grown;
    out[i + 1] = cy + (out[i + 1]! - cy) * part.grown;
  }
  return out;
}

/** Convex hull in order (Andrew's monotone chain). */
export function hull(points: Points): Points {
  const n = points.length / 2;
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => points[2 * a]! - points[2 * b]! || points[2 * a + 1]! - points[2 * b + 1]!,
  );
  const chain: number[] = [];
  const turns = (o: number, a: number, b: number) =>
    (points[2 * a]! - points[2 * o]!) * (points[2 * b + 1]! - points[2 * o + 1]!) -
    (points[2 * a + 1]! - points[2 * o + 1]!) * (points[2 * b]! - points[2 * o]!);
  for (const pass of [order, [...order].reverse()]) {
    const base = chain.length;
    for (const p of pass) {
      while (chain.length >= base + 2 && turns(chain.at(-2)!, chain.at(-1)!, p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
  }
  return Float64Array.from(chain.flatMap((p) => [points[2 * p]!, points[2 * p + 1]!]));
}

/** Indices of the pixels of a `side` x `side` raster whose centres lie inside a convex polygon. */
export function pixelsInside(polygon: Points, side: number): Int32Array {
  const low = new Float64Array(side).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(side).fill(Number.NEGATIVE_INFINITY);
  const n = polygon.length / 2;
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    const [x0, y0, x1, y1] = [polygon[2 * i]!, polygon[2 * i + 1]!, polygon[2 * j]!, polygon[2 * j + 1]!];
    if (y0 === y1) continue;
    const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
    const last = Math.min(side - 1, Math.floor(Math.max(y0, y1) - 0.5));
    for (let y = first; y <= last; y++) {
      const x = x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
      if (x < low[y]!) low[y] = x;
      if (x > high[y]!) high[y] = x;
    }
  }
  const span = (y: number) =>
    [Math.max(0, Math.ceil(low[y]! - 0.5)), Math.min(side - 1, Math.floor(high[y]! - 0.5))] as const;
  let count = 0;
  for (let y = 0; y < side; y++) {
    const [from, to] = span(y);
    if (to >= from) count += to - from + 1;
  }
  const out = new Int32Array(count);
  let at = 0;
  for (let y = 0; y < side; y++) {
    const [from, to] = span(y);
    for (let x = from; x <= to; x++) out[at++] = y * side + x;
  }
  return out;
}

/** Spacing in pixels of the points at which the distance is computed; between them it is interpolated. */
const SPACING = 4;

/** Distance of each pixel of a `side` x `side` raster to a closed polygon, negative inside; exact to a fraction of a pixel away from its corners. */
export function distanceTo(polygon: Points, side: number): Float32Array {
  const across = Math.ceil(side / SPACING) + 1;
  const nodes = new Float32Array(across * across);
  for (let j = 0; j < across; j++) {
    for (let i = 0; i < across; i++) nodes[j * across + i] = signedDistance(polygon, i * SPACING, j * SPACING);
  }
  const out = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const j = Math.floor((y + 0.5) / SPACING);
    const fy = (y + 0.5) / SPACING - j;
    for (let x = 0; x < side; x++) {
      const i = Math.floor((x + 0.5) / SPACING);
      const fx = (x + 0.5) / SPACING - i;
      const at = j * across + i;
      const upper = nodes[at]! * (1 - fx) + nodes[at + 1]! * fx;
      const lower = nodes[at + across]! * (1 - fx) + nodes[at + across + 1]! * fx;
      out[y * side + x] = upper * (1 - fy) + lower * fy;
    }
  }
  return out;
}

function signedDistance(polygon: Points, px: number, py: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  let ax = polygon.at(-2)!;
  let ay = polygon.at(-1)!;
  for (let i = 0; i < polygon.length; i += 2) {
    const bx = polygon[i]!;
    const by = polygon[i + 1]!;
    const ex = bx - ax;
    const ey = by - ay;
    const along = Math.min(Math.max(((px - ax) * ex + (py - ay) * ey) / (ex * ex + ey * ey || 1), 0), 1);
    const ox = px - ax - along * ex;
    const oy = py - ay - along * ey;
    nearest = Math.min(nearest, ox * ox + oy * oy);
    if (ay > py !== by > py && px < ax + ((py - ay) / (by - ay)) * ex) inside = !inside;
    ax = bx;
    ay = by;
  }
  return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
}
