// The same models on a thread of their own: a network computes there while this thread decodes, cuts and measures.
import { Worker } from 'node:worker_threads';
import type { ModelAccess, TensorData } from '../contract/analyzer.ts';
import { AppError, type ErrorRecord } from '../contract/errors.ts';
import type { Feeds } from './session.ts';
import { ModelStore, type ModelStoreOptions } from './store.ts';

/** What the thread is asked; answers carry the same number. */
export interface RunRequest {
  readonly number: number;
  readonly id: string;
  readonly file: string;
  /** Digest that the file must have. */
  readonly sha256: string;
  readonly feeds: Feeds;
}

/** `message` stands for a fault that is a bug and has no code. */
export type RunAnswer =
  | { readonly number: number; readonly outputs: Record<string, TensorData> }
  | { readonly number: number; readonly error: ErrorRecord }
  | { readonly number: number; readonly message: string };

type Waiting = PromiseWithResolvers<Record<string, TensorData>> & { readonly id: string; readonly sha256: string };

/** Starts the thread, which answers each `RunRequest` with a `RunAnswer`. */
export function startModelThread(threads: number): Worker {
  return new Worker(new URL('./model-worker.ts', import.meta.url), { workerData: threads });
}

/**
 * Runs networks in one worker thread, one after the other in the order asked; what is no network is read here.
 * onnxruntime occupies the thread that calls it, so without this the event loop stands still while a network computes.
 */
export class ModelThread implements ModelAccess, AsyncDisposable {
  readonly #store: ModelStore;
  readonly #start: () => Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #computed = new Map<string, string>();
  #worker: Worker | null;
  #count = 0;
  #closed = false;

  /** @throws AppError as `ModelStore`. */
  constructor(options: ModelStoreOptions, start = startModelThread) {
    this.#store = new ModelStore(options);
    this.#start = () => start(options.threads ?? 1);
    this.#worker = this.#begin();
  }

  /**
   * As `ModelStore.run`, but float32 arrays and bytes that fill their buffer are handed over, not copied: they are empty afterwards.
   * Where the thread dies, what was asked of it fails with AppError `ENGINE_CRASHED`, and what is asked next gets a new one.
   */
  async run(id: string, feeds: Feeds): Promise<Record<string, TensorData>> {
    if (this.#closed) throw new Error('the thread of the models has ended');
    const [file, sha256] = [this.#store.file(id), this.#store.digest(id)];
    this.#worker ??= this.#begin();
    const number = this.#count++;
    const waiting = { ...Promise.withResolvers<Record<string, TensorData>>(), id, sha256 };
    this.#waiting.set(number, waiting);
    this.#worker.ref();
    this.#worker.postMessage({ number, id, file, sha256, feeds } satisfies RunRequest, handedOver(feeds));
    return waiting.promise;
  }

  /** As `ModelStore.bytes`. */
  bytes(id: string): Promise<Uint8Array> {
    return this.#store.bytes(id);
  }

  /** As `ModelStore.has`. */
  has(id: string): boolean {
    return this.#store.has(id);
  }

  /** SHA-256 by id of every model that computed or was read. */
  loaded(): Record<string, string> {
    return { ...this.#store.loaded(), ...Object.fromEntries(this.#computed) };
  }

  /** Ends the thread; what is still asked of it is rejected. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #begin(): Worker {
    const worker = this.#start();
    let cause: unknown;
    worker.unref();
    worker.on('message', (answer: RunAnswer) => this.#take(answer));
    worker.on('error', (fault) => {
      cause = fault;
    });
    worker.on('exit', () => {
      this.#worker = null;
      this.#fail(new AppError('ENGINE_CRASHED', {}, { cause }));
    });
    return worker;
  }

  #take(answer: RunAnswer): void {
    const waiting = this.#waiting.get(answer.number);
    if (!waiting) return;
    this.#waiting.delete(answer.number);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('error' in answer) waiting.reject(new AppError(answer.error.code, answer.error.params));
    else if ('message' in answer) waiting.reject(new Error(answer.message));
    else {
      this.#computed.set(waiting.id, waiting.sha256);
      waiting.resolve(answer.outputs);
    }
  }

  #fail(fault: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(fault);
    this.#waiting.clear();
  }
}

function handedOver(feeds: Feeds): ArrayBuffer[] {
  const whole = Object.values(feeds).filter(
    ({ data }) => !(data instanceof BigInt64Array) && data.byteLength === data.buffer.byteLength,
  );
  return [...new Set(whole.map(({ data }) => data.buffer as ArrayBuffer))];
}
