/** What a report is composed from, read from an open case: the head at once, items one by one. */
import {
  caseSummary,
  checkItem,
  custodyHead,
  examinationFault,
  getItem,
  type ItemIntegrity,
  itemName,
  latestExamination,
  latestGrouping,
  latestOutcomesBy,
  listAssessments,
  listBookmarks,
  listCustody,
  listItems,
  listNotes,
  listPeople,
  listStatements,
  notReceived,
  type OpenCase,
  placeKey,
  type Sighting,
  type StoredExamination,
  sightings,
  verifyCustody,
} from '../cases/index.ts';
import { breathe } from '../contract/breathe.ts';
import { AppError } from '../contract/errors.ts';
import type { Installed } from '../contract/versions.ts';
import type { Opinion } from '../contract/window.ts';
import {
  groupNearDuplicates,
  LEAST_QUALITY,
  type ShownItem,
  sceneFacts,
  sceneHash,
  scenesOf,
} from '../forensics/index.ts';
import { decodingFault } from '../jobs/entry-fault.ts';
import type { CountsRecord, Integrity, ItemRecord, ReportHead, ReportRecord } from '../report/record.ts';
import { calibrationsOf } from './calibrations.ts';
import { asPeopleAreNow } from './people-now.ts';

export interface Making {
  readonly app: string;
  readonly installed: Installed;
  readonly nowMs: number;
  /** Who makes it, as stated by them. */
  readonly madeBy: string | null;
  readonly signal?: AbortSignal;
  /** Items whose bytes were checked so far, of how many. */
  onChecked?(done: number, total: number): void;
}

/** Items read at once. */
const PAGE = 200;

/** Re-hashes every item before anything is said of it. Throws AppError `CANCELLED`. */
export async function checkItems(c: OpenCase, making: Making): Promise<ReadonlyMap<string, Integrity>> {
  const digests = [...itemDigests(c)];
  const checked = new Map<string, Integrity>();
  for (const sha256 of digests) {
    const found: ItemIntegrity = await checkItem(c, sha256, making.signal);
    checked.set(sha256, { ...found, atMs: making.nowMs });
    making.onChecked?.(checked.size, digests.length);
  }
  return checked;
}

/** Throws AppError `CANCELLED`. */
export async function reportHead(c: OpenCase, { app, installed, nowMs, madeBy, signal }: Making): Promise<ReportHead> {
  const { id, name, createdAtMs } = caseSummary(c);
  const now = new Date(nowMs);
  const two = (n: number) => String(n).padStart(2, '0');
  const { counts, models } = await survey(c, signal);
  return {
    form: 'jianzhen-report-1',
    madeAtMs: nowMs,
    zoneMinutes: -now.getTimezoneOffset(),
    today: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    app,
    installed,
    madeBy,
    machine: { platform: `${process.platform} ${process.arch}`, node: process.version },
    case: { id, name, createdAtMs },
    custody: custodyState(c),
    people: listPeople(c).map(({ samples, ...person }) => ({
      ...person,
      samples: samples.map(({ kind, modelId, source, accepted, reason, quality, createdAtMs: addedAtMs }) => ({
        kind,
        model: modelId,
        source,
        accepted,
        reason,
        quality: { ...quality },
        createdAtMs: addedAtMs,
      })),
    })),
    statements: listStatements(c).map(({ kind, item, key, value, atMs }) => ({ kind, item, key, value, atMs })),
    notReceived: notReceived(c),
    counts,
    calibrations: calibrationsOf(models),
    caseNotes: listNotes(c, null).map(({ atMs, text }) => ({ atMs, text })),
  };
}

/** A broken chain does not stop the report: that it is broken is the first thing the report says. */
function custodyState(c: OpenCase): ReportHead['custody'] {
  const { seq, hash } = custodyHead(c);
  try {
    verifyCustody(c);
    return { seq, hash, holds: true, brokenAt: null };
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'CUSTODY_BROKEN')) throw thrown;
    return { seq, hash, holds: false, brokenAt: Number(thrown.params.seq) };
  }
}

/** Items in the order of receipt, all or those that are asked for, each read when it is its turn. */
export function* itemRecords(
  c: OpenCase,
  integrity: ReadonlyMap<string, Integrity>,
  wanted: (sha256: string) => boolean = () => true,
): Generator<ItemRecord> {
  const asNow = asPeopleAreNow(c);
  for (const sha256 of itemDigests(c)) if (wanted(sha256)) yield itemRecord(c, sha256, integrity.get(sha256)!, asNow);
}

export function* custodyEntries(c: OpenCase): Generator<ReportRecord['log'][number]> {
  for (let after = 0; ; ) {
    const page = listCustody(c, { after });
    if (page.length === 0) return;
    // Texts of entries are names and paths: the chain holds without them.
    for (const { text: _, ...entry } of page) yield entry;
    after = page.at(-1)!.seq;
  }
}

function* itemDigests(c: OpenCase): Generator<string> {
  for (let after = 0; ; ) {
    const page = listItems(c, { after, limit: PAGE });
    for (const { sha256 } of page) yield sha256;
    const last = page.at(-1);
    if (!last) return;
    after = last.ordinal;
  }
}

function itemRecord(c: OpenCase, sha256: string, integrity: Integrity, asNow: AsNow): ItemRecord {
  const { ordinal, sm3, bytes, mediaType, role, parent, retention, receivedAtMs } = getItem(c, sha256);
  const examination = latestExamination(c, sha256);
  return {
    number: ordinal,
    sha256,
    sm3,
    bytes,
    mediaType: examination?.info.mediaType ?? mediaType,
    role,
    parent,
    name: itemName(c, sha256),
    retention,
    receivedAtMs,
    sightings: sightings(c, sha256).map(({ atMs, path, modifiedAtMs, receivedAs }) => ({
      atMs,
      path: path?.path ?? null,
      modifiedAtMs,
      receivedAs,
    })),
    integrity,
    examination: examination && examinationRecord(asNow(examination)),
    fault: examination ? null : examinationFault(c, sha256),
    notes: listNotes(c, sha256).map(({ atMs, text }) => ({ atMs, text })),
    bookmarks: listBookmarks(c, sha256).map(({ atS, label }) => ({ atS, label })),
    assessments: listAssessments<Opinion>(c, sha256).flatMap(({ examiner, signedAtMs, opinions }) =>
      signedAtMs === null ? [] : [{ examiner, signedAtMs, opinions: opinions.map((one) => ({ ...one })) }],
    ),
  };
}

/** Name under which the picture of a crop goes into a report and a package. */
export function cropName(item: string, crop: number): string {
  return `${item.slice(0, 16)}-${crop}.png`;
}

type AsNow = ReturnType<typeof asPeopleAreNow>;

function examinationRecord(examination: StoredExamination): NonNullable<ItemRecord['examination']> {
  const { info, settings, outcomes, findings, models, around, timings, crops } = examination;
  const { startedAtMs, atMs, app, item } = examination;
  const stream = info.video[0];
  return {
    startedAtMs,
    endedAtMs: atMs,
    app,
    settings: { ...settings },
    media: {
      mediaType: info.mediaType,
      kind: info.kind,
      durationS: info.durationS,
      width: info.image?.width ?? stream?.width ?? null,
      height: info.image?.height ?? stream?.height ?? null,
      codecs: [...info.video, ...info.audio].map(({ codec }) => codec),
    },
    fault: decodingFault(examination),
    outcomes: [...outcomes],
    findings: [...findings],
    models: { ...models },
    ...around,
    timings: { ...timings },
    crops: crops.map(({ id, subject, timeS, box, quality }) => ({
      id,
      name: cropName(item, id),
      subject,
      timeS,
      box,
      quality: { ...quality },
    })),
  };
}

/** The grouping without who is in which group: that stands with the items. */
function personsOf(c: OpenCase): CountsRecord['persons'] {
  const last = latestGrouping(c);
  if (!last) return null;
  const { kinds, items, notRetained, notExamined, atMs, current } = last;
  return { kinds: [...kinds], items, notRetained, notExamined, atMs, current };
}

interface Survey {
  readonly counts: CountsRecord;
  /** Registry id -> digests of the weights that examined items of the case. */
  readonly models: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Records read before other work gets its turn. */
const SLICE = 20;

/** Each place at which the bytes were seen, with the ways in which they reached the user there: a file that was examined twice is one file. */
function placesOf(seen: readonly Sighting[]): ReadonlyMap<string, readonly string[]> {
  const places = Map.groupBy(seen, placeKey);
  return new Map([...places].map(([place, all]) => [place, all.flatMap(({ receivedAs }) => receivedAs ?? [])]));
}

/**
 * Counts questioned items: files by the places at which they were seen (a sample of a person is none), distinct ones, and groups whose
 * scenes agree. Throws AppError `CANCELLED`.
 */
async function survey(c: OpenCase, signal: AbortSignal | undefined): Promise<Survey> {
  const models = new Map<string, Set<string>>();
  const shown: ShownItem[] = [];
  const spread = new Map<string, number>();
  let files = 0;
  let distinct = 0;
  let withoutScenes = 0;
  for (const sha256 of itemDigests(c)) {
    const item = getItem(c, sha256);
    if (item.role !== 'questioned') continue;
    distinct += 1;
    if (distinct % SLICE === 1) await breathe(signal);
    const places = placesOf(sightings(c, sha256).filter(({ asSample }) => !asSample));
    files += Math.max(1, places.size);
    for (const sources of places.values())
      for (const source of new Set(sources)) spread.set(source, (spread.get(source) ?? 0) + 1);
    const examination = latestOutcomesBy(c, sha256, sceneHash.id);
    for (const [id, digest] of Object.entries(examination?.models ?? {}))
      models.set(id, (models.get(id) ?? new Set()).add(digest));
    const scenes = examination ? scenesOf(sceneFacts(examination.outcomes) ?? []) : [];
    if (examination && scenes.some(({ hash }) => hash.quality >= LEAST_QUALITY))
      shown.push({ id: sha256, kind: examination.info.kind, scenes });
    else withoutScenes += 1;
  }
  const groups = await groupNearDuplicates(shown);
  const repeated = groups.reduce((sum, group) => sum + group.length - 1, 0);
  const counts = {
    files,
    distinct,
    nearDuplicateGroups: distinct - repeated,
    withoutScenes,
    groups,
    persons: personsOf(c),
    spread: [...spread].map(([source, own]) => ({ source, files: own })),
  };
  return { counts, models };
}
