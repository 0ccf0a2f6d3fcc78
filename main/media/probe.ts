/**
 * The streams of a container as ffprobe reads them, turned into the types of the house. Every value is unproved input until parsed here.
 *
 * fluent-ffmpeg's prober is not used for it. It reads ffprobe's default output, where a title with line breaks and `[STREAM]` in it adds
 * a stream that does not exist (probe.test.ts); it gives no handle to kill a hanging prober with its group, keeps output without limit,
 * and hands the caller's whole environment on. A child around it would mend the last three at some 80 ms a file, and not the first.
 */
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { AudioStreamInfo, VideoStreamInfo } from '../contract/media.ts';
import { guardedInput } from './ffmpeg.ts';
import type { DecodeLimits } from './limits.ts';
import { collect } from './process.ts';
import { findTool } from './tools.ts';

const text = z.string().optional();
const streamSchema = z.object({
  index: z.number().int(),
  codec_type: text,
  codec_name: text,
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: text,
  pix_fmt: text,
  color_transfer: text,
  bits_per_raw_sample: text,
  avg_frame_rate: text,
  r_frame_rate: text,
  time_base: text,
  start_time: text,
  duration: text,
  sample_rate: text,
  channels: z.number().optional(),
  bit_rate: text,
  nb_frames: text,
  disposition: z.object({ attached_pic: z.number().optional(), default: z.number().optional() }).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});
const outputSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z.object({ start_time: text, duration: text, nb_streams: z.number().optional() }).optional(),
});
type ProbedStream = z.infer<typeof streamSchema>;

/** A video stream with what the frame reader needs beyond the contract. */
export interface VideoStream extends VideoStreamInfo {
  /** Seconds of one tick as a fraction, e.g. [1, 15360]. */
  readonly timeBase: readonly [number, number];
  readonly hasAlpha: boolean;
  /** As the container counts them; null where it does not. */
  readonly frames: number | null;
}

export interface AudioStream extends AudioStreamInfo {
  /** As of `VideoStream`. */
  readonly timeBase: readonly [number, number];
}

export interface Probe {
  readonly durationS: number | null;
  /** Container time that the house counts as zero. */
  readonly zeroS: number;
  readonly video: readonly VideoStream[];
  readonly audio: readonly AudioStream[];
  /** Cover pictures: video streams to ffmpeg. */
  readonly covers: number;
}

/**
 * A container's own times are kept as they are, except where its clock starts far from zero (transport streams,
 * cuts of live broadcasts): those are counted from their first stamp. Seconds.
 */
const FAR_FROM_ZERO_S = 60;
const CLOCKED_DEMUXERS = ['mpegts', 'mpeg'];

/**
 * Probes a container with ffprobe.
 * @throws AppError `FFMPEG_MISSING`, `DECODE_TIMEOUT`, `DECODER_CRASHED`, `MEDIA_CORRUPT`, `MEDIA_TOO_LARGE` (streams, frame size)
 */
export async function probe(
  file: string,
  demuxer: string,
  limits: DecodeLimits,
  options: { signal?: AbortSignal; cwd?: string } = {},
): Promise<Probe> {
  const args = ['-hide_banner', '-v', 'error', '-of', 'json', '-show_format', '-show_streams'];
  const done = await collect(findTool('ffprobe'), [...args, ...guardedInput(file, demuxer, limits)], {
    ...options,
    timeLimitS: limits.probeS,
    outputBytes: limits.probeBytes,
  });
  if (done.exit !== 0) throw new AppError('MEDIA_CORRUPT', { exit: done.exit });
  return readProbe(Buffer.from(done.stdout).toString('utf8'), demuxer, limits);
}

/** Parses what ffprobe printed; pure. */
export function readProbe(printed: string, demuxer: string, limits: DecodeLimits): Probe {
  const parsed = outputSchema.safeParse(parseJson(printed));
  if (!parsed.success) throw new AppError('MEDIA_CORRUPT', { exit: 0 }, { cause: parsed.error });
  const { format } = parsed.data;
  // What is not marked as shown by default stands behind what is: players choose so.
  const streams = parsed.data.streams.toSorted((a, b) => (b.disposition?.default ?? 0) - (a.disposition?.default ?? 0));
  if (streams.length > limits.streams) throw new AppError('MEDIA_TOO_LARGE', { streams: streams.length });
  const startS = seconds(format?.start_time) ?? 0;
  const clocked = CLOCKED_DEMUXERS.includes(demuxer) || Math.abs(startS) > FAR_FROM_ZERO_S;
  const video = streams.filter(isMovingPicture).map(readVideo);
  const large = video.find((s) => s.width * s.height > limits.framePixels);
  if (large) throw new AppError('MEDIA_TOO_LARGE', { width: large.width, height: large.height });
  return {
    durationS: seconds(format?.duration),
    zeroS: clocked ? startS : 0,
    video,
    audio: streams.filter((s) => s.codec_type === 'audio').map(readAudio),
    covers: streams.filter((s) => s.disposition?.attached_pic === 1).length,
  };
}

function parseJson(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    return null;
  }
}

/** Cover art of a recording is a video stream to ffmpeg; here it is none. */
function isMovingPicture(stream: ProbedStream): boolean {
  const sized = (stream.width ?? 0) > 0 && (stream.height ?? 0) > 0;
  return stream.codec_type === 'video' && sized && stream.disposition?.attached_pic !== 1;
}

/** Transfer curves of ITU-R BT.2100 by ffmpeg's names. */
const HIGH_RANGE = new Map<string, 'pq' | 'hlg'>([
  ['smpte2084', 'pq'],
  ['arib-std-b67', 'hlg'],
]);

function readVideo(stream: ProbedStream): VideoStream {
  const rotation = rotationOf(stream);
  const [width, height] = [Math.max(1, Math.round(stream.width! * aspect(stream.sample_aspect_ratio))), stream.height!];
  const average = ratio(stream.avg_frame_rate);
  const pixelFormat = stream.pix_fmt ?? 'unknown';
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    width: rotation % 180 === 0 ? width : height,
    height: rotation % 180 === 0 ? height : width,
    rotation,
    durationS: seconds(stream.duration) ?? seconds(stream.tags?.DURATION),
    averageFrameRate: average,
    variableFrameRate: isVariable(average, ratio(stream.r_frame_rate)),
    bitDepth: bitDepthOf(pixelFormat, stream.bits_per_raw_sample),
    pixelFormat,
    ...(HIGH_RANGE.has(stream.color_transfer ?? '') ? { highRange: HIGH_RANGE.get(stream.color_transfer!)! } : {}),
    timeBase: timeBaseOf(stream),
    hasAlpha: /^(yuva|gbrap|rgba|bgra|argb|abgr|ya\d|pal8)/.test(pixelFormat) || stream.tags?.alpha_mode === '1',
    frames: Number(stream.nb_frames ?? 0) || null,
  };
}

function readAudio(stream: ProbedStream): AudioStream {
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    sampleRate: Number(stream.sample_rate ?? 0),
    channels: stream.channels ?? 0,
    durationS: seconds(stream.duration) ?? seconds(stream.tags?.DURATION),
    bitRate: stream.bit_rate === undefined ? null : Number(stream.bit_rate),
    timeBase: timeBaseOf(stream),
  };
}

function timeBaseOf(stream: ProbedStream): readonly [number, number] {
  return fraction(stream.time_base) ?? [1, 1_000_000];
}

/** Display matrices turn anticlockwise, the older `rotate` tag clockwise; ours is clockwise, to the nearest quarter. */
function rotationOf(stream: ProbedStream): number {
  const matrix = stream.side_data_list?.find((d) => d.rotation !== undefined)?.rotation;
  const clockwise = matrix !== undefined ? -matrix : Number(stream.tags?.rotate ?? 0);
  const quarter = Math.round((Number.isFinite(clockwise) ? clockwise : 0) / 90);
  return (((quarter % 4) + 4) % 4) * 90;
}

/** Constant where the average equals the base rate within 1 %: a dropped last frame moves the average by less. */
function isVariable(average: number | null, base: number | null): boolean {
  return average !== null && base !== null && Math.abs(base - average) > 0.01 * average;
}

/** From the name (`yuv420p10le`, `gray12`, `p010le`), otherwise from the stream, otherwise 8. */
function bitDepthOf(pixelFormat: string, raw: string | undefined): number {
  const named = /(?:p|gray|x2rgb|x2bgr|p0)(9|10|12|14|16)(?:le|be)?$/.exec(pixelFormat)?.[1];
  return Number(named ?? (/(48|64)(le|be)$/.test(pixelFormat) ? 16 : (raw ?? 8))) || 8;
}

/** Sane pixel aspect; absurd ones (headers lie) count as square. */
function aspect(value: string | undefined): number {
  const [a, b] = fraction(value?.replace(':', '/')) ?? [1, 1];
  return a / b >= 0.1 && a / b <= 10 ? a / b : 1;
}

function fraction(value: string | undefined): readonly [number, number] | null {
  const match = /^(\d+)\/(\d+)$/.exec(value ?? '');
  const [a, b] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  return a > 0 && b > 0 ? [a, b] : null;
}

function ratio(value: string | undefined): number | null {
  const parts = fraction(value);
  return parts && parts[0] / parts[1];
}

/** Seconds as ffprobe prints them: `12.345` or Matroska's `00:01:02.500000000`. */
function seconds(value: string | undefined): number | null {
  if (value === undefined) return null;
  const total = value.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isFinite(total) ? total : null;
}
