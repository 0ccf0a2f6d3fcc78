// Where do a model's verified bytes and its session come from?
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ModelAccess, TensorData } from '../contract/analyzer.ts';
import { AppError } from '../contract/errors.ts';
import { readVerified } from './digest.ts';
import { type ImportedModel, importedFolder, readImported } from './imported.ts';
import { type ModelEntry, readRegistry } from './registry.ts';
import type { Feeds, ModelSession } from './session.ts';
import { Sessions } from './sessions.ts';

export interface ModelStoreOptions {
  /** Holds `registry.json`, `.built/` and one folder a trained model. */
  readonly modelsFolder: string;
  /** The user's packs, each named by its SHA-256; need not exist. */
  readonly packsFolder: string;
  /** Threads of every session. @default 1 */
  readonly threads?: number;
}

export class ModelStore implements ModelAccess {
  readonly modelsFolder: string;
  readonly packsFolder: string;
  readonly #entries: ReadonlyMap<string, ModelEntry>;
  readonly #imported: ReadonlyMap<string, ImportedModel>;
  readonly #sessions: Sessions;
  readonly #loaded = new Map<string, string>();

  /** @throws AppError MODEL_MISSING, MODEL_INVALID for the registry itself. */
  constructor({ modelsFolder, packsFolder, threads = 1 }: ModelStoreOptions) {
    this.modelsFolder = modelsFolder;
    this.packsFolder = packsFolder;
    this.#sessions = new Sessions(threads);
    this.#entries = new Map(readRegistry(modelsFolder).models.map((entry) => [entry.id, entry]));
    this.#imported = new Map(readImported(packsFolder).map((model) => [model.contract.id, model]));
  }

  /** Every registered model, in the registry's order. */
  entries(): ModelEntry[] {
    return [...this.#entries.values()];
  }

  /** @throws AppError MODEL_MISSING where no model has this id. */
  describe(id: string): ModelEntry {
    const entry = this.#entries.get(id);
    if (!entry) throw new AppError('MODEL_MISSING', { model: id });
    return entry;
  }

  /** Whether the model is registered and its file is there; the digest is checked when it is read. */
  has(id: string): boolean {
    return (this.#entries.has(id) || this.#imported.has(id)) && existsSync(this.file(id));
  }

  /** Where the model's file lies, or would lie. */
  file(id: string): string {
    if (this.#imported.has(id)) return path.join(importedFolder(this.packsFolder, id), 'model.onnx');
    const entry = this.describe(id);
    if (entry.kind === 'pack') return path.join(this.packsFolder, entry.sha256);
    return path.join(this.modelsFolder, entry.file);
  }

  /** SHA-256 that its file must have. @throws AppError MODEL_MISSING. */
  digest(id: string): string {
    return (this.#imported.get(id) ?? this.describe(id)).sha256;
  }

  /**
   * The verified bytes of a model that is not a network (boosted trees, tables), or of one that is.
   * @throws AppError MODEL_MISSING, MODEL_DIGEST_MISMATCH.
   */
  async bytes(id: string): Promise<Uint8Array> {
    const sha256 = this.digest(id);
    const bytes = await readVerified(id, this.file(id), sha256);
    this.#loaded.set(id, sha256);
    return bytes;
  }

  /**
   * The session of a network; the same one for every caller. A failure is not remembered: the next call tries again.
   * @throws AppError MODEL_MISSING, MODEL_DIGEST_MISMATCH, MODEL_INVALID.
   */
  session(id: string): Promise<ModelSession> {
    return this.#sessions.of(id, () => this.bytes(id));
  }

  /**
   * Runs a network once, loading it where needed, and gives all its float32 outputs.
   * @throws AppError as `session`; Error where the feeds do not fit.
   */
  async run(id: string, feeds: Feeds): Promise<Record<string, TensorData>> {
    const session = await this.session(id);
    return session.run(feeds, session.outputs);
  }

  /** SHA-256 by id of every model that was read through this store: what a record of an examination names. */
  loaded(): Record<string, string> {
    return Object.fromEntries(this.#loaded);
  }

  /** Releases every session. The store can be used again afterwards. */
  dispose(): Promise<void> {
    return this.#sessions.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
