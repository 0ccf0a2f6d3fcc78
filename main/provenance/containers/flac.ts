/** FLAC metadata blocks (RFC 9639 section 8): comments and application blocks. */
import { latin1, u8, u24be } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';
import { readComments } from './vorbis-comment.ts';

const NAMES = ['STREAMINFO', 'PADDING', 'APPLICATION', 'SEEKTABLE', 'VORBIS_COMMENT', 'CUESHEET', 'PICTURE'];

/** `from`: offset of `fLaC`, after an ID3v2 tag where one stands in front. */
export async function walkFlac(w: ByteWindow, out: SurveyBuilder, from: number): Promise<void> {
  let at = from + 4;
  for (let n = 0; n < 1024; n++) {
    const head = await w.bytes(at, 8);
    if (head.length < 4) return out.problem('truncated', { offset: at, length: head.length });
    const type = u8(head, 0) & 0x7f;
    const length = u24be(head, 1);
    const place = { offset: at + 4, length };
    if (at + 4 + length > w.size) return out.problem('truncated', { offset: at, length: w.size - at });
    out.part(type === 2 ? `APPLICATION:${latin1(head, 4, 8)}` : (NAMES[type] ?? `block-${type}`), at, 4 + length);
    if (type === 4 && length <= MAX_TEXT_BYTES) readComments(await w.bytes(at + 4, length), at + 4, place, out);
    at += 4 + length;
    if (u8(head, 0) & 0x80) {
      if (at < w.size) out.part('frames', at, w.size - at);
      return;
    }
  }
  out.problem('limit-parts', { offset: at, length: 0 });
}
