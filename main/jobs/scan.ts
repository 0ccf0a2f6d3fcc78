/**
 * One scan from the named paths to stored examinations: plan, preserve, examine, record, item by item in the planned order.
 * Everything finished is in the case before the next item begins, so a scan that is killed goes on where it was.
 */
import {
  claimedExtension,
  createJob,
  type Entry,
  examinationOfJob,
  failEntry,
  findOpenJob,
  finishJob,
  getEntry,
  intake,
  jobProgress,
  listEntries,
  markExamined,
  type OpenCase,
  type PlannedEntry,
  type PlannedItem,
  recordExamination,
  referencePersons,
  withWorkingCopy,
} from '../cases/index.ts';
import type { ScanSettings } from '../contract/analyzer.ts';
import type { EngineProgress, Examination } from '../contract/engine.ts';
import { AppError, type ErrorCode, toErrorRecord } from '../contract/errors.ts';
import type { ItemRole, Person, Retention } from '../contract/item.ts';
import type { EngineHost } from './engine-host.ts';
import { planPaths } from './plan-paths.ts';

export interface ScanRequest {
  /** Files, folders and globs. */
  readonly inputs: readonly string[];
  /** Digests of items that the case already has, to be examined again instead of `inputs`. */
  readonly items?: readonly string[];
  /** An unfinished job of the case that is to go on as it was planned, whatever `inputs` and `items` say. */
  readonly job?: string;
  /** How the inputs reached the user, as a code or in their words; sealed with each sighting. */
  readonly receivedAs?: string;
  /** Folder that relative inputs are resolved against. */
  readonly cwd: string;
  readonly role: ItemRole;
  readonly retention: Retention;
  readonly settings: ScanSettings;
  /** Models whose vectors the case's references are compared with; others are left aside. */
  readonly faceModel: string;
  readonly voiceModel: string;
}

export type ScanEvent =
  | {
      readonly kind: 'planned';
      readonly jobId: string;
      readonly total: number;
      readonly done: number;
      readonly resumed: boolean;
    }
  | { readonly kind: 'expired'; readonly person: Person }
  /** Its bytes are about to be read, fingerprinted and sealed. */
  | { readonly kind: 'receiving'; readonly entry: Entry }
  | { readonly kind: 'preserved'; readonly entry: Entry; readonly sha256: string }
  | { readonly kind: 'progress'; readonly entry: Entry; readonly progress: EngineProgress }
  /** Told once for every entry in order, those finished by an earlier run included. */
  | { readonly kind: 'finished'; readonly entry: Entry };

/** Faults that concern the case or the machine, not the item: the scan stops and can be resumed. */
const STOPS: ReadonlySet<ErrorCode> = new Set([
  'CANCELLED',
  'NO_SPACE',
  'CASE_CORRUPT',
  'CASE_READ_ONLY',
  'VAULT_KEY_MISSING',
  'CUSTODY_BROKEN',
]);

/**
 * Runs or resumes a scan. The same inputs, role, retention and settings resume an unfinished job of the case.
 * Throws AppError of the codes above, leaving the job open; an item's own fault is recorded and the scan goes on.
 */
export async function scan(
  openCase: OpenCase,
  engine: EngineHost,
  request: ScanRequest,
  options: { signal: AbortSignal; onEvent: (event: ScanEvent) => void },
): Promise<void> {
  const jobId = await openJob(openCase, request, options);
  const references = referencePersons(openCase, { faceModel: request.faceModel, voiceModel: request.voiceModel });
  for (const person of references.expired) options.onEvent({ kind: 'expired', person });

  let after: number | undefined;
  for (;;) {
    const [entry] = listEntries(openCase, jobId, { ...(after === undefined ? {} : { after }), limit: 1 });
    if (!entry) break;
    after = entry.position;
    if (entry.state === 'pending' || entry.state === 'sealed') await advance(entry);
    options.onEvent({ kind: 'finished', entry: getEntry(openCase, entry.id) });
  }
  finishJob(openCase, jobId, 'done');

  async function advance(entry: Entry): Promise<void> {
    try {
      options.signal.throwIfAborted();
      if (entry.state === 'pending') options.onEvent({ kind: 'receiving', entry });
      const { item } = await intake(openCase, entry, { signal: options.signal });
      options.onEvent({ kind: 'preserved', entry, sha256: item.sha256 });
      if (examinationOfJob(openCase, jobId, item.sha256) !== null) {
        markExamined(openCase, entry);
        return;
      }
      const startedAtMs = Date.now();
      const examination = await examine(entry, item.sha256);
      await recordExamination(openCase, { entry, examination, settings: request.settings, startedAtMs });
    } catch (thrown) {
      const error = options.signal.aborted ? { code: 'CANCELLED' as const, params: {} } : toErrorRecord(thrown);
      if (STOPS.has(error.code)) throw new AppError(error.code, error.params, { cause: thrown });
      failEntry(openCase, entry, error);
    }
  }

  function examine(entry: Entry, sha256: string): Promise<Examination> {
    return withWorkingCopy(
      openCase,
      sha256,
      (path) =>
        engine.examine(
          {
            id: entry.id,
            path,
            claimedExtension: claimedExtension(openCase, sha256),
            sha256,
            settings: request.settings,
            references: references.people,
            only: [],
          },
          { signal: options.signal, onProgress: (progress) => options.onEvent({ kind: 'progress', entry, progress }) },
        ),
      { signal: options.signal },
    );
  }
}

/** What an unfinished job is found again by. */
export function scanFingerprint({ inputs, items, cwd, role, retention, settings }: ScanRequest): string {
  return JSON.stringify({ inputs, items, cwd, role, retention, settings });
}

/** The unfinished job of the same request, or a new one whose whole plan is stored before anything is read. */
async function openJob(
  openCase: OpenCase,
  request: ScanRequest,
  { signal, onEvent }: { signal: AbortSignal; onEvent: (event: ScanEvent) => void },
): Promise<string> {
  const { inputs, items, receivedAs, cwd, role, retention, settings } = request;
  const fingerprint = scanFingerprint(request);
  const open = request.job === undefined ? findOpenJob(openCase, fingerprint) : { id: request.job };
  if (open) {
    const { total, examined, failed } = jobProgress(openCase, open.id);
    onEvent({ kind: 'planned', jobId: open.id, total, done: examined + failed, resumed: true });
    return open.id;
  }
  const entries: (PlannedEntry | PlannedItem)[] = (items ?? []).map((item) => ({ item }));
  for await (const { path, error } of planPaths(items ? [] : inputs, cwd, openCase.dataRoot)) {
    signal.throwIfAborted();
    const pathBytes = path.bytes ? { pathBytes: Buffer.from(path.bytes).toString('base64') } : {};
    entries.push({ path: path.text, ...pathBytes, ...(receivedAs ? { receivedAs } : {}), error });
  }
  const jobId = createJob(openCase, { fingerprint, settings, role, retention, entries });
  onEvent({ kind: 'planned', jobId, total: entries.length, done: 0, resumed: false });
  return jobId;
}
