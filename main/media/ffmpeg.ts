/** The arguments that every call of ffmpeg and ffprobe shares: what it may open, and how much. */
import path from 'node:path';
import type { DecodeLimits } from './limits.ts';

/**
 * The input with its guards: only local files and pipes, only the demuxer that the content was recognised as (a playlist inside cannot
 * switch to another), no more streams than the limit. The path is a `file:` URL of ffmpeg's, so that no name
 * can read as an option or another protocol; ffmpeg does not decode percent signs in it.
 */
export function guardedInput(file: string, demuxer: string, limits: DecodeLimits): string[] {
  return [
    ...['-protocol_whitelist', 'file,pipe'],
    ...['-format_whitelist', demuxer],
    ...['-max_streams', String(limits.streams + 1)],
    // A clock that jumps back is not taken to have run over: of sound and picture it would do so for one alone.
    ...['-correct_ts_overflow', '0'],
    ...['-f', demuxer],
    ...['-i', `file:${path.resolve(file)}`],
  ];
}

/** Never waits for a keyboard, says errors only. */
export const QUIET = ['-nostdin', '-hide_banner', '-v', 'error'];

/** A stamp that lies this far before the one before it begins another piece: no coder shuffles frames so far. Seconds. */
export const RESTART_S = 0.5;
/** What the frame before a new piece may last at most. Seconds. */
export const LONGEST_FRAME_S = 1;

/**
 * Filter that lets a clock run on where the file's own starts again: pieces of a stream that were put one behind the other are shown one
 * after the other by players, and what stands in the later ones must not be taken for what was seen before. Each restart is printed on
 * standard error as one number.
 */
export function runningClock(name: 'setpts' | 'asetpts'): string {
  const gap = `if(lt(PTS,PREV_INPTS-${RESTART_S}/TB),print(PREV_INPTS+ld(1)-PTS,16),0)`;
  const step = `if(gt(PTS,PREV_INPTS),min(PTS-PREV_INPTS,${LONGEST_FRAME_S}/TB),ld(1))`;
  return `${name}='st(0,ld(0)+${gap});st(1,${step});PTS+ld(0)'`;
}

/** Whether a program with `runningClock` has met a restart, by what it printed. */
export function hasRestarted(stderr: string): boolean {
  return /^\d+\.\d+$/m.test(stderr);
}

/** What was learned of a file's clock while it was read. */
export interface FileClock {
  /** It starts again somewhere: a stamp names several places then, and only reading from the beginning tells which is meant. */
  restarts: boolean;
}
