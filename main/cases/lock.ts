/**
 * Who may write a case: one process at a time. The lock is an exclusive SQLite transaction on a file of its own, so it is a
 * lock of the operating system: it ends with the process, however that ends, and no stale file can be mistaken for it.
 */
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { loadSqlite, storeFault } from './database.ts';

export const LOCK_FILE = 'lock.db';

export interface CaseLock {
  release(): void;
}

/** Milliseconds to wait for a lock: enough to outlast another process that only looks whether it is held. */
const PATIENCE_MS = 300;

/** Takes the lock of a case folder or throws AppError `CASE_LOCKED`. */
export async function takeLock(folder: string, patienceMs: number = PATIENCE_MS): Promise<CaseLock> {
  const Sqlite = await loadSqlite();
  let connection: InstanceType<typeof Sqlite> | undefined;
  try {
    connection = new Sqlite(path.join(folder, LOCK_FILE), { timeout: patienceMs });
    // Nothing is ever written: with a journal on the disk, a full one could not even be emptied by erasing a case.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    connection?.close();
    throw storeFault(thrown);
  }
  const held = connection;
  return { release: () => held.close() };
}

/** Whether another process (or another opening in this one) holds the lock; nothing is changed. */
export async function isLocked(folder: string): Promise<boolean> {
  try {
    (await takeLock(folder, 0)).release();
    return false;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'CASE_LOCKED') return true;
    throw thrown;
  }
}
