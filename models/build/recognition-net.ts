// The dlib face recognition ResNet of face-api, written as an ONNX graph. The package carries weights only; the
// architecture follows its src/faceRecognitionNet (FaceRecognitionNet.ts, residualLayer.ts; 1.7.15).
import { permute } from './graph-model.ts';
import { type Normalisation, OnnxGraph, type Planes } from './onnx-graph.ts';
import { decodeWeights, type Weight, type WeightsManifest } from './tfjs-weights.ts';

/** Mean colour of the training pictures of dlib's network (FaceRecognitionNet.ts). */
const NORMALISATION: Normalisation = { size: 150, mean: [122.782, 117.001, 104.298], scale: 255, order: 'rgb' };

/** `rgb` [n, 150, 150, 3] 0..255 -> `pooled` [n, 256] (mean over the last planes), `descriptor` [n, 128]. */
export function convertRecognitionNet(manifest: WeightsManifest, bin: Uint8Array): OnnxGraph {
  const weights = decodeWeights(manifest, bin);
  const graph = new OnnxGraph();
  const net = new Network(graph, weights);
  let x = graph.pictures(NORMALISATION);
  x = net.relu(net.convolution(x, 'conv32_down', 2, 'VALID'));
  x = graph.pool('MaxPool', x, { kernel: [3, 3], stride: [2, 2], padding: 'VALID' });
  for (const block of ['conv32_1', 'conv32_2', 'conv32_3']) x = net.residual(x, block);
  x = net.residualDown(x, 'conv64_down');
  for (const block of ['conv64_1', 'conv64_2', 'conv64_3']) x = net.residual(x, block);
  x = net.residualDown(x, 'conv128_down');
  for (const block of ['conv128_1', 'conv128_2']) x = net.residual(x, block);
  x = net.residualDown(x, 'conv256_down');
  for (const block of ['conv256_1', 'conv256_2']) x = net.residual(x, block);
  x = net.residualDown(x, 'conv256_down_out');
  const pooled = graph.mean(x);
  graph.output('pooled', pooled, [x.c]);
  graph.output('descriptor', graph.node('MatMul', [pooled, graph.constant([x.c, 128], net.floats('fc'))]), [128]);
  return graph;
}

class Network {
  readonly #graph: OnnxGraph;
  readonly #weights: ReadonlyMap<string, Weight>;

  constructor(graph: OnnxGraph, weights: ReadonlyMap<string, Weight>) {
    this.#graph = graph;
    this.#weights = weights;
  }

  /** (conv(x) + bias) * weights + biases as one convolution. */
  convolution(x: Planes, layer: string, stride: 1 | 2, padding: 'SAME' | 'VALID'): Planes {
    const { shape, data } = this.#weight(`${layer}/conv/filters`);
    const [kh = 0, kw = 0, inner = 0, out = 0] = shape;
    const filters = permute(data, [kh * kw, inner, out]);
    const bias = this.floats(`${layer}/conv/bias`).slice();
    const offset = this.floats(`${layer}/scale/biases`);
    const perOutput = filters.length / out;
    for (const [o, factor] of this.floats(`${layer}/scale/weights`).entries()) {
      for (let i = 0; i < perOutput; i++) filters[o * perOutput + i] = (filters[o * perOutput + i] ?? 0) * factor;
      bias[o] = (bias[o] ?? 0) * factor + (offset[o] ?? 0);
    }
    return this.#graph.convolution(x, filters, bias, { kernel: [kh, kw], stride: [stride, stride], padding }, 1);
  }

  relu(x: Planes): Planes {
    return { ...x, name: this.#graph.node('Relu', [x.name]) };
  }

  residual(x: Planes, block: string): Planes {
    const inner = this.relu(this.convolution(x, `${block}/conv1`, 1, 'SAME'));
    return this.#add(this.convolution(inner, `${block}/conv2`, 1, 'SAME'), x);
  }

  /** Halves the picture; whichever branch is smaller is padded with zeros below, right and in the channels. */
  residualDown(x: Planes, block: string): Planes {
    const inner = this.relu(this.convolution(x, `${block}/conv1`, 2, 'VALID'));
    const out = this.convolution(inner, `${block}/conv2`, 1, 'SAME');
    const pooled = this.#graph.pool('AveragePool', x, { kernel: [2, 2], stride: [2, 2], padding: 'VALID' });
    const like = { c: Math.max(out.c, pooled.c), h: Math.max(out.h, pooled.h), w: Math.max(out.w, pooled.w) };
    return this.#add(this.#grow(pooled, like), this.#grow(out, like));
  }

  floats(name: string): Float32Array {
    const { data } = this.#weight(name);
    if (!(data instanceof Float32Array)) throw new Error(`weight ${name} is not float32`);
    return data;
  }

  #grow(x: Planes, to: { c: number; h: number; w: number }): Planes {
    if (x.c === to.c && x.h === to.h && x.w === to.w) return x;
    return this.#graph.pad(x, { top: 0, left: 0, bottom: to.h - x.h, right: to.w - x.w }, to.c - x.c);
  }

  #add(a: Planes, b: Planes): Planes {
    return this.relu({ ...a, name: this.#graph.node('Add', [a.name, b.name]) });
  }

  #weight(name: string): Weight {
    const weight = this.#weights.get(name);
    if (!weight) throw new Error(`no weight ${name}`);
    return weight;
  }
}
