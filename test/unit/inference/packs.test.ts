import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importPack, listModels, ModelStore, planFetch, verifyModels } from '../../../main/inference/index.ts';
import { sharedRoot, testWithShared } from '../../shared.ts';
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

function beside(name: string): string {
  return path.join(path.dirname(folder.modelsFolder), name);
}

async function states(): Promise<string[]> {
  return (await verifyModels(store)).map(({ state }) => state);
}

test('takes a pack by its digest, whatever its name, and runs it', async () => {
  const file = beside('download (3).tmp');
  await writeFile(file, folder.packBytes);
  expect(await states()).toEqual(['verified', 'missing']);
  await expect(store.session('tiny-pack')).rejects.toMatchObject({ code: 'MODEL_MISSING' });

  expect((await importPack(store, file)).id).toBe('tiny-pack');

  const taken = store.file('tiny-pack');
  expect((await stat(taken)).mode & 0o777).toBe(0o600);
  expect((await stat(folder.packsFolder)).mode & 0o777).toBe(0o700);
  expect(await readdir(folder.packsFolder)).toEqual([path.basename(taken)]);
  expect(await states()).toEqual(['verified', 'verified']);
  const { y } = await (await store.session('tiny-pack')).run(
    { x: { data: Float32Array.of(-1, 1, 2, 3), dims: [1, 4] } },
    ['y'],
  );
  expect([...y.data]).toEqual([0, 1, 2, 3]);
  expect((await listModels(store)).map(({ state }) => state)).toEqual(['present', 'present']);
});

test('an imported pack is checked again when it is loaded', async () => {
  const file = beside('pack.bin');
  await writeFile(file, folder.packBytes);
  await importPack(store, file);
  const bytes = await readFile(store.file('tiny-pack'));
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  await writeFile(store.file('tiny-pack'), bytes);
  expect(await states()).toEqual(['verified', 'mismatch']);
  await expect(store.session('tiny-pack')).rejects.toMatchObject({ code: 'MODEL_DIGEST_MISMATCH' });
  await importPack(store, file);
  expect(await states()).toEqual(['verified', 'verified']);
});

test.each([
  ['one byte changed', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 5 ? byte ^ 1 : byte))],
  ['a byte too many', (bytes: Uint8Array) => Uint8Array.from([...bytes, 0])],
  ['nothing in it', () => new Uint8Array()],
  ['the bytes of a model that is no pack', (bytes: Uint8Array) => bytes.subarray(0, -3)],
])('refuses a file with %s, and leaves nothing behind', async (_, change) => {
  const file = beside('pack.bin');
  await writeFile(file, change(folder.packBytes));
  await expect(importPack(store, file)).rejects.toMatchObject({ code: 'PACK_UNKNOWN' });
  await expect(readdir(folder.packsFolder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('refuses a folder and a pipe without waiting for it, and says when there is no file', async () => {
  const pipe = beside('pipe');
  await mkdir(beside('folder'));
  execFileSync('mkfifo', [pipe]);
  await expect(importPack(store, beside('folder'))).rejects.toMatchObject({ code: 'NOT_A_REGULAR_FILE' });
  await expect(importPack(store, pipe)).rejects.toMatchObject({ code: 'NOT_A_REGULAR_FILE' });
  await expect(importPack(store, beside('nothing'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('plans a fetch without making one', () => {
  expect(planFetch(store, 'tiny-pack')).toEqual({
    kind: 'fetch',
    id: 'tiny-pack',
    url: 'https://models.example/tiny.bin',
    host: 'models.example',
    bytes: folder.packBytes.length,
    licence: 'Apache-2.0',
    sha256: store.describe('tiny-pack').sha256,
  });
  expect(() => planFetch(store, 'tiny')).toThrow(expect.objectContaining({ code: 'MODEL_MISSING' }));
});

describe('the registered packs', () => {
  const MODELS = path.resolve(import.meta.dirname, '../../../models');

  test('a converted pack can only be imported', () => {
    const own = new ModelStore({ modelsFolder: MODELS, packsFolder: folder.packsFolder });
    expect(planFetch(own, 'aasist-asvspoof5').kind).toBe('importOnly');
    expect(planFetch(own, 'mobilefacenet-foamliu')).toMatchObject({
      kind: 'fetch',
      host: 'raw.githubusercontent.com',
      bytes: 3998070,
    });
  });

  for (const [id, file] of [
    ['aasist-asvspoof5', 'models/audio/aasist-asvspoof5.onnx'],
    ['mobilefacenet-foamliu', 'models/vision/mobilefacenet_foamliu_128.onnx'],
    ['mesoinception4-df', 'models/vision/mesoinception4_df.onnx'],
    ['yunet-320', 'models/vision/yunet_n_320_320.onnx'],
    ['yunet-640', 'models/vision/yunet_n_640_640.onnx'],
  ] as const) {
    testWithShared([file], `${id} is imported and loads with the contract that the registry states`, async () => {
      const packsFolder = await mkdtemp(path.join(tmpdir(), 'jianzhen-packs-'));
      try {
        await using own = new ModelStore({ modelsFolder: MODELS, packsFolder });
        expect((await importPack(own, path.join(sharedRoot, file))).id).toBe(id);
        const session = await own.session(id);
        const entry = own.describe(id);
        expect([...session.inputs]).toEqual(entry.inputs.map((tensor) => tensor.name));
        const feeds = entry.inputs.map(({ name, dims }) => {
          const sizes = dims.map((size) => (typeof size === 'number' ? size : 1));
          return [
            name,
            { data: new Float32Array(sizes.reduce((product, size) => product * size, 1)), dims: sizes },
          ] as const;
        });
        const result = await session.run(Object.fromEntries(feeds), session.outputs);
        for (const { name, dims } of entry.outputs) {
          expect([name, result[name]?.dims]).toEqual([name, dims.map((size) => (typeof size === 'number' ? size : 1))]);
          expect(result[name]?.data.every(Number.isFinite)).toBe(true);
        }
      } finally {
        await rm(packsFolder, { recursive: true, force: true });
      }
    });
  }

  const golden = 'models/audio/golden';
  testWithShared(
    ['models/audio/aasist-asvspoof5.onnx', `${golden}/aasist-asvspoof5.json`, `${golden}/spoof_larynx.wav`],
    'aasist-asvspoof5 answers its golden vectors',
    async () => {
      const { values, tolerance } = JSON.parse(
        await readFile(path.join(sharedRoot, golden, 'aasist-asvspoof5.json'), 'utf8'),
      );
      await using own = new ModelStore({ modelsFolder: MODELS, packsFolder: folder.packsFolder });
      await importPack(own, path.join(sharedRoot, 'models/audio/aasist-asvspoof5.onnx'));
      const session = await own.session('aasist-asvspoof5');
      for (const name of ['bonafide_a1.wav', 'spoof_larynx.wav']) {
        const data = tiled(await readFile(path.join(sharedRoot, golden, name)), 64600);
        const { logits } = await session.run({ audio: { data, dims: [1, 64600] } }, ['logits']);
        for (const [at, expected] of values[name].logits_torch.entries())
          expect(Math.abs((logits.data[at] ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
      }
    },
  );
});

/** The samples of a 16-bit mono WAV file as [-1, 1], repeated to a length. */
function tiled(wav: Buffer, length: number): Float32Array {
  const start = wav.indexOf('data') + 8;
  const count = (wav.length - start) / 2;
  return Float32Array.from({ length }, (_, at) => wav.readInt16LE(start + 2 * (at % count)) / 32768);
}
