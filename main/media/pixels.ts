/** Pictures as bytes: encoding, resizing and cutting, for rooms that may not touch an image library themselves. */
import sharp from 'sharp';
import type { RgbImage } from '../contract/media.ts';

sharp.cache(false);

/** Resampling kernels of the image library; `area` is not among them: `linear` is exact for small reductions only, `cubic` is the default choice. */
export type Kernel = 'nearest' | 'linear' | 'cubic' | 'mitchell' | 'lanczos2' | 'lanczos3';

/** Lossless PNG of a picture, without metadata. */
export async function encodePng(image: RgbImage): Promise<Uint8Array> {
  return await rawInput(image).png({ compressionLevel: 6 }).toBuffer();
}

/** Baseline JPEG, 4:2:0, without metadata. `quality` 1-100. */
export async function encodeJpeg(image: RgbImage, quality: number): Promise<Uint8Array> {
  return await rawInput(image).jpeg({ quality }).toBuffer();
}

/** Resized to exactly `width` x `height` pixels, aspect not kept. Reductions are low-pass filtered (except `nearest`). */
export async function resizeRgb(
  image: RgbImage,
  width: number,
  height: number,
  kernel: Kernel = 'cubic',
): Promise<RgbImage> {
  if (width === image.width && height === image.height) return image;
  const { data } = await rawInput(image)
    .resize(width, height, { fit: 'fill', kernel, fastShrinkOnLoad: false })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, data: bytesOf(data) };
}

/** Cut out a rectangle in whole pixels. Throws RangeError where it leaves the picture. */
export function cropRgb(image: RgbImage, x: number, y: number, width: number, height: number): RgbImage {
  const inside = [x, y, width, height].every(Number.isInteger) && x >= 0 && y >= 0 && width > 0 && height > 0;
  if (!inside || x + width > image.width || y + height > image.height) throw new RangeError('crop leaves the picture');
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 3;
    data.set(image.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, data };
}

/** A plain Uint8Array over the same memory. */
export function bytesOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function rawInput(image: RgbImage) {
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } });
}
