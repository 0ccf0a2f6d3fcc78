/**
 * A PDF file (ISO 32000-1) as far as the label and the manifest need it: the document information dictionary, XMP streams and the
 * embedded file of relationship `C2PA_Manifest`. Objects are found by their own keywords, not by a cross-reference table that may lie.
 */
import { inflate, TEXT_CEILING } from '../bytes/inflate.ts';
import { latin1, startsWith, text, utf16be } from '../bytes/numbers.ts';
import type { ByteWindow, Span } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, type SurveyBuilder } from '../survey.ts';

const MAX_FILE = 128 * 1024 * 1024;
const MAX_OBJECTS = 50_000;
const MAX_DICTIONARY = 64 * 1024;
const MAX_OBJECT_STREAMS = 256;

interface Found {
  readonly at: number;
  readonly body: number;
}

export async function walkPdf(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  if (w.size > MAX_FILE) return out.problem('limit-bytes', null);
  const bytes = await w.bytes(0, w.size);
  const source = latin1(bytes);
  out.part('header', 0, 8);
  const objects = new Map<string, Found>();
  for (const match of source.matchAll(/(?<![0-9])(\d{1,10}) (\d{1,5}) obj\b/g)) {
    if (objects.size >= MAX_OBJECTS) {
      out.problem('limit-parts', { offset: match.index, length: 0 });
      break;
    }
    objects.set(match[1]!, { at: match.index, body: match.index + match[0].length });
  }
  const packed = new Map<string, { text: string; at: Span }>();
  const informations = new Set<string>();
  let objectStreams = 0;
  for (const object of objects.values()) {
    const dictionary = dictionaryAt(source, object.body);
    if (dictionary === null) continue;
    if (/\/Type\s*\/XRef\b/.test(dictionary)) references(dictionary, informations);
    if (/\/Type\s*\/ObjStm\b/.test(dictionary) && ++objectStreams <= MAX_OBJECT_STREAMS)
      objectStream(bytes, source, object, dictionary, packed, out);
    if (/\/Type\s*\/Metadata\b/.test(dictionary) || /\/Subtype\s*\/XML\b/.test(dictionary))
      metadata(bytes, source, object, dictionary, out);
    if (/\/AFRelationship\s*\/C2PA_Manifest\b/.test(dictionary)) manifest(bytes, source, dictionary, objects, out);
  }
  for (const match of source.matchAll(/\btrailer\b/g)) {
    const dictionary = dictionaryAt(source, match.index + 7);
    if (dictionary) references(dictionary, informations);
  }
  for (const id of informations) {
    const object = objects.get(id);
    const held = object ? dictionaryAt(source, object.body) : null;
    if (object && held !== null) information(held, source.indexOf('<<', object.body), false, out);
    else {
      const inner = packed.get(id);
      if (inner) information(inner.text, inner.at.offset, true, out, inner.at);
    }
  }
  const eof = source.lastIndexOf('%%EOF');
  if (eof < 0) out.problem('truncated', { offset: w.size, length: 0 });
  else {
    let end = eof + 5;
    while (end < w.size && (bytes[end] === 0x0a || bytes[end] === 0x0d)) end++;
    out.part('body', 8, end - 8);
    out.end = end;
  }
}

function references(dictionary: string, informations: Set<string>): void {
  const match = /\/Info\s+(\d{1,10})\s+\d+\s+R\b/.exec(dictionary);
  if (match) informations.add(match[1]!);
}

/** The text of `<< … >>` that starts within 64 characters of `from`, nested dictionaries and strings respected; null where none does. */
function dictionaryAt(source: string, from: number): string | null {
  const open = source.indexOf('<<', from);
  if (open < 0 || open - from > 64) return null;
  let depth = 0;
  let i = open;
  const last = Math.min(source.length, open + MAX_DICTIONARY);
  while (i < last) {
    const c = source[i];
    if (c === '(') i = stringEnd(source, i, last);
    else if (c === '<' && source[i + 1] === '<') {
      depth++;
      i += 2;
    } else if (c === '>' && source[i + 1] === '>') {
      depth--;
      i += 2;
      if (depth === 0) return source.slice(open, i);
    } else i++;
  }
  return null;
}

function stringEnd(source: string, from: number, last: number): number {
  let depth = 0;
  let i = from;
  while (i < last) {
    const c = source[i];
    if (c === '\\') i++;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i + 1;
    i++;
  }
  return last;
}

function streamOf(
  bytes: Uint8Array,
  source: string,
  object: Found,
  dictionary: string,
): { raw: Uint8Array; at: Span } | null {
  const open = source.indexOf('<<', object.body);
  const keyword = source.indexOf('stream', open + dictionary.length);
  if (keyword < 0 || keyword - open - dictionary.length > 64) return null;
  let from = keyword + 6;
  if (bytes[from] === 0x0d) from++;
  if (bytes[from] === 0x0a) from++;
  const direct = /\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/.exec(dictionary);
  let end = direct ? from + Number(direct[1]) : -1;
  if (end < 0 || end > bytes.length || !source.slice(end, end + 16).includes('endstream')) {
    const found = source.indexOf('endstream', from);
    if (found < 0) return null;
    end = found;
    if (bytes[end - 1] === 0x0a) end--;
    if (bytes[end - 1] === 0x0d) end--;
  }
  return { raw: bytes.subarray(from, end), at: { offset: from, length: end - from } };
}

function unpack(
  raw: Uint8Array,
  dictionary: string,
  ceiling: number,
  at: Span,
  out: SurveyBuilder,
): { data: Uint8Array; contiguous: boolean } | null {
  if (!/\/Filter\b/.test(dictionary)) return { data: raw, contiguous: true };
  if (!/\/Filter\s*(\[\s*)?\/FlateDecode\s*(\]|\/|>|\s)/.test(dictionary)) return null;
  const inflated = inflate(raw, ceiling);
  if (inflated.data === null) {
    out.problem(inflated.problem === 'bomb' ? 'bomb' : 'text-broken', at);
    return null;
  }
  return { data: inflated.data, contiguous: false };
}

function metadata(bytes: Uint8Array, source: string, object: Found, dictionary: string, out: SurveyBuilder): void {
  const stream = streamOf(bytes, source, object, dictionary);
  if (!stream || out.xmp.length >= 64) return;
  const unpacked = unpack(stream.raw, dictionary, TEXT_CEILING, stream.at, out);
  if (unpacked)
    out.xmp.push({ bytes: unpacked.data, at: stream.at, contiguous: unpacked.contiguous, carrier: 'Metadata' });
}

function manifest(
  bytes: Uint8Array,
  source: string,
  dictionary: string,
  objects: ReadonlyMap<string, Found>,
  out: SurveyBuilder,
): void {
  const target = /\/EF\s*<<[^>]*\/U?F\s+(\d{1,10})\s+\d+\s+R/.exec(dictionary)?.[1];
  const object = target === undefined ? undefined : objects.get(target);
  const held = object ? dictionaryAt(source, object.body) : null;
  const stream = object && held !== null ? streamOf(bytes, source, object, held) : null;
  if (!stream || held === null || out.c2pa.length >= 8) return;
  const unpacked = unpack(stream.raw, held, MAX_C2PA_BYTES, stream.at, out);
  if (unpacked)
    out.c2pa.push({ bytes: unpacked.data, at: stream.at, contiguous: unpacked.contiguous, carrier: 'C2PA_Manifest' });
}

/** Objects of an object stream: `N` pairs of number and offset, then their texts from `First`. */
function objectStream(
  bytes: Uint8Array,
  source: string,
  object: Found,
  dictionary: string,
  packed: Map<string, { text: string; at: Span }>,
  out: SurveyBuilder,
): void {
  const stream = streamOf(bytes, source, object, dictionary);
  if (!stream) return;
  const unpacked = unpack(stream.raw, dictionary, 4 * TEXT_CEILING, stream.at, out);
  if (!unpacked) return;
  const inner = latin1(unpacked.data);
  const first = Number(/\/First\s+(\d{1,9})/.exec(dictionary)?.[1] ?? 0);
  const numbers = inner.slice(0, first).trim().split(/\s+/).map(Number);
  for (let i = 0; i + 1 < numbers.length && packed.size < MAX_OBJECTS; i += 2) {
    const from = first + numbers[i + 1]!;
    const held = dictionaryAt(inner, from);
    if (held !== null) packed.set(String(numbers[i]), { text: held, at: stream.at });
  }
}

const ENTRY = /\/([A-Za-z0-9_.-]{1,127})\s*(\((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*\)|<[0-9A-Fa-f\s]*>)/g;

function information(dictionary: string, offset: number, inside: boolean, out: SurveyBuilder, whole?: Span): void {
  for (const match of dictionary.matchAll(ENTRY)) {
    const literal = match[2]!;
    const at =
      inside && whole
        ? whole
        : { offset: offset + match.index + match[0].length - literal.length, length: literal.length };
    out.text('pdf-info', match[1]!, pdfString(literal), at);
  }
}

function pdfString(literal: string): string {
  const bytes = literal.startsWith('<')
    ? Buffer.from(literal.replace(/[<>\s]/g, ''), 'hex')
    : Buffer.from(unescapeLiteral(literal.slice(1, -1)), 'latin1');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16be(bytes.subarray(2));
  return text(startsWith(bytes, '\xef\xbb\xbf') ? bytes.subarray(3) : bytes);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

function unescapeLiteral(value: string): string {
  return value.replace(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_, c: string) => {
    if (/^[0-7]/.test(c)) return String.fromCharCode(Number.parseInt(c, 8) & 255);
    if (c === '\n' || c === '\r' || c === '\r\n') return '';
    return ESCAPES.get(c) ?? c;
  });
}
