/**
 * Writes boosted trees (JSON of trees.py), and the perceptrons (perceptron.py) that some heads add to theirs, as ONNX with one output a head.
 * The same numbers give the same bytes.
 * Usage: node models/training/vision/export.ts HEADS.json MODEL.onnx
 */
import { readFileSync, writeFileSync } from 'node:fs';
import proto from 'onnx-proto';

const { onnx } = proto;

interface Leaf {
  readonly value: number;
}
interface Branch {
  readonly feature: number;
  readonly at_most: number;
  readonly left: number;
  readonly right: number;
}
type Node = Leaf | Branch;
interface Layer {
  /** A row of weights for each output. */
  readonly weight: readonly (readonly number[])[];
  readonly bias: readonly number[];
}
interface Perceptron {
  /** Columns of the features that are looked at. */
  readonly columns: readonly number[];
  readonly middle: readonly number[];
  readonly spread: readonly number[];
  /** Furthest that a value counts from the middle, in spreads. */
  readonly limit: number;
  readonly layers: readonly Layer[];
}
interface Head {
  readonly base: number;
  readonly trees: readonly (readonly Node[])[];
  readonly perceptrons?: readonly Perceptron[];
}
interface Ensemble {
  readonly features: number;
  readonly heads: readonly Head[];
}

/** Version of the operator set `ai.onnx.ml` that defines TreeEnsembleRegressor with float attributes. */
const ML_OPSET = 3;
const OPSET = 17;
const IR_VERSION = 8;

const { FLOAT, INT64 } = onnx.TensorProto.DataType;
const { FLOATS, INTS, STRINGS, STRING, INT } = onnx.AttributeProto.AttributeType;

/** The model with input `features` [n, features] and output `scores` [n, heads]. */
export function exported({ features, heads }: Ensemble): Uint8Array {
  const networks = heads.flatMap(({ perceptrons = [] }, head) =>
    perceptrons.map((perceptron) => ({ perceptron, head })),
  );
  const graph = new Graph();
  graph.node(
    'TreeEnsembleRegressor',
    ['features'],
    networks.length > 0 ? 'trees' : 'scores',
    treesOf(heads),
    'ai.onnx.ml',
  );
  let sum = 'trees';
  for (const [index, { perceptron, head }] of networks.entries()) {
    const own = addPerceptron(graph, `p${index}`, perceptron, { head, heads: heads.length });
    const next = index === networks.length - 1 ? 'scores' : `sum${index}`;
    graph.node('Add', [sum, own], next);
    sum = next;
  }
  return graph.encode(features, heads.length);
}

/** Nodes and constants of a graph, as onnx-proto takes them. */
class Graph {
  readonly #nodes: object[] = [];
  readonly #constants: object[] = [];

  node(opType: string, input: string[], output: string, attribute: object[] = [], domain?: string): string {
    this.#nodes.push({ opType, ...(domain ? { domain } : {}), input, output: [output], attribute });
    return output;
  }

  floats(name: string, dims: number[], values: readonly number[]): string {
    this.#constants.push({ name, dims, dataType: FLOAT, floatData: values });
    return name;
  }

  integers(name: string, values: readonly number[]): string {
    this.#constants.push({ name, dims: [values.length], dataType: INT64, int64Data: values });
    return name;
  }

  encode(features: number, heads: number): Uint8Array {
    const value = (name: string, width: number) => ({
      name,
      type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimParam: 'n' }, { dimValue: width }] } } },
    });
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: 'jianzhen',
      opsetImport: [
        { domain: '', version: OPSET },
        { domain: 'ai.onnx.ml', version: ML_OPSET },
      ],
      graph: {
        name: 'trees',
        node: this.#nodes,
        initializer: this.#constants,
        input: [value('features', features)],
        output: [value('scores', heads)],
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }
}

/** Adds a perceptron and returns the name of its output [n, heads], which is 0 but for its head. */
function addPerceptron(
  graph: Graph,
  name: string,
  { columns, middle, spread, limit, layers }: Perceptron,
  { head, heads }: { head: number; heads: number },
): string {
  const row = (part: string, values: readonly number[]) => graph.floats(`${name}.${part}`, [values.length], values);
  const scalar = (part: string, value: number) => graph.floats(`${name}.${part}`, [], [value]);
  const axis = { name: 'axis', type: INT, i: 1 };
  let x = graph.node('Gather', ['features', graph.integers(`${name}.columns`, columns)], `${name}.looked`, [axis]);
  x = graph.node('Sub', [x, row('middle', middle)], `${name}.centred`);
  x = graph.node('Div', [x, row('spread', spread)], `${name}.scaled`);
  x = graph.node('Clip', [x, scalar('low', -limit), scalar('high', limit)], `${name}.held`);
  for (const [index, layer] of layers.entries()) {
    const last = index === layers.length - 1;
    const { weight, bias } = last ? placed(layer, head, heads) : layer;
    const table = graph.floats(`${name}.weight${index}`, [weight.length, weight[0]!.length], weight.flat());
    const transposed = { name: 'transB', type: INT, i: 1 };
    x = graph.node('Gemm', [x, table, row(`bias${index}`, bias)], `${name}.layer${index}`, [transposed]);
    if (!last) x = graph.node('Relu', [x], `${name}.risen${index}`);
  }
  return x;
}

/** A layer of one output as one of `heads` outputs, all others 0. */
function placed({ weight, bias }: Layer, head: number, heads: number): Layer {
  const row = weight[0]!;
  const places = Array.from({ length: heads }, (_, place) => place === head);
  return {
    weight: places.map((own) => (own ? row : row.map(() => 0))),
    bias: places.map((own) => (own ? bias[0]! : 0)),
  };
}

/** Attributes of a TreeEnsembleRegressor with one target a head. */
function treesOf(heads: readonly Head[]): object[] {
  const ids = { tree: [] as number[], node: [] as number[] };
  const nodes = {
    feature: [] as number[],
    value: [] as number[],
    mode: [] as string[],
    yes: [] as number[],
    no: [] as number[],
  };
  const leaves = { tree: [] as number[], node: [] as number[], target: [] as number[], weight: [] as number[] };
  let tree = 0;
  for (const [target, head] of heads.entries()) {
    for (const each of head.trees) {
      for (const [index, node] of each.entries()) {
        ids.tree.push(tree);
        ids.node.push(index);
        const branch = 'feature' in node ? node : null;
        nodes.feature.push(branch?.feature ?? 0);
        nodes.value.push(branch?.at_most ?? 0);
        nodes.mode.push(branch ? 'BRANCH_LEQ' : 'LEAF');
        nodes.yes.push(branch?.left ?? 0);
        nodes.no.push(branch?.right ?? 0);
        if ('value' in node) {
          leaves.tree.push(tree);
          leaves.node.push(index);
          leaves.target.push(target);
          leaves.weight.push(node.value);
        }
      }
      tree++;
    }
  }
  const ints = (name: string, values: number[]) => ({ name, type: INTS, ints: values });
  const floats = (name: string, values: number[]) => ({ name, type: FLOATS, floats: values });
  const text = (value: string) => new TextEncoder().encode(value);
  return [
    { name: 'n_targets', type: INT, i: heads.length },
    { name: 'aggregate_function', type: STRING, s: text('SUM') },
    { name: 'post_transform', type: STRING, s: text('NONE') },
    floats(
      'base_values',
      heads.map((h) => h.base),
    ),
    ints('nodes_treeids', ids.tree),
    ints('nodes_nodeids', ids.node),
    ints('nodes_featureids', nodes.feature),
    floats('nodes_values', nodes.value),
    { name: 'nodes_modes', type: STRINGS, strings: nodes.mode.map(text) },
    ints('nodes_truenodeids', nodes.yes),
    ints('nodes_falsenodeids', nodes.no),
    ints('target_treeids', leaves.tree),
    ints('target_nodeids', leaves.node),
    ints('target_ids', leaves.target),
    floats('target_weights', leaves.weight),
  ];
}

if (import.meta.main) {
  const [from, to] = process.argv.slice(2);
  if (!from || !to) throw new Error('usage: export.ts HEADS.json MODEL.onnx');
  writeFileSync(to, exported(JSON.parse(readFileSync(from, 'utf8')) as Ensemble));
}
