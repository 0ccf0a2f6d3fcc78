/** Random access to a file on disk, read-only: every reader of bytes in the house goes through this. */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';
import type { RangedSource } from '../contract/media.ts';

export class FileSource implements RangedSource, AsyncDisposable {
  readonly size: number;
  readonly path: string;
  /** When the content was last written, milliseconds of the system's clock. */
  readonly writtenMs: number;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, stat: Stats, path: string) {
    this.#handle = handle;
    this.size = stat.size;
    this.writtenMs = stat.mtimeMs;
    this.path = path;
  }

  /** Throws AppError `NOT_A_REGULAR_FILE`, `FILE_EMPTY`, or the operating system's error. Never blocks on a named pipe. */
  static async open(path: string): Promise<FileSource> {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new AppError('NOT_A_REGULAR_FILE');
      if (stat.size === 0) throw new AppError('FILE_EMPTY');
      return new FileSource(handle, stat, path);
    } catch (fault) {
      await handle.close();
      throw fault;
    }
  }

  /** At most `length` bytes from `offset`; fewer at the end of the file, none behind it. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const bytes = new Uint8Array(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#handle.read(bytes, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled === wanted ? bytes : bytes.subarray(0, filled);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

/** Bytes already in memory behind the same face: parts of a file, tests. */
export function bytesSource(bytes: Uint8Array): RangedSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
