// The door of the room: models by id, verified, and numbers through them.

export { readCalibration, readCalibrations } from './calibrations.ts';
export { type ImportedModel, importDetector, importedFolder, readImported } from './imported.ts';
export { readInstalled } from './installed.ts';
export { ModelThread } from './model-thread.ts';
export {
  type FetchPlan,
  importPack,
  listModels,
  type ModelStatus,
  planFetch,
  verifyModels,
} from './packs.ts';
export {
  embeddingNetworks,
  type ModelEntry,
  type PackEntry,
  type Registry,
  readRegistry,
  registrySchema,
  type TensorSpec,
} from './registry.ts';
export type { Feeds, ModelSession } from './session.ts';
export { ModelStore, type ModelStoreOptions } from './store.ts';
