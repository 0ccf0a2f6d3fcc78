// Which bytes does each model taken from an npm package become? One recipe an id; every recipe is a pure function of the
// source files, in the order in which models/registry.json lists them.
import { convertGraphModel, type GraphModelJson, type Value } from './graph-model.ts';
import type { Normalisation, OnnxGraph } from './onnx-graph.ts';
import { convertRecognitionNet } from './recognition-net.ts';
import type { WeightsManifest } from './tfjs-weights.ts';

/** Source files to the model file. */
export type Recipe = (files: readonly Uint8Array[]) => Uint8Array;

/** Side of the pictures that MediaPipe's "full range" BlazeFace sees, and its anchors: cells a side, anchors a cell. */
const DETECTOR_SIZE = 256;
const DETECTOR_ANCHORS = [
  { cells: 16, perCell: 2 },
  { cells: 8, perCell: 6 },
] as const;
/** Its widths are 24, 48 and 96: filled up to 16s a run takes 6.2 ms instead of 8.4 (one core with AVX-512, 2026-11-24). */
const DETECTOR_BLOCK = 16;
/** Numbers a box: centre x, y, width, height, then six points x, y. */
const BOX_VALUES = 16;

export const RECIPES: Readonly<Record<string, Recipe>> = {
  'face-detector': faceDetector,
  'face-mesh': faceMesh,
  'face-iris': faceIris,
  'face-features': faceFeatures,
  'face-recognition': ([manifest, bin]) =>
    convertRecognitionNet(parse<WeightsManifest>(manifest), present(bin)).encode('face-recognition'),
  'voice-activity': unchanged,
  'text-detector': unchanged,
  'text-direction': unchanged,
  'text-reader': unchanged,
  'text-characters': unchanged,
};

/** `rgb` -> `scores` [n, 896] 0..1, `boxes` [n, 896, 16] in pixels of the 256 px picture, anchors already added. */
function faceDetector([json, bin]: readonly Uint8Array[]): Uint8Array {
  const { graph, values } = convertGraphModel(
    parse<GraphModelJson>(json),
    present(bin),
    { size: DETECTOR_SIZE, mean: [127.5, 127.5, 127.5], scale: 127.5, order: 'rgb' },
    ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'],
    DETECTOR_BLOCK,
  );
  const [near, far, nearBoxes, farBoxes] = values.map((value) => value.name);
  const count = DETECTOR_ANCHORS.reduce((sum, { cells, perCell }) => sum + cells * cells * perCell, 0);
  const logits = graph.node('Concat', [present(near), present(far)], { axis: 1 });
  graph.output('scores', graph.node('Reshape', [graph.node('Sigmoid', [logits]), graph.integers([0, count])]), [count]);
  const offsets = graph.node('Concat', [present(nearBoxes), present(farBoxes)], { axis: 1 });
  graph.output('boxes', graph.node('Add', [offsets, graph.constant([count, BOX_VALUES], anchors(count))]), [
    count,
    BOX_VALUES,
  ]);
  return graph.encode('face-detector');
}

/** Anchor centres (i + .5) / cells of the picture, added to the box centre and to every point. */
function anchors(count: number): Float32Array {
  const table = new Float32Array(count * BOX_VALUES);
  let row = 0;
  for (const { cells, perCell } of DETECTOR_ANCHORS) {
    for (let cell = 0; cell < cells * cells; cell++) {
      const x = (((cell % cells) + 0.5) / cells) * DETECTOR_SIZE;
      const y = ((Math.floor(cell / cells) + 0.5) / cells) * DETECTOR_SIZE;
      for (let k = 0; k < perCell; k++, row++) {
        for (const at of [0, 4, 6, 8, 10, 12, 14]) table.set([x, y], row * BOX_VALUES + at);
      }
    }
  }
  return table;
}

/** `rgb` -> `mesh` [n, 468, 3] in pixels of the 192 px crop, `presence` [n, 1] 0..1. */
function faceMesh([json, bin]: readonly Uint8Array[]): Uint8Array {
  const { graph, values } = convertGraphModel(
    parse<GraphModelJson>(json),
    present(bin),
    { size: 192, mean: [0, 0, 0], scale: 255, order: 'rgb' },
    ['Identity_2', 'Identity_1'],
  );
  const [mesh, presence] = values;
  graph.output('mesh', graph.node('Reshape', [present(mesh).name, graph.integers([0, 468, 3])]), [468, 3]);
  graph.output('presence', present(presence).name, [1]);
  return graph.encode('face-mesh');
}

/** `rgb` -> `points` [n, 76, 3] in pixels of the 64 px crop: 71 of the eye's contour and brow, 5 of the iris. */
function faceIris([json, bin]: readonly Uint8Array[]): Uint8Array {
  const { graph, values } = convertGraphModel(
    parse<GraphModelJson>(json),
    present(bin),
    { size: 64, mean: [0, 0, 0], scale: 255, order: 'rgb' },
    ['Identity'],
  );
  graph.output('points', flat(graph, present(values[0]), [76, 3]), [76, 3]);
  return graph.encode('face-iris');
}

/** `rgb` -> `features` [n, 1024]; the package's age and gender heads are left out: this product never guesses either. */
function faceFeatures([json, bin]: readonly Uint8Array[]): Uint8Array {
  const { graph, values } = convertGraphModel(parse<GraphModelJson>(json), present(bin), FEATURES_NORMALISATION, [
    'global_pooling/Mean',
  ]);
  graph.output('features', present(values[0]).name, [1024]);
  return graph.encode('face-features');
}

/** Mean colour that Caffe's face networks subtract, RGB 0..255. */
export const CAFFE_MEAN_RGB = [123.68, 116.779, 103.939] as const;

/**
 * Caffe's mean colour and blue first. The package feeds 0..255 RGB as it is; on 300 LFW photos of 150 people (2026-11-24)
 * that gives an equal error rate of 4.0 %, the mean alone 3.0 %, the mean and blue first 2.2 %.
 */
const FEATURES_NORMALISATION: Normalisation = { size: 224, mean: CAFFE_MEAN_RGB, scale: 1, order: 'bgr' };

function unchanged([file]: readonly Uint8Array[]): Uint8Array {
  return present(file);
}

function flat(graph: OnnxGraph, value: Value, dims: readonly number[]): string {
  return 'c' in value ? graph.flatten(value, dims) : graph.node('Reshape', [value.name, graph.integers([0, ...dims])]);
}

function parse<T>(json: Uint8Array | undefined): T {
  return JSON.parse(Buffer.from(present(json)).toString('utf8')) as T;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a source file or value is missing');
  return value;
}
