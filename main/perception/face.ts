// What does one found face look like, upright and close? The crop that the contract defines, its mesh, its pose and quality.
import type { ModelAccess } from '../contract/analyzer.ts';
import type { RgbImage } from '../contract/media.ts';
import type { Box, FaceCrop, FaceObservation, FaceQuality } from '../contract/perception.ts';
import { type Detection, rollOf } from './detector.ts';
import { centreOf, middle, type Point, type Similarity, scaleOf, squareToSource } from './geometry.ts';
import { cut, detailOf, toTensor } from './picture.ts';

export const MESH = 'face-mesh';

/** Side of the crop in face boxes (longer side), and its limit in pixels; main/contract/perception.ts. */
const CROP_SPAN = 2;
const CROP_LIMIT = 512;
/** The mesh network sees 192 px, 1.5 x the face box (MediaPipe, face_landmark_front). */
const MESH_SIDE = 192;
const MESH_SPAN = 1.5;
const MESH_POINTS = 468;

/** Mesh points by their number in MediaPipe's canonical face model. */
const FOREHEAD = 10;
const CHIN = 152;
export const LEFT_EYE_OUTER = 33;
export const RIGHT_EYE_OUTER = 263;
const LEFT_EYE = [33, 133, 159, 145] as const;
const RIGHT_EYE = [263, 362, 386, 374] as const;
const MOUTH = [61, 291, 13, 14] as const;

/** A face cut out, before the mesh network has seen it. */
export interface CutFace {
  readonly image: RgbImage;
  readonly box: FaceCrop['box'];
  /** Clockwise turn in radians that the crop undoes. */
  readonly angle: number;
}

/** Cuts the crop of the contract: upright, twice the longer side of the box, at most 512 px, never enlarged. */
export function cutFace(picture: RgbImage, face: Detection): CutFace {
  return cutTurned(picture, face.box, rollOf(face), CROP_LIMIT);
}

/** The same of a face whose turn is known, at most `limit` px a side. */
export function cutTurned(picture: RgbImage, box: Box, angle: number, limit: number): CutFace {
  const side = Math.max(1, Math.min(limit, Math.round(spanOf(box))));
  const toPicture = cropToPicture(box, angle, side);
  const scale = 1 / scaleOf(toPicture);
  const w = box.w * scale;
  const h = box.h * scale;
  return { image: cut(picture, toPicture, side), box: { x: (side - w) / 2, y: (side - h) / 2, w, h }, angle };
}

/** From a crop of `side` px to the picture that the face was found in. */
export function cropToPicture(box: Box, angle: number, side: number): Similarity {
  return squareToSource(centreOf(box), spanOf(box), angle, side);
}

function spanOf({ w, h }: Box): number {
  return CROP_SPAN * Math.max(w, h);
}

/** The mesh of each crop, in the crop's pixels. */
export async function fitMeshes(models: ModelAccess, faces: readonly CutFace[]): Promise<Float32Array[]> {
  if (faces.length === 0) return [];
  const views = faces.map(({ box }) => squareToSource(centreOf(box), MESH_SPAN * Math.max(box.w, box.h), 0, MESH_SIDE));
  const rgb = toTensor(faces.map(({ image }, n) => cut(image, views[n]!, MESH_SIDE)));
  const { mesh } = await models.run(MESH, { rgb });
  if (!mesh) throw new Error('the mesh network gave no mesh');
  return views.map(({ a, tx, ty }, n) => {
    const points = mesh.data.slice(n * MESH_POINTS * 3, (n + 1) * MESH_POINTS * 3);
    for (let i = 0; i < points.length; i += 3) {
      points[i] = points[i]! * a + tx;
      points[i + 1] = points[i + 1]! * a + ty;
      points[i + 2] = points[i + 2]! * a;
    }
    return points;
  });
}

export function meshPoint(mesh: Float32Array, index: number): Point {
  return { x: mesh[index * 3]!, y: mesh[index * 3 + 1]! };
}

/** Outer corners of the image-left and the image-right eye. */
export function eyeCorners(mesh: Float32Array): [left: Point, right: Point] {
  return [meshPoint(mesh, LEFT_EYE_OUTER), meshPoint(mesh, RIGHT_EYE_OUTER)];
}

/** Clockwise turn in radians that the look's crop undid: what is left when the mesh's own roll is taken from that in the picture. */
export function turnOf({ quality, crop: { mesh } }: Pick<FaceObservation, 'quality' | 'crop'>): number {
  const [left, right] = eyeCorners(mesh);
  return (quality.roll * Math.PI) / 180 - Math.atan2(right.y - left.y, right.x - left.x);
}

/** Centres of the image-left eye, the image-right eye and the mouth. */
export function anchorsOf(mesh: Float32Array): { left: Point; right: Point; mouth: Point } {
  const centre = (indices: readonly number[]) => middle(indices.map((i) => meshPoint(mesh, i)));
  return { left: centre(LEFT_EYE), right: centre(RIGHT_EYE), mouth: centre(MOUTH) };
}

/** Brightness and detail need the crop only; the pose needs the mesh. `sizePx` is the shorter side of the box in the picture. */
export function qualityOf(face: CutFace, mesh: Float32Array, sizePx: number): FaceQuality {
  const { sharpness, luma } = detailOf(face.image, face.box);
  return { sizePx, sharpness, luma, ...poseOf(mesh, face.angle) };
}

/**
 * Degrees from two axes of the mesh, outer eye corner to outer eye corner and forehead to chin; the face looks along
 * their common normal. x runs to the right, y down, z away from the camera.
 */
function poseOf(mesh: Float32Array, angle: number): Pick<FaceQuality, 'yaw' | 'pitch' | 'roll'> {
  const across = axis(mesh, LEFT_EYE_OUTER, RIGHT_EYE_OUTER);
  const down = axis(mesh, FOREHEAD, CHIN);
  const x = -(across[1] * down[2] - across[2] * down[1]);
  const y = -(across[2] * down[0] - across[0] * down[2]);
  const z = -(across[0] * down[1] - across[1] * down[0]);
  return {
    yaw: degrees(Math.atan2(x, -z)),
    pitch: degrees(Math.atan2(-y, Math.hypot(x, z))),
    roll: degrees(Math.atan2(across[1], across[0]) + angle),
  };
}

function axis(mesh: Float32Array, from: number, to: number): [number, number, number] {
  return [
    mesh[to * 3]! - mesh[from * 3]!,
    mesh[to * 3 + 1]! - mesh[from * 3 + 1]!,
    mesh[to * 3 + 2]! - mesh[from * 3 + 2]!,
  ];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
