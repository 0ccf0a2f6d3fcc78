/**
 * Recordings that are pieces put one behind the other, byte by byte: live broadcasts that were saved in parts, downloads that were joined.
 * Most such formats play on; what a decoder does with the clock, which starts again in each piece, is told in `packets`.
 */
import type { RangedSource } from '../contract/media.ts';
import { boxHead } from './boxes.ts';

/** Formats whose pieces play on by themselves, with their demuxers. Others keep one index for all of the file. */
const JOINABLE = ['mpegts', 'mpeg', 'ogg'];

/** Whether the file can hold more than one piece: then its clock is worth following to its end. */
export async function mayHoldPieces(source: RangedSource, demuxer: string): Promise<boolean> {
  if (demuxer === 'matroska') return (await segmentEnd(source)) !== source.size;
  return JOINABLE.includes(demuxer);
}

/** Bytes of the head in which the first segment begins: the EBML header takes about 40. */
const EBML_WINDOW = 4096;
const SEGMENT = Buffer.from([0x18, 0x53, 0x80, 0x67]);

/** Where the first segment of a Matroska file says that it ends (RFC 8794, 6.2; RFC 9559, 5.1); null where it does not, as a recording that was streamed. */
async function segmentEnd(source: RangedSource): Promise<number | null> {
  const head = Buffer.from(await source.read(0, EBML_WINDOW));
  const at = head.indexOf(SEGMENT) + SEGMENT.length;
  const bytes = at < SEGMENT.length ? 9 : Math.clz32(head[at] ?? 0) - 23;
  if (bytes > 8 || at + bytes > head.length) return null;
  const size = head.subarray(at + 1, at + bytes).reduce((sum, byte) => sum * 256 + byte, head[at]! & (0xff >> bytes));
  return size === 2 ** (7 * bytes) - 1 ? null : at + bytes + size;
}

/** Bytes of one search step. */
const BLOCK = 1_048_576;
const FLV_MARK = Buffer.from('FLV\x01', 'latin1');
/** What follows the mark and a byte of flags: the header's own length and an empty first tag (FLV 10.1, annex E.2). */
const FLV_REST = Buffer.from([0, 0, 0, 9, 0, 0, 0, 0]);
const FLV_START_BYTES = FLV_MARK.length + 1 + FLV_REST.length;

/** Boxes walked: a film in fragments has two for each second or so. */
const BOX_LIMIT = 20_000;

/** A second `ftyp` at the top of an ISO file (ISO/IEC 14496-12, 4.3.1: there is one, at the start). */
async function secondFileType(source: RangedSource): Promise<number | null> {
  for (let n = 0, at = 0; n < BOX_LIMIT; n++) {
    const box = await boxHead(source, at);
    if (at > 0 && box?.type === 'ftyp') return at;
    if (!box || box.size < 8) return null;
    at += box.size;
  }
  return null;
}

/** Where a second film begins behind the first, in a format whose decoders stop there; null where none does. */
export async function furtherPiece(source: RangedSource, demuxer: string): Promise<number | null> {
  if (demuxer === 'mov') return await secondFileType(source);
  if (demuxer !== 'flv') return null;
  for (let from = 1; from < source.size; from += BLOCK) {
    const block = Buffer.from(await source.read(from, BLOCK + FLV_START_BYTES - 1));
    for (let at = block.indexOf(FLV_MARK); at >= 0; at = block.indexOf(FLV_MARK, at + 1)) {
      const rest = at + FLV_MARK.length + 1;
      if (block.subarray(rest, rest + FLV_REST.length).equals(FLV_REST)) return from + at;
    }
  }
  return null;
}
