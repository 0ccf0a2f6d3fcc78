/**
 * Runs the analyzers of a plan over one opened item. The only place that catches: an analyzer that throws or hangs is
 * recorded as failed and the others go on. It decides order, time limits and progress, and nothing about evidence.
 */
import type {
  Analyzer,
  AnalyzerContext,
  AnalyzerInput,
  ModelAccess,
  Need,
  ReferencePerson,
  ScanSettings,
} from '../contract/analyzer.ts';
import type { Step } from '../contract/engine.ts';
import { AppError, type ErrorCode, type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import { type Reason, reason } from '../contract/fact.ts';
import type { MediaInfo, OpenMedia } from '../contract/media.ts';
import { type Outcome, outcomeSchema } from '../contract/outcome.ts';
import type { Faces, Voices } from '../contract/perception.ts';

/** What perception gave: a value, or the fault that kept it from giving one. */
export type Perceived<T> = { readonly value: T } | { readonly error: ErrorRecord };

/** Faults that say nothing of the item, which is to be examined again when they are mended: never a record of it. */
const OF_THE_MACHINE: ReadonlySet<ErrorCode> = new Set(['NO_SPACE', 'SYSTEM_EXHAUSTED']);

/** What went wrong with the item; a fault of the machine is thrown on. */
export function faultOfItem(thrown: unknown): ErrorRecord {
  const error = toErrorRecord(thrown);
  if (OF_THE_MACHINE.has(error.code)) throw new AppError(error.code, error.params, { cause: thrown });
  return error;
}

export interface RunOptions {
  readonly media: OpenMedia;
  /** Why the item's picture and sound cannot be had: only analyzers of its bytes run then. */
  readonly fault: ErrorRecord | null;
  readonly sha256: string;
  readonly models: ModelAccess;
  readonly references: readonly ReferencePerson[];
  readonly settings: ScanSettings;
  readonly signal: AbortSignal;
  readonly knownFailures: Readonly<Record<Step, ErrorRecord>>;
  readonly faces: () => Promise<Perceived<Faces>>;
  readonly voices: () => Promise<Perceived<Voices>>;
  /** Told before each step begins; the host's watchdog counts from here. */
  readonly onStep: (step: Step, silenceLimitS: number) => void;
  readonly onProgress: (step: Step, fraction: number) => void;
}

/**
 * Every analyzer gives at least one outcome, in the order of the registry.
 * Throws AppError `CANCELLED` when the signal is aborted, and the faults of the machine: such an item has no outcomes, it is examined again.
 */
export async function runAnalyzers(
  analyzers: readonly Analyzer[],
  options: RunOptions,
): Promise<{ outcomes: Outcome[]; timings: Record<string, number> }> {
  const outcomes: Outcome[] = [];
  const timings: Record<string, number> = {};
  for (const analyzer of analyzers) {
    options.signal.throwIfAborted();
    const startedAt = performance.now();
    outcomes.push(...(await runOne(analyzer, options)));
    timings[analyzer.id] = performance.now() - startedAt;
    options.onProgress(analyzer.id, 1);
  }
  return { outcomes, timings };
}

async function runOne(analyzer: Analyzer, options: RunOptions): Promise<Outcome[]> {
  const { media, models, knownFailures } = options;
  const known = knownFailures[analyzer.id];
  if (known) return [unfinished(analyzer, 'failed', reason(known.code, known.params))];
  if (options.fault && !readsBytesAlone(analyzer)) {
    return [unfinished(analyzer, 'notRun', needFailed('decoding', options.fault))];
  }
  const inapplicable = analyzer.appliesTo(media.info);
  if (inapplicable) return [unfinished(analyzer, 'notApplicable', inapplicable)];
  const leftOutNow = options.settings.depth === 'quick' ? analyzer.leftOutOfQuickPass?.(media.info) : null;
  if (leftOutNow) return [unfinished(analyzer, 'notRun', leftOutNow)];
  const missing = analyzer.models.find((id) => !models.has(id));
  if (missing) return [unfinished(analyzer, 'notRun', reason('model-missing', { model: missing }))];

  const input = await gather(analyzer.needs, options);
  if ('why' in input) return [unfinished(analyzer, 'notRun', input.why)];

  options.onStep(analyzer.id, analyzer.timeLimitS);
  try {
    const outcomes = await runLimited(analyzer, input, options);
    // With nobody to compare with, more of the item would tell no more.
    if (outcomes.every((o) => o.reason?.code === 'no-reference')) return outcomes;
    return [...outcomes, ...leftOut(analyzer, media.info).map((why) => unfinished(analyzer, 'notRun', why))];
  } catch (thrown) {
    if (options.signal.aborted) throw new AppError('CANCELLED');
    const error = faultOfItem(thrown);
    return [
      unfinished(analyzer, 'failed', reason(error.code === 'INTERNAL' ? 'ANALYZER_CRASHED' : error.code, error.params)),
    ];
  }
}

async function runLimited(analyzer: Analyzer, input: AnalyzerInput, options: RunOptions): Promise<Outcome[]> {
  using deadline = new Deadline(analyzer.timeLimitS);
  const context: AnalyzerContext = {
    signal: AbortSignal.any([options.signal, deadline.signal]),
    progress: (fraction) => options.onProgress(analyzer.id, fraction),
    random: seededRandom(`${options.sha256}${analyzer.id}`),
    models: options.models,
    references: options.references,
    settings: options.settings,
  };
  const results = await Promise.race([analyzer.run(input, context), deadline.passed]);
  if (results.length === 0) throw new TypeError(`${analyzer.id} gave no outcome`);
  return results.map((r) => outcomeSchema.parse({ ...r, analyzer: analyzer.id, version: analyzer.version }));
}

/** What the item holds besides that is looked at by nobody: one reason for each kind. */
function leftOut({ needs, looksAtPicture = false }: Analyzer, info: MediaInfo): Reason[] {
  const { video, audio, image, unreadFrom } = info;
  const [seen, heard] = [looksAtPicture || needs.includes('faces'), needs.includes('voices')];
  const reasons: Reason[] = [];
  if (seen && video.length > 1) reasons.push(reason('further-films', { count: video.length - 1 }));
  if (heard && audio.length > 1) reasons.push(reason('further-sound-tracks', { count: audio.length - 1 }));
  if (seen && image?.pages) reasons.push(reason('further-pictures', { count: image.pages - 1 }));
  if (looksAtPicture && image && image.frames > 1)
    reasons.push(reason('further-pictures', { count: image.frames - 1 }));
  if ((seen || heard) && unreadFrom !== undefined) reasons.push(reason('further-piece', { offset: unreadFrom }));
  return reasons;
}

function readsBytesAlone({ id }: Analyzer): boolean {
  return id.startsWith('provenance-');
}

/** Keeps what the fault names, so that it can be said in full. */
function needFailed(need: Need | 'decoding', { code, params }: ErrorRecord): Reason {
  return reason('need-failed', { ...params, need, code });
}

/** Fetches what the analyzer needs; perception runs at the first request and is kept by the caller. */
async function gather(needs: readonly Need[], options: RunOptions): Promise<AnalyzerInput | { why: Reason }> {
  const perceived = new Map<Need, unknown>();
  for (const need of needs) {
    const result = await options[need]();
    if ('error' in result) return { why: needFailed(need, result.error) };
    perceived.set(need, result.value);
  }
  return {
    media: options.media,
    sha256: options.sha256,
    faces: (perceived.get('faces') as Faces | undefined) ?? null,
    voices: (perceived.get('voices') as Voices | undefined) ?? null,
  };
}

function unfinished(analyzer: Analyzer, status: Outcome['status'], why: Reason): Outcome {
  return {
    analyzer: analyzer.id,
    version: analyzer.version,
    subject: 'file',
    reference: null,
    status,
    reason: why,
    rawScore: null,
    llr: null,
    band: null,
    examined: [],
    facts: [],
  };
}

class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly passed: Promise<never>;

  constructor(limitS: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.passed = promise;
    this.#timer = setTimeout(() => {
      reject(new AppError('ANALYZER_TIMEOUT', { seconds: limitS }));
      this.#controller.abort();
    }, limitS * 1000);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** Mulberry32 over an FNV-1a seed: small, fast, the same on every machine. Not for keys. */
function seededRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ char.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
