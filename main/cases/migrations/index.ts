/** Brings a case database to the form this program writes, or refuses it. */
import { existsSync, rmSync } from 'node:fs';
import { AppError } from '../../contract/errors.ts';
import { CaseDatabase } from '../database.ts';
import * as caseStore from './001-case-store.ts';
import * as vectorModels from './002-vector-models.ts';
import * as groupings from './003-groupings.ts';
import * as notesInTheLog from './004-notes-in-the-log.ts';

export interface Migration {
  readonly version: number;
  update(db: CaseDatabase): void;
}

const MIGRATIONS: readonly Migration[] = [caseStore, vectorModels, groupings, notesInTheLog];

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

/**
 * Whether a database has the tables, indexes and triggers of its version and no others: a trigger from elsewhere would act with the
 * hands of whoever opens it.
 */
export async function hasOwnForm(db: CaseDatabase): Promise<boolean> {
  const own = await CaseDatabase.open(':memory:');
  try {
    migrate(
      own,
      ':memory:',
      MIGRATIONS.filter(({ version }) => version <= db.version),
    );
    return formOf(db) === formOf(own);
  } finally {
    own.close();
  }
}

function formOf(db: CaseDatabase): string {
  return JSON.stringify(db.all('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name'));
}

function copyBefore(db: CaseDatabase, copy: string): void {
  if (existsSync(copy)) rmSync(copy);
  db.copyTo(copy);
}
