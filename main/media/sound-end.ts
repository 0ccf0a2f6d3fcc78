/**
 * Whether a recording ends where its own frames say it ends, for formats without a container: MP3, AAC (ADTS), FLAC, AMR and SILK.
 * Frame lengths and counts alone are read; nothing is decoded.
 */
import type { RangedSource } from '../contract/media.ts';
import type { Completeness } from './completeness.ts';
import { id3Length } from './formats.ts';

/** `unknown` where the file neither states its length nor shows a run of frames. */
export async function soundCompleteness(source: RangedSource, mediaType: string): Promise<Completeness> {
  if (mediaType === 'audio/mpeg') return await byInfoFrame(source);
  if (mediaType === 'audio/aac') return await byLastFrames(source);
  if (mediaType === 'audio/flac') return await bySampleCount(source);
  if (mediaType === 'audio/amr') return await walk(source, '#!AMR\n'.length, (b, at) => NARROW_BYTES[mode(b, at)]!);
  if (mediaType === 'audio/amr-wb') return await walk(source, '#!AMR-WB\n'.length, (b, at) => WIDE_BYTES[mode(b, at)]!);
  if (mediaType === 'audio/silk') return await walkSilk(source);
  return 'unknown';
}

/** Bytes of the head in which the first frame of an MP3 holds its `Xing` or `Info` table: side information is at most 32 bytes long. */
const INFO_WINDOW = 64;
const HAS_FRAMES = 1;
const HAS_BYTES = 2;

/** The count of bytes that encoders write into the first frame (Xing's VBR header); it counts from that frame on. */
async function byInfoFrame(source: RangedSource): Promise<Completeness> {
  const start = id3Length(await source.read(0, 16));
  const frame = Buffer.from(await source.read(start, INFO_WINDOW));
  const at = Math.max(frame.indexOf('Xing', 0, 'latin1'), frame.indexOf('Info', 0, 'latin1'));
  if (at < 0 || at + 16 > frame.length) return 'unknown';
  const flags = frame.readUInt32BE(at + 4);
  if ((flags & HAS_BYTES) === 0) return 'unknown';
  const bytes = frame.readUInt32BE(at + 8 + (flags & HAS_FRAMES ? 4 : 0));
  return start + bytes > source.size ? 'truncated' : 'complete';
}

/** An ADTS frame is at most 8,191 bytes long (ISO/IEC 14496-3, 1.A.3.2.2: 13 bits): several stand in this many last bytes. */
const ADTS_WINDOW = 65_536;
/** Headers in a row that make a chance match impossible in practice. */
const RUN = 3;

async function byLastFrames(source: RangedSource): Promise<Completeness> {
  const from = Math.max(0, source.size - ADTS_WINDOW);
  const tail = Buffer.from(await source.read(from, source.size - from));
  for (let start = 0; start + 7 <= tail.length; start++) {
    let at = start;
    let frames = 0;
    for (let length = adtsLength(tail, at); length > 0 && at < tail.length; length = adtsLength(tail, at)) {
      at += length;
      frames += 1;
    }
    if (frames < RUN) continue;
    if (at > tail.length || (at < tail.length && tail.length - at < 7)) return 'truncated';
    if (at === tail.length) return 'complete';
    return 'unknown';
  }
  return 'unknown';
}

/** Length of the frame whose header stands there, or 0. */
function adtsLength(bytes: Buffer, at: number): number {
  if (at + 7 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return 0;
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  return length >= 7 ? length : 0;
}

/** Two of FLAC's largest usual frames (8 channels of 24 bits, 4,608 samples) fit. */
const FLAC_WINDOW = 262_144;

/** The samples up to the last frame that begins in the file, against the sum in STREAMINFO (RFC 9639, 8.2). A cut inside that frame is not seen. */
async function bySampleCount(source: RangedSource): Promise<Completeness> {
  const head = Buffer.from(await source.read(0, 26));
  if (head.length < 26 || head.toString('latin1', 0, 4) !== 'fLaC') return 'unknown';
  const samples = (head[21]! & 0x0f) * 2 ** 32 + head.readUInt32BE(22);
  const blockSize = head.readUInt16BE(8);
  if (samples === 0 || blockSize !== head.readUInt16BE(10)) return 'unknown';
  const from = Math.max(0, source.size - FLAC_WINDOW);
  const tail = Buffer.from(await source.read(from, source.size - from));
  for (let at = tail.length - 6; at >= 0; at--) {
    const number = fixedFrameNumber(tail, at);
    if (number !== null) return (number + 1) * blockSize < samples ? 'truncated' : 'complete';
  }
  return 'unknown';
}

/** Running number of the fixed-size frame whose header stands there (RFC 9639, 9.1), or null; the header's CRC-8 must agree. */
function fixedFrameNumber(bytes: Buffer, at: number): number | null {
  if (bytes[at] !== 0xff || bytes[at + 1] !== 0xf8) return null;
  const first = bytes[at + 4]!;
  const more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1;
  if (more < 0 || more > 5) return null;
  let number = more === 0 ? first : first & (0x3f >> more);
  for (let n = 1; n <= more; n++) number = number * 64 + (bytes[at + 4 + n]! & 0x3f);
  const size = bytes[at + 2]! >> 4;
  const rate = bytes[at + 2]! & 15;
  const end = at + 5 + more + (size === 6 ? 1 : size === 7 ? 2 : 0) + (rate === 12 ? 1 : rate >= 13 ? 2 : 0);
  return end < bytes.length && crc8(bytes.subarray(at, end)) === bytes[end] ? number : null;
}

/** Polynomial x^8 + x^2 + x + 1 from zero (RFC 9639, 9.1.8). */
function crc8(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

/** Bytes of a stored frame by its type, the type's own byte included (RFC 4867, 5.3 with the sizes of TS 26.101 and TS 26.201). */
const NARROW_BYTES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1];
const WIDE_BYTES = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1];

function mode(bytes: Buffer, at: number): number {
  return (bytes[at]! >> 3) & 15;
}

/** Recordings beyond this are not walked: 5 hours of AMR at its highest rate. Bytes. */
const WALK_BYTES = 33_554_432;

/** Frames one behind the other; `frameBytes` gives the length of the one at a place. */
async function walk(
  source: RangedSource,
  start: number,
  frameBytes: (bytes: Buffer, at: number) => number,
): Promise<Completeness> {
  if (source.size > WALK_BYTES) return 'unknown';
  const bytes = Buffer.from(await source.read(0, source.size));
  let at = start;
  while (at < bytes.length) at += frameBytes(bytes, at);
  return at === bytes.length ? 'complete' : 'truncated';
}

const SILK_MARK = '#!SILK_V3';
const SILK_END = 0xffff;

/** Two bytes of length before each frame; FFFF ends a recording of Skype's, Tencent's just stop. */
async function walkSilk(source: RangedSource): Promise<Completeness> {
  const head = Buffer.from(await source.read(0, 16));
  const start = head.indexOf(SILK_MARK, 0, 'latin1') + SILK_MARK.length;
  return await walk(source, start, (bytes, at) => {
    if (at + 2 > bytes.length) return 2;
    const length = bytes.readUInt16LE(at);
    return length === SILK_END ? bytes.length - at : 2 + length;
  });
}
