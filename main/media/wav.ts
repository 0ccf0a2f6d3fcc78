/**
 * WAV without ffmpeg: RIFF, RF64 and BW64 (EBU Tech 3306) with linear PCM of 8 to 32 bits or IEEE float, any rate and channels.
 * Compressed WAV is left to ffmpeg.
 */
import { AppError } from '../contract/errors.ts';
import type { AudioChunk, AudioOptions, RangedSource } from '../contract/media.ts';
import { AUDIO_RATE, CHUNK_SAMPLES, clamp, meanOfTwo } from './audio.ts';
import { ascii } from './formats.ts';
import type { DecodeLimits } from './limits.ts';
import { Resampler } from './resample.ts';

export interface WavHeader {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bits: number;
  readonly encoding: 'pcm' | 'float';
  /** Where the samples lie in the file. */
  readonly offset: number;
  /** Whole sample frames present in the file, whatever the header claims. */
  readonly frames: number;
}

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;

/** Chunks walked before `data`: broadcast files have about ten; a bomb has thousands. */
const CHUNK_LIMIT = 256;

/** Sane bounds of a header: a recorder's highest rate is 768 kHz, and 64 channels is the limit of MADI. */
const RATE_LIMIT_HZ = 768_000;
const CHANNEL_LIMIT = 64;

/**
 * Reads the header, or null where the encoding is not linear.
 * @throws AppError `MEDIA_CORRUPT` (no usable format or no samples), `MEDIA_TRUNCATED` (ends within the sizes of a long file)
 */
export async function readWavHeader(source: RangedSource): Promise<WavHeader | null> {
  let format: Omit<WavHeader, 'offset' | 'frames'> | null | undefined;
  let longSize: number | null = null;
  let at = 12;
  for (let n = 0; n < CHUNK_LIMIT && at + 8 <= source.size; n++) {
    const head = await source.read(at, 8);
    const id = ascii(head, 0, 4);
    const size = view(head).getUint32(4, true);
    if (id === 'ds64') longSize = readLongSize(await source.read(at + 8, 16));
    if (id === 'fmt ') format = readFormat(await source.read(at + 8, Math.min(size, 40)));
    if (id === 'data') {
      if (format === undefined) break;
      if (format === null) return null;
      const claimed = size === 0xffffffff ? (longSize ?? Number.POSITIVE_INFINITY) : size || Number.POSITIVE_INFINITY;
      const bytes = Math.min(claimed, source.size - at - 8);
      return { ...format, offset: at + 8, frames: Math.floor(bytes / ((format.bits / 8) * format.channels)) };
    }
    at += 8 + size + (size & 1);
  }
  throw new AppError('MEDIA_CORRUPT');
}

/** Bytes of `data` where 32 bits do not hold them (EBU Tech 3306, 3.2: after the size of the whole). */
function readLongSize(bytes: Uint8Array): number {
  if (bytes.length < 16) throw new AppError('MEDIA_TRUNCATED');
  return Number(view(bytes).getBigUint64(8, true));
}

/** Null where the encoding is known but not linear. */
function readFormat(bytes: Uint8Array): Omit<WavHeader, 'offset' | 'frames'> | null {
  if (bytes.length < 16) throw new AppError('MEDIA_CORRUPT');
  const data = view(bytes);
  const tag = data.getUint16(0, true);
  const actual = tag === FORMAT_EXTENSIBLE && bytes.length >= 26 ? data.getUint16(24, true) : tag;
  const [channels, sampleRate, bits] = [data.getUint16(2, true), data.getUint32(4, true), data.getUint16(14, true)];
  const sane = channels > 0 && channels <= CHANNEL_LIMIT && sampleRate > 0 && sampleRate <= RATE_LIMIT_HZ;
  if (!sane) throw new AppError('MEDIA_CORRUPT', { channels, sampleRate });
  if (actual === FORMAT_PCM && [8, 16, 24, 32].includes(bits)) return { channels, sampleRate, bits, encoding: 'pcm' };
  if (actual === FORMAT_FLOAT && [32, 64].includes(bits)) return { channels, sampleRate, bits, encoding: 'float' };
  return null;
}

/** The sound as 16 kHz mono in chunks of 2 s; two channels become one by `meanOfTwo`, more are averaged. Memory does not grow with the file. */
export async function* wavChunks(
  source: RangedSource,
  header: WavHeader,
  limits: DecodeLimits,
  options: AudioOptions,
): AsyncGenerator<AudioChunk, void> {
  const fromS = Math.max(0, options.fromS ?? 0);
  const durationS = header.frames / header.sampleRate;
  if (durationS > limits.durationS) throw new AppError('MEDIA_TOO_LARGE', { seconds: limits.durationS });
  const first = Math.min(header.frames, Math.round(fromS * header.sampleRate));
  const last = Math.min(header.frames, Math.round((options.toS ?? durationS) * header.sampleRate));
  const block = header.sampleRate * (CHUNK_SAMPLES / AUDIO_RATE);
  const total = Math.ceil(((last - first) * AUDIO_RATE) / header.sampleRate);
  const resampler = header.sampleRate === AUDIO_RATE ? null : new Resampler(header.sampleRate, AUDIO_RATE);
  const frameBytes = (header.bits / 8) * header.channels;
  let delivered = 0;
  for (let at = first; at < last; at += block) {
    options.signal?.throwIfAborted();
    const bytes = await source.read(header.offset + at * frameBytes, Math.min(block, last - at) * frameBytes);
    const mono = mixDown(bytes, header);
    const ready = resampler ? concat(resampler.push(mono), at + block >= last ? resampler.end() : EMPTY) : mono;
    const samples = clamp(ready.subarray(0, total - delivered));
    if (samples.length > 0) yield { samples, fromS: first / header.sampleRate + delivered / AUDIO_RATE };
    delivered += samples.length;
  }
}

const EMPTY = new Float32Array(0);

function concat(a: Float32Array, b: Float32Array): Float32Array {
  if (b.length === 0) return a;
  const joined = new Float32Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** The channels as one; whole frames only. */
function mixDown(bytes: Uint8Array, header: WavHeader): Float32Array {
  const { channels, bits } = header;
  const read = sampleReader(view(bytes), header);
  const mono = new Float32Array(Math.floor(bytes.length / ((bits / 8) * channels)));
  if (channels === 2) {
    const pairs = new Float32Array(2 * mono.length);
    for (let n = 0; n < pairs.length; n++) pairs[n] = read((n * bits) / 8);
    return meanOfTwo(pairs);
  }
  for (let n = 0, at = 0; n < mono.length; n++) {
    let sum = 0;
    for (let c = 0; c < channels; c++, at += bits / 8) sum += read(at);
    mono[n] = sum / channels;
  }
  return mono;
}

function sampleReader(data: DataView, { bits, encoding }: WavHeader): (at: number) => number {
  if (encoding === 'float') return bits === 32 ? (at) => data.getFloat32(at, true) : (at) => data.getFloat64(at, true);
  if (bits === 8) return (at) => (data.getUint8(at) - 128) / 128;
  if (bits === 16) return (at) => data.getInt16(at, true) / 32768;
  if (bits === 24) return (at) => ((data.getInt8(at + 2) << 16) | data.getUint16(at, true)) / 8388608;
  return (at) => data.getInt32(at, true) / 2147483648;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
