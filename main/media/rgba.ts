/** Pixels for the readers of hidden marks and thumbnails: exact RGBA of lossless pictures, and small grey versions of any. */
import sharp from 'sharp';
import { AppError } from '../contract/errors.ts';

/** 8-bit RGBA, row-major, not premultiplied: `data.length === width * height * 4`. `hasAlpha` tells whether the file itself carries alpha. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly data: Uint8Array;
}

/** Pixels of one picture that are decoded for marks (100 megapixels of RGBA are 400 MB). */
const MAX_PIXELS = 100_000_000;

/**
 * The pixels as stored: no orientation, no colour management, no resampling, first frame only.
 * Throws AppError `MEDIA_CORRUPT` (also for 16-bit and greyscale-16 pictures, which hold no such mark) or `MEDIA_TOO_LARGE`.
 */
export async function decodeExactRgba(bytes: Uint8Array): Promise<RgbaImage> {
  try {
    // A colour profile would be applied otherwise, and with it every low bit would change.
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'none', pages: 1, ignoreIcc: true });
    const meta = await image.metadata();
    if (meta.depth !== 'uchar') throw new AppError('MEDIA_CORRUPT', { depth: meta.depth ?? null });
    const { data, info } = await image.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, hasAlpha: meta.hasAlpha === true, data };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('MEDIA_CORRUPT', {}, { cause: thrown });
  }
}

/**
 * Luma of the picture squeezed to exactly `width` x `height`, as stored (no orientation). Uses the decoder's own reduction where it has one.
 * Throws AppError `MEDIA_CORRUPT`.
 */
export async function decodeSmallGrey(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'none', pages: 1 });
    return await image.flatten().toColourspace('b-w').resize(width, height, { fit: 'fill' }).raw().toBuffer();
  } catch (thrown) {
    throw new AppError('MEDIA_CORRUPT', {}, { cause: thrown });
  }
}
