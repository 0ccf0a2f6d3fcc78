// Fetches one registered file from its pinned address, after the user has seen host, size and purpose and agreed. This is
// the only outgoing connection of the product besides time-stamping; no scan ever reaches it.
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';

/** What is fetched. `bytes` is also the most that is read. */
export interface PackAddress {
  readonly id: string;
  /** https only. */
  readonly url: string;
  readonly bytes: number;
  readonly licence: string;
  readonly sha256: string;
  /** @default model-pack */
  readonly purpose?: FetchPurpose;
}

export type FetchPurpose = 'model-pack' | 'trust-list';

/** What the user is asked before anything is sent. */
export interface FetchNotice {
  readonly purpose: FetchPurpose;
  readonly id: string;
  readonly host: string;
  readonly bytes: number;
  readonly licence: string;
  readonly sha256: string;
}

/** One line of the record of connections. */
export interface FetchRecord {
  readonly host: string;
  readonly id: string;
  readonly event: 'asked' | 'refused' | 'connecting' | 'received' | 'failed';
  readonly bytes: number;
}

export interface FetchOptions {
  /** Existing or new folder for the file; the caller takes the file from there and removes it. */
  readonly folder: string;
  readonly ask: (notice: FetchNotice) => Promise<boolean>;
  readonly record: (entry: FetchRecord) => void;
  /** Bytes received so far. */
  readonly progress?: (bytes: number) => void;
  readonly signal?: AbortSignal;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
  /** Milliseconds without a byte after which the connection is given up. @default 30000 */
  readonly stallMs?: number;
}

/**
 * Streams the file to disk and gives its path once length and digest are right; anything else leaves no file behind.
 * @throws AppError NETWORK_REFUSED, NETWORK_FAILED (host), PACK_DIGEST_MISMATCH, CANCELLED, NO_SPACE by `toErrorRecord`.
 */
export async function fetchPack(address: PackAddress, options: FetchOptions): Promise<string> {
  const { protocol, host } = new URL(address.url);
  const { id, bytes, licence, sha256 } = address;
  if (protocol !== 'https:') throw new AppError('NETWORK_REFUSED', { host });
  options.record({ host, id, event: 'asked', bytes });
  if (!(await options.ask({ purpose: address.purpose ?? 'model-pack', id, host, bytes, licence, sha256 }))) {
    options.record({ host, id, event: 'refused', bytes: 0 });
    throw new AppError('NETWORK_REFUSED', { host });
  }
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const file = path.join(options.folder, `.${randomUUID()}.part`);
  try {
    options.record({ host, id, event: 'connecting', bytes: 0 });
    await receive(address, host, file, options);
    options.record({ host, id, event: 'received', bytes });
    return file;
  } catch (error) {
    await rm(file, { force: true });
    options.record({ host, id, event: 'failed', bytes: 0 });
    throw error;
  }
}

async function receive(address: PackAddress, host: string, file: string, options: FetchOptions): Promise<void> {
  const { fetch: request = fetch, signal, stallMs = 30_000, progress } = options;
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  const hash = createHash('sha256');
  let received = 0;
  const translate = (cause: unknown) => {
    if (signal?.aborted) throw new AppError('CANCELLED', {}, { cause });
    throw new AppError('NETWORK_FAILED', { host }, { cause });
  };
  await using handle: FileHandle = await open(file, 'wx', 0o600);
  try {
    const response = await request(address.url, {
      redirect: 'error',
      credentials: 'omit',
      signal: AbortSignal.any([stall.signal, ...(signal ? [signal] : [])]),
    }).catch(translate);
    if (!response.ok || !response.body) throw new AppError('NETWORK_FAILED', { host, status: response.status });
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch(translate);
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), stallMs);
      received += value.byteLength;
      if (received > address.bytes) {
        stall.abort();
        throw new AppError('PACK_DIGEST_MISMATCH', { pack: address.id });
      }
      hash.update(value);
      await handle.writeFile(value);
      progress?.(received);
    }
  } finally {
    clearTimeout(timer);
  }
  if (received !== address.bytes || hash.digest('hex') !== address.sha256)
    throw new AppError('PACK_DIGEST_MISMATCH', { pack: address.id });
  await handle.sync();
}
