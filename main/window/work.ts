/**
 * The work of a window, one piece after the other: it begins, tells how far it is, pauses, goes on and stops, and takes up what an
 * earlier run left unfinished. What is finished of a piece is in the case at every moment.
 */
import {
  findOpenJob,
  finishJob,
  getEntry,
  jobProgress,
  latestExamination,
  listEntries,
  type OpenCase,
  openJobs,
} from '../cases/index.ts';
import { type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import type { ItemLine, RequestOutput, Unfinished, Work } from '../contract/ipc.ts';
import { entryFault } from '../jobs/entry-fault.ts';
import { type ScanEvent, type ScanRequest, scan, scanFingerprint } from '../jobs/scan.ts';
import { ScanMeter } from '../jobs/scan-meter.ts';
import type { Desk } from './desk.ts';
import type { Located, WindowHost } from './host.ts';
import { nameOfEntry } from './names.ts';

/** What is to be done. A scan can be paused and found again after a crash; anything else runs to its end or is cancelled. */
export type Piece =
  | { readonly kind: 'scan' | 'again' | 'recovered'; readonly request: ScanRequest; readonly located: Located | null }
  | {
      readonly kind: 'enrol' | 'export';
      readonly run: (signal: AbortSignal, told: (done: number, total: number) => void) => Promise<void>;
      readonly located: Located | null;
    };

/** A piece that runs or is paused. */
interface Task {
  readonly piece: Piece;
  controller: AbortController;
  intent: 'run' | 'pause' | 'stop' | 'leave';
  job: string | null;
  ended: Promise<void>;
}

/** Nothing in hand. */
export const IDLE: Work = {
  kind: 'none',
  phase: 'idle',
  total: 0,
  done: 0,
  failed: 0,
  waiting: 0,
  current: null,
  leftS: null,
  error: null,
};

/** Least time between two reports of progress to the window. Milliseconds. */
const REPORT_EVERY_MS = 200;

/** Lines of the work in hand that a session state carries; the rest is asked for page by page. */
const SHOWN_LINES = 500;

export class WorkQueue {
  readonly #host: Pick<WindowHost, 'emit'>;
  readonly #desk: Desk;
  readonly #waiting: Piece[] = [];
  #lines = new Map<number, ItemLine>();
  #failed = 0;
  #job: string | null = null;
  #task: Task | null = null;
  #work: Work = IDLE;
  #reportedAt = 0;
  #leaving = false;

  constructor(desk: Desk, host: Pick<WindowHost, 'emit'>) {
    this.#desk = desk;
    this.#host = host;
  }

  get state(): Work {
    return this.#work;
  }

  /** Whether something runs, is paused or waits. */
  get busy(): boolean {
    return this.#task !== null;
  }

  get lines(): ItemLine[] {
    return [...this.#lines.values()].slice(-SHOWN_LINES);
  }

  /** Begins at once, or after what is in hand. */
  add(piece: Piece): void {
    this.#waiting.push(piece);
    if (this.#task) this.#report({ waiting: this.#waiting.length });
    else this.#next();
  }

  /** A request to stop is answered at once; the work ends at a safe point and says so by an event. */
  interrupt(intent: 'pause' | 'stop'): void {
    const task = this.#task;
    if (!task) return;
    const paused = this.#work.phase === 'paused';
    if (paused && intent === 'pause') return;
    task.intent = intent;
    if (paused) void this.#end(task, { phase: 'stopped' });
    else {
      this.#report({ phase: intent === 'pause' ? 'pausing' : 'stopping' });
      task.controller.abort();
    }
  }

  resume(): void {
    const task = this.#task;
    if (!task || this.#work.phase !== 'paused') return;
    task.controller = new AbortController();
    task.intent = 'run';
    this.#report({ phase: 'working' });
    task.ended = this.#run(task);
  }

  /** What earlier runs left, but for what is in hand or waits. */
  unfinished(): Unfinished[] {
    const c = this.#desk.case;
    const own = new Set([
      this.#task?.job,
      ...[this.#task?.piece, ...this.#waiting].map((p) => (p && isScan(p) ? p.request.job : undefined)),
    ]);
    return openJobs(c)
      .filter((job) => !own.has(job.id) && job.role !== 'reference')
      .map((job) => {
        const { total, examined, failed } = jobProgress(c, job.id);
        return { job: job.id, startedAtMs: job.createdAtMs, total, done: examined + failed };
      });
  }

  /** Entries of the work in hand, or of the last, in the order of the plan. */
  entries(after: number, limit: number): RequestOutput<'scan.entries'>['entries'] {
    const c = this.#desk.case;
    if (!this.#job) return [];
    const position = after > 0 ? getEntry(c, after).position : 0;
    return listEntries(c, this.#job, { after: position, limit }).map((entry) => {
      const known = this.#lines.get(entry.id);
      if (known) return known;
      const state = { pending: 'waiting', sealed: 'preserved', examined: 'examined', failed: 'failed' } as const;
      return {
        entry: entry.id,
        name: nameOfEntry(c, entry),
        state: state[entry.state],
        sha256: entry.item,
        error: entry.error,
      };
    });
  }

  /** The item is gone: its line goes too. */
  forget(sha256: string): void {
    for (const line of this.#lines.values()) if (line.sha256 === sha256) this.#lines.delete(line.entry);
  }

  /** Stops at a safe point and keeps everything that a later run can go on with. */
  async leave(): Promise<void> {
    this.#leaving = true;
    this.#waiting.length = 0;
    const task = this.#task;
    if (!task) return;
    task.intent = 'leave';
    task.controller.abort();
    await task.ended;
  }

  #next(): void {
    const piece = this.#waiting.shift();
    if (!piece || this.#leaving) return;
    const task: Task = {
      piece,
      controller: new AbortController(),
      intent: 'run',
      job: null,
      ended: Promise.resolve(),
    };
    this.#task = task;
    this.#lines = new Map();
    this.#job = null;
    this.#failed = 0;
    this.#report({ ...IDLE, kind: piece.kind, phase: 'working', waiting: this.#waiting.length });
    task.ended = this.#run(task);
  }

  async #run(task: Task): Promise<void> {
    const { piece, controller } = task;
    try {
      if (isScan(piece)) await this.#scan(task, piece.request);
      else await piece.run(controller.signal, (done, total) => this.#counted(task, done, total));
      await this.#end(task, { phase: 'done' });
    } catch (thrown) {
      await this.#stopped(task, toErrorRecord(thrown));
    }
  }

  async #stopped(task: Task, error: ErrorRecord): Promise<void> {
    if (task.intent === 'leave') return;
    if (error.code !== 'CANCELLED' && !(task.intent !== 'run' && task.controller.signal.aborted))
      return this.#end(task, { phase: 'failed', error });
    if (task.intent === 'pause' && isScan(task.piece))
      return this.#report({ phase: 'paused', current: null, leftS: null });
    return this.#end(task, { phase: 'stopped' });
  }

  async #scan(task: Task, request: ScanRequest): Promise<void> {
    const { case: c, engine } = this.#desk;
    const meter = new ScanMeter();
    this.#failed = 0;
    await scan(c, engine, request, {
      signal: task.controller.signal,
      onEvent: (event) => this.#follow(c, task, meter, event),
    });
  }

  #follow(c: OpenCase, task: Task, meter: ScanMeter, event: ScanEvent): void {
    meter.take(event);
    if (event.kind === 'planned') {
      task.job = event.jobId;
      this.#job = event.jobId;
    }
    if (event.kind === 'preserved') {
      this.#desk.index.touch(event.sha256);
      this.#tell({ ...lineOf(c, event.entry.id), state: 'preserved', sha256: event.sha256 });
    }
    if (event.kind === 'finished') this.#finished(c, event.entry.id);
    if (task.intent !== 'run') return;
    if (event.kind === 'progress' && performance.now() - this.#reportedAt < REPORT_EVERY_MS) return;
    const moved = event.kind === 'preserved' || event.kind === 'expired' ? {} : { current: currentOf(c, event) };
    this.#report({ total: meter.total, done: meter.finished, failed: this.#failed, leftS: meter.leftS(), ...moved });
  }

  #finished(c: OpenCase, id: number): void {
    const entry = getEntry(c, id);
    const examination = entry.item && entry.state === 'examined' ? latestExamination(c, entry.item) : null;
    const error = entryFault(entry, examination);
    if (error) this.#failed += 1;
    if (entry.item) this.#desk.index.touch(entry.item);
    this.#tell({ ...lineOf(c, id), state: error ? 'failed' : 'examined', sha256: entry.item, error });
  }

  /** A piece that failed keeps its job and its files: it can be taken up again. */
  async #end(task: Task, end: Pick<Work, 'phase'> & Partial<Work>): Promise<void> {
    const { piece } = task;
    if (end.phase === 'stopped' && isScan(piece)) this.#giveUp(piece.request, task.job);
    if (end.phase !== 'failed' || !isScan(piece)) await piece.located?.release();
    this.#task = null;
    this.#report({ current: null, leftS: null, ...end });
    this.#host.emit('changed', {});
    this.#next();
  }

  #giveUp(request: ScanRequest, job: string | null): void {
    const c = this.#desk.case;
    const open = job ?? request.job ?? findOpenJob(c, scanFingerprint(request))?.id;
    if (open) finishJob(c, open, 'cancelled');
  }

  #counted(task: Task, done: number, total: number): void {
    if (task.intent !== 'run' || (done < total && performance.now() - this.#reportedAt < REPORT_EVERY_MS)) return;
    this.#report({ done, total });
  }

  #tell(line: ItemLine): void {
    this.#lines.set(line.entry, line);
    this.#host.emit('item', line);
  }

  #report(change: Partial<Work>): void {
    this.#reportedAt = performance.now();
    this.#work = { ...this.#work, error: null, ...change };
    this.#host.emit('work', this.#work);
  }
}

function isScan(piece: Piece): piece is Extract<Piece, { readonly request: ScanRequest }> {
  return 'request' in piece;
}

function lineOf(c: OpenCase, id: number): ItemLine {
  const entry = getEntry(c, id);
  return { entry: id, name: nameOfEntry(c, entry), state: 'waiting', sha256: entry.item, error: null };
}

function currentOf(c: OpenCase, event: ScanEvent): Work['current'] {
  if (event.kind !== 'receiving' && event.kind !== 'progress') return null;
  const name = nameOfEntry(c, event.entry);
  if (event.kind === 'receiving') return { name, stage: 'preserving', step: null, fraction: 0, faces: 0, seconds: 0 };
  return { name, stage: 'looking', ...event.progress };
}
