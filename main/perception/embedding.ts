// Which vector stands for this face? Features of two package networks, averaged with their mirror image, brought by the
// adapter trained here (models/face-likeness) to a unit vector; similar vectors do not say that two faces are one person's.
import { FACE_EMBEDDING_MODEL, type ModelAccess } from '../contract/analyzer.ts';
import type { FaceCrop } from '../contract/perception.ts';
import { runsAhead } from './ahead.ts';
import { anchorsOf } from './face.ts';
import { centreOf, middle, type Point, type Similarity, squareToSource } from './geometry.ts';
import { cut, mirror, toTensor } from './picture.ts';

export const RECOGNITION = 'face-recognition';
export const FEATURES = 'face-features';

/** Views of the recognition network: 150 px, eyes to mouth .45 of the side, centre of the three points at (.5, .43) (face-api, FaceLandmarks.alignDlib). */
const RECOGNITION_SIDE = 150;
const EYES_TO_MOUTH = 0.45;
const CENTRE_DOWN = 0.43;
/** Views of the feature network: 224 px, 1.3 x the face box (measured in STACK.md). */
const FEATURES_SIDE = 224;
const FEATURES_SPAN = 1.3;

/** Outputs of the two networks side by side. */
export const FEATURE_LENGTH = 256 + 1024;

/** Feature vectors of crops, one row of 1,280 a face: 256 pooled values of the ResNet, 1,024 of FaceRes, each the mean over face and mirror image. */
export async function faceFeatures(models: ModelAccess, crops: readonly FaceCrop[]): Promise<Float32Array> {
  const rows = new Float32Array(crops.length * FEATURE_LENGTH);
  const each = await runsAhead(crops, (crop) => featuresOf(models, crop));
  for (const [n, row] of each.entries()) rows.set(row, n * FEATURE_LENGTH);
  return rows;
}

async function featuresOf(models: ModelAccess, crop: FaceCrop): Promise<Float32Array> {
  const recognition = cut(crop.image, recognitionView(crop), RECOGNITION_SIDE);
  const features = cut(crop.image, featuresView(crop), FEATURES_SIDE);
  const [{ pooled }, { features: wide }] = await Promise.all([
    models.run(RECOGNITION, { rgb: toTensor([recognition, mirror(recognition)]) }),
    models.run(FEATURES, { rgb: toTensor([features, mirror(features)]) }),
  ]);
  if (!pooled || !wide) throw new Error('a feature network gave no features');
  return Float32Array.of(...meanOfHalves(pooled.data), ...meanOfHalves(wide.data));
}

/** Unit vectors of crops. */
export async function embedFaces(models: ModelAccess, crops: readonly FaceCrop[]): Promise<Float32Array[]> {
  if (crops.length === 0) return [];
  const features = { data: await faceFeatures(models, crops), dims: [crops.length, FEATURE_LENGTH] };
  const { embedding } = await models.run(FACE_EMBEDDING_MODEL, { features });
  if (!embedding) throw new Error('the adapter gave no embedding');
  const length = embedding.data.length / crops.length;
  return crops.map((_, n) => embedding.data.slice(n * length, (n + 1) * length));
}

function recognitionView({ mesh }: FaceCrop): Similarity {
  const { left, right, mouth } = anchorsOf(mesh);
  const reach = (distance(left, mouth) + distance(right, mouth)) / 2;
  const side = reach / EYES_TO_MOUTH;
  const angle = Math.atan2(right.y - left.y, right.x - left.x);
  const { x, y } = middle([left, right, mouth]);
  const down = (0.5 - CENTRE_DOWN) * side;
  const centre = { x: x - Math.sin(angle) * down, y: y + Math.cos(angle) * down };
  return squareToSource(centre, side, angle, RECOGNITION_SIDE);
}

function featuresView({ box }: FaceCrop): Similarity {
  return squareToSource(centreOf(box), FEATURES_SPAN * Math.max(box.w, box.h), 0, FEATURES_SIDE);
}

function distance(p: Point, q: Point): number {
  return Math.hypot(p.x - q.x, p.y - q.y);
}

function meanOfHalves(rows: Float32Array): Float32Array {
  const half = rows.length / 2;
  return Float32Array.from({ length: half }, (_, i) => (rows[i]! + rows[half + i]!) / 2);
}

/** The vector scaled to length 1, in place. */
export function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! / length;
  return vector;
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
