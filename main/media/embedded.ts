/**
 * Files inside a picture: the clip of a motion photo, or any film laid behind the end of a JPEG. Google's Motion Photo 1.0 and MicroVideo (XMP),
 * the `mpvd` box of HEIC motion photos, Samsung's trailer (`SEFT`, layout as ExifTool's Samsung.pm reads it).
 * A claim in metadata counts only where a film really begins at that place.
 */
import type { EmbeddedPart } from '../contract/engine.ts';
import type { MediaInfo, RangedSource } from '../contract/media.ts';
import { type BoxHead, boxHead } from './boxes.ts';
import { ascii, FORMATS } from './formats.ts';

/** Parts in order of their place. Nothing is decoded; never throws on content. */
export async function findEmbeddedParts(source: RangedSource, info: MediaInfo): Promise<EmbeddedPart[]> {
  if (/^image\/(heic|heif|avif)$/.test(info.mediaType)) return await fromBoxes(source);
  if (info.mediaType !== 'image/jpeg') return [];
  const marked = (await fromXmp(source)) ?? (await fromSamsung(source));
  if (marked) return [marked];
  const behind = await behindJpeg(source);
  return behind ? [behind] : [];
}

/** Bytes of the head in which a camera's XMP packet lies: APP1 segments are at most 64 kB, Exif with its thumbnail comes first. */
const XMP_WINDOW = 262_144;

async function fromXmp(source: RangedSource): Promise<EmbeddedPart | null> {
  const head = Buffer.from(await source.read(0, XMP_WINDOW)).toString('latin1');
  const fromEnd = Number(value(head, 'MicroVideoOffset') ?? directoryOffset(head) ?? 0);
  return Number.isInteger(fromEnd) && fromEnd > 0 && fromEnd < source.size
    ? await filmAt(source, source.size - fromEnd, fromEnd)
    : null;
}

/** Distance from the end of the file to the item of the container directory that is the film: its own length and those behind it. */
function directoryOffset(xmp: string): number | null {
  // A tag ends before the next one begins: no place is read again for each tag that was left open.
  const items = [...xmp.matchAll(/<(?:\w+:)?Item\b[^<>]*>/g)].flatMap(([item]) => {
    const semantic = value(item, 'Item:Semantic');
    return semantic === null
      ? []
      : [{ film: semantic === 'MotionPhoto', bytes: Number(value(item, 'Item:Length') ?? 0) }];
  });
  const film = items.findIndex((item) => item.film);
  return film < 0 ? null : items.slice(film).reduce((sum, item) => sum + item.bytes, 0);
}

/** A property's value, written as attribute or element. */
function value(xmp: string, name: string): string | null {
  return new RegExp(`${name}(?:="|='|>)([\\w.-]+)`).exec(xmp)?.[1] ?? null;
}

const SAMSUNG_FILM = 0x0a30;
/** Entries of a Samsung trailer: telephones write fewer than twenty. */
const SAMSUNG_ENTRIES = 256;

/** Trailer: blocks, then `SEFH`, version, count, entries of 12 bytes (type, distance back, size), then the directory's length and `SEFT`. */
async function fromSamsung(source: RangedSource): Promise<EmbeddedPart | null> {
  const tail = Buffer.from(await source.read(Math.max(0, source.size - 8), 8));
  if (tail.length < 8 || tail.toString('latin1', 4) !== 'SEFT') return null;
  const directoryAt = source.size - 8 - tail.readUInt32LE(0);
  if (directoryAt < 0) return null;
  const directory = Buffer.from(await source.read(directoryAt, 12 + SAMSUNG_ENTRIES * 12));
  if (directory.length < 12 || directory.toString('latin1', 0, 4) !== 'SEFH') return null;
  const entries = Math.min(directory.readUInt32LE(8), SAMSUNG_ENTRIES, Math.floor((directory.length - 12) / 12));
  for (let n = 0; n < entries; n++) {
    const at = 12 + n * 12;
    if (directory.readUInt16LE(at + 2) !== SAMSUNG_FILM) continue;
    const blockAt = directoryAt - directory.readUInt32LE(at + 4);
    if (blockAt < 0) return null;
    const head = Buffer.from(await source.read(blockAt, 8));
    const skipped = head.length < 8 ? 0 : 8 + head.readUInt32LE(4);
    return await filmAt(source, blockAt + skipped, directory.readUInt32LE(at + 8) - skipped);
  }
  return null;
}

/** Top-level boxes looked at; a HEIC has about four. */
const BOX_LIMIT = 256;

async function fromBoxes(source: RangedSource): Promise<EmbeddedPart[]> {
  for (let n = 0, at = 0; n < BOX_LIMIT && at + 8 <= source.size; n++) {
    const box = await boxAt(source, at);
    if (!box) break;
    if (box.type === 'mpvd') {
      const film = await filmAt(source, at + box.header, box.size - box.header);
      return film ? [film] : [];
    }
    at += box.size;
  }
  return [];
}

async function boxAt(source: RangedSource, at: number): Promise<BoxHead | null> {
  const box = await boxHead(source, at);
  if (!box) return null;
  const size = box.toEnd ? source.size - at : box.size;
  return size < box.header ? null : { ...box, size };
}

/** The part, where a film of the ISO family begins there and the length stays inside the file. */
async function filmAt(source: RangedSource, offset: number, length: number): Promise<EmbeddedPart | null> {
  if (length < 8 || offset + length > source.size) return null;
  const mediaType = filmType(await source.read(offset, 64));
  return mediaType === null ? null : { offset, length, mediaType, relation: 'motion-photo-video' };
}

function filmType(head: Uint8Array): string | null {
  if (ascii(head, 4, 4) !== 'ftyp') return null;
  const format = FORMATS.find((f) => f.matches(head));
  return format?.kind === 'video' ? format.mediaType : null;
}

/** Bytes of one search step. */
const BLOCK = 1_048_576;
/** End of a JPEG image followed at once by a small `ftyp` box: what telephones without a marking of their own write. */
const PICTURE_END = '\xff\xd9\0\0\0';
const FILM_START = 'ftyp';

/** A film directly behind the picture's end. Huawei and Honor mark it by a `LIVE_` footer; without a mark it is only an embedded file. */
async function behindJpeg(source: RangedSource): Promise<EmbeddedPart | null> {
  for (let at = 0; at < source.size; at += BLOCK) {
    const offset = filmBehind(Buffer.from(await source.read(at, BLOCK + 16)).toString('latin1'));
    const mediaType = offset === null ? null : filmType(await source.read(at + offset, 64));
    if (offset === null || mediaType === null) continue;
    const footer = Buffer.from(await source.read(Math.max(0, source.size - 64), 64)).toString('latin1');
    const relation = footer.includes('LIVE_') ? 'motion-photo-video' : 'embedded-file';
    return { offset: at + offset, length: await filmLength(source, at + offset), mediaType, relation };
  }
  return null;
}

function filmBehind(block: string): number | null {
  for (let end = block.indexOf(PICTURE_END); end >= 0; end = block.indexOf(PICTURE_END, end + 2)) {
    if (block.startsWith(FILM_START, end + 6)) return end + 2;
  }
  return null;
}

/** Up to where the boxes go on without a break. */
async function filmLength(source: RangedSource, offset: number): Promise<number> {
  let at = offset;
  for (let n = 0; n < BOX_LIMIT && at + 8 <= source.size; n++) {
    const box = await boxAt(source, at);
    if (!box || !/^[\w ]{4}$/.test(box.type) || at + box.size > source.size) break;
    at += box.size;
  }
  return at - offset;
}
