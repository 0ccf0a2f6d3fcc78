/**
 * Makes a person of a case from photos and recordings: each file is preserved as a reference item, judged by the engine,
 * and its vectors are stored sealed. A person without one usable sample is not made, and what serves nobody is erased again.
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
  intake,
  jobProgress,
  listEntries,
  markExamined,
  mustBeThere,
  type OpenCase,
  withWorkingCopy,
} from '../cases/index.ts';
import { DEFAULT_SETTINGS } from '../contract/analyzer.ts';
import type { EnrolmentSample } from '../contract/engine.ts';
import { AppError, type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import { type Reason, reason } from '../contract/fact.ts';
import type { ConsentBasis, PersonRole } from '../contract/item.ts';
import { findOutliers, nearestOthers } from '../contract/samples.ts';
import type { EngineHost } from './engine-host.ts';
import { planPaths } from './plan-paths.ts';

export interface EnrolmentRequest {
  readonly inputs: readonly string[];
  readonly cwd: string;
  /** As in `ScanRequest`. */
  readonly receivedAs?: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly basis: ConsentBasis;
  readonly purpose: string;
  /** ISO date. */
  readonly retainUntil: string;
}

/** `source` is the digest of the reference item, null where the file could not be read. */
export type JudgedSample =
  | { readonly path: string; readonly kind: 'accepted'; readonly sample: EnrolmentSample; readonly source: string }
  | { readonly path: string; readonly kind: 'refused'; readonly why: Reason; readonly source: string | null };

type AcceptedSample = Extract<JudgedSample, { kind: 'accepted' }>;

export interface EnrolledPerson {
  readonly name: string;
  readonly samples: readonly JudgedSample[];
  /** Accepted samples that resemble the person's others less than samples of one person usually do. */
  readonly outliers: readonly { readonly path: string; readonly similarity: number }[];
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
  const jobId = await plan(openCase, request);
  try {
    const judged = await judge(openCase, engine, jobId, { signal, onJudged });
    return openCase.db.transaction(() => enrolFrom(judged));
  } finally {
    await endEnrolment(openCase, jobId);
  }

  function enrolFrom(judged: readonly JudgedSample[]): EnrolledPerson {
    const accepted = judged.filter((j) => j.kind === 'accepted');
    if (accepted.length === 0) {
      const why = judged.find((j) => j.kind === 'refused')?.why.code ?? 'no-file';
      throw new AppError('REFERENCE_NO_USABLE_SAMPLE', { why });
    }
    const person = addPerson(openCase, { name, role, basis, purpose, retainUntil });
    for (const { sample, source } of accepted) {
      addSample(openCase, person.id, {
        kind: sample.kind,
        modelId: sample.modelId,
        models: sample.models,
        vector: sample.vector,
        quality: sample.quality,
        source,
        accepted: true,
        reason: null,
      });
    }
    finishJob(openCase, jobId, 'done');
    return { name, samples: judged, outliers: outliersOf(accepted) };
  }
}

async function plan(openCase: OpenCase, request: EnrolmentRequest): Promise<string> {
  const entries = [];
  for await (const { path, error } of planPaths(request.inputs, request.cwd, openCase.dataRoot)) {
    const pathBytes = path.bytes ? { pathBytes: Buffer.from(path.bytes).toString('base64') } : {};
    const receivedAs = request.receivedAs ? { receivedAs: request.receivedAs } : {};
    entries.push({ path: path.text, ...pathBytes, ...receivedAs, error });
  }
  return createJob(openCase, {
    fingerprint: JSON.stringify({ enrol: request.name, inputs: request.inputs }),
    settings: DEFAULT_SETTINGS,
    role: 'reference',
    retention: 'copy',
    entries,
  });
}

interface Judging {
  readonly signal: AbortSignal;
  readonly onJudged: (judged: JudgedSample) => void;
}

async function judge(
  openCase: OpenCase,
  engine: EngineHost,
  jobId: string,
  { signal, onJudged }: Judging,
): Promise<JudgedSample[]> {
  const judged: JudgedSample[] = [];
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
      for (const sample of samples) tell(judgement(path, item.sha256, sample));
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

function judgement(path: string, source: string, sample: EnrolmentSample): JudgedSample {
  return sample.refusal === null
    ? { path, kind: 'accepted', sample, source }
    : { path, kind: 'refused', why: sample.refusal, source };
}

/** By kind of sample: a face and a voice are never compared. */
function outliersOf(accepted: readonly AcceptedSample[]): { path: string; similarity: number }[] {
  return [...Map.groupBy(accepted, ({ sample }) => sample.modelId).values()].flatMap((alike) => {
    const vectors = alike.flatMap(({ sample }) => (sample.vector ? [sample.vector] : []));
    const nearest = nearestOthers(vectors);
    return findOutliers(vectors).map((n) => ({ path: alike[n]!.path, similarity: nearest[n]! }));
  });
}
