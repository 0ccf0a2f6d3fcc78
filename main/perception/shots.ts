// Does a frame show another shot than the one before?
import type { RgbImage } from '../contract/media.ts';
import { cut, lumaOf } from './picture.ts';

/** Cells of the thumbnails that are compared, and the mean difference of luma, 0-255, that makes a cut. */
const THUMBNAIL_SIDE = 16;
const CUT_DIFFERENCE = 28;

/** Asked of each frame in turn. */
export class Shots {
  #thumbnail: Float32Array | null = null;

  /** Whether the picture differs from the one before as a whole; never of the first. */
  isCut(picture: RgbImage): boolean {
    const before = this.#thumbnail;
    this.#thumbnail = thumbnailOf(picture);
    return before !== null && differs(before, this.#thumbnail);
  }
}

function thumbnailOf(picture: RgbImage): Float32Array {
  const span = Math.max(picture.width, picture.height);
  return lumaOf(cut(picture, { a: span / THUMBNAIL_SIDE, b: 0, tx: 0, ty: 0 }, THUMBNAIL_SIDE));
}

/** Mean difference after the overall brightness is taken out: a flash or a fade is no cut. */
function differs(a: Float32Array, b: Float32Array): boolean {
  const mean = (v: Float32Array) => v.reduce((sum, x) => sum + x, 0) / v.length;
  const shift = mean(b) - mean(a);
  return a.reduce((sum, x, i) => sum + Math.abs(b[i]! - x - shift), 0) / a.length > CUT_DIFFERENCE;
}
