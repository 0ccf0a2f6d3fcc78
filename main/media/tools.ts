/** Where ffmpeg and ffprobe are on this machine: `FFMPEG_PATH` (a folder or the program itself), otherwise PATH. Nothing is ever fetched. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { collect } from './process.ts';

export type Tool = 'ffmpeg' | 'ffprobe';

const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/** Absolute path of a tool. Throws AppError `FFMPEG_MISSING`. Read anew each time, so that a test or a user may change the environment. */
export function findTool(tool: Tool): string {
  const found = locate(tool);
  if (found === null) throw new AppError('FFMPEG_MISSING', { tool });
  return found;
}

function locate(tool: Tool): string | null {
  const candidates = folders().map((folder) => path.resolve(folder, tool + SUFFIX));
  return candidates.find(isProgram) ?? null;
}

/** The named folder alone where `FFMPEG_PATH` is set: a person who names a build does not want another one. */
function folders(): string[] {
  const named = process.env.FFMPEG_PATH;
  if (named) return [isProgram(named) ? path.dirname(named) : named];
  return (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Decoders without which a format of the product's list cannot be read, by the names that `ffmpeg -decoders` prints. */
export const NEEDED_DECODERS = [
  'h264',
  'hevc',
  'vp8',
  'vp9',
  'mpeg4',
  'mjpeg',
  'apng',
  'aac',
  'mp3float',
  'opus',
  'vorbis',
  'flac',
  'amrnb',
  'amrwb',
] as const;

export interface FoundTool {
  readonly path: string;
  /** As the program prints it, e.g. `5.1.9-0+deb12u1`. */
  readonly version: string;
}

export interface ToolReport {
  /** Null where it is missing or does not answer. */
  readonly ffmpeg: FoundTool | null;
  readonly ffprobe: FoundTool | null;
  readonly missingDecoders: readonly string[];
}

const REPORT_TIME_S = 10;
const REPORT_BYTES = 1_048_576;

/**
 * The option that hands frames through without repeating or dropping any: `-fps_mode` since ffmpeg 5.1, `-vsync` before (Ubuntu 22.04 has 4.4).
 * A build that states no number is a newer one.
 */
export async function passthrough(ffmpeg: string): Promise<string[]> {
  let option = passthroughOptions.get(ffmpeg);
  if (option === undefined) {
    const numbers = /^ffmpeg version n?(\d+)\.(\d+)/.exec(await print(ffmpeg, ['-version']));
    const old = numbers !== null && Number(numbers[1]) + Number(numbers[2]) / 100 < 5.01;
    option = old ? '-vsync' : '-fps_mode';
    passthroughOptions.set(ffmpeg, option);
  }
  return [option, 'passthrough'];
}

const passthroughOptions = new Map<string, string>();

/** What `doctor` tells about ffmpeg. Never throws. */
export async function probeTools(): Promise<ToolReport> {
  const [ffmpeg, ffprobe] = [await identify('ffmpeg'), await identify('ffprobe')];
  if (!ffmpeg) return { ffmpeg, ffprobe, missingDecoders: NEEDED_DECODERS };
  const listed = await print(ffmpeg.path, ['-hide_banner', '-decoders']);
  const present = new Set([...listed.matchAll(/^ [VAS][A-Z.]{5} (\S+)/gm)].map((m) => m[1]));
  return { ffmpeg, ffprobe, missingDecoders: NEEDED_DECODERS.filter((name) => !present.has(name)) };
}

async function identify(tool: Tool): Promise<FoundTool | null> {
  const program = locate(tool);
  const version = program && /^ff\w+ version (\S+)/.exec(await print(program, ['-version']))?.[1];
  return program && version ? { path: program, version } : null;
}

async function print(program: string, args: readonly string[]): Promise<string> {
  try {
    const done = await collect(program, args, { timeLimitS: REPORT_TIME_S, outputBytes: REPORT_BYTES });
    return Buffer.from(done.stdout).toString('utf8');
  } catch {
    return '';
  }
}
