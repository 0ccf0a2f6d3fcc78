/** Texts of an FLV's script tags (Adobe Flash Video File Format 10.1, annex E.4 and E.4.4): writers put what they say of the film into the first ones. */
import { latin1, text, u8, u16be, u24be, u32be } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

const TAG_HEADER = 11;
const NAMES = new Map([
  [8, 'audio'],
  [9, 'video'],
  [18, 'script'],
]);
/** Tags looked at: the description stands before the first frame; a film of hours has a million. */
const MAX_TAGS = 1024;

export async function walkFlv(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const header = await w.bytes(0, 9);
  const size = u32be(header, 5);
  if (header.length < 9 || size < 9) return out.problem('structure', { offset: 0, length: header.length });
  out.part('header', 0, size);
  let at = size + 4;
  for (let n = 0; n < MAX_TAGS && at < w.size; n++) {
    const head = await w.bytes(at, TAG_HEADER);
    const [name, length] = [NAMES.get(u8(head, 0) & 0x1f), u24be(head, 1)];
    if (head.length < TAG_HEADER || at + TAG_HEADER + length > w.size)
      return out.problem('truncated', { offset: at, length: w.size - at });
    if (name === undefined) return out.problem('structure', { offset: at, length: TAG_HEADER });
    out.part(name, at, TAG_HEADER + length + 4, true);
    if (name === 'script' && length <= MAX_TEXT_BYTES) {
      const bytes = await w.bytes(at + TAG_HEADER, length);
      new ScriptReader(bytes, at + TAG_HEADER, out).read();
    }
    at += TAG_HEADER + length + 4;
  }
  if (at < w.size) out.part('tags', at, w.size - at);
}

const MAX_DEPTH = 8;
const MAX_VALUES = 4096;

/** Values of the action message format (AMF 0): only texts are kept, each under its own key. */
class ScriptReader {
  readonly #bytes: Uint8Array;
  readonly #offset: number;
  readonly #out: SurveyBuilder;
  #at = 0;
  #values = 0;

  constructor(bytes: Uint8Array, offset: number, out: SurveyBuilder) {
    this.#bytes = bytes;
    this.#offset = offset;
    this.#out = out;
  }

  /** Name of the message, then its value. */
  read(): void {
    const broken = !this.#value('', 0) || (this.#at < this.#bytes.length && !this.#value('', 0));
    if (broken) this.#out.problem('text-broken', { offset: this.#offset, length: this.#bytes.length });
  }

  /** False where it runs past the end, nests too deep, or is of a type that no film uses. */
  #value(key: string, depth: number): boolean {
    if (depth > MAX_DEPTH || ++this.#values > MAX_VALUES || this.#at >= this.#bytes.length) return false;
    const type = u8(this.#bytes, this.#at++);
    if (type === 0x00) return this.#skip(8);
    if (type === 0x01) return this.#skip(1);
    if (type === 0x02) return this.#text(key, u16be(this.#bytes, this.#at), 2);
    if (type === 0x0c) return this.#text(key, u32be(this.#bytes, this.#at), 4);
    if (type === 0x05 || type === 0x06) return true;
    if (type === 0x0b) return this.#skip(10);
    if (type === 0x03) return this.#pairs(depth);
    if (type === 0x08) return this.#skip(4) && this.#pairs(depth);
    if (type !== 0x0a) return false;
    const count = u32be(this.#bytes, this.#at);
    if (!this.#skip(4)) return false;
    for (let n = 0; n < count; n++) if (!this.#value(key, depth + 1)) return false;
    return true;
  }

  #pairs(depth: number): boolean {
    while (this.#at + 3 <= this.#bytes.length) {
      const length = u16be(this.#bytes, this.#at);
      if (length === 0 && u8(this.#bytes, this.#at + 2) === 0x09) return this.#skip(3);
      const key = latin1(this.#bytes, this.#at + 2, this.#at + 2 + length);
      if (!this.#skip(2 + length) || !this.#value(key, depth + 1)) return false;
    }
    // Some writers leave the end mark out.
    return this.#at === this.#bytes.length;
  }

  #text(key: string, length: number, sizeBytes: number): boolean {
    const from = this.#at + sizeBytes;
    if (!this.#skip(sizeBytes + length)) return false;
    if (key !== '' && length > 0)
      this.#out.text('flv-script', key, text(this.#bytes.subarray(from, from + length)), {
        offset: this.#offset + from,
        length,
      });
    return true;
  }

  #skip(bytes: number): boolean {
    this.#at += bytes;
    return this.#at <= this.#bytes.length;
  }
}
