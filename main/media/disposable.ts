/** The parent's side of `decode-child.ts`: one process a file, limited in time and output, killed when it hangs. */
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { RgbImage } from '../contract/media.ts';
import type { DecodeLimits } from './limits.ts';
import { collect } from './process.ts';

const headerSchema = z.object({
  fault: z.enum(['MEDIA_CORRUPT', 'MEDIA_TOO_LARGE']).optional(),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
});

interface ChildOptions {
  readonly limits: DecodeLimits;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
}

/** The upright primary picture of a HEIC or HEIF file. */
export async function decodeHeic(file: string, options: ChildOptions): Promise<RgbImage> {
  const pixels = options.limits.picturePixels;
  const { header, raw } = await runChild('heic', file, pixels, pixels * 3, options);
  const { width = 0, height = 0 } = header;
  if (raw.length === 0 || raw.length !== width * height * 3) throw new AppError('MEDIA_CORRUPT');
  return { width, height, data: raw };
}

/** A SILK recording whole, mono in [-1, 1] at `rate` Hz. */
export async function decodeSilk(file: string, rate: number, options: ChildOptions): Promise<Float32Array> {
  const { raw } = await runChild('silk', file, rate, options.limits.wholeFileBytes, options);
  const data = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float32Array.from({ length: raw.length >> 1 }, (_, n) => data.getInt16(n * 2, true) / 32768);
}

/** Room for the line of JSON before the samples. */
const HEADER_BYTES = 1024;

async function runChild(kind: string, file: string, limit: number, outputBytes: number, options: ChildOptions) {
  const child = path.join(import.meta.dirname, 'decode-child.ts');
  const done = await collect(process.execPath, [child, kind, path.resolve(file), String(limit)], {
    signal: options.signal,
    cwd: options.cwd,
    timeLimitS: options.limits.pictureS,
    outputBytes: outputBytes + HEADER_BYTES,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  if (done.exit !== 0) throw new AppError('MEDIA_CORRUPT', { exit: done.exit });
  const end = done.stdout.indexOf(0x0a);
  const header = readHeader(Buffer.from(done.stdout.subarray(0, Math.max(0, end))).toString('utf8'));
  if (header.fault) throw new AppError(header.fault);
  return { header, raw: done.stdout.slice(end + 1) };
}

/** The child's first line. A child that hostile bytes have taken over may print anything. */
function readHeader(line: string): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(line));
  } catch (fault) {
    throw new AppError('MEDIA_CORRUPT', {}, { cause: fault });
  }
}
