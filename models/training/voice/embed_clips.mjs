// Embeds clips by an exported model, as the product does.
// Usage: node embed_clips.mjs MODEL.onnx < CLIPS > VECTORS   (float32, little-endian; CLIPS as suppress_noise.mjs takes them, at the model's rate)
import { readFileSync, writeSync } from 'node:fs';
import ort from 'onnxruntime-node';

const session = await ort.InferenceSession.create(process.argv[2], { intraOpNumThreads: 1, interOpNumThreads: 1 });
const bytes = readFileSync(0);
for (let start = 0; start < bytes.length; ) {
  const length = bytes.readUInt32LE(start);
  const clip = new Float32Array(bytes.buffer.slice(bytes.byteOffset + start + 4, bytes.byteOffset + start + 4 + 4 * length));
  const { embedding } = await session.run({ audio: new ort.Tensor('float32', clip, [1, length]) });
  writeSync(1, Buffer.from(Float32Array.from(embedding.data).buffer));
  start += 4 + 4 * length;
}
