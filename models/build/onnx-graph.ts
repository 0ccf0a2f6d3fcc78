// A thin writer of ONNX graphs over onnx-proto: pictures as bytes in, float32 NCHW values inside, static spatial sizes, one free batch axis `n`.
// The bytes depend only on the calls made, so that the digest of a converted model can be pinned.
import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

/** Operator set and file version that onnxruntime 1.17 and later read without conversion. */
const OPSET = 13;
const IR_VERSION = 8;
const FLOAT = onnx.TensorProto.DataType.FLOAT;
const UINT8 = onnx.TensorProto.DataType.UINT8;
const INT64 = onnx.TensorProto.DataType.INT64;

/** A picture-shaped value [n, c, h, w] in the graph. */
export interface Planes {
  readonly name: string;
  readonly c: number;
  readonly h: number;
  readonly w: number;
}

/** Rows and columns that zero padding adds around a picture. */
export interface Padding {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** How a window slides: kernel, stride, and where the padding goes. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: 'SAME' | 'VALID';
}

/** How pictures enter a network: (rgb - mean) / scale, in the channel order it was trained with. */
export interface Normalisation {
  /** Side of the square picture in pixels. */
  readonly size: number;
  /** Red, green, blue, 0..255. */
  readonly mean: readonly [number, number, number];
  readonly scale: number;
  readonly order: 'rgb' | 'bgr';
}

type Attribute = number | readonly number[];
type NodeProto = InstanceType<typeof onnx.NodeProto>;

interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
  /** Shape in the file: `dims`, or larger and filled up with zeros. */
  readonly stored: readonly number[];
}

/** Collects nodes and constants, then serialises them. Constants may be changed in place until `encode`. */
export class OnnxGraph {
  readonly #block: number;
  readonly #nodes: NodeProto[] = [];
  readonly #constants: Constant[] = [];
  readonly #inputs: { name: string; dims: readonly number[]; type: number }[] = [];
  readonly #outputs: { name: string; dims: readonly number[] }[] = [];
  #values = 0;

  /**
   * @param block where larger than 1, pictures of at least so many channels are filled up with channels of zeros to a multiple of
   * it: onnxruntime keeps its blocked layout (16 channels with AVX-512) only while every width fits it.
   */
  constructor(block = 1) {
    this.#block = block;
  }

  /** Declares the float32 input `name` [n, ...dims]. */
  input(name: string, dims: readonly number[]): string {
    this.#inputs.push({ name, dims, type: FLOAT });
    return name;
  }

  /** Declares `value` as the output `name` [n, ...dims]. */
  output(name: string, value: string, dims: readonly number[]): void {
    this.#nodes.push(onnx.NodeProto.create({ opType: 'Identity', input: [value], output: [name] }));
    this.#outputs.push({ name, dims });
  }

  constant(dims: readonly number[], data: Float32Array): string {
    return this.#addConstant(dims, data);
  }

  integers(values: readonly number[]): string {
    return this.#addConstant([values.length], BigInt64Array.from(values, BigInt));
  }

  /** Adds an operator with one output and returns the name of that output. Integer attributes only. */
  node(opType: string, input: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const name = `v${this.#values++}`;
    const attribute = Object.entries(attributes).map(([key, value]) =>
      typeof value === 'number'
        ? onnx.AttributeProto.create({ name: key, type: onnx.AttributeProto.AttributeType.INT, i: value })
        : onnx.AttributeProto.create({ name: key, type: onnx.AttributeProto.AttributeType.INTS, ints: [...value] }),
    );
    this.#nodes.push(onnx.NodeProto.create({ opType, input: [...input], output: [name], attribute }));
    return name;
  }

  /** Declares the pictures `rgb` [n, size, size, 3], bytes 0..255, and gives them normalised as [n, 3, size, size]. */
  pictures({ size, mean, scale, order }: Normalisation): Planes {
    this.#inputs.push({ name: 'rgb', dims: [size, size, 3], type: UINT8 });
    const bytes = this.node('Transpose', ['rgb'], { perm: [0, 3, 1, 2] });
    let x = this.node('Cast', [bytes], { to: FLOAT });
    if (mean.some((value) => value !== 0)) x = this.node('Sub', [x, this.constant([3, 1, 1], Float32Array.from(mean))]);
    if (scale !== 1) x = this.node('Div', [x, this.constant([1], Float32Array.of(scale))]);
    if (order === 'bgr') x = this.node('Gather', [x, this.integers([2, 1, 0])], { axis: 1 });
    return { name: x, c: 3, h: size, w: size };
  }

  /** Convolution, dense (one group) or depthwise; `weights` are [out, in / groups, kh, kw] and `bias` [out], both kept by reference. */
  convolution(x: Planes, weights: Float32Array, bias: Float32Array, window: Window, groups: number): Planes {
    if (groups !== 1 && groups !== x.c) throw new Error(`convolution in ${groups} groups of ${x.c} channels`);
    const { h, w, padding } = slide(x, window);
    const out = this.#width(bias.length);
    const perGroup = groups === 1 ? this.#width(x.c) : 1;
    const filter = this.#addConstant([bias.length, x.c / groups, ...window.kernel], weights, [
      out,
      perGroup,
      ...window.kernel,
    ]);
    const name = this.node('Conv', [x.name, filter, this.#addConstant([bias.length], bias, [out])], {
      kernel_shape: window.kernel,
      strides: window.stride,
      pads: [padding.top, padding.left, padding.bottom, padding.right],
      group: groups === 1 ? 1 : this.#width(groups),
    });
    return { name, c: bias.length, h, w };
  }

  /** Maximum or average over windows; an average counts no padding (only VALID windows are averaged here). */
  pool(kind: 'MaxPool' | 'AveragePool', x: Planes, window: Window): Planes {
    const { h, w, padding } = slide(x, window);
    const name = this.node(kind, [x.name], {
      kernel_shape: window.kernel,
      strides: window.stride,
      pads: [padding.top, padding.left, padding.bottom, padding.right],
    });
    return { name, c: x.c, h, w };
  }

  /** Zero padding in space and at the end of the channels. */
  pad(x: Planes, padding: Padding, channels: number): Planes {
    const { top, left, bottom, right } = padding;
    if (this.#block > 1 && top + left + bottom + right === 0) return this.#addChannels(x, channels);
    const name = this.node('Pad', [x.name, this.integers([0, 0, top, left, 0, channels, bottom, right])]);
    return { name, c: x.c + channels, h: x.h + top + bottom, w: x.w + left + right };
  }

  /** Channels of zeros at the end, as a convolution: a `Pad` would leave the blocked layout. */
  #addChannels(x: Planes, channels: number): Planes {
    const c = x.c + channels;
    const identity = new Float32Array(c * x.c);
    for (let i = 0; i < x.c; i++) identity[i * x.c + i] = 1;
    return this.convolution(x, identity, new Float32Array(c), { kernel: [1, 1], stride: [1, 1], padding: 'VALID' }, 1);
  }

  /** [n, c, h, w] to [n, ...dims] in the order in which TensorFlow keeps it (row, column, channel). */
  flatten(x: Planes, dims: readonly number[]): string {
    if (this.#width(x.c) !== x.c) throw new Error(`${x.name} has channels of zeros that must not be flattened`);
    const rows = x.h === 1 && x.w === 1 ? x.name : this.node('Transpose', [x.name], { perm: [0, 2, 3, 1] });
    return this.node('Reshape', [rows, this.integers([0, ...dims])]);
  }

  /** Mean over the picture: [n, c]. */
  mean(x: Planes): string {
    return this.node('Flatten', [this.node('GlobalAveragePool', [x.name])], { axis: 1 });
  }

  /** The model file. */
  encode(graphName: string): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      opsetImport: [onnx.OperatorSetIdProto.create({ domain: '', version: OPSET })],
      producerName: 'jianzhen-build-models',
      graph: onnx.GraphProto.create({
        name: graphName,
        node: this.#nodes,
        initializer: this.#constants.map(({ name, dims, data, stored }) =>
          onnx.TensorProto.create({
            name,
            dims: [...stored],
            dataType: data instanceof Float32Array ? FLOAT : INT64,
            rawData: littleEndian(data instanceof Float32Array ? filledUp(data, dims, stored) : data),
          }),
        ),
        input: this.#inputs.map(describe),
        output: this.#outputs.map((output) => describe({ ...output, type: FLOAT })),
      }),
    });
    return onnx.ModelProto.encode(model).finish();
  }

  #addConstant(dims: readonly number[], data: Float32Array | BigInt64Array, stored = dims): string {
    if (sizeOf(dims) !== data.length)
      throw new Error(`constant of ${data.length} values cannot have the shape [${dims}]`);
    const name = `c${this.#constants.length}`;
    this.#constants.push({ name, dims, data, stored });
    return name;
  }

  /** Channels that a picture of `c` channels has in the file. */
  #width(c: number): number {
    return c < this.#block ? c : Math.ceil(c / this.#block) * this.#block;
  }
}

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** The values at their places in a larger table of zeros. */
function filledUp(data: Float32Array, dims: readonly number[], stored: readonly number[]): Float32Array {
  if (sizeOf(stored) === data.length) return data;
  const result = new Float32Array(sizeOf(stored));
  const strides = stored.map((_, axis) => sizeOf(stored.slice(axis + 1)));
  for (const [at, value] of data.entries()) {
    let rest = at;
    let to = 0;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      to += (rest % dims[axis]!) * strides[axis]!;
      rest = Math.floor(rest / dims[axis]!);
    }
    result[to] = value;
  }
  return result;
}

/** Output size and padding of a sliding window; SAME puts the odd row and column at the bottom and right. */
function slide(x: Planes, window: Window): { h: number; w: number; padding: Padding } {
  const [h, top, bottom] = along(x.h, window.kernel[0], window.stride[0], window.padding);
  const [w, left, right] = along(x.w, window.kernel[1], window.stride[1], window.padding);
  return { h, w, padding: { top, left, bottom, right } };
}

function along(size: number, kernel: number, stride: number, padding: 'SAME' | 'VALID'): [number, number, number] {
  if (padding === 'VALID') return [Math.floor((size - kernel) / stride) + 1, 0, 0];
  const out = Math.ceil(size / stride);
  const total = Math.max(0, (out - 1) * stride + kernel - size);
  return [out, Math.floor(total / 2), Math.ceil(total / 2)];
}

function describe(value: { name: string; dims: readonly number[]; type: number }) {
  const dim = [{ dimParam: 'n' }, ...value.dims.map((size) => ({ dimValue: size }))].map((d) =>
    onnx.TensorShapeProto.Dimension.create(d),
  );
  return onnx.ValueInfoProto.create({
    name: value.name,
    type: onnx.TypeProto.create({
      tensorType: onnx.TypeProto.Tensor.create({ elemType: value.type, shape: onnx.TensorShapeProto.create({ dim }) }),
    }),
  });
}

function littleEndian(data: Float32Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(data.byteLength);
  const view = new DataView(bytes.buffer);
  if (data instanceof Float32Array) for (const [i, value] of data.entries()) view.setFloat32(4 * i, value, true);
  else for (const [i, value] of data.entries()) view.setBigInt64(8 * i, value, true);
  return bytes;
}
