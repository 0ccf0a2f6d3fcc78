import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256Of } from '../../../main/inference/digest.ts';
import { ModelStore } from '../../../main/inference/index.ts';
import { type ModelsFolder, makeModelsFolder } from './models-folder.ts';

let folder: ModelsFolder;
let store: ModelStore;

beforeEach(async () => {
  folder = await makeModelsFolder();
  store = new ModelStore(folder);
});

afterEach(async () => {
  await store.dispose();
  await folder.remove();
});

const ROW = { data: Float32Array.of(-1, 0, 2.5, -0.25), dims: [1, 4] };

test('runs a network on plain typed arrays', async () => {
  const session = await store.session('tiny');
  const { y } = await session.run({ x: ROW }, ['y']);
  expect(session.inputs).toEqual(['x']);
  expect(session.outputs).toEqual(['y']);
  expect(y).toEqual({ data: Float32Array.of(0, 0, 2.5, 0), dims: [1, 4] });
});

test('gives all outputs of a network by id, as analyzers ask for them', async () => {
  expect(await store.run('tiny', { x: ROW })).toEqual({ y: { data: Float32Array.of(0, 0, 2.5, 0), dims: [1, 4] } });
});

test('takes a batch', async () => {
  const { y } = await (await store.session('tiny')).run(
    { x: { data: Float32Array.of(1, -1, 1, -1, -2, 2, -2, 2), dims: [2, 4] } },
    ['y'],
  );
  expect([...y.data]).toEqual([1, 0, 1, 0, 0, 2, 0, 2]);
  expect(y.dims).toEqual([2, 4]);
});

test('makes one session for all callers, and a new one after dispose', async () => {
  const [first, second] = await Promise.all([store.session('tiny'), store.session('tiny')]);
  expect(second).toBe(first);
  await store.dispose();
  const third = await store.session('tiny');
  expect(third).not.toBe(first);
  expect((await third.run({ x: ROW }, ['y'])).y.data[2]).toBe(2.5);
});

test('says what it has loaded, by digest, and describes what is registered', async () => {
  expect(store.loaded()).toEqual({});
  await store.session('tiny');
  expect(store.loaded()).toEqual({ tiny: store.describe('tiny').sha256 });
  expect(store.describe('tiny').kind).toBe('trained');
  expect([store.has('tiny'), store.has('tiny-pack'), store.has('nothing')]).toEqual([true, false, false]);
});

test.each([0, 40, -1])('refuses a file whose byte %i was changed', async (at) => {
  const bytes = await readFile(folder.modelFile);
  const index = at < 0 ? bytes.length - 1 : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  await writeFile(folder.modelFile, bytes);
  await expect(store.session('tiny')).rejects.toMatchObject({
    code: 'MODEL_DIGEST_MISMATCH',
    params: { model: 'tiny' },
  });
  await expect(store.bytes('tiny')).rejects.toMatchObject({ code: 'MODEL_DIGEST_MISMATCH' });
  expect(store.loaded()).toEqual({});
});

test('refuses a truncated and an empty file', async () => {
  const bytes = await readFile(folder.modelFile);
  for (const part of [bytes.subarray(0, -1), bytes.subarray(0, 0)]) {
    await writeFile(folder.modelFile, part);
    await expect(store.session('tiny')).rejects.toMatchObject({ code: 'MODEL_DIGEST_MISMATCH' });
  }
});

test('forgets a failure: the same store loads the model once it is whole again', async () => {
  const bytes = await readFile(folder.modelFile);
  await rm(folder.modelFile);
  await expect(store.session('tiny')).rejects.toMatchObject({ code: 'MODEL_MISSING', params: { model: 'tiny' } });
  await writeFile(folder.modelFile, bytes);
  expect((await store.session('tiny')).id).toBe('tiny');
});

test('a model that nobody registered is missing', async () => {
  expect(() => store.describe('nothing')).toThrow(expect.objectContaining({ code: 'MODEL_MISSING' }));
});

test('bytes with the right digest that are no network are told from a wrong digest', async () => {
  const registryFile = path.join(folder.modelsFolder, 'registry.json');
  const registry = JSON.parse(await readFile(registryFile, 'utf8'));
  await writeFile(folder.modelFile, 'not a network');
  registry.models[0].sha256 = sha256Of(Buffer.from('not a network'));
  await writeFile(registryFile, JSON.stringify(registry));
  const changed = new ModelStore(folder);
  await expect(changed.session('tiny')).rejects.toMatchObject({ code: 'MODEL_INVALID', params: { model: 'tiny' } });
});

test('a missing and a malformed registry have their own codes', async () => {
  const registryFile = path.join(folder.modelsFolder, 'registry.json');
  await writeFile(registryFile, '{"schema":1,"models":[{}]}');
  expect(() => new ModelStore(folder)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
  await rm(registryFile);
  expect(() => new ModelStore(folder)).toThrow(expect.objectContaining({ code: 'MODEL_MISSING' }));
});

test('a wrong shape or name is an error of the caller, and the session survives it', async () => {
  const session = await store.session('tiny');
  await expect(session.run({ x: { data: ROW.data, dims: [1, 3] } }, ['y'])).rejects.toThrow();
  await expect(session.run({ z: ROW }, ['y'])).rejects.toThrow();
  await expect(session.run({ x: ROW }, ['z'])).rejects.toThrow();
  expect((await session.run({ x: ROW }, ['y'])).y.dims).toEqual([1, 4]);
});
