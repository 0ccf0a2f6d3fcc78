/** The same picture or sound after one more lossy copy: what detectors try their steadiness on. */
import sharp from 'sharp';
import { AppError } from '../contract/errors.ts';
import type { RgbImage } from '../contract/media.ts';
import { AUDIO_RATE, clamp } from './audio.ts';
import { QUIET } from './ffmpeg.ts';
import { bytesOf, encodeJpeg } from './pixels.ts';
import { type Collected, collect, type StartOptions } from './process.ts';
import { findTool } from './tools.ts';

/** Encodes and decodes a picture of ours; size and place of every pixel stay. `quality` 1-100. */
export async function recodePicture(image: RgbImage, format: 'jpeg' | 'webp', quality: number): Promise<RgbImage> {
  const coded =
    format === 'jpeg'
      ? await encodeJpeg(image, quality)
      : await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
          .webp({ quality })
          .toBuffer();
  const { data, info } = await sharp(coded).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: bytesOf(data) };
}

export type SoundCodec = 'opus-16k' | 'mp3-48k' | 'aac-32k';

/** Encoder, its rate and a container that can be written to a pipe; the demuxer that reads it again. */
const CODECS: Readonly<
  Record<SoundCodec, readonly [encoder: string, bitRate: string, muxer: string, demuxer: string]>
> = {
  'opus-16k': ['libopus', '16k', 'ogg', 'ogg'],
  'mp3-48k': ['libmp3lame', '48k', 'mp3', 'mp3'],
  'aac-32k': ['aac', '32k', 'adts', 'aac'],
};

/** A minute of sound is coded in far less; a hung encoder must not hold an examination up. */
const TIME_LIMIT_S = 20;
/** Longest sound taken, seconds. */
const LONGEST_S = 60;

/**
 * Encodes and decodes 16 kHz mono samples with each codec; exactly as many come back (cut, or zeros at the end). A codec's delay of some
 * milliseconds is left in, and what this ffmpeg cannot encode is left out.
 * @throws AppError `FFMPEG_MISSING`, `DECODE_TIMEOUT`, `DECODER_CRASHED`; RangeError.
 */
export async function recodeSound(
  samples: Float32Array,
  codecs: readonly SoundCodec[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<SoundCodec, Float32Array>> {
  if (samples.length > LONGEST_S * AUDIO_RATE) throw new RangeError('too long to recode');
  try {
    return await recodeTogether(samples, codecs, signal);
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code !== 'FFMPEG_FAILED') throw fault;
  }
  const able = new Map<SoundCodec, Float32Array>();
  if (codecs.length === 1) return able;
  for (const codec of codecs) {
    for (const [name, sound] of await recodeSound(samples, [codec], signal)) able.set(name, sound);
  }
  return able;
}

const RAW_SOUND = ['-f', 'f32le', '-ar', String(AUDIO_RATE), '-ac', '1'];
/** The first pipe beside those that every program has. */
const FIRST_PIPE = 3;

/** All codecs in one start each way: linking ffmpeg takes longer than the coding. One encoder that is lacking fails them all. */
async function recodeTogether(
  samples: Float32Array,
  codecs: readonly SoundCodec[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<SoundCodec, Float32Array>> {
  const input = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  const encoded = await ffmpeg(
    [
      ...[...RAW_SOUND, '-i', 'pipe:0'],
      ...codecs.flatMap((codec, n) => {
        const [encoder, bitRate, muxer] = CODECS[codec];
        return ['-c:a', encoder, '-b:a', bitRate, '-f', muxer, `pipe:${FIRST_PIPE + n}`];
      }),
    ],
    { input, extra: codecs.map(() => null), signal },
  );
  const exactly = `aresample=${AUDIO_RATE},apad=whole_len=${samples.length},atrim=end_sample=${samples.length}`;
  const graph = [
    ...codecs.map((_, n) => `[${n}:a]${exactly}[sound${n}];`),
    ...codecs.map((_, n) => `[sound${n}]`),
    `concat=n=${codecs.length}:v=0:a=1`,
  ];
  const decoded = await ffmpeg(
    [
      ...codecs.flatMap((codec, n) => ['-threads', '1', '-f', CODECS[codec][3], '-i', `pipe:${FIRST_PIPE + n}`]),
      ...['-filter_complex', graph.join('')],
      ...[...RAW_SOUND, '-c:a', 'pcm_f32le', 'pipe:1'],
    ],
    { extra: encoded.extra, signal },
  );
  const sound = new Float32Array(decoded.stdout.slice().buffer);
  return new Map(
    codecs.map((codec, n) => [codec, clamp(sound.slice(n * samples.length, (n + 1) * samples.length))] as const),
  );
}

async function ffmpeg(args: readonly string[], options: StartOptions): Promise<Collected> {
  const quiet = QUIET.filter((a) => a !== '-nostdin');
  const done = await collect(findTool('ffmpeg'), [...quiet, ...args], {
    ...options,
    timeLimitS: TIME_LIMIT_S,
    outputBytes: 2 * LONGEST_S * AUDIO_RATE * 4 * Object.keys(CODECS).length,
  });
  if (done.exit !== 0) throw new AppError('FFMPEG_FAILED', { exit: done.exit });
  return done;
}
