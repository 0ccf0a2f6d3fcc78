import { OnnxGraph } from '../../../models/build/onnx-graph.ts';

/** A network y = relu(x) over rows of four numbers, as a file. */
export function tinyModel(): Uint8Array {
  const graph = new OnnxGraph();
  const x = graph.input('x', [4]);
  graph.output('y', graph.node('Relu', [x]), [4]);
  return graph.encode('tiny');
}
