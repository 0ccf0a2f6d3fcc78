/** The one case that a window has open, with the work on it: opened when first needed, exchanged and closed as the user asks. */
import { DEFAULT_CASE_NAME, type OpenCase, openCase, openOrCreateCase } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import { Refusal } from '../contract/ipc.ts';
import { APP_NAME } from '../jobs/installation.ts';
import { Desk } from './desk.ts';
import type { WindowHost } from './host.ts';
import type { PreferenceFile } from './preferences.ts';
import { WorkQueue } from './work.ts';

export interface Opened {
  readonly desk: Desk;
  readonly work: WorkQueue;
}

/** Of what was erased nothing is shown any more. */
export async function forget({ desk, work }: Opened, items: readonly string[]): Promise<void> {
  for (const gone of items) {
    desk.index.forget(gone);
    work.forget(gone);
    await desk.views.forget(gone);
  }
}

export class Seat {
  readonly #host: WindowHost;
  readonly #preferences: PreferenceFile;
  #opened: Promise<Opened> | null = null;
  #left = false;
  #busy = false;

  constructor(host: WindowHost, preferences: PreferenceFile) {
    this.#host = host;
    this.#preferences = preferences;
  }

  /** Whether closing would interrupt something. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Whether the case was left: none is opened until the user chooses one. */
  get left(): boolean {
    return this.#left;
  }

  /** The open case, or the one of last time, opened. Throws CASE_NOT_FOUND after it was left. */
  open(): Promise<Opened> {
    if (this.#left) throw new AppError('CASE_NOT_FOUND', { name: '' });
    this.#opened ??= this.#openLast().catch((thrown: unknown) => {
      this.#opened = null;
      throw thrown;
    });
    return this.#opened;
  }

  async desk(): Promise<Desk> {
    return (await this.open()).desk;
  }

  /** What is open at this moment; opens nothing. */
  async opened(): Promise<Opened | null> {
    return (await this.#opened?.catch(() => null)) ?? null;
  }

  /** Throws Refusal WORK_IN_PROGRESS. */
  async mustBeFree(): Promise<void> {
    if ((await this.opened())?.work.busy) throw new Refusal('WORK_IN_PROGRESS');
  }

  /** Opens another case in place of the one that is open; the one before is opened again, when needed, where that fails. */
  async exchange(open: () => Promise<OpenCase>): Promise<void> {
    await this.mustBeFree();
    await this.#close();
    this.#opened = Promise.resolve(await this.#sit(await open()));
    this.#left = false;
  }

  /** Stops what runs at a safe point, keeps what a later run goes on with, gives the case back. */
  async leave(): Promise<void> {
    this.#left = true;
    await this.#close();
  }

  /** The case of last time is opened again when it is needed. */
  comeBack(): void {
    this.#left = false;
  }

  /** The case of last time, or the default one where that is gone. */
  async #openLast(): Promise<Opened> {
    const name = this.#preferences.read().lastCase ?? DEFAULT_CASE_NAME;
    try {
      return await this.#sit(await openWith(this.#host, name));
    } catch (thrown) {
      const gone = thrown instanceof AppError && thrown.code === 'CASE_NOT_FOUND' && name !== DEFAULT_CASE_NAME;
      if (!gone) throw thrown;
      this.#preferences.remember(null);
      return this.#sit(await openWith(this.#host, DEFAULT_CASE_NAME));
    }
  }

  async #sit(c: OpenCase): Promise<Opened> {
    const desk = await Desk.of(c, this.#host);
    const work = new WorkQueue(desk, {
      emit: (name, event) => {
        this.#busy = work.busy;
        this.#host.emit(name, event);
      },
    });
    this.#preferences.remember(c.name === DEFAULT_CASE_NAME ? null : c.name);
    return { desk, work };
  }

  async #close(): Promise<void> {
    const opened = await this.opened();
    this.#opened = null;
    await opened?.work.leave();
    await opened?.desk[Symbol.asyncDispose]();
    this.#busy = false;
  }
}

/** A case is opened by its key file where it has one, otherwise by the passphrase that the program was started with. */
async function openWith({ dataRoot, secret: { passphrase } }: WindowHost, name: string): Promise<OpenCase> {
  try {
    return await (name === DEFAULT_CASE_NAME ? openOrCreateCase : openCase)(dataRoot, name, { app: APP_NAME });
  } catch (thrown) {
    const locked = thrown instanceof AppError && thrown.code === 'VAULT_KEY_MISSING';
    if (!locked || !passphrase) throw thrown;
    return openCase(dataRoot, name, { app: APP_NAME, passphrase });
  }
}
