/**
 * Colours of a picture whose decoder leaves its ICC profile aside (HEIC: telephones write Display P3) brought to sRGB.
 * The image library takes a profile only inside a file, so the pixels are wrapped as an uncompressed TIFF (TIFF 6.0; tag 34675, ICC.1 annex B.4).
 */
import sharp from 'sharp';
import type { RgbImage } from '../contract/media.ts';
import { bytesOf } from './pixels.ts';

/** The same picture in sRGB; an unusable profile leaves it as it is. */
export async function toSrgb(image: RgbImage, profile: Uint8Array): Promise<RgbImage> {
  const pixels = image.width * image.height;
  const wrapped = sharp(wrapAsTiff(image, profile), { limitInputPixels: pixels, failOn: 'none' });
  const data = await wrapped.toColourspace('srgb').removeAlpha().raw({ depth: 'uchar' }).toBuffer();
  return data.length === image.data.length ? { ...image, data: bytesOf(data) } : image;
}

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

function wrapAsTiff(image: RgbImage, profile: Uint8Array): Buffer {
  const headerBytes = 8;
  const entries = (
    pixelsAt: number,
    profileAt: number,
    bitsAt: number,
  ): [tag: number, type: number, count: number, value: number][] => [
    [256, LONG, 1, image.width],
    [257, LONG, 1, image.height],
    [258, SHORT, 3, bitsAt],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, pixelsAt],
    [277, SHORT, 1, 3],
    [278, LONG, 1, image.height],
    [279, LONG, 1, image.data.length],
    [284, SHORT, 1, 1],
    [34675, UNDEFINED, profile.length, profileAt],
  ];
  const directoryBytes = 2 + entries(0, 0, 0).length * 12 + 4;
  const bitsAt = headerBytes + directoryBytes;
  const profileAt = bitsAt + 6;
  const pixelsAt = profileAt + profile.length + (profile.length & 1);
  const file = Buffer.alloc(pixelsAt + image.data.length);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(headerBytes, 4);
  const list = entries(pixelsAt, profileAt, bitsAt);
  file.writeUInt16LE(list.length, headerBytes);
  list.forEach(([tag, type, count, value], n) => {
    const at = headerBytes + 2 + n * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  for (const channel of [0, 1, 2]) file.writeUInt16LE(8, bitsAt + channel * 2);
  file.set(profile, profileAt);
  file.set(image.data, pixelsAt);
  return file;
}
