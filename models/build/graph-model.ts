// Which ONNX graph computes the same numbers as a TensorFlow.js graph model (convolutional, NHWC)? Only the operators
// of the face models that this project takes from packages are known; any other one stops the build.
import { type Normalisation, OnnxGraph, type Planes, type Window } from './onnx-graph.ts';
import { decodeWeights, type Weight, type WeightsManifest } from './tfjs-weights.ts';

interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, TfAttribute>>;
}

interface TfAttribute {
  readonly s?: string;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
}

/** The part of a tfjs graph `model.json` that is read here. */
export interface GraphModelJson {
  readonly modelTopology: { readonly node: readonly TfNode[] };
  readonly weightsManifest: WeightsManifest;
}

/** A converted value: a picture, or rows [n, ...dims]. */
export type Value = Planes | { readonly name: string; readonly dims: readonly number[] };

/**
 * Converts the part of a graph model that the named nodes need, and gives the graph with those values.
 * Multiplications and additions of constants are folded into the convolution before them; min(relu(x), c) becomes one clip.
 * `block` as in `OnnxGraph`.
 */
export function convertGraphModel(
  json: GraphModelJson,
  bin: Uint8Array,
  normalisation: Normalisation,
  wanted: readonly string[],
  block?: number,
): { graph: OnnxGraph; values: Value[] } {
  const conversion = new Conversion(json, bin, normalisation, block);
  const values = wanted.map((name) => conversion.value(name));
  return { graph: conversion.graph, values };
}

/** A convolution whose weights may still take a factor or an offset, because nothing else has read its output. */
interface OpenConvolution {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

class Conversion {
  readonly graph: OnnxGraph;
  readonly #nodes: ReadonlyMap<string, TfNode>;
  readonly #weights: ReadonlyMap<string, Weight>;
  readonly #normalisation: Normalisation;
  readonly #readers = new Map<string, number>();
  readonly #values = new Map<string, Value>();
  readonly #open = new Map<string, OpenConvolution>();

  constructor(json: GraphModelJson, bin: Uint8Array, normalisation: Normalisation, block?: number) {
    this.graph = new OnnxGraph(block);
    this.#nodes = new Map(json.modelTopology.node.map((node) => [node.name, node]));
    this.#weights = decodeWeights(json.weightsManifest, bin);
    this.#normalisation = normalisation;
    for (const name of json.modelTopology.node.flatMap((node) => node.input ?? []))
      this.#readers.set(name, (this.#readers.get(name) ?? 0) + 1);
  }

  value(name: string): Value {
    const known = this.#values.get(name);
    if (known) return known;
    const node = this.#nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    const value = this.#convert(node);
    this.#values.set(name, value);
    return value;
  }

  #convert(node: TfNode): Value {
    const [first = '', second = ''] = node.input ?? [];
    switch (node.op) {
      case 'Placeholder':
        return this.graph.pictures(this.#normalisation);
      case 'Identity':
        return this.value(first);
      case 'Conv2D':
      case '_FusedConv2D':
      case 'DepthwiseConv2dNative':
        return this.#convolution(node);
      case 'Add':
      case 'AddV2':
      case 'Mul':
        return this.#weights.has(second)
          ? this.#fold(node, first, this.#floats(second))
          : this.#elementwise(node.op === 'Mul' ? 'Mul' : 'Add', first, second);
      case 'Relu':
        return this.#relu(node, first);
      case 'Minimum':
      case 'Maximum':
        return this.#withinClip(node, first);
      case 'Prelu':
        return this.#prelu(this.#planes(first), second);
      case 'Sigmoid':
        return { ...this.value(first), name: this.graph.node('Sigmoid', [this.value(first).name]) };
      case 'MaxPool':
        return this.graph.pool('MaxPool', this.#planes(first), window(node, spatial(node.attr?.ksize)));
      case 'Pad':
        return this.#pad(first, second);
      case 'ConcatV2':
        return this.#concatenateChannels(node);
      case 'Mean':
        return this.#mean(first, second);
      case 'Reshape':
        return this.#reshape(first, second);
      default:
        throw new Error(`${node.name}: operator ${node.op} is not known`);
    }
  }

  #convolution(node: TfNode): Value {
    const [input = '', filter = '', ...fused] = node.input ?? [];
    const x = this.#planes(input);
    const { shape, data } = this.#weight(filter);
    const [kh = 0, kw = 0, inner = 0, last = 0] = shape;
    const depthwise = node.op === 'DepthwiseConv2dNative';
    const out = depthwise ? inner * last : last;
    const weights = depthwise ? permute(data, [kh * kw, inner * last]) : permute(data, [kh * kw, inner, last]);
    const bias = new Float32Array(out);
    const activations = (node.attr?.fused_ops?.list?.s ?? []).map(text);
    if (activations[0] === 'BiasAdd') bias.set(this.#floats(fused[0] ?? ''));
    const y = this.graph.convolution(x, weights, bias, window(node, [kh, kw]), depthwise ? inner : 1);
    const activation = activations[0] === 'BiasAdd' ? activations[1] : activations[0];
    if (activation === undefined) this.#open.set(node.name, { weights, bias });
    if (activation === undefined || activation === 'Linear') return y;
    if (activation === 'Relu') return { ...y, name: this.graph.node('Relu', [y.name]) };
    if (activation === 'Prelu') return this.#prelu(y, fused[1] ?? '');
    throw new Error(`${node.name}: fused ${activation} is not known`);
  }

  /** conv(x) * k + b is a convolution again, as long as nobody else reads conv(x). */
  #fold(node: TfNode, input: string, constant: Float32Array): Value {
    const value = this.value(input);
    const open = this.#open.get(input);
    if (!open || this.#readers.get(input) !== 1 || constant.length !== open.bias.length)
      throw new Error(`${node.name}: cannot be folded into ${input}`);
    const perOutput = open.weights.length / open.bias.length;
    for (const [out, k] of constant.entries()) {
      if (node.op === 'Mul')
        for (let i = 0; i < perOutput; i++)
          open.weights[out * perOutput + i] = (open.weights[out * perOutput + i] ?? 0) * k;
      open.bias[out] = node.op === 'Mul' ? (open.bias[out] ?? 0) * k : (open.bias[out] ?? 0) + k;
    }
    this.#open.set(node.name, open);
    return value;
  }

  #elementwise(op: 'Add' | 'Mul', first: string, second: string): Value {
    const a = this.#planes(first);
    const b = this.#planes(second);
    if (a.c !== b.c || a.h !== b.h || a.w !== b.w) throw new Error(`${op} of unlike shapes ${first}, ${second}`);
    return { ...a, name: this.graph.node(op, [a.name, b.name]) };
  }

  /** relu, or the clip to 0..c that relu, minimum and maximum make together. */
  #relu(node: TfNode, input: string): Value {
    const x = this.value(input);
    const reader =
      this.#readers.get(node.name) === 1
        ? [...this.#nodes.values()].find((other) => other.input?.[0] === node.name)
        : undefined;
    const ceiling = reader?.op === 'Minimum' ? this.#floats(reader.input?.[1] ?? '') : undefined;
    if (!ceiling) return { ...x, name: this.graph.node('Relu', [x.name]) };
    return {
      ...x,
      name: this.graph.node('Clip', [
        x.name,
        this.graph.constant([], Float32Array.of(0)),
        this.graph.constant([], ceiling),
      ]),
    };
  }

  #withinClip(node: TfNode, input: string): Value {
    const before = this.#nodes.get(input);
    const bound = this.#floats(node.input?.[1] ?? '');
    const clipped =
      node.op === 'Minimum'
        ? before?.op === 'Relu' && this.#readers.get(input) === 1
        : before?.op === 'Minimum' && bound[0] === 0;
    if (!clipped || bound.length !== 1) throw new Error(`${node.name}: ${node.op} is known only after relu`);
    return this.value(input);
  }

  #prelu(x: Planes, slope: string): Planes {
    return { ...x, name: this.graph.node('PRelu', [x.name, this.graph.constant([x.c, 1, 1], this.#floats(slope))]) };
  }

  #pad(input: string, paddings: string): Value {
    const [n0 = 0, n1 = 0, top = 0, bottom = 0, left = 0, right = 0, c0 = 0, c1 = 0] = this.#weight(paddings).data;
    if (n0 || n1 || c0) throw new Error(`${input}: padding before the channels or of the batch is not known`);
    return this.graph.pad(this.#planes(input), { top, left, bottom, right }, c1);
  }

  #concatenateChannels(node: TfNode): Value {
    const names = [...(node.input ?? [])];
    const axis = this.#weight(names.pop() ?? '').data[0];
    const parts = names.map((name) => this.#planes(name));
    const [head] = parts;
    if (!head || (axis !== 3 && axis !== -1)) throw new Error(`${node.name}: only channels are concatenated`);
    const c = parts.reduce((sum, part) => sum + part.c, 0);
    return {
      ...head,
      c,
      name: this.graph.node(
        'Concat',
        parts.map((part) => part.name),
        { axis: 1 },
      ),
    };
  }

  #mean(input: string, axes: string): Value {
    const x = this.#planes(input);
    if ([...this.#weight(axes).data].join() !== '1,2')
      throw new Error(`${input}: the mean is known over rows and columns only`);
    return { name: this.graph.mean(x), dims: [x.c] };
  }

  #reshape(input: string, shape: string): Value {
    const x = this.#planes(input);
    const [, ...rest] = this.#weight(shape).data;
    const known = rest.reduce((product, size) => (size < 0 ? product : product * size), 1);
    const dims = rest.map((size) => (size < 0 ? (x.c * x.h * x.w) / known : size));
    return { name: this.graph.flatten(x, dims), dims };
  }

  #planes(name: string): Planes {
    const value = this.value(name);
    if (!('c' in value)) throw new Error(`${name} is not a picture`);
    return value;
  }

  #weight(name: string): Weight {
    const weight = this.#weights.get(name);
    if (!weight) throw new Error(`no weight ${name}`);
    return weight;
  }

  #floats(name: string): Float32Array {
    const { data } = this.#weight(name);
    if (!(data instanceof Float32Array)) throw new Error(`weight ${name} is not float32`);
    return data;
  }
}

/** HWIO to OIHW ([k, i, o]), or HWCM to CM1HW ([k, cm]): the kernel positions move to the end, the outputs to the front. */
export function permute(
  data: Float32Array | Int32Array,
  [positions, ...channels]: readonly [number, ...number[]],
): Float32Array {
  const [inner, out] = channels.length === 2 ? [channels[0] ?? 0, channels[1] ?? 0] : [1, channels[0] ?? 0];
  const result = new Float32Array(data.length);
  let at = 0;
  for (let o = 0; o < out; o++)
    for (let i = 0; i < inner; i++)
      for (let k = 0; k < positions; k++) result[at++] = data[(k * inner + i) * out + o] ?? Number.NaN;
  return result;
}

function window(node: TfNode, kernel: readonly [number, number]): Window {
  const padding = text(node.attr?.padding?.s ?? '');
  if (padding !== 'SAME' && padding !== 'VALID') throw new Error(`${node.name}: padding ${padding} is not known`);
  if (text(node.attr?.data_format?.s ?? '') !== 'NHWC') throw new Error(`${node.name}: only NHWC is known`);
  const dilations = node.attr?.dilations?.list?.i ?? [];
  if (dilations.some((size) => size !== '1')) throw new Error(`${node.name}: dilation is not known`);
  return { kernel, stride: spatial(node.attr?.strides), padding };
}

function spatial(attribute: TfAttribute | undefined): [number, number] {
  const [, h = '', w = ''] = attribute?.list?.i ?? [];
  return [Number.parseInt(h, 10), Number.parseInt(w, 10)];
}

function text(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
