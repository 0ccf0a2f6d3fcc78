/**
 * One scan from the named paths to stored examinations: plan, preserve, examine, record. While one item is examined the next is
 * preserved and begun, but all are recorded in the planned order, and the bytes of an item are in the case before the one
 * ahead of it is recorded: a scan that is killed goes on where it was and ends with the rows of one that was not.
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
  mustBeThere,
  type OpenCase,
  type PlannedEntry,
  type PlannedItem,
  recordExamination,
  referencePersons,
  withWorkingCopy,
} from '../cases/index.ts';
import type { EmbeddingNetworks, ScanSettings } from '../contract/analyzer.ts';
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
  /** That `items` are those whose answers are not of now (`renewals`): an unfinished job over them goes on, whichever it has not come to yet. */
  readonly renews?: true;
  /** An unfinished job of the case that is to go on as it was planned, whatever `inputs` and `items` say. */
  readonly job?: string;
  /** How the inputs reached the user, as a code or in their words; sealed with each sighting. */
  readonly receivedAs?: string;
  /** Folder that relative inputs are resolved against. */
  readonly cwd: string;
  readonly role: ItemRole;
  readonly retention: Retention;
  readonly settings: ScanSettings;
  /** Networks that make the vectors: references that others made are left aside, and said to be. */
  readonly networks: EmbeddingNetworks;
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
  /** Of the first item that is not finished; what goes on beside it is not told. */
  | { readonly kind: 'progress'; readonly entry: Entry; readonly progress: EngineProgress }
  /** Told once for every entry in the planned order, those finished by an earlier run included. */
  | { readonly kind: 'finished'; readonly entry: Entry };

/** Items in hand at once: while networks compute for one, the others are decoded and measured. */
const IN_HAND = 4;

/** An entry that was begun; `sha256` is null where it has nothing to examine, because it failed or was finished before. */
interface InHand {
  readonly entry: Entry;
  readonly sha256: string | null;
  readonly startedAtMs: number;
  /** Null too where the same bytes are examined already. */
  readonly examination: Promise<Examination> | null;
}

/** Faults that concern the case or the machine, not the item: the scan stops and can be resumed. */
const STOPS: ReadonlySet<ErrorCode> = new Set([
  'CANCELLED',
  'NO_SPACE',
  'SYSTEM_EXHAUSTED',
  'CASE_CORRUPT',
  'CASE_READ_ONLY',
  'PLACE_MISSING',
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
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const references = referencePersons(openCase, request.networks);
  for (const person of references.expired) options.onEvent({ kind: 'expired', person });

  const inHand: InHand[] = [];
  let told: Entry['id'] | null = null;
  let last: Entry | undefined;
  try {
    for (;;) {
      while (inHand.length < IN_HAND) {
        const [entry] = listEntries(openCase, jobId, { ...(last ? { after: last.position } : {}), limit: 1 });
        if (!entry) break;
        last = entry;
        told ??= entry.id;
        inHand.push(await begin(entry));
      }
      const first = inHand[0];
      if (!first) break;
      await finish(first);
      inHand.shift();
      told = inHand[0]?.entry.id ?? null;
      options.onEvent({ kind: 'finished', entry: getEntry(openCase, first.entry.id) });
    }
  } catch (thrown) {
    stop.abort();
    await Promise.allSettled(inHand.map(({ examination }) => examination));
    throw thrown;
  }
  finishJob(openCase, jobId, 'done');

  /** Preserves the entry and starts to examine it, unless its bytes were or are being examined by this job. */
  async function begin(entry: Entry): Promise<InHand> {
    const open = entry.state === 'pending' || entry.state === 'sealed';
    if (!open) return { entry, sha256: null, startedAtMs: 0, examination: null };
    try {
      signal.throwIfAborted();
      if (entry.state === 'pending') options.onEvent({ kind: 'receiving', entry });
      const { sha256 } = (await intake(openCase, entry, { signal })).item;
      options.onEvent({ kind: 'preserved', entry, sha256 });
      const known = examinationOfJob(openCase, jobId, sha256) !== null || inHand.some((o) => o.sha256 === sha256);
      const examination = known ? null : examine(entry, sha256);
      examination?.catch(() => {});
      return { entry, sha256, startedAtMs: Date.now(), examination };
    } catch (thrown) {
      await fail(entry, thrown);
      return { entry, sha256: null, startedAtMs: 0, examination: null };
    }
  }

  async function finish({ entry, sha256, startedAtMs, examination }: InHand): Promise<void> {
    if (sha256 === null) return;
    try {
      if (examinationOfJob(openCase, jobId, sha256) !== null) {
        markExamined(openCase, entry);
        return;
      }
      const result = await (examination ?? examine(entry, sha256));
      await mustBeThere(openCase);
      await recordExamination(openCase, { entry, examination: result, settings: request.settings, startedAtMs });
    } catch (thrown) {
      await fail(entry, thrown);
    }
  }

  async function fail(entry: Entry, thrown: unknown): Promise<void> {
    const error = options.signal.aborted ? { code: 'CANCELLED' as const, params: {} } : toErrorRecord(thrown);
    if (STOPS.has(error.code)) throw new AppError(error.code, error.params, { cause: thrown });
    await mustBeThere(openCase);
    failEntry(openCase, entry, error);
  }

  function examine(entry: Entry, sha256: string): Promise<Examination> {
    return withWorkingCopy(
      openCase,
      sha256,
      (path) =>
        engine.examine(
          {
            path,
            claimedExtension: claimedExtension(openCase, sha256),
            sha256,
            settings: request.settings,
            references: references.people,
            only: [],
          },
          {
            signal,
            onProgress: (progress) => {
              if (entry.id === told) options.onEvent({ kind: 'progress', entry, progress });
            },
          },
        ),
      { signal },
    );
  }
}

/** What an unfinished job is found again by. */
export function scanFingerprint({ inputs, items, renews, cwd, role, retention, settings }: ScanRequest): string {
  return JSON.stringify({ inputs, items: renews ? 'renewed' : items, cwd, role, retention, settings });
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
