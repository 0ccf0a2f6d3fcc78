/**
 * Keeps one viewing process alive while something is looked at. It dies with a hostile file, is killed when it falls silent, and is
 * started again by the next question.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import type {
  BlurRequest,
  ViewAnswer,
  ViewKind,
  ViewMessage,
  ViewQuestion,
  ViewRequest,
  Views,
} from '../contract/viewer.ts';
import { COMPILED_FOLDER } from '../jobs/installation.ts';

/** One started viewing process: a forked child under Node, a utility process under Electron. */
export interface ViewerProcess {
  send(message: ViewMessage): void;
  onAnswer(listener: (answer: ViewAnswer) => void): void;
  /** Called once, however the process ends. */
  onExit(listener: () => void): void;
  kill(): void;
}

/** A whole film is read for its frame times: an hour of 1080p takes minutes. Seconds. */
const LIMIT_S: Readonly<Record<ViewKind, number>> = {
  picture: 90,
  thumbnail: 60,
  frame: 90,
  blur: 10,
  times: 900,
  peaks: 120,
  spectrogram: 120,
  sound: 120,
};

/** The JavaScript heap; pixels live outside it. Megabytes. */
const HEAP_LIMIT_MB = 256;

interface Waiting {
  readonly resolve: (value: Views[ViewKind]) => void;
  readonly reject: (fault: AppError) => void;
  readonly limitS: number;
}

export class ViewerHost implements Disposable {
  readonly #start: () => ViewerProcess;
  readonly #waiting = new Map<number, Waiting>();
  #process: ViewerProcess | null = null;
  #outdated = false;
  #watchdog: NodeJS.Timeout | undefined;
  #next = 1;

  constructor(start: () => ViewerProcess) {
    this.#start = start;
  }

  /** Throws AppError with what the decoder said, `DECODER_CRASHED`, `DECODE_TIMEOUT`. */
  ask<K extends ViewQuestion['kind']>(
    file: { readonly path: string; readonly claimedExtension: string },
    question: Extract<ViewQuestion, { kind: K }>,
  ): Promise<Views[K]> {
    return this.#ask(question.kind, (id) => ({ ...file, ...(question as ViewQuestion), id })) as Promise<Views[K]>;
  }

  blur(png: Uint8Array): Promise<Views['blur']> {
    return this.#ask('blur', (id): BlurRequest => ({ kind: 'blur', id, png })) as Promise<Views['blur']>;
  }

  /** The file looked at last is closed: its copy goes. */
  release(): void {
    this.#process?.send({ kind: 'release' });
  }

  /** What the process took over at its start has changed: the next question goes to a fresh one. */
  renew(): void {
    this.#outdated = this.#process !== null;
  }

  [Symbol.dispose](): void {
    this.#process?.kill();
    this.#end(new AppError('CANCELLED'));
  }

  #ask(kind: ViewKind, request: (id: number) => ViewRequest): Promise<Views[ViewKind]> {
    if (this.#outdated && this.#waiting.size === 0) {
      this.#process?.kill();
      this.#process = null;
      this.#outdated = false;
    }
    const id = this.#next++;
    const { promise, resolve, reject } = Promise.withResolvers<Views[ViewKind]>();
    this.#waiting.set(id, { resolve, reject, limitS: LIMIT_S[kind] });
    this.#process ??= this.#startOne();
    this.#process.send(request(id));
    if (this.#waiting.size === 1) this.#watch();
    return promise;
  }

  #startOne(): ViewerProcess {
    const started = this.#start();
    started.onAnswer((answer) => this.#take(answer));
    started.onExit(() => {
      if (this.#process === started) this.#end(new AppError('DECODER_CRASHED'));
    });
    return started;
  }

  #take(answer: ViewAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    this.#watch();
    if (answer.ok) waiting?.resolve(answer.value);
    else waiting?.reject(new AppError(answer.error.code, answer.error.params));
  }

  /** Questions are answered in order, so the limit that runs is that of the first. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    const [first] = this.#waiting.values();
    if (!first) return;
    this.#watchdog = setTimeout(() => {
      const silent = this.#process;
      this.#end(new AppError('DECODE_TIMEOUT', { seconds: first.limitS }));
      silent?.kill();
    }, first.limitS * 1000);
  }

  #end(fault: AppError): void {
    clearTimeout(this.#watchdog);
    this.#process = null;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(fault);
  }
}

/** Starts the viewing process as a child of this Node. */
export function forkViewer(scratchFolder: string): ViewerProcess {
  const child = fork(path.join(import.meta.dirname, '../viewer/index.ts'), [scratchFolder], {
    serialization: 'advanced',
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED_FOLDER },
    execArgv: [`--max-old-space-size=${HEAP_LIMIT_MB}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let ended = false;
  const listeners: (() => void)[] = [];
  const finish = () => {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener();
  };
  child.once('exit', finish);
  child.once('error', finish);
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onAnswer: (listener) => child.on('message', (answer) => listener(answer as ViewAnswer)),
    onExit: (listener) => {
      listeners.push(listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
