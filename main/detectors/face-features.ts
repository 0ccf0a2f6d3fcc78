/**
 * A face as numbers that tell a blended or rendered face from a recorded one: noise, sharpness, colour and sampling of each part of the
 * face *against the rest of the face and against its surroundings*. What camera and compression do to both sides cancels out.
 * It measures only; the classifiers trained by `models/training/vision` on exactly these numbers weigh them.
 * Ideas: spatial rich model (Fridrich and Kodovsky 2012), self-blended images (Shiohara and Yamasaki, CVPR 2022).
 */
import type { FaceCrop } from '../contract/perception.ts';
import {
  distanceTo,
  hull,
  OVAL,
  PARTS,
  type Part,
  type PartName,
  type Points,
  pick,
  pixelsInside,
} from './face-geometry.ts';
import { along, bands, filter, halve, lumaChroma, type Plane, resample, SRM_SQUARE_3, SRM_SQUARE_5 } from './planes.ts';

/** Side in pixels to which the face is brought; the oval then spans about 114 of them, near the native size of most faces in the training data. */
const SIDE = 160;
/** Side of the window in spans (longer side) of the face oval. */
const WINDOW = 1.4;
/** Largest native side read for the native-resolution part, a bound on cost. */
const NATIVE_LIMIT = 320;
/** Added inside logarithms of mean absolute differences, in grey levels: below it is quantisation. */
const FLOOR = 0.1;
/** Fewer pixels than this measure nothing. */
const FEW = 24;
/** Limits of the rings around the oval line in spans, from deep inside to outside. */
const RINGS = [-0.2, -0.14, -0.09, -0.05, -0.02, 0.02, 0.05, 0.09, 0.14, 0.21];
/** From this distance on, in spans, a pixel counts as surroundings. */
const OUTSIDE = 0.05;

const PART_NAMES = Object.keys(PARTS) as PartName[];
/** Maps at full side: luma bands, second derivatives, SRM, first derivatives; at half side: coarser luma bands, bands of Cr and Cb. */
const FULL_MAPS = ['b0', 'b1', 'dx2', 'dy2', 'srm3', 'srm5', 'dx1', 'dy1'];
const HALF_MAPS = ['b2', 'b3', 'r0', 'r1', 'r2', 'c0', 'c1', 'c2'];
const MAPS = [...FULL_MAPS, ...HALF_MAPS];
const SLOPES = [
  ['b0', 'b1'],
  ['b1', 'b2'],
  ['b2', 'b3'],
] as const;
const LAGS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
  [0, 2],
] as const;

/** Corners of the picture in pixels of the crop, in order (x, y pairs); what lies outside is repeated edge and not measured. */
export type PictureOutline = Points;

/** Receives each value with its name; the name is only computed where someone wants it. */
type Sink = (name: () => string, value: number) => void;

/** About 700 finite values. Deterministic; needs a mesh whose oval spans at least a few pixels. */
export function faceFeatures(crop: FaceCrop, outline: PictureOutline | null = null): Float32Array {
  const values: number[] = [];
  measure(crop, outline, (_, value) => values.push(Number.isFinite(value) ? value : 0));
  return Float32Array.from(values);
}

/** Names of the values, in their order. */
export function faceFeatureNames(): string[] {
  const names: string[] = [];
  measure(MODEL_FACE, null, (name) => names.push(name()));
  return names;
}

/** The square that is measured, in pixels of the crop. */
export function faceWindow(mesh: ArrayLike<number>): { x: number; y: number; side: number } {
  let [x0, y0, x1, y1] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const p of OVAL) {
    x0 = Math.min(x0, mesh[3 * p]!);
    x1 = Math.max(x1, mesh[3 * p]!);
    y0 = Math.min(y0, mesh[3 * p + 1]!);
    y1 = Math.max(y1, mesh[3 * p + 1]!);
  }
  const side = WINDOW * Math.max(x1 - x0, y1 - y0);
  return { x: (x0 + x1 - side) / 2, y: (y0 + y1 - side) / 2, side };
}

function measure(crop: FaceCrop, outline: PictureOutline | null, put: Sink): void {
  const window = faceWindow(crop.mesh);
  const to = (side: number) => (p: number, axis: 0 | 1) =>
    ((crop.mesh[3 * p + axis]! - (axis ? window.y : window.x)) * side) / window.side;
  const meshAt = (side: number) => {
    const scale = to(side);
    return Float64Array.from({ length: 468 * 2 }, (_, i) => scale(i >> 1, (i & 1) as 0 | 1));
  };
  const outlineAt = (side: number) =>
    outline?.map((v, i) => ((v - (i & 1 ? window.y : window.x)) * side) / window.side) ?? null;

  const [luma, red, blue] = lumaChroma(resample(crop.image, window, SIDE));
  const full = areasOf(meshAt(SIDE), outlineAt(SIDE), SIDE);
  const half = areasOf(meshAt(SIDE / 2), outlineAt(SIDE / 2), SIDE / 2);
  const fine = bands(luma, [0.8, 1.6]);
  const coarse = bands(halve(fine.rest), [1.6, 3.2], 0.8);
  const fullMaps = [
    ...fine.bands,
    along(luma, [0.5, -1, 0.5], false),
    along(luma, [0.5, -1, 0.5], true),
    filter(luma, SRM_SQUARE_3),
    filter(luma, SRM_SQUARE_5),
    along(luma, [-0.5, 0, 0.5], false),
    along(luma, [-0.5, 0, 0.5], true),
  ];
  const halfMaps = [...coarse.bands, ...[red, blue].flatMap((p) => bands(halve(p), [0.8, 1.6, 3.2]).bands)];
  const measured = (onFull: Int32Array, onHalf: Int32Array): number[] => [
    ...fullMaps.map((m) => logMeanAbs(m, onFull)),
    ...halfMaps.map((m) => logMeanAbs(m, onHalf)),
  ];
  const parts = full.parts.map((pixels, i) => measured(pixels, half.parts[i]!));
  const rings = full.rings.map((pixels, i) => measured(pixels, half.rings[i]!));
  const outside = measured(full.outside, half.outside);

  putEnergies(put, merge(parts, full.pairOf), rings, outside, differences(parts, full.pairOf));
  putColour(put, [luma, red, blue], full);
  putResidual(put, fine.bands[0]!, full);
  putNative(put, crop, window, meshAt, outlineAt);
  putPose(put, crop, window.side);
}

interface Areas {
  /** One entry a part; both members of a pair in turn. */
  readonly parts: readonly Int32Array[];
  /** Index into PART_NAMES for each of `parts`. */
  readonly pairOf: readonly number[];
  readonly rings: readonly Int32Array[];
  readonly outside: Int32Array;
}

function areasOf(mesh: Points, outline: Points | null, side: number): Areas {
  const visible = visibleOf(outline, side);
  const seen = (pixels: Int32Array) => (visible ? pixels.filter((p) => visible[p] === 1) : pixels);
  const parts: Int32Array[] = [];
  const pairOf: number[] = [];
  for (const [i, name] of PART_NAMES.entries()) {
    for (const part of PARTS[name]) {
      parts.push(seen(pixelsInside(hull(pick(mesh, part)), side)));
      pairOf.push(i);
    }
  }
  const distance = distanceTo(pick(mesh, { points: OVAL, grown: 1 }), side);
  const span = side / WINDOW;
  const rings: number[][] = RINGS.slice(1).map(() => []);
  const outside: number[] = [];
  for (let i = 0; i < distance.length; i++) {
    if (visible && visible[i] === 0) continue;
    const d = distance[i]! / span;
    if (d >= OUTSIDE) outside.push(i);
    if (d < RINGS[0]! || d >= RINGS.at(-1)!) continue;
    let ring = 0;
    while (d >= RINGS[ring + 1]!) ring++;
    rings[ring]!.push(i);
  }
  return { parts, pairOf, rings: rings.map((r) => Int32Array.from(r)), outside: Int32Array.from(outside) };
}

/** 1 where the picture really is, two pixels in from its border; null where all of it is visible. */
function visibleOf(outline: Points | null, side: number): Uint8Array | null {
  if (!outline || pixelsInside(outline, side).length === side * side) return null;
  const visible = new Uint8Array(side * side);
  const inset = Float64Array.from(outline);
  const centre = [0, 1].map((a) => (outline[a]! + outline[2 + a]! + outline[4 + a]! + outline[6 + a]!) / 4);
  for (let i = 0; i < 8; i++) {
    const away = outline[i]! - centre[i & 1]!;
    inset[i] = outline[i]! - Math.sign(away) * Math.min(2, Math.abs(away));
  }
  for (const p of pixelsInside(inset, side)) visible[p] = 1;
  return visible;
}

/** Mean over the members of each pair. */
function merge(parts: readonly (readonly number[])[], pairOf: readonly number[]): number[][] {
  return PART_NAMES.map((_, name) => {
    const members = parts.filter((_, i) => pairOf[i] === name);
    return members[0]!.map((_, a) => members.reduce((sum, m) => sum + m[a]!, 0) / members.length);
  });
}

/** Absolute difference of the members of each pair, by pair name. */
function differences(parts: readonly (readonly number[])[], pairOf: readonly number[]): Map<PartName, number[]> {
  const out = new Map<PartName, number[]>();
  for (const [name, part] of PART_NAMES.entries()) {
    const members = parts.filter((_, i) => pairOf[i] === name);
    if (members.length === 2)
      out.set(
        part,
        members[0]!.map((v, a) => Math.abs(v - members[1]![a]!)),
      );
  }
  return out;
}

function putEnergies(
  put: Sink,
  parts: readonly (readonly number[])[],
  rings: readonly (readonly number[])[],
  outside: readonly number[],
  pairs: ReadonlyMap<PartName, readonly number[]>,
): void {
  const face = parts[0]!;
  for (const [a, map] of MAPS.entries()) {
    put(() => `face.${map}`, face[a]!);
    for (const [i, name] of PART_NAMES.entries()) {
      if (i > 0) put(() => `${name}-face.${map}`, parts[i]![a]! - face[a]!);
      if (name !== 'innerMouth') put(() => `${name}-outside.${map}`, parts[i]![a]! - outside[a]!);
    }
    let steepest = 0;
    for (let r = 0; r + 1 < rings.length; r++) {
      const step = rings[r]![a]! - rings[r + 1]![a]!;
      steepest = Math.max(steepest, Math.abs(step));
      put(() => `ring${r}-ring${r + 1}.${map}`, step);
    }
    put(() => `steepest.${map}`, steepest);
    for (const [name, pair] of pairs) put(() => `${name}.sides.${map}`, pair[a]!);
  }
  for (const [name, e] of [
    ['face', face],
    ['core', parts[1]!],
    ['outside', outside],
  ] as const) {
    for (const [a, b] of SLOPES) put(() => `${name}.${a}-${b}`, e[MAPS.indexOf(a)]! - e[MAPS.indexOf(b)]!);
  }
}

function putColour(put: Sink, planes: readonly Plane[], areas: Areas): void {
  const stats = (pixels: Int32Array) => planes.map((p) => meanAndSpread(p, pixels));
  const raw = areas.parts.map(stats);
  const face = raw[0]!;
  const outside = stats(areas.outside);
  const rings = areas.rings.map(stats);
  for (const [c, channel] of ['y', 'cr', 'cb'].entries()) {
    const of = (name: PartName) => raw.filter((_, i) => areas.pairOf[i] === PART_NAMES.indexOf(name)).map((s) => s[c]!);
    const mean = (name: PartName) => average(of(name).map((s) => s.mean));
    for (const name of PART_NAMES.slice(1)) {
      put(() => `${name}-face.mean.${channel}`, mean(name) - face[c]!.mean);
      put(
        () => `${name}-face.spread.${channel}`,
        average(of(name).map((s) => Math.log((s.spread + 1) / (face[c]!.spread + 1)))),
      );
    }
    for (const name of ['cheeks', 'chin', 'nose'] as const)
      put(() => `${name}-forehead.mean.${channel}`, mean(name) - mean('forehead'));
    for (const name of ['eyes', 'brows', 'cheeks'] as const) {
      const [a, b] = of(name);
      put(() => `${name}.sides.mean.${channel}`, Math.abs(a!.mean - b!.mean));
    }
    put(() => `face-outside.mean.${channel}`, face[c]!.mean - outside[c]!.mean);
    put(() => `face-outside.spread.${channel}`, Math.log((face[c]!.spread + 1) / (outside[c]!.spread + 1)));
    for (let r = 0; r + 1 < rings.length; r++) {
      put(() => `ring${r}-ring${r + 1}.mean.${channel}`, rings[r]![c]!.mean - rings[r + 1]![c]!.mean);
      put(
        () => `ring${r}-ring${r + 1}.spread.${channel}`,
        Math.log((rings[r]![c]!.spread + 1) / (rings[r + 1]![c]!.spread + 1)),
      );
    }
  }
}

/** How the finest residual hangs together with itself: resampling and synthesis leave other neighbour correlations than a camera. */
function putResidual(put: Sink, residual: Plane, areas: Areas): void {
  const at = (name: PartName) => areas.parts[areas.pairOf.indexOf(PART_NAMES.indexOf(name))]!;
  const cheeks = Int32Array.from(
    areas.parts.flatMap((p, i) => (PART_NAMES[areas.pairOf[i]!] === 'cheeks' ? [...p] : [])),
  );
  const groups: Record<string, Int32Array> = { face: at('face'), core: at('core'), forehead: at('forehead'), cheeks };
  const outside = texture(residual, areas.outside);
  for (const [i, value] of outside.entries()) put(() => `outside.${TEXTURE[i]}`, value);
  for (const [name, pixels] of Object.entries(groups)) {
    for (const [i, value] of texture(residual, pixels).entries()) {
      put(() => `${name}.${TEXTURE[i]}`, value);
      put(() => `${name}-outside.${TEXTURE[i]}`, value - outside[i]!);
    }
  }
}

const TEXTURE = [...LAGS.map(([x, y]) => `lag${x}${y}`), 'kurtosis'];

function texture({ data, width }: Plane, pixels: Int32Array): number[] {
  if (pixels.length < FEW) return TEXTURE.map(() => 0);
  let power = 1e-3;
  let fourth = 0;
  const products = LAGS.map(() => 0);
  const steps = LAGS.map(([x, y]) => x + y * width);
  for (const p of pixels) {
    const v = data[p]!;
    const square = v * v;
    power += square;
    fourth += square * square;
    for (let l = 0; l < steps.length; l++) products[l]! += v * (data[p + steps[l]!] ?? 0);
  }
  const kurtosis = Math.log((fourth * pixels.length) / (power * power) + 1);
  return [...products.map((v) => v / power), kurtosis];
}

/** The same question at the crop's own resolution, where a face rendered small and enlarged still shows it. */
function putNative(
  put: Sink,
  crop: FaceCrop,
  window: { x: number; y: number; side: number },
  meshAt: (side: number) => Points,
  outlineAt: (side: number) => Points | null,
): void {
  const side = Math.max(16, Math.min(NATIVE_LIMIT, Math.round(window.side)));
  const rgb = resample(crop.image, window, side);
  const measured = sampling(rgb, side, zonesOf(meshAt(side), outlineAt(side), side));
  for (const [i, name] of SAMPLING.entries()) {
    const [inner, rim, out] = measured.map((m) => m[i]!);
    put(() => `native.core.${name}`, inner!);
    put(() => `native.rim.${name}`, rim!);
    put(() => `native.outside.${name}`, out!);
    put(() => `native.core-outside.${name}`, inner! - out!);
    put(() => `native.core-rim.${name}`, inner! - rim!);
    put(() => `native.rim-outside.${name}`, rim! - out!);
  }
}

/** Per pixel: 1 inner face, 2 the rest of the face, 3 surroundings, 0 not measured (near the oval line, border, unseen). */
function zonesOf(mesh: Points, outline: Points | null, side: number): Uint8Array {
  const zones = new Uint8Array(side * side).fill(3);
  const paint = (part: Part, zone: number) => {
    for (const p of pixelsInside(hull(pick(mesh, part)), side)) zones[p] = zone;
  };
  paint({ points: OVAL, grown: 1.1 }, 0);
  paint(PARTS.face[0]!, 2);
  paint(PARTS.core[0]!, 1);
  const visible = visibleOf(outline, side);
  for (let y = 0; y < side; y++) {
    const border = y < 2 || y >= side - 2;
    for (let x = 0; x < side; x++) {
      const p = y * side + x;
      if (border || x < 2 || x >= side - 2 || (visible && visible[p] === 0)) zones[p] = 0;
    }
  }
  return zones;
}

const SAMPLING = ['near', 'far', 'near-far', 'redGreen', 'blueGreen', 'lag10', 'lag01', 'lag20', 'lag02'];

/** For each zone 1-3: residual against the four neighbours at distance 1 and 2, its correlation between colours, and with itself along rows and columns. */
function sampling(rgb: readonly [Plane, Plane, Plane], side: number, zones: Uint8Array): number[][] {
  const [red, green, blue] = [againstNeighbours(rgb[0], 1), againstNeighbours(rgb[1], 1), againstNeighbours(rgb[2], 1)];
  const far = againstNeighbours(rgb[1], 2);
  return [1, 2, 3].map((zone) => {
    let count = 0;
    let near = 0;
    let wide = 0;
    let gg = 1e-3;
    let rr = 1e-3;
    let bb = 1e-3;
    let rg = 0;
    let bg = 0;
    let right = 0;
    let below = 0;
    let right2 = 0;
    let below2 = 0;
    for (let p = 0; p < zones.length; p++) {
      if (zones[p] !== zone) continue;
      const g = green[p]!;
      count++;
      near += Math.abs(g);
      wide += Math.abs(far[p]!);
      gg += g * g;
      rr += red[p]! * red[p]!;
      bb += blue[p]! * blue[p]!;
      rg += red[p]! * g;
      bg += blue[p]! * g;
      right += g * green[p + 1]!;
      below += g * green[p + side]!;
      right2 += g * green[p + 2]!;
      below2 += g * green[p + 2 * side]!;
    }
    if (count < FEW) return SAMPLING.map(() => 0);
    const [e1, e2] = [Math.log(near / count + FLOOR), Math.log(wide / count + FLOOR)];
    const colours = [rg / Math.sqrt(rr * gg), bg / Math.sqrt(bb * gg)];
    return [e1, e2, e1 - e2, ...colours, right / gg, below / gg, right2 / gg, below2 / gg];
  });
}

/** Pixel minus the mean of its four neighbours at `distance`; the border stays 0. */
function againstNeighbours({ width, height, data }: Plane, distance: number): Float32Array {
  const out = new Float32Array(width * height);
  const down = distance * width;
  for (let y = distance; y < height - distance; y++) {
    for (let p = y * width + distance; p < (y + 1) * width - distance; p++) {
      out[p] = data[p]! - (data[p - distance]! + data[p + distance]! + data[p - down]! + data[p + down]!) / 4;
    }
  }
  return out;
}

/** Circumstances under which the other values read differently: native size and how far the head is turned. */
function putPose(put: Sink, crop: FaceCrop, side: number): void {
  const x = (p: number) => crop.mesh[3 * p]!;
  const [left, right, tip] = [x(234), x(454), x(1)];
  put(() => 'pose.logSide', Math.log(Math.max(1, side)));
  put(() => 'pose.turn', Math.abs((2 * tip - left - right) / Math.max(1, right - left)));
}

function logMeanAbs({ data }: Plane, pixels: Int32Array): number {
  if (pixels.length < FEW) return 0;
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) sum += Math.abs(data[pixels[i]!]!);
  return Math.log(sum / pixels.length + FLOOR);
}

function meanAndSpread({ data }: Plane, pixels: Int32Array): { mean: number; spread: number } {
  if (pixels.length < FEW) return { mean: 0, spread: 0 };
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < pixels.length; i++) {
    const v = data[pixels[i]!]!;
    sum += v;
    squares += v * v;
  }
  const mean = sum / pixels.length;
  return { mean, spread: Math.sqrt(Math.max(0, squares / pixels.length - mean * mean)) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** A plain face-shaped mesh on a grey picture: only names are read from it. */
const MODEL_FACE: FaceCrop = {
  image: { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(128) },
  mesh: Float32Array.from({ length: 1404 }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / 3)) / 468;
    return i % 3 === 0 ? 32 + 20 * Math.sin(angle) : i % 3 === 1 ? 32 - 20 * Math.cos(angle) : 0;
  }),
  box: { x: 12, y: 12, w: 40, h: 40 },
};
