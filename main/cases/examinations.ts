/** Keeps what an examination found, sealed under the item's key, and gives it back whole. */
import { EMBEDDING_NETWORKS, type ScanSettings } from '../contract/analyzer.ts';
import type { DerivedCrop, DerivedTemplate, EmbeddedPart, Examination } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import type { Finding } from '../contract/finding.ts';
import type { MediaInfo } from '../contract/media.ts';
import type { Outcome } from '../contract/outcome.ts';
import { type Around, type ExaminedBy, TRUST_LISTS_FACT } from '../contract/versions.ts';
import { appendCustody } from './custody.ts';
import { examinationDigest, plainDigest } from './custody-check.ts';
import { recordVaultFile } from './intake.ts';
import { itemKey } from './item-keys.ts';
import { getItem } from './items.ts';
import { addPartEntry, type Entry, getEntry, markExamined } from './job-store.ts';
import type { OpenCase } from './open-case.ts';
import { discard, type SealedCopy, sealPortions } from './receive.ts';
import { sealJson, sealVector, unsealJson, unsealVector } from './sealing.ts';
import { openVaultFile } from './working-copy.ts';

export interface NewExamination {
  readonly entry: Entry;
  readonly examination: Examination;
  readonly settings: ScanSettings;
  readonly startedAtMs: number;
}

export interface RecordedExamination {
  readonly id: number;
  /** Entries of embedded parts, to be received and examined in the same job. */
  readonly parts: readonly Entry[];
}

export interface StoredCrop extends Omit<DerivedCrop, 'png'> {
  readonly id: number;
}

/** What is sealed of a run beside its outcomes and findings. */
interface Run extends Pick<ExaminedBy, 'models' | 'around'> {
  readonly info: MediaInfo;
  readonly timings: Readonly<Record<string, number>>;
  readonly settings: ScanSettings;
  readonly parts: readonly EmbeddedPart[];
}

/** As it is sealed: the versions stand side by side, or lack. */
type StoredRun = Omit<Run, 'around'> & Partial<Around>;

export interface StoredExamination extends Run {
  readonly id: number;
  readonly item: string;
  readonly jobId: string;
  readonly app: string;
  readonly startedAtMs: number;
  readonly atMs: number;
  /** Its entry of the custody log. */
  readonly custody: number;
  readonly outcomes: readonly Outcome[];
  readonly findings: readonly Finding[];
  readonly crops: readonly StoredCrop[];
  readonly templates: readonly DerivedTemplate[];
}

/**
 * Stores an examination with its outcomes, findings, crops, templates, the entries of embedded parts, its custody entry and the
 * new state of the entry: all of it or nothing. The second examination of an item in the same job is not stored again.
 * Items of which nothing is retained keep neither crops nor templates.
 */
export async function recordExamination(c: OpenCase, input: NewExamination): Promise<RecordedExamination> {
  const entry = getEntry(c, input.entry.id);
  if (!entry.item) throw new AppError('ITEM_NOT_FOUND', { sha256: '' });
  const item = getItem(c, entry.item);
  const known = examinationOfJob(c, entry.jobId, item.sha256);
  const crops = item.retention === 'none' ? [] : input.examination.crops;
  const bundle =
    known === null && crops.length > 0
      ? await sealPortions(
          c,
          crops.map((crop) => crop.png),
        )
      : null;
  let stored = false;
  try {
    const recorded = c.db.transaction(() => {
      const id = known ?? insertAll(c, { ...input, entry }, item.sha256, crops, bundle);
      markExamined(c, entry);
      return { id, parts: input.examination.parts.map((part) => addPartEntry(c, entry, item.sha256, part)) };
    });
    stored = true;
    return recorded;
  } finally {
    if (!stored) await discard(c, bundle);
  }
}

/** The examination of an item in one job, or null: duplicates in a job are examined once. */
export function examinationOfJob(c: OpenCase, jobId: string, sha256: string): number | null {
  return c.db.get<{ id: number }>('SELECT id FROM examinations WHERE job = ? AND item = ?', jobId, sha256)?.id ?? null;
}

function insertAll(
  c: OpenCase,
  { entry, examination, settings, startedAtMs }: NewExamination,
  sha256: string,
  crops: readonly DerivedCrop[],
  bundle: SealedCopy | null,
): number {
  const key = itemKey(c, sha256);
  const place = placeOf(sha256, entry.jobId);
  const { info, timings, models, around, parts, outcomes, findings } = examination;
  const run: StoredRun = { info, timings, models, ...around, settings, parts };
  const { id } = c.db.run(
    'INSERT INTO examinations (item, job, app, startedAtMs, atMs, custody, sealedRun) VALUES (?, ?, ?, ?, ?, 0, ?)',
    sha256,
    entry.jobId,
    c.app,
    startedAtMs,
    c.now(),
    sealJson(key, place('run', 0), run),
  );
  for (const [position, outcome] of outcomes.entries())
    c.db.run(
      'INSERT INTO outcomes (examination, position, analyzer, version, subject, status, sealedOutcome) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      position,
      outcome.analyzer,
      outcome.version,
      outcome.subject,
      outcome.status,
      sealJson(key, place('outcome', position), outcome),
    );
  for (const [position, finding] of findings.entries())
    c.db.run(
      'INSERT INTO findings (examination, position, question, subject, sealedFinding) VALUES (?, ?, ?, ?, ?)',
      id,
      position,
      finding.question,
      finding.subject,
      sealJson(key, place('finding', position), finding),
    );
  if (bundle) insertCrops(c, id, sha256, place, crops, bundle);
  const templates = getItem(c, sha256).retention === 'none' ? [] : examination.templates;
  for (const [position, template] of templates.entries())
    c.db.run(
      `INSERT INTO templates (examination, position, kind, subject, modelId, sealedAbout, sealedVector)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      id,
      position,
      template.kind,
      template.subject,
      template.modelId,
      sealJson(key, place('template-about', position), {
        models: template.models,
        quality: template.quality,
        seenWith: template.seenWith,
      } satisfies TemplateAbout),
      sealVector(key, place('template', position), template.vector),
    );
  const { seq } = appendCustody(c, {
    act: 'item-examined',
    item: sha256,
    details: {
      outcomes: outcomes.length,
      findings: findings.length,
      crops: crops.length,
      templates: templates.length,
      results: examinationDigest(c.db, id),
      plain: plainDigest(c.db, id),
      mediaType: info.mediaType,
    },
  });
  c.db.run('UPDATE examinations SET custody = ? WHERE id = ?', seq, id);
  c.db.run('UPDATE items SET mediaType = ?, examinedAtMs = ? WHERE sha256 = ?', info.mediaType, c.now(), sha256);
  return id;
}

/** All crops of an examination lie in one sealed file, one after the other. */
function insertCrops(
  c: OpenCase,
  examination: number,
  sha256: string,
  place: Place,
  crops: readonly DerivedCrop[],
  bundle: SealedCopy,
): void {
  const key = itemKey(c, sha256);
  const bytes = crops.reduce((sum, crop) => sum + crop.png.length, 0);
  recordVaultFile(c, sha256, 'crops', bytes, bundle);
  let offset = 0;
  for (const [position, { png, ...about }] of crops.entries()) {
    c.db.run(
      'INSERT INTO crops (examination, position, vaultFile, offset, length, sealedCrop) VALUES (?, ?, ?, ?, ?, ?)',
      examination,
      position,
      bundle.id,
      offset,
      png.length,
      sealJson(key, place('crop', position), about),
    );
    offset += png.length;
  }
}

/** Cases of earlier versions kept no landmarks. */
type EarlierCrop = Omit<DerivedCrop, 'png' | 'landmarks'> & Partial<Pick<DerivedCrop, 'landmarks'>>;

type Place = (kind: string, position: number) => string;

/** Where a sealed value of an examination belongs. The job stands for the run: an item has one examination in each. */
function placeOf(sha256: string, jobId: string): Place {
  return (kind, position) => `${kind} ${sha256} ${jobId} ${position}`;
}

/** The last examination of an item, or null. Throws AppError `ITEM_NOT_FOUND`, `VAULT_CORRUPT`. */
export function latestExamination(c: OpenCase, sha256: string): StoredExamination | null {
  const last = c.db.get<{ id: number }>('SELECT id FROM examinations WHERE item = ? ORDER BY id DESC LIMIT 1', sha256);
  return last ? readExamination(c, last.id) : null;
}

/** By what an item was examined last, and as what was asked then: nothing that was found is unsealed. Null where it was not. */
export function latestExaminedBy(c: OpenCase, sha256: string): (ExaminedBy & Pick<Run, 'settings'>) | null {
  const row = c.db.get<ExaminationRow>('SELECT * FROM examinations WHERE item = ? ORDER BY id DESC LIMIT 1', sha256);
  if (!row) return null;
  const run = runOf(row, itemKey(c, sha256));
  return { ...examinedBy(c, row, run), settings: run.settings };
}

/**
 * Cases of earlier versions kept no version of the rules, nor of the search for faces and voices: it was the first. The latter is kept of
 * every item, but touches pictures and sound alone.
 */
function runOf({ item, job, sealedRun }: ExaminationRow, key: Uint8Array): Run {
  const stored = unsealJson<StoredRun>(key, placeOf(item, job)('run', 0), sealedRun);
  const { perception = '1', fusion = '1', ...run } = stored;
  return { ...run, around: { perception: run.info.kind === 'other' ? null : perception, fusion } };
}

function examinedBy(c: OpenCase, row: ExaminationRow, { models, around }: Run): ExaminedBy {
  const versions = 'SELECT DISTINCT analyzer, version FROM outcomes WHERE examination = ? ORDER BY analyzer';
  const outcomes = c.db.all<ExaminedBy['outcomes'][number]>(versions, row.id);
  const credentials = outcomesBy(c, row, 'provenance-c2pa').map(({ analyzer, version, facts }) => ({
    analyzer,
    version,
    facts: facts.filter(({ id }) => id === TRUST_LISTS_FACT),
  }));
  return { models, around, outcomes: [...outcomes, ...credentials] };
}

function outcomesBy(c: OpenCase, { id, item, job }: ExaminationRow, analyzer: string): Outcome[] {
  const key = itemKey(c, item);
  return c.db
    .all<{ position: number; sealed: Buffer }>(
      'SELECT position, sealedOutcome AS sealed FROM outcomes WHERE examination = ? AND analyzer = ? ORDER BY position',
      id,
      analyzer,
    )
    .map(({ position, sealed }) => unsealJson<Outcome>(key, placeOf(item, job)('outcome', position), sealed));
}

/** What a table shows of an examination: nothing of it but media info and findings is unsealed. */
export interface ExaminationBrief {
  readonly atMs: number;
  /** Its entry in the custody log. */
  readonly custody: number;
  readonly by: ExaminedBy;
  readonly info: MediaInfo;
  readonly findings: readonly Finding[];
  /** Without what was measured. */
  readonly outcomes: readonly Pick<Outcome, 'analyzer' | 'subject' | 'status'>[];
}

/** The last examination of an item in brief, or null. */
export function examinationBrief(c: OpenCase, sha256: string): ExaminationBrief | null {
  const row = c.db.get<ExaminationRow>('SELECT * FROM examinations WHERE item = ? ORDER BY id DESC LIMIT 1', sha256);
  if (!row) return null;
  const key = itemKey(c, sha256);
  const place = placeOf(sha256, row.job);
  const run = runOf(row, key);
  return {
    atMs: row.atMs,
    custody: row.custody,
    by: examinedBy(c, row, run),
    info: run.info,
    findings: c.db
      .all<{ position: number; sealed: Buffer }>(
        'SELECT position, sealedFinding AS sealed FROM findings WHERE examination = ? ORDER BY position',
        row.id,
      )
      .map(({ position, sealed }) => unsealJson<Finding>(key, place('finding', position), sealed)),
    outcomes: c.db.all<ExaminationBrief['outcomes'][number]>(
      'SELECT analyzer, subject, status FROM outcomes WHERE examination = ? ORDER BY position',
      row.id,
    ),
  };
}

/** What the last examination of an item tells of the bytes and what one analyzer found, or null: nothing else of it is unsealed. */
export function latestOutcomesBy(
  c: OpenCase,
  sha256: string,
  analyzer: string,
): Pick<StoredExamination, 'info' | 'models' | 'outcomes'> | null {
  const row = c.db.get<ExaminationRow>('SELECT * FROM examinations WHERE item = ? ORDER BY id DESC LIMIT 1', sha256);
  if (!row) return null;
  const { info, models } = runOf(row, itemKey(c, sha256));
  return { info, models, outcomes: outcomesBy(c, row, analyzer) };
}

/** Ids of the crops of an item's last examination, in order. */
export function latestCrops(c: OpenCase, sha256: string): number[] {
  return c.db
    .all<{ id: number }>(
      `SELECT id FROM crops WHERE examination = (SELECT max(id) FROM examinations WHERE item = ?) ORDER BY position`,
      sha256,
    )
    .map(({ id }) => id);
}

interface ExaminationRow {
  readonly id: number;
  readonly item: string;
  readonly job: string;
  readonly app: string;
  readonly startedAtMs: number;
  readonly atMs: number;
  readonly custody: number;
  readonly sealedRun: Buffer;
}

export function readExamination(c: OpenCase, id: number): StoredExamination {
  const row = c.db.get<ExaminationRow>('SELECT * FROM examinations WHERE id = ?', id);
  if (!row) throw new RangeError(`no examination ${id}`);
  const key = itemKey(c, row.item);
  const place = placeOf(row.item, row.job);
  const run = runOf(row, key);
  const unsealAll = <Value>(kind: string, sql: string) =>
    c.db
      .all<{ position: number; sealed: Buffer }>(sql, id)
      .map(({ position, sealed }) => unsealJson<Value>(key, place(kind, position), sealed));
  return {
    id,
    item: row.item,
    jobId: row.job,
    app: row.app,
    startedAtMs: row.startedAtMs,
    atMs: row.atMs,
    custody: row.custody,
    ...run,
    outcomes: unsealAll<Outcome>(
      'outcome',
      'SELECT position, sealedOutcome AS sealed FROM outcomes WHERE examination = ? ORDER BY position',
    ),
    findings: unsealAll<Finding>(
      'finding',
      'SELECT position, sealedFinding AS sealed FROM findings WHERE examination = ? ORDER BY position',
    ),
    crops: c.db
      .all<{ id: number; position: number; sealedCrop: Buffer }>(
        'SELECT id, position, sealedCrop FROM crops WHERE examination = ? ORDER BY position',
        id,
      )
      .map((crop) => {
        const about = unsealJson<EarlierCrop>(key, place('crop', crop.position), crop.sealedCrop);
        return { ...about, landmarks: about.landmarks ?? [], id: crop.id };
      }),
    templates: c.db
      .all<TemplateRow>('SELECT * FROM templates WHERE examination = ? ORDER BY position', id)
      .map((template) => templateOf(template, key, place, run.models)),
  };
}

interface TemplateRow {
  readonly position: number;
  readonly kind: 'face' | 'voice';
  readonly subject: string;
  readonly modelId: string;
  readonly sealedAbout: Buffer | null;
  readonly sealedVector: Buffer;
}

type TemplateAbout = Pick<DerivedTemplate, 'models' | 'quality' | 'seenWith'>;

/** Rows of earlier versions name no networks: the run does. */
function templateOf(
  { position, kind, subject, modelId, sealedAbout, sealedVector }: TemplateRow,
  key: Uint8Array,
  place: Place,
  used: Run['models'],
): DerivedTemplate {
  const ofRun = EMBEDDING_NETWORKS[kind].flatMap((id) => (used[id] === undefined ? [] : [[id, used[id]] as const]));
  const about: TemplateAbout = sealedAbout
    ? unsealJson(key, place('template-about', position), sealedAbout)
    : { models: Object.fromEntries(ofRun), quality: {}, seenWith: [] };
  return {
    kind,
    subject,
    modelId,
    ...about,
    vector: unsealVector(key, place('template', position), sealedVector),
  };
}

/** Vectors of the last examination of an item, and the faces and voices that outcomes name, with a vector or without. Null where it was not examined. */
export function vectorsOf(
  c: OpenCase,
  sha256: string,
): { readonly templates: readonly DerivedTemplate[]; readonly subjects: readonly string[] } | null {
  const row = c.db.get<ExaminationRow>('SELECT * FROM examinations WHERE item = ? ORDER BY id DESC LIMIT 1', sha256);
  if (!row) return null;
  const key = itemKey(c, sha256);
  const place = placeOf(sha256, row.job);
  const rows = c.db.all<TemplateRow>('SELECT * FROM templates WHERE examination = ? ORDER BY position', row.id);
  const old = rows.some(({ sealedAbout }) => sealedAbout === null);
  const { models } = old ? runOf(row, key) : { models: {} };
  return {
    templates: rows.map((template) => templateOf(template, key, place, models)),
    subjects: c.db
      .all<{ subject: string }>('SELECT DISTINCT subject FROM outcomes WHERE examination = ? ORDER BY subject', row.id)
      .map(({ subject }) => subject),
  };
}

/** The picture of a crop, PNG. Throws AppError `VAULT_CORRUPT`. */
export async function readCrop(c: OpenCase, cropId: number): Promise<Uint8Array> {
  const row = c.db.get<{ item: string; vaultFile: string; offset: number; length: number }>(
    'SELECT item, vaultFile, offset, length FROM crops JOIN examinations ON examinations.id = examination WHERE crops.id = ?',
    cropId,
  );
  if (!row) throw new RangeError(`no crop ${cropId}`);
  const sealed = await openVaultFile(c, row.item, row.vaultFile);
  try {
    return await sealed.read(row.offset, row.length);
  } finally {
    await sealed.close();
  }
}
