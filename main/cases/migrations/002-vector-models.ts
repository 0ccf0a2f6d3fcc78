import type { CaseDatabase } from '../database.ts';

/**
 * Every vector names the networks that made it, so that vectors of different versions are never compared, and what is needed to group
 * persons over the case. Null in rows of before: of an examination its run names the networks, of a person's sample nothing does.
 */
export const version = 2;

export function update(db: CaseDatabase): void {
  db.execute(`
    ALTER TABLE templates ADD COLUMN sealedAbout BLOB;
    ALTER TABLE samples ADD COLUMN modelsJson TEXT;
  `);
}
