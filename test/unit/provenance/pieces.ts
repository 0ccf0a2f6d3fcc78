/** Builders of container bytes, from the specifications, so that each test plants exactly the structure it speaks of. */
import { crc32, deflateSync } from 'node:zlib';
import { memorySource } from '../../../main/provenance/bytes/window.ts';
import { surveyFile } from '../../../main/provenance/containers/index.ts';
import type { Survey } from '../../../main/provenance/survey.ts';

export function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

export function be16(value: number): Buffer {
  const b = Buffer.alloc(2);
  b.writeUInt16BE(value);
  return b;
}

export function be32(value: number): Buffer {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(value);
  return b;
}

export function le16(value: number): Buffer {
  const b = Buffer.alloc(2);
  b.writeUInt16LE(value);
  return b;
}

export function le32(value: number): Buffer {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(value);
  return b;
}

export function jpegSegment(marker: number, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), be16(payload.length + 2), payload]);
}

/** A grey 8 x 8 JPEG with the given segments behind SOI. */
export function jpegFile(...segments: readonly Uint8Array[]): Buffer {
  const dqt = jpegSegment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]));
  const sof = jpegSegment(0xc0, Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0]));
  const dc = jpegSegment(0xc4, Buffer.concat([Buffer.from([0x00, 1]), Buffer.alloc(15), Buffer.from([0])]));
  const ac = jpegSegment(0xc4, Buffer.concat([Buffer.from([0x10, 1]), Buffer.alloc(15), Buffer.from([0])]));
  const sos = jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    dqt,
    sof,
    dc,
    ac,
    sos,
    Buffer.from([0x3f, 0xff, 0xd9]),
  ]);
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([ascii(type), data]);
  return Buffer.concat([be32(data.length), body, be32(crc32(body))]);
}

/** A PNG of `rgba` pixels (one grey pixel where left out) with chunks before and after the picture. */
export function pngFile(
  before: readonly Uint8Array[] = [],
  after: readonly Uint8Array[] = [],
  picture?: { width: number; height: number; rgba: Uint8Array },
): Buffer {
  const { width, height, rgba } = picture ?? { width: 1, height: 1, rgba: new Uint8Array([9, 9, 9, 255]) };
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y++)
    Buffer.from(rgba).copy(rows, y * (1 + width * 4) + 1, y * width * 4, (y + 1) * width * 4);
  const header = Buffer.concat([be32(width), be32(height), Buffer.from([8, 6, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    ...before,
    pngChunk('IDAT', deflateSync(rows)),
    ...after,
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

export function pngText(key: string, value: string): Buffer {
  return pngChunk('tEXt', Buffer.concat([ascii(`${key}\0`), Buffer.from(value, 'utf8')]));
}

export function pngXmp(packet: string): Buffer {
  return pngChunk('iTXt', Buffer.concat([ascii('XML:com.adobe.xmp\0\0\0\0\0'), Buffer.from(packet, 'utf8')]));
}

export function riffChunk(id: string, data: Uint8Array): Buffer {
  return Buffer.concat([ascii(id), le32(data.length), data, Buffer.alloc(data.length & 1)]);
}

export function riffFile(form: string, ...chunks: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([ascii(form), ...chunks]);
  return Buffer.concat([ascii('RIFF'), le32(body.length), body]);
}

/** A WebP container; its picture data is a placeholder chunk that no walker decodes. */
export function webpFile(...chunks: readonly Uint8Array[]): Buffer {
  return riffFile('WEBP', riffChunk('VP8X', Buffer.alloc(10)), riffChunk('VP8 ', Buffer.alloc(10)), ...chunks);
}

export function wavFile(...chunks: readonly Uint8Array[]): Buffer {
  const format = Buffer.concat([le16(1), le16(1), le32(8000), le32(16000), le16(2), le16(16)]);
  return riffFile('WAVE', riffChunk('fmt ', format), riffChunk('data', Buffer.alloc(1600)), ...chunks);
}

export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([be32(8 + body.length), ascii(type), body]);
}

export const FTYP = box('ftyp', ascii('isom'), be32(512), ascii('isomiso2'));

/** `keys` and `ilst` under `moov/udta/meta`, as ffmpeg writes them with `use_metadata_tags`. */
export function mp4Keys(entries: readonly (readonly [string, string])[]): Buffer {
  const keys = box('keys', be32(0), be32(entries.length), ...entries.map(([k]) => box('mdta', Buffer.from(k, 'utf8'))));
  const items = entries.map(([, v], i) => {
    const data = box('data', be32(1), be32(0), Buffer.from(v, 'utf8'));
    return Buffer.concat([be32(8 + data.length), be32(i + 1), data]);
  });
  const handler = box('hdlr', be32(0), be32(0), ascii('mdta'), Buffer.alloc(13));
  return box('udta', box('meta', be32(0), handler, keys, box('ilst', ...items)));
}

export function mp4File(...inMovie: readonly Uint8Array[]): Buffer {
  return Buffer.concat([FTYP, box('moov', box('mvhd', Buffer.alloc(100)), ...inMovie), box('mdat', Buffer.alloc(64))]);
}

/** A little-endian TIFF structure with ASCII and UNDEFINED entries in IFD0 and the Exif directory. */
export function exifBlock(
  ifd0: readonly (readonly [number, string])[],
  exif: readonly (readonly [number, string | Uint8Array])[] = [],
): Buffer {
  const pool: Buffer[] = [];
  const poolAt = 8 + 2 + 12 * (ifd0.length + 1) + 4 + 2 + 12 * exif.length + 4;
  let used = 0;
  const entry = (tag: number, type: number, data: Buffer) => {
    const inline = data.length <= 4;
    const value = inline ? Buffer.concat([data, Buffer.alloc(4 - data.length)]) : le32(poolAt + used);
    if (!inline) {
      pool.push(data);
      used += data.length;
    }
    return Buffer.concat([le16(tag), le16(type), le32(data.length), value]);
  };
  const text = (value: string) => Buffer.concat([Buffer.from(value, 'utf8'), Buffer.from([0])]);
  const first = ifd0.map(([tag, value]) => entry(tag, 2, text(value)));
  const exifAt = 8 + 2 + 12 * (ifd0.length + 1) + 4;
  const second = exif.map(([tag, value]) =>
    typeof value === 'string' ? entry(tag, 2, text(value)) : entry(tag, 7, Buffer.from(value)),
  );
  return Buffer.concat([
    ascii('II*\0'),
    le32(8),
    le16(ifd0.length + 1),
    ...first,
    Buffer.concat([le16(0x8769), le16(4), le32(1), le32(exifAt)]),
    le32(0),
    le16(exif.length),
    ...second,
    le32(0),
    ...pool,
  ]);
}

export function exifSegment(block: Uint8Array): Buffer {
  return jpegSegment(0xe1, Buffer.concat([ascii('Exif\0\0'), block]));
}

export function xmpSegment(packet: string): Buffer {
  return jpegSegment(0xe1, Buffer.concat([ascii('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(packet, 'utf8')]));
}

/** An XMP packet whose description carries the given attributes and elements. */
export function xmpPacket(attributes: string, elements = ''): string {
  return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${attributes}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

export function id3File(...frames: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(frames);
  const size = Buffer.from([
    (body.length >> 21) & 127,
    (body.length >> 14) & 127,
    (body.length >> 7) & 127,
    body.length & 127,
  ]);
  const audio = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);
  return Buffer.concat([ascii('ID3'), Buffer.from([4, 0, 0]), size, body, audio, audio]);
}

export function id3Frame(id: string, data: Uint8Array): Buffer {
  const n = data.length;
  return Buffer.concat([
    ascii(id),
    Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127, 0, 0]),
    data,
  ]);
}

export function txxx(key: string, value: string): Buffer {
  return id3Frame('TXXX', Buffer.concat([Buffer.from([3]), Buffer.from(`${key}\0${value}`, 'utf8')]));
}

export function vorbisComments(...entries: readonly (readonly [string, string])[]): Buffer {
  const vendor = ascii('test');
  const list = entries.map(([k, v]) => Buffer.from(`${k}=${v}`, 'utf8'));
  return Buffer.concat([le32(vendor.length), vendor, le32(list.length), ...list.flatMap((e) => [le32(e.length), e])]);
}

export function flacFile(comments: Uint8Array): Buffer {
  const length = Buffer.from([(comments.length >> 16) & 255, (comments.length >> 8) & 255, comments.length & 255]);
  return Buffer.concat([
    ascii('fLaC'),
    Buffer.from([0, 0, 0, 34]),
    Buffer.alloc(34),
    Buffer.from([0x84]),
    length,
    comments,
    Buffer.from([0xff, 0xf8]),
  ]);
}

/** An FLV with the texts in its first script tag, beside a number, a nested list and a frame behind it. */
export function flvFile(...texts: readonly (readonly [string, string])[]): Buffer {
  const be16 = (n: number) => Buffer.from([n >> 8, n & 255]);
  const named = (text: string) => Buffer.concat([be16(Buffer.byteLength(text)), Buffer.from(text)]);
  const string = (text: string) => Buffer.concat([Buffer.from([2]), named(text)]);
  const end = Buffer.from([0, 0, 9]);
  const data = Buffer.concat([
    string('onMetaData'),
    Buffer.from([8]),
    be32(texts.length + 2),
    ...[named('duration'), Buffer.alloc(9)],
    ...[named('cuePoints'), Buffer.from([0x0a]), be32(1), Buffer.from([3]), named('name'), string('cue'), end],
    ...texts.flatMap(([key, value]) => [named(key), string(value)]),
    end,
  ]);
  const tag = (type: number, body: Uint8Array) =>
    Buffer.concat([
      ...[Buffer.from([type]), be32(body.length).subarray(1), Buffer.alloc(7)],
      ...[body, be32(11 + body.length)],
    ]);
  return Buffer.concat([
    ascii('FLV\x01\x05'),
    be32(9),
    be32(0),
    tag(18, data),
    tag(9, Buffer.alloc(20)),
    tag(8, Buffer.alloc(9)),
  ]);
}

/** One Ogg page a packet. */
export function oggFile(comments: Uint8Array): Buffer {
  const page = (flags: number, sequence: number, packet: Uint8Array) => {
    const lacing: number[] = [];
    for (let left = packet.length; ; left -= 255) {
      lacing.push(Math.min(255, left));
      if (left < 255) break;
    }
    return Buffer.concat([
      ascii('OggS'),
      Buffer.from([0, flags]),
      Buffer.alloc(8),
      le32(7),
      le32(sequence),
      le32(0),
      Buffer.from([lacing.length]),
      Buffer.from(lacing),
      packet,
    ]);
  };
  return Buffer.concat([
    page(2, 0, Buffer.concat([ascii('\x01vorbis'), Buffer.alloc(23)])),
    page(0, 1, Buffer.concat([ascii('\x03vorbis'), comments, Buffer.from([1])])),
    page(4, 2, Buffer.alloc(40)),
  ]);
}

function ebml(id: readonly number[], ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = Buffer.from([
    0x10 | ((body.length >> 24) & 15),
    (body.length >> 16) & 255,
    (body.length >> 8) & 255,
    body.length & 255,
  ]);
  return Buffer.concat([Buffer.from(id), size, body]);
}

export function webmFile(...tags: readonly (readonly [string, string])[]): Buffer {
  const simple = tags.map(([k, v]) =>
    ebml([0x67, 0xc8], ebml([0x45, 0xa3], ascii(k)), ebml([0x44, 0x87], Buffer.from(v, 'utf8'))),
  );
  const info = ebml([0x15, 0x49, 0xa9, 0x66], ebml([0x4d, 0x80], ascii('Lavf59')), ebml([0x57, 0x41], ascii('writer')));
  const cluster = ebml([0x1f, 0x43, 0xb6, 0x75], Buffer.alloc(30));
  return Buffer.concat([
    ebml([0x1a, 0x45, 0xdf, 0xa3], ebml([0x42, 0x82], ascii('webm'))),
    ebml([0x18, 0x53, 0x80, 0x67], info, cluster, ebml([0x12, 0x54, 0xc3, 0x67], ebml([0x73, 0x73], ...simple))),
  ]);
}

export function gifFile(...extensions: readonly Uint8Array[]): Buffer {
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([
    ascii('GIF89a'),
    le16(1),
    le16(1),
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    ...extensions,
    image,
    Buffer.from([0x3b]),
  ]);
}

export function gifXmp(packet: string): Buffer {
  const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, i) => 255 - i), 0]);
  return Buffer.concat([Buffer.from([0x21, 0xff, 11]), ascii('XMP DataXMP'), Buffer.from(packet, 'utf8'), trailer]);
}

/** One `Exif` and one XMP item described by `iinf` and `iloc`, as HEIF and AVIF carry them. */
export function heifFile(brand: string, packet: string): Buffer {
  const xmp = Buffer.from(packet, 'utf8');
  const ftyp = box('ftyp', ascii(brand), be32(0), ascii(`mif1${brand}`));
  const infe = box('infe', Buffer.from([2, 0, 0, 0]), be16(1), be16(0), ascii('mime\0application/rdf+xml\0'));
  const iinf = box('iinf', be32(0), be16(1), infe);
  const meta = (offset: number) =>
    box(
      'meta',
      be32(0),
      box('hdlr', be32(0), be32(0), ascii('pict'), Buffer.alloc(13)),
      iinf,
      box(
        'iloc',
        be32(0),
        Buffer.from([0x44, 0x00]),
        be16(1),
        be16(1),
        be16(0),
        be16(1),
        be32(offset),
        be32(xmp.length),
      ),
    );
  const offset = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(offset), box('mdat', xmp)]);
}

export function pdfFile(info: string, ...objects: readonly string[]): Buffer {
  const body = objects.map((o, i) => `${i + 2} 0 obj\n${o}\nendobj\n`).join('');
  return ascii(`%PDF-1.7\n1 0 obj\n${info}\nendobj\n${body}trailer\n<< /Size 3 /Info 1 0 R >>\nstartxref\n0\n%%EOF\n`);
}

export function survey(bytes: Uint8Array): Promise<Survey> {
  return surveyFile(memorySource(bytes));
}
