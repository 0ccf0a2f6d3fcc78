/** EXIF, XMP and IPTC of a survey, parsed once and shared by the analyzers, each value with its place in the file. */
import type { Place } from '../contract/fact.ts';
import { text, u8, u16be } from './bytes/numbers.ts';
import { type Directory, entryOf, readTiff, type TiffEntry, type TiffRead, textOf } from './bytes/tiff.ts';
import { ByteWindow, memorySource, type Span, WalkLimit } from './bytes/window.ts';
import { readXmp, valuesOf, type XmpRead } from './bytes/xmp.ts';
import type { Block, Survey } from './survey.ts';

export interface ExifRead {
  readonly block: Block;
  readonly read: TiffRead;
}

export interface XmpPacket {
  readonly block: Block;
  readonly read: XmpRead;
}

export interface IptcEntry {
  /** Record and data set as `2:110`. */
  readonly key: string;
  readonly value: string;
  readonly at: Span;
}

export interface Metadata {
  readonly exif: readonly ExifRead[];
  readonly xmp: readonly XmpPacket[];
  readonly iptc: readonly IptcEntry[];
  /** Codes of what could not be read. */
  readonly problems: readonly string[];
}

/** A value with its place. */
export interface Located<T> {
  readonly value: T;
  readonly at: Span;
}

const MAX_BLOCKS = 16;
const MAX_IPTC = 256;
const cache = new WeakMap<Survey, Promise<Metadata>>();

export function metadataOf(survey: Survey): Promise<Metadata> {
  const known = cache.get(survey);
  if (known) return known;
  const made = read(survey);
  cache.set(survey, made);
  return made;
}

async function read(survey: Survey): Promise<Metadata> {
  const problems: string[] = [];
  const exif: ExifRead[] = [];
  for (const block of survey.exif.slice(0, MAX_BLOCKS)) {
    const parsed = await parseExif(block, problems);
    if (parsed) exif.push(parsed);
  }
  const xmp = survey.xmp.slice(0, MAX_BLOCKS).map((block) => ({ block, read: readXmp(block.bytes) }));
  for (const packet of xmp) if (packet.read.problem) problems.push(packet.read.problem);
  return { exif, xmp, iptc: survey.iptc.flatMap(readIptc), problems };
}

async function parseExif(block: Block, problems: string[]): Promise<ExifRead | null> {
  try {
    const parsed = await readTiff(new ByteWindow(memorySource(block.bytes)));
    if (!parsed) problems.push('exif-malformed');
    else problems.push(...parsed.problems.map((p) => `exif-${p}`));
    return parsed ? { block, read: parsed } : null;
  } catch (thrown) {
    if (!(thrown instanceof WalkLimit)) throw thrown;
    problems.push(`exif-${thrown.code}`);
    return null;
  }
}

/** IIM data sets (IPTC-NAA IIM 4.2, 1.6): 0x1C, record, data set, 16-bit length. */
function readIptc(block: Block): IptcEntry[] {
  const entries: IptcEntry[] = [];
  const b = block.bytes;
  let at = 0;
  while (at + 5 <= b.length && u8(b, at) === 0x1c && entries.length < MAX_IPTC) {
    const length = u16be(b, at + 3);
    if (length & 0x8000 || at + 5 + length > b.length) break;
    const span = placeIn(block, { offset: at + 5, length });
    entries.push({
      key: `${u8(b, at + 1)}:${u8(b, at + 2)}`,
      value: text(b.subarray(at + 5, at + 5 + length)),
      at: span,
    });
    at += 5 + length;
  }
  return entries;
}

/** Place in the file of a span inside a block; the whole block where its bytes were inflated or joined. */
export function placeIn(block: Block, inner: Span): Span {
  return block.contiguous ? { offset: block.at.offset + inner.offset, length: inner.length } : block.at;
}

export function place(at: Span): Place {
  return { offset: at.offset, length: at.length };
}

/** First text of an EXIF tag over all blocks. */
export function exifText(
  metadata: Metadata,
  tag: number,
  ...directories: readonly Directory[]
): Located<string> | null {
  for (const { block, read: tiff } of metadata.exif) {
    const entry = entryOf(tiff, tag, ...directories);
    const value = textOf(entry);
    if (entry && value !== null) return { value: value.trim(), at: placeIn(block, entry.at) };
  }
  return null;
}

/** First entry of an EXIF tag over all blocks. */
export function exifEntry(
  metadata: Metadata,
  tag: number,
  ...directories: readonly Directory[]
): (Located<TiffEntry> & { readonly block: Block }) | null {
  for (const { block, read: tiff } of metadata.exif) {
    const entry = entryOf(tiff, tag, ...directories);
    if (entry) return { value: entry, at: placeIn(block, entry.at), block };
  }
  return null;
}

/** All values of an XMP property, in file order. */
export function xmpValues(metadata: Metadata, namespace: string, name: string): Located<string>[] {
  return metadata.xmp.flatMap(({ block, read: packet }) =>
    valuesOf(packet, namespace, name).map((value) => ({ value, at: block.at })),
  );
}
