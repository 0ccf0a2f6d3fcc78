/** A picture of our own making, covered so far that neither a face nor a body can be made out. */
import sharp from 'sharp';

/** Longer side that is left of it, in pixels: colours and brightness still tell one picture from another. */
const BLURRED_SIDE = 12;

/** PNG to PNG of the same size. The picture is one the engine made; files from outside are decoded elsewhere. */
export async function blurPng(png: Uint8Array): Promise<Uint8Array> {
  const { width, height } = await sharp(png).metadata();
  const tiny = await sharp(png).resize(BLURRED_SIDE, BLURRED_SIDE, { fit: 'inside' }).png().toBuffer();
  return sharp(tiny).resize(width, height, { fit: 'fill', kernel: 'cubic' }).png().toBuffer();
}
