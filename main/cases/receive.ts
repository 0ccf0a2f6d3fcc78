/**
 * Reads a file once, read-only: SHA-256, SM3 and a sealed copy in one pass, then the digest a second time, so that a file that
 * was still being written is refused and not half kept. Decides nothing about what the bytes are.
 */
import { createHash, getHashes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { createSM3 } from 'hash-wasm';
import { AppError } from '../contract/errors.ts';
import { storeFault } from './database.ts';
import { newVaultId, syncFolder, unfinishedPath, vaultPath } from './files.ts';
import type { OpenCase } from './open-case.ts';
import { CHUNK_BYTES, StreamSealer } from './sealed-stream.ts';
import { newKey } from './sealing.ts';

export interface ReceiveSource {
  readonly path: string | Buffer;
  /** A byte range of the file; all of it where left out. */
  readonly range?: { readonly offset: number; readonly length: number };
}

export interface ReceiveOptions {
  readonly keepCopy: boolean;
  readonly signal?: AbortSignal;
  /** Called with the bytes read since the last call. */
  onBytes?(bytes: number): void;
}

export interface SealedCopy {
  readonly id: string;
  readonly key: Buffer;
  readonly sealedBytes: number;
}

export interface Received {
  readonly sha256: string;
  readonly sm3: string;
  readonly bytes: number;
  readonly modifiedAtMs: number;
  /** Complete and on the disk, but not referred to by any row yet; `discard` it or record it. */
  readonly copy: SealedCopy | null;
}

/**
 * Throws AppError `FILE_NOT_FOUND`, `PERMISSION_DENIED`, `NOT_A_REGULAR_FILE`, `FILE_EMPTY`, `FILE_CHANGED_WHILE_READING`,
 * `FILE_UNREADABLE`, `MEDIA_TRUNCATED` (a range beyond the end), `NO_SPACE`, `CANCELLED`; then nothing is left behind.
 */
export async function receive(c: OpenCase, source: ReceiveSource, options: ReceiveOptions): Promise<Received> {
  await using original = await openRegular(source.path);
  const before = await original.stat();
  const range = source.range ?? { offset: 0, length: before.size };
  if (range.length === 0) throw new AppError('FILE_EMPTY');
  if (range.offset + range.length > before.size) throw new AppError('MEDIA_TRUNCATED');
  const draft = options.keepCopy ? await CopyDraft.begin(c) : null;
  try {
    const first = await digestBoth(original, range, options, draft);
    const second = await digestAgain(original, range, options.signal);
    const after = await original.stat();
    const same = first.sha256 === second && first.bytes === range.length && after.size === before.size;
    if (!same || after.mtimeMs !== before.mtimeMs) throw new AppError('FILE_CHANGED_WHILE_READING');
    return { ...first, modifiedAtMs: Math.round(before.mtimeMs), copy: (await draft?.complete()) ?? null };
  } catch (thrown) {
    await draft?.abandon();
    throw readFault(thrown);
  }
}

/** Removes a copy that no row will refer to. */
export async function discard(c: OpenCase, copy: SealedCopy | null): Promise<void> {
  if (copy) await rm(vaultPath(c.folder, copy.id), { force: true });
}

/** SHA-256 of a file read as evidence. Same errors as `receive`. */
export async function sha256OfFile(file: string | Buffer, signal?: AbortSignal): Promise<string> {
  await using original = await openRegular(file);
  try {
    return await digestAgain(original, { offset: 0, length: Number.POSITIVE_INFINITY }, signal);
  } catch (thrown) {
    throw readFault(thrown);
  }
}

/**
 * Opens a regular file for reading, without waiting for the other end of a pipe and, where the system permits it, without
 * touching the time of last access.
 */
async function openRegular(file: string | Buffer): Promise<FileHandle> {
  try {
    if (!(await stat(file)).isFile()) throw new AppError('NOT_A_REGULAR_FILE');
    const handle = await openQuietly(file);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (thrown) {
    throw readFault(thrown);
  }
  throw new AppError('NOT_A_REGULAR_FILE');
}

async function openQuietly(file: string | Buffer): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOATIME = 0 } = constants;
  const flags = O_RDONLY | O_NONBLOCK | O_NOCTTY;
  try {
    return await open(file, flags | O_NOATIME);
  } catch (thrown) {
    if (O_NOATIME === 0 || (thrown as NodeJS.ErrnoException).code !== 'EPERM') throw thrown;
    return open(file, flags);
  }
}

interface Range {
  readonly offset: number;
  readonly length: number;
}

/** Portions of a range in order; the next one is being read while the caller works on this one. */
async function* portions(file: FileHandle, range: Range, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  // No more than needed: the collector counts what it does not hold, and ran once in ten small files.
  const room = Math.min(CHUNK_BYTES, range.length);
  const buffers = [Buffer.allocUnsafe(room), Buffer.allocUnsafe(room)];
  const end = range.offset + range.length;
  const readAt = (at: number, buffer: Buffer) => file.read(buffer, 0, Math.min(buffer.length, end - at), at);
  let at = range.offset;
  let turn = 0;
  let pending = readAt(at, buffers[turn]!);
  try {
    for (;;) {
      const { bytesRead } = await pending;
      signal?.throwIfAborted();
      if (bytesRead === 0) return;
      const portion = buffers[turn]!.subarray(0, bytesRead);
      at += bytesRead;
      turn = 1 - turn;
      pending = at < end ? readAt(at, buffers[turn]!) : Promise.resolve({ bytesRead: 0, buffer: buffers[turn]! });
      yield portion;
    }
  } finally {
    await pending.catch(() => undefined);
  }
}

async function digestBoth(
  file: FileHandle,
  range: Range,
  options: ReceiveOptions,
  draft: CopyDraft | null,
): Promise<Pick<Received, 'sha256' | 'sm3' | 'bytes'>> {
  const sha256 = createHash('sha256');
  const sm3 = await newSm3();
  let bytes = 0;
  for await (const portion of portions(file, range, options.signal)) {
    const written = draft?.write(portion);
    try {
      sha256.update(portion);
      sm3.update(portion);
    } finally {
      await written;
    }
    bytes += portion.length;
    options.onBytes?.(portion.length);
  }
  return { sha256: sha256.digest('hex'), sm3: sm3.digest('hex'), bytes };
}

async function digestAgain(file: FileHandle, range: Range, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const portion of portions(file, range, signal)) hash.update(portion);
  return hash.digest('hex');
}

interface Digester {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

/** GB/T 32905-2016. OpenSSL's where this Node has it (faster), otherwise wasm: Electron's crypto library has none. */
export async function newSm3(native: boolean = getHashes().includes('sm3')): Promise<Digester> {
  if (native) return createHash('sm3');
  return (await createSM3()).init();
}

/** A sealed copy while it grows, under a name that no row refers to. */
class CopyDraft {
  readonly #case: OpenCase;
  readonly #id: string;
  readonly #key = newKey();
  readonly #handle: FileHandle;
  readonly #sealer: StreamSealer;

  private constructor(c: OpenCase, id: string, handle: FileHandle) {
    this.#case = c;
    this.#id = id;
    this.#handle = handle;
    this.#sealer = new StreamSealer(this.#key, { write: (bytes) => writeAll(handle, bytes) });
  }

  static async begin(c: OpenCase): Promise<CopyDraft> {
    const id = newVaultId();
    try {
      return new CopyDraft(c, id, await c.create(unfinishedPath(c.folder, id)));
    } catch (thrown) {
      throw storeFault(thrown);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#sealer.write(bytes);
  }

  async complete(): Promise<SealedCopy> {
    await this.#sealer.end();
    await this.#handle.sync();
    await this.#handle.close();
    const target = vaultPath(this.#case.folder, this.#id);
    if ((await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })) !== undefined)
      await syncFolder(path.dirname(path.dirname(target)));
    await rename(unfinishedPath(this.#case.folder, this.#id), target);
    await syncFolder(path.dirname(target));
    return { id: this.#id, key: this.#key, sealedBytes: this.#sealer.sealedBytes };
  }

  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(unfinishedPath(this.#case.folder, this.#id), { force: true });
    await rm(vaultPath(this.#case.folder, this.#id), { force: true });
  }
}

/** Seals bytes that are already in memory into one file of the vault. */
export async function sealPortions(c: OpenCase, bytes: Iterable<Uint8Array>): Promise<SealedCopy> {
  const draft = await CopyDraft.begin(c);
  try {
    for (const portion of bytes) await draft.write(portion);
    return await draft.complete();
  } catch (thrown) {
    await draft.abandon();
    throw storeFault(thrown);
  }
}

/** Writes all of `bytes`: a full disk may take a part of them before it refuses. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at);
    at += bytesWritten;
  }
}

/** Faults of reading evidence or writing its copy, as codes. */
function readFault(thrown: unknown): unknown {
  const fault = storeFault(thrown);
  if (fault instanceof AppError) return fault;
  const { name, code } = (thrown ?? {}) as { name?: string; code?: string };
  const options = { cause: thrown };
  if (name === 'AbortError') return new AppError('CANCELLED', {}, options);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE')
    return new AppError('FILE_NOT_FOUND', {}, options);
  if (code === 'EACCES' || code === 'EPERM') return new AppError('PERMISSION_DENIED', {}, options);
  if (code === 'ELOOP') return new AppError('FOLDER_LOOP', {}, options);
  if (code === 'EISDIR' || code === 'ENXIO') return new AppError('NOT_A_REGULAR_FILE', {}, options);
  if (code === 'EIO' || code === 'ENAMETOOLONG') return new AppError('FILE_UNREADABLE', {}, options);
  return thrown;
}
