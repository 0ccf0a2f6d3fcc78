/**
 * Makes a person of a case from photos and recordings, or adds to one who is there: each file is preserved as a reference item, judged
 * by the engine, and its vectors are stored sealed. Without one usable sample nothing is made, and what serves nobody is erased again.
 */
import {
  addPerson,
  addSample,
  claimedExtension,
  createJob,
  endEnrolment,
  failEntry,
  findPerson,
  finishJob,
  getPerson,
  intake,
  isExpired,
  itemName,
  jobProgress,
  listEntries,
  markExamined,
  mustBeThere,
  type OpenCase,
  type PersonWithSamples,
  type Sample,
  samplesApart,
  withWorkingCopy,
} from '../cases/index.ts';
import { DEFAULT_SETTINGS, madeAlike } from '../contract/analyzer.ts';
import type { EnrolmentSample } from '../contract/engine.ts';
import { AppError, type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import { type Reason, reason } from '../contract/fact.ts';
import type { Person } from '../contract/item.ts';
import type { EngineHost } from './engine-host.ts';
import { planPaths } from './plan-paths.ts';

export interface SampleFiles {
  readonly inputs: readonly string[];
  readonly cwd: string;
  /** As in `ScanRequest`. */
  readonly receivedAs?: string;
}

export type EnrolmentRequest = SampleFiles & Omit<Person, 'id'>;

export interface AdditionRequest extends SampleFiles {
  /** Name or id of somebody who is enrolled. */
  readonly person: string;
}

/** `source` is the digest of the reference item, null where the file could not be read. */
export type JudgedSample =
  | { readonly path: string; readonly kind: 'accepted'; readonly sample: EnrolmentSample; readonly source: string }
  | { readonly path: string; readonly kind: 'refused'; readonly why: Reason; readonly source: string | null };

export interface EnrolledPerson {
  readonly name: string;
  readonly samples: readonly JudgedSample[];
  /**
   * Samples, those that were there before among them, that resemble the person's others less than samples of one person usually do.
   * `sample`: its id. `path`: of one that was there before, the name of its file.
   */
  readonly outliers: readonly { readonly sample: number; readonly path: string; readonly similarity: number }[];
}

/** Tells each file as it is judged. Throws AppError `REFERENCE_EXISTS`, `REFERENCE_NO_USABLE_SAMPLE`, `CANCELLED`, or a fault of the case. */
export async function enrolPerson(
  openCase: OpenCase,
  engine: EngineHost,
  request: EnrolmentRequest,
  signal: AbortSignal,
  onJudged: (judged: JudgedSample) => void = () => {},
): Promise<EnrolledPerson> {
  const { name, role, basis, purpose, retainUntil } = request;
  if (findPerson(openCase, name)) throw new AppError('REFERENCE_EXISTS', { name });
  const person = () => addPerson(openCase, { name, role, basis, purpose, retainUntil });
  return enrol(openCase, engine, request, { signal, onJudged, known: [], person });
}

/**
 * Adds samples to a person, who is kept on the terms and until the day that were stated at enrolment. Tells each file as it is judged.
 * Throws AppError `REFERENCE_NOT_FOUND`, `REFERENCE_EXPIRED`, `REFERENCE_NO_USABLE_SAMPLE`, `CANCELLED`, or a fault of the case.
 */
export async function addToPerson(
  openCase: OpenCase,
  engine: EngineHost,
  request: AdditionRequest,
  signal: AbortSignal,
  onJudged: (judged: JudgedSample) => void = () => {},
): Promise<EnrolledPerson> {
  const { id, samples } = current(openCase, request.person);
  // While files are judged the person may be removed, or their day pass.
  return enrol(openCase, engine, request, { signal, onJudged, known: samples, person: () => current(openCase, id) });
}

function current(openCase: OpenCase, name: string): PersonWithSamples {
  const person = getPerson(openCase, name);
  if (isExpired(person, openCase.now()))
    throw new AppError('REFERENCE_EXPIRED', { name: person.name, date: person.retainUntil });
  return person;
}

interface Judging {
  readonly signal: AbortSignal;
  readonly onJudged: (judged: JudgedSample) => void;
  /** What the person has already: it is not taken twice. */
  readonly known: readonly Sample[];
}

interface Enrolment extends Judging {
  /** Whose the samples are to be; called in the transaction that stores them. */
  readonly person: () => Pick<Person, 'id' | 'name'>;
}

async function enrol(
  openCase: OpenCase,
  engine: EngineHost,
  files: SampleFiles,
  { person, ...judging }: Enrolment,
): Promise<EnrolledPerson> {
  const jobId = await plan(openCase, files);
  try {
    const judged = await judge(openCase, engine, jobId, judging);
    return openCase.db.transaction(() => store(judged));
  } finally {
    await endEnrolment(openCase, jobId);
  }

  function store(judged: readonly JudgedSample[]): EnrolledPerson {
    const accepted = judged.filter((j) => j.kind === 'accepted');
    if (accepted.length === 0) {
      const why = judged.find((j) => j.kind === 'refused')?.why.code ?? 'no-file';
      throw new AppError('REFERENCE_NO_USABLE_SAMPLE', { why });
    }
    const { id, name } = person();
    const paths = new Map<number, string>();
    for (const { sample, source, path } of accepted) {
      const added = addSample(openCase, id, {
        kind: sample.kind,
        modelId: sample.modelId,
        models: sample.models,
        vector: sample.vector,
        quality: sample.quality,
        source,
        accepted: true,
        reason: null,
      });
      paths.set(added, path);
    }
    finishJob(openCase, jobId, 'done');
    const apart = samplesApart(openCase, id);
    const outliers = getPerson(openCase, id).samples.flatMap(({ id: sample, source }) => {
      const path = paths.get(sample) ?? (source ? itemName(openCase, source) : '');
      return apart.has(sample) ? [{ sample, path, similarity: apart.get(sample)! }] : [];
    });
    return { name, samples: judged, outliers };
  }
}

async function plan(openCase: OpenCase, request: SampleFiles): Promise<string> {
  const entries = [];
  for await (const { path, error } of planPaths(request.inputs, request.cwd, openCase.dataRoot)) {
    const pathBytes = path.bytes ? { pathBytes: Buffer.from(path.bytes).toString('base64') } : {};
    const receivedAs = request.receivedAs ? { receivedAs: request.receivedAs } : {};
    entries.push({ path: path.text, ...pathBytes, ...receivedAs, error });
  }
  return createJob(openCase, {
    fingerprint: JSON.stringify({ enrol: request.inputs }),
    settings: DEFAULT_SETTINGS,
    role: 'reference',
    retention: 'copy',
    entries,
  });
}

async function judge(
  openCase: OpenCase,
  engine: EngineHost,
  jobId: string,
  { signal, onJudged, known }: Judging,
): Promise<JudgedSample[]> {
  const judged: JudgedSample[] = [];
  const taken: Pick<Sample, 'kind' | 'models' | 'source'>[] = [...known];
  const tell = (sample: JudgedSample) => {
    judged.push(sample);
    onJudged(sample);
  };
  for (const entry of listEntries(openCase, jobId, { limit: jobProgress(openCase, jobId).total })) {
    const path = entry.path?.path ?? '';
    try {
      signal.throwIfAborted();
      const { item } = await intake(openCase, entry, { signal });
      const { samples } = await withWorkingCopy(openCase, item.sha256, (copy) =>
        engine.enrol(
          {
            path: copy,
            claimedExtension: claimedExtension(openCase, item.sha256),
            sha256: item.sha256,
            settings: DEFAULT_SETTINGS,
          },
          { signal, onProgress: () => {} },
        ),
      );
      markExamined(openCase, entry);
      for (const sample of samples) {
        const source = item.sha256;
        const why = sample.refusal ?? (taken.some((other) => isSame(other, { ...sample, source })) ? KNOWN : null);
        if (why === null) taken.push({ ...sample, source });
        tell(why === null ? { path, kind: 'accepted', sample, source } : { path, kind: 'refused', why, source });
      }
    } catch (thrown) {
      const error: ErrorRecord = signal.aborted ? { code: 'CANCELLED', params: {} } : toErrorRecord(thrown);
      if (error.code === 'CANCELLED' || error.code === 'NO_SPACE')
        throw new AppError(error.code, error.params, { cause: thrown });
      await mustBeThere(openCase);
      failEntry(openCase, entry, error);
      tell({ path, kind: 'refused', why: reason(error.code, error.params), source: null });
    }
  }
  return judged;
}

const KNOWN = reason('sample-known');

/** The same face or voice of the same bytes, measured by the same networks. */
function isSame(a: Pick<Sample, 'kind' | 'models' | 'source'>, b: Pick<Sample, 'kind' | 'models' | 'source'>): boolean {
  return a.kind === b.kind && a.source === b.source && madeAlike(a.models, b.models);
}
