/**
 * Frames of a video stream with their exact presentation times, decoded by ffmpeg into a pipe.
 * Times travel on a second pipe as integer ticks of the stream's time base, because ffmpeg prints seconds with six digits only.
 */
import os from 'node:os';
import type { Readable } from 'node:stream';
import { AppError } from '../contract/errors.ts';
import type { Frame, FrameOptions, RgbImage } from '../contract/media.ts';
import { overWhite } from './alpha.ts';
import { type FileClock, guardedInput, hasRestarted, QUIET, runningClock } from './ffmpeg.ts';
import { FrameReader } from './frame-reader.ts';
import type { DecodeLimits } from './limits.ts';
import { withTimeLimit } from './pipe-reader.ts';
import type { VideoStream } from './probe.ts';
import { exitOf, type Running, type StartOptions, start } from './process.ts';
import { toneMapping } from './tone-map.ts';
import { findTool, passthrough } from './tools.ts';

export interface VideoSource {
  readonly file: string;
  readonly demuxer: string;
  readonly stream: VideoStream;
  readonly zeroS: number;
  readonly clock: FileClock;
  readonly limits: DecodeLimits;
  /** Folder in which the decoder runs. */
  readonly cwd?: string;
}

/** More threads gain nothing measurable at these sizes and take memory for each frame in flight. */
const DECODER_THREADS = Math.min(4, os.availableParallelism());

/**
 * Share of a sampling interval by which a stamp may fall short of it: Matroska rounds to milliseconds, so a thirtieth of a second
 * reads 0.033. At most half a tick, capped where a tick is itself a frame.
 */
const GRID_TOLERANCE = { least: 1e-3, most: 0.05, ticks: 0.51 };

/**
 * The first frame in each interval of 1/fps seconds, so on average never more than `fps` a second and no drift.
 * Colours: sRGB as ffmpeg's scaler converts from the stream's own matrix; a high dynamic range is brought to the ordinary one.
 * @throws AppError `DECODE_TIMEOUT`, `DECODER_CRASHED`, `MEDIA_CORRUPT` (nothing could be decoded), `FFMPEG_FAILED`, `MEDIA_TOO_LARGE`
 */
export async function* videoFrames(source: VideoSource, options: FrameOptions): AsyncGenerator<Frame, void, undefined> {
  const { stream, limits } = source;
  const { width, height } = fitWithin(stream.width, stream.height, options.maxSide);
  const channels = stream.hasAlpha ? 4 : 3;
  const ffmpeg = findTool('ffmpeg');
  const args = [...frameArguments(source, options, width, height), ...(await passthrough(ffmpeg)), ...RAW_VIDEO];
  const frames = new FrameReader(width * height * channels, limits.stallS);
  const running = await decoding(ffmpeg, args, frames, { cwd: source.cwd, extra: [null], signal: options.signal });
  const ticks = new TickReader(running.extra[0]!);
  const kept: Uint8Array[] = [];
  let index = 0;
  try {
    for (;;) {
      if (kept.length === options.neededFor) frames.giveBack(kept.shift()!);
      const raw = await frames.next();
      options.signal?.throwIfAborted();
      if (!raw) break;
      const tick = await withTimeLimit(ticks.next(), limits.stallS);
      if (tick === null) continue;
      const timeS = (tick * stream.timeBase[0]) / stream.timeBase[1];
      if (timeS > limits.durationS) throw new AppError('MEDIA_TOO_LARGE', { seconds: limits.durationS });
      const image: RgbImage = { width, height, data: channels === 4 ? overWhite(raw) : raw };
      if (options.neededFor !== undefined) kept.push(raw);
      yield { image, timeS, index };
      index += 1;
    }
    await checkEnd(running, index > 0 || options.fromS !== undefined || options.toS !== undefined);
  } finally {
    running.kill();
    frames.close();
    await running.ended;
    if (hasRestarted(running.stderr())) source.clock.restarts = true;
  }
}

/** The decoder, at work, whose frames the reader takes. */
async function decoding(
  ffmpeg: string,
  args: readonly string[],
  frames: FrameReader,
  options: StartOptions,
): Promise<Running> {
  const output = await frames.socket();
  try {
    const running = start(ffmpeg, args, output ? { ...options, output } : options);
    if (running.stdout) frames.follow(running.stdout);
    return running;
  } catch (fault) {
    frames.close();
    throw fault;
  } finally {
    output?.destroy();
  }
}

/** After the last byte: whether the decoder ended as it should. `excused`: that nothing came is no fault. */
export async function checkEnd(running: Running, excused: boolean): Promise<void> {
  const exit = exitOf(await running.ended);
  if (exit !== 0) throw new AppError(excused ? 'FFMPEG_FAILED' : 'MEDIA_CORRUPT', { exit });
  if (!excused) throw new AppError('MEDIA_CORRUPT', { exit });
}

const RAW_VIDEO = ['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'];

function frameArguments(source: VideoSource, options: FrameOptions, width: number, height: number): string[] {
  const { stream } = source;
  const [num, den] = stream.timeBase;
  const filters = [
    `settb=expr=${num}/${den}`,
    runningClock('setpts'),
    ...trimFilter('trim', options),
    ...(Number.isFinite(options.fps) ? [`select='${onePerInterval(options.fps, num / den)}'`] : []),
    'metadata=mode=add:key=frame:value=1',
    `metadata=mode=print:file='pipe\\:3':direct=1`,
    `scale=${width}:${height}:flags=bicubic`,
    'setsar=1',
    ...(stream.highRange && !stream.hasAlpha ? toneMapping(stream.highRange) : []),
    `format=${stream.hasAlpha ? 'rgba' : 'rgb24'}`,
  ];
  return [
    ...QUIET,
    ...['-threads', String(DECODER_THREADS), '-filter_threads', '1'],
    ...timeline(source, options.fromS),
    ...alphaDecoder(stream),
    ...['-max_pixels', String(source.limits.framePixels)],
    ...guardedInput(source.file, source.demuxer, source.limits),
    ...['-map', `0:${stream.index}`, '-an', '-sn', '-dn'],
    ...['-vf', filters.join(',')],
  ];
}

/**
 * Container time stays as it is (`-copyts`), less the zero of a clock that starts elsewhere; seeks go to the key frame before. Where the
 * clock is known to start again, nothing is skipped.
 */
export function timeline(source: Pick<VideoSource, 'zeroS' | 'clock'>, fromS: number | undefined): string[] {
  const offset = source.zeroS === 0 ? [] : ['-itsoffset', String(-source.zeroS)];
  const seek =
    fromS === undefined || fromS <= 0 || source.clock.restarts
      ? []
      : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', (fromS + source.zeroS).toFixed(6)];
  return ['-copyts', ...offset, ...seek];
}

export function trimFilter(name: 'trim' | 'atrim', span: { fromS?: number; toS?: number }): string[] {
  const ends = [
    ...(span.fromS === undefined ? [] : [`start=${span.fromS.toFixed(6)}`]),
    ...(span.toS === undefined ? [] : [`end=${span.toS.toFixed(6)}`]),
  ];
  return ends.length === 0 ? [] : [`${name}=${ends.join(':')}`];
}

function onePerInterval(fps: number, tickS: number): string {
  const { least, most, ticks } = GRID_TOLERANCE;
  const tolerance = Math.min(most, Math.max(least, ticks * tickS * fps));
  const interval = (t: string) => `floor(${t}*${fps}+${tolerance})`;
  return `isnan(prev_selected_t)+gt(${interval('t')},${interval('prev_selected_t')})`;
}

/** ffmpeg's own VP8 and VP9 decoders leave the alpha layer out; libvpx reads it. */
function alphaDecoder(stream: VideoStream): string[] {
  const decoder = { vp8: 'libvpx', vp9: 'libvpx-vp9' }[stream.codec];
  return stream.hasAlpha && decoder ? ['-c:v', decoder] : [];
}

/** Size shrunk so that the longer side is at most `maxSide`; never enlarged, never below one pixel. */
export function fitWithin(width: number, height: number, maxSide = Number.POSITIVE_INFINITY) {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Presentation ticks, one for each frame in order; null for a frame to which the container gives no time. */
class TickReader {
  readonly #ticks: (number | null)[] = [];
  #wake: (() => void) | null = null;
  #done = false;
  #line = '';

  constructor(stream: Readable) {
    stream.setEncoding('latin1');
    stream.on('data', (text: string) => this.#take(text));
    stream.once('close', () => {
      this.#done = true;
      this.#wake?.();
    });
  }

  #take(text: string): void {
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop()!;
    for (const line of lines) {
      const match = /^frame:\d+\s+pts:(\S+)/.exec(line);
      if (match) this.#ticks.push(/^-?\d+$/.test(match[1]!) ? Number(match[1]) : null);
    }
    this.#wake?.();
  }

  async next(): Promise<number | null> {
    while (this.#ticks.length === 0 && !this.#done) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#ticks.shift() ?? null;
  }
}
