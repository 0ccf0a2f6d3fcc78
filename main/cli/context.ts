/** What every command needs before it starts: language, data folder, case, passphrase, and where relative paths begin. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_CASE_NAME, defaultDataRoot, type OpenCase, openCase, openOrCreateCase } from '../cases/index.ts';
import type { EngineSettings } from '../contract/engine.ts';
import { Terminal } from './terminal.ts';

export interface GlobalOptions {
  readonly lang?: string;
  readonly data?: string;
  readonly case?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

/** The checkout or the installed program. */
const APP_ROOT = path.resolve(import.meta.dirname, '../..');

export const APP_NAME = `jianzhen/${(JSON.parse(readFileSync(path.join(APP_ROOT, 'package.json'), 'utf8')) as { version: string }).version}`;

/** Threads of one model session; more than the two cores of a small laptop help little and starve the decoder. */
const MODEL_THREADS = 2;

export class Context {
  readonly terminal: Terminal;
  /** npm changes into the project folder; paths resolve from where the user stands. */
  readonly cwd = process.env.INIT_CWD ?? process.cwd();
  readonly dataRoot: string;
  readonly caseName: string;
  readonly modelsFolder = path.join(APP_ROOT, 'models');
  readonly packsFolder: string;
  readonly trustFolder: string;
  readonly #options: GlobalOptions;

  constructor(command: Command) {
    this.#options = command.optsWithGlobals<GlobalOptions>();
    this.terminal = new Terminal({ language: this.#options.lang, json: this.#options.json === true });
    this.dataRoot = this.#options.data ? path.resolve(this.cwd, this.#options.data) : defaultDataRoot();
    this.caseName = this.#options.case ?? DEFAULT_CASE_NAME;
    this.packsFolder = path.join(this.dataRoot, 'packs');
    this.trustFolder = path.join(this.packsFolder, 'trust');
  }

  openCase(name = this.caseName): Promise<OpenCase> {
    return openCase(this.dataRoot, name, this.#keys());
  }

  openOrCreateCase(): Promise<OpenCase> {
    return openOrCreateCase(this.dataRoot, this.caseName, this.#keys());
  }

  passphrase(): string | undefined {
    const { passphraseFile } = this.#options;
    if (passphraseFile) return readFileSync(path.resolve(this.cwd, passphraseFile), 'utf8').split(/\r?\n/, 1)[0];
    return process.env.JIANZHEN_PASSPHRASE;
  }

  engineSettings(scratchFolder: string): EngineSettings {
    return {
      modelsFolder: this.modelsFolder,
      packsFolder: this.packsFolder,
      trustFolder: this.trustFolder,
      scratchFolder,
      threads: MODEL_THREADS,
    };
  }

  #keys() {
    const passphrase = this.passphrase();
    return { app: APP_NAME, ...(passphrase ? { passphrase } : {}) };
  }
}
