import { readFileSync } from 'node:fs';
import path from 'node:path';
import ort from 'onnxruntime-node';
import { faceFeatureNames } from '../../../main/detectors/face-features.ts';
import { patchFeatures } from '../../../main/detectors/image-features.ts';
import { ModelStore } from '../../../main/inference/index.ts';
import { exported } from '../../../models/training/vision/export.ts';
import { ground } from './drawn.ts';

const modelsFolder = path.resolve(import.meta.dirname, '../../../models');

interface Parity {
  readonly rows: number;
  readonly features: number;
  readonly expected: readonly (readonly number[])[];
  readonly tolerance: number;
}

test.each(['synthetic-face', 'synthetic-image'])('%s gives what its parity file says', async (id) => {
  const parity = JSON.parse(readFileSync(path.join(modelsFolder, id, 'parity.json'), 'utf8')) as Parity;
  const { rows, features } = parity;
  const data = Float32Array.from(
    { length: rows * features },
    (_, i) => 1.5 * Math.sin(0.37 * ((i % features) + 1) * (Math.floor(i / features) + 1)),
  );
  const store = new ModelStore({ modelsFolder, packsFolder: '/nonexistent' });
  const { scores } = await store.run(id, { features: { data, dims: [rows, features] } });
  const width = parity.expected[0]!.length;
  for (const [i, row] of parity.expected.entries()) {
    for (const [h, value] of row.entries())
      expect(Math.abs(scores!.data[i * width + h]! - value)).toBeLessThan(parity.tolerance);
  }
});

test('models and features agree in width', () => {
  const width = (id: string) =>
    (JSON.parse(readFileSync(path.join(modelsFolder, id, 'parity.json'), 'utf8')) as Parity).features;
  expect(width('synthetic-face')).toBe(faceFeatureNames().length);
  expect(width('synthetic-image')).toBe(patchFeatures(ground(128, 24), [0, 0])!.length);
});

test('an exported ensemble walks its trees, equal goes left, heads add up apart', async () => {
  const branch = (feature: number, at_most: number, low: number, high: number) => [
    { feature, at_most, left: 1, right: 2 },
    { value: low },
    { value: high },
  ];
  const heads = [
    { base: 0.5, trees: [branch(0, 1, -1, 1), branch(1, 0, 10, 20)] },
    { base: -2, trees: [branch(1, 3, 0, 7)] },
  ];
  const session = await ort.InferenceSession.create(exported({ features: 2, heads }));
  const { scores } = await session.run({
    features: new ort.Tensor('float32', Float32Array.from([1, 0, 1.5, 4]), [2, 2]),
  });
  expect([...(scores!.data as Float32Array)]).toEqual([9.5, -2, 21.5, 5]);
});

test('an exported perceptron looks at its columns, holds what lies far outside, and adds to its own head alone', async () => {
  const perceptron = (columns: number[], bias: number) => ({
    columns,
    middle: [1],
    spread: [2],
    limit: 4,
    layers: [
      { weight: [[1], [-1]], bias: [0, 0] },
      { weight: [[1, 1]], bias: [bias] },
    ],
  });
  const heads = [
    { base: 100, trees: [[{ value: 0 }]], perceptrons: [perceptron([0], 0), perceptron([1], 10)] },
    { base: -2, trees: [[{ value: 0 }]] },
    { base: 0, trees: [[{ value: 0 }]], perceptrons: [perceptron([1], -1)] },
  ];
  const session = await ort.InferenceSession.create(exported({ features: 2, heads }));
  const { scores } = await session.run({
    features: new ort.Tensor('float32', Float32Array.from([3, 1, -3, 900]), [2, 2]),
  });
  // |(3 - 1) / 2| + 0 + 10, and 0 - 1; then 2 + 4 + 10, and 4 - 1.
  expect([...(scores!.data as Float32Array)]).toEqual([111, -2, -1, 116, -2, 3]);
});
