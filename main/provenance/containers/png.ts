/** The chunks of a PNG or APNG (ISO/IEC 15948): texts before and after the picture, XMP, EXIF, C2PA, and where the file ends. */
import { inflate, TEXT_CEILING } from '../bytes/inflate.ts';
import { latin1, text, u8, u32be } from '../bytes/numbers.ts';
import type { ByteWindow, Span } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

export interface PngDetail {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colourType: number;
  readonly animated: boolean;
  /** Texts that stand after the picture data. */
  readonly textsAfterPicture: number;
}

const XMP_KEY = 'XML:com.adobe.xmp';
/** IHDR + 8,192-byte IDAT chunks of a very large picture; a bound on headers walked, not on parts kept. */
const MAX_HEADERS = 300_000;

export async function walkPng(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const draft = { width: 0, height: 0, bitDepth: 0, colourType: 0, animated: false, textsAfterPicture: 0 };
  out.png = draft;
  let at = 8;
  let seenPicture = false;
  for (let n = 0; n < MAX_HEADERS; n++) {
    const head = await w.bytes(at, 8);
    if (head.length < 8) {
      out.problem('truncated', { offset: at, length: head.length });
      return;
    }
    const length = u32be(head, 0);
    const type = latin1(head, 4, 8);
    if (!/^[A-Za-z]{4}$/.test(type)) {
      out.problem('structure', { offset: at, length: 8 });
      return;
    }
    if (length > 0x7fffffff || at + 12 + length > w.size) {
      out.part(type, at, Math.min(12 + length, w.size - at));
      out.problem(length > 0x7fffffff ? 'structure' : 'truncated', { offset: at, length: w.size - at });
      return;
    }
    // More than are kept are still followed: a label may stand behind them.
    out.part(type, at, 12 + length, type === 'IDAT' || type === 'fdAT');
    if (type === 'IHDR') {
      const b = await w.bytes(at + 8, 13);
      Object.assign(draft, { width: u32be(b, 0), height: u32be(b, 4), bitDepth: u8(b, 8), colourType: u8(b, 9) });
    } else if (type === 'IDAT') seenPicture = true;
    else if (type === 'acTL') draft.animated = true;
    else if (type === 'IEND') {
      out.end = at + 12 + length;
      return;
    } else if (READ.has(type)) {
      if (length > (type === 'caBX' ? MAX_C2PA_BYTES : MAX_TEXT_BYTES))
        out.problem('limit-text', { offset: at, length });
      else {
        const data = await w.bytes(at + 8, length);
        if (seenPicture && type.endsWith('Xt')) draft.textsAfterPicture++;
        chunk(type, data, { offset: at + 8, length }, out);
      }
    }
    at += 12 + length;
  }
  out.problem('limit-parts', { offset: at, length: 0 });
}

const READ = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'caBX']);

function chunk(type: string, data: Uint8Array, at: Span, out: SurveyBuilder): void {
  if (type === 'eXIf') out.exif.push({ bytes: data, at, contiguous: true, carrier: 'eXIf' });
  else if (type === 'caBX') out.c2pa.push({ bytes: data, at, contiguous: true, carrier: 'caBX' });
  else {
    const entry = readText(type, data, at, out);
    if (!entry) return;
    if (entry.key === XMP_KEY)
      out.xmp.push({ bytes: entry.bytes, at: entry.at, contiguous: entry.contiguous, carrier: type });
    else if (entry.key === 'Raw profile type exif' || entry.key === 'Raw profile type APP1')
      rawProfile(entry.bytes, entry.at, out);
    else out.text('png-text', entry.key, text(entry.bytes), entry.at);
  }
}

interface TextChunk {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly at: Span;
  readonly contiguous: boolean;
}

function readText(type: string, data: Uint8Array, at: Span, out: SurveyBuilder): TextChunk | null {
  const nul = data.indexOf(0);
  if (nul < 1 || nul > 255) {
    out.problem('text-broken', at);
    return null;
  }
  const key = latin1(data, 0, nul);
  let from = nul + 1;
  let packed = false;
  if (type === 'zTXt') {
    packed = true;
    from++;
  } else if (type === 'iTXt') {
    packed = u8(data, from) === 1;
    const language = data.indexOf(0, from + 2);
    const keyword = language < 0 ? -1 : data.indexOf(0, language + 1);
    if (keyword < 0) {
      out.problem('text-broken', at);
      return null;
    }
    from = keyword + 1;
  }
  const span = { offset: at.offset + from, length: data.length - from };
  const bytes = data.subarray(from);
  if (!packed) return { key, bytes, at: span, contiguous: true };
  const inflated = inflate(bytes, TEXT_CEILING);
  if (inflated.data === null) {
    out.problem(inflated.problem === 'bomb' ? 'bomb' : 'text-broken', span);
    return { key, bytes: new Uint8Array(0), at: span, contiguous: false };
  }
  return { key, bytes: inflated.data, at: span, contiguous: false };
}

/** ImageMagick's way of keeping EXIF in a PNG text: a name, a decimal length and the bytes in hexadecimal. */
function rawProfile(bytes: Uint8Array, at: Span, out: SurveyBuilder): void {
  const match = /^\s*\S+\s+(\d+)\s+([0-9a-fA-F\s]+)$/.exec(latin1(bytes));
  if (!match) return;
  const decoded = Buffer.from((match[2] as string).replace(/\s+/g, ''), 'hex');
  const skip = decoded.subarray(0, 4).toString('latin1') === 'Exif' ? 6 : 0;
  out.exif.push({ bytes: decoded.subarray(skip), at, contiguous: false, carrier: 'Raw profile' });
}
