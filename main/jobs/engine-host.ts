/**
 * Keeps one analysis process alive and gives it items. When the process dies or falls silent, it is replaced and the item
 * goes on without the step that was running: that step is recorded as failed, the others still run. Where several items were
 * in hand, none is blamed: each is tried again with the process to itself.
 */
import { DEFAULT_SETTINGS } from '../contract/analyzer.ts';
import type {
  EngineEvent,
  EngineProgress,
  EngineRequest,
  Enrolment,
  EnrolRequest,
  Examination,
  ExamineRequest,
  FacesAt,
  LocateRequest,
  Step,
  WorkRequest,
} from '../contract/engine.ts';
import { AppError, type ErrorRecord } from '../contract/errors.ts';
import { Room } from './room.ts';

/** One started analysis process. Under Node a forked child, under Electron a utility process. */
export interface EngineProcess {
  send(request: EngineRequest): void;
  onEvent(listener: (event: EngineEvent) => void): void;
  /** Called once, however the process ends. */
  onExit(listener: () => void): void;
  kill(): void;
}

export interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: EngineProgress) => void;
}

/** A start takes 0.3 s on the measured machine; a cold disk may need far longer. Seconds. */
const START_LIMIT_S = 60;

/** After the step's own limit the process gets this long to report its time-out itself. Seconds. */
const GRACE_S = 10;

/** A cancelled engine that has not answered by then is killed. Seconds. */
const CANCEL_GRACE_S = 3;

export class EngineHost implements AsyncDisposable {
  readonly #start: () => EngineProcess;
  readonly #attempts = new Set<Attempt>();
  readonly #room = new Room();
  #process: Promise<EngineProcess> | null = null;
  #current: EngineProcess | null = null;
  #asked = 0;
  #outdated = false;
  #closed = false;

  constructor(start: () => EngineProcess) {
    this.#start = start;
  }

  /**
   * Examines one item; calls may overlap, and then share the process. Rejects with AppError: `CANCELLED`, `ENGINE_CRASHED` where
   * the item kills the process before any step can be blamed, or what the engine reported.
   */
  async examine(request: Omit<ExamineRequest, HostsOwn>, options: WorkOptions): Promise<Examination> {
    const end = await this.#work({ ...request, kind: 'examine' }, options);
    if (end.kind !== 'examined') throw new TypeError(`the engine answered ${end.kind} to a request to examine`);
    return end.examination;
  }

  /** Judges one file as a sample of a person; as `examine` otherwise. */
  async enrol(request: Omit<EnrolRequest, HostsOwn>, options: WorkOptions): Promise<Enrolment> {
    const end = await this.#work({ ...request, kind: 'enrol' }, options);
    if (end.kind !== 'enrolled') throw new TypeError(`the engine answered ${end.kind} to a request to enrol`);
    return end.enrolment;
  }

  /** Where faces are in a film; as `examine` otherwise. */
  async locate(
    film: Pick<LocateRequest, 'path' | 'claimedExtension' | 'sha256'>,
    options: WorkOptions,
  ): Promise<readonly FacesAt[]> {
    const end = await this.#work({ ...film, kind: 'locate', settings: DEFAULT_SETTINGS }, options);
    if (end.kind !== 'located') throw new TypeError(`the engine answered ${end.kind} to a request to locate`);
    return end.looks;
  }

  /** What the process took over at its start has changed: the next item gets a fresh one, those in hand end in the old one. */
  renew(): void {
    this.#outdated = this.#process !== null;
  }

  async #work(request: Asked, options: WorkOptions): Promise<Done> {
    const knownFailures: Record<Step, ErrorRecord> = {};
    let alone = false;
    for (;;) {
      using _place = await this.#room.enter({ alone: alone || this.#outdated });
      options.signal.throwIfAborted();
      if (this.#outdated && this.#attempts.size === 0) await this.#end();
      const asked = { ...request, id: ++this.#asked, knownFailures: { ...knownFailures } };
      const end = await this.#attempt(asked, options);
      if (end.kind === 'failed') throw new AppError(end.error.code, end.error.params);
      if (end.kind !== 'died') return end;
      if (options.signal.aborted) throw new AppError('CANCELLED');
      if (end.accompanied) {
        alone = true;
        continue;
      }
      if (end.step === 'probe' || end.step in knownFailures) throw new AppError('ENGINE_CRASHED');
      knownFailures[end.step] = end.silent
        ? { code: 'ANALYZER_TIMEOUT', params: { seconds: end.limitS } }
        : { code: 'ENGINE_CRASHED', params: {} };
    }
  }

  async #attempt(request: WorkRequest, options: WorkOptions): Promise<End> {
    const engine = await this.#engine();
    options.signal.throwIfAborted();
    const attempt = new Attempt(engine, request, options);
    this.#attempts.add(attempt);
    try {
      return await attempt.end;
    } finally {
      this.#attempts.delete(attempt);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    const former = this.#process;
    this.#process = null;
    this.#outdated = false;
    (await former?.catch(() => null))?.kill();
  }

  #engine(): Promise<EngineProcess> {
    if (this.#closed) throw new AppError('CANCELLED');
    this.#process ??= this.#startOne();
    return this.#process;
  }

  async #startOne(): Promise<EngineProcess> {
    const engine = this.#start();
    this.#current = engine;
    const ready = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      engine.kill();
      ready.reject(new AppError('ENGINE_CRASHED'));
    }, START_LIMIT_S * 1000);
    engine.onEvent((event) => {
      if (event.kind === 'ready') ready.resolve();
      else for (const attempt of this.#attempts) attempt.take(event);
    });
    engine.onExit(() => {
      ready.reject(new AppError('ENGINE_CRASHED'));
      if (!this.#forget(engine)) return;
      const accompanied = this.#attempts.size > 1;
      for (const attempt of this.#attempts) attempt.died(accompanied);
    });
    try {
      await ready.promise;
      return engine;
    } catch (thrown) {
      this.#forget(engine);
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  /** False where its successor is at work already: a process whose start took too long may end much later. */
  #forget(engine: EngineProcess): boolean {
    if (this.#current !== engine) return false;
    this.#current = null;
    this.#process = null;
    return true;
  }
}

/** What the host itself adds: `id` tells the answers of one process apart, whoever asked. */
type HostsOwn = 'kind' | 'id' | 'knownFailures';
type Asked =
  | Omit<ExamineRequest, 'id' | 'knownFailures'>
  | Omit<EnrolRequest, 'id' | 'knownFailures'>
  | Omit<LocateRequest, 'id' | 'knownFailures'>;

type Done = Extract<EngineEvent, { kind: 'examined' | 'enrolled' | 'located' }>;

type End =
  | Done
  | Extract<EngineEvent, { kind: 'failed' }>
  | {
      readonly kind: 'died';
      readonly step: Step;
      readonly silent: boolean;
      readonly limitS: number;
      /** Another item was in the process with it and may have killed it. */
      readonly accompanied: boolean;
    };

/** One request to one process, with the watchdog that counts the silence of its current step. */
class Attempt {
  readonly end: Promise<End>;
  readonly #engine: EngineProcess;
  readonly #request: WorkRequest;
  readonly #options: WorkOptions;
  readonly #resolve: (end: End) => void;
  #step: Step = 'probe';
  #limitS = START_LIMIT_S;
  #silent = false;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(engine: EngineProcess, request: WorkRequest, options: WorkOptions) {
    this.#engine = engine;
    this.#request = request;
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<End>();
    this.#resolve = resolve;
    const cancel = () => {
      engine.send({ kind: 'cancel', id: request.id });
      this.#killAfter(CANCEL_GRACE_S);
    };
    this.end = promise.finally(() => {
      clearTimeout(this.#watchdog);
      options.signal.removeEventListener('abort', cancel);
    });
    options.signal.addEventListener('abort', cancel, { once: true });
    this.#killAfter(this.#limitS);
    engine.send(request);
  }

  take(event: EngineEvent): void {
    if (event.kind === 'ready' || event.id !== this.#request.id) return;
    if (event.kind === 'step') {
      this.#step = event.step;
      this.#limitS = event.silenceLimitS;
    } else if (event.kind === 'progress') {
      this.#options.onProgress(event.progress);
    } else {
      this.#resolve(event);
      return;
    }
    if (!this.#options.signal.aborted) this.#killAfter(this.#limitS + GRACE_S);
  }

  died(accompanied: boolean): void {
    this.#resolve({ kind: 'died', step: this.#step, silent: this.#silent, limitS: this.#limitS, accompanied });
  }

  #killAfter(seconds: number): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#silent = true;
      this.#engine.kill();
    }, seconds * 1000);
  }
}
