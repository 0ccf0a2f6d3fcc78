/**
 * Sound of any container as 16 kHz mono float, decoded by ffmpeg. Sample n stands at `fromS + n / 16000` on the container's timeline:
 * gaps of lost packets are filled with silence, a late start too, so that sound and picture stay together.
 */
import { AppError } from '../contract/errors.ts';
import type { AudioChunk, AudioOptions, AudioStreamInfo } from '../contract/media.ts';
import { type FileClock, guardedInput, hasRestarted, QUIET, runningClock } from './ffmpeg.ts';
import type { DecodeLimits } from './limits.ts';
import { PipeReader } from './pipe-reader.ts';
import { start } from './process.ts';
import { findTool } from './tools.ts';
import { checkEnd, timeline, trimFilter } from './video.ts';

/** Hz; what every speech model of the house takes. */
export const AUDIO_RATE = 16_000;
/** Samples of a full chunk: 2 s, so that a progress bar moves and no chunk weighs more than 128 kB. */
export const CHUNK_SAMPLES = 2 * AUDIO_RATE;

export interface AudioSource {
  readonly file: string;
  readonly demuxer: string;
  readonly streams: readonly AudioStreamInfo[];
  readonly zeroS: number;
  readonly clock: FileClock;
  readonly limits: DecodeLimits;
  readonly cwd?: string;
}

/**
 * Decodes one track in chunks of 2 s (the last is shorter). Two channels become one by `meanOfTwo`, more as ffmpeg weighs them.
 * @throws AppError `MEDIA_NO_STREAMS` (no such track), `DECODE_TIMEOUT`, `DECODER_CRASHED`, `MEDIA_CORRUPT`, `FFMPEG_FAILED`, `MEDIA_TOO_LARGE`
 */
export async function* audioChunks(source: AudioSource, options: AudioOptions): AsyncGenerator<AudioChunk, void> {
  const stream = trackOf(source.streams, options.track);
  const fromS = Math.max(0, options.fromS ?? 0);
  const running = start(findTool('ffmpeg'), audioArguments(source, stream, { ...options, fromS }), {
    cwd: source.cwd,
    signal: options.signal,
  });
  const chunkBytes = CHUNK_SAMPLES * channelsRead(stream) * 4;
  const pipe = new PipeReader(running.stdout!, chunkBytes, source.limits.stallS);
  let delivered = 0;
  try {
    for (;;) {
      const bytes = new Uint8Array(chunkBytes);
      const filled = await pipe.fill(bytes);
      options.signal?.throwIfAborted();
      const read = clamp(new Float32Array(bytes.buffer, 0, filled >> 2));
      const samples = channelsRead(stream) === 2 ? meanOfTwo(read) : read;
      const at = fromS + delivered / AUDIO_RATE;
      if (at > source.limits.durationS) throw new AppError('MEDIA_TOO_LARGE', { seconds: source.limits.durationS });
      if (samples.length > 0) yield { samples, fromS: at };
      delivered += samples.length;
      if (filled < bytes.length) break;
    }
    await checkEnd(running, delivered > 0 || options.fromS !== undefined || options.toS !== undefined);
  } finally {
    running.kill();
    pipe.close();
    await running.ended;
    if (hasRestarted(running.stderr())) source.clock.restarts = true;
  }
}

/** The track asked for, or the first. Throws AppError `MEDIA_NO_STREAMS`. */
export function trackOf<T>(streams: readonly T[], track = 0): T {
  const stream = streams[track];
  if (!stream) throw new AppError('MEDIA_NO_STREAMS', { track });
  return stream;
}

function audioArguments(
  source: AudioSource,
  stream: AudioStreamInfo,
  span: AudioOptions & { fromS: number },
): string[] {
  const trim = trimFilter('atrim', { fromS: span.fromS, toS: span.toS });
  return [
    ...QUIET,
    ...['-threads', '1'],
    ...timeline(source, span.fromS),
    ...guardedInput(source.file, source.demuxer, source.limits),
    ...['-map', `0:${stream.index}`, '-vn', '-sn', '-dn'],
    ...['-af', [runningClock('asetpts'), ...trim, ...placed(span.fromS)].join(',')],
    ...['-ac', String(channelsRead(stream)), '-ar', String(AUDIO_RATE), '-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:1'],
  ];
}

/**
 * Filters that give the rate of the house and put the first sample at `fromS`; `async=1` only fills and trims, never stretches. `first_pts`
 * counts samples of what comes in: nothing at 0, elsewhere of sound that is at our rate already.
 */
function placed(fromS: number): string[] {
  const place = `async=1:first_pts=${Math.round(fromS * AUDIO_RATE)}`;
  return fromS === 0
    ? [`aresample=${AUDIO_RATE}:${MEAN}:${place}`]
    : [`aresample=${AUDIO_RATE}:${MEAN}`, `aresample=${MEAN}:${place}`];
}

/** Two channels are read apart, to see whether one is the other upside down. */
function channelsRead({ channels }: AudioStreamInfo): 1 | 2 {
  return channels === 2 ? 2 : 1;
}

/** Correlation of two channels below which their mean would lose more than half of what is heard. */
const OPPOSED = -0.5;

/**
 * The mean of two channels whose samples take turns. Where one is the other upside down, by crossed wires or by intent, a listener hears both
 * and their mean is silence: the second is turned over first.
 */
export function meanOfTwo(pairs: Float32Array): Float32Array {
  let [both, left, right] = [0, 0, 0];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const a = pairs[i]!;
    const b = pairs[i + 1]!;
    both += a * b;
    left += a * a;
    right += b * b;
  }
  const sign = both < OPPOSED * Math.sqrt(left * right) ? -1 : 1;
  const mean = new Float32Array(pairs.length >> 1);
  for (let n = 0; n < mean.length; n++) mean[n] = (pairs[2 * n]! + sign * pairs[2 * n + 1]!) / 2;
  return mean;
}

/** Channels that are mixed down weigh one together: ffmpeg would add those of floating point up, louder than full scale. */
const MEAN = 'rematrix_maxval=1';

/** Float codecs can overshoot full scale; the contract is [-1, 1]. Broken streams give NaN: silence. */
export function clamp(samples: Float32Array): Float32Array {
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]!;
    samples[i] = x > 1 ? 1 : x >= -1 ? x : Number.isNaN(x) ? 0 : -1;
  }
  return samples;
}
