// Speech through RNNoise (Valin 2018), the network that suppresses noise in Jitsi Meet and many other calls, as its npm package runs it there.
// Usage: node suppress_noise.mjs FOLDER < CLIPS > CLIPS   (FOLDER: the unpacked npm package @jitsi/rnnoise-wasm)
// CLIPS: for each clip its number of samples (uint32), then the samples (float32 in [-1, 1], 48 kHz, mono), little-endian.
// A clip comes out at its own length, delayed as RNNoise delays it. Its first half second goes through once before, so that the network has settled
// as in the midst of a call.
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FRAME = 480; // samples, 10 ms at 48 kHz: RNNoise's own
const SETTLE = 50; // frames
const SCALE = 32768; // RNNoise takes floats in the range of 16-bit samples

const { default: load } = await import(pathToFileURL(join(process.argv[2], 'dist/rnnoise-sync.js')));
const rnnoise = load();
const at = rnnoise._malloc(4 * FRAME);

/** The clip, less the noise, of the same length. */
function suppressed(clip) {
  const frames = Math.ceil(clip.length / FRAME);
  const out = new Float32Array(frames * FRAME);
  const state = rnnoise._rnnoise_create(0);
  for (let k = -Math.min(SETTLE, frames); k < frames; k++) {
    const from = (k < 0 ? k + Math.min(SETTLE, frames) : k) * FRAME;
    const heap = new Float32Array(rnnoise.HEAPF32.buffer, at, FRAME);
    heap.fill(0);
    heap.set(clip.subarray(from, from + FRAME).map((v) => v * SCALE));
    rnnoise._rnnoise_process_frame(state, at, at);
    if (k >= 0) out.set(heap.map((v) => v / SCALE), from);
  }
  rnnoise._rnnoise_destroy(state);
  return out.subarray(0, clip.length);
}

const bytes = readFileSync(0);
for (let start = 0; start < bytes.length; ) {
  const length = bytes.readUInt32LE(start);
  const clip = new Float32Array(bytes.buffer.slice(bytes.byteOffset + start + 4, bytes.byteOffset + start + 4 + 4 * length));
  const out = Buffer.from(suppressed(clip).slice().buffer);
  for (let sent = 0; sent < out.length; ) sent += writeSync(1, out, sent);
  start += 4 + 4 * length;
}
