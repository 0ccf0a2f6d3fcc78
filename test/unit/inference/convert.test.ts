import { sha256Of } from '../../../main/inference/digest.ts';
import { createSession } from '../../../main/inference/session.ts';
import { convertGraphModel, type GraphModelJson } from '../../../models/build/graph-model.ts';
import { OnnxGraph } from '../../../models/build/onnx-graph.ts';
import { decodeWeights } from '../../../models/build/tfjs-weights.ts';
import { tinyModel } from './tiny-model.ts';

const PLAIN = { size: 4, mean: [0, 0, 0], scale: 1, order: 'rgb' } as const;

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A tfjs graph of one 2 x 2 convolution with all weights 1 over red, green and blue, then the given nodes. */
function graphModel(stride: number, more: object[] = []): { json: GraphModelJson; bin: Uint8Array } {
  const attr = {
    strides: { list: { i: ['1', `${stride}`, `${stride}`, '1'] } },
    padding: { s: base64('SAME') },
    data_format: { s: base64('NHWC') },
  };
  const weights = [
    { name: 'w', shape: [2, 2, 3, 1], dtype: 'float32' },
    { name: 'k', shape: [1], dtype: 'float32' },
  ];
  const nodes = [
    { name: 'input', op: 'Placeholder' },
    { name: 'conv', op: 'Conv2D', input: ['input', 'w'], attr },
    ...more,
  ];
  return {
    json: { modelTopology: { node: nodes }, weightsManifest: [{ paths: ['bin'], weights }] } as GraphModelJson,
    bin: new Uint8Array(Float32Array.from([...Array(12).fill(1), 10]).buffer),
  };
}

async function compute(stride: number, more: object[] = [], wanted = 'conv'): Promise<number[]> {
  const { json, bin } = graphModel(stride, more);
  const { graph, values } = convertGraphModel(json, bin, PLAIN, [wanted]);
  const [value] = values;
  const side = Math.ceil(4 / stride);
  graph.output('y', value?.name ?? '', [1, side, side]);
  const session = await createSession('conv', graph.encode('conv'), 1);
  const data = Uint8Array.from({ length: 48 }, (_, at) => (at % 3 === 0 ? 1 + Math.floor(at / 3) : 0));
  const { y } = await session.run({ rgb: { data, dims: [1, 4, 4, 3] } }, ['y']);
  await session.dispose();
  return [...y.data];
}

test('decodes float16 and uint8 as TensorFlow.js does', () => {
  const manifest = [
    {
      paths: ['bin'],
      weights: [
        { name: 'half', shape: [4], dtype: 'float32', quantization: { dtype: 'float16' } },
        { name: 'byte', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -3 } },
        { name: 'axes', shape: [1], dtype: 'int32' },
      ],
    },
  ];
  const bytes = Uint8Array.from([0x00, 0x3c, 0x00, 0xc5, 0x01, 0x00, 0xff, 0x7b, 0, 200, 2, 0, 0, 0]);
  const weights = decodeWeights(manifest, bytes);
  expect(weights.get('half')?.data).toEqual(Float32Array.of(1, -5, 2 ** -24, 65504));
  expect(weights.get('byte')?.data).toEqual(Float32Array.of(-3, 97));
  expect(weights.get('axes')?.data).toEqual(Int32Array.of(2));
  expect(() => decodeWeights(manifest, bytes.subarray(1))).toThrow('too short');
  expect(() => decodeWeights(manifest, Uint8Array.from([...bytes, 0]))).toThrow('weights end');
});

test('puts the odd row and column of SAME padding below and right', async () => {
  const sums = [1 + 2 + 5 + 6, 2 + 3 + 6 + 7, 3 + 4 + 7 + 8, 4 + 8];
  expect((await compute(1)).slice(0, 4)).toEqual(sums);
  expect((await compute(1)).at(-1)).toBe(16);
  expect(await compute(2)).toEqual([14, 22, 46, 54]);
});

test('folds a factor and an offset into the convolution, in their order', async () => {
  const nodes = [
    { name: 'scaled', op: 'Mul', input: ['conv', 'k'] },
    { name: 'moved', op: 'AddV2', input: ['scaled', 'k'] },
  ];
  expect(await compute(2, nodes, 'moved')).toEqual([150, 230, 470, 550]);
});

test('does not fold where somebody else reads the convolution', async () => {
  const nodes = [
    { name: 'scaled', op: 'Mul', input: ['conv', 'k'] },
    { name: 'both', op: 'AddV2', input: ['conv', 'scaled'] },
  ];
  await expect(compute(2, nodes, 'both')).rejects.toThrow('cannot be folded');
});

test('makes one clip of relu, minimum and maximum', async () => {
  const nodes = [
    { name: 'relu', op: 'Relu', input: ['conv'] },
    { name: 'least', op: 'Minimum', input: ['relu', 'k'] },
  ];
  expect(await compute(2, nodes, 'least')).toEqual([10, 10, 10, 10]);
});

test('stops at an operator that it does not know', async () => {
  await expect(compute(2, [{ name: 'odd', op: 'Softplus', input: ['conv'] }], 'odd')).rejects.toThrow('Softplus');
});

test('writes the same bytes each time, and refuses a constant that does not fit its shape', () => {
  expect(sha256Of(tinyModel())).toBe(sha256Of(tinyModel()));
  expect(() => new OnnxGraph().constant([3], new Float32Array(4))).toThrow('cannot have the shape');
});
