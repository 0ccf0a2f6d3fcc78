/**
 * How long things are sealed: a file as a row of AES-256-GCM chunks that cannot be cut short, reordered or mixed with another
 * file's. The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizar, CRYPTO 2015): nonce = random prefix | counter |
 * final flag. Every stream has a key of its own.
 *
 * Layout: header of 16 bytes (`JZVS`, version, log2 of the chunk size, two zeros, 7-byte nonce prefix, one zero), then the
 * chunks, each followed by its 16-byte tag; all but the last are full. The header is authenticated with every chunk.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';

const MAGIC = Buffer.from('JZVS', 'latin1');
const STREAM_VERSION = 1;
const HEADER_BYTES = 16;
const PREFIX_AT = 8;
const PREFIX_BYTES = 7;
const TAG_BYTES = 16;
/** 256 KiB: small enough not to hold up the event loop, large enough that a tag costs nothing. */
const CHUNK_LOG2 = 18;
export const CHUNK_BYTES = 1 << CHUNK_LOG2;
/** Chunk sizes that a reader accepts: 64 KiB to 1 MiB. */
const CHUNK_LOG2_MIN = 16;
const CHUNK_LOG2_MAX = 20;

/** What a sealed stream is written to. */
export interface Sink {
  write(bytes: Uint8Array): Promise<unknown>;
}

/** Seals bytes in the order given, whatever their portions, holding back one chunk so that the last one is known as such. */
export class StreamSealer {
  readonly #key: Uint8Array;
  readonly #sink: Sink;
  readonly #header: Buffer;
  readonly #pending = Buffer.allocUnsafe(CHUNK_BYTES);
  #filled = 0;
  #counter = 0;
  #started = false;
  /** Bytes written to the sink so far. */
  sealedBytes = 0;

  constructor(key: Uint8Array, sink: Sink) {
    this.#key = key;
    this.#sink = sink;
    this.#header = Buffer.alloc(HEADER_BYTES);
    MAGIC.copy(this.#header);
    this.#header[4] = STREAM_VERSION;
    this.#header[5] = CHUNK_LOG2;
    randomBytes(PREFIX_BYTES).copy(this.#header, PREFIX_AT);
  }

  async write(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#filled === CHUNK_BYTES) await this.#flush(false);
      const portion = bytes.subarray(at, at + CHUNK_BYTES - this.#filled);
      this.#pending.set(portion, this.#filled);
      this.#filled += portion.length;
      at += portion.length;
    }
  }

  /** Writes the last chunk, which may be empty. */
  async end(): Promise<void> {
    await this.#flush(true);
  }

  async #flush(final: boolean): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.#key, chunkNonce(this.#header, this.#counter, final));
    cipher.setAAD(this.#header);
    const body = cipher.update(this.#pending.subarray(0, this.#filled));
    cipher.final();
    const portions = this.#started ? [body, cipher.getAuthTag()] : [this.#header, body, cipher.getAuthTag()];
    this.#started = true;
    this.#counter += 1;
    this.#filled = 0;
    const sealed = Buffer.concat(portions);
    await this.#sink.write(sealed);
    this.sealedBytes += sealed.length;
  }
}

/** Random access to a sealed file. Every fault of its content is AppError `VAULT_CORRUPT`. */
export class SealedFile {
  readonly #handle: FileHandle;
  readonly #key: Uint8Array;
  readonly #header: Buffer;
  readonly #chunkBytes: number;
  readonly #chunks: number;
  /** Plain bytes. */
  readonly size: number;

  private constructor(handle: FileHandle, key: Uint8Array, header: Buffer, sealedSize: number) {
    this.#handle = handle;
    this.#key = key;
    this.#header = header;
    this.#chunkBytes = 2 ** header[5]!;
    const body = sealedSize - HEADER_BYTES;
    this.#chunks = Math.max(1, Math.ceil(body / (this.#chunkBytes + TAG_BYTES)));
    this.size = body - this.#chunks * TAG_BYTES;
  }

  static async open(file: string, key: Uint8Array): Promise<SealedFile> {
    const handle = await open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'ENOENT' ? new AppError('VAULT_CORRUPT', {}, { cause }) : cause;
    });
    try {
      const { size } = await handle.stat();
      const header = Buffer.alloc(HEADER_BYTES);
      const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
      const log2 = header[5]!;
      const sound =
        bytesRead === HEADER_BYTES &&
        header.subarray(0, 4).equals(MAGIC) &&
        header[4] === STREAM_VERSION &&
        log2 >= CHUNK_LOG2_MIN &&
        log2 <= CHUNK_LOG2_MAX &&
        size >= HEADER_BYTES + TAG_BYTES;
      if (!sound) throw new AppError('VAULT_CORRUPT');
      return new SealedFile(handle, key, header, size);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** Plain bytes from `offset`; fewer than `length` only at the end. */
  async read(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(offset + length, this.size);
    const portions: Buffer[] = [];
    for (let at = offset; at < end; ) {
      const index = Math.floor(at / this.#chunkBytes);
      const from = index * this.#chunkBytes;
      const plain = await this.#chunk(index);
      if (plain.length === 0) throw new AppError('VAULT_CORRUPT');
      portions.push(plain.subarray(at - from, end - from));
      at = from + plain.length;
    }
    return Buffer.concat(portions);
  }

  /** All chunks in order. */
  async *chunks(signal?: AbortSignal): AsyncGenerator<Buffer> {
    for (let index = 0; index < this.#chunks; index += 1) {
      signal?.throwIfAborted();
      yield await this.#chunk(index);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #chunk(index: number): Promise<Buffer> {
    const sealed = Buffer.allocUnsafe(this.#chunkBytes + TAG_BYTES);
    const at = HEADER_BYTES + index * sealed.length;
    let filled = 0;
    for (;;) {
      const { bytesRead } = await this.#handle.read(sealed, filled, sealed.length - filled, at + filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === sealed.length) break;
    }
    if (filled < TAG_BYTES) throw new AppError('VAULT_CORRUPT');
    const final = index === this.#chunks - 1;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, chunkNonce(this.#header, index, final));
    decipher.setAAD(this.#header);
    decipher.setAuthTag(sealed.subarray(filled - TAG_BYTES, filled));
    const plain = decipher.update(sealed.subarray(0, filled - TAG_BYTES));
    try {
      decipher.final();
    } catch (cause) {
      throw new AppError('VAULT_CORRUPT', {}, { cause });
    }
    return plain;
  }
}

function chunkNonce(header: Buffer, counter: number, final: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  header.copy(nonce, 0, PREFIX_AT, PREFIX_AT + PREFIX_BYTES);
  nonce.writeUInt32BE(counter, PREFIX_BYTES);
  nonce[11] = final ? 1 : 0;
  return nonce;
}
