// Runs an exported network on the synthetic parity input, compares with what torch gave, and measures its speed on one thread.
// Usage: node check_onnx.mjs MODEL.onnx PARITY.json   (exit 1 when a value is off by more than the tolerance)
import { readFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const SAMPLE_RATE = 16000; // Hz

/**
 * The parity waveform: three sines, amplitude-modulated, with noise of a 32-bit linear congruential generator (Numerical Recipes constants).
 */
export function parityInput(samples) {
  const wave = new Float32Array(samples);
  let state = 1;
  for (let i = 0; i < samples; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const t = i / SAMPLE_RATE;
    const tone = Math.sin(2 * Math.PI * 150 * t) + 0.5 * Math.sin(2 * Math.PI * 1200 * t) + 0.25 * Math.sin(2 * Math.PI * 3300 * t);
    wave[i] = 0.1 * (0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * t)) * tone + 0.02 * (state / 2147483648 - 1);
  }
  return wave;
}

const [modelPath, parityPath] = process.argv.slice(2);
const parity = JSON.parse(readFileSync(parityPath, 'utf8'));
const session = await ort.InferenceSession.create(modelPath, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' });
let worst = 0;
for (const { samples, output } of parity.cases) {
  const result = await session.run({ audio: new ort.Tensor('float32', parityInput(samples), [1, samples]) });
  const data = result[session.outputNames[0]].data;
  if (data.length !== output.length) throw new Error(`${data.length} values, expected ${output.length}`);
  for (let i = 0; i < output.length; i++) worst = Math.max(worst, Math.abs(data[i] - output[i]));
}

const seconds = 2;
const wave = new ort.Tensor('float32', parityInput(seconds * SAMPLE_RATE), [1, seconds * SAMPLE_RATE]);
const times = [];
for (let k = 0; k < 60; k++) {
  const start = performance.now();
  await session.run({ audio: wave });
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ worst, tolerance: parity.tolerance, medianMsPerSecond: times[30] / seconds, bestMsPerSecond: times[0] / seconds }));
if (!(worst <= parity.tolerance)) process.exit(1);
