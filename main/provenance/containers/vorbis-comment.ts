/** The comment block that Vorbis, Opus and FLAC share (xiph.org, "Ogg Vorbis I format specification: comment field"). */
import { text, u32le } from '../bytes/numbers.ts';
import type { SurveyBuilder } from '../survey.ts';

const MAX_COMMENTS = 1024;

/** `offset` is the place of `b[0]` in the file, or null where the block was joined from pages (places then name the whole block). */
export function readComments(
  b: Uint8Array,
  offset: number | null,
  whole: { offset: number; length: number },
  out: SurveyBuilder,
): void {
  const vendorLength = u32le(b, 0);
  if (4 + vendorLength > b.length) {
    out.problem('text-broken', whole);
    return;
  }
  const place = (from: number, length: number) => (offset === null ? whole : { offset: offset + from, length });
  out.text('vorbis-comment', 'vendor', text(b.subarray(4, 4 + vendorLength)), place(4, vendorLength));
  let at = 8 + vendorLength;
  const count = Math.min(u32le(b, 4 + vendorLength), MAX_COMMENTS);
  for (let n = 0; n < count && at + 4 <= b.length; n++) {
    const length = u32le(b, at);
    if (at + 4 + length > b.length) {
      out.problem('text-broken', place(at, 4));
      return;
    }
    const entry = text(b.subarray(at + 4, at + 4 + length));
    const equals = entry.indexOf('=');
    if (equals > 0)
      out.text(
        'vorbis-comment',
        entry.slice(0, equals),
        entry.slice(equals + 1),
        place(at + 5 + equals, length - equals - 1),
      );
    at += 4 + length;
  }
}
