import { EMBEDDING_NETWORKS, type ModelAccess, type VectorModels } from '../contract/analyzer.ts';

/** Model access that can name the digest of each model it has loaded. */
export interface LoadedModels extends ModelAccess {
  loaded(): Readonly<Record<string, string>>;
}

/** Model access that remembers what this item used: the record must not name what an earlier item of the process loaded. */
export class ModelsUsed implements ModelAccess {
  readonly #models: LoadedModels;
  readonly #used = new Set<string>();

  constructor(models: LoadedModels) {
    this.#models = models;
  }

  run: ModelAccess['run'] = (id, feeds) => {
    this.#used.add(id);
    return this.#models.run(id, feeds);
  };

  bytes: ModelAccess['bytes'] = (id) => {
    this.#used.add(id);
    return this.#models.bytes(id);
  };

  has: ModelAccess['has'] = (id) => this.#models.has(id);

  /** SHA-256 by id, in the order of the ids. */
  digests(): Readonly<Record<string, string>> {
    const loaded = this.#models.loaded();
    return Object.fromEntries(
      [...this.#used].sort().flatMap((id) => (loaded[id] === undefined ? [] : [[id, loaded[id]] as const])),
    );
  }
}

/** The networks among those used that make the vectors of one kind. */
export function vectorModels(kind: 'face' | 'voice', digests: Readonly<Record<string, string>>): VectorModels {
  return Object.fromEntries(
    EMBEDDING_NETWORKS[kind].flatMap((id) => (digests[id] === undefined ? [] : [[id, digests[id]] as const])),
  );
}
