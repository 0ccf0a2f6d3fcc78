/** Opening, creating and listing cases: one folder each, one writer at a time. */
import { randomUUID } from 'node:crypto';
import { access, chmod, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { ItemRole } from '../contract/item.ts';
import { appendCustody, type CustodyHead, custodyHead } from './custody.ts';
import { caseSlug, casesFolder, DEFAULT_CASE_NAME, refuseNetworkFileSystem } from './data-root.ts';
import { CaseDatabase, storeFault } from './database.ts';
import {
  CASE_FILE,
  DATABASE_FILE,
  namesIn,
  privateFolder,
  SCRATCH_FOLDER,
  sweepScratch,
  sweepVault,
  syncFolder,
  VAULT_FOLDER,
} from './files.ts';
import { giveUpScansOfElsewhere } from './job-store.ts';
import { caseKeys, insertKeyFile, insertPassphrase, type KeySlot, listSlots, type Unlocking, unlock } from './keys.ts';
import { isLocked, takeLock } from './lock.ts';
import { DATABASE_VERSION, migrate } from './migrations/index.ts';
import type { OpenCase } from './open-case.ts';
import { giveUpEnrolments } from './people.ts';
import { newKey } from './sealing.ts';

export interface OpenOptions extends Unlocking {
  /** Clock in UTC milliseconds. */
  readonly now?: () => number;
  /** Version of the program, stored beside what it writes. */
  readonly app?: string;
  /** How files of the vault and the scratch folder are created; the tests put a full disk here. */
  readonly create?: OpenCase['create'];
}

export interface CreateOptions extends OpenOptions {
  /** Also write a key file although a passphrase is given. Without a passphrase there always is one. */
  readonly keyFile?: boolean;
}

/** Form of `case.json`; a higher one is refused. */
const CASE_FORMAT = 1;

export const caseFileSchema = z.object({
  format: z.number().int().positive(),
  id: z.uuid(),
  name: z.string(),
  createdAtMs: z.number().int(),
});
/** What can be read without opening the case. The name is readable on the disk, and the documentation says so. */
export type CaseFile = z.infer<typeof caseFileSchema>;

export interface CaseListing extends CaseFile {
  readonly slug: string;
  readonly folder: string;
  readonly locked: boolean;
}

export interface CaseSummary {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly createdAtMs: number;
  readonly items: number;
  readonly byRole: Readonly<Partial<Record<ItemRole, number>>>;
  readonly examined: number;
  readonly sightings: number;
  /** Bytes of all items as received. */
  readonly bytes: number;
  /** Bytes of the sealed files. */
  readonly sealedBytes: number;
  readonly people: number;
  readonly openJobs: number;
  readonly custody: CustodyHead;
  readonly slots: readonly KeySlot[];
}

/**
 * Creates a case and opens it. It appears under its name only when complete.
 * Throws AppError `CASE_EXISTS`, `CASE_NAME_INVALID`, `CASE_NETWORK_FILE_SYSTEM`, `CASE_READ_ONLY`, `NO_SPACE`, `NODE_TOO_OLD`.
 */
export async function createCase(dataRoot: string, name: string, options: CreateOptions = {}): Promise<OpenCase> {
  const folder = path.join(casesFolder(dataRoot), caseSlug(name));
  const now = options.now ?? Date.now;
  const info: CaseFile = { format: CASE_FORMAT, id: randomUUID(), name: name.normalize('NFC'), createdAtMs: now() };
  const building = path.join(casesFolder(dataRoot), `.new-${info.id}`);
  try {
    await privateFolder(casesFolder(dataRoot));
    await refuseNetworkFileSystem(casesFolder(dataRoot));
    await sweepUnfinished(dataRoot);
    await prepareFolder(building);
    const lock = await takeLock(building);
    try {
      await fillDatabase(path.join(building, DATABASE_FILE), dataRoot, info, options);
      await writeCaseFile(building, info);
    } finally {
      lock.release();
    }
    await publish(building, folder, info.name);
  } catch (thrown) {
    await rm(building, { recursive: true, force: true }).catch(() => undefined);
    throw placeFault(thrown);
  }
  return openCase(dataRoot, name, options);
}

async function fillDatabase(file: string, dataRoot: string, info: CaseFile, options: CreateOptions): Promise<void> {
  const db = await CaseDatabase.open(file);
  try {
    migrate(db, file);
    db.run(
      'INSERT INTO caseInfo (id, createdAtMs, app) VALUES (?, ?, ?)',
      info.id,
      info.createdAtMs,
      options.app ?? '',
    );
    const caseKey = newKey();
    if (options.passphrase !== undefined)
      await insertPassphrase(db, info.id, caseKey, options.passphrase, info.createdAtMs);
    if (options.passphrase === undefined || options.keyFile === true)
      await insertKeyFile(db, dataRoot, info.id, caseKey, info.createdAtMs);
    db.checkpoint();
  } finally {
    db.close();
  }
}

/**
 * Opens a case and takes its lock until `close`.
 * Throws AppError `CASE_NOT_FOUND`, `CASE_LOCKED`, `CASE_NETWORK_FILE_SYSTEM`, `CASE_READ_ONLY`, `CASE_CORRUPT`,
 * `CASE_FROM_NEWER_VERSION`, `VAULT_KEY_MISSING`, `VAULT_WRONG_PASSPHRASE`, `NODE_TOO_OLD`.
 */
export async function openCase(dataRoot: string, name: string, options: OpenOptions = {}): Promise<OpenCase> {
  const folder = path.join(casesFolder(dataRoot), caseSlug(name));
  const info = await readCaseFile(folder, name);
  await refuseNetworkFileSystem(folder);
  const lock = await takeLock(folder).catch((thrown: unknown) => Promise.reject(placeFault(thrown)));
  let db: CaseDatabase | undefined;
  try {
    const file = path.join(folder, DATABASE_FILE);
    db = await CaseDatabase.open(file);
    const found = migrate(db, file);
    if (db.get<{ id: string }>('SELECT id FROM caseInfo')?.id !== info.id) throw new AppError('CASE_CORRUPT');
    const c = assemble(dataRoot, folder, info, db, await unlock(db, dataRoot, info.id, options), lock, options);
    await prepareFolder(folder);
    await sweepScratch(folder);
    await privateFolder(c.engineScratch);
    await sweepVault(folder, db);
    recordOpening(c, found);
    giveUpScansOfElsewhere(c);
    await giveUpEnrolments(c);
    return c;
  } catch (thrown) {
    db?.close();
    lock.release();
    throw placeFault(thrown);
  }
}

/** Opens the case, after creating it where there is none; what another process creates meanwhile is opened as any other. */
export async function openOrCreateCase(
  dataRoot: string,
  name: string = DEFAULT_CASE_NAME,
  options: CreateOptions = {},
): Promise<OpenCase> {
  try {
    return await openCase(dataRoot, name, options);
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'CASE_NOT_FOUND')) throw thrown;
  }
  try {
    return await createCase(dataRoot, name, options);
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'CASE_EXISTS')) throw thrown;
    return openCase(dataRoot, name, options);
  }
}

function assemble(
  dataRoot: string,
  folder: string,
  info: CaseFile,
  db: CaseDatabase,
  caseKey: Buffer,
  lock: { release(): void },
  options: OpenOptions,
): OpenCase {
  const keys = caseKeys(caseKey);
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    for (const key of Object.values(keys)) key.fill(0);
    db.close();
    lock.release();
  };
  return {
    id: info.id,
    name: info.name,
    folder,
    dataRoot,
    app: options.app ?? '',
    engineScratch: path.join(folder, SCRATCH_FOLDER, 'engine'),
    db,
    keys,
    now: options.now ?? Date.now,
    create: options.create ?? ((file) => open(file, 'wx', 0o600)),
    close,
    [Symbol.dispose]: close,
  };
}

function recordOpening(c: OpenCase, foundVersion: number): void {
  if (custodyHead(c).seq === 0) appendCustody(c, { act: 'case-created', details: { form: DATABASE_VERSION } });
  if (foundVersion < DATABASE_VERSION)
    appendCustody(c, { act: 'case-opened-by-newer-version', details: { from: foundVersion, to: DATABASE_VERSION } });
}

/**
 * To be asked before a fault is laid to an item: where the disk that holds the case is gone, nothing of it can be read.
 * Throws AppError `PLACE_MISSING`.
 */
export async function mustBeThere(c: OpenCase): Promise<void> {
  await access(path.join(c.folder, CASE_FILE)).catch((cause: unknown) => {
    throw new AppError('PLACE_MISSING', { path: c.dataRoot }, { cause });
  });
}

/** All cases of a data root by name; also those that are open elsewhere. */
export async function listCases(dataRoot: string): Promise<CaseListing[]> {
  const names = await readdir(casesFolder(dataRoot)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [];
    throw placeFault(thrown);
  });
  const listed: CaseListing[] = [];
  for (const slug of names.filter((entry) => !entry.startsWith('.'))) {
    const folder = path.join(casesFolder(dataRoot), slug);
    const info = await readCaseFile(folder, slug).catch(() => null);
    if (info) listed.push({ ...info, slug, folder, locked: await isLocked(folder).catch(() => false) });
  }
  return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function caseSummary(c: OpenCase): CaseSummary {
  const count = (sql: string) => c.db.get<{ n: number }>(sql)?.n ?? 0;
  const roles = c.db.all<{ role: ItemRole; n: number }>('SELECT role, count(*) AS n FROM items GROUP BY role');
  return {
    id: c.id,
    name: c.name,
    folder: c.folder,
    createdAtMs: count('SELECT atMs AS n FROM custody WHERE seq = 1'),
    items: count('SELECT count(*) AS n FROM items'),
    byRole: Object.fromEntries(roles.map(({ role, n }) => [role, n])),
    examined: count('SELECT count(*) AS n FROM items WHERE examinedAtMs IS NOT NULL'),
    sightings: count('SELECT count(*) AS n FROM sightings'),
    bytes: count('SELECT coalesce(sum(bytes), 0) AS n FROM items'),
    sealedBytes: count('SELECT coalesce(sum(sealedBytes), 0) AS n FROM vaultFiles'),
    people: count('SELECT count(*) AS n FROM people'),
    openJobs: count("SELECT count(*) AS n FROM jobs WHERE state = 'open'"),
    custody: custodyHead(c),
    slots: listSlots(c),
  };
}

/** Throws AppError `CASE_NOT_FOUND`, `CASE_CORRUPT`, `CASE_FROM_NEWER_VERSION`. */
export async function readCaseFile(folder: string, name: string): Promise<CaseFile> {
  const text = await readFile(path.join(folder, CASE_FILE), 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    const absent = thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR';
    throw absent ? new AppError('CASE_NOT_FOUND', { name }, { cause: thrown }) : placeFault(thrown);
  });
  return parseCaseFile(text);
}

export function parseCaseFile(text: string): CaseFile {
  try {
    const info = caseFileSchema.parse(JSON.parse(text));
    if (info.format <= CASE_FORMAT) return info;
    throw new AppError('CASE_FROM_NEWER_VERSION', { found: info.format, supported: CASE_FORMAT });
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : new AppError('CASE_CORRUPT', {}, { cause: thrown });
  }
}

export async function writeCaseFile(folder: string, info: CaseFile): Promise<void> {
  await writeFile(path.join(folder, CASE_FILE), `${JSON.stringify(info)}\n`, { mode: 0o600, flush: true });
}

/** Gives a complete folder its name. Throws AppError `CASE_EXISTS`. */
export async function publish(building: string, folder: string, name: string): Promise<void> {
  await syncFolder(building);
  await rename(building, folder).catch((thrown: NodeJS.ErrnoException) => {
    const taken = thrown.code === 'ENOTEMPTY' || thrown.code === 'EEXIST' || thrown.code === 'EPERM';
    throw taken ? new AppError('CASE_EXISTS', { name }, { cause: thrown }) : thrown;
  });
  await syncFolder(path.dirname(folder));
}

/** Beginning of the name that a case has while its folder is being removed. */
export const ERASED = '.erased-';

/** Milliseconds after which an unlocked unfinished folder counts as left behind: its maker takes the lock within this time. */
const UNFINISHED_AGE_MS = 60_000;

/** Removes what creations, imports and erasures left that were interrupted; makers still at work hold their lock. */
export async function sweepUnfinished(dataRoot: string, nowMs: number = Date.now()): Promise<void> {
  for (const name of await namesIn(casesFolder(dataRoot))) {
    const folder = path.join(casesFolder(dataRoot), name);
    if (name.startsWith(ERASED)) await rm(folder, { recursive: true, force: true });
    if (!/^\.(new|import)-/.test(name)) continue;
    const changed = await stat(folder).catch(() => null);
    if (!changed || nowMs - changed.mtimeMs < UNFINISHED_AGE_MS || (await isLocked(folder).catch(() => false)))
      continue;
    await rm(folder, { recursive: true, force: true });
  }
}

export async function prepareFolder(folder: string): Promise<void> {
  await privateFolder(folder);
  await chmod(folder, 0o700);
  await privateFolder(path.join(folder, VAULT_FOLDER));
  await privateFolder(path.join(folder, SCRATCH_FOLDER));
}

/** Nothing can be written there: no permission, or a file stands where a folder is needed. */
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG']);

/** Faults of the place a case lies in: what cannot be written there is a read-only case to the user. */
function placeFault(thrown: unknown): unknown {
  if (UNWRITABLE.has((thrown as NodeJS.ErrnoException | null)?.code ?? ''))
    return new AppError('CASE_READ_ONLY', {}, { cause: thrown });
  return storeFault(thrown);
}
