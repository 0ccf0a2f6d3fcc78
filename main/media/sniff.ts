/** What a file is by its content. It refuses files that only point to other files, and decides nothing by name. */
import { AppError } from '../contract/errors.ts';
import type { MediaKind, RangedSource } from '../contract/media.ts';
import {
  APNG,
  claimedType,
  FORMATS,
  type Format,
  formatOf,
  HEAD_BYTES,
  id3Length,
  isAdts,
  isReference,
  UNKNOWN_TYPE,
} from './formats.ts';
import { FileSource } from './source.ts';

export interface Sniffed {
  /** `application/octet-stream` where nothing matched. */
  readonly mediaType: string;
  readonly kind: MediaKind;
  readonly format: Format | null;
  /** The type that the name claims, where the content disagrees. */
  readonly claimedType: string | null;
}

/**
 * Recognises a file by its first bytes.
 * @param claimedExtension extension of the original's name with its dot, or empty
 * @throws AppError `MEDIA_REFUSED_REFERENCE` for playlists and other pointers, whatever their name
 */
export async function sniff(from: RangedSource | string, claimedExtension = ''): Promise<Sniffed> {
  if (typeof from === 'string') {
    await using source = await FileSource.open(from);
    return await sniff(source, claimedExtension);
  }
  const head = await from.read(0, HEAD_BYTES);
  if (isReference(head)) throw new AppError('MEDIA_REFUSED_REFERENCE');
  const format = await refine(from, head, FORMATS.find((f) => f.matches(head)) ?? null);
  return {
    mediaType: format?.mediaType ?? UNKNOWN_TYPE,
    kind: format?.kind ?? 'other',
    format,
    claimedType: claimedType(claimedExtension, format?.mediaType ?? UNKNOWN_TYPE),
  };
}

/** What the first bytes alone cannot tell: whether a PNG is animated, and what stands behind a long ID3 tag. */
async function refine(source: RangedSource, head: Uint8Array, format: Format | null): Promise<Format | null> {
  if (format?.mediaType === 'image/png' && (await apngFrames(source)) > 0) return APNG;
  if (format?.mediaType === 'audio/mpeg' && id3Length(head) + 4 > head.length) {
    if (isAdts(await source.read(id3Length(head), 4))) return formatOf('audio/aac');
  }
  return format;
}

/** `acTL` stands before the first `IDAT` (PNG third edition, 11.3.6.1); writers put it among the first few chunks. */
const PNG_CHUNKS_LOOKED_AT = 64;

/** Number of frames that an animated PNG announces (`acTL`), 0 for a still one. */
export async function apngFrames(source: RangedSource): Promise<number> {
  let at = 8;
  for (let n = 0; n < PNG_CHUNKS_LOOKED_AT && at + 12 <= source.size; n++) {
    const header = Buffer.from(await source.read(at, 12));
    const type = header.toString('latin1', 4, 8);
    if (type === 'acTL') return header.readUInt32BE(8);
    if (type === 'IDAT') return 0;
    at += 12 + header.readUInt32BE(0);
  }
  return 0;
}
