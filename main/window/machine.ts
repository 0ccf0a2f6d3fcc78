/** What is installed on this machine, which models are there, and the one connection that a person can ask for. */
import { readFile, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { isPlace } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import { type FetchPlanLine, type Machine, type ModelLine, type NetworkEvent, Refusal } from '../contract/ipc.ts';
import { importPack, listModels, type ModelStatus, ModelStore, planFetch, verifyModels } from '../inference/index.ts';
import { MODELS_FOLDER, packsFolder } from '../jobs/installation.ts';
import { probeTools } from '../media/index.ts';
import { fetchPack } from '../net/fetch-pack.ts';

export class MachineDesk {
  readonly #dataRoot: string;

  constructor(dataRoot: string) {
    this.#dataRoot = dataRoot;
  }

  async models(verify: boolean): Promise<ModelLine[]> {
    return (await (verify ? verifyModels : listModels)(this.#store())).map(lineOf);
  }

  /** The card that lies with the model. Throws AppError `MODEL_MISSING`. */
  async card(id: string): Promise<string> {
    const { card } = this.#store().describe(id);
    return await readFile(path.join(MODELS_FOLDER, card), 'utf8').catch((cause: unknown) => {
      throw new AppError('MODEL_MISSING', { model: id }, { cause });
    });
  }

  plan(id: string): FetchPlanLine {
    return planFetch(this.#store(), id);
  }

  /** Connects only where `sha256` is that of the plan, which was shown. Throws Refusal `NOT_CONFIRMED`, AppError of `fetchPack`. */
  async fetch(id: string, sha256: string, tell: (event: NetworkEvent) => void): Promise<void> {
    const store = this.#store();
    const plan = planFetch(store, id);
    if (plan.sha256 !== sha256) throw new Refusal('NOT_CONFIRMED');
    if (plan.kind === 'importOnly') throw new AppError('PACK_IMPORT_ONLY', { pack: id, sha256 });
    const { host } = plan;
    const file = await fetchPack(plan, {
      folder: packsFolder(this.#dataRoot),
      ask: async () => true,
      record: tell,
      progress: (bytes) => tell({ host, id, event: 'progress', bytes }),
    });
    try {
      await importPack(store, file);
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Takes in a pack by its digest, whatever the file is called. */
  async import(file: string): Promise<string> {
    return (await importPack(this.#store(), file)).id;
  }

  async state(host: Machine['host']): Promise<Machine> {
    const [tools, models] = await Promise.all([probeTools(), this.models(true)]);
    const faulty = models.filter(
      ({ state, kind }) => state !== 'verified' && !(state === 'missing' && kind === 'pack'),
    );
    const found = (tool: { path: string; version: string } | null) =>
      tool && { path: tool.path, version: tool.version };
    return {
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
      host,
      dataRoot: this.#dataRoot,
      ffmpeg: found(tools.ffmpeg),
      ffprobe: found(tools.ffprobe),
      models: {
        usable: models.filter(({ state }) => state === 'verified').length,
        faulty: faulty.map(({ id }) => id),
      },
      movable: isPlace(this.#dataRoot),
      freeBytes: await freeBytes(this.#dataRoot),
    };
  }

  #store(): ModelStore {
    return new ModelStore({ modelsFolder: MODELS_FOLDER, packsFolder: packsFolder(this.#dataRoot) });
  }
}

function lineOf({ entry, state }: ModelStatus): ModelLine {
  const { id, kind, role, version, bytes, licence, sha256, dataTerms } = entry;
  return {
    id,
    kind,
    role,
    version,
    bytes,
    licence,
    sha256,
    dataTerms,
    state,
    trainedUntil: 'trainedUntil' in entry ? entry.trainedUntil : null,
    checkBy: 'checkBy' in entry ? entry.checkBy : null,
  };
}

async function freeBytes(folder: string): Promise<number | null> {
  return await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}
