import type { CaseDatabase } from '../database.ts';

/** Notes are read from the custody log, which has held each of them sealed from the first: rows beside it could be changed or removed unseen. */
export const version = 4;

export function update(db: CaseDatabase): void {
  db.execute('DROP TABLE notes');
}
