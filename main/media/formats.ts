/**
 * The formats the house knows, each an object that recognises itself by the first bytes of a file.
 * A name or extension is never asked. The order matters only where one signature contains another.
 */
import type { MediaKind } from '../contract/media.ts';

/** Who decodes the format. `none`: recognised, so that it can be named, but not decoded here. */
export type Decoder = 'sharp' | 'bmp' | 'heic' | 'sequence' | 'wav' | 'silk' | 'ffmpeg' | 'none';

export interface Format {
  readonly mediaType: string;
  readonly kind: MediaKind;
  readonly decoder: Decoder;
  /** Demuxer that ffmpeg is told to use, so that it never guesses; null where ffmpeg has no part. */
  readonly demuxer: string | null;
  /** Whether the first bytes (up to `HEAD_BYTES`) are of this format. */
  matches(head: Uint8Array): boolean;
}

/** Bytes that the table sees: the `ftyp` brands, EBML DocType and Ogg codec header all lie in the first kilobytes. */
export const HEAD_BYTES = 4096;

/** Latin-1 text of a range of bytes; short where the bytes end. */
export function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

const starts = (head: Uint8Array, ...bytes: number[]) => bytes.every((b, at) => head[at] === b);
const startsText = (head: Uint8Array, text: string, at = 0) => ascii(head, at, text.length) === text;
const riff = (form: string) => (head: Uint8Array) =>
  ['RIFF', 'RF64', 'BW64'].includes(ascii(head, 0, 4)) && startsText(head, form, 8);

/** Major and compatible brands of an ISO base media file (ISO/IEC 14496-12, 4.3), or none. */
export function brands(head: Uint8Array): string[] {
  if (!startsText(head, 'ftyp', 4)) return [];
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const found = [ascii(head, 8, 4)];
  for (let at = 16; at + 4 <= Math.min(size, head.length); at += 4) found.push(ascii(head, at, 4));
  return found;
}

const branded =
  (...wanted: string[]) =>
  (head: Uint8Array) =>
    brands(head).some((b) => wanted.includes(b));
const majorBrand = (pattern: RegExp) => (head: Uint8Array) => pattern.test(brands(head)[0] ?? '');

/** A still or sequence by its picture brands; `mif1` alone does not say which codec. */
const avifBrand = branded('avif', 'avis');
const heicBrand = branded('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx');
const pictureBrand = branded('mif1', 'msf1', 'avif', 'avis', 'heic', 'heix');

const OGG_CODEC_WINDOW = 512;
const oggHolds =
  (...marks: string[]) =>
  (head: Uint8Array) =>
    startsText(head, 'OggS') && marks.some((m) => ascii(head, 0, OGG_CODEC_WINDOW).includes(m));

/** kbit/s by index for MPEG-1 layer II, MPEG-1 layer III and MPEG-2/2.5 layers II and III (ISO/IEC 11172-3 table 2.4.2.3, 13818-3). */
const BIT_RATES = {
  v1l2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** Length in bytes of the layer II or III frame that starts at `at` (11172-3, 2.4.1.3), or 0 where none does. */
function mpegAudioFrameLength(head: Uint8Array, at: number): number {
  const [b0, b1, b2] = [head[at] ?? 0, head[at + 1] ?? 0, head[at + 2] ?? 0];
  const version = (b1 >> 3) & 3;
  const layer = 4 - ((b1 >> 1) & 3);
  if (b0 !== 0xff || (b1 & 0xe0) !== 0xe0 || version === 1 || layer === 4 || layer === 1) return 0;
  const rates = version === 3 ? (layer === 2 ? BIT_RATES.v1l2 : BIT_RATES.v1l3) : BIT_RATES.v2;
  const bitRate = rates[b2 >> 4] ?? 0;
  const base = [44100, 48000, 32000][(b2 >> 2) & 3];
  if (bitRate === 0 || base === undefined) return 0;
  const sampleRate = version === 3 ? base : version === 2 ? base / 2 : base / 4;
  const samplesPerByte = layer === 3 && version !== 3 ? 72 : 144;
  return Math.floor((samplesPerByte * bitRate * 1000) / sampleRate) + ((b2 >> 1) & 1);
}

/** Two frames in a row: eleven set bits alone also begin UTF-16 text. */
function isMpegAudio(head: Uint8Array): boolean {
  const length = mpegAudioFrameLength(head, 0);
  return length > 0 && mpegAudioFrameLength(head, length) > 0;
}

/** ADTS header (ISO/IEC 14496-3, 1.A.2): sync word, layer 00, legal sampling index. */
export function isAdts(head: Uint8Array, at = 0): boolean {
  return head[at] === 0xff && ((head[at + 1] ?? 0) & 0xf6) === 0xf0 && (((head[at + 2] ?? 0) >> 2) & 15) < 13;
}

/** Length of an ID3v2 tag at the start (synchsafe size, id3.org 2.4 section 3.1), 0 without one. */
export function id3Length(head: Uint8Array): number {
  if (!startsText(head, 'ID3') || head.length < 10) return 0;
  return 10 + ((head[6]! & 127) << 21) + ((head[7]! & 127) << 14) + ((head[8]! & 127) << 7) + (head[9]! & 127);
}

const TS_PACKET = 188;
/** Camcorders and discs put four bytes of time before each packet (Blu-ray, AVCHD). */
const TIMED_TS_PACKET = TS_PACKET + 4;
const packetsOf = (head: Uint8Array, bytes: number, from: number) =>
  head.length > 3 * bytes + from && [0, 1, 2, 3].every((n) => head[from + n * bytes] === 0x47);
const isTransportStream = (head: Uint8Array) =>
  packetsOf(head, TS_PACKET, 0) || packetsOf(head, TIMED_TS_PACKET, TIMED_TS_PACKET - TS_PACKET);

const BMP_HEADERS = [12, 40, 52, 56, 64, 108, 124];

const QUICKTIME_FIRST_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

const image = (mediaType: string, decoder: Decoder, matches: Format['matches'], demuxer: string | null = null) =>
  ({ mediaType, kind: 'image', decoder, demuxer, matches }) satisfies Format;
const video = (mediaType: string, demuxer: string, matches: Format['matches']) =>
  ({ mediaType, kind: 'video', decoder: 'ffmpeg', demuxer, matches }) satisfies Format;
const audio = (mediaType: string, demuxer: string, matches: Format['matches'], decoder: Decoder = 'ffmpeg') =>
  ({ mediaType, kind: 'audio', decoder, demuxer, matches }) satisfies Format;
const other = (mediaType: string, matches: Format['matches']) =>
  ({ mediaType, kind: 'other', decoder: 'none', demuxer: null, matches }) satisfies Format;

export const SILK_MARK = '#!SILK_V3';

export const FORMATS: readonly Format[] = [
  image('image/jpeg', 'sharp', (h) => starts(h, 0xff, 0xd8, 0xff)),
  image('image/png', 'sharp', (h) => starts(h, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)),
  image('image/webp', 'sharp', riff('WEBP')),
  image('image/gif', 'sharp', (h) => startsText(h, 'GIF87a') || startsText(h, 'GIF89a')),
  image('image/tiff', 'sharp', (h) => [42, 43].some((v) => starts(h, 0x49, 0x49, v, 0) || starts(h, 0x4d, 0x4d, 0, v))),
  image('image/bmp', 'bmp', (h) => startsText(h, 'BM') && BMP_HEADERS.includes(h[14] ?? 0) && h[15] === 0),
  image('image/avif', 'sequence', majorBrand(/^avis$/), 'mov'),
  image('image/avif', 'sharp', (h) => pictureBrand(h) && avifBrand(h)),
  image('image/heic', 'heic', (h) => pictureBrand(h) && heicBrand(h)),
  image('image/heif', 'heic', (h) => majorBrand(/^(mif1|msf1)$/)(h)),
  other('image/x-canon-cr3', majorBrand(/^crx /)),
  other('image/jp2', (h) => starts(h, 0, 0, 0, 12, 0x6a, 0x50)),
  other('image/jxl', (h) => starts(h, 0xff, 0x0a) || (startsText(h, 'JXL ', 4) && starts(h, 0, 0, 0, 12))),
  other('image/vnd.adobe.photoshop', (h) => startsText(h, '8BPS')),
  audio('audio/mp4', 'mov', majorBrand(/^M4[AB] /)),
  video('video/3gpp', 'mov', majorBrand(/^3g[p2]/)),
  video('video/quicktime', 'mov', majorBrand(/^qt {2}/)),
  video('video/mp4', 'mov', (h) => brands(h).length > 0),
  video('video/quicktime', 'mov', (h) => QUICKTIME_FIRST_BOXES.includes(ascii(h, 4, 4))),
  video('video/webm', 'matroska', (h) => starts(h, 0x1a, 0x45, 0xdf, 0xa3) && ascii(h, 0, 128).includes('webm')),
  video('video/x-matroska', 'matroska', (h) => starts(h, 0x1a, 0x45, 0xdf, 0xa3)),
  video('video/x-msvideo', 'avi', riff('AVI ')),
  video('video/x-flv', 'flv', (h) => startsText(h, 'FLV\x01')),
  video('video/x-ms-asf', 'asf', (h) => starts(h, 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)),
  video('video/mp2t', 'mpegts', isTransportStream),
  video('video/mpeg', 'mpeg', (h) => starts(h, 0, 0, 1, 0xba)),
  audio('audio/wav', 'wav', riff('WAVE'), 'wav'),
  audio('audio/flac', 'flac', (h) => startsText(h, 'fLaC')),
  video('video/ogg', 'ogg', oggHolds('\x80theora')),
  audio('audio/ogg', 'ogg', oggHolds('OpusHead', '\x01vorbis', '\x7fFLAC', 'Speex   ')),
  audio('audio/amr-wb', 'amr', (h) => startsText(h, '#!AMR-WB\n')),
  audio('audio/amr', 'amr', (h) => startsText(h, '#!AMR\n')),
  audio('audio/silk', 'silk', (h) => startsText(h, SILK_MARK) || startsText(h, `\x02${SILK_MARK}`), 'silk'),
  audio('audio/aiff', 'aiff', (h) => startsText(h, 'FORM') && /^AIF[FC]$/.test(ascii(h, 8, 4))),
  audio('audio/x-caf', 'caf', (h) => startsText(h, 'caff')),
  audio('audio/aac', 'aac', (h) => isAdts(h, id3Length(h))),
  audio('audio/mpeg', 'mp3', (h) => startsText(h, 'ID3') || isMpegAudio(h)),
  other('application/pdf', (h) => ascii(h, 0, 1024).includes('%PDF-')),
  other('application/zip', (h) => starts(h, 0x50, 0x4b, 3, 4) || starts(h, 0x50, 0x4b, 5, 6)),
  other('application/vnd.rar', (h) => startsText(h, 'Rar!\x1a\x07')),
  other('application/x-7z-compressed', (h) => starts(h, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)),
  other('application/gzip', (h) => starts(h, 0x1f, 0x8b)),
  other('application/vnd.sqlite3', (h) => startsText(h, 'SQLite format 3\0')),
  other('application/x-executable', (h) => startsText(h, '\x7fELF') || startsText(h, 'MZ')),
  other('image/svg+xml', (h) => /^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/.test(text(h))),
  other('text/html', (h) => /^\s*(<!doctype html|<html)/i.test(text(h))),
];

/** A PNG whose `acTL` chunk says that it moves; told from a still PNG by `sniff`. */
export const APNG: Format = image('image/apng', 'sharp', () => false, 'apng');

/** The format of a media type in the table. */
export function formatOf(mediaType: string): Format {
  const found = FORMATS.find((f) => f.mediaType === mediaType);
  if (!found) throw new RangeError(`no such format: ${mediaType}`);
  return found;
}

/** Start of the file as text without byte-order mark and comments; enough for the signatures of text formats. */
function text(head: Uint8Array): string {
  return ascii(head, 0, 2048)
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/<!--.*?-->/gs, '');
}

/**
 * Files that only point elsewhere: opening one would read other files or the network. HLS and M3U (RFC 8216), ffmpeg's
 * concat script, PLS, MPEG-DASH, Smooth Streaming, SDP (RFC 8866), SMIL, ASX, Windows `[InternetShortcut]` and RTSP redirects.
 */
const REFERENCES: readonly RegExp[] = [
  /^\s*#EXTM3U/,
  /^\s*ffconcat version/,
  /^\s*file\s+['"\\/\w]/,
  /^\s*\[playlist\]/i,
  /^\s*\[(InternetShortcut|Reference)\]/i,
  /^\s*(<\?xml[^>]*>\s*)?<(MPD|SmoothStreamingMedia|smil|asx|playlist)[\s>]/i,
  /^v=0\r?\n(o|s)=/,
  /^\s*(https?|rtsp|rtmp|mms):\/\//i,
  /^RTSPtext/,
];

/** Whether the content is a playlist or another pointer to media elsewhere. */
export function isReference(head: Uint8Array): boolean {
  const start = text(head);
  return REFERENCES.some((pattern) => pattern.test(start));
}

/** Content types that an extension can stand for; the first is what the name claims. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  '.jpg': ['image/jpeg'],
  '.jpeg': ['image/jpeg'],
  '.jpe': ['image/jpeg'],
  '.jfif': ['image/jpeg'],
  '.png': ['image/png', 'image/apng'],
  '.apng': ['image/apng', 'image/png'],
  '.webp': ['image/webp'],
  '.avif': ['image/avif'],
  '.heic': ['image/heic', 'image/heif'],
  '.heif': ['image/heif', 'image/heic'],
  '.gif': ['image/gif'],
  '.tif': ['image/tiff'],
  '.tiff': ['image/tiff'],
  '.bmp': ['image/bmp'],
  '.mp4': ['video/mp4', 'audio/mp4'],
  '.m4v': ['video/mp4'],
  '.mov': ['video/quicktime', 'audio/quicktime'],
  '.m4a': ['audio/mp4'],
  '.3gp': ['video/3gpp', 'audio/3gpp'],
  '.3g2': ['video/3gpp', 'audio/3gpp'],
  '.mkv': ['video/x-matroska'],
  '.mka': ['audio/x-matroska'],
  '.webm': ['video/webm', 'audio/webm'],
  '.avi': ['video/x-msvideo'],
  '.flv': ['video/x-flv'],
  '.wmv': ['video/x-ms-asf'],
  '.wma': ['audio/x-ms-asf'],
  '.ts': ['video/mp2t'],
  '.mts': ['video/mp2t'],
  '.m2ts': ['video/mp2t'],
  '.mpg': ['video/mpeg'],
  '.mpeg': ['video/mpeg'],
  '.wav': ['audio/wav'],
  '.mp3': ['audio/mpeg'],
  '.aac': ['audio/aac'],
  '.flac': ['audio/flac'],
  '.ogg': ['audio/ogg', 'video/ogg'],
  '.opus': ['audio/ogg'],
  '.oga': ['audio/ogg'],
  '.ogv': ['video/ogg'],
  '.amr': ['audio/amr', 'audio/amr-wb'],
  '.awb': ['audio/amr-wb'],
  '.silk': ['audio/silk'],
  '.slk': ['audio/silk'],
  '.aif': ['audio/aiff'],
  '.aiff': ['audio/aiff'],
  '.caf': ['audio/x-caf'],
  '.pdf': ['application/pdf'],
  '.svg': ['image/svg+xml'],
};

/** Media type of content that nothing here recognises. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** The type that an extension (with its dot, any case) claims where the content disagrees; null where they agree or it claims nothing. */
export function claimedType(extension: string, mediaType: string): string | null {
  const types = EXTENSIONS[extension.toLowerCase()];
  return !types || types.includes(mediaType) ? null : types[0]!;
}
