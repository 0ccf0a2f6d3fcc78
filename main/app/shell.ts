/** The desktop program: one instance, one window, one session; closing asks while work runs. */
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { Refusal } from '../contract/ipc.ts';
import { APP_ROOT } from '../jobs/installation.ts';
import { readAssets } from '../window/assets.ts';
import type { SavedFile, WindowHost } from '../window/host.ts';
import { WindowSession } from '../window/session.ts';
import type { Electron } from './electron.ts';
import { hardenedSession, hardenProgram, PAGE, windowOptions } from './hardening.ts';
import { startEngine, startViewer } from './processes.ts';
import { answerRequests } from './requests.ts';

export interface ShellOptions extends Pick<WindowHost, 'dataRoot' | 'cwd' | 'secret'> {
  /** @default the built renderer of this installation */
  readonly rendererFolder?: string;
}

/** Call before Electron is ready. Where another instance runs, that one comes forward and this one ends. */
export async function startShell(electron: Electron, options: ShellOptions): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  hardenProgram(electron);
  await app.whenReady();
  const assets = await readAssets(options.rendererFolder ?? path.join(APP_ROOT, 'dist', 'renderer'));
  const shell = new Shell(electron, options, hardenedSession(electron, assets));
  app.on('second-instance', () => shell.comeForward());
  app.on('activate', () => shell.comeForward());
  app.on('window-all-closed', () => shell.end());
  shell.comeForward();
}

class Shell {
  readonly #electron: Electron;
  readonly #pageSession: ReturnType<typeof hardenedSession>;
  readonly #session: WindowSession;
  #window: BrowserWindow | null = null;
  #ending = false;

  constructor(electron: Electron, options: ShellOptions, pageSession: ReturnType<typeof hardenedSession>) {
    this.#electron = electron;
    this.#pageSession = pageSession;
    this.#session = new WindowSession({
      dataRoot: options.dataRoot,
      cwd: options.cwd,
      secret: options.secret,
      kind: 'electron',
      capabilities: ['paths', 'saveDialog', 'report', 'package', 'letters', 'groups', 'persons'],
      locate: (source) => {
        if (source.from === 'uploads') throw new Refusal('UPLOAD_UNKNOWN');
        return { inputs: source.paths, receivedAs: null, release: async () => {} };
      },
      emit: (name, event) => this.#send(name, event),
      save: (suggestedName, to, write) => this.#save(suggestedName, to, write),
      end: () => this.end(),
      startEngine: (settings) => startEngine(electron, settings),
      startViewer: (folder) => startViewer(electron, folder),
    });
    answerRequests(electron, this.#session.handlers, () => this.#window?.webContents ?? null);
  }

  comeForward(): void {
    this.#window ??= this.#open();
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  /** Ends the program once the case is given back. */
  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    void this.#session[Symbol.asyncDispose]().finally(() => this.#electron.app.quit());
  }

  #open(): BrowserWindow {
    const preload = path.join(import.meta.dirname, '../preload/index.cjs');
    const developing = !this.#electron.app.isPackaged;
    const window = new this.#electron.BrowserWindow(windowOptions(this.#pageSession, preload, { developing }));
    window.once('ready-to-show', () => window.show());
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('close', (event) => {
      if (this.#ending || !this.#session.busy) return;
      event.preventDefault();
      this.#send('closing', {});
    });
    window.on('closed', () => {
      this.#window = null;
    });
    window.webContents.on('render-process-gone', () => window.reload());
    void window.loadURL(PAGE);
    return window;
  }

  #send(name: string, event: unknown): void {
    if (this.#window && !this.#window.isDestroyed()) this.#window.webContents.send('event', { name, event });
  }

  async #save<Value>(
    suggestedName: string,
    to: string | null,
    write: (file: string) => Promise<Value>,
  ): Promise<SavedFile<Value>> {
    if (to !== null) return { file: to, download: null, value: await write(to) };
    const place = await this.#ask(suggestedName);
    if (place === null) return { file: null, download: null, value: null };
    return { file: place, download: null, value: await inPlaceOf(place, write) };
  }

  async #ask(suggestedName: string): Promise<string | null> {
    const options = { defaultPath: suggestedName, properties: ['showOverwriteConfirmation' as const] };
    const { dialog } = this.#electron;
    const { canceled, filePath } = this.#window
      ? await dialog.showSaveDialog(this.#window, options)
      : await dialog.showSaveDialog(options);
    return canceled || !filePath ? null : filePath;
  }
}

/** The dialog asked whether a file that is there may go; it goes once the new one is written. */
async function inPlaceOf<Value>(place: string, write: (file: string) => Promise<Value>): Promise<Value> {
  const former = `${place}.former-${process.pid}`;
  const moved = await rename(place, former).then(
    () => true,
    () => false,
  );
  try {
    const value = await write(place);
    if (moved) await rm(former, { force: true });
    return value;
  } catch (thrown) {
    if (moved) await rename(former, place);
    throw thrown;
  }
}
