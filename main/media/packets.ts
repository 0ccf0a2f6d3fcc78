/** The packets of a film as the container lists them, undecoded: when each frame is shown, how many bytes it takes, and whether it stands alone. */

import { AppError } from '../contract/errors.ts';
import type { FilmPacket } from '../contract/media.ts';
import { guardedInput, LONGEST_FRAME_S, RESTART_S } from './ffmpeg.ts';
import type { DecodeLimits } from './limits.ts';
import { type CollectOptions, collect } from './process.ts';
import { findTool } from './tools.ts';

export interface PacketSource {
  readonly file: string;
  readonly demuxer: string;
  /** Index of the stream in its container. */
  readonly stream: number;
  /** Seconds of one tick as a fraction. */
  readonly timeBase: readonly [number, number];
  readonly limits: DecodeLimits;
  readonly cwd?: string;
}

/** From the beginning, so many seconds: what they show of the coding, hours would not show better. */
const MOST_S = 600;

/**
 * Packets in the order of decoding; those without a time are left out. Where the file's clock starts again theirs runs on.
 * @throws AppError `FFMPEG_MISSING`, `DECODE_TIMEOUT`, `DECODER_CRASHED`, `MEDIA_CORRUPT`, `MEDIA_TOO_LARGE`
 */
export async function filmPackets(source: PacketSource, signal?: AbortSignal): Promise<FilmPacket[]> {
  const { stallS: timeLimitS, probeBytes: outputBytes } = source.limits;
  const wanted = ['-show_entries', 'packet=pts,size,flags', '-read_intervals', `%+${MOST_S}`];
  const printed = await listed(source, wanted, { timeLimitS, outputBytes, signal });
  return continued(readPackets(printed), source.timeBase);
}

/** What ffprobe prints of the stream's packets, a line each. */
async function listed(
  { file, demuxer, stream, limits, cwd }: PacketSource,
  wanted: readonly string[],
  options: Pick<CollectOptions, 'timeLimitS' | 'outputBytes' | 'signal'>,
): Promise<string> {
  const args = [
    ...['-hide_banner', '-v', 'error', '-of', 'csv=p=0'],
    ...['-select_streams', String(stream), ...wanted],
    ...guardedInput(file, demuxer, limits),
  ];
  const { exit, stdout } = await collect(findTool('ffprobe'), args, { ...options, cwd });
  if (exit !== 0) throw new AppError('MEDIA_CORRUPT', { exit });
  return Buffer.from(stdout).toString('latin1');
}

function continued(packets: readonly FilmPacket[], [num, den]: readonly [number, number]): FilmPacket[] {
  const restart = (RESTART_S * den) / num;
  let [latest, shift] = [Number.NEGATIVE_INFINITY, 0];
  return packets.map((packet) => {
    if (packet.ticks + shift < latest - restart) shift = latest + 1 - packet.ticks;
    const ticks = packet.ticks + shift;
    latest = Math.max(latest, ticks);
    return { ...packet, ticks };
  });
}

/** What a recording shows of its own clock. Seconds from its first packet on, of a clock that runs on where the file's own starts again. */
export interface RunningClock {
  /** Where it starts again. */
  readonly restartsS: readonly number[];
  readonly durationS: number;
}

/** Bytes that the list of a whole recording may take: ten hours at 60 frames a second. */
const WHOLE_LIST_BYTES = 67_108_864;

/** Follows the clock of a stream through the whole file. Throws as `filmPackets`. */
export async function followClock(source: PacketSource, signal?: AbortSignal): Promise<RunningClock> {
  const limits = { timeLimitS: source.limits.probeS, outputBytes: WHOLE_LIST_BYTES };
  const printed = await listed(source, ['-show_entries', 'packet=pts,dts,duration'], { ...limits, signal });
  return runningClockOf(printed, source.timeBase);
}

/** Parses lines of `pts,dts,duration`, in which any may be `N/A`; pure. */
export function runningClockOf(printed: string, [num, den]: readonly [number, number]): RunningClock {
  const [restart, longest] = [RESTART_S, LONGEST_FRAME_S].map((s) => (s * den) / num) as [number, number];
  const restarts: number[] = [];
  let [first, latest, end, shift] = [Number.NaN, 0, 0, 0];
  for (const [, pts, dts, duration] of printed.matchAll(/^(-?\d+|N\/A),(-?\d+|N\/A),(\d+|N\/A)/gm)) {
    // In the order of decoding: shown, frames lie on both sides of a joint for a while.
    const stamp = Number(dts === 'N/A' ? pts : dts);
    if (Number.isNaN(stamp)) continue;
    if (Number.isNaN(first)) [first, latest] = [stamp, stamp];
    if (stamp + shift < latest - restart) {
      shift = end - stamp;
      restarts.push(end);
    }
    latest = Math.max(latest, stamp + shift);
    end = Math.max(end, stamp + shift + Math.min(Number(duration) || 1, longest));
  }
  const seconds = (ticks: number) => ((ticks - first) * num) / den;
  return { restartsS: restarts.map(seconds), durationS: Number.isNaN(first) ? 0 : seconds(end) };
}

/** Parses lines of `pts,size,flags`; pure. */
export function readPackets(printed: string): FilmPacket[] {
  return printed.split('\n').flatMap((line): FilmPacket[] => {
    const match = /^(-?\d+),(\d+),(\S+)/.exec(line);
    return match ? [{ ticks: Number(match[1]), bytes: Number(match[2]), key: match[3]!.includes('K') }] : [];
  });
}
