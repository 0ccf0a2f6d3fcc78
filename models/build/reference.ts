// What does the source runtime compute? Runs the packages' own networks (TensorFlow.js on wasm, face-api) and gives their
// outputs in the form of this project's converted models.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { CAFFE_MEAN_RGB } from './recipes.ts';

const MODULES = path.resolve(import.meta.dirname, '../../node_modules');
const require = createRequire(import.meta.url);

/** From RGB 0..255 [size, size, 3] to outputs by the name that the converted model gives them. */
export type ReferenceNetwork = (rgb: Float32Array, size: number) => Promise<Readonly<Record<string, Float32Array>>>;

/** Loads the source networks by registry id; the first call starts the wasm backend. */
export async function loadReferenceNetworks(): Promise<Readonly<Record<string, ReferenceNetwork>>> {
  setWasmPaths(path.join(MODULES, '@tensorflow/tfjs-backend-wasm/dist/'));
  await tf.setBackend('wasm');
  const [detector, mesh, iris, features] = await Promise.all(['blazeface', 'facemesh', 'iris', 'faceres'].map(load));
  const recognition = await loadRecognition();
  return {
    'face-detector': async (rgb, size) => {
      const [near, far, nearBoxes, farBoxes] = await execute(detector, rgb, size, (x) => x.div(127.5).sub(1), [
        'Identity',
        'Identity_1',
        'Identity_2',
        'Identity_3',
      ]);
      const logits = join(near, far);
      const boxes = join(nearBoxes, farBoxes);
      return { scores: logits.map((logit) => 1 / (1 + Math.exp(-logit))), boxes: withAnchors(boxes, size) };
    },
    'face-mesh': async (rgb, size) => {
      const [points, presence] = await execute(mesh, rgb, size, (x) => x.div(255), ['Identity_2', 'Identity_1']);
      return { mesh: join(points), presence: join(presence) };
    },
    'face-iris': async (rgb, size) => {
      const [points] = await execute(iris, rgb, size, (x) => x.div(255), ['Identity']);
      return { points: join(points) };
    },
    'face-features': async (rgb, size) => {
      const caffe = (x: tf.Tensor) => x.sub([...CAFFE_MEAN_RGB]).reverse(3);
      const [vector] = await execute(features, rgb, size, caffe, ['global_pooling/Mean']);
      return { features: join(vector) };
    },
    'face-recognition': recognition,
  };
}

async function load(name: string): Promise<tf.GraphModel> {
  const file = (extension: string) => readFile(path.join(MODULES, `@vladmandic/human/models/${name}.${extension}`));
  const { modelTopology, weightsManifest, signature } = JSON.parse((await file('json')).toString('utf8'));
  const bin = await file('bin');
  return tf.loadGraphModel({
    load: async () => ({
      modelTopology,
      signature,
      weightSpecs: (weightsManifest as tf.io.WeightsManifestConfig).flatMap((group) => group.weights),
      weightData: bin.buffer.slice(bin.byteOffset, bin.byteOffset + bin.byteLength) as ArrayBuffer,
    }),
  });
}

async function execute(
  model: tf.GraphModel | undefined,
  rgb: Float32Array,
  size: number,
  normalise: (x: tf.Tensor) => tf.Tensor,
  outputs: string[],
): Promise<Float32Array[]> {
  const tensors = tf.tidy(() => model?.execute(normalise(tf.tensor4d(rgb, [1, size, size, 3])), outputs));
  const values = await Promise.all([tensors ?? []].flat().map((tensor) => tensor.data<'float32'>()));
  tf.dispose(tensors ?? []);
  return values;
}

interface FaceApi {
  readonly NetInput: new (tensors: tf.Tensor[]) => object;
  readonly nets: {
    readonly faceRecognitionNet: {
      readonly params: { fc: tf.Tensor };
      loadFromWeightMap(weights: tf.NamedTensorMap): void;
      forwardInput(input: object): tf.Tensor;
    };
  };
}

/** face-api gives the descriptor only; with the unit matrix in place of its last layer it gives the pooled vector. */
async function loadRecognition(): Promise<ReferenceNetwork> {
  const { NetInput, nets } = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi;
  const net = nets.faceRecognitionNet;
  const folder = path.join(MODULES, '@vladmandic/face-api/model');
  const manifest: tf.io.WeightsManifestConfig = JSON.parse(
    await readFile(path.join(folder, 'face_recognition_model-weights_manifest.json'), 'utf8'),
  );
  const bin = await readFile(path.join(folder, 'face_recognition_model.bin'));
  const specs = manifest.flatMap((group) => group.weights);
  net.loadFromWeightMap(tf.io.decodeWeights(Uint8Array.from(bin).buffer, specs));
  const descriptorLayer = net.params.fc;
  const unitLayer = tf.eye(256);
  const forward = async (rgb: Float32Array, size: number, layer: tf.Tensor) => {
    net.params.fc = layer;
    const result = tf.tidy(() => net.forwardInput(new NetInput([tf.tensor3d(rgb, [size, size, 3])])));
    const values = await result.data<'float32'>();
    result.dispose();
    return values;
  };
  return async (rgb, size) => ({
    pooled: await forward(rgb, size, unitLayer),
    descriptor: await forward(rgb, size, descriptorLayer),
  });
}

/** human's `generateAnchors`: centres of 16 x 16 cells with 2 anchors, then of 8 x 8 cells with 6, in pixels. */
function withAnchors(boxes: Float32Array, size: number): Float32Array {
  const result = boxes.slice();
  let at = 0;
  for (const [stride, count] of [
    [16, 2],
    [32, 6],
  ] as const)
    for (let y = 0.5 * stride; y < size; y += stride)
      for (let x = 0.5 * stride; x < size; x += stride)
        for (let k = 0; k < count; k++, at += 16)
          for (let i = 0; i < 16; i += i === 0 ? 4 : 2) {
            result[at + i] = (result[at + i] ?? 0) + x;
            result[at + i + 1] = (result[at + i + 1] ?? 0) + y;
          }
  return result;
}

function join(...parts: (Float32Array | undefined)[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...(part ?? [])]));
}
