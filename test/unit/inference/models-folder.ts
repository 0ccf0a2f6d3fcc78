import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256Of } from '../../../main/inference/digest.ts';
import { tinyModel } from './tiny-model.ts';

/** A models folder of its own with one trained model `tiny` and one pack `tiny-pack`, removed by `remove`. */
export interface ModelsFolder {
  readonly modelsFolder: string;
  readonly packsFolder: string;
  readonly modelFile: string;
  readonly packBytes: Uint8Array;
  remove(): Promise<void>;
}

const TERMS = { code: 'permissive', note: 'None: written by hand.' } as const;

export function tinyEntry(bytes: Uint8Array) {
  return {
    kind: 'trained',
    id: 'tiny',
    role: 'tiny',
    version: '1.0.0',
    file: 'tiny/model.onnx',
    bytes: bytes.length,
    sha256: sha256Of(bytes),
    licence: 'Apache-2.0',
    dataTerms: TERMS,
    card: 'tiny/card.md',
    inputs: [{ name: 'x', type: 'float32', dims: ['n', 4], meaning: 'Any number.' }],
    outputs: [{ name: 'y', type: 'float32', dims: ['n', 4], meaning: 'The number, or 0 where it is negative.' }],
    recipe: 'training/tiny.py',
    trainedUntil: '2026-11-01',
  };
}

export function tinyPack(bytes: Uint8Array) {
  const { recipe: _recipe, trainedUntil: _until, file: _file, ...common } = tinyEntry(bytes);
  return {
    ...common,
    kind: 'pack',
    id: 'tiny-pack',
    upstream: {
      repository: 'example/tiny',
      commit: '0'.repeat(40),
      url: 'https://models.example/tiny.bin',
      sha256: sha256Of(bytes),
    },
    conversion: null as string | null,
    checkBy: '2027-11-01',
  };
}

export async function makeModelsFolder(): Promise<ModelsFolder> {
  const root = await mkdtemp(path.join(tmpdir(), 'jianzhen-models-'));
  const modelsFolder = path.join(root, 'models');
  const model = tinyModel();
  // Trailing bytes of an unknown protobuf field: the same network under another digest.
  const packBytes = Uint8Array.from([...model, 0xfa, 0x3e, 0x00]);
  await mkdir(path.join(modelsFolder, 'tiny'), { recursive: true });
  await writeFile(path.join(modelsFolder, 'tiny/model.onnx'), model);
  const registry = { schema: 1, models: [tinyEntry(model), tinyPack(packBytes)] };
  await writeFile(path.join(modelsFolder, 'registry.json'), JSON.stringify(registry));
  return {
    modelsFolder,
    packsFolder: path.join(root, 'packs'),
    modelFile: path.join(modelsFolder, 'tiny/model.onnx'),
    packBytes,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
