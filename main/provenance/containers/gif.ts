/** The blocks of a GIF (GIF89a): comments, XMP and C2PA application extensions, and where the file ends. */
import { latin1, startsWith, text, u8 } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

const MAX_BLOCKS = 100_000;

export async function walkGif(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const head = await w.bytes(0, 13);
  out.part('header', 0, 13);
  const flags = u8(head, 10);
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  for (let n = 0; n < MAX_BLOCKS; n++) {
    const b = await w.bytes(at, 16);
    if (b.length === 0) return out.problem('truncated', { offset: at, length: 0 });
    const kind = u8(b, 0);
    if (kind === 0x3b) {
      out.part('trailer', at, 1);
      out.end = at + 1;
      return;
    }
    if (kind === 0x2c) {
      const local = u8(b, 9);
      const data = at + 10 + (local & 0x80 ? 3 << ((local & 7) + 1) : 0) + 1;
      const end = await skipSubBlocks(w, data);
      if (end === null) return out.problem('truncated', { offset: at, length: w.size - at });
      out.part('image', at, end - at);
      at = end;
    } else if (kind === 0x21) {
      const end = await extension(w, at, u8(b, 1), b, out);
      if (end === null) return out.problem('truncated', { offset: at, length: w.size - at });
      out.part(`ext-${u8(b, 1).toString(16)}`, at, end - at);
      at = end;
    } else return out.problem('structure', { offset: at, length: 1 });
  }
  out.problem('limit-parts', { offset: at, length: 0 });
}

async function extension(
  w: ByteWindow,
  at: number,
  label: number,
  head: Uint8Array,
  out: SurveyBuilder,
): Promise<number | null> {
  if (label === 0xfe) {
    const joined = await joinSubBlocks(w, at + 2, MAX_TEXT_BYTES);
    if (joined?.bytes)
      out.text('gif-comment', 'comment', text(joined.bytes), { offset: at + 2, length: joined.end - at - 2 });
    return joined?.end ?? null;
  }
  if (label !== 0xff || u8(head, 2) !== 11) return skipSubBlocks(w, at + 2);
  const identifier = latin1(head, 3, 14);
  if (identifier === 'XMP DataXMP') return xmp(w, at + 14, out);
  const joined = await joinSubBlocks(w, at + 14, MAX_C2PA_BYTES);
  if (!joined) return null;
  const span = { offset: at + 14, length: joined.end - at - 14 };
  if (identifier.startsWith('C2PA_GIF') && joined.bytes)
    out.c2pa.push({ bytes: joined.bytes, at: span, contiguous: false, carrier: 'C2PA_GIF' });
  return joined.end;
}

/** XMP in GIF is not cut into sub-blocks: the text runs to a "magic trailer" of 257 falling bytes and a terminator. */
async function xmp(w: ByteWindow, from: number, out: SurveyBuilder): Promise<number | null> {
  const bytes = await w.bytes(from, MAX_TEXT_BYTES);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const trailer = buffer.indexOf(Buffer.from([0x01, 0xff, 0xfe, 0xfd]));
  if (trailer < 0) {
    const joined = await joinSubBlocks(w, from, MAX_TEXT_BYTES);
    if (joined?.bytes && startsWith(joined.bytes, '<'))
      out.xmp.push({
        bytes: joined.bytes,
        at: { offset: from, length: joined.end - from },
        contiguous: false,
        carrier: 'XMP Data',
      });
    return joined?.end ?? null;
  }
  out.xmp.push({
    bytes: bytes.subarray(0, trailer),
    at: { offset: from, length: trailer },
    contiguous: true,
    carrier: 'XMP Data',
  });
  return Math.min(w.size, from + trailer + 258);
}

async function skipSubBlocks(w: ByteWindow, from: number): Promise<number | null> {
  const joined = await joinSubBlocks(w, from, 0);
  return joined?.end ?? null;
}

/** Walks length-prefixed sub-blocks to their terminator; `bytes` is null when they exceed `keep`. */
async function joinSubBlocks(
  w: ByteWindow,
  from: number,
  keep: number,
): Promise<{ bytes: Uint8Array | null; end: number } | null> {
  const pieces: Uint8Array[] = [];
  let held = 0;
  let at = from;
  while (at < w.size) {
    const window = await w.bytes(at, 8192);
    let i = 0;
    while (i < window.length) {
      const length = u8(window, i);
      if (length === 0) return { bytes: held <= keep ? Buffer.concat(pieces) : null, end: at + i + 1 };
      if (i + 1 + length > window.length) break;
      held += length;
      if (held <= keep) pieces.push(window.slice(i + 1, i + 1 + length));
      i += 1 + length;
    }
    if (i === 0) return null;
    at += i;
  }
  return null;
}
