/**
 * Which picture and which film are the two halves of an Apple live photo: both carry the same identifier, the picture in Apple's maker note
 * (tag 0x0011), the film as the metadata key `com.apple.quicktime.content.identifier` (QuickTime File Format, "Metadata"). Names are not asked.
 */
import type { RangedSource } from '../contract/media.ts';
import { boxHead } from './boxes.ts';
import { sniff } from './sniff.ts';

export interface LivePhotoHalf {
  readonly kind: 'image' | 'video';
  /** Shared by both halves: a UUID in upper case. */
  readonly identifier: string;
  /** Place of its text in the file, in bytes. */
  readonly offset: number;
  readonly length: number;
}

/** What the file says of the live photo it belongs to, or null. Nothing is decoded; never throws on content. */
export async function livePhotoHalf(source: RangedSource): Promise<LivePhotoHalf | null> {
  const mediaType = await sniff(source).then(
    (sniffed) => sniffed.mediaType,
    () => '',
  );
  const image = /^image\/(jpeg|heic|heif)$/.test(mediaType);
  if (!image && !/^video\/(quicktime|mp4)$/.test(mediaType)) return null;
  const found = image ? await fromMakerNote(source) : await fromMetadataKeys(source);
  return found && { kind: image ? 'image' : 'video', ...found };
}

type Identifier = Omit<LivePhotoHalf, 'kind'>;

const MAKER_NOTE = Buffer.from('Apple iOS\0', 'latin1');
const MAKER_NOTE_IFD = 14;
const CONTENT_IDENTIFIER_TAG = 0x0011;
/** In a JPEG the maker note lies in the first 64 kB; in a HEIC behind the item index, within the first megabyte. */
const MAKER_NOTE_WINDOW = 1_048_576;
/** Bytes of a maker note: Apple's are about 2 kB. */
const MAKER_NOTE_BYTES = 16_384;

/** Big-endian IFD whose offsets count from the note's start. */
async function fromMakerNote(source: RangedSource): Promise<Identifier | null> {
  const head = Buffer.from(await source.read(0, MAKER_NOTE_WINDOW));
  const at = head.indexOf(MAKER_NOTE);
  if (at < 0) return null;
  const note = head.subarray(at, at + MAKER_NOTE_BYTES);
  const entries = note.length < MAKER_NOTE_IFD + 2 ? 0 : note.readUInt16BE(MAKER_NOTE_IFD);
  for (let n = 0; n < entries; n++) {
    const entry = MAKER_NOTE_IFD + 2 + n * 12;
    if (entry + 12 > note.length) return null;
    if (note.readUInt16BE(entry) === CONTENT_IDENTIFIER_TAG)
      return identifierAt(note, note.readUInt32BE(entry + 8), at);
  }
  return null;
}

const KEY = Buffer.from('com.apple.quicktime.content.identifier', 'latin1');
/** Bytes of `moov` that are searched: an hour's index is about 5 MB. */
const MOOV_BYTES = 16_777_216;
const BOX_LIMIT = 256;

/** `keys` lists names, `ilst` holds one `data` box for each by number; only the one number is followed. */
async function fromMetadataKeys(source: RangedSource): Promise<Identifier | null> {
  const box = await topLevelBox(source, 'moov');
  if (!box) return null;
  const { bytes: moov, offset } = box;
  const name = moov.indexOf(KEY);
  const keys = moov.lastIndexOf('keys', name, 'latin1');
  if (name < 0 || keys < 0) return null;
  let number = 1;
  for (let at = keys + 12; at + 8 < name; at += Math.max(8, moov.readUInt32BE(at))) number += 1;
  const list = moov.indexOf('ilst', keys, 'latin1');
  if (list < 0) return null;
  for (let at = list + 4, n = 0; n < BOX_LIMIT && at + 8 <= moov.length; n++) {
    const size = moov.readUInt32BE(at);
    if (moov.readUInt32BE(at + 4) === number) return identifierAt(moov, at + 24, offset);
    at += Math.max(8, size);
  }
  return null;
}

async function topLevelBox(source: RangedSource, type: string): Promise<{ bytes: Buffer; offset: number } | null> {
  for (let n = 0, at = 0; n < BOX_LIMIT; n++) {
    const box = await boxHead(source, at);
    if (!box) return null;
    const size = box.toEnd ? source.size - at : box.size;
    if (box.type === type) return { bytes: Buffer.from(await source.read(at, Math.min(size, MOOV_BYTES))), offset: at };
    if (size < 8) return null;
    at += size;
  }
  return null;
}

const UUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/i;
const UUID_CHARACTERS = 36;

/** The identifier is a UUID in text, `at` a place in `bytes`, which begin at `offset` of the file. */
function identifierAt(bytes: Buffer, at: number, offset: number): Identifier | null {
  const text = UUID.exec(bytes.toString('latin1', at, at + UUID_CHARACTERS))?.[0];
  return text === undefined ? null : { identifier: text.toUpperCase(), offset: offset + at, length: UUID_CHARACTERS };
}
