/**
 * Windows bitmaps, which the image library does not read: uncompressed and bit-field pictures of 1 to 32 bits ([MS-WMF] 2.2.2.9).
 * Run-length and embedded JPEG or PNG pictures are refused as unsupported.
 */
import { AppError } from '../contract/errors.ts';
import type { ImageInfo, RangedSource, RgbImage } from '../contract/media.ts';
import type { DecodeLimits } from './limits.ts';
import { refuseLarge } from './picture.ts';

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Rows run from the top; otherwise from the bottom. */
  readonly topDown: boolean;
  readonly bits: number;
  readonly pixelOffset: number;
  /** BGR(X) entries. */
  readonly palette: Uint8Array;
  readonly paletteEntry: 3 | 4;
  /** Red, green, blue of 16- and 32-bit pixels. */
  readonly masks: readonly [number, number, number];
}

const FILE_HEADER = 14;
const RGB = 0;
const BIT_FIELDS = [3, 6];
const MASKS_555: BmpHeader['masks'] = [0x7c00, 0x03e0, 0x001f];
const MASKS_888: BmpHeader['masks'] = [0xff0000, 0x00ff00, 0x0000ff];

/** Reads the headers. Throws AppError `MEDIA_CORRUPT`, `MEDIA_TOO_LARGE`, `FORMAT_UNSUPPORTED`. */
export async function readBmpHeader(source: RangedSource, limits: DecodeLimits): Promise<BmpHeader> {
  const head = view(await source.read(0, FILE_HEADER + 124));
  if (head.byteLength < FILE_HEADER + 12) throw new AppError('MEDIA_TRUNCATED');
  const headerSize = head.getUint32(14, true);
  if (head.byteLength < FILE_HEADER + headerSize) throw new AppError('MEDIA_TRUNCATED');
  const old = headerSize === 12;
  const width = old ? head.getUint16(18, true) : head.getInt32(18, true);
  const signedHeight = old ? head.getUint16(20, true) : head.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = head.getUint16(old ? 24 : 28, true);
  const compression = old ? RGB : head.getUint32(30, true);
  refuseLarge(width, height, limits);
  const fields = BIT_FIELDS.includes(compression) && (bits === 16 || bits === 32);
  if (!fields && !(compression === RGB && [1, 4, 8, 16, 24, 32].includes(bits)))
    throw new AppError('FORMAT_UNSUPPORTED', { mediaType: 'image/bmp' });
  const pixelOffset = head.getUint32(10, true);
  const paletteFrom = FILE_HEADER + headerSize;
  const paletteEntry = old ? 3 : 4;
  const paletteBytes = bits <= 8 ? Math.min(2 ** bits * paletteEntry, Math.max(0, pixelOffset - paletteFrom)) : 0;
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bits,
    pixelOffset,
    palette: await source.read(paletteFrom, paletteBytes),
    paletteEntry,
    masks: fields ? await readMasks(source) : bits === 16 ? MASKS_555 : MASKS_888,
  };
}

/** They follow the 40-byte header, or stand at the same place inside a longer one. */
async function readMasks(source: RangedSource): Promise<BmpHeader['masks']> {
  const data = view(await source.read(FILE_HEADER + 40, 12));
  if (data.byteLength < 12) throw new AppError('MEDIA_TRUNCATED');
  return [data.getUint32(0, true), data.getUint32(4, true), data.getUint32(8, true)];
}

export function bmpInfo(header: BmpHeader): ImageInfo {
  const { width, height } = header;
  return { width, height, orientation: 1, frames: 1, hasAlpha: false, bitDepth: 8 };
}

/** Decodes the pixels; the fourth byte of 32-bit pixels is ignored, as viewers do. Rows missing at the end stay grey. */
export async function decodeBmp(source: RangedSource, header: BmpHeader): Promise<RgbImage> {
  const { width, height, bits } = header;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const bytes = await source.read(header.pixelOffset, stride * height);
  if (bytes.length < stride) throw new AppError('MEDIA_TRUNCATED');
  const data = new Uint8Array(width * height * 3).fill(128);
  const put = pixelReader(view(bytes), header, data);
  for (let row = 0; row < Math.floor(bytes.length / stride); row++) {
    const y = header.topDown ? row : height - 1 - row;
    for (let x = 0; x < width; x++) put(row * stride, x, (y * width + x) * 3);
  }
  return { width, height, data };
}

type PutPixel = (rowAt: number, x: number, to: number) => void;

function pixelReader(bytes: DataView, { bits, palette, paletteEntry, masks }: BmpHeader, out: Uint8Array): PutPixel {
  if (bits <= 8) {
    const perByte = 8 / bits;
    return (rowAt, x, to) => {
      const byte = bytes.getUint8(rowAt + Math.floor(x / perByte));
      const entry = (byte >> (8 - bits - (x % perByte) * bits)) & (2 ** bits - 1);
      for (let c = 0; c < 3; c++) out[to + c] = palette[entry * paletteEntry + 2 - c] ?? 0;
    };
  }
  if (bits === 24) {
    return (rowAt, x, to) => {
      for (let c = 0; c < 3; c++) out[to + c] = bytes.getUint8(rowAt + x * 3 + 2 - c);
    };
  }
  const scales = masks.map((mask) => ({ mask, shift: mask === 0 ? 0 : 31 - Math.clz32(mask & -mask) }));
  return (rowAt, x, to) => {
    const pixel = bits === 16 ? bytes.getUint16(rowAt + x * 2, true) : bytes.getUint32(rowAt + x * 4, true);
    scales.forEach(({ mask, shift }, c) => {
      out[to + c] = mask === 0 ? 0 : Math.round((((pixel & mask) >>> shift) * 255) / (mask >>> shift));
    });
  };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
