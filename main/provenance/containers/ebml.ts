/** Matroska and WebM (RFC 8794, RFC 9559): writing and muxing application, and the tags, found through the segment's elements. */
import { text, u8 } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TAGS = 0x1254c367;
const TAG = 0x7373;
const SIMPLE_TAG = 0x67c8;
const TAG_NAME = 0x45a3;
const TAG_STRING = 0x4487;
const MUXING_APP = 0x4d80;
const WRITING_APP = 0x5741;
const TITLE = 0x7ba9;
const ATTACHMENTS = 0x1941a469;
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x1a45dfa3, 'EBML'],
  [SEGMENT, 'Segment'],
  [0x114d9b74, 'SeekHead'],
  [INFO, 'Info'],
  [0x1654ae6b, 'Tracks'],
  [0x1f43b675, 'Cluster'],
  [0x1c53bb6b, 'Cues'],
  [TAGS, 'Tags'],
  [ATTACHMENTS, 'Attachments'],
  [0x1043a770, 'Chapters'],
  [0xec, 'Void'],
  [0xbf, 'CRC-32'],
]);
const MAX_ELEMENTS = 100_000;
const MAX_DEPTH = 16;

interface Element {
  readonly id: number;
  readonly body: number;
  /** Null where the size is "unknown" (live streams). */
  readonly end: number | null;
}

export async function walkMatroska(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const state = { elements: 0 };
  let at = 0;
  while (at < w.size) {
    const element = await read(w, at);
    if (!element) {
      if (at === 0 || out.parts.length === 0) out.problem('structure', { offset: at, length: 0 });
      return;
    }
    const end = Math.min(w.size, element.end ?? w.size);
    out.part(NAMES.get(element.id) ?? element.id.toString(16), at, end - at);
    if ((element.end ?? 0) > w.size) out.problem('truncated', { offset: at, length: w.size - at });
    if (element.id === SEGMENT) await segment(w, element.body, end, out, state);
    at = end;
    out.end = at;
    if (state.elements > MAX_ELEMENTS) return;
  }
}

async function segment(
  w: ByteWindow,
  from: number,
  to: number,
  out: SurveyBuilder,
  state: { elements: number },
): Promise<void> {
  let at = from;
  while (at < to) {
    if (++state.elements > MAX_ELEMENTS) return out.problem('limit-parts', { offset: at, length: 0 });
    const element = await read(w, at);
    if (!element) return out.problem(at + 12 > to ? 'truncated' : 'structure', { offset: at, length: 0 });
    const end = element.end ?? to;
    out.part(NAMES.get(element.id) ?? element.id.toString(16), at, Math.min(end, to) - at, element.id === 0x1f43b675);
    if (end > to) out.problem('truncated', { offset: at, length: to - at });
    if (element.id === INFO || element.id === TAGS) await descend(w, element.body, Math.min(end, to), 0, out, state);
    if (end <= at) return;
    at = end;
  }
}

async function descend(
  w: ByteWindow,
  from: number,
  to: number,
  depth: number,
  out: SurveyBuilder,
  state: { elements: number },
): Promise<void> {
  if (depth > MAX_DEPTH) return out.problem('limit-depth', { offset: from, length: to - from });
  let at = from;
  let tagName: string | null = null;
  while (at < to) {
    if (++state.elements > MAX_ELEMENTS) return out.problem('limit-parts', { offset: at, length: 0 });
    const element = await read(w, at);
    if (!element || element.end === null || element.end > to) return;
    const length = element.end - element.body;
    const place = { offset: element.body, length };
    if (element.id === TAG || element.id === SIMPLE_TAG)
      await descend(w, element.body, element.end, depth + 1, out, state);
    else if (length > 0 && length <= MAX_TEXT_BYTES && TEXTS.has(element.id)) {
      const value = text(await w.bytes(element.body, length)).replace(/\0+$/, '');
      if (element.id === TAG_NAME) tagName = value;
      else if (element.id === TAG_STRING) out.text('matroska-tag', tagName ?? '', value, place);
      else out.text('matroska-info', INFO_KEYS.get(element.id) ?? '', value, place);
    }
    at = element.end;
  }
}

const INFO_KEYS: ReadonlyMap<number, string> = new Map([
  [MUXING_APP, 'MuxingApp'],
  [WRITING_APP, 'WritingApp'],
  [TITLE, 'Title'],
]);
const TEXTS = new Set([TAG_NAME, TAG_STRING, ...INFO_KEYS.keys()]);

async function read(w: ByteWindow, at: number): Promise<Element | null> {
  const b = await w.bytes(at, 12);
  const idLength = width(u8(b, 0));
  if (idLength === 0 || idLength > 4 || b.length < idLength + 1) return null;
  let id = 0;
  for (let i = 0; i < idLength; i++) id = id * 256 + u8(b, i);
  const sizeLength = width(u8(b, idLength));
  if (sizeLength === 0 || b.length < idLength + sizeLength) return null;
  let size = u8(b, idLength) & ((1 << (8 - sizeLength)) - 1);
  let unknown = size === (1 << (8 - sizeLength)) - 1;
  for (let i = 1; i < sizeLength; i++) {
    size = size * 256 + u8(b, idLength + i);
    unknown &&= u8(b, idLength + i) === 0xff;
  }
  const body = at + idLength + sizeLength;
  return { id, body, end: unknown ? null : body + size };
}

function width(first: number): number {
  return first === 0 ? 0 : Math.clz32(first) - 23;
}
