/**
 * The segments of a JPEG file (ITU-T T.81, annex B): tables, frame header, application segments, and where the picture ends.
 * Refuses to guess: a marker that is not where it should be ends the walk with a problem.
 */
import { hex, latin1, startsWith, u8, u16be, u32be } from '../bytes/numbers.ts';
import type { ByteWindow, Span } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';
import { walkPhotoshop } from './photoshop.ts';

export interface QuantisationTable {
  readonly id: number;
  /** 64 steps in natural (row-major) order. */
  readonly steps: readonly number[];
  readonly at: Span;
}

export interface JpegDetail {
  /** Second bytes of the markers up to and including the first SOS, in hexadecimal. */
  readonly markers: readonly string[];
  readonly tables: readonly QuantisationTable[];
  /** `C0` baseline, `C2` progressive, …; null where no frame header was reached. */
  readonly frame: {
    readonly marker: string;
    readonly width: number;
    readonly height: number;
    readonly sampling: readonly string[];
    readonly at: Span;
  } | null;
  /** Digest-like key of the Huffman tables: `standard` for those of annex K, otherwise `custom`. */
  readonly huffman: 'standard' | 'custom' | null;
  readonly jfif: {
    readonly version: string;
    readonly units: number;
    readonly density: readonly [number, number];
  } | null;
  readonly adobeTransform: number | null;
  /** Bytes of ICC profile and its first 64 header bytes' creator fields, where present. */
  readonly iccBytes: number;
  readonly restartInterval: number;
  readonly scans: number;
}

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/\0';
const PHOTOSHOP = 'Photoshop 3.0\0';

/** Natural position of the n-th coefficient in zig-zag order (T.81 figure A.6). */
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];

/** First 17 bytes (class, id and code counts) of the four Huffman tables of T.81 annex K. */
const STANDARD_HUFFMAN = new Set([
  '0000010501010101010100000000000000',
  '100002010303020403050504040000017d',
  '0100030101010101010101010000000000',
  '1100020102040403040705040400010277',
]);

interface Draft {
  markers: string[];
  tables: QuantisationTable[];
  frame: JpegDetail['frame'];
  huffman: JpegDetail['huffman'];
  jfif: JpegDetail['jfif'];
  adobeTransform: number | null;
  iccBytes: number;
  restartInterval: number;
  scans: number;
}

interface Piece {
  readonly sequence: number;
  readonly data: Uint8Array;
  readonly at: Span;
}

/** Walks from `start` (the SOI marker). Fills `out`; throws WalkLimit only. */
export async function walkJpeg(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const draft: Draft = {
    markers: [],
    tables: [],
    frame: null,
    huffman: null,
    jfif: null,
    adobeTransform: null,
    iccBytes: 0,
    restartInterval: 0,
    scans: 0,
  };
  out.jpeg = draft;
  const jumbf = new Map<number, Piece[]>();
  const extended = new Map<string, { full: number; pieces: { offset: number; data: Uint8Array; at: Span }[] }>();
  out.part('SOI', 0, 2);
  let at = 2;
  let seenScan = false;
  for (;;) {
    const head = await w.bytes(at, 4);
    if (head.length < 2) {
      out.problem('truncated', { offset: at, length: 0 });
      break;
    }
    if (head[0] !== 0xff) {
      out.problem('structure', { offset: at, length: 1 });
      break;
    }
    const marker = u8(head, 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) {
      out.part('EOI', at, 2);
      out.end = at + 2;
      break;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      out.part(name(marker), at, 2);
      at += 2;
      continue;
    }
    const length = u16be(head, 2);
    if (head.length < 4 || length < 2) {
      out.problem(head.length < 4 ? 'truncated' : 'structure', { offset: at, length: head.length });
      break;
    }
    if (at + 2 + length > w.size) out.problem('truncated', { offset: at, length: w.size - at });
    if (!out.part(name(marker), at, 2 + length)) break;
    if (!seenScan) draft.markers.push(byteName(marker));
    const payload = await w.bytes(at + 4, length - 2);
    await segment(marker, payload, { offset: at + 4, length: payload.length }, draft, out, jumbf, extended);
    at += 2 + length;
    if (marker === 0xda) {
      seenScan = true;
      draft.scans++;
      const next = await endOfScan(w, at);
      if (next === null) {
        out.problem('truncated', { offset: w.size, length: 0 });
        break;
      }
      out.part('scan', at, next - at);
      at = next;
    }
  }
  joinJumbf(jumbf, out);
  joinExtendedXmp(extended, out);
}

async function segment(
  marker: number,
  data: Uint8Array,
  at: Span,
  draft: Draft,
  out: SurveyBuilder,
  jumbf: Map<number, Piece[]>,
  extended: Map<string, { full: number; pieces: { offset: number; data: Uint8Array; at: Span }[] }>,
): Promise<void> {
  if (marker === 0xdb) readTables(data, at, draft);
  else if (marker === 0xc4) readHuffman(data, draft);
  else if (marker === 0xdd) draft.restartInterval = u16be(data, 0);
  else if (isFrame(marker)) draft.frame ??= readFrame(marker, data, at);
  else if (marker === 0xfe) out.text('jpeg-comment', 'comment', latin1(data), at);
  else if (marker === 0xe0 && startsWith(data, 'JFIF\0'))
    draft.jfif ??= {
      version: `${u8(data, 5)}.${String(u8(data, 6)).padStart(2, '0')}`,
      units: u8(data, 7),
      density: [u16be(data, 8), u16be(data, 10)],
    };
  else if (marker === 0xee && startsWith(data, 'Adobe')) draft.adobeTransform ??= u8(data, 11);
  else if (marker === 0xe2 && startsWith(data, 'ICC_PROFILE\0')) draft.iccBytes += data.length - 14;
  else if (marker === 0xe1) application1(data, at, out, extended);
  else if (marker === 0xeb && startsWith(data, 'JP')) keepJumbf(data, at, jumbf);
  else if (marker === 0xed && startsWith(data, PHOTOSHOP))
    walkPhotoshop(data.subarray(PHOTOSHOP.length), at.offset + PHOTOSHOP.length, out);
  else if (marker >= 0xe0 && marker <= 0xef && startsWith(data, 'AIGC'))
    out.text('jpeg-segment', 'AIGC', latin1(data.subarray(4)), { offset: at.offset + 4, length: data.length - 4 });
}

function application1(
  data: Uint8Array,
  at: Span,
  out: SurveyBuilder,
  extended: Map<string, { full: number; pieces: { offset: number; data: Uint8Array; at: Span }[] }>,
): void {
  if (startsWith(data, 'Exif\0')) {
    out.exif.push({
      bytes: data.subarray(EXIF.length),
      at: within(at, EXIF.length),
      contiguous: true,
      carrier: 'APP1',
    });
  } else if (startsWith(data, XMP)) {
    out.xmp.push({ bytes: data.subarray(XMP.length), at: within(at, XMP.length), contiguous: true, carrier: 'APP1' });
  } else if (startsWith(data, EXTENDED_XMP)) {
    const from = EXTENDED_XMP.length;
    const guid = latin1(data, from, from + 32);
    const set = extended.get(guid) ?? { full: u32be(data, from + 32), pieces: [] };
    set.pieces.push({ offset: u32be(data, from + 36), data: data.subarray(from + 40), at: within(at, from + 40) });
    extended.set(guid, set);
  }
}

/** ISO 19566-5 annex D: `JP`, box instance, packet sequence; every packet after the first repeats the box header. */
function keepJumbf(data: Uint8Array, at: Span, jumbf: Map<number, Piece[]>): void {
  if (data.length < 16) return;
  const instance = u16be(data, 2);
  const pieces = jumbf.get(instance) ?? [];
  pieces.push({ sequence: u32be(data, 4), data: data.subarray(8), at: within(at, 8) });
  jumbf.set(instance, pieces);
}

function joinJumbf(jumbf: Map<number, Piece[]>, out: SurveyBuilder): void {
  for (const pieces of jumbf.values()) {
    const ordered = pieces.toSorted((a, b) => a.sequence - b.sequence);
    const first = ordered[0];
    if (!first || !startsWith(first.data, 'jumb', 4)) continue;
    if (ordered.some((p, i) => p.sequence !== first.sequence + i)) out.problem('jumbf-gap', first.at);
    const total = ordered.reduce((n, p) => n + p.data.length, 0);
    if (total > MAX_C2PA_BYTES) continue;
    const joined = Buffer.concat(ordered.map((p, i) => (i === 0 ? p.data : p.data.subarray(8))));
    const last = ordered.at(-1) ?? first;
    const end = last.at.offset + last.at.length;
    out.c2pa.push({
      bytes: joined,
      at: { offset: first.at.offset, length: Math.max(0, end - first.at.offset) },
      contiguous: ordered.length === 1,
      carrier: 'APP11',
    });
  }
}

function joinExtendedXmp(
  extended: Map<string, { full: number; pieces: { offset: number; data: Uint8Array; at: Span }[] }>,
  out: SurveyBuilder,
): void {
  for (const { full, pieces } of extended.values()) {
    const ordered = pieces.toSorted((a, b) => a.offset - b.offset);
    const held = ordered.reduce((n, p) => n + p.data.length, 0);
    const first = ordered[0];
    if (!first) continue;
    if (held !== full) out.problem('xmp-extended-incomplete', first.at);
    if (held > MAX_TEXT_BYTES) {
      out.problem('limit-xmp', first.at);
      continue;
    }
    out.xmp.push({
      bytes: Buffer.concat(ordered.map((p) => p.data)),
      at: first.at,
      contiguous: false,
      carrier: 'APP1 extended',
    });
  }
}

function readTables(data: Uint8Array, at: Span, draft: Draft): void {
  let i = 0;
  while (i < data.length && draft.tables.length < 64) {
    const wide = u8(data, i) >> 4;
    const bytes = 64 * (wide ? 2 : 1);
    if (i + 1 + bytes > data.length) return;
    const steps = new Array<number>(64).fill(0);
    for (let k = 0; k < 64; k++) steps[ZIGZAG[k] as number] = wide ? u16be(data, i + 1 + 2 * k) : u8(data, i + 1 + k);
    draft.tables.push({ id: u8(data, i) & 15, steps, at: { offset: at.offset + i, length: 1 + bytes } });
    i += 1 + bytes;
  }
}

function readHuffman(data: Uint8Array, draft: Draft): void {
  let i = 0;
  while (i + 17 <= data.length) {
    let codes = 0;
    for (let k = 1; k <= 16; k++) codes += u8(data, i + k);
    const standard = STANDARD_HUFFMAN.has(hex(data.subarray(i, i + 17)));
    draft.huffman = standard && draft.huffman !== 'custom' ? 'standard' : 'custom';
    i += 17 + codes;
  }
}

function readFrame(marker: number, data: Uint8Array, at: Span): JpegDetail['frame'] {
  const count = Math.min(u8(data, 5), 4);
  const sampling: string[] = [];
  for (let c = 0; c < count; c++) {
    const factors = u8(data, 7 + 3 * c);
    sampling.push(`${factors >> 4}x${factors & 15}`);
  }
  return { marker: byteName(marker), width: u16be(data, 3), height: u16be(data, 1), sampling, at };
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Offset of the next marker after entropy-coded data (FF00 and RSTn belong to it), or null at the end of the file. */
async function endOfScan(w: ByteWindow, from: number): Promise<number | null> {
  let at = from;
  while (at < w.size) {
    const piece = await w.bytes(at, 1 << 20);
    const b = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let i = b.indexOf(0xff);
    while (i >= 0 && i + 1 < b.length) {
      const next = b[i + 1] as number;
      if (next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at + i;
      i = b.indexOf(0xff, i + (next === 0xff ? 1 : 2));
    }
    at += i >= 0 && i + 1 >= b.length && b.length > 1 ? b.length - 1 : b.length;
    if (b.length <= 1) return null;
  }
  return null;
}

function within(at: Span, skip: number): Span {
  return { offset: at.offset + skip, length: Math.max(0, at.length - skip) };
}

function byteName(marker: number): string {
  return marker.toString(16).toUpperCase().padStart(2, '0');
}

function name(marker: number): string {
  if (marker >= 0xe0 && marker <= 0xef) return `APP${marker - 0xe0}`;
  if (marker >= 0xd0 && marker <= 0xd7) return `RST${marker - 0xd0}`;
  if (isFrame(marker)) return `SOF${marker - 0xc0}`;
  return NAMES.get(marker) ?? byteName(marker);
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [0xc4, 'DHT'],
  [0xd8, 'SOI'],
  [0xda, 'SOS'],
  [0xdb, 'DQT'],
  [0xdd, 'DRI'],
  [0xfe, 'COM'],
]);
