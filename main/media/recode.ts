/** The same picture or sound after one more lossy copy: what detectors try their steadiness on. */
import sharp from 'sharp';
import { AppError } from '../contract/errors.ts';
import type { RgbImage } from '../contract/media.ts';
import { AUDIO_RATE, clamp } from './audio.ts';
import { QUIET } from './ffmpeg.ts';
import { bytesOf, encodeJpeg } from './pixels.ts';
import { collect } from './process.ts';
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
 * Encodes and decodes 16 kHz mono samples; exactly as many come back (cut, or zeros at the end). The codec's delay of some
 * milliseconds is left in.
 * @throws AppError `FFMPEG_FAILED` where this ffmpeg lacks the encoder; `FFMPEG_MISSING`, `DECODE_TIMEOUT`, `DECODER_CRASHED`; RangeError.
 */
export async function recodeSound(
  samples: Float32Array,
  codec: SoundCodec,
  signal?: AbortSignal,
): Promise<Float32Array> {
  if (samples.length > LONGEST_S * AUDIO_RATE) throw new RangeError('too long to recode');
  const [encoder, bitRate, muxer, demuxer] = CODECS[codec];
  const raw = ['-f', 'f32le', '-ar', String(AUDIO_RATE), '-ac', '1'];
  const input = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  const coded = await pass(
    [...raw, '-i', 'pipe:0', '-c:a', encoder, '-b:a', bitRate, '-f', muxer, 'pipe:1'],
    input,
    signal,
  );
  const decoded = await pass(['-f', demuxer, '-i', 'pipe:0', ...raw, '-c:a', 'pcm_f32le', 'pipe:1'], coded, signal);
  const out = new Float32Array(samples.length);
  const whole = decoded.slice(0, decoded.length - (decoded.length % 4));
  out.set(new Float32Array(whole.buffer).subarray(0, out.length));
  return clamp(out);
}

async function pass(args: readonly string[], input: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
  const quiet = QUIET.filter((a) => a !== '-nostdin');
  const { exit, stdout } = await collect(findTool('ffmpeg'), [...quiet, '-threads', '1', ...args], {
    input,
    timeLimitS: TIME_LIMIT_S,
    outputBytes: 2 * LONGEST_S * AUDIO_RATE * 4,
    ...(signal ? { signal } : {}),
  });
  if (exit !== 0 || stdout.length === 0) throw new AppError('FFMPEG_FAILED', { exit });
  return stdout;
}
