/** What the person at the window chose: one file beside the cases, so that language and theme are known before any case is open. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { DEFAULT_PREFERENCES, type Preferences, preferencesSchema } from '../contract/ipc.ts';

const storedSchema = z.object({ preferences: preferencesSchema, lastCase: z.string().nullable() });
type Stored = z.infer<typeof storedSchema>;

const FIRST: Stored = { preferences: DEFAULT_PREFERENCES, lastCase: null };

export class PreferenceFile {
  readonly #file: string;

  constructor(dataRoot: string) {
    this.#file = path.join(dataRoot, 'window.json');
  }

  /** The defaults where there is no file, or one that cannot be understood. */
  read(): Stored {
    try {
      return storedSchema.safeParse(JSON.parse(readFileSync(this.#file, 'utf8'))).data ?? FIRST;
    } catch {
      return FIRST;
    }
  }

  choose(preferences: Preferences): void {
    this.#write({ ...this.read(), preferences });
  }

  /** The case to open at the next start; null for the default. */
  remember(lastCase: string | null): void {
    if (this.read().lastCase !== lastCase) this.#write({ ...this.read(), lastCase });
  }

  #write(stored: Stored): void {
    mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
    const partial = `${this.#file}.${process.pid}.part`;
    writeFileSync(partial, `${JSON.stringify(stored)}\n`, { mode: 0o600 });
    renameSync(partial, this.#file);
  }
}
