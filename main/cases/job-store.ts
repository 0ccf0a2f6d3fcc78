/**
 * The durable queue: what was asked to be examined, entry by entry, and how far each has come. A plan is written whole before
 * work begins, so that a run that was killed goes on with the same plan.
 */
import { randomUUID } from 'node:crypto';
import type { EmbeddedPart } from '../contract/engine.ts';
import type { ErrorRecord } from '../contract/errors.ts';
import type { ItemRole, Retention } from '../contract/item.ts';
import { appendCustody } from './custody.ts';
import { rowDigest } from './custody-check.ts';
import type { CaseDatabase } from './database.ts';
import type { FilePath } from './file-path.ts';
import { keyedTag } from './item-keys.ts';
import { placeKey } from './items.ts';
import type { OpenCase } from './open-case.ts';
import { sealJson, unsealJson } from './sealing.ts';

export type EntryState = 'pending' | 'sealed' | 'examined' | 'failed';
export type JobState = 'open' | 'done' | 'cancelled';

export interface JobRequest {
  /** Canonical text of what was asked, to find an unfinished job again; stored as a keyed digest only. */
  readonly fingerprint: string;
  /** JSON; sealed. */
  readonly settings: unknown;
  readonly role: ItemRole;
  readonly retention: Retention;
  readonly entries: Iterable<PlannedEntry | PlannedItem>;
}

/** An item that the case already has, to be examined again: nothing is received anew. */
export interface PlannedItem {
  readonly item: string;
}

export interface PlannedEntry extends FilePath {
  readonly role?: ItemRole;
  /** How it reached the user, in their words (a forwarded message, a download); sealed. */
  readonly receivedAs?: string;
  /** What went wrong already while planning (a folder that cannot be read): the entry is recorded as failed. */
  readonly error?: ErrorRecord | null;
}

export interface JobRow {
  readonly id: string;
  readonly state: JobState;
  readonly settings: unknown;
  readonly role: ItemRole;
  readonly retention: Retention;
  readonly createdAtMs: number;
}

export interface Entry {
  readonly id: number;
  readonly jobId: string;
  readonly position: number;
  readonly state: EntryState;
  readonly role: ItemRole;
  readonly retention: Retention;
  /** Null for an embedded part, and after the item was erased. */
  readonly path: FilePath | null;
  readonly receivedAs: string | null;
  /** Set for a part found inside another item of the job. */
  readonly part: (EmbeddedPart & { readonly parent: string }) | null;
  readonly item: string | null;
  readonly error: ErrorRecord | null;
}

export interface JobProgress {
  readonly total: number;
  readonly pending: number;
  readonly sealed: number;
  readonly examined: number;
  readonly failed: number;
}

/** Writes the whole plan in one transaction and returns the id of the job. */
export function createJob(c: OpenCase, request: JobRequest): string {
  const id = randomUUID();
  c.db.transaction(() => {
    c.db.run(
      'INSERT INTO jobs (id, fingerprint, state, role, retention, sealedSettings, createdAtMs) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      keyedTag(c, 'job', request.fingerprint),
      'open',
      request.role,
      request.retention,
      sealJson(c.keys.text, `job ${id}`, request.settings),
      c.now(),
    );
    let position = 0;
    for (const planned of request.entries) {
      position += 1;
      if ('item' in planned) {
        c.db.run(
          "INSERT INTO jobEntries (job, position, state, role, item) SELECT ?, ?, 'sealed', role, sha256 FROM items WHERE sha256 = ?",
          id,
          position,
          planned.item,
        );
        continue;
      }
      const { role, error, ...origin } = planned;
      const { id: entry } = c.db.run(
        "INSERT INTO jobEntries (job, position, state, role, sealedPath) VALUES (?, ?, 'pending', ?, ?)",
        id,
        position,
        role ?? request.role,
        sealJson(c.keys.text, `entry ${id} ${position}`, plannedOrigin(origin)),
      );
      if (error) failEntry(c, getEntry(c, entry), error);
    }
  });
  return id;
}

/** What is sealed of a planned entry. */
type PlannedOrigin = FilePath & Pick<PlannedEntry, 'receivedAs'>;

function plannedOrigin({ path, pathBytes, receivedAs }: PlannedOrigin): PlannedOrigin {
  return { path, ...(pathBytes === undefined ? {} : { pathBytes }), ...(receivedAs ? { receivedAs } : {}) };
}

interface StoredJob extends Omit<JobRow, 'settings'> {
  readonly sealedSettings: Buffer;
}

/** The unfinished job that was asked for in the same words, the newest where there are several. */
export function findOpenJob(c: OpenCase, fingerprint: string): JobRow | null {
  const row = c.db.get<StoredJob>(
    "SELECT * FROM jobs WHERE fingerprint = ? AND state = 'open' ORDER BY createdAtMs DESC, rowid DESC LIMIT 1",
    keyedTag(c, 'job', fingerprint),
  );
  return row ? jobOf(c, row) : null;
}

/** Unfinished jobs, oldest first. */
export function openJobs(c: OpenCase): JobRow[] {
  return c.db
    .all<StoredJob>("SELECT * FROM jobs WHERE state = 'open' ORDER BY createdAtMs, rowid")
    .map((row) => jobOf(c, row));
}

function jobOf(c: OpenCase, row: StoredJob): JobRow {
  const { id, state, role, retention, createdAtMs } = row;
  return {
    id,
    state,
    role,
    retention,
    createdAtMs,
    settings: unsealJson(c.keys.text, `job ${id}`, row.sealedSettings),
  };
}

interface StoredEntry {
  readonly id: number;
  readonly job: string;
  readonly position: number;
  readonly state: EntryState;
  readonly role: ItemRole;
  readonly retention: Retention;
  readonly item: string | null;
  readonly sealedPath: Buffer | null;
  readonly parent: string | null;
  readonly partJson: string | null;
  readonly errorJson: string | null;
}

const ENTRIES = 'SELECT jobEntries.*, jobs.retention FROM jobEntries JOIN jobs ON jobs.id = jobEntries.job';
const ALL_STATES: readonly EntryState[] = ['pending', 'sealed', 'examined', 'failed'];

/** Entries in the order of the plan, after a position; embedded parts follow the planned ones as they were found. */
export function listEntries(
  c: OpenCase,
  jobId: string,
  page: { readonly after?: number; readonly limit?: number; readonly states?: readonly EntryState[] } = {},
): Entry[] {
  const rows = c.db.all<StoredEntry>(
    `${ENTRIES} WHERE job = ? AND position > ? AND jobEntries.state IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?`,
    jobId,
    page.after ?? 0,
    JSON.stringify(page.states ?? ALL_STATES),
    page.limit ?? 100,
  );
  return rows.map((row) => entryOf(c, row));
}

/** The entry as it stands now. */
export function getEntry(c: OpenCase, id: number): Entry {
  const row = c.db.get<StoredEntry>(`${ENTRIES} WHERE jobEntries.id = ?`, id);
  if (!row) throw new RangeError(`no entry ${id}`);
  return entryOf(c, row);
}

function entryOf(c: OpenCase, row: StoredEntry): Entry {
  const { id, position, state, role, retention, item } = row;
  const origin =
    row.sealedPath && unsealJson<PlannedOrigin>(c.keys.text, `entry ${row.job} ${position}`, row.sealedPath);
  const { receivedAs = null, ...path } = origin ?? {};
  return {
    id,
    jobId: row.job,
    position,
    state,
    role,
    retention,
    path: origin ? (path as FilePath) : null,
    receivedAs,
    part: row.partJson && row.parent ? { ...(JSON.parse(row.partJson) as EmbeddedPart), parent: row.parent } : null,
    item,
    error: row.errorJson ? (JSON.parse(row.errorJson) as ErrorRecord) : null,
  };
}

/** A file or an embedded part that could not be received, with the fault of the last try. */
export interface NotReceived {
  /** Null for an embedded part. */
  readonly path: string | null;
  /** SHA-256 of the item that holds the part. */
  readonly parent: string | null;
  readonly error: ErrorRecord;
}

const FAILED = `${ENTRIES} WHERE jobEntries.state = 'failed' AND item IS NULL AND jobEntries.role <> 'reference' ORDER BY jobEntries.id`;

/**
 * Takes place and name from tries that failed where an item that is being erased was met, and inside it. Returns the entries of the custody
 * log that vouched for them as they were.
 */
export function forgetTries(c: OpenCase, sha256: string, places: ReadonlySet<string>): number[] {
  const vouching = "SELECT seq FROM custody WHERE act = 'item-failed' AND detailsJson ->> 'row' = ?";
  return c.db
    .all<StoredEntry>(FAILED)
    .map((row) => entryOf(c, row))
    .filter((entry) => places.has(placeKey(entry)) || entry.part?.parent === sha256)
    .flatMap(({ id }) => {
      const told = c.db.all<{ seq: number }>(vouching, rowDigest(c.db, 'jobEntries', id));
      c.db.run('UPDATE jobEntries SET sealedPath = NULL, parent = NULL, partJson = NULL WHERE id = ?', id);
      return told.map(({ seq }) => seq);
    });
}

/** In the order of the last try. What a later run received from the same place is not among them, nor what was erased since. */
export function notReceived(c: OpenCase): NotReceived[] {
  const last = new Map<string, NotReceived & { readonly id: number }>();
  for (const row of c.db.all<StoredEntry>(FAILED)) {
    const { id, path, part, error } = entryOf(c, row);
    if (!error || (!path && !part)) continue;
    const place = placeKey({ path, part });
    last.delete(place);
    last.set(place, { id, path: path?.path ?? null, parent: part?.parent ?? null, error });
  }
  if (last.size === 0) return [];
  const first = Math.min(...[...last.values()].map(({ id }) => id));
  const received = c.db.all<StoredEntry>(`${ENTRIES} WHERE item IS NOT NULL AND jobEntries.id > ?`, first);
  for (const row of received) {
    const entry = entryOf(c, row);
    const place = placeKey(entry);
    if ((last.get(place)?.id ?? entry.id) < entry.id) last.delete(place);
  }
  return [...last.values()].map(({ id: _, ...one }) => one);
}

/** Why an item that was received has not been examined; null where nothing was tried, or the last try is not known to have failed. */
export function examinationFault(c: OpenCase, sha256: string): ErrorRecord | null {
  const row = c.db.get<{ errorJson: string | null }>(
    "SELECT errorJson FROM jobEntries WHERE item = ? AND state = 'failed' ORDER BY id DESC LIMIT 1",
    sha256,
  );
  return row?.errorJson ? (JSON.parse(row.errorJson) as ErrorRecord) : null;
}

export function jobProgress(c: OpenCase, jobId: string): JobProgress {
  const rows = c.db.all<{ state: EntryState; n: number }>(
    'SELECT state, count(*) AS n FROM jobEntries WHERE job = ? GROUP BY state',
    jobId,
  );
  const of = (state: EntryState) => rows.find((row) => row.state === state)?.n ?? 0;
  const total = rows.reduce((sum, row) => sum + row.n, 0);
  return { total, pending: of('pending'), sealed: of('sealed'), examined: of('examined'), failed: of('failed') };
}

/** Records that an entry could not be received or examined. A second call for the same entry changes nothing. */
export function failEntry(c: OpenCase, entry: Entry, error: ErrorRecord): void {
  c.db.transaction(() => {
    const { changes } = c.db.run(
      "UPDATE jobEntries SET state = 'failed', errorJson = ? WHERE id = ? AND state IN ('pending', 'sealed')",
      JSON.stringify(error),
      entry.id,
    );
    if (changes === 0) return;
    const { item } = getEntry(c, entry.id);
    const path = entry.path && JSON.stringify(entry.path);
    appendCustody(c, {
      act: 'item-failed',
      ...(item ? { item } : {}),
      details: { code: error.code, row: rowDigest(c.db, 'jobEntries', entry.id) },
      ...(path ? { text: { owner: item ? { item } : ('case' as const), text: path } } : {}),
    });
  });
}

/** For an entry whose bytes were examined in this job under another path. */
export function markExamined(c: OpenCase, entry: Entry): void {
  c.db.run("UPDATE jobEntries SET state = 'examined' WHERE id = ? AND state = 'sealed'", entry.id);
}

/** In the place of what a scan is found again by: paths that it has not come to are those of the machine that an archive was made on. */
const OF_ELSEWHERE = '';

/**
 * Marks the scans of an imported case that would go on with a path, to be given up when it is opened: no key is at hand yet. Returns the
 * number of paths.
 */
export function markScansOfElsewhere(db: CaseDatabase): number {
  db.run(
    `UPDATE jobs SET fingerprint = ? WHERE state = 'open' AND role <> 'reference' AND EXISTS
       (SELECT 1 FROM jobEntries WHERE job = jobs.id AND jobEntries.state = 'pending' AND sealedPath IS NOT NULL)`,
    OF_ELSEWHERE,
  );
  const paths = `SELECT count(*) AS n FROM jobEntries JOIN jobs ON jobs.id = job
    WHERE fingerprint = ? AND jobEntries.state = 'pending' AND sealedPath IS NOT NULL`;
  return db.get<{ n: number }>(paths, OF_ELSEWHERE)?.n ?? 0;
}

/** Ends what `markScansOfElsewhere` marked: the same path may hold another file here, and no digest was taken that could tell. */
export function giveUpScansOfElsewhere(c: OpenCase): void {
  c.db.transaction(() => {
    for (const { id } of c.db.all<{ id: string }>(
      "SELECT id FROM jobs WHERE state = 'open' AND fingerprint = ?",
      OF_ELSEWHERE,
    )) {
      for (const entry of listEntries(c, id, { states: ['pending', 'sealed'], limit: -1 }))
        failEntry(c, entry, { code: 'SCAN_LEFT_ELSEWHERE', params: {} });
      finishJob(c, id, 'cancelled');
    }
  });
}

export function finishJob(c: OpenCase, jobId: string, state: 'done' | 'cancelled'): void {
  c.db.run("UPDATE jobs SET state = ?, endedAtMs = ? WHERE id = ? AND state = 'open'", state, c.now(), jobId);
}

/** Adds the entry of a part that was found inside the item `parent`; the same part of the same job is added once. */
export function addPartEntry(c: OpenCase, entry: Entry, parent: string, part: EmbeddedPart): Entry {
  const partJson = partText(part);
  const known = c.db.get<{ id: number }>(
    'SELECT id FROM jobEntries WHERE job = ? AND parent = ? AND partJson = ?',
    entry.jobId,
    parent,
    partJson,
  );
  if (known) return getEntry(c, known.id);
  const { id } = c.db.run(
    `INSERT INTO jobEntries (job, position, state, role, parent, partJson)
     SELECT job, max(position) + 1, 'pending', ?, ?, ? FROM jobEntries WHERE job = ?`,
    entry.role,
    parent,
    partJson,
    entry.jobId,
  );
  return getEntry(c, id);
}

export function partText({ offset, length, mediaType, relation }: EmbeddedPart): string {
  return JSON.stringify({ offset, length, mediaType, relation });
}
