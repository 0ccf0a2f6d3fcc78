/** Stills and frames for a person to look at: upright, shrunk to the window, blurred where nobody chose to look. */
import { AppError } from '../contract/errors.ts';
import type { Frame, OpenMedia, RgbImage } from '../contract/media.ts';
import type { Box } from '../contract/perception.ts';
import type { ViewedPicture } from '../contract/viewer.ts';
import { cropRgb, encodeJpeg, resizeRgb } from '../media/index.ts';

/** For looking: blocks are not seen at this quality. What is measured never passes through it. JPEG quality 1-100. */
const QUALITY = 92;

/**
 * Longer side, in pixels, to which a thumbnail is reduced before it is enlarged again: at 12 px neither a face nor a body can be
 * made out, colours and brightness still tell one item from another.
 */
const BLURRED_SIDE = 12;

/** Seconds before the moment asked for in which the frame on screen is looked for first, then as far as it takes. */
const LOOK_BACK_S = [1, 10, Number.POSITIVE_INFINITY] as const;

/** Less than a tick of any container in use (1/90,000 s): two frames nearer than this are one. Seconds. */
const SAME_S = 5e-6;

/** The decoder cuts a span at whole ticks, 0.04 s in the coarsest containers: so much more is read, and judged here. Seconds. */
const BEYOND_S = 0.1;

/** The still, or a region of it in its own pixels; a region that reaches beyond the edge is cut there. */
export async function picture(
  media: OpenMedia,
  { maxSide, region }: { readonly maxSide: number; readonly region: Box | null },
): Promise<ViewedPicture> {
  const whole = await media.picture();
  return encoded(region ? cut(whole, region) : whole, maxSide, 0);
}

function cut(whole: RgbImage, region: Box): RgbImage {
  const x = Math.min(region.x, whole.width - 1);
  const y = Math.min(region.y, whole.height - 1);
  return cropRgb(whole, x, y, Math.min(region.w, whole.width - x), Math.min(region.h, whole.height - y));
}

/** Throws AppError `MEDIA_NO_STREAMS` for what has no picture. */
export async function thumbnail(media: OpenMedia, maxSide: number): Promise<ViewedPicture> {
  const { kind, durationS } = media.info;
  if (kind === 'image') return blurred(await media.picture(), maxSide);
  if (media.info.video.length === 0) throw new AppError('MEDIA_NO_STREAMS');
  const { image } = await frameAt(media, { atS: (durationS ?? 0) / 2, step: 0, maxSide: 64 });
  return blurred(image, maxSide);
}

export async function blurred(image: RgbImage, maxSide: number): Promise<ViewedPicture> {
  const scale = BLURRED_SIDE / Math.max(image.width, image.height);
  const tiny = await resizeRgb(image, atLeastOne(image.width * scale), atLeastOne(image.height * scale), 'linear');
  const enlarge = Math.min(1, maxSide / Math.max(image.width, image.height));
  const soft = await resizeRgb(tiny, atLeastOne(image.width * enlarge), atLeastOne(image.height * enlarge), 'cubic');
  return encoded(soft, maxSide, 0);
}

export async function frame(
  media: OpenMedia,
  wanted: { readonly atS: number; readonly step: number; readonly maxSide: number },
): Promise<ViewedPicture> {
  const { image, timeS } = await frameAt(media, wanted);
  return encoded(image, wanted.maxSide, timeS);
}

/** The frame on screen at `atS`, or its neighbour; at either end the last there is. Throws AppError `MEDIA_NO_STREAMS`. */
async function frameAt(
  media: OpenMedia,
  { atS, step, maxSide }: { readonly atS: number; readonly step: number; readonly maxSide: number },
): Promise<Frame> {
  if (step > 0) {
    const next = await firstAfter(media, atS, maxSide);
    if (next) return next;
  }
  const until = step < 0 ? (timeS: number) => timeS < atS - SAME_S : (timeS: number) => timeS <= atS + SAME_S;
  for (const back of LOOK_BACK_S) {
    const fromS = Math.max(0, atS - back);
    const found = await lastWhile(media, { fromS, toS: atS + BEYOND_S, maxSide }, until);
    if (found) return found;
    if (fromS === 0) break;
  }
  const first = await firstAfter(media, -1, maxSide);
  if (!first) throw new AppError('MEDIA_NO_STREAMS');
  return first;
}

async function firstAfter(media: OpenMedia, atS: number, maxSide: number): Promise<Frame | null> {
  const span = atS > 0 ? { fromS: atS } : {};
  for await (const found of media.frames({ fps: Number.POSITIVE_INFINITY, maxSide, ...span }))
    if (found.timeS > atS + SAME_S) return found;
  return null;
}

async function lastWhile(
  media: OpenMedia,
  { fromS, toS, maxSide }: { readonly fromS: number; readonly toS: number; readonly maxSide: number },
  until: (timeS: number) => boolean,
): Promise<Frame | null> {
  let last: Frame | null = null;
  const start = fromS > 0 ? { fromS } : {};
  for await (const found of media.frames({ fps: Number.POSITIVE_INFINITY, maxSide, toS, ...start })) {
    if (!until(found.timeS)) break;
    last = found;
  }
  return last;
}

/** Presentation times of all frames in order, in seconds. */
export async function times(media: OpenMedia): Promise<number[]> {
  const all: number[] = [];
  for await (const { timeS } of media.frames({ fps: Number.POSITIVE_INFINITY, maxSide: 16 })) all.push(timeS);
  return all;
}

async function encoded(image: RgbImage, maxSide: number, timeS: number): Promise<ViewedPicture> {
  const scale = Math.min(1, maxSide / Math.max(image.width, image.height));
  const shown = await resizeRgb(image, atLeastOne(image.width * scale), atLeastOne(image.height * scale));
  const bytes = await encodeJpeg(shown, QUALITY);
  return { mediaType: 'image/jpeg', bytes, width: shown.width, height: shown.height, timeS };
}

function atLeastOne(pixels: number): number {
  return Math.max(1, Math.round(pixels));
}
