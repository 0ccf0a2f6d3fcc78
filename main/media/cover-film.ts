/**
 * A copy of a film or recording that can be handed on: faces or chosen places in coarse blocks, chosen seconds silent or in another pitch,
 * metadata left behind, and the label of a generated file stated again. ffmpeg decodes and encodes in processes of its own; only raw
 * frames pass through this one.
 */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { FacesAt } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import type { RgbImage } from '../contract/media.ts';
import type { Box } from '../contract/perception.ts';
import type { Span } from '../contract/redaction.ts';
import { covered } from './cover.ts';
import { guardedInput, QUIET, runningClock } from './ffmpeg.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { openMedia } from './open.ts';
import { collect, exitOf, start } from './process.ts';
import { sniff } from './sniff.ts';
import { findTool } from './tools.ts';
import { timeline } from './video.ts';

/** A place that is covered: all of the picture where null, over all of the clip where no seconds are given. */
export interface CoveredPlace {
  readonly box: Box | null;
  readonly span: Span | null;
}

export interface FilmCovering {
  readonly path: string;
  readonly claimedExtension: string;
  readonly scratchFolder: string;
  /** MP4 that is written; must not exist. */
  readonly out: string;
  /** Looks at the faces of the film, in order of time; empty covers none. */
  readonly looks: readonly FacesAt[];
  readonly places: readonly CoveredPlace[];
  readonly silences: readonly Span[];
  /** Spans in which the voice is lowered: it can be brought back, so it hides nobody from somebody who tries. */
  readonly lowered: readonly Span[];
  /** As of `Covering`. */
  readonly label: string | null;
}

/** A face is covered for so long before and after it was seen: between two looks, and while it turns away. Seconds. */
const HELD_S = 0.5;
/** Frames a second where the film does not tell. */
const USUAL_RATE = 25;
const MAX_RATE = 120;
/** Blocks on the shorter side of a covered place. */
const BLOCKS = 5;
/** A voice lowered by about five semitones. */
const PITCH = 0.75;
const SOUND_RATE = 48_000;

/**
 * Writes the copy: H.264 and AAC, or MPEG-4 where this ffmpeg has no x264. Frames of a film without an even rate are put on one.
 * @throws AppError `MEDIA_NO_STREAMS` where there is neither film nor sound, `NO_SPACE`, `FFMPEG_FAILED`, and what decoding throws
 */
export async function coveredFilm(covering: FilmCovering, signal?: AbortSignal): Promise<void> {
  const { path: file, claimedExtension, scratchFolder } = covering;
  await using media = await openMedia(file, { claimedExtension, scratchFolder, signal });
  const { video, audio } = media.info;
  const [stream] = video;
  if (!stream && audio.length === 0) throw new AppError('MEDIA_NO_STREAMS');
  const { format } = await sniff(file, claimedExtension);
  if (!format?.demuxer) throw new AppError('FORMAT_UNSUPPORTED', { mediaType: media.info.mediaType });
  const { demuxer } = format;
  // The frames come with the clock that `media` gives them: the sound needs the same zero. A WAV has no clock.
  const { zeroS = 0 } = media;
  const ffmpeg = findTool('ffmpeg');
  const rate = stream ? Math.min(MAX_RATE, stream.averageFrameRate || USUAL_RATE) : 0;
  const picture = stream
    ? {
        input: [...RAW_FRAMES, '-s', `${stream.width}x${stream.height}`, '-r', String(rate), '-i', 'pipe:0'],
        output: ['-map', '0:v:0', ...(await videoEncoder(ffmpeg, signal))],
      }
    : { input: [], output: ['-vn'] };
  const graph = soundGraph(covering, stream ? 1 : 0);
  await using script = graph.length > LONGEST_ARGUMENT ? await scratch(scratchFolder, graph) : null;
  const filter = script ? ['-filter_complex_script', script.file] : ['-filter_complex', graph];
  const clock = { zeroS, clock: { restarts: false } };
  const sound =
    audio.length > 0
      ? {
          input: [...timeline(clock, undefined), ...guardedInput(file, demuxer, DEFAULT_LIMITS)],
          output: ['-map', '[sound]', '-c:a', 'aac', '-b:a', '128k', ...filter],
        }
      : { input: [], output: ['-an'] };
  await using text = covering.label === null ? null : await scratch(scratchFolder, labelText(covering.label));
  const inputs = (stream ? 1 : 0) + (audio.length > 0 ? 1 : 0);
  const label = text
    ? { input: ['-f', 'ffmetadata', '-i', `file:${text.file}`], output: ['-map_metadata', String(inputs)] }
    : { input: [], output: ['-map_metadata', '-1'] };
  const running = start(
    ffmpeg,
    [
      ...QUIET.filter((one) => one !== '-nostdin'),
      ...[...picture.input, ...sound.input, ...label.input],
      ...[...picture.output, ...sound.output, ...label.output],
      ...['-map_chapters', '-1', '-fflags', '+bitexact'],
      ...['-movflags', '+faststart+use_metadata_tags', '-n', '-f', 'mp4', `file:${covering.out}`],
    ],
    { cwd: scratchFolder, signal, input: stream ? 'follows' : undefined },
  );
  try {
    if (running.stdin) {
      const frames = coveredFrames(media.frames({ fps: Number.POSITIVE_INFINITY, signal }), covering);
      await write(evenly(frames, rate), running.stdin, signal);
    }
    const ended = await running.ended;
    signal?.throwIfAborted();
    const exit = exitOf(ended);
    if (exit === 0) return;
    throw NO_SPACE.test(running.stderr()) ? new AppError('NO_SPACE') : new AppError('FFMPEG_FAILED', { exit });
  } finally {
    running.kill();
    await running.ended;
  }
}

const RAW_FRAMES = ['-f', 'rawvideo', '-pix_fmt', 'rgb24'];

/** What the encoder says when the disk is full; it has no locale. */
const NO_SPACE = /No space left on device/;

/** Where the encoder ends early, its end tells why. */
async function write(frames: AsyncIterable<RgbImage>, encoder: Writable, signal?: AbortSignal): Promise<void> {
  for await (const { data } of frames) {
    signal?.throwIfAborted();
    if (!encoder.writable) break;
    if (!encoder.write(data)) await drained(encoder);
  }
  encoder.end();
}

/** Until more can be written, or nothing will be any more: why, the program's end tells. */
function drained(stream: Writable): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.once('drain', resolve).once('close', resolve);
  return promise.finally(() => stream.off('drain', resolve).off('close', resolve));
}

/** Sides of H.264 are even: a row or column at the edge may be doubled. */
const EVEN = ['-vf', 'pad=ceil(iw/2)*2:ceil(ih/2)*2', '-pix_fmt', 'yuv420p'];

async function videoEncoder(ffmpeg: string, signal: AbortSignal | undefined): Promise<string[]> {
  const { stdout } = await collect(ffmpeg, [...QUIET, '-encoders'], {
    timeLimitS: DEFAULT_LIMITS.probeS,
    outputBytes: DEFAULT_LIMITS.probeBytes,
    signal,
  });
  const has = (name: string) => Buffer.from(stdout).toString('latin1').includes(` ${name} `);
  return has('libx264')
    ? ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', ...EVEN]
    : ['-c:v', 'mpeg4', '-q:v', '3', ...EVEN];
}

/** Characters of an argument that every system takes: Windows has 32,767 for all of them. */
const LONGEST_ARGUMENT = 16_384;

/** Text that a program is given as a file, for as long as it needs it. */
async function scratch(folder: string, text: string): Promise<AsyncDisposable & { readonly file: string }> {
  const file = path.join(folder, `cover-${randomUUID()}.txt`);
  await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  return { file, [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

/** ffmpeg's own form of metadata, in which five characters are escaped. */
function labelText(label: string): string {
  return `;FFMETADATA1\nAIGC=${label.replace(/[=;#\\\n]/g, '\\$&')}\n`;
}

/** Filters of the first track of sound, from the clip's zero on, with its silences and its lowered spans; they end in `[sound]`. */
function soundGraph({ silences, lowered }: FilmCovering, input: number): string {
  // Short frames: a filter is switched on and off between two of them.
  const whole = [runningClock('asetpts'), `aresample=${SOUND_RATE}:async=1:first_pts=0`, `asetnsamples=n=${SHORT}:p=0`];
  const chains =
    lowered.length === 0
      ? [`[${input}:a:0]${[...whole, ...muted(touched(silences))].join(',')}[sound]`]
      : [
          `[${input}:a:0]${[...whole, ...muted(touched(silences)), 'asplit=2[kept][other]'].join(',')}`,
          `[kept]${muted(touched(lowered)).join(',')}[clear]`,
          `[other]asetrate=${SOUND_RATE * PITCH},aresample=${SOUND_RATE},atempo=${1 / PITCH},asetnsamples=n=${SHORT}:p=0,${muted(between(touched(lowered))).join(',')}[low]`,
          '[clear][low]amix=inputs=2:duration=first:normalize=0[sound]',
        ];
  return chains.join(';');
}

/** Samples of a frame. */
const SHORT = 480;
/** Spans of one expression: ffmpeg reads no more than a hundred terms. */
const SPANS_A_FILTER = 50;

/** Filters that silence the frames that begin in one of the spans. */
function muted(spans: readonly Span[]): string[] {
  const filters = Array.from({ length: Math.ceil(spans.length / SPANS_A_FILTER) }, (_, n) =>
    spans.slice(n * SPANS_A_FILTER, (n + 1) * SPANS_A_FILTER),
  );
  const within = ({ fromS, toS }: Span) => `gte(t,${fromS.toFixed(3)})*lt(t,${toS.toFixed(3)})`;
  return filters.map((some) => `volume=volume=0:eval=frame:enable='${some.map(within).join('+')}'`);
}

/** The spans so far towards the start that a frame which reaches into one begins in it. */
function touched(spans: readonly Span[]): Span[] {
  return spans.map(({ fromS, toS }) => ({ fromS: Math.max(0, fromS - SHORT / SOUND_RATE), toS }));
}

/** All time that lies in none of the spans. */
function between(spans: readonly Span[]): Span[] {
  const free: Span[] = [];
  let at = 0;
  for (const { fromS, toS } of spans.toSorted((a, b) => a.fromS - b.fromS)) {
    if (fromS > at) free.push({ fromS: at, toS: fromS });
    at = Math.max(at, toS);
  }
  return [...free, { fromS: at, toS: DEFAULT_LIMITS.durationS }];
}

interface TimedFrame {
  readonly image: RgbImage;
  readonly timeS: number;
}

async function* coveredFrames(
  frames: AsyncIterable<TimedFrame>,
  { looks, places }: FilmCovering,
): AsyncGenerator<TimedFrame> {
  let first = 0;
  for await (const { image, timeS } of frames) {
    while (first < looks.length && looks[first]!.timeS < timeS - HELD_S) first += 1;
    for (let at = first; at < looks.length && looks[at]!.timeS <= timeS + HELD_S; at += 1)
      for (const face of looks[at]!.boxes) coarsen(image, covered(face, image));
    for (const { box, span } of places)
      if (span === null || (timeS >= span.fromS && timeS < span.toS))
        coarsen(image, covered(box ?? { x: 0, y: 0, w: image.width, h: image.height }, image, 0));
    yield { image, timeS };
  }
}

/** The mean of each block in place of what it shows. */
function coarsen({ data, width }: RgbImage, place: Box | null): void {
  if (!place) return;
  const { x, y, w, h } = place;
  const side = Math.max(1, Math.ceil(Math.min(w, h) / BLOCKS));
  for (let top = y; top < y + h; top += side)
    for (let left = x; left < x + w; left += side) {
      const [bottom, right] = [Math.min(top + side, y + h), Math.min(left + side, x + w)];
      const sum = [0, 0, 0];
      for (let row = top; row < bottom; row += 1)
        for (let at = (row * width + left) * 3; at < (row * width + right) * 3; at += 3)
          for (let c = 0; c < 3; c += 1) sum[c]! += data[at + c]!;
      const pixels = (bottom - top) * (right - left);
      const mean = sum.map((one) => Math.round(one / pixels));
      for (let row = top; row < bottom; row += 1)
        for (let at = (row * width + left) * 3; at < (row * width + right) * 3; at += 3) data.set(mean, at);
    }
}

/** Frames at an even rate from second 0 on: each stands until the next is due. */
async function* evenly(frames: AsyncIterable<TimedFrame>, rate: number): AsyncGenerator<RgbImage> {
  let due = 0;
  let last: RgbImage | null = null;
  for await (const { image, timeS } of frames) {
    // A frame is due at its own time or the nearest tick to it.
    for (; last && due / rate < timeS - 0.5 / rate; due += 1) yield last;
    last = image;
  }
  if (last) yield last;
}
