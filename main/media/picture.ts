/**
 * Still pictures and moving ones (GIF, WebP) that the image library reads: header first, then pixels, upright, sRGB, 8 bit, over white.
 * A picture that ends early is decoded as far as it goes; that it ends early is told by `completeness`.
 */
import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { AppError } from '../contract/errors.ts';
import type { Frame, FrameOptions, ImageInfo, RangedSource, RgbImage } from '../contract/media.ts';
import type { DecodeLimits } from './limits.ts';
import { bytesOf, resizeRgb } from './pixels.ts';
import { fitWithin } from './video.ts';

export interface PictureHeader {
  readonly info: ImageInfo;
  /** Milliseconds that each frame stands; empty for a still. */
  readonly delaysMs: readonly number[];
  /** ICC profile, where the file carries one. */
  readonly profile: Uint8Array | null;
}

/**
 * Reads the header only.
 * @throws AppError `MEDIA_TOO_LARGE`, `MEDIA_CORRUPT`
 */
export async function pictureHeader(source: RangedSource, file: string, limits: DecodeLimits): Promise<PictureHeader> {
  await refuseLargePng(source, limits);
  const meta = await guarded(() => sharp(file, readOptions(limits)).metadata());
  const info = readInfo(meta);
  refuseLarge(info.width, info.height, limits);
  if (info.frames > limits.animationFrames) throw new AppError('MEDIA_TOO_LARGE', { frames: info.frames });
  return { info, delaysMs: info.frames > 1 ? (meta.delay ?? []) : [], profile: meta.icc ?? null };
}

/** Throws AppError `MEDIA_TOO_LARGE` for a picture over the limit, `MEDIA_CORRUPT` for one without area. */
export function refuseLarge(width: number, height: number, limits: DecodeLimits): void {
  if (!(width > 0 && height > 0)) throw new AppError('MEDIA_CORRUPT');
  if (width * height > limits.picturePixels) throw new AppError('MEDIA_TOO_LARGE', { width, height });
}

/** The library calls a PNG over its own limits corrupt; the size in `IHDR` (PNG third edition, 11.2.1) tells which it is. */
async function refuseLargePng(source: RangedSource, limits: DecodeLimits): Promise<void> {
  const head = Buffer.from(await source.read(0, 24));
  if (head.length === 24 && head.toString('latin1', 12, 16) === 'IHDR')
    refuseLarge(head.readUInt32BE(16), head.readUInt32BE(20), limits);
}

/** Pages of a TIFF are pages, not frames: only formats that can move count. */
const MOVING = ['gif', 'webp'];

function readInfo(meta: Metadata): ImageInfo {
  const orientation = meta.orientation ?? 1;
  const height = meta.pageHeight ?? meta.height;
  const turned = orientation >= 5;
  return {
    width: turned ? height : meta.width,
    height: turned ? meta.width : height,
    orientation,
    frames: MOVING.includes(meta.format) ? (meta.pages ?? 1) : 1,
    hasAlpha: meta.hasAlpha,
    bitDepth: meta.bitsPerSample ?? (meta.depth === 'ushort' ? 16 : 8),
    ...(!MOVING.includes(meta.format) && (meta.pages ?? 1) > 1 ? { pages: meta.pages! } : {}),
  };
}

/**
 * The first picture of the file.
 * @throws AppError `MEDIA_TRUNCATED`, `MEDIA_CORRUPT`, `MEDIA_TOO_LARGE`, `DECODE_TIMEOUT`; the signal's reason when aborted
 */
export async function decodePicture(file: string, limits: DecodeLimits, signal?: AbortSignal): Promise<RgbImage> {
  signal?.throwIfAborted();
  const image = await decodePages(file, 0, 1, limits);
  signal?.throwIfAborted();
  return image;
}

async function decodePages(file: string, page: number, pages: number, limits: DecodeLimits): Promise<RgbImage> {
  const { data, info } = await guarded(() =>
    sharp(file, { ...readOptions(limits), page, pages })
      .timeout({ seconds: limits.pictureS })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  return { width: info.width, height: info.height, data: info.channels === 3 ? bytesOf(data) : greyToRgb(data) };
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (let i = 0; i < grey.length; i++) rgb.fill(grey[i]!, i * 3, i * 3 + 3);
  return rgb;
}

/** Pixels decoded together from an animation: the library starts at its first frame each time, so few large steps cost less. */
const BATCH_PIXELS = 16_000_000;

/** Browsers show a frame that asks for 10 ms or less for 100 ms (Chromium, Firefox, Safari alike). */
const SHORTEST_DELAY_MS = 10;
const DEFAULT_DELAY_MS = 100;

/** Frames of an animated GIF or WebP with the times at which they appear. */
export async function* animationFrames(
  file: string,
  header: PictureHeader,
  limits: DecodeLimits,
  options: FrameOptions,
): AsyncGenerator<Frame, void> {
  const { width, height, frames, orientation } = header.info;
  const times = appearTimes(header);
  const wanted = sample(times, options);
  // Decoded together, frames stand one below the other: turning them would turn the column.
  const perBatch = orientation === 1 ? Math.max(1, Math.floor(BATCH_PIXELS / (width * height))) : 1;
  const size = fitWithin(width, height, options.maxSide);
  let batch: { readonly from: number; readonly image: RgbImage } | null = null;
  let index = 0;
  for (const at of wanted) {
    options.signal?.throwIfAborted();
    if (!batch || at >= batch.from + perBatch) {
      const from: number = at;
      batch = { from, image: await decodePages(file, from, Math.min(perBatch, frames - from), limits) };
    }
    const bytes = width * height * 3;
    const data = batch.image.data.slice((at - batch.from) * bytes, (at - batch.from + 1) * bytes);
    if (data.length < bytes) throw new AppError('MEDIA_TRUNCATED');
    yield { image: await shrink({ width, height, data }, size), timeS: times[at]!, index };
    index += 1;
  }
}

/** Seconds at which each frame of an animation appears. */
export function appearTimes(header: PictureHeader): number[] {
  let atMs = 0;
  return Array.from({ length: header.info.frames }, (_, frame) => {
    const now = atMs / 1000;
    const delay = header.delaysMs[frame] ?? DEFAULT_DELAY_MS;
    atMs += delay <= SHORTEST_DELAY_MS ? DEFAULT_DELAY_MS : delay;
    return now;
  });
}

/** Duration of an animation in seconds; null for a still. */
export function animationDuration(header: PictureHeader): number | null {
  if (header.info.frames === 1) return null;
  const longer = { ...header, info: { ...header.info, frames: header.info.frames + 1 } };
  return appearTimes(longer).at(-1)!;
}

/** Indexes of the first frame in each interval of 1/fps seconds within the span. */
function sample(times: readonly number[], { fps, fromS = 0, toS = Number.POSITIVE_INFINITY }: FrameOptions): number[] {
  let last = Number.NEGATIVE_INFINITY;
  return times.flatMap((t, at) => {
    const interval = Number.isFinite(fps) ? Math.floor(t * fps + 1e-3) : at;
    if (t < fromS || t >= toS || interval <= last) return [];
    last = interval;
    return [at];
  });
}

async function shrink(image: RgbImage, size: { width: number; height: number }): Promise<RgbImage> {
  if (size.width === image.width && size.height === image.height) return image;
  return await resizeRgb(image, size.width, size.height);
}

function readOptions(limits: DecodeLimits): SharpOptions {
  return { failOn: 'none', limitInputPixels: limits.picturePixels, sequentialRead: true };
}

/** The library's faults as ours. Its messages name no code, so the three that matter are told by their words, the rest is corrupt content. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : '';
    if (/exceeds pixel limit|too large|exceeds limit/i.test(message))
      throw new AppError('MEDIA_TOO_LARGE', {}, { cause: fault });
    if (/timeout/i.test(message)) throw new AppError('DECODE_TIMEOUT', {}, { cause: fault });
    if (/premature|truncated|end of (file|stream|input)|not enough data/i.test(message))
      throw new AppError('MEDIA_TRUNCATED', {}, { cause: fault });
    throw new AppError('MEDIA_CORRUPT', {}, { cause: fault });
  }
}
