// Scores every decoded clip with the upstream AASIST network (../shared/models/audio), as a teacher and as a peer to be compared with.
// Usage: node score_teacher.mjs --model FILE.onnx --samples clean.npy --offsets offsets.npy --out scores.csv --limit CLIPS   (resumes where it was)
import { appendFileSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import ort from 'onnxruntime-node';

const WINDOW = 64600; // samples, 4.0375 s at 16 kHz: the input that the upstream network was trained with

const { values } = parseArgs({
  options: { model: { type: 'string' }, samples: { type: 'string' }, offsets: { type: 'string' }, out: { type: 'string' }, limit: { type: 'string' } },
});

/** Start of the data of a .npy file of version 1.0, in bytes. */
function dataStart(path) {
  const file = openSync(path, 'r');
  const head = Buffer.alloc(10);
  readSync(file, head, 0, 10, 0);
  return { file, start: 10 + head.readUInt16LE(8) };
}

const offsetsFile = readFileSync(values.offsets);
const offsetsAt = 10 + offsetsFile.readUInt16LE(8);
const clips = (offsetsFile.length - offsetsAt) / 8 - 1;
const offset = (i) => Number(offsetsFile.readBigInt64LE(offsetsAt + 8 * i));

const { file, start } = dataStart(values.samples);
const done = new Set();
if (existsSync(values.out)) for (const line of readFileSync(values.out, 'utf8').split('\n')) if (line) done.add(Number(line.split(',')[0]));

const session = await ort.InferenceSession.create(values.model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
const order = Array.from({ length: clips }, (_, i) => i).sort((a, b) => ((a * 2654435761) % 4294967296) - ((b * 2654435761) % 4294967296));
for (const i of order.slice(0, Number(values.limit ?? clips))) {
  if (done.has(i)) continue;
  const length = offset(i + 1) - offset(i);
  const bytes = Buffer.alloc(2 * length);
  readSync(file, bytes, 0, bytes.length, start + 2 * offset(i));
  const audio = new Float32Array(WINDOW);
  for (let k = 0; k < WINDOW; k++) audio[k] = bytes.readInt16LE(2 * (k % length)) / 32768;
  const { logits } = await session.run({ audio: new ort.Tensor('float32', audio, [1, WINDOW]) });
  appendFileSync(values.out, `${i},${(logits.data[0] - logits.data[1]).toFixed(4)}\n`);
}
