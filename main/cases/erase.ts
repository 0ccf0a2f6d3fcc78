/** Removes a whole case, or everything the program keeps in a data root, and names what was removed and what was left. */
import { randomUUID } from 'node:crypto';
import { rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { type CaseListing, ERASED, listCases, readCaseFile, sweepUnfinished } from './case.ts';
import { type CustodyHead, readHead } from './custody.ts';
import { caseSlug, casesFolder, DATA_ROOT_ENTRIES, keyFilePath } from './data-root.ts';
import { CaseDatabase } from './database.ts';
import { DATABASE_FILE, namesIn } from './files.ts';
import { removeKeyFile } from './keys.ts';
import { takeLock } from './lock.ts';
import { forgetPlace } from './place.ts';

export interface EraseReport {
  /** Paths that no longer exist, relative to the data root. */
  readonly removed: readonly string[];
  /** Entries of the data root that the program did not make and did not touch. */
  readonly kept: readonly string[];
  /** Last custody link of each erased case whose log could be read: the receipt of what existed. */
  readonly heads: readonly (CustodyHead & { readonly caseId: string })[];
}

/**
 * Erases a case: the key first, so that an interruption leaves nothing readable, then the folder. It needs no passphrase.
 * The key stays where another folder holds the same case. Disks and backups may keep copies of the encrypted files. Throws AppError `CASE_NOT_FOUND`, `CASE_LOCKED`, `CASE_READ_ONLY`.
 */
export async function eraseCase(dataRoot: string, name: string): Promise<EraseReport> {
  await sweepUnfinished(dataRoot);
  const folder = path.join(casesFolder(dataRoot), caseSlug(name));
  const { id } = await readCaseFile(folder, name);
  return eraseFolder(dataRoot, folder, id);
}

async function eraseFolder(dataRoot: string, folder: string, caseId: string): Promise<EraseReport> {
  const lock = await takeLock(folder);
  const doomed = path.join(path.dirname(folder), `${ERASED}${randomUUID()}`);
  const head = await finalHead(folder, caseId);
  let keyGone = false;
  try {
    keyGone = await removeKeyFile(dataRoot, caseId, folder);
    if (process.platform !== 'win32') await rename(folder, doomed);
  } finally {
    lock.release();
  }
  await rm(process.platform === 'win32' ? folder : doomed, { recursive: true, force: true });
  const removed = [folder, ...(keyGone ? [keyFilePath(dataRoot, caseId)] : [])].map((gone) =>
    path.relative(dataRoot, gone),
  );
  return { removed, kept: [], heads: head ? [{ ...head, caseId }] : [] };
}

/** The head of a log that may be damaged: erasing works on broken cases too. */
async function finalHead(folder: string, caseId: string): Promise<CustodyHead | null> {
  let db: CaseDatabase | undefined;
  try {
    db = await CaseDatabase.open(path.join(folder, DATABASE_FILE));
    return readHead(db, caseId);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

/** Erases every case, key and pack of a data root. Refuses before it begins when a case is open elsewhere (`CASE_LOCKED`). */
export async function eraseAll(dataRoot: string): Promise<EraseReport> {
  const cases: CaseListing[] = await listCases(dataRoot);
  if (cases.some((listed) => listed.locked)) throw new AppError('CASE_LOCKED');
  const reports: EraseReport[] = [];
  for (const { folder, id } of cases) reports.push(await eraseFolder(dataRoot, folder, id));
  const removed = reports.flatMap((report) => report.removed);
  for (const entry of DATA_ROOT_ENTRIES) {
    const present = (await namesIn(dataRoot)).includes(entry);
    await rm(path.join(dataRoot, entry), { recursive: true, force: true });
    if (present) removed.push(entry);
  }
  const kept = await namesIn(dataRoot);
  if (kept.length === 0) await rmdir(dataRoot).catch(() => undefined);
  forgetPlace(dataRoot);
  return { removed, kept, heads: reports.flatMap((report) => report.heads) };
}
