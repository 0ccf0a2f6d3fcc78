/**
 * The engine's side of the C2PA child: one process a file, one warm spare, a limit on time and memory. A child that dies is an answer
 * about the file, not a fault of the engine.
 */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { type ChildMessage, IN_MEMORY, type ReadJob, type ReadResult } from './protocol.ts';

export type ChildAnswer =
  | { readonly results: readonly ReadResult[]; readonly reason: null }
  | { readonly results: null; readonly reason: 'time-limit' | 'memory-limit' | 'reader-crashed' };

/** Starts a child whose messages follow `protocol.ts`. Electron hosts whose binary cannot run as plain Node give their own. */
export type StartChild = () => ChildProcess;

const START_LIMIT_MS = 30_000;
const BASE_LIMIT_MS = 5000;
const MORE_LIMIT_MS = 1000;

/** As the engine's (main/jobs/fork-engine.ts): the library alone has 9 MB, and a child lives for one file. A sixth of what a child costs. */
const LARGE_PAGES = 'glibc.malloc.hugetlb=1';

export function startChild(): ChildProcess {
  return fork(path.join(import.meta.dirname, 'child.ts'), [], {
    serialization: 'advanced',
    execArgv: [
      '--max-old-space-size=256',
      '--permission',
      '--allow-fs-read=*',
      '--allow-worker',
      '--disable-warning=SecurityWarning',
    ],
    env: { GLIBC_TUNABLES: LARGE_PAGES, ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

interface Spare {
  readonly child: ChildProcess;
  readonly ready: Promise<boolean>;
}

export class C2paReader implements Disposable {
  readonly #start: StartChild;
  readonly #limitMs: (bytes: number) => number;
  #spare: Spare | null = null;

  constructor(start: StartChild = startChild, limitMs = C2paReader.limitMs) {
    this.#start = start;
    this.#limitMs = limitMs;
  }

  /** Milliseconds that a file of this size may take once its child is ready. */
  static limitMs(bytes: number): number {
    return BASE_LIMIT_MS + MORE_LIMIT_MS * Math.max(0, Math.ceil((bytes - IN_MEMORY) / IN_MEMORY));
  }

  /** Throws AppError `CANCELLED` when aborted. */
  async read(job: ReadJob, bytes: number, signal: AbortSignal): Promise<ChildAnswer> {
    if (signal.aborted) throw new AppError('CANCELLED');
    const spare = this.#spare ?? this.#prepare();
    this.#spare = null;
    const { child } = spare;
    hold(child);
    const cancelled = Promise.withResolvers<never>();
    const cancel = () => cancelled.reject(new AppError('CANCELLED'));
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await Promise.race([answer(spare, job, this.#limitMs(bytes)), cancelled.promise]);
    } finally {
      signal.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      this.#spare ??= this.#prepare();
    }
  }

  /** Resolves when a warm child waits. */
  async warm(): Promise<void> {
    this.#spare ??= this.#prepare();
    const { child, ready } = this.#spare;
    hold(child);
    await ready;
    letGo(child);
  }

  #prepare(): Spare {
    const child = this.#start();
    const ready = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), START_LIMIT_MS);
      timer.unref();
      const settle = (value: boolean) => {
        clearTimeout(timer);
        resolve(value);
      };
      child.once('message', (m: ChildMessage) => settle(m.kind === 'ready'));
      child.once('exit', () => settle(false));
      child.once('error', () => settle(false));
    });
    letGo(child);
    return { child, ready };
  }

  [Symbol.dispose](): void {
    this.#spare?.child.kill('SIGKILL');
    this.#spare = null;
  }
}

/** A waiting spare keeps nobody alive; one that is waited for does. */
function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

async function answer({ child, ready }: Spare, job: ReadJob, limitMs: number): Promise<ChildAnswer> {
  return (await ready) ? exchange(child, job, limitMs) : { results: null, reason: 'reader-crashed' };
}

function exchange(child: ChildProcess, job: ReadJob, limitMs: number): Promise<ChildAnswer> {
  return new Promise((resolve) => {
    const finish = (given: ChildAnswer) => {
      clearTimeout(timer);
      resolve(given);
    };
    const crashed: ChildAnswer = { results: null, reason: 'reader-crashed' };
    const timer = setTimeout(() => finish({ results: null, reason: 'time-limit' }), limitMs);
    child.once('message', (m: ChildMessage) =>
      finish(m.kind === 'done' ? { results: m.results, reason: null } : crashed),
    );
    child.once('exit', (_, ending) =>
      finish(ending === 'SIGUSR2' ? { results: null, reason: 'memory-limit' } : crashed),
    );
    child.once('error', () => finish(crashed));
    child.send(job, (fault) => {
      if (fault) finish(crashed);
    });
  });
}
