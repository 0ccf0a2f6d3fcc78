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
    ...['-f', demuxer],
    ...['-i', `file:${path.resolve(file)}`],
  ];
}

/** Never waits for a keyboard, says errors only. */
export const QUIET = ['-nostdin', '-hide_banner', '-v', 'error'];
