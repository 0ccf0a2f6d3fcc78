/** What one look at a face gives for comparison over time: colour, detail and noise of the inner face and of a ring around it; and how far two meshes differ but for a rigid movement. */
import type { RgbImage } from '../contract/media.ts';
import type { FaceCrop } from '../contract/perception.ts';
import { hull, OVAL, PARTS, pick, pixelsInside } from './face-geometry.ts';

export interface Region {
  /** Means, 0-255 and around 0 (BT.601). */
  readonly luma: number;
  readonly red: number;
  readonly blue: number;
  /** Mean magnitude of the Laplacian of luma. */
  readonly detail: number;
  /** Standard deviation of noise after Immerkær (1996), luma. */
  readonly noise: number;
}

export interface LookMeasures {
  readonly inner: Region;
  readonly around: Region;
}

/** Growth of the face oval for the inner face, and for both edges of the ring: hairline, ears, neck and what stands close. */
const INNER = 0.85;
const RING = [1.2, 1.6] as const;
/** Pixels of a region below which nothing is measured. */
const LEAST_PIXELS = 200;

/** Pixels of inner face and ring; null where one lies outside the crop. */
export function regionsOf({ image, mesh }: FaceCrop): { inner: Int32Array; around: Int32Array } | null {
  const side = image.width;
  const flat = new Float64Array(936);
  for (let i = 0; i < 468; i++) {
    flat[2 * i] = mesh[3 * i]!;
    flat[2 * i + 1] = mesh[3 * i + 1]!;
  }
  const within = (grown: number) => pixelsInside(hull(pick(flat, { points: OVAL, grown })), side);
  const hole = new Uint8Array(side * side);
  for (const at of within(RING[0])) hole[at] = 1;
  const inner = within(INNER);
  const around = within(RING[1]).filter((at) => hole[at] === 0);
  return inner.length < LEAST_PIXELS || around.length < LEAST_PIXELS ? null : { inner, around };
}

/** BT.601, 0-255. */
export function lumaOf({ data }: RgbImage): Float32Array {
  const luma = new Float32Array(data.length / 3);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  }
  return luma;
}

/** Null where the ring or the face lies outside the crop. */
export function measureLook(crop: FaceCrop): LookMeasures | null {
  const { image } = crop;
  const side = image.width;
  const regions = regionsOf(crop);
  if (!regions) return null;
  const luma = lumaOf(image);
  return { inner: regionOf(regions.inner), around: regionOf(regions.around) };

  function regionOf(pixels: Int32Array): Region {
    let [sum, red, blue, laplacian, second, counted] = [0, 0, 0, 0, 0, 0];
    for (const at of pixels) {
      const value = luma[at]!;
      sum += value;
      red += 0.713 * (image.data[3 * at]! - value);
      blue += 0.564 * (image.data[3 * at + 2]! - value);
      const x = at % side;
      const y = (at - x) / side;
      if (x === 0 || y === 0 || x === side - 1 || y === side - 1) continue;
      const [up, down] = [at - side, at + side];
      const cross = luma[up]! + luma[down]! + luma[at - 1]! + luma[at + 1]!;
      const corners = luma[up - 1]! + luma[up + 1]! + luma[down - 1]! + luma[down + 1]!;
      laplacian += Math.abs(4 * value - cross);
      second += Math.abs(4 * value - 2 * cross + corners);
      counted++;
    }
    const n = pixels.length;
    return {
      luma: sum / n,
      red: red / n,
      blue: blue / n,
      detail: counted > 0 ? laplacian / counted : 0,
      noise: counted > 0 ? (Math.sqrt(Math.PI / 2) * second) / (6 * counted) : 0,
    };
  }
}

/** Inner face less its surroundings. */
export function apart({ inner, around }: LookMeasures, what: 'luma' | 'red' | 'blue'): number {
  return inner[what] - around[what];
}

/** Inner face against its surroundings, in octaves. */
export function beside({ inner, around }: LookMeasures, what: 'detail' | 'noise'): number {
  return Math.log2((inner[what] + 0.1) / (around[what] + 0.1));
}

/** Outer and inner eye corners. */
const CORNERS = [33, 133, 263, 362];
/** Points that a mouth, a blink or a brow hardly moves. */
const FIRM: readonly number[] = [
  ...new Set([...CORNERS, ...[PARTS.nose, PARTS.cheeks, PARTS.forehead].flat().flatMap(({ points }) => points)]),
];

/**
 * Root mean square distance of firm mesh points after the best rotation, scale and shift of one mesh onto the other (Horn 1987), in
 * distances of the outer eye corners. Meshes: 468 points, x, y, z.
 */
export function rigidResidual(from: Float32Array, to: Float32Array): number {
  const [p, q] = [centred(from), centred(to)];
  const m = new Float64Array(9);
  for (let i = 0; i < p.length; i += 3)
    for (let r = 0; r < 3; r++) for (let c = 0; c < 3; c++) m[3 * r + c] = m[3 * r + c]! + p[i + r]! * q[i + c]!;
  const rotation = rotationOf(m);
  const turned = new Float64Array(p.length);
  let [across, length] = [0, 0];
  for (let i = 0; i < p.length; i += 3)
    for (let r = 0; r < 3; r++) {
      const value = rotation[3 * r]! * p[i]! + rotation[3 * r + 1]! * p[i + 1]! + rotation[3 * r + 2]! * p[i + 2]!;
      turned[i + r] = value;
      across += value * q[i + r]!;
      length += value * value;
    }
  const scale = across / length;
  let sum = 0;
  for (let i = 0; i < q.length; i++) sum += (scale * turned[i]! - q[i]!) ** 2;
  return Math.sqrt((3 * sum) / q.length) / eyeDistance(to);
}

/** Between the outer eye corners, in pixels of the crop. */
export function eyeDistance(mesh: Float32Array): number {
  const [p, q] = [3 * 33, 3 * 263];
  return Math.hypot(mesh[p]! - mesh[q]!, mesh[p + 1]! - mesh[q + 1]!, mesh[p + 2]! - mesh[q + 2]!);
}

function centred(mesh: Float32Array): Float64Array {
  const points = Float64Array.from(FIRM.flatMap((n) => [mesh[3 * n]!, mesh[3 * n + 1]!, mesh[3 * n + 2]!]));
  for (let axis = 0; axis < 3; axis++) {
    let mean = 0;
    for (let i = axis; i < points.length; i += 3) mean += (3 * points[i]!) / points.length;
    for (let i = axis; i < points.length; i += 3) points[i] = points[i]! - mean;
  }
  return points;
}

/** Turns of the power iteration: from frame to frame the rotation is small and converges in a few. */
const TURNS = 200;

/** The rotation that best takes the first points to the second, from the sums of their products (row: first). */
function rotationOf(m: Float64Array): Float64Array {
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = m as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const n = [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ];
  // Raised so that the eigenvalue wanted is the largest in magnitude too.
  const raise = n.flat().reduce((most, v) => Math.max(most, Math.abs(v)), 0) * 4;
  let v = [1, 0, 0, 0];
  for (let turn = 0; turn < TURNS; turn++) {
    const next = n.map((row, r) => row.reduce((sum, value, c) => sum + value * v[c]!, raise * v[r]!));
    const length = Math.hypot(...next);
    v = next.map((value) => value / length);
  }
  const [w, x, y, z] = v as [number, number, number, number];
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  );
}
