// What examines here? The program's analyzers and rules, the detectors that the user brought, and every model whose file is there.
import { importedAnalyzerId } from '../contract/detector.ts';
import { ANALYZER_VERSIONS, AROUND_VERSIONS, type Installed } from '../contract/versions.ts';
import { readImported } from './imported.ts';
import { ModelStore, type ModelStoreOptions } from './store.ts';

/** With the versions of the trust lists, which another room reads. Digests as registered: they are checked when a model is loaded. @throws AppError MODEL_MISSING, MODEL_INVALID for the registry itself. */
export function readInstalled(
  folders: Pick<ModelStoreOptions, 'modelsFolder' | 'packsFolder'>,
  trustLists: Installed['trustLists'],
): Installed {
  const store = new ModelStore(folders);
  const imported = readImported(folders.packsFolder);
  const models = [...store.entries().map(({ id }) => id), ...imported.map(({ contract }) => contract.id)];
  return {
    analyzers: {
      ...ANALYZER_VERSIONS,
      ...AROUND_VERSIONS,
      ...Object.fromEntries(imported.map((model) => [importedAnalyzerId(model), model.version])),
    },
    models: Object.fromEntries(models.filter((id) => store.has(id)).map((id) => [id, store.digest(id)])),
    trustLists,
  };
}
