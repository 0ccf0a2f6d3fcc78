/** Files that were made for the user and wait to be fetched by the page, once: in a folder of our own that goes with the host. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Refusal } from '../contract/ipc.ts';
import type { SavedFile } from '../window/host.ts';
import { stagedName } from './uploads.ts';

export interface Download extends AsyncDisposable {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

export class Downloads implements AsyncDisposable {
  readonly #files = new Map<string, string>();
  #folder: Promise<string> | null = null;

  /** Lets `write` make the file; nothing is offered where that fails. */
  async offer<Value>(suggestedName: string, write: (file: string) => Promise<Value>): Promise<SavedFile<Value>> {
    this.#folder ??= mkdtemp(path.join(os.tmpdir(), 'jianzhen-'));
    const id = randomUUID();
    const folder = path.join(await this.#folder, id);
    const file = path.join(folder, stagedName(suggestedName));
    try {
      await mkdir(folder, { mode: 0o700 });
      const value = await write(file);
      this.#files.set(id, file);
      return { file: null, download: id, value };
    } catch (thrown) {
      await rm(folder, { recursive: true, force: true });
      throw thrown;
    }
  }

  /** The file is removed when the download is disposed of. Throws Refusal `REFUSED_PATH`. */
  async take(id: string): Promise<Download> {
    const file = this.#files.get(id);
    if (file === undefined) throw new Refusal('REFUSED_PATH');
    this.#files.delete(id);
    return {
      path: file,
      name: path.basename(file),
      bytes: (await stat(file)).size,
      [Symbol.asyncDispose]: () => rm(path.dirname(file), { recursive: true, force: true }),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const folder = await this.#folder?.catch(() => null);
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}
