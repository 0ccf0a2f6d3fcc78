/**
 * A small JPEG of one moment of a film, for lists and reports; nothing is measured on it. The only use of fluent-ffmpeg: its prober can be
 * neither stopped nor limited in output, so `probe` calls ffprobe itself, and the hot path reads raw pipes.
 */
import ffmpeg from 'fluent-ffmpeg';
import { AppError } from '../contract/errors.ts';
import { guardedInput } from './ffmpeg.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { sniff } from './sniff.ts';
import { findTool } from './tools.ts';

/** Seconds for one picture: a seek and a decode from the key frame before it. */
const TIME_LIMIT_S = 20;
/** ffmpeg's JPEG quality scale, 2 best to 31: 4 shows no blocks at thumbnail size. */
const QUALITY = 4;

/**
 * The frame shown at `timeS` seconds, upright, its longer side at most `maxSide` pixels.
 * @throws AppError `FORMAT_UNSUPPORTED`, `FFMPEG_MISSING`, `MEDIA_CORRUPT` (nothing to be had there, or too slow)
 */
export async function thumbnail(path: string, timeS: number, maxSide: number): Promise<Uint8Array> {
  const { format, mediaType } = await sniff(path);
  if (format?.kind !== 'video' || !format.demuxer) throw new AppError('FORMAT_UNSUPPORTED', { mediaType });
  const guarded = guardedInput(path, format.demuxer, DEFAULT_LIMITS);
  const command = ffmpeg({ timeout: TIME_LIMIT_S })
    .setFfmpegPath(findTool('ffmpeg'))
    .input(guarded.at(-1)!)
    .inputOptions(['-nostdin', ...guarded.slice(0, -2)])
    .seekInput(Math.max(0, timeS))
    .videoFilters(`scale=w=${maxSide}:h=${maxSide}:force_original_aspect_ratio=decrease`)
    .noAudio()
    .frames(1)
    .outputOptions(['-q:v', String(QUALITY), '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'])
    .format('image2pipe');
  const jpeg = await new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = [];
    command.on('error', (fault: Error) => reject(new AppError('MEDIA_CORRUPT', {}, { cause: fault })));
    const output = command.pipe();
    output.on('data', (part: Buffer) => parts.push(part));
    output.once('end', () => resolve(Buffer.concat(parts)));
  });
  if (jpeg.length === 0) throw new AppError('MEDIA_CORRUPT');
  return new Uint8Array(jpeg);
}
