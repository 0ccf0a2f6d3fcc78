/**
 * Files that a browser streams in: written as they come, limited by the disk alone, into a folder of the case, where they stay over
 * a crash until the work that needs them is done. Where a file lay before is not known to us, and custody says so.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Refusal, type Uploaded } from '../contract/ipc.ts';
import { type Located, RECEIVED_AS_UPLOAD } from '../window/host.ts';

/** Longest name of a staged file: file systems take 255 bytes. */
const MAX_NAME_BYTES = 200;

export class Uploads {
  readonly #incomingFolder: () => Promise<string>;
  readonly #files = new Map<string, string>();

  constructor(incomingFolder: () => Promise<string>) {
    this.#incomingFolder = incomingFolder;
  }

  /** Throws what writing throws (a full disk), and Refusal `UPLOAD_INTERRUPTED` where the stream ended early; then nothing is left. */
  async receive(name: string, body: AsyncIterable<Uint8Array>): Promise<Uploaded> {
    const id = randomUUID();
    const folder = path.join(await this.#incomingFolder(), id);
    const file = path.join(folder, stagedName(name));
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const bytes = await writeAll(file, body);
      this.#files.set(id, file);
      return { id, bytes };
    } catch (thrown) {
      await rm(folder, { recursive: true, force: true });
      throw thrown;
    }
  }

  /** Throws Refusal `UPLOAD_UNKNOWN`. */
  locate(ids: readonly string[]): Located {
    const inputs = ids.map((id) => {
      const file = this.#files.get(id);
      if (file === undefined) throw new Refusal('UPLOAD_UNKNOWN');
      return file;
    });
    return {
      inputs,
      receivedAs: RECEIVED_AS_UPLOAD,
      release: async () => {
        for (const id of ids) this.#files.delete(id);
        for (const file of inputs) await rm(path.dirname(file), { recursive: true, force: true });
      },
    };
  }
}

async function writeAll(file: string, body: AsyncIterable<Uint8Array>): Promise<number> {
  await using handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const part of body) {
      await handle.writeFile(part);
      bytes += part.length;
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ECONNRESET')
      throw new Refusal('UPLOAD_INTERRUPTED', { cause: thrown });
    throw thrown;
  }
  return bytes;
}

/**
 * The name that a browser gave, as one that can be written: the last part of a path, without what no file system takes, and
 * short enough, its extension kept. Nothing else is changed: a hostile name is data.
 */
export function stagedName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const writable = last.replace(/[\p{Cc}\p{Cs}<>:"|?*]/gu, '_').replace(/[. ]+$/, '');
  const extension = path.extname(writable).slice(0, 16);
  let stem = writable.slice(0, writable.length - path.extname(writable).length);
  while (Buffer.byteLength(stem + extension) > MAX_NAME_BYTES) stem = [...stem].slice(0, -1).join('');
  return stem + extension || 'file';
}
