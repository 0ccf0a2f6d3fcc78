import type { CaseDatabase } from '../database.ts';

/** Faces and voices grouped over a case: sealed for the case as a whole, and of each item under its key, so that erasing it erases its part. */
export const version = 3;

export function update(db: CaseDatabase): void {
  db.execute(`
    CREATE TABLE groupings (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      app TEXT NOT NULL,
      atMs INTEGER NOT NULL,
      custody INTEGER NOT NULL,
      basis TEXT NOT NULL,
      sealedGrouping BLOB NOT NULL
    ) STRICT;

    CREATE TABLE groupingItems (
      grouping INTEGER NOT NULL REFERENCES groupings (id) ON DELETE CASCADE,
      item TEXT NOT NULL REFERENCES items (sha256) ON DELETE CASCADE,
      sealedMembers BLOB NOT NULL,
      PRIMARY KEY (grouping, item)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX groupingItemsByItem ON groupingItems (item);
  `);
}
