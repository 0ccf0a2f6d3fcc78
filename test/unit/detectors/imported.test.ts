import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AnalyzerInput } from '../../../main/contract/analyzer.ts';
import type { DetectorContract } from '../../../main/contract/detector.ts';
import { outcomeSchema } from '../../../main/contract/outcome.ts';
import { importedAnalyzer } from '../../../main/detectors/imported.ts';
import { importDetector, ModelStore, readCalibrations, readImported } from '../../../main/inference/index.ts';
import { OnnxGraph } from '../../../models/build/onnx-graph.ts';
import { sharedRoot, testWithShared } from '../../shared.ts';
import { context, ground, PICTURE } from './drawn.ts';

const modelsFolder = path.resolve(import.meta.dirname, '../../../models');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'jianzhen-imported-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

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

async function bring(contract: object, role = 'synthetic-image' as const) {
  const [file, contractFile] = [path.join(folder, 'net.onnx'), path.join(folder, 'contract.json')];
  await writeFile(file, tinyDetector());
  await writeFile(contractFile, JSON.stringify(contract));
  return importDetector(folder, { file, role, contractFile, taken: ['synthetic-face'] });
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
      contract: { ...CONTRACT, output: { ...CONTRACT.output, form, side } },
    };
    const answer = async () => ({ y: { data: Float32Array.of(first, 1, 3), dims: [1, 3] } });
    const [outcome] = await importedAnalyzer(detector).run(plain(1, 2, 3), context(answer));
    expect(outcome!.rawScore).toBeCloseTo(expected, 4);
  },
);

test.each([
  ['an output that the network does not have', { ...CONTRACT, output: { ...CONTRACT.output, name: 'z' } }],
  ['a step upwards as id', { ...CONTRACT, id: '../evil' }],
  ['an id that is taken', { ...CONTRACT, id: 'synthetic-face' }],
  ['a scale of nothing', { ...CONTRACT, input: { ...CONTRACT.input, scale: [0, 1, 1] } }],
  [
    'sound for a picture',
    { ...CONTRACT, input: { kind: 'sound', name: 'image', sampleRate: 16_000, samples: 16_000 } },
  ],
])('refused: %s', async (_, contract) => {
  await expect(bring(contract)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  expect(readImported(folder)).toEqual([]);
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
