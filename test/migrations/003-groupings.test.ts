import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CaseDatabase } from '../../main/cases/database.ts';
import * as caseStore from '../../main/cases/migrations/001-case-store.ts';
import * as vectorModels from '../../main/cases/migrations/002-vector-models.ts';
import { DATABASE_VERSION, migrate } from '../../main/cases/migrations/index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('migration 3 adds groupings; an erased item takes its part along', async () => {
  const file = path.join(folder, 'case.db');
  const db = await CaseDatabase.open(file);
  migrate(db, file, [caseStore, vectorModels]);
  db.execute(`
    INSERT INTO items (sha256, sm3, bytes, mediaType, role, retention, wrappedKey, receivedAtMs)
      VALUES ('i', 's', 1, 'image/png', 'questioned', 'copy', x'00', 1), ('j', 't', 1, 'image/png', 'questioned', 'copy', x'00', 1);
  `);
  expect(migrate(db, file)).toBe(2);
  expect(db.version).toBe(DATABASE_VERSION);
  db.execute(`
    INSERT INTO groupings (id, app, atMs, custody, basis, sealedGrouping) VALUES (1, 'a', 1, 1, 'b', x'00');
    INSERT INTO groupingItems VALUES (1, 'i', x'01'), (1, 'j', x'02');
    DELETE FROM items WHERE sha256 = 'i';
  `);
  expect(db.all('SELECT item FROM groupingItems')).toEqual([{ item: 'j' }]);
  db.execute('DELETE FROM groupings');
  expect(db.all('SELECT item FROM groupingItems')).toEqual([]);
  db.close();
});
