/**
 * The boxes of an ISO base media file (ISO/IEC 14496-12; QuickTime; HEIF): order and brands, handlers, encoder tags, key-value
 * metadata, XMP, EXIF items and C2PA, by their places. Sample tables are read only as far as the key-frame rhythm needs.
 */
import { cString, hex, latin1, startsWith, text, u8, u16be, u32be, u64be } from '../bytes/numbers.ts';
import type { ByteWindow, Span } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

export interface BmffTrack {
  readonly handler: string | null;
  /** Names of the track's handlers in file order: media handler, and the data handler where QuickTime writes one. */
  readonly handlerNames: readonly string[];
  readonly compressorName: string | null;
  readonly codec: string | null;
  readonly language: string | null;
  /** Seconds since 1904-01-01 UTC as written; 0 where the writer left it empty. */
  readonly created: number;
  readonly modified: number;
  readonly width: number;
  readonly height: number;
  readonly editList: readonly { readonly duration: number; readonly mediaTime: number }[];
  /** Sync samples counted and the distances between them in samples (at most 4,096 read); null without a table. */
  readonly syncDistances: readonly number[] | null;
  readonly samples: number;
  readonly at: Span;
}

export interface BmffDetail {
  readonly majorBrand: string | null;
  readonly minorVersion: number | null;
  readonly compatibleBrands: readonly string[];
  readonly brandsAt: Span | null;
  readonly created: number;
  readonly modified: number;
  readonly tracks: readonly BmffTrack[];
  /** Displayed size of the primary item of a HEIF file. */
  readonly imageSize: { readonly width: number; readonly height: number } | null;
  readonly fragmented: boolean;
}

const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
const MAX_DEPTH = 32;
const MAX_BOXES = 16_384;
const MAX_TRACKS = 64;
const MAX_ITEMS = 4096;
const MAX_SYNC = 4096;
const PURE = new Set([
  'moov',
  'trak',
  'mdia',
  'minf',
  'stbl',
  'edts',
  'udta',
  'mvex',
  'dinf',
  'moof',
  'traf',
  'iprp',
  'ipco',
  'gmhd',
  'tapt',
]);

interface TrackDraft {
  handler: string | null;
  handlerNames: string[];
  compressorName: string | null;
  codec: string | null;
  language: string | null;
  created: number;
  modified: number;
  width: number;
  height: number;
  editList: { duration: number; mediaTime: number }[];
  syncDistances: number[] | null;
  samples: number;
  firstChunk: number | null;
  firstSampleBytes: number;
  at: Span;
}

interface Draft {
  majorBrand: string | null;
  minorVersion: number | null;
  compatibleBrands: string[];
  brandsAt: Span | null;
  created: number;
  modified: number;
  tracks: TrackDraft[];
  imageSize: { width: number; height: number } | null;
  fragmented: boolean;
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

interface State {
  readonly w: ByteWindow;
  readonly out: SurveyBuilder;
  readonly draft: Draft;
  boxes: number;
  track: TrackDraft | null;
  /** Whether a box at the top was said to be longer than the file: what is missing inside it is missing with it. */
  cut: boolean;
}

export async function walkBmff(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const draft: Draft = {
    majorBrand: null,
    minorVersion: null,
    compatibleBrands: [],
    brandsAt: null,
    created: 0,
    modified: 0,
    tracks: [],
    imageSize: null,
    fragmented: false,
  };
  out.bmff = draft;
  const state: State = { w, out, draft, boxes: 0, track: null, cut: false };
  await children(state, 0, w.size, 0, []);
  for (const track of draft.tracks) if (track.handler === 'vide') await codecMessage(state, track);
}

/** Walks the boxes of [from, to). At the top the survey's parts are recorded and the end of the structure is found. */
async function children(s: State, from: number, to: number, depth: number, path: readonly string[]): Promise<void> {
  if (depth > MAX_DEPTH) return s.out.problem('limit-depth', { offset: from, length: to - from });
  let at = from;
  while (at + 8 <= to) {
    if (++s.boxes > MAX_BOXES) return s.out.problem('limit-parts', { offset: at, length: 0 });
    const head = await s.w.bytes(at, 32);
    const size32 = u32be(head, 0);
    if (depth > 0 && size32 === 0 && u32be(head, 4) === 0) return; // four zero bytes end a QuickTime udta list
    const type = latin1(head, 4, 8);
    const size = size32 === 1 ? u64be(head, 8) : size32 === 0 ? to - at : size32;
    const body = at + (size32 === 1 ? 16 : 8);
    const valid = size >= body - at;
    const end = Math.min(to, valid ? at + size : to);
    if (depth === 0) {
      if (!plausible(type) && at > 0 && s.out.parts.length > 0 && !valid) {
        s.out.end = at;
        return;
      }
      topPart(s, type, head, body - at, at, end - at);
    }
    if (!valid) return s.out.problem('structure', { offset: at, length: 8 });
    if (at + size > to) {
      s.cut ||= depth === 0 && plausible(type);
      s.out.problem(s.cut ? 'truncated' : 'structure', { offset: at, length: to - at });
    }
    await visit(s, { type, start: at, body, end }, depth, path);
    if (at + size > to) return;
    at += size;
    if (depth === 0) s.out.end = at;
  }
  if (depth === 0 && at < to && to - at < 8) s.out.end = at;
}

function plausible(type: string): boolean {
  return /^[\x20-\x7e\xa9]{4}$/.test(type);
}

function topPart(s: State, type: string, head: Uint8Array, skip: number, at: number, length: number): void {
  const name = type === 'uuid' ? uuidName(hex(head.subarray(skip, skip + 16))) : type;
  s.out.part(name, at, length, false);
  if (type === 'moof') s.draft.fragmented = true;
}

function uuidName(uuid: string): string {
  if (uuid === C2PA_UUID) return 'uuid:c2pa';
  if (uuid === XMP_UUID) return 'uuid:xmp';
  return `uuid:${uuid}`;
}

async function visit(s: State, box: Box, depth: number, path: readonly string[]): Promise<void> {
  const { type } = box;
  const inner = [...path, type];
  if (type === 'trak') {
    if (s.draft.tracks.length >= MAX_TRACKS) return s.out.problem('limit-tracks', span(box));
    const track = emptyTrack(span(box));
    s.draft.tracks.push(track);
    s.track = track;
    await children(s, box.body, box.end, depth + 1, inner);
    s.track = null;
    return;
  }
  if (type === 'meta') return meta(s, box, depth, inner);
  if (PURE.has(type)) return children(s, box.body, box.end, depth + 1, inner);
  const reader = READERS.get(type);
  if (reader) return reader(s, box);
  if (type === 'uuid') return uuidBox(s, box);
  if (type === 'jumb' && depth === 0) return jumbfBox(s, box);
  if (type === 'AIGC' || (path.at(-1) === 'udta' && (type.startsWith('\xa9') || TEXT_ATOMS.has(type))))
    return userText(s, box);
}

const TEXT_ATOMS = new Set([
  'AIGC',
  'name',
  'auth',
  'titl',
  'dscp',
  'cprt',
  'manu',
  'modl',
  'SDLN',
  'smrd',
  'CDES',
  'FIRM',
  'CAME',
  'LENS',
]);

function span(box: Box): Span {
  return { offset: box.start, length: box.end - box.start };
}

function bodySpan(box: Box): Span {
  return { offset: box.body, length: Math.max(0, box.end - box.body) };
}

function emptyTrack(at: Span): TrackDraft {
  return {
    handler: null,
    handlerNames: [],
    compressorName: null,
    codec: null,
    language: null,
    created: 0,
    modified: 0,
    width: 0,
    height: 0,
    editList: [],
    syncDistances: null,
    samples: 0,
    firstChunk: null,
    firstSampleBytes: 0,
    at,
  };
}

type Reader = (s: State, box: Box) => Promise<void>;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['ftyp', fileType],
  ['mvhd', movieHeader],
  ['tkhd', trackHeader],
  ['mdhd', mediaHeader],
  ['hdlr', handler],
  ['stsd', sampleDescription],
  ['elst', editList],
  ['stss', syncSamples],
  ['stsz', sampleSizes],
  ['stco', chunkOffsets],
  ['co64', chunkOffsets],
  ['ispe', imageExtent],
]);

async function body(s: State, box: Box, most: number): Promise<Uint8Array> {
  return s.w.bytes(box.body, Math.min(most, box.end - box.body));
}

async function fileType(s: State, box: Box): Promise<void> {
  if (s.draft.majorBrand !== null) return;
  const b = await body(s, box, 4096);
  s.draft.majorBrand = latin1(b, 0, 4);
  s.draft.minorVersion = u32be(b, 4);
  s.draft.brandsAt = bodySpan(box);
  for (let i = 8; i + 4 <= b.length && s.draft.compatibleBrands.length < 64; i += 4)
    s.draft.compatibleBrands.push(latin1(b, i, i + 4));
}

function times(b: Uint8Array): [number, number] {
  return u8(b, 0) === 1 ? [u64be(b, 4), u64be(b, 12)] : [u32be(b, 4), u32be(b, 8)];
}

async function movieHeader(s: State, box: Box): Promise<void> {
  [s.draft.created, s.draft.modified] = times(await body(s, box, 32));
}

async function trackHeader(s: State, box: Box): Promise<void> {
  if (!s.track) return;
  const b = await body(s, box, 96);
  const size = u8(b, 0) === 1 ? 88 : 76;
  s.track.width = u32be(b, size) / 65536;
  s.track.height = u32be(b, size + 4) / 65536;
}

async function mediaHeader(s: State, box: Box): Promise<void> {
  if (!s.track) return;
  const b = await body(s, box, 40);
  [s.track.created, s.track.modified] = times(b);
  const packed = u16be(b, u8(b, 0) === 1 ? 32 : 20);
  if (packed < 0x8000 && packed > 0x400)
    s.track.language = [10, 5, 0].map((shift) => String.fromCharCode(0x60 + ((packed >> shift) & 31))).join('');
}

/** QuickTime writes a Pascal string, ISO a C string; a data handler of `minf` does not name the track. */
async function handler(s: State, box: Box): Promise<void> {
  if (!s.track) return;
  const b = await body(s, box, 512);
  const component = latin1(b, 4, 8);
  const type = latin1(b, 8, 12);
  const raw = b.subarray(24);
  const pascal = raw.length > 0 && raw[0] === raw.length - 1 && raw[0] !== 0;
  const name = cString(text(pascal ? raw.subarray(1) : raw));
  if (component !== 'dhlr') s.track.handler ??= type;
  if (name && s.track.handlerNames.length < 8) s.track.handlerNames.push(name);
}

async function sampleDescription(s: State, box: Box): Promise<void> {
  if (!s.track || s.track.codec !== null) return;
  const b = await body(s, box, 128);
  s.track.codec = latin1(b, 12, 16);
  if (s.track.handler === 'vide') {
    const length = Math.min(u8(b, 58), 31);
    s.track.compressorName = cString(text(b.subarray(59, 59 + length))) || null;
  }
}

async function editList(s: State, box: Box): Promise<void> {
  if (!s.track) return;
  const b = await body(s, box, 8 + 20 * 16);
  const wide = u8(b, 0) === 1;
  const step = wide ? 20 : 12;
  const count = Math.min(u32be(b, 4), 16, Math.floor((b.length - 8) / step));
  for (let i = 0; i < count; i++) {
    const at = 8 + i * step;
    s.track.editList.push({
      duration: wide ? u64be(b, at) : u32be(b, at),
      mediaTime: wide ? u64be(b, at + 8) : u32be(b, at + 4) | 0,
    });
  }
}

async function syncSamples(s: State, box: Box): Promise<void> {
  if (!s.track) return;
  const b = await body(s, box, 8 + 4 * MAX_SYNC);
  const count = Math.min(u32be(b, 4), MAX_SYNC, Math.floor((b.length - 8) / 4));
  const distances: number[] = [];
  for (let i = 1; i < count; i++) distances.push(u32be(b, 8 + 4 * i) - u32be(b, 4 + 4 * i));
  s.track.syncDistances = distances;
}

async function sampleSizes(s: State, box: Box): Promise<void> {
  if (!s.track) return;
  const b = await body(s, box, 16);
  s.track.samples = u32be(b, 8);
  s.track.firstSampleBytes = u32be(b, 4) || u32be(b, 12);
}

async function chunkOffsets(s: State, box: Box): Promise<void> {
  if (!s.track) return;
  const b = await body(s, box, 16);
  if (u32be(b, 4) > 0 && b.length >= 12) s.track.firstChunk = box.type === 'co64' ? u64be(b, 8) : u32be(b, 8);
}

async function imageExtent(s: State, box: Box): Promise<void> {
  const b = await body(s, box, 12);
  const [width, height] = [u32be(b, 4), u32be(b, 8)];
  const old = s.draft.imageSize;
  if (!old || width * height > old.width * old.height) s.draft.imageSize = { width, height };
}

async function uuidBox(s: State, box: Box): Promise<void> {
  const uuid = hex(await s.w.bytes(box.body, 16));
  const at = { offset: box.body + 16, length: Math.max(0, box.end - box.body - 16) };
  if (uuid === XMP_UUID && at.length <= MAX_TEXT_BYTES)
    s.out.xmp.push({ bytes: await s.w.bytes(at.offset, at.length), at, contiguous: true, carrier: 'uuid' });
  else if (uuid === C2PA_UUID) {
    const b = await s.w.bytes(at.offset, Math.min(at.length, 64));
    const purpose = cString(latin1(b, 4));
    if (purpose !== 'manifest' && purpose !== 'original' && purpose !== 'update') return;
    const skip = 4 + purpose.length + 1 + 8;
    const place = { offset: at.offset + skip, length: Math.max(0, at.length - skip) };
    if (place.length > MAX_C2PA_BYTES) s.out.problem('limit-c2pa', place);
    else
      s.out.c2pa.push({
        bytes: await s.w.bytes(place.offset, place.length),
        at: place,
        contiguous: true,
        carrier: 'uuid',
      });
  }
}

/** JPEG XL keeps its manifest store in a box at the top (ISO/IEC 18181-2). */
async function jumbfBox(s: State, box: Box): Promise<void> {
  const place = span(box);
  if (place.length > MAX_C2PA_BYTES) s.out.problem('limit-c2pa', place);
  else {
    const bytes = await s.w.bytes(place.offset, place.length);
    s.out.c2pa.push({ bytes, at: place, contiguous: true, carrier: 'jumb' });
  }
}

/** QuickTime user data: 16-bit length, language, text; ISO 3GPP: version, flags, language, text. */
async function userText(s: State, box: Box): Promise<void> {
  const length = box.end - box.body;
  if (length <= 0 || length > MAX_TEXT_BYTES) return;
  const b = await s.w.bytes(box.body, length);
  let from = 0;
  if (box.type.startsWith('\xa9') && u16be(b, 0) > 0 && u16be(b, 0) + 4 <= b.length) from = 4;
  else if (u32be(b, 0) === 0 && b.length > 6) from = 6;
  const end = from === 4 ? 4 + u16be(b, 0) : b.length;
  const value = cString(text(b.subarray(from, end)));
  const place = box.type === 'AIGC' ? 'mp4-box' : 'mp4-udta';
  const at = { offset: box.body + from, length: end - from };
  if (value) s.out.text(place, box.type, box.type === 'AIGC' ? text(b).replace(/^[\0\s]+|\0+$/g, '') : value, at);
}

/** `meta`: key-value lists of QuickTime (`keys`), of iTunes (`mdir`), or the items of a HEIF file. */
async function meta(s: State, box: Box, depth: number, path: readonly string[]): Promise<void> {
  if (depth >= MAX_DEPTH) return s.out.problem('limit-depth', span(box));
  const peek = await s.w.bytes(box.body, 8);
  const from =
    box.body + (startsWith(peek, 'hdlr', 4) || startsWith(peek, 'keys', 4) || startsWith(peek, 'ilst', 4) ? 0 : 4);
  const found = new Map<string, Box>();
  let at = from;
  while (at + 8 <= box.end) {
    if (++s.boxes > MAX_BOXES) return s.out.problem('limit-parts', { offset: at, length: 0 });
    const head = await s.w.bytes(at, 16);
    const size32 = u32be(head, 0);
    const size = size32 === 1 ? u64be(head, 8) : size32 === 0 ? box.end - at : size32;
    const type = latin1(head, 4, 8);
    const start = at + (size32 === 1 ? 16 : 8);
    if (size < start - at || at + size > box.end) {
      s.out.problem(size < start - at ? 'structure' : 'truncated', { offset: at, length: 8 });
      break;
    }
    const child = { type, start: at, body: start, end: at + size };
    if (!found.has(type)) found.set(type, child);
    if (type === 'iprp' || type === 'uuid') await visit(s, child, depth + 1, path);
    at += size;
  }
  const keys = found.get('keys');
  const list = found.get('ilst');
  if (list) await itemList(s, list, keys ? await keyNames(s, keys) : []);
  const info = found.get('iinf');
  const location = found.get('iloc');
  if (info && location) await heifItems(s, info, location, found.get('idat'));
}

async function keyNames(s: State, box: Box): Promise<string[]> {
  const b = await body(s, box, 1 << 20);
  const names: string[] = [];
  let at = 8;
  const count = Math.min(u32be(b, 4), MAX_ITEMS);
  while (names.length < count && at + 8 <= b.length) {
    const size = u32be(b, at);
    if (size < 8 || at + size > b.length) break;
    names.push(text(b.subarray(at + 8, at + size)));
    at += size;
  }
  return names;
}

async function itemList(s: State, list: Box, names: readonly string[]): Promise<void> {
  let at = list.body;
  for (let n = 0; at + 8 <= list.end && n < MAX_ITEMS; n++) {
    const head = await s.w.bytes(at, 8);
    const size = u32be(head, 0);
    if (size < 8 || at + size > list.end) return;
    const index = u32be(head, 4);
    const type = latin1(head, 4, 8);
    const key = index >= 1 && index <= names.length ? names[index - 1]! : type;
    await item(s, key, index >= 1 && index <= names.length, at + 8, at + size);
    at += size;
  }
}

async function item(s: State, key: string, named: boolean, from: number, to: number): Promise<void> {
  let name: string | null = null;
  let at = from;
  for (let n = 0; at + 8 <= to && n < 16; n++) {
    const head = await s.w.bytes(at, 16);
    const size = u32be(head, 0);
    const type = latin1(head, 4, 8);
    if (size < 8 || at + size > to) return;
    if (type === 'name') name = text(await s.w.bytes(at + 12, Math.min(size - 12, 256)));
    if (type === 'data') {
      const kind = u32be(head, 8) & 0xffffff;
      const length = size - 16;
      const place = { offset: at + 16, length: Math.max(0, length) };
      // 1 UTF-8, 2 UTF-16, 0 reserved but used for text by several writers; 13, 14 pictures and 21 numbers are no text.
      if (length > 0 && length <= MAX_TEXT_BYTES && (kind === 1 || kind === 2 || (kind === 0 && !named))) {
        const b = await s.w.bytes(at + 16, length);
        const value = kind === 2 ? Buffer.from(b).swap16().toString('utf16le') : text(b);
        s.out.text(named ? 'mp4-keys' : key === '----' ? 'mp4-freeform' : 'mp4-item', name ?? key, value, place);
      }
    }
    at += size;
  }
}

interface ItemPlace {
  readonly construction: number;
  readonly base: number;
  readonly extents: readonly Span[];
}

/** Exif and XMP items (ISO/IEC 23008-12 annex A) by `iinf` and `iloc`. */
async function heifItems(s: State, info: Box, location: Box, idat: Box | undefined): Promise<void> {
  const wanted = await wantedItems(s, info);
  if (wanted.size === 0) return;
  const places = await itemPlaces(s, location, wanted);
  for (const [id, kind] of wanted) {
    const place = places.get(id);
    const extent = place?.extents[0];
    if (!place || !extent) continue;
    const offset = place.base + extent.offset + (place.construction === 1 ? (idat?.body ?? 0) : 0);
    if (place.construction > 1 || extent.length > MAX_TEXT_BYTES || offset + extent.length > s.w.size) {
      s.out.problem('item-beyond-file', { offset, length: extent.length });
      continue;
    }
    const bytes = await s.w.bytes(offset, extent.length);
    if (kind === 'Exif') {
      const skip = 4 + u32be(bytes, 0);
      if (skip < bytes.length)
        s.out.exif.push({
          bytes: bytes.subarray(skip),
          at: { offset: offset + skip, length: bytes.length - skip },
          contiguous: true,
          carrier: 'item Exif',
        });
    } else s.out.xmp.push({ bytes, at: { offset, length: bytes.length }, contiguous: true, carrier: 'item mime' });
  }
}

async function wantedItems(s: State, info: Box): Promise<Map<number, 'Exif' | 'mime'>> {
  const wanted = new Map<number, 'Exif' | 'mime'>();
  const b = await body(s, info, 1 << 20);
  let at = u8(b, 0) === 0 ? 6 : 8;
  for (let n = 0; at + 8 <= b.length && n < MAX_ITEMS; n++) {
    const size = u32be(b, at);
    if (size < 16 || at + size > b.length) break;
    const version = u8(b, at + 8);
    const wide = version >= 3 ? 4 : 2;
    const id = wide === 4 ? u32be(b, at + 12) : u16be(b, at + 12);
    const type = latin1(b, at + 12 + wide + 2, at + 12 + wide + 6);
    if (version >= 2 && type === 'Exif') wanted.set(id, 'Exif');
    if (version >= 2 && type === 'mime' && latin1(b, at + 12 + wide + 6, at + size).includes('application/rdf+xml'))
      wanted.set(id, 'mime');
    at += size;
  }
  return wanted;
}

async function itemPlaces(
  s: State,
  location: Box,
  wanted: ReadonlyMap<number, unknown>,
): Promise<Map<number, ItemPlace>> {
  const places = new Map<number, ItemPlace>();
  const b = await body(s, location, 1 << 20);
  const version = u8(b, 0);
  const [offsetSize, lengthSize] = [u8(b, 4) >> 4, u8(b, 4) & 15];
  const [baseSize, indexSize] = [u8(b, 5) >> 4, version > 0 ? u8(b, 5) & 15 : 0];
  const number = (at: number, size: number) =>
    size === 8 ? u64be(b, at) : size === 4 ? u32be(b, at) : size === 2 ? u16be(b, at) : 0;
  const count = version < 2 ? u16be(b, 6) : u32be(b, 6);
  let at = version < 2 ? 8 : 10;
  for (let n = 0; n < Math.min(count, MAX_ITEMS) && at < b.length; n++) {
    const id = version < 2 ? u16be(b, at) : u32be(b, at);
    at += version < 2 ? 2 : 4;
    const construction = version > 0 ? u16be(b, at) & 15 : 0;
    if (version > 0) at += 2;
    const base = number(at + 2, baseSize);
    at += 2 + baseSize;
    const extentCount = u16be(b, at);
    at += 2;
    const extents: Span[] = [];
    for (let e = 0; e < extentCount && at + offsetSize + lengthSize <= b.length; e++) {
      at += indexSize;
      if (extents.length < 4)
        extents.push({ offset: number(at, offsetSize), length: number(at + offsetSize, lengthSize) });
      at += offsetSize + lengthSize;
      if (offsetSize + lengthSize + indexSize === 0) break;
    }
    if (wanted.has(id)) places.set(id, { construction, base, extents });
  }
  return places;
}

/** The settings that x264 and x265 write into the first picture as user data (SEI, H.264 annex D.1.7). */
async function codecMessage(s: State, track: TrackDraft): Promise<void> {
  if (track.firstChunk === null || track.firstChunk >= s.w.size) return;
  const b = await s.w.bytes(track.firstChunk, Math.min(8192, Math.max(64, track.firstSampleBytes)));
  const buffer = Buffer.from(b.buffer, b.byteOffset, b.byteLength);
  for (const uuid of SEI_UUIDS) {
    const at = buffer.indexOf(uuid);
    if (at < 0) continue;
    const value = cString(text(b.subarray(at + 16, at + 16 + 200)));
    s.out.text('h264-sei', 'encoder', value.split(' - options')[0]!.slice(0, 120), {
      offset: track.firstChunk + at + 16,
      length: value.length,
    });
    return;
  }
}

const SEI_UUIDS = [
  Buffer.from('dc45e9bde6d948b7962cd820d923eeef', 'hex'),
  Buffer.from('2ca2de09b51747dbbb55a4fe7fc2fc4e', 'hex'),
];
