import { writeFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { ModelThread, startModelThread } from '../../../main/inference/model-thread.ts';
import { type ModelsFolder, makeModelsFolder } from './models-folder.ts';

let folder: ModelsFolder;
let models: ModelThread;

beforeEach(async () => {
  folder = await makeModelsFolder();
  models = new ModelThread({ modelsFolder: folder.modelsFolder, packsFolder: folder.packsFolder });
});

afterEach(async () => {
  await models[Symbol.asyncDispose]();
  await folder.remove();
});

const row = () => ({ data: Float32Array.of(-1, 0, 2.5, -0.25), dims: [1, 4] });

test('computes what the store computes and names the digest', async () => {
  expect(models.loaded()).toEqual({});
  expect(await models.run('tiny', { x: row() })).toEqual({ y: { data: Float32Array.of(0, 0, 2.5, 0), dims: [1, 4] } });
  expect(Object.keys(models.loaded())).toEqual(['tiny']);
  expect(models.loaded().tiny).toMatch(/^[0-9a-f]{64}$/);
});

test('takes a part of a larger array without taking the array', async () => {
  const larger = Float32Array.of(9, -1, 0, 2.5, -0.25);
  const { y } = await models.run('tiny', { x: { data: larger.subarray(1), dims: [1, 4] } });
  expect([...y!.data]).toEqual([0, 0, 2.5, 0]);
  expect([...larger]).toEqual([9, -1, 0, 2.5, -0.25]);
});

test('answers each of many callers with its own numbers while the event loop goes on', async () => {
  let turns = 0;
  const clock = setInterval(() => turns++);
  const rows = Array.from({ length: 40 }, (_, n) => ({ data: new Float32Array(4).fill(n - 20), dims: [1, 4] }));
  const answers = await Promise.all(rows.map((row) => models.run('tiny', { x: row })));
  clearInterval(clock);
  expect(answers.map(({ y }) => y?.data[0])).toEqual(rows.map((_, n) => Math.max(0, n - 20)));
  expect(turns).toBeGreaterThan(0);
});

test('gives faults of a model their code and faults of a caller their message, and goes on', async () => {
  await expect(models.run('nothing', { x: row() })).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  const wrong = { data: Float32Array.of(1, 2), dims: [1, 2] };
  await expect(models.run('tiny', { x: wrong })).rejects.toThrow(/dim/i);
  expect((await models.run('tiny', { x: row() })).y?.data[2]).toBe(2.5);
});

test('refuses a changed file', async () => {
  await writeFile(folder.modelFile, 'changed');
  await expect(models.run('tiny', { x: row() })).rejects.toMatchObject({ code: 'MODEL_DIGEST_MISMATCH' });
  await expect(models.bytes('tiny')).rejects.toMatchObject({ code: 'MODEL_DIGEST_MISMATCH' });
  expect([models.has('tiny'), models.has('nothing')]).toEqual([true, false]);
});

test('rejects what is asked after its end instead of waiting for ever', async () => {
  await models[Symbol.asyncDispose]();
  await expect(models.run('tiny', { x: row() })).rejects.toThrow(/ended/);
});

test('fails by a code what a thread was asked that dies, and asks a new one for what comes next', async () => {
  let started = 0;
  const start = (threads: number) => {
    started += 1;
    return started <= 2 ? new Worker('process.exit(1)', { eval: true }) : startModelThread(threads);
  };
  await using own = new ModelThread({ modelsFolder: folder.modelsFolder, packsFolder: folder.packsFolder }, start);
  await expect(own.run('tiny', { x: row() })).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  await expect(own.run('tiny', { x: row() })).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  expect((await own.run('tiny', { x: row() })).y?.data[2]).toBe(2.5);
  expect(started).toBe(3);
});
