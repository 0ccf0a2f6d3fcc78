import type { RgbImage } from '../../../main/contract/media.ts';
import type { Detection } from '../../../main/perception/detector.ts';
import { centreOf } from '../../../main/perception/geometry.ts';

/** The face that a picture of the data sets is about: large, sure and near the middle. */
export function mainFace(faces: readonly Detection[], { width, height }: RgbImage): Detection | undefined {
  const rank = ({ box, score }: Detection) => {
    const { x, y } = centreOf(box);
    return score * Math.max(box.w, box.h) * (1 - Math.hypot(x - width / 2, y - height / 2) / Math.max(width, height));
  };
  return [...faces].sort((a, b) => rank(b) - rank(a))[0];
}
