/** Opens a package that lies on the disk, checks it, and adds the time stamp that came back for it. */
import { type FileHandle, open, rename } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';
import { timestampRequest } from '../signing/index.ts';
import {
  type ByteSource,
  checkTimestamp,
  contentOf,
  FILES,
  readZip,
  type TimestampFinding,
  type Verification,
  type VerifyOptions,
  verifyPackage,
  wholeOf,
} from '../verify/index.ts';
import { sealOf, writeZip } from './bag-writer.ts';

class FileSource implements ByteSource, AsyncDisposable {
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  static async open(file: string): Promise<FileSource> {
    const handle = await open(file, 'r');
    const found = await handle.stat();
    if (found.isFile()) return new FileSource(handle, found.size);
    await handle.close();
    throw new AppError('NOT_A_REGULAR_FILE');
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await this.#handle.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) throw new AppError('FILE_CHANGED_WHILE_READING');
      filled += bytesRead;
    }
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

/** Throws AppError `FILE_NOT_FOUND`, `NOT_A_REGULAR_FILE`, `FILE_CHANGED_WHILE_READING`; what is wrong inside is in the answer. */
export async function verifyFile(file: string, options: VerifyOptions = {}): Promise<Verification> {
  await using source = await FileSource.open(file);
  return await verifyPackage(source, options);
}

/** Largest file that is stamped: the signature, or the list of a package without one. */
const MAX_STAMPED = 128 << 20;

/** The RFC 3161 request for a package: what is sent is a digest and nothing else. Throws AppError `PACKAGE_INVALID`. */
export async function requestFor(file: string): Promise<Uint8Array> {
  await using source = await FileSource.open(file);
  const { bytes } = await stampedPart(source);
  return timestampRequest(bytes);
}

/**
 * Puts an authority's reply into the package. Throws AppError `PACKAGE_INVALID`, `TIMESTAMP_INVALID` where the reply is refused,
 * unreadable or for other bytes, `TIMESTAMP_EXISTS`.
 */
export async function addTimestamp(file: string, reply: Uint8Array, signal?: AbortSignal): Promise<TimestampFinding> {
  const stamped = `${file}.stamped-${process.pid}`;
  const finding = await writeStamped(file, reply, stamped, signal);
  // The package is closed by now: Windows renames over no open file.
  await rename(stamped, file);
  return finding;
}

async function writeStamped(
  file: string,
  reply: Uint8Array,
  target: string,
  signal: AbortSignal | undefined,
): Promise<TimestampFinding> {
  await using source = await FileSource.open(file);
  const { entries, bytes } = await stampedPart(source);
  if (entries.has(FILES.timestamp)) throw new AppError('TIMESTAMP_EXISTS');
  const finding = await checkTimestamp(reply, bytes);
  if (finding.state !== 'holds') throw new AppError('TIMESTAMP_INVALID');
  await writeZip(
    target,
    async (zip) => {
      for (const entry of entries.values())
        if (entry.name !== FILES.seal) await zip.add(entry.name, contentOf(source, entry));
      await zip.add(FILES.timestamp, reply);
      await zip.add(FILES.seal, sealOf(zip.digests));
    },
    signal,
  );
  return finding;
}

async function stampedPart(source: ByteSource) {
  const { entries, deviations } = await readZip(source);
  const entry = entries.get(FILES.signature) ?? entries.get(FILES.tagManifest);
  const bytes = entry && deviations.length === 0 ? await wholeOf(source, entry, MAX_STAMPED) : null;
  if (!bytes) throw new AppError('PACKAGE_INVALID');
  return { entries, bytes };
}
