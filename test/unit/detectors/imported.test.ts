import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AnalyzerInput } from '../../../main/contract/analyzer.ts';
import type { DetectorContract } from '../../../main/contract/detector.ts';
import { outcomeSchema } from '../../../main/contract/outcome.ts';
import { ANALYZER_VERSIONS, AROUND_VERSIONS } from '../../../main/contract/versions.ts';
import { importedAnalyzer } from '../../../main/detectors/imported.ts';
import {
  importDetector,
  ModelStore,
  readCalibrations,
  readImported,
  readInstalled,
} from '../../../main/inference/index.ts';
import { lineOf, textOf } from '../../../main/report/line.ts';
import { say, sayReason, sentences } from '../../../main/strings/index.ts';
import { OnnxGraph } from '../../../models/build/onnx-graph.ts';
import { sharedRoot, testWithShared } from '../../shared.ts';
import { context, ground, PICTURE } from './drawn.ts';

const modelsFolder = path.resolve(import.meta.dirname, '../../../models');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'jianzhen-imported-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The roots of negative numbers. */
function nothingButNaN(): Uint8Array {
  const graph = new OnnxGraph();
  const below = graph.node('Neg', [graph.node('Exp', [graph.input('image', [3, 16, 16])])]);
  graph.output('y', graph.node('Sqrt', [below]), [3, 16, 16]);
  return graph.encode('nan');
}

/** A network that passes its input through a rectifier: its first output value is the first value of the picture it is given. */
function tinyDetector(): Uint8Array {
  const graph = new OnnxGraph();
  const x = graph.input('image', [3, 16, 16]);
  graph.output('y', graph.node('Relu', [x]), [3, 16, 16]);
  return graph.encode('tiny');
}

const CONTRACT: DetectorContract = {
  schema: 1,
  id: 'own-detector',
  licence: 'Apache-2.0',
  input: {
    kind: 'picture',
    name: 'image',
    width: 16,
    height: 16,
    layout: 'nchw',
    colour: 'bgr',
    mean: [10, 0, 0],
    scale: [2, 1, 1],
    crop: 1,
  },
  output: { name: 'y', index: 0, form: 'logit', side: 'synthetic' },
};

async function bring(contract: object, network = tinyDetector()) {
  const [file, contractFile] = [path.join(folder, 'net.onnx'), path.join(folder, 'contract.json')];
  await writeFile(file, network);
  await writeFile(contractFile, JSON.stringify(contract));
  return importDetector(folder, { file, role: 'synthetic-image', contractFile, taken: ['synthetic-face'] });
}

function plain(red: number, green: number, blue: number): AnalyzerInput {
  const picture = {
    width: 32,
    height: 32,
    data: Uint8Array.from({ length: 3072 }, (_, i) => [red, green, blue][i % 3]!),
  };
  const media = {
    info: PICTURE,
    source: { size: 1, read: async () => new Uint8Array(1) },
    picture: async () => picture,
    async *frames() {},
    async *audio() {},
    [Symbol.asyncDispose]: async () => {},
  };
  return { media, sha256: '0'.repeat(64), faces: null, voices: null };
}

test('a brought network is kept, loaded by its digest, and given its input as declared', async () => {
  await bring(CONTRACT);
  await using store = new ModelStore({ modelsFolder, packsFolder: folder });
  const [detector] = readImported(folder);
  const analyzer = importedAnalyzer(detector!);
  expect(analyzer.id).toBe('synthetic-image:own-detector');
  expect(store.has('own-detector')).toBe(true);
  const [outcome] = await analyzer.run(plain(50, 60, 70), { ...context(store.run.bind(store)), models: store });
  outcomeSchema.parse({ analyzer: analyzer.id, version: '1.0.0', ...outcome });
  expect(outcome!.rawScore).toBe((70 - 10) / 2);
  expect(readCalibrations(modelsFolder, folder)[analyzer.id]).toEqual({ fault: 'not-calibrated' });
});

test.each([
  ['probability', 'genuine', 0.75, -Math.log(3)],
  ['probability', 'synthetic', 1, Math.log((1 - 1e-6) / 1e-6)],
  ['logits', 'synthetic', 2, 2 - Math.log(Math.E + Math.E ** 3)],
] as const)(
  'an output of form %s for the %s side becomes log odds for synthesis',
  async (form, side, first, expected) => {
    const detector = {
      role: 'synthetic-image' as const,
      version: '1',
      contract: { ...CONTRACT, output: { ...CONTRACT.output, form, side } },
    };
    const answer = async () => ({ y: { data: Float32Array.of(first, 1, 3), dims: [1, 3] } });
    const [outcome] = await importedAnalyzer(detector).run(plain(1, 2, 3), context(answer));
    expect(outcome!.rawScore).toBeCloseTo(expected, 4);
  },
);

test.each([
  [
    'an output that the network does not have',
    { output: { ...CONTRACT.output, name: 'z' } },
    'output.name ≠ y',
    'no-such-tensor',
  ],
  [
    'an input that it does not have',
    { input: { ...CONTRACT.input, name: 'z' } },
    'input.name ≠ image',
    'no-such-tensor',
  ],
  ['a step upwards as id', { id: '../evil' }, 'id', 'invalid_format'],
  ['an id that is taken', { id: 'synthetic-face' }, 'id', 'id-taken'],
  ['a scale of nothing', { input: { ...CONTRACT.input, scale: [0, 1, 1] } }, 'input.scale.0', 'too_small'],
  [
    'sound for a picture',
    { input: { kind: 'sound', name: 'image', sampleRate: 16_000, samples: 16_000 } },
    'input.kind',
    'not-of-role',
  ],
  ['no licence', { licence: undefined }, 'licence', 'invalid_type'],
  ['a size that the network does not take', { input: { ...CONTRACT.input, width: 32 } }, 'input', 'does-not-run'],
  ['a value beyond the output', { output: { ...CONTRACT.output, index: 768 } }, 'output.index > 767', 'no-such-value'],
])('refused with the place: %s', async (_, change, place, fault) => {
  const code = 'DETECTOR_CONTRACT_INVALID';
  await expect(bring({ ...CONTRACT, ...change })).rejects.toMatchObject({ code, params: { place, fault } });
  expect(readImported(folder)).toEqual([]);
  for (const language of ['zh', 'en'] as const)
    expect(say(language, `error.${code}`, { place, fault, furtherFaults: '', faults: 1 })).toContain(
      sentences.get(`fault.${fault}`)![language],
    );
});

test('refused: a declaration with several faults, each of them named', async () => {
  const refused = bring({ ...CONTRACT, licence: undefined, output: { ...CONTRACT.output, index: -1 } });
  const params = { place: 'licence', furtherFaults: 'output.index: too_small', faults: 2 };
  await expect(refused).rejects.toMatchObject({ params });
});

test('refused: a network that gives no numbers, bytes that are none, and a declaration that is missing or no JSON', async () => {
  await expect(bring(CONTRACT, nothingButNaN())).rejects.toMatchObject({
    params: { place: 'output', fault: 'no-number' },
  });
  await expect(bring(CONTRACT, Buffer.from('no network'))).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  const [file, contractFile] = [path.join(folder, 'net.onnx'), path.join(folder, 'none.json')];
  const brought = () => importDetector(folder, { file, role: 'synthetic-image', contractFile, taken: [] });
  await expect(brought()).rejects.toMatchObject({ code: 'ENOENT' });
  await writeFile(contractFile, '{');
  await expect(brought()).rejects.toMatchObject({ code: 'DETECTOR_CONTRACT_INVALID', params: { fault: 'not-json' } });
});

test('a value that is no number becomes a fault of the model, not a score', async () => {
  const detector = { role: 'synthetic-image' as const, version: '1', contract: CONTRACT };
  const answer = async () => ({ y: { data: Float32Array.of(Number.NaN), dims: [1] } });
  const run = importedAnalyzer(detector).run(plain(1, 2, 3), context(answer));
  await expect(run).rejects.toMatchObject({ code: 'MODEL_INVALID', params: { model: 'own-detector' } });
});

test('a detector that was declared otherwise or calibrated anew is another version, and the same again is not', async () => {
  const first = await bring(CONTRACT);
  expect(first.version).toMatch(/^1\.0\.1\+[0-9a-f]{8}$/);
  expect((await bring({ ...CONTRACT, input: { ...CONTRACT.input, mean: [11, 0, 0] } })).version).not.toBe(
    first.version,
  );
  expect((await bring(CONTRACT)).version).toBe(first.version);
  await writeFile(path.join(folder, 'imported/own-detector/calibration.json'), '{}');
  const [calibrated] = readImported(folder);
  expect(calibrated!.version).not.toBe(first.version);
  expect(importedAnalyzer(calibrated!).version).toBe(calibrated!.version);
});

test('a detector of the user’s own has a name in words wherever analyzers are named', () => {
  const reason = { code: 'not-calibrated', params: { analyzer: 'synthetic-face:own-detector' } };
  expect(sayReason('zh', reason)).toContain('自备检测器 own-detector（人脸合成检测）');
  expect(textOf('zh', lineOf(reason))).toBe(sayReason('zh', reason));
});

test('a file changed after the import is refused by its digest', async () => {
  await bring(CONTRACT);
  await writeFile(path.join(folder, 'imported/own-detector/model.onnx'), 'other');
  await using store = new ModelStore({ modelsFolder, packsFolder: folder });
  return await expect(store.session('own-detector')).rejects.toMatchObject({ code: 'MODEL_DIGEST_MISMATCH' });
});

testWithShared(['models/vision/mesoinception4_df.onnx'], 'the upstream MesoInception runs as declared', async () => {
  const contractFile = path.join(folder, 'meso.json');
  const contract: DetectorContract = {
    ...CONTRACT,
    id: 'meso-df',
    input: {
      ...CONTRACT.input,
      width: 256,
      height: 256,
      colour: 'rgb',
      mean: [0, 0, 0],
      scale: [255, 255, 255],
      crop: 1.5,
    } as DetectorContract['input'],
    output: { name: 'p_real', index: 0, form: 'probability', side: 'genuine' },
  };
  await writeFile(contractFile, JSON.stringify(contract));
  const file = path.join(sharedRoot, 'models/vision/mesoinception4_df.onnx');
  const detector = await importDetector(folder, { file, role: 'synthetic-image', contractFile, taken: [] });
  await using store = new ModelStore({ modelsFolder, packsFolder: folder });
  const image = ground(256, 24);
  const given = plain(0, 0, 0);
  const media = { ...given.media, picture: async () => image };
  const [outcome] = await importedAnalyzer(detector).run(
    { ...given, media },
    { ...context(store.run.bind(store)), models: store },
  );
  expect(Number.isFinite(outcome!.rawScore)).toBe(true);
});

test('what is installed are the analyzers and the rules of the program and the detectors brought, with the models whose files are there', async () => {
  const { sha256 } = await bring(CONTRACT);
  const { analyzers, models } = readInstalled({ modelsFolder, packsFolder: folder }, {});
  expect(analyzers).toEqual({
    ...ANALYZER_VERSIONS,
    ...AROUND_VERSIONS,
    'synthetic-image:own-detector': importedAnalyzer(readImported(folder)[0]!).version,
  });
  expect(models['own-detector']).toBe(sha256);
  const store = new ModelStore({ modelsFolder, packsFolder: folder });
  expect(models['synthetic-image']).toBe(store.digest('synthetic-image'));
  const packs = store.entries().filter(({ kind }) => kind === 'pack');
  expect(packs.length).toBeGreaterThan(0);
  expect(packs.filter(({ id }) => id in models)).toEqual([]);
});
