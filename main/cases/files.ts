/** The folder of a case as the disk sees it: where things lie, how a name becomes durable, what is swept at opening. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { CaseDatabase } from './database.ts';

export const CASE_FILE = 'case.json';
export const DATABASE_FILE = 'case.db';
export const VAULT_FOLDER = 'vault';
export const SCRATCH_FOLDER = 'scratch';

/** Name of a sealed file: random, so that it says nothing of its content. */
export const VAULT_ID = /^[0-9a-f]{32}$/;

export function newVaultId(): string {
  return randomBytes(16).toString('hex');
}

/** Throws AppError `CASE_CORRUPT` for a name of another form: that of a case from elsewhere could lead out of its folder. */
export function vaultPath(caseFolder: string, id: string): string {
  if (!VAULT_ID.test(id)) throw new AppError('CASE_CORRUPT');
  return path.join(caseFolder, VAULT_FOLDER, id.slice(0, 2), id);
}

/** Where a sealed file grows until it is complete. */
export function unfinishedPath(caseFolder: string, id: string): string {
  return path.join(caseFolder, VAULT_FOLDER, `${id}.unfinished`);
}

/** Makes a rename or a new name in `folder` survive a power cut. Windows has no such call; its journal orders renames. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** SHA-256 of a file in hexadecimal, read as a stream. Throws what reading throws, an abort included. */
export async function sha256OfFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, signal ? { signal } : {})) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Names in a folder; none where it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [];
    throw thrown;
  });
}

/**
 * Makes a folder of the owner's, and those above it: one by one, since Node's recursive way never returns under /proc.
 * Throws AppError `PERMISSION_DENIED` where there is the folder above and it takes none, and what making a folder throws.
 */
export async function privateFolder(folder: string): Promise<void> {
  const fault = await mkdir(folder, { mode: 0o700 }).catch((thrown: NodeJS.ErrnoException) => thrown);
  if (!fault) return;
  if (fault.code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
  const above = path.dirname(folder);
  if (fault.code !== 'ENOENT' || above === folder) throw fault;
  if (await stat(above).catch(() => null)) throw new AppError('PERMISSION_DENIED', {}, { cause: fault });
  await privateFolder(above);
  await privateFolder(folder);
}

/** Removes decrypted copies that an interrupted run left. */
export async function sweepScratch(caseFolder: string): Promise<void> {
  const scratch = path.join(caseFolder, SCRATCH_FOLDER);
  for (const name of await readdir(scratch).catch(() => []))
    await rm(path.join(scratch, name), { recursive: true, force: true });
}

/** Removes sealed files that no row refers to: they were written by a run that ended before its transaction. Returns their number. */
export async function sweepVault(caseFolder: string, db: CaseDatabase): Promise<number> {
  const vault = path.join(caseFolder, VAULT_FOLDER);
  let swept = 0;
  for (const entry of await readdir(vault, { withFileTypes: true })) {
    const names = entry.isDirectory() ? await readdir(path.join(vault, entry.name)) : [];
    const files = entry.isDirectory()
      ? names.map((name) => path.join(vault, entry.name, name))
      : [path.join(vault, entry.name)];
    for (const file of files) {
      const id = path.basename(file);
      const ours = VAULT_ID.test(id) || /^[0-9a-f]{32}\.unfinished$/.test(id);
      if (!ours || db.get('SELECT 1 FROM vaultFiles WHERE id = ?', id)) continue;
      await rm(file, { force: true });
      swept += 1;
    }
  }
  return swept;
}

/**
 * Erases keys by `work`, in one transaction, with all that would still hold them: copies of the database that were made before a
 * migration, which go first because an interruption would leave them, and the write-ahead log.
 */
export async function eraseBy<Result>(caseFolder: string, db: CaseDatabase, work: () => Result): Promise<Result> {
  for (const name of await readdir(caseFolder))
    if (name.startsWith(`${DATABASE_FILE}.before-`)) await rm(path.join(caseFolder, name), { force: true });
  const done = db.transaction(work);
  db.checkpoint();
  return done;
}
