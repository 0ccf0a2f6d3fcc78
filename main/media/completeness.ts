/**
 * Whether a file ends where its own structure says it ends. A cut download still shows a picture; that it is cut is worth saying.
 * Nothing is decoded, and bytes after the end (common, often meaningful) do not make a file incomplete.
 */
import type { RangedSource } from '../contract/media.ts';
import { boxHead } from './boxes.ts';
import { soundCompleteness } from './sound-end.ts';

export type Completeness = 'complete' | 'truncated' | 'unknown';

/** `unknown` for formats that do not state their length. */
export async function completeness(source: RangedSource, mediaType: string): Promise<Completeness> {
  if (/^image\/a?png$/.test(mediaType)) return await walkPng(source);
  if (mediaType === 'image/jpeg') return await findJpegEnd(source);
  if (/webp|wav|x-msvideo/.test(mediaType)) return await checkRiff(source);
  if (/mp4|quicktime|3gpp|heic|heif|avif/.test(mediaType)) return await walkBoxes(source);
  return await soundCompleteness(source, mediaType);
}

/** Chunks or boxes walked: a hostile file can hold a million empty ones. */
const STEP_LIMIT = 20_000;

async function walkPng(source: RangedSource): Promise<Completeness> {
  let at = 8;
  for (let n = 0; n < STEP_LIMIT; n++) {
    if (at + 12 > source.size) return 'truncated';
    const head = Buffer.from(await source.read(at, 8));
    at += 12 + head.readUInt32BE(0);
    if (head.toString('latin1', 4) === 'IEND') return at <= source.size ? 'complete' : 'truncated';
  }
  return 'unknown';
}

/** Bytes looked at from the end: a JPEG may be followed by a trailer (motion photo, maker's data), so every block is searched. */
const BLOCK = 1_048_576;

/** An end-of-image marker after the first scan; within entropy-coded data FF is always followed by 00 or a restart (T.81, B.1.1.5). */
async function findJpegEnd(source: RangedSource): Promise<Completeness> {
  let scanAt = -1;
  for (let at = await behindSegments(source); at < source.size; at += BLOCK) {
    const block = Buffer.from(await source.read(at, BLOCK + 1));
    if (scanAt < 0) scanAt = block.indexOf(SCAN_MARK) < 0 ? -1 : at + block.indexOf(SCAN_MARK);
    if (scanAt >= 0 && block.includes(END_MARK, Math.max(0, scanAt - at))) return 'complete';
  }
  return 'truncated';
}

/** Where the segments before the first scan end: the thumbnail in one of them has scan and end of its own. */
async function behindSegments(source: RangedSource): Promise<number> {
  let at = 2;
  for (let n = 0; n < STEP_LIMIT && at + 4 <= source.size; n++) {
    const head = Buffer.from(await source.read(at, 4));
    if (head[0] !== 0xff || head[1] === SCAN_MARK[1]) return at;
    at += head[1] === 0xff ? 1 : 2 + head.readUInt16BE(2);
  }
  return at;
}

const SCAN_MARK = Buffer.from([0xff, 0xda]);
const END_MARK = Buffer.from([0xff, 0xd9]);

/** A size of 0 or FFFFFFFF is a recording that was never closed: it does not say where it ends. */
async function checkRiff(source: RangedSource): Promise<Completeness> {
  const head = Buffer.from(await source.read(0, 8));
  const size = head.readUInt32LE(4);
  if (size === 0 || size === 0xffffffff) return 'unknown';
  return size + 8 <= source.size ? 'complete' : 'truncated';
}

/** Top-level boxes of ISO/IEC 14496-12, 4.2: a box that runs past the end, or a film without its index; a piece of a stream (`moof`) may have its index elsewhere. */
async function walkBoxes(source: RangedSource): Promise<Completeness> {
  let at = 0;
  let index: Completeness = 'truncated';
  for (let n = 0; n < STEP_LIMIT && at < source.size; n++) {
    const box = await boxHead(source, at);
    if (!box) return 'truncated';
    const { type, size, toEnd } = box;
    if (type === 'moov' || type === 'meta') index = 'complete';
    if (type === 'moof' && index === 'truncated') index = 'unknown';
    if (toEnd) return index;
    if (size < 8 || !/^[\x20-\x7e\xa9]{4}$/.test(type)) return 'unknown';
    at += size;
    if (at > source.size) return 'truncated';
  }
  return at < source.size ? 'unknown' : index;
}
