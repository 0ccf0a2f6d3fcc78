/**
 * Writes boosted trees (JSON of trees.py) as an ONNX tree ensemble with one output a head. The same trees give the same bytes.
 * Usage: node models/training/vision/export.ts TREES.json MODEL.onnx
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
interface Head {
  readonly base: number;
  readonly trees: readonly (readonly Node[])[];
}
interface Ensemble {
  readonly features: number;
  readonly heads: readonly Head[];
}

/** Version of the operator set `ai.onnx.ml` that defines TreeEnsembleRegressor with float attributes. */
const ML_OPSET = 3;
const OPSET = 17;
const IR_VERSION = 8;

export function treeEnsemble({ features, heads }: Ensemble): Uint8Array {
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
  const { FLOATS, INTS, STRINGS, STRING, INT } = onnx.AttributeProto.AttributeType;
  const ints = (name: string, values: number[]) => ({ name, type: INTS, ints: values });
  const floats = (name: string, values: number[]) => ({ name, type: FLOATS, floats: values });
  const text = (value: string) => new TextEncoder().encode(value);
  const attribute = [
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
  const value = (name: string, width: number) => ({
    name,
    type: {
      tensorType: {
        elemType: onnx.TensorProto.DataType.FLOAT,
        shape: { dim: [{ dimParam: 'n' }, { dimValue: width }] },
      },
    },
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
      node: [
        { opType: 'TreeEnsembleRegressor', domain: 'ai.onnx.ml', input: ['features'], output: ['scores'], attribute },
      ],
      input: [value('features', features)],
      output: [value('scores', heads.length)],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

if (import.meta.main) {
  const [from, to] = process.argv.slice(2);
  if (!from || !to) throw new Error('usage: export.ts TREES.json MODEL.onnx');
  writeFileSync(to, treeEnsemble(JSON.parse(readFileSync(from, 'utf8')) as Ensemble));
}
