// Where do the features of a face lie in the picture it was found in? Points of the mesh, put back through the cut of its crop.
import type { FaceObservation } from '../contract/perception.ts';
import { cropToPicture, meshPoint, turnOf } from './face.ts';
import { apply } from './geometry.ts';

/** Contours by their numbers in MediaPipe's canonical face model (face_mesh_connections). */
const OUTLINE = [
  ...[10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377],
  ...[152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109],
];
const EYES = [
  ...[33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173],
  ...[263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398],
];
const BROWS = [...[46, 53, 52, 65, 55, 70, 63, 105, 66, 107], ...[276, 283, 282, 295, 285, 300, 293, 334, 296, 336]];
const NOSE = [168, 6, 197, 195, 5, 4, 98, 97, 2, 326, 327];
const LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409];

const POINTS = [...OUTLINE, ...EYES, ...BROWS, ...NOSE, ...LIPS];

/** x and y in turn, pixels of the upright picture or frame to a tenth: outline, eyes, brows, nose and lips, 119 points. */
export function landmarksOf(seen: FaceObservation): number[] {
  const { box, crop } = seen;
  const toPicture = cropToPicture(box, turnOf(seen), crop.image.width);
  return POINTS.flatMap((index) => {
    const { x, y } = apply(toPicture, meshPoint(crop.mesh, index));
    return [tenth(x), tenth(y)];
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
