/**
 * A copy of a picture that can be handed on: faces, or all of it, covered beyond making out, metadata left behind, and the label of a
 * generated file stated again. Decoded in a process of its own, since the file comes from outside.
 */
import path from 'node:path';
import sharp from 'sharp';
import { AppError } from '../contract/errors.ts';
import type { RgbImage } from '../contract/media.ts';
import type { Box } from '../contract/perception.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { collect } from './process.ts';

export interface Covering {
  readonly path: string;
  readonly claimedExtension: string;
  readonly scratchFolder: string;
  /** In pixels of the upright picture; null covers all of it. */
  readonly boxes: readonly Box[] | null;
  /** JSON of the implicit label (GB 45438-2025) to be written into the copy; null where the file had none. */
  readonly label: string | null;
}

/**
 * PNG bytes of the covered picture, upright, without any metadata but the label.
 * @throws AppError `MEDIA_NO_STREAMS` where there is no still, `MEDIA_CORRUPT`, `MEDIA_TOO_LARGE`, `DECODE_TIMEOUT`, `DECODER_CRASHED`
 */
export async function coveredCopy(covering: Covering, signal?: AbortSignal): Promise<Uint8Array> {
  const child = path.join(import.meta.dirname, 'cover-child.ts');
  const done = await collect(process.execPath, [child], {
    signal,
    input: Buffer.from(JSON.stringify(covering)),
    timeLimitS: DEFAULT_LIMITS.pictureS * 2,
    outputBytes: DEFAULT_LIMITS.picturePixels * 4,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  if (done.exit === NO_PICTURE) throw new AppError('MEDIA_NO_STREAMS');
  if (done.exit !== 0 || done.stdout.length === 0) throw new AppError('MEDIA_CORRUPT', { exit: done.exit });
  return done.stdout;
}

/** Exit status of the child for what holds no still. */
export const NO_PICTURE = 3;

/** Parts of a box that are covered beyond it on every side: hair and chin go with the face. */
const MARGIN = 0.4;

/** Blocks on the shorter side of what is covered: neither features nor expression are left. */
const BLOCKS = 5;

/** A box with the margin that is covered around it, cut to whole pixels of a picture; null where nothing of it lies inside. */
export function covered(
  box: Box,
  { width, height }: { readonly width: number; readonly height: number },
  margin = MARGIN,
): Box | null {
  const x = Math.max(0, Math.floor(box.x - box.w * margin));
  const y = Math.max(0, Math.floor(box.y - box.h * margin));
  const w = Math.min(width, Math.ceil(box.x + box.w * (1 + margin))) - x;
  const h = Math.min(height, Math.ceil(box.y + box.h * (1 + margin))) - y;
  return w > 0 && h > 0 ? { x, y, w, h } : null;
}

/** The picture with its boxes, or all of it, in coarse blocks; every other pixel stays. */
export async function coverBoxes(image: RgbImage, boxes: readonly Box[] | null): Promise<RgbImage> {
  const { width, height } = image;
  const data = Uint8Array.from(image.data);
  const whole = { x: 0, y: 0, w: width, h: height };
  for (const place of boxes?.map((box) => covered(box, image)) ?? [whole]) {
    if (!place) continue;
    const { x: left, y: top, w, h } = place;
    const scale = BLOCKS / Math.min(w, h);
    const blocks = await sharp(data, { raw: { width, height, channels: 3 } })
      .extract({ left, top, width: w, height: h })
      .resize(Math.max(BLOCKS, Math.round(w * scale)), Math.max(BLOCKS, Math.round(h * scale)), { fit: 'fill' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const coarse = await sharp(blocks.data, { raw: { ...blocks.info, channels: 3 } })
      .resize(w, h, { fit: 'fill', kernel: 'nearest' })
      .raw()
      .toBuffer();
    for (let row = 0; row < h; row++)
      data.set(coarse.subarray(row * w * 3, (row + 1) * w * 3), ((top + row) * width + left) * 3);
  }
  return { width, height, data };
}

/** PNG with the label as XMP, in the property of the practice guide. */
export async function labelledPng({ width, height, data }: RgbImage, label: string | null): Promise<Uint8Array> {
  const png = sharp(data, { raw: { width, height, channels: 3 } }).png();
  if (label === null) return png.toBuffer();
  const escaped = label.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);
  return png
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" TC260:AIGC="${escaped}"/></rdf:RDF></x:xmpmeta>`,
    )
    .toBuffer();
}
