import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CaseDatabase } from '../../main/cases/database.ts';
import { DATABASE_VERSION, type Migration, migrate } from '../../main/cases/migrations/index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-migrations-'));
const file = path.join(folder, 'case.db');
let db: CaseDatabase;
beforeEach(async () => {
  for (const suffix of ['', '-wal', '-shm', '.before-2']) rmSync(file + suffix, { force: true });
  db = await CaseDatabase.open(file);
});
afterEach(() => db.close());
afterAll(() => rmSync(folder, { recursive: true }));

const NEXT: Migration = { version: 2, update: (of) => of.execute('CREATE TABLE later (id TEXT) STRICT') };
const FIRST: Migration = { version: 1, update: (of) => of.execute('CREATE TABLE first (id TEXT) STRICT') };

describe('migration 1', () => {
  test('makes every table STRICT', () => {
    expect(migrate(db, file)).toBe(0);
    const tables = db.all<{ name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    expect(tables.map((table) => table.name)).toEqual(
      [
        'caseInfo crops custody custodyTexts examinations findings groupingItems groupings items jobEntries jobs keySlots',
        'outcomes people samples settings sightings templates vaultFiles',
      ]
        .join(' ')
        .split(' '),
    );
    expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
  });

  test('keeps digests as text and times as integers', () => {
    migrate(db, file);
    const columns = db.all<{ name: string; type: string }>(
      `SELECT columns.name, columns.type FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.schema = 'main' AND tables.type = 'table'`,
    );
    const typesOf = (pattern: RegExp) => new Set(columns.filter((c) => pattern.test(c.name)).map((c) => c.type));
    expect(typesOf(/^(sha256|sm3|hash|previous|item|parent|source)$/)).toEqual(new Set(['TEXT']));
    expect(typesOf(/AtMs$|^atMs$/)).toEqual(new Set(['INTEGER']));
    expect(typesOf(/^(sealed(?!Bytes)[A-Z]|wrapped)/)).toEqual(new Set(['BLOB']));
  });

  test('a second run changes nothing and makes no copy', () => {
    migrate(db, file);
    expect(migrate(db, file)).toBe(DATABASE_VERSION);
    expect(existsSync(`${file}.before-${DATABASE_VERSION}`)).toBe(false);
  });

  test('foreign keys are on, commits are synced, and erased content is overwritten', () => {
    migrate(db, file);
    expect(db.all('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(db.all('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
    expect(db.all('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(db.all('PRAGMA secure_delete')).toEqual([{ secure_delete: 1 }]);
    expect(() => db.run("INSERT INTO sightings (item, atMs) VALUES ('absent', 1)")).toThrow(/FOREIGN KEY/);
  });
});

describe('the sequence', () => {
  test('an older file is copied before it is changed', async () => {
    migrate(db, file, [FIRST]);
    db.run("INSERT INTO first VALUES ('kept')");
    expect(migrate(db, file, [FIRST, NEXT])).toBe(1);
    expect(db.version).toBe(2);
    const copy = await CaseDatabase.open(`${file}.before-2`);
    expect(copy.version).toBe(1);
    expect(copy.all('SELECT * FROM first')).toEqual([{ id: 'kept' }]);
    copy.close();
  });

  test('a step that fails leaves the file as it was', () => {
    migrate(db, file, [FIRST]);
    const broken: Migration = {
      version: 3,
      update: () => {
        throw new Error('broken step');
      },
    };
    expect(() => migrate(db, file, [FIRST, NEXT, broken])).toThrow('broken step');
    expect(db.version).toBe(1);
    expect(db.all("SELECT name FROM sqlite_schema WHERE name = 'later'")).toEqual([]);
  });

  test('a newer file is refused', () => {
    db.version = DATABASE_VERSION + 1;
    expect(() => migrate(db, file)).toThrow(
      expect.objectContaining({
        code: 'CASE_FROM_NEWER_VERSION',
        params: { found: DATABASE_VERSION + 1, supported: DATABASE_VERSION },
      }),
    );
  });

  test('steps out of order are a fault of the program', () => {
    expect(() => migrate(db, file, [NEXT, FIRST])).toThrow('out of order');
    expect(() => migrate(db, file, [FIRST, FIRST])).toThrow('out of order');
  });
});
