/** Brings a case database to the form this program writes, or refuses it. */
import { existsSync, rmSync } from 'node:fs';
import { AppError } from '../../contract/errors.ts';
import type { CaseDatabase } from '../database.ts';
import * as caseStore from './001-case-store.ts';
import * as vectorModels from './002-vector-models.ts';
import * as groupings from './003-groupings.ts';

export interface Migration {
  readonly version: number;
  update(db: CaseDatabase): void;
}

const MIGRATIONS: readonly Migration[] = [caseStore, vectorModels, groupings];

/** Form of the database that this program writes. */
export const DATABASE_VERSION = MIGRATIONS.at(-1)!.version;

/**
 * Runs what is missing in one transaction, after copying an existing file to `<file>.before-<version>`.
 * Returns the version found. Throws AppError `CASE_FROM_NEWER_VERSION`.
 */
export function migrate(db: CaseDatabase, file: string, migrations: readonly Migration[] = MIGRATIONS): number {
  const unordered = migrations.find((m, at) => m.version <= (migrations[at - 1]?.version ?? 0));
  if (unordered) throw new RangeError(`migration ${unordered.version} is out of order`);
  const found = db.version;
  const supported = migrations.at(-1)?.version ?? 0;
  if (found > supported) throw new AppError('CASE_FROM_NEWER_VERSION', { found, supported });
  if (found === supported) return found;
  if (found > 0) copyBefore(db, `${file}.before-${supported}`);
  db.transaction(() => {
    for (const migration of migrations) {
      if (migration.version <= found) continue;
      migration.update(db);
      db.version = migration.version;
    }
  });
  return found;
}

function copyBefore(db: CaseDatabase, copy: string): void {
  if (existsSync(copy)) rmSync(copy);
  db.copyTo(copy);
}
