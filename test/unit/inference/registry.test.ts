import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ModelStore, readRegistry, registrySchema, verifyModels } from '../../../main/inference/index.ts';
import { RECIPES } from '../../../models/build/recipes.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { tinyEntry, tinyPack } from './models-folder.ts';
import { tinyModel } from './tiny-model.ts';

const MODELS = path.resolve(import.meta.dirname, '../../../models');
const { models } = readRegistry(MODELS);
const folder = temporaryFolder();
const onDisk = models.filter((model) => model.kind !== 'pack');

test('the registry names the models that the product is made of', () => {
  const ids = models.map((model) => model.id);
  expect(ids).toEqual(
    expect.arrayContaining(['face-detector', 'face-mesh', 'face-features', 'face-recognition', 'voice-activity']),
  );
});

test('every model of our own is there with its digest', async () => {
  await using store = new ModelStore({ modelsFolder: MODELS, packsFolder: path.join(MODELS, '.no-packs') });
  const states = new Map((await verifyModels(store)).map(({ entry, state }) => [entry.id, state]));
  expect(onDisk.length).toBeGreaterThan(0);
  for (const { id } of onDisk) expect([id, states.get(id)]).toEqual([id, 'verified']);
});

test.each(onDisk.filter((model) => model.format === 'onnx').map((model) => model.id))(
  '%s has the inputs and outputs that the registry states',
  async (id) => {
    await using store = new ModelStore({ modelsFolder: MODELS, packsFolder: path.join(MODELS, '.no-packs') });
    const entry = store.describe(id);
    const session = await store.session(id);
    expect([...session.inputs].sort()).toEqual(entry.inputs.map((tensor) => tensor.name).sort());
    expect([...session.outputs]).toEqual(expect.arrayContaining(entry.outputs.map((tensor) => tensor.name)));
  },
);

test('every model has a card, every package model a recipe and an exact dependency', () => {
  const description = JSON.parse(readFileSync(path.resolve(MODELS, '../package.json'), 'utf8'));
  const pinned = { ...description.dependencies, ...description.devDependencies };
  for (const model of models) {
    expect([model.id, existsSync(path.join(MODELS, model.card))]).toEqual([model.id, true]);
    if (model.kind !== 'package') continue;
    expect(Object.keys(RECIPES)).toContain(model.id);
    expect([model.id, pinned[model.source.package]]).toEqual([model.id, model.source.version]);
  }
});

test('a build with nothing to do makes nothing', async () => {
  const { buildModels } = await import('../../../models/build/index.ts');
  expect(await buildModels()).toEqual([]);
});

test('what has the size and time of writing that it had when its digest was right is hashed only where no command asks', async () => {
  const [file, stampsFile] = [path.join(folder, 'tiny.onnx'), path.join(folder, 'stamps.json')];
  const { trainedUntil: _, recipe: __, ...entry } = tinyEntry(tinyModel());
  const source = { package: 'no-such-package', version: '1.0.0', files: [{ path: 'a', sha256: 'a'.repeat(64) }] };
  const made = { ...entry, kind: 'package', file: 'tiny.onnx', source, checkBy: '2030-01-01' };
  writeFileSync(path.join(folder, 'registry.json'), JSON.stringify({ schema: 1, models: [made] }));
  const { buildModels } = await import('../../../models/build/index.ts');
  const build = (unlessTouched: boolean) => buildModels({ unlessTouched, modelsFolder: folder, stampsFile });
  const write = (bytes: Uint8Array, written: Date) => {
    writeFileSync(file, bytes);
    utimesSync(file, written, written);
  };
  const spoilt = Buffer.from(tinyModel());
  spoilt[9]! ^= 1;
  const [then, later] = [new Date(1_700_000_000_000), new Date(1_700_000_001_000)];

  write(spoilt, then);
  await expect(build(true)).rejects.toThrow('no-such-package is not installed');
  write(tinyModel(), then);
  expect(await build(true)).toEqual([]);
  // Not read: the engine finds it when it loads it.
  write(spoilt, then);
  expect(await build(true)).toEqual([]);
  await expect(build(false)).rejects.toThrow('no-such-package is not installed');
  write(spoilt, later);
  await expect(build(true)).rejects.toThrow('no-such-package is not installed');
});

describe('the schema', () => {
  const bytes = tinyModel();
  const registry = (...entries: object[]) => registrySchema.safeParse({ schema: 1, models: entries });

  test('takes a trained model and a pack', () => {
    expect(registry(tinyEntry(bytes), tinyPack(bytes)).success).toBe(true);
  });

  test.each([
    ['an id twice', [tinyEntry(bytes), tinyEntry(bytes)]],
    ['a path that leaves the folder', [{ ...tinyEntry(bytes), file: '../tiny.onnx' }]],
    ['an absolute path', [{ ...tinyEntry(bytes), file: '/tiny.onnx' }]],
    ['a digest in capitals', [{ ...tinyEntry(bytes), sha256: 'A'.repeat(64) }]],
    ['a field it does not know', [{ ...tinyEntry(bytes), verdict: true }]],
    [
      'a pack by http',
      [{ ...tinyPack(bytes), upstream: { ...tinyPack(bytes).upstream, url: 'http://models.example/x' } }],
    ],
    ['a pack at a moving branch', [{ ...tinyPack(bytes), upstream: { ...tinyPack(bytes).upstream, commit: 'main' } }]],
    ['an unconverted pack with another digest than upstream', [{ ...tinyPack(bytes), sha256: '0'.repeat(64) }]],
    ['a trained model without its last day of training', [{ ...tinyEntry(bytes), trainedUntil: undefined }]],
  ])('refuses %s', (_, entries) => {
    expect(registry(...entries).success).toBe(false);
  });

  test('refuses a newer form', () => {
    expect(registrySchema.safeParse({ schema: 2, models: [] }).success).toBe(false);
  });
});
