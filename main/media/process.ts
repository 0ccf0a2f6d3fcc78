/**
 * Outside programs that read hostile bytes: started without a shell in a process group of their own, with limits on time and output,
 * and killed as a group, so that nothing they started stays behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import type { Duplex, Readable, Writable } from 'node:stream';
import { AppError, toErrorRecord } from '../contract/errors.ts';

/** Text kept of what a program says on standard error; only for telling causes apart, never shown or logged. */
const STDERR_BYTES = 16_384;

export interface Running {
  /** Where input was said to follow. */
  readonly stdin: Writable | null;
  /** What it writes; null where that was sent elsewhere. */
  readonly stdout: Readable | null;
  /** Its descriptors from 3 on, one for each of `extra`. */
  readonly extra: readonly Duplex[];
  /** Last text on standard error so far. */
  stderr(): string;
  /** Resolves when the program has ended; never rejects. */
  readonly ended: Promise<Ended>;
  /** Kills the whole group at once; harmless when it has ended. */
  kill(): void;
}

export interface Ended {
  /** Exit status, or null where a signal ended it or it never started. */
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  readonly fault: Error | null;
}

export interface StartOptions {
  readonly cwd?: string;
  /** Pipes from descriptor 3 on: bytes of ours that it reads there, or null where it writes. */
  readonly extra?: readonly (Uint8Array | null)[];
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes of ours for its standard input, or that they follow on `stdin`; none where left out. */
  readonly input?: Uint8Array | 'follows';
  /** Takes what it writes, in place of `Running.stdout`. */
  readonly output?: Duplex;
}

/** Starts a program; every argument reaches it as it is. Throws AppError `SYSTEM_EXHAUSTED`; the signal's reason when aborted. */
export function start(program: string, args: readonly string[], options: StartOptions = {}): Running {
  options.signal?.throwIfAborted();
  const { extra = [] } = options;
  const child = spawn(program, args, {
    cwd: options.cwd ?? os.tmpdir(),
    detached: process.platform !== 'win32',
    env: environment(options.env),
    shell: false,
    stdio: [options.input ? 'pipe' : 'ignore', options.output ?? 'pipe', 'pipe', ...extra.map(() => 'pipe' as const)],
    windowsHide: true,
  });
  // Where the system has no room for another pipe, Node gives a child without any.
  if (!child.stderr) {
    child.on('error', () => {});
    throw new AppError('SYSTEM_EXHAUSTED');
  }
  const kill = () => killGroup(child);
  options.signal?.addEventListener('abort', kill, { once: true });
  const ended = new Promise<Ended>((resolve) => {
    child.once('error', (fault) => resolve({ exit: null, signal: null, fault }));
    child.once('exit', (exit, signal) => {
      alive.delete(child);
      resolve({ exit, signal, fault: null });
    });
  }).finally(() => options.signal?.removeEventListener('abort', kill));
  if (child.pid !== undefined) alive.add(child);
  let stderr = '';
  child.stderr.setEncoding('latin1').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_BYTES);
  });
  for (const stream of child.stdio) stream?.on('error', () => {});
  if (options.input && options.input !== 'follows') child.stdin?.end(options.input);
  const pipes = child.stdio.slice(3) as Duplex[];
  for (const [n, bytes] of extra.entries()) if (bytes) pipes[n]!.end(bytes);
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    extra: pipes,
    stderr: () => stderr,
    ended,
    kill,
  };
}

/** Nothing but what a decoder needs to start: `FFREPORT`, proxies and preloads of the caller must not reach it. */
function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
  const base = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(base), ...more };
}

const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach(killGroup));

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

export interface CollectOptions extends StartOptions {
  readonly timeLimitS: number;
  /** More than this on all its outputs together is `MEDIA_TOO_LARGE`. */
  readonly outputBytes: number;
}

export interface Collected {
  readonly exit: number;
  readonly stdout: Uint8Array;
  /** What it wrote to each of the pipes `extra`. */
  readonly extra: readonly Uint8Array[];
  readonly stderr: string;
}

/**
 * Runs a program to its end and keeps what it prints.
 * @throws AppError `DECODE_TIMEOUT`, `MEDIA_TOO_LARGE`, `DECODER_CRASHED` (ended by a signal), `FFMPEG_MISSING` (not startable),
 *   `SYSTEM_EXHAUSTED`; the signal's reason when aborted
 */
export async function collect(program: string, args: readonly string[], options: CollectOptions): Promise<Collected> {
  const running = start(program, args, options);
  const outputs = [running.stdout!, ...running.extra];
  let refused: AppError | null = null;
  const refuse = (fault: AppError) => {
    refused ??= fault;
    running.kill();
    for (const output of outputs) output.destroy();
  };
  const timer = setTimeout(
    () => refuse(new AppError('DECODE_TIMEOUT', { seconds: options.timeLimitS })),
    options.timeLimitS * 1000,
  );
  let bytes = 0;
  const written = outputs.map(async (output) => {
    const parts: Buffer[] = [];
    output.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > options.outputBytes) refuse(new AppError('MEDIA_TOO_LARGE', { bytes: options.outputBytes }));
      else parts.push(part);
    });
    await new Promise<void>((resolve) => output.once('close', resolve));
    return Buffer.concat(parts);
  });
  const [ended, stdout, ...extra] = await Promise.all([running.ended, ...written]).finally(() => clearTimeout(timer));
  options.signal?.throwIfAborted();
  if (refused) throw refused;
  const exit = exitOf(ended);
  return { exit, stdout: stdout!, extra, stderr: running.stderr() };
}

/** The exit status. Throws AppError `FFMPEG_MISSING`, `SYSTEM_EXHAUSTED` or `DECODER_CRASHED` where there is none. */
export function exitOf(ended: Ended): number {
  if (ended.fault) {
    const exhausted = toErrorRecord(ended.fault).code === 'SYSTEM_EXHAUSTED';
    throw new AppError(exhausted ? 'SYSTEM_EXHAUSTED' : 'FFMPEG_MISSING', {}, { cause: ended.fault });
  }
  if (ended.exit === null) throw new AppError('DECODER_CRASHED', { signal: ended.signal });
  return ended.exit;
}
