/** Drawings in SVG: the C2PA store as base64 in an element of its own (C2PA 2.2 appendix A), and XMP inside `<metadata>`. */
import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { latin1 } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

/** A drawing larger than this is not walked. Bytes. */
const MAX_SVG_BYTES = 48 * 1024 * 1024;
const MAX_DEPTH = 256;
const C2PA = 'http://c2pa.org/manifest';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const SVG_START =
  /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE\s+svg\b|<(?:[A-Za-z_][\w.-]*:)?svg[\s>/])/;

/** `head` is the file's beginning; comments longer than it hide a drawing, which is then `unknown`. */
export function isSvg(head: Uint8Array): boolean {
  return SVG_START.test(latin1(head, 0, head.length));
}

class Refused extends Error {}

/** Bytes are read as Latin-1, so that a position in the text is one in the file; names and marks of XML are ASCII. */
export async function walkSvg(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  if (w.size > MAX_SVG_BYTES) {
    out.problem('limit-bytes', null);
    return;
  }
  const bytes = await w.bytes(0, w.size);
  const parser = new SaxesParser<{ xmlns: true; position: true }>({ xmlns: true, position: true });
  let depth = 0;
  let store: { from: number; to: number } | null = null;
  let packet: { from: number; depth: number } | null = null;
  let tagFrom = 0;
  let root = false;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Refused('svg-doctype');
  });
  parser.on('opentagstart', () => {
    // The parser stands behind the name; the tag began at the last bracket before.
    tagFrom = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(0x3c, parser.position - 1);
  });
  parser.on('opentag', (tag: { uri: string; local: string; attributes: Record<string, SaxesAttributeNS> }) => {
    depth++;
    if (depth > MAX_DEPTH) throw new Refused('limit-depth');
    if (depth === 1) root = true;
    if (depth === 2 && root) out.part(tag.local.slice(0, 64), tagFrom, parser.position - tagFrom, true);
    if (tag.uri === C2PA && tag.local === 'manifest') store = { from: parser.position, to: parser.position };
    if (packet === null && tag.uri === RDF && tag.local === 'RDF') packet = { from: tagFrom, depth };
  });
  parser.on('closetag', (tag: { uri: string; local: string }) => {
    if (store && tag.uri === C2PA) {
      addStore(bytes, store.from, out);
      store = null;
    }
    if (packet && packet.depth === depth) {
      const length = parser.position - packet.from;
      const at = { offset: packet.from, length };
      if (length > MAX_TEXT_BYTES) out.problem('limit-bytes', at);
      else
        out.xmp.push({
          bytes: bytes.subarray(at.offset, at.offset + length),
          at,
          contiguous: true,
          carrier: 'metadata',
        });
      packet = null;
    }
    depth--;
  });
  try {
    parser.write(latin1(bytes, 0, bytes.length)).close();
    out.end = w.size;
  } catch (thrown) {
    out.problem(thrown instanceof Refused ? thrown.message : 'structure', null);
  }
}

function addStore(bytes: Uint8Array, from: number, out: SurveyBuilder): void {
  const end = bytes.indexOf(0x3c, from);
  const at = { offset: from, length: end - from };
  if (at.length <= 0 || at.length > (MAX_C2PA_BYTES * 4) / 3) {
    out.problem('limit-bytes', at.length > 0 ? at : null);
    return;
  }
  const store = Buffer.from(latin1(bytes, from, end).trim(), 'base64');
  if (store.length > 0) out.c2pa.push({ bytes: store, at, contiguous: false, carrier: 'c2pa:manifest' });
}
