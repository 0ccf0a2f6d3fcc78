/** RIFF chunks of WebP, WAV and AVI: INFO texts, EXIF, XMP, C2PA and the AIGC chunk of TC260-PG-202510A. */
import { latin1, startsWith, text, u32le } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

/** Chunks kept below the top: LIST/INFO of WAV and AVI, LIST/hdrl of AVI. */
const LISTS = new Set(['INFO', 'hdrl', 'strl', 'adtl', 'exif']);
const MAX_DEPTH = 8;
const MAX_CHUNKS = 8192;

export async function walkRiff(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const head = await w.bytes(0, 12);
  const declared = u32le(head, 4) + 8;
  if (declared > w.size + 1) out.problem('truncated', { offset: 4, length: 4 });
  const state = { chunks: 0 };
  const end = Math.min(w.size, declared);
  await walk(w, 12, end, 0, out, state);
  // AVI files over 1 GB and some WAV writers follow with further top-level RIFF or plain chunks.
  if (out.end !== null || out.problems.length > 0) return;
  out.end = end + (end & 1 && end < w.size ? 1 : 0);
}

async function walk(
  w: ByteWindow,
  from: number,
  to: number,
  depth: number,
  out: SurveyBuilder,
  state: { chunks: number },
): Promise<void> {
  let at = from;
  while (at + 8 <= to) {
    if (++state.chunks > MAX_CHUNKS) {
      out.problem('limit-parts', { offset: at, length: 0 });
      return;
    }
    const head = await w.bytes(at, 12);
    const id = latin1(head, 0, 4);
    const length = u32le(head, 4);
    if (!/^[\x20-\x7e]{4}$/.test(id)) {
      out.problem('structure', { offset: at, length: 8 });
      return;
    }
    const beyond = at + 8 + length > to;
    if (depth === 0) out.part(id === 'LIST' ? `LIST:${latin1(head, 8, 12)}` : id, at, Math.min(8 + length, to - at));
    if (beyond) out.problem('truncated', { offset: at, length: to - at });
    if (id === 'LIST' || id === 'RIFF') {
      if (length < 4) out.problem('structure', { offset: at, length: 8 });
      else if (LISTS.has(latin1(head, 8, 12))) {
        if (depth >= MAX_DEPTH) out.problem('limit-depth', { offset: at, length: 8 });
        else await walk(w, at + 12, Math.min(to, at + 8 + length), depth + 1, out, state);
      }
    } else if (length > 0 && !beyond) await chunk(w, id, at + 8, length, depth, out);
    if (beyond) return;
    at += 8 + length + (length & 1);
  }
}

async function chunk(
  w: ByteWindow,
  id: string,
  offset: number,
  length: number,
  depth: number,
  out: SurveyBuilder,
): Promise<void> {
  const at = { offset, length };
  const carrier = id;
  if (id === 'C2PA') {
    if (length > MAX_C2PA_BYTES) out.problem('limit-c2pa', at);
    else out.c2pa.push({ bytes: await w.bytes(offset, length), at, contiguous: true, carrier });
  } else if (id === 'XMP ' || id === '_PMX') {
    if (length > MAX_TEXT_BYTES) out.problem('limit-xmp', at);
    else out.xmp.push({ bytes: await w.bytes(offset, length), at, contiguous: true, carrier });
  } else if (id === 'EXIF') {
    if (length > MAX_TEXT_BYTES) out.problem('limit-text', at);
    else {
      const bytes = await w.bytes(offset, length);
      const skip = startsWith(bytes, 'Exif\0') ? 6 : 0;
      out.exif.push({
        bytes: bytes.subarray(skip),
        at: { offset: offset + skip, length: length - skip },
        contiguous: true,
        carrier,
      });
    }
  } else if (id === 'AIGC' || (depth > 0 && /^I[A-Z0-9]{3}$/.test(id))) {
    if (length > MAX_TEXT_BYTES) out.problem('limit-text', at);
    else {
      const bytes = await w.bytes(offset, length);
      out.text(depth > 0 ? 'riff-info' : 'riff-chunk', id, text(trimNul(bytes)), at);
    }
  } else if (id === 'id3 ' || id === 'ID3 ')
    out.embedded.push({ ...at, mediaType: 'audio/x-id3', relation: 'embedded-file' });
}

function trimNul(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}
