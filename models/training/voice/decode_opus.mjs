// Opus packets as the decoder of libopus 1.5 leaves them, with the networks that it holds, as its npm package runs it.
// Usage: node decode_opus.mjs FOLDER COMPLEXITY < PACKETS > SAMPLES   (FOLDER: the installed npm package @wasm-audio-decoders/opus-ml)
// COMPLEXITY is the decoder's own: below 5 no network, from 5 on lost packets are concealed by one (FARGAN), from 6 on LACE mends wide-band speech,
// from 7 on NoLACE does.
// PACKETS: for each its length in bytes (uint16, little-endian), then the bytes; a lost one is its first byte alone. SAMPLES: int16, 16 kHz, mono.
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { OpusMLDecoder } = await import(pathToFileURL(join(process.argv[2], 'index.js')));
const decoder = new OpusMLDecoder({ sampleRate: 16000, channels: 1, streamCount: 1, coupledStreamCount: 0 });
decoder._complexity = Number(process.argv[3]); // its options have no name for the concealment alone; read when the module is compiled
await decoder.ready;

const bytes = readFileSync(0);
for (let at = 0; at < bytes.length; ) {
  const length = bytes.readUInt16LE(at);
  const { channelData, errors } = decoder.decodeFrame(bytes.subarray(at + 2, at + 2 + length));
  if (errors.length > 0) throw new Error(errors[0].message);
  const out = Buffer.from(Int16Array.from(channelData[0], (v) => Math.max(-32768, Math.min(32767, Math.round(v * 32768)))).buffer);
  for (let sent = 0; sent < out.length; ) sent += writeSync(1, out, sent);
  at += 2 + length;
}
