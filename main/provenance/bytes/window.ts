/**
 * Bounded reading of a file's bytes: every walker of this room goes through one `ByteWindow`, which caps the bytes and the
 * time that one file may cost and never reads past the end.
 */
import type { RangedSource } from '../../contract/media.ts';

/** Bytes and their place in the file; what every fact of this room points at. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Bytes that one survey may fetch: the label and the manifest never need the media data itself. */
const READ_BUDGET = 192 * 1024 * 1024;
/** Milliseconds of the processor for one survey; SIGNALS.md section 12 asks for an answer within 5 s. */
const TIME_BUDGET_MS = 3500;
/** Asking for the time costs as much as several of the small reads. */
const READS_BETWEEN_CLOCKS = 256;
/** Headers are small and lie close together: one block serves many of them. */
const BLOCK = 16 * 1024;
const CACHED_BLOCKS = 64;

/** Milliseconds that this thread has worked: what a file costs must not depend on what else the machine does. Node before 23.9 tells wall time alone. */
function workedMs(): number {
  if (!process.threadCpuUsage) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** A limit of this room was met; the walk ends with what it has, and the survey says which limit. */
export class WalkLimit extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'WalkLimit';
    this.code = code;
  }
}

export class ByteWindow {
  readonly size: number;
  readonly #source: RangedSource;
  readonly #signal: AbortSignal | undefined;
  readonly #deadline: number;
  readonly #blocks = new Map<number, Uint8Array>();
  #spent = 0;
  #reads = 0;

  constructor(source: RangedSource, signal?: AbortSignal) {
    this.#source = source;
    this.size = source.size;
    this.#signal = signal;
    this.#deadline = workedMs() + TIME_BUDGET_MS;
  }

  /** Bytes fetched so far. */
  get spent(): number {
    return this.#spent;
  }

  /**
   * The bytes of [offset, offset + length), shorter where the file ends first. The result is a copy-free view: do not write.
   * Throws WalkLimit `limit-bytes` or `limit-time`, and the signal's reason when it is aborted.
   */
  async bytes(offset: number, length: number): Promise<Uint8Array> {
    this.#signal?.throwIfAborted();
    this.#reads += 1;
    if (this.#reads % READS_BETWEEN_CLOCKS === 0 && workedMs() > this.#deadline) throw new WalkLimit('limit-time');
    if (!(offset >= 0) || !(length > 0) || offset >= this.size) return EMPTY;
    const end = Math.min(this.size, offset + length);
    if (end - offset > BLOCK) return this.#fetch(offset, end - offset);
    const first = Math.floor(offset / BLOCK);
    const block = await this.#block(first);
    if (end <= (first + 1) * BLOCK) return block.subarray(offset - first * BLOCK, end - first * BLOCK);
    const next = await this.#block(first + 1);
    const joined = new Uint8Array(end - offset);
    joined.set(block.subarray(offset - first * BLOCK), 0);
    joined.set(next.subarray(0, end - (first + 1) * BLOCK), (first + 1) * BLOCK - offset);
    return joined;
  }

  /** As `bytes`, or null where fewer than `length` bytes are left. */
  async exactly(offset: number, length: number): Promise<Uint8Array | null> {
    const found = await this.bytes(offset, length);
    return found.length === length ? found : null;
  }

  async #block(index: number): Promise<Uint8Array> {
    const cached = this.#blocks.get(index);
    if (cached) return cached;
    const offset = index * BLOCK;
    const block = await this.#fetch(offset, Math.min(BLOCK, this.size - offset));
    if (this.#blocks.size >= CACHED_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value as number);
    this.#blocks.set(index, block);
    return block;
  }

  async #fetch(offset: number, length: number): Promise<Uint8Array> {
    this.#spent += length;
    if (this.#spent > READ_BUDGET) throw new WalkLimit('limit-bytes');
    return this.#source.read(offset, length);
  }
}

const EMPTY = new Uint8Array(0);

/** The whole of a byte array as a source, for structures found inside others (an EXIF block inside a text chunk). */
export function memorySource(bytes: Uint8Array): RangedSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, Math.max(offset, Math.min(bytes.length, offset + length))),
  };
}
