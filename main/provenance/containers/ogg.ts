/** Ogg pages (RFC 3533), as far as the comment header of Vorbis (packet 2) or Opus (`OpusTags`). */
import { startsWith, u8, u32le } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';
import { readComments } from './vorbis-comment.ts';

const MAX_PAGES = 200_000;
/** Pages looked at for headers; they stand at the front of every logical stream. */
const HEADER_PAGES = 256;

interface Stream {
  pieces: Uint8Array[];
  held: number;
  from: number;
}

export async function walkOgg(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const streams = new Map<number, Stream>();
  let at = 0;
  for (let n = 0; at < w.size; n++) {
    if (n >= MAX_PAGES) return out.problem('limit-parts', { offset: at, length: 0 });
    const head = await w.bytes(at, 27 + 255);
    if (!startsWith(head, 'OggS')) {
      if (n === 0) out.problem('structure', { offset: at, length: 4 });
      out.end = n === 0 ? null : at;
      return;
    }
    const segments = u8(head, 26);
    let length = 0;
    for (let i = 0; i < segments; i++) length += u8(head, 27 + i);
    const body = at + 27 + segments;
    if (body + length > w.size) out.problem('truncated', { offset: at, length: w.size - at });
    out.part('page', at, Math.min(w.size, body + length) - at, true);
    if (n < HEADER_PAGES)
      await page(w, out, streams, u32le(head, 14), u8(head, 5), head.subarray(27, 27 + segments), body);
    at = body + length;
    out.end = Math.min(w.size, at);
  }
}

async function page(
  w: ByteWindow,
  out: SurveyBuilder,
  streams: Map<number, Stream>,
  serial: number,
  flags: number,
  lacing: Uint8Array,
  body: number,
): Promise<void> {
  let at = body;
  let packet = 0;
  for (const lace of lacing) {
    packet += lace;
    if (lace === 255) continue;
    await finish(w, out, streams, serial, at, packet);
    at += packet;
    packet = 0;
  }
  if (packet > 0) {
    const stream = streams.get(serial) ?? { pieces: [], held: 0, from: at };
    if (stream.held + packet <= MAX_TEXT_BYTES) {
      stream.pieces.push(await w.bytes(at, packet));
      stream.held += packet;
    }
    streams.set(serial, stream);
  }
  if (flags & 4) streams.delete(serial);
}

async function finish(
  w: ByteWindow,
  out: SurveyBuilder,
  streams: Map<number, Stream>,
  serial: number,
  at: number,
  length: number,
): Promise<void> {
  const open = streams.get(serial);
  if (!open) {
    const b = await w.bytes(at, length);
    return packet(b, at, { offset: at, length }, out);
  }
  streams.delete(serial);
  const joined = Buffer.concat([...open.pieces, await w.bytes(at, length)]);
  packet(joined, null, { offset: open.from, length: at + length - open.from }, out);
}

function packet(b: Uint8Array, at: number | null, whole: { offset: number; length: number }, out: SurveyBuilder): void {
  const skip = startsWith(b, '\x03vorbis') ? 7 : startsWith(b, 'OpusTags') ? 8 : 0;
  if (skip) readComments(b.subarray(skip), at === null ? null : at + skip, whole, out);
}
