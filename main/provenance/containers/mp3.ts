/** MP3: ID3v2 (2.2 to 2.4), the LAME header of the first frame, APE and ID3v1 tags at the end. */

import { inflate } from '../bytes/inflate.ts';
import {
  cString,
  latin1,
  startsWith,
  synchsafe,
  text,
  u8,
  u16be,
  u24be,
  u32be,
  u32le,
  utf16,
  utf16be,
} from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

const MAX_FRAMES = 1024;
const C2PA_MIME = new Set(['application/c2pa', 'application/x-c2pa-manifest-store']);

/** Length of an ID3v2 tag at `at` with its header, or 0. */
export async function id3Length(w: ByteWindow, at: number): Promise<number> {
  const head = await w.bytes(at, 10);
  if (!startsWith(head, 'ID3') || head.length < 10) return 0;
  return 10 + synchsafe(head, 6) + (u8(head, 5) & 0x10 ? 10 : 0);
}

export async function walkId3(w: ByteWindow, out: SurveyBuilder, at: number): Promise<number> {
  const head = await w.bytes(at, 10);
  const version = u8(head, 3);
  const flags = u8(head, 5);
  const declared = 10 + synchsafe(head, 6);
  const end = Math.min(w.size, at + declared);
  out.part(`ID3v2.${version}`, at, end - at);
  if (at + declared > w.size) out.problem('truncated', { offset: at, length: 10 });
  if (version < 2 || version > 4) return end;
  const narrow = version === 2 ? 3 : 4;
  const header = version === 2 ? 6 : 10;
  let p = at + 10;
  if (flags & 0x40 && version > 2) {
    const extended = await w.bytes(p, 4);
    p += version === 4 ? Math.max(synchsafe(extended, 0), 6) : 4 + u32be(extended, 0);
  }
  for (let n = 0; n < MAX_FRAMES && p + header <= end; n++) {
    const f = await w.bytes(p, header);
    const id = latin1(f, 0, narrow);
    if (!/^[A-Z0-9]+$/.test(id)) break;
    const length = version === 2 ? u24be(f, 3) : version === 4 ? synchsafe(f, 4) : u32be(f, 4);
    if (length === 0 || p + header + length > end) {
      if (length > 0) out.problem('structure', { offset: p, length: header });
      break;
    }
    const format = version === 2 ? 0 : u8(f, 9);
    await frame(w, out, id, version, format, flags, p + header, length);
    p += header + length;
  }
  return end;
}

async function frame(
  w: ByteWindow,
  out: SurveyBuilder,
  id: string,
  version: number,
  format: number,
  tagFlags: number,
  at: number,
  length: number,
): Promise<void> {
  const general = id === 'GEOB' || id === 'GEO';
  if (!general && !id.startsWith('T') && !/^(COM|COMM|PRIV|USLT|WXXX)$/.test(id)) return;
  const place = { offset: at, length };
  if (length > (general ? MAX_C2PA_BYTES : MAX_TEXT_BYTES)) return out.problem('limit-text', place);
  let b = await w.bytes(at, length);
  let contiguous = true;
  const unsync = version === 4 ? (format & 0x02) !== 0 : (tagFlags & 0x80) !== 0;
  const compressed = version === 4 ? (format & 0x08) !== 0 : version === 3 && (format & 0x80) !== 0;
  const encrypted = version === 4 ? (format & 0x04) !== 0 : version === 3 && (format & 0x40) !== 0;
  if (encrypted) return;
  if (unsync) {
    b = removeUnsync(b);
    contiguous = false;
  }
  const indicator = version === 4 ? (format & 0x01 ? 4 : 0) : compressed ? 4 : 0;
  if (indicator) b = b.subarray(indicator);
  if (compressed) {
    const inflated = inflate(b);
    if (inflated.data === null) return out.problem(inflated.problem === 'bomb' ? 'bomb' : 'text-broken', place);
    b = inflated.data;
    contiguous = false;
  }
  if (general) return generalObject(out, b, place, contiguous, indicator);
  if (id === 'PRIV') {
    if (startsWith(b, 'XMP\0'))
      out.xmp.push({ bytes: b.subarray(4), at: { offset: at + 4, length: length - 4 }, contiguous, carrier: 'PRIV' });
    return;
  }
  const encoding = u8(b, 0);
  if (id === 'TXXX' || id === 'TXX' || id === 'WXXX') {
    const [key, rest] = split(b.subarray(1), encoding);
    return out.text('id3-user', key, decode(rest, id === 'WXXX' ? 0 : encoding), place);
  }
  if (/^(COM|COMM|USLT)$/.test(id)) {
    const [key, rest] = split(b.subarray(4), encoding);
    return out.text('id3-comment', key, decode(rest, encoding), place);
  }
  out.text('id3', id, decode(b.subarray(1), encoding), place);
}

function generalObject(
  out: SurveyBuilder,
  b: Uint8Array,
  place: { offset: number; length: number },
  contiguous: boolean,
  indicator: number,
): void {
  const encoding = u8(b, 0);
  const mime = cString(latin1(b, 1, 129));
  if (!C2PA_MIME.has(mime)) return;
  const [, afterName] = split(b.subarray(2 + mime.length), encoding);
  const [, object] = split(afterName, encoding);
  const skip = b.length - object.length + indicator;
  out.c2pa.push({
    bytes: object,
    at: { offset: place.offset + skip, length: object.length },
    contiguous,
    carrier: 'GEOB',
  });
}

/** A terminated string in the frame's encoding, and what follows it. */
function split(b: Uint8Array, encoding: number): [string, Uint8Array] {
  if (encoding !== 1 && encoding !== 2) {
    const nul = b.indexOf(0);
    return nul < 0
      ? [decode(b, encoding), new Uint8Array(0)]
      : [decode(b.subarray(0, nul), encoding), b.subarray(nul + 1)];
  }
  for (let i = 0; i + 1 < b.length; i += 2)
    if (b[i] === 0 && b[i + 1] === 0) return [decode(b.subarray(0, i), encoding), b.subarray(i + 2)];
  return [decode(b, encoding), new Uint8Array(0)];
}

function decode(b: Uint8Array, encoding: number): string {
  const value = encoding === 1 ? utf16(b) : encoding === 2 ? utf16be(b) : text(b);
  return value.replace(/\0+$/, '');
}

function removeUnsync(b: Uint8Array): Uint8Array {
  const out = new Uint8Array(b.length);
  let n = 0;
  for (let i = 0; i < b.length; i++) {
    out[n++] = b[i]!;
    if (b[i] === 0xff && b[i + 1] === 0) i++;
  }
  return out.subarray(0, n);
}

export async function walkMp3(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  let at = 0;
  for (let n = 0; n < 4 && startsWith(await w.bytes(at, 3), 'ID3'); n++) {
    const next = await walkId3(w, out, at);
    if (next <= at) break;
    at = next;
  }
  await firstFrame(w, out, at);
  let end = w.size;
  const tail = await w.bytes(w.size - 128, 128);
  if (w.size >= 128 && startsWith(tail, 'TAG')) {
    end -= 128;
    out.text('id3', 'ID3v1.comment', cString(text(tail.subarray(97, 127))), { offset: end + 97, length: 30 });
  }
  end = await apeTag(w, out, end);
  if (end > at) out.part('frames', at, end - at);
  if (end < w.size) out.part('tail-tags', end, w.size - end);
  out.end = w.size;
}

/** "Xing"/"Info" side information with LAME's own extension: nine characters of version at byte 120 after it. */
async function firstFrame(w: ByteWindow, out: SurveyBuilder, from: number): Promise<void> {
  const b = await w.bytes(from, 4096);
  let i = 0;
  while (i + 4 < b.length && !(b[i] === 0xff && (u8(b, i + 1) & 0xe0) === 0xe0 && (u8(b, i + 1) & 0x06) !== 0)) i++;
  const window = Buffer.from(b.buffer, b.byteOffset + i, Math.max(0, Math.min(b.length - i, 512)));
  const info = Math.max(window.indexOf('Xing'), window.indexOf('Info'));
  if (info < 0) return;
  const flags = window.length >= info + 8 ? window.readUInt32BE(info + 4) : 0;
  const at = info + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const value = cString(window.subarray(at, at + 9).toString('latin1')).trimEnd();
  if (/^(LAME|Lavc|Lavf|GOGO|L3\.99)/.test(value))
    out.text('mpeg-header', 'encoder', value, { offset: from + i + at, length: value.length });
}

async function apeTag(w: ByteWindow, out: SurveyBuilder, end: number): Promise<number> {
  const footer = await w.bytes(end - 32, 32);
  if (end < 32 || !startsWith(footer, 'APETAGEX')) return end;
  const length = u32le(footer, 12);
  const from = end - length;
  if (length < 32 || from < 0 || length > MAX_TEXT_BYTES) {
    out.problem('structure', { offset: end - 32, length: 32 });
    return end;
  }
  const b = await w.bytes(from, length - 32);
  let at = 0;
  for (let n = 0; n < Math.min(u32le(footer, 16), 256) && at + 9 < b.length; n++) {
    const size = u32le(b, at);
    const nul = b.indexOf(0, at + 8);
    if (nul < 0 || nul + 1 + size > b.length) break;
    if ((u32le(b, at + 4) & 6) === 0)
      out.text('ape', latin1(b, at + 8, nul), text(b.subarray(nul + 1, nul + 1 + size)), {
        offset: from + nul + 1,
        length: size,
      });
    at = nul + 1 + size;
  }
  return u32le(footer, 20) & 0x80000000 ? from - 32 : from;
}

/** Whether four bytes are a plausible MPEG audio frame header. */
export function isFrameHeader(b: Uint8Array): boolean {
  const second = u8(b, 1);
  return (
    u8(b, 0) === 0xff &&
    (second & 0xe0) === 0xe0 &&
    (second & 0x18) !== 0x08 &&
    (second & 0x06) !== 0 &&
    u8(b, 2) >> 4 !== 15 &&
    (u16be(b, 2) & 0x0c00) !== 0x0c00
  );
}
