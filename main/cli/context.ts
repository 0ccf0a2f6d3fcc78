/** What every command needs before it starts: language, data folder, case, passphrase, and where relative paths begin. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import {
  DEFAULT_CASE_NAME,
  defaultDataRoot,
  expireReferences,
  type OpenCase,
  openCase,
  openOrCreateCase,
} from '../cases/index.ts';
import type { EngineSettings } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import type { Installed } from '../contract/versions.ts';
import { readInstalled } from '../inference/installed.ts';
import { APP_NAME, engineSettings, MODELS_FOLDER, packsFolder, trustFolder } from '../jobs/installation.ts';
import { trustListVersions } from '../provenance/c2pa/trust-lists.ts';
import { printable } from '../strings/printable.ts';
import { Terminal } from './terminal.ts';

export { APP_NAME };

export interface GlobalOptions {
  readonly lang?: string;
  readonly data?: string;
  readonly case?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

/** Secrets stand in the first line of a file. */
export function firstLineOf(file: string): string | undefined {
  return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0];
}

export class Context {
  readonly terminal: Terminal;
  /** npm changes into the project folder; paths resolve from where the user stands. */
  readonly cwd = process.env.INIT_CWD ?? process.cwd();
  readonly dataRoot: string;
  /** Whether `--data` was given: then it is no place of every start. */
  readonly dataChosen: boolean;
  readonly caseName: string;
  readonly modelsFolder = MODELS_FOLDER;
  readonly packsFolder: string;
  readonly trustFolder: string;
  readonly #options: GlobalOptions;

  constructor(command: Command) {
    this.#options = command.optsWithGlobals<GlobalOptions>();
    const { lang } = this.#options;
    // A report in both languages is told of in the language of the machine.
    this.terminal = new Terminal({ language: lang === 'both' ? undefined : lang, json: this.#options.json === true });
    this.dataRoot = this.#options.data ? path.resolve(this.cwd, this.#options.data) : defaultDataRoot();
    this.dataChosen = this.#options.data !== undefined;
    this.caseName = this.#options.case ?? DEFAULT_CASE_NAME;
    this.packsFolder = packsFolder(this.dataRoot);
    this.trustFolder = trustFolder(this.dataRoot);
  }

  /** What examines here. @throws AppError MODEL_MISSING, MODEL_INVALID for the registry itself. */
  installed(): Installed {
    return readInstalled(this, trustListVersions(this.trustFolder));
  }

  /** By the key file where there is one, otherwise by the passphrase or recovery code that was given. */
  async openCase(name = this.caseName): Promise<OpenCase> {
    const secret = this.#secret();
    try {
      return await openCase(this.dataRoot, name, { app: APP_NAME });
    } catch (thrown) {
      const locked = thrown instanceof AppError && thrown.code === 'VAULT_KEY_MISSING';
      if (!locked || !secret) throw thrown;
      return openCase(this.dataRoot, name, { app: APP_NAME, ...secret });
    }
  }

  /** A new case is locked by the passphrase where one was given, by a key file otherwise. */
  async openOrCreateCase(): Promise<OpenCase> {
    try {
      return await this.openCase();
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'CASE_NOT_FOUND')) throw thrown;
      const passphrase = this.passphrase();
      return openOrCreateCase(this.dataRoot, this.caseName, { app: APP_NAME, ...(passphrase ? { passphrase } : {}) });
    }
  }

  /** Erases who is past the retention date, says whom, and returns how many. What works on a case does so before anything else. */
  async expire(openCase: OpenCase): Promise<number> {
    const expired = await expireReferences(openCase);
    for (const { name, retainUntil } of expired) {
      this.terminal.line(this.terminal.say('cli.reference.erased', { name: printable(name), date: retainUntil }));
    }
    return expired.length;
  }

  passphrase(): string | undefined {
    const { passphraseFile } = this.#options;
    if (passphraseFile) return firstLineOf(path.resolve(this.cwd, passphraseFile));
    return process.env.JIANZHEN_PASSPHRASE;
  }

  engineSettings(scratchFolder: string): EngineSettings {
    return engineSettings(this.dataRoot, scratchFolder);
  }

  #secret(): { passphrase: string } | { recoveryCode: string } | null {
    const recoveryCode = process.env.JIANZHEN_RECOVERY_CODE;
    const passphrase = this.passphrase();
    if (recoveryCode) return { recoveryCode };
    return passphrase ? { passphrase } : null;
  }
}
