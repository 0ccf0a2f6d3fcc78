// Where is the decoded sound of an item kept while it is examined? In a private scratch file as 16-bit samples, so that
// two hours take 230 MB of disk and no memory.
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';

/** Hz, of everything the spool holds. */
export const SPOOL_RATE = 16_000;

/** One recording, written from its start to its end and read anywhere. Dispose it to erase the file. */
export class SoundSpool implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #path: string;
  #length = 0;

  private constructor(file: FileHandle, where: string) {
    this.#file = file;
    this.#path = where;
  }

  /** @param folder private scratch folder that exists. */
  static async create(folder: string): Promise<SoundSpool> {
    const where = path.join(folder, `sound-${randomUUID()}.s16`);
    return new SoundSpool(await open(where, 'wx+', 0o600), where);
  }

  /** Samples written so far. */
  get length(): number {
    return this.#length;
  }

  /** Appends samples in [-1, 1]; what lies outside is clipped. */
  async append(samples: Float32Array): Promise<void> {
    const words = new Int16Array(samples.length);
    for (let i = 0; i < words.length; i++)
      words[i] = Math.max(-32768, Math.min(32767, Math.round(samples[i]! * 32768)));
    const bytes = new Uint8Array(words.buffer);
    for (let done = 0; done < bytes.length; ) {
      done += (await this.#file.write(bytes, done, bytes.length - done, this.#length * 2 + done)).bytesWritten;
    }
    this.#length += words.length;
  }

  /** Samples of [from, to); silence where nothing was recorded. */
  async read(from: number, to: number): Promise<Float32Array> {
    const samples = new Float32Array(Math.max(0, to - from));
    const first = Math.max(0, from);
    const count = Math.min(to, this.#length) - first;
    if (count <= 0) return samples;
    const words = new Int16Array(count);
    const bytes = new Uint8Array(words.buffer);
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, first * 2 + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    for (let i = 0; i < count; i++) samples[first - from + i] = words[i]! / 32768;
    return samples;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}
