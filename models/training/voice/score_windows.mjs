// Scores windows of speech by an exported model, as the product does.
// Usage: node score_windows.mjs MODEL.onnx SAMPLES < WINDOWS > SCORES   (float32, little-endian; SAMPLES of one window)
import { readFileSync, writeSync } from 'node:fs';
import ort from 'onnxruntime-node';

const BATCH = 16;
const [model, samples] = [process.argv[2], Number(process.argv[3])];
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
const bytes = readFileSync(0);
const windows = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
for (let at = 0; at < windows.length; at += BATCH * samples) {
  const data = windows.slice(at, at + BATCH * samples);
  const { score } = await session.run({ audio: new ort.Tensor('float32', data, [data.length / samples, samples]) });
  writeSync(1, Buffer.from(Float32Array.from(score.data).buffer));
}
