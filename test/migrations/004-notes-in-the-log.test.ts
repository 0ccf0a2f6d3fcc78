import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { openCase } from '../../main/cases/case.ts';
import { listCustody } from '../../main/cases/custody.ts';
import { verifyCustody } from '../../main/cases/custody-check.ts';
import { addNote, listNotes } from '../../main/cases/records.ts';
import { Bench, receiveOne } from '../unit/cases/support.ts';

test('migration 4: notes of before stand as the log holds them, whatever became of their rows', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { item } = await receiveOne(c, bench.write('a.png', 'picture'));
  addNote(c, { item: item.sha256, text: 'seen by a neighbour' });
  addNote(c, { item: null, text: 'of the whole' });
  c.close();
  const raw = new BetterSqlite3(path.join(c.folder, 'case.db'));
  raw.exec(`CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item TEXT REFERENCES items (sha256) ON DELETE CASCADE,
    atMs INTEGER NOT NULL,
    sealedText BLOB NOT NULL
  ) STRICT`);
  raw.exec(`INSERT INTO notes (item, atMs, sealedText) VALUES ('${item.sha256}', 1, x'00')`);
  raw.pragma('user_version = 3');
  raw.close();

  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(again.db.all("SELECT name FROM sqlite_schema WHERE name = 'notes'")).toEqual([]);
  expect(listNotes(again, item.sha256).map(({ text }) => text)).toEqual(['seen by a neighbour']);
  expect(listNotes(again, null).map(({ text }) => text)).toEqual(['of the whole']);
  const { act, details } = listCustody(again).at(-1)!;
  expect({ act, details }).toEqual({ act: 'case-opened-by-newer-version', details: { from: 3, to: 4 } });
  expect(verifyCustody(again).entries).toBe(listCustody(again).length);
});
