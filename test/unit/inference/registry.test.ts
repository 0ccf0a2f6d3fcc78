import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ModelStore, readRegistry, registrySchema, verifyModels } from '../../../main/inference/index.ts';
import { RECIPES } from '../../../models/build/recipes.ts';
import { tinyEntry, tinyPack } from './models-folder.ts';
import { tinyModel } from './tiny-model.ts';

const MODELS = path.resolve(import.meta.dirname, '../../../models');
const { models } = readRegistry(MODELS);
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
