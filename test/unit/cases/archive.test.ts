import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import BetterSqlite3 from 'better-sqlite3';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { exportCase, importCase } from '../../../main/cases/archive.ts';
import { openCase } from '../../../main/cases/case.ts';
import { dumpComparable } from '../../../main/cases/comparable.ts';
import { listCustody } from '../../../main/cases/custody.ts';
import { verifyCustody } from '../../../main/cases/custody-check.ts';
import { eraseAll, eraseCase } from '../../../main/cases/erase.ts';
import { recordExamination } from '../../../main/cases/examinations.ts';
import { intake } from '../../../main/cases/intake.ts';
import { listItems } from '../../../main/cases/items.ts';
import { createJob, examinationFault, findOpenJob, notReceived, openJobs } from '../../../main/cases/job-store.ts';
import { addKeyFile, addRecoveryCode, listSlots, removeSlot } from '../../../main/cases/keys.ts';
import type { OpenCase } from '../../../main/cases/open-case.ts';
import { withWorkingCopy } from '../../../main/cases/working-copy.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { Bench, bytesOf, examinationOf, plan, receiveOne } from './support.ts';

async function filledCase(bench: Bench, name = 'a'): Promise<OpenCase> {
  const c = await bench.newCase(name);
  const { entry, item } = await receiveOne(c, bench.write('CANARY.png', bytesOf(700_000, 1)));
  await recordExamination(c, { entry, examination: examinationOf(item), settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  return c;
}

async function unzip(file: string): Promise<Map<string, Buffer>> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(file, { lazyEntries: true }, (fault, opened) => (fault ? reject(fault) : resolve(opened))),
  );
  const content = new Map<string, Buffer>();
  await new Promise<void>((resolve, reject) => {
    zip.on('end', resolve).on('error', reject);
    zip.on('entry', (entry: yauzl.Entry) =>
      zip.openReadStream(entry, async (fault, stream) => {
        if (fault) return reject(fault);
        content.set(entry.fileName, Buffer.concat(await stream.toArray()));
        zip.readEntry();
      }),
    );
    zip.readEntry();
  });
  return content;
}

async function zipAgain(content: ReadonlyMap<string, Buffer>, file: string): Promise<string> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of content) zip.addBuffer(bytes, name, { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}

const elsewhere = (bench: Bench) => path.join(bench.folder, 'other');

test('an exported case is imported elsewhere, opens with its passphrase and holds the same', async () => {
  using bench = new Bench();
  const c = await filledCase(bench);
  const before = await dumpComparable(c);
  const { file, bytes, sha256, head } = await exportCase(c, { out: bench.folder, passphrase: 'travel' });
  expect(path.basename(file)).toBe('a.jianzhen.zip');
  const content = readFileSync(file);
  expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(content.includes('CANARY')).toBe(false);
  expect(listSlots(c).map((slot) => slot.kind)).toEqual(['key-file']);
  expect(listCustody(c).at(-1)).toMatchObject({
    act: 'case-exported',
    details: { archive: sha256, bytes, seq: head.seq },
  });

  const imported = await importCase(elsewhere(bench), { file });
  expect(imported).toMatchObject({ id: c.id, name: 'a', head });
  await expect(openCase(elsewhere(bench), 'a')).rejects.toMatchObject({ code: 'VAULT_KEY_MISSING' });
  const again = bench.keep(await openCase(elsewhere(bench), 'a', { passphrase: 'travel' }));
  const { custody, ...rest } = await dumpComparable(again);
  expect(rest).toEqual({ ...before, custody: undefined });
  expect(custody!.filter((entry) => !entry.includes('case-imported'))).toEqual(before.custody);
  expect(verifyCustody(again).entries).toBe(head.seq + 1);
  expect(statSync(again.folder).mode & 0o777).toBe(0o700);
  await withWorkingCopy(again, again.db.get<{ sha256: string }>('SELECT sha256 FROM items')!.sha256, async (copy) =>
    expect(readFileSync(copy).equals(bytesOf(700_000, 1))).toBe(true),
  );
});

test('a scan that was left open reads no path after an import: what it had not come to is named with the reason', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const [received, left] = plan(c, [bench.write('a.png', 'first'), bench.write('b.png', 'second')]);
  const { item } = await intake(c, received!);
  const items = createJob(c, {
    fingerprint: 'again',
    settings: {},
    role: 'questioned',
    retention: 'copy',
    entries: [{ item: item.sha256 }],
  });
  const { file } = await exportCase(c, { out: bench.folder, passphrase: 'travel' });
  expect(openJobs(c)).toHaveLength(2);
  bench.write('b.png', 'another file at the same path');

  expect((await importCase(elsewhere(bench), { file })).left).toBe(1);
  const again = bench.keep(await openCase(elsewhere(bench), 'a', { passphrase: 'travel' }));
  const error = { code: 'SCAN_LEFT_ELSEWHERE', params: {} };
  expect(openJobs(again).map(({ id }) => id)).toEqual([items]);
  expect(findOpenJob(again, 'test')).toBeNull();
  expect(notReceived(again)).toEqual([{ path: left!.path!.path, parent: null, error }]);
  expect(examinationFault(again, item.sha256)).toEqual(error);
  expect(listItems(again)).toHaveLength(1);
  expect(verifyCustody(again).entries).toBe(listCustody(again).length);
});

test('an import on a machine whose clock is behind records that first', async () => {
  using bench = new Bench();
  const c = await filledCase(bench);
  const { file, head } = await exportCase(c, { out: bench.folder, passphrase: 'travel' });
  const last = listCustody(c).find(({ seq }) => seq === head.seq)!;
  await importCase(elsewhere(bench), { file, now: () => last.atMs - 86_400_000 });
  const again = bench.keep(await openCase(elsewhere(bench), 'a', { passphrase: 'travel' }));
  expect(listCustody(again, { after: head.seq }).map(({ act, details }) => [act, details.byMs])).toEqual([
    ['clock-ran-backwards', 86_400_000],
    ['case-imported', undefined],
  ]);
  expect(verifyCustody(again).entries).toBe(head.seq + 2);
});

test('a case that only a key file opens is not exported without a passphrase; a recovery code suffices', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const out = path.join(bench.folder, 'out.zip');
  await expect(exportCase(c, { out })).rejects.toMatchObject({ code: 'VAULT_EXPORT_NEEDS_PASSPHRASE' });
  expect(existsSync(out)).toBe(false);
  const { code } = await addRecoveryCode(c);
  await exportCase(c, { out });
  await importCase(elsewhere(bench), { file: out });
  bench.keep(await openCase(elsewhere(bench), 'a', { recoveryCode: code }));
});

test('an existing file is not overwritten', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const out = bench.write('taken.zip', 'mine') as string;
  await expect(exportCase(c, { out, passphrase: 'p' })).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
  expect(readFileSync(out, 'utf8')).toBe('mine');
});

test('a case whose log does not hold is not exported: no import would take it', async () => {
  using bench = new Bench();
  const c = await filledCase(bench);
  const out = path.join(bench.folder, 'out.zip');
  c.db.execute("UPDATE items SET sm3 = '00'");
  await expect(exportCase(c, { out, passphrase: 'p' })).rejects.toMatchObject({ code: 'CUSTODY_BROKEN' });
  expect(existsSync(out)).toBe(false);
});

test('a cancelled export leaves no file', async () => {
  using bench = new Bench();
  const c = await filledCase(bench);
  const stop = new AbortController();
  const out = path.join(bench.folder, 'out.zip');
  const stopped = exportCase(c, { out, passphrase: 'p', signal: stop.signal, onBytes: () => stop.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(readdirSync(bench.folder).sort()).toEqual(['CANARY.png', 'data']);
  expect(readdirSync(path.join(c.folder, 'scratch'))).toEqual(['engine']);
});

test('an export into a folder that is not there is FILE_NOT_FOUND', async () => {
  using bench = new Bench();
  const c = await filledCase(bench);
  const out = path.join(bench.folder, 'no', 'such', 'out.zip');
  await expect(exportCase(c, { out, passphrase: 'p' })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});

test('a case that is already there is not replaced, unless it gets another name', async () => {
  using bench = new Bench();
  const c = await filledCase(bench);
  const { file } = await exportCase(c, { out: bench.folder, passphrase: 'p' });
  await expect(importCase(bench.dataRoot, { file })).rejects.toMatchObject({
    code: 'CASE_EXISTS',
    params: { name: 'a' },
  });
  await importCase(bench.dataRoot, { file, as: '副本' });
  expect(bench.keep(await openCase(bench.dataRoot, '副本', { passphrase: 'p' })).name).toBe('副本');
  expect(readdirSync(path.join(bench.dataRoot, 'cases')).filter((name) => name.startsWith('.'))).toEqual([]);
});

describe('an archive that is not as we wrote it', () => {
  let written: ReadonlyMap<string, Buffer>;
  beforeAll(async () => {
    using bench = new Bench();
    const { file } = await exportCase(await filledCase(bench), { out: bench.folder, passphrase: 'p' });
    written = await unzip(file);
  });
  async function refused(change: (content: Map<string, Buffer>) => void, code = 'ARCHIVE_INVALID'): Promise<void> {
    using bench = new Bench();
    const content = new Map([...written].map(([name, bytes]) => [name, Buffer.from(bytes)]));
    change(content);
    const changed = await zipAgain(content, path.join(bench.folder, 'changed.zip'));
    await expect(importCase(elsewhere(bench), { file: changed })).rejects.toMatchObject({ code });
    expect(readdirSync(path.join(elsewhere(bench), 'cases'))).toEqual([]);
  }
  const flip = (bytes: Buffer, at: number) => bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  const vaultEntry = (content: Map<string, Buffer>) => [...content.keys()].find((name) => name.startsWith('vault/'))!;
  const edit = (content: Map<string, Buffer>, change: (manifest: Record<string, unknown>) => void) => {
    const manifest = JSON.parse(content.get('manifest.json')!.toString());
    change(manifest);
    content.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
  };

  test('unchanged it is taken, so that the refusals below mean something', async () => {
    using bench = new Bench();
    const same = await zipAgain(written, path.join(bench.folder, 'same.zip'));
    expect((await importCase(elsewhere(bench), { file: same })).name).toBe('a');
  });
  test('a byte changed in the vault', () => refused((content) => flip(content.get(vaultEntry(content))!, 100)));
  test('a byte changed in the database', () => refused((content) => flip(content.get('case.db')!, 5000)));
  test('a file missing', () => refused((content) => void content.delete(vaultEntry(content))));
  test('a file too many', () => refused((content) => void content.set(`vault/00/${'0'.repeat(32)}`, Buffer.from('x'))));
  test('no manifest', () => refused((content) => void content.delete('manifest.json')));
  test('a manifest that is no JSON', () => refused((content) => void content.set('manifest.json', Buffer.from('{'))));
  test('a manifest that names a path outside', () =>
    refused((content) =>
      edit(content, (m) => (m.files as unknown[]).push({ path: '../x', bytes: 1, sha256: 'a'.repeat(64) })),
    ));
  test('another head than that of the log', () =>
    refused((content) => edit(content, (m) => Object.assign(m.head as object, { hash: 'a'.repeat(64) }))));
  const editDatabase = (content: Map<string, Buffer>, sql: string) => {
    using bench = new Bench();
    const file = bench.write('changed.db', content.get('case.db')!) as string;
    const db = new BetterSqlite3(file);
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
    const bytes = readFileSync(file);
    content.set('case.db', bytes);
    edit(content, (m) =>
      Object.assign((m.files as { path: string }[]).find((file) => file.path === 'case.db')!, {
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }),
    );
  };
  test.each([
    ['a trigger', 'CREATE TRIGGER mine AFTER INSERT ON sightings BEGIN DELETE FROM items; END'],
    ['a view', 'CREATE VIEW mine AS SELECT * FROM items'],
    ['no guard of the log', 'DROP TRIGGER custodyNoDelete'],
    ['a vault file named outside', "UPDATE vaultFiles SET id = '../' || id WHERE kind = 'copy'"],
    ['a vault file without a name', "UPDATE vaultFiles SET id = '' WHERE kind = 'copy'"],
    ['an item that was erased without a word', 'DELETE FROM items'],
  ])('a database with %s', (_, sql) =>
    refused((content) => editDatabase(content, sql), sql.startsWith('DELETE') ? 'CUSTODY_BROKEN' : 'ARCHIVE_INVALID'),
  );
  test('a newer archive', () => refused((content) => edit(content, (m) => (m.format = 2)), 'CASE_FROM_NEWER_VERSION'));
  test('a newer database', () =>
    refused((content) => edit(content, (m) => (m.database = 99)), 'CASE_FROM_NEWER_VERSION'));

  test.each(['vault/../../x', 'case.db/x', 'C:\\x', 'notes.txt'])('an entry named %s', async (name) => {
    using bench = new Bench();
    const zip = new yazl.ZipFile();
    zip.addBuffer(Buffer.from('x'), name.replaceAll('..', 'aa').replaceAll('\\', '/').replace('C:', 'C_'));
    zip.end();
    const file = path.join(bench.folder, 'x.zip');
    await pipeline(zip.outputStream, createWriteStream(file));
    const bytes = readFileSync(file).toString('latin1');
    const from = name.replaceAll('..', 'aa').replaceAll('\\', '/').replace('C:', 'C_');
    writeFileSync(file, bytes.replaceAll(from, name), 'latin1');
    await expect(importCase(elsewhere(bench), { file })).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
    expect(existsSync(path.join(bench.folder, 'x'))).toBe(false);
  });

  test.each([
    ['an empty file', ''],
    ['a text', 'hello '.repeat(100)],
    ['the beginning of a ZIP', 'PK\u0003\u0004'],
  ])('%s', async (_, text) => {
    using bench = new Bench();
    const file = bench.write('x.zip', text) as string;
    await expect(importCase(elsewhere(bench), { file })).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
  });

  test('a folder, and a file that is not there', async () => {
    using bench = new Bench();
    await expect(importCase(elsewhere(bench), { file: bench.folder })).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
    });
    const file = path.join(bench.folder, 'absent');
    await expect(importCase(elsewhere(bench), { file })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});

describe('erasing', () => {
  test('a case: key, folder and receipt; other cases stay', async () => {
    using bench = new Bench();
    const c = await filledCase(bench);
    (await bench.newCase('b')).close();
    await expect(eraseCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_LOCKED' });
    const head = verifyCustody(c).head;
    c.close();
    const report = await eraseCase(bench.dataRoot, 'a');
    expect(report).toEqual({ removed: ['cases/a', `keys/${c.id}.key`], kept: [], heads: [{ ...head, caseId: c.id }] });
    expect(readdirSync(path.join(bench.dataRoot, 'cases'))).toEqual(['b']);
    expect(readdirSync(path.join(bench.dataRoot, 'keys'))).toHaveLength(1);
    await expect(eraseCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
  });

  test('a copy that was imported beside its case leaves the key by which the case opens', async () => {
    using bench = new Bench();
    const c = await filledCase(bench);
    const { file } = await exportCase(c, { out: bench.folder, passphrase: 'travel' });
    c.close();
    await importCase(bench.dataRoot, { file, as: 'copy' });
    const copy = bench.keep(await openCase(bench.dataRoot, 'copy', { passphrase: 'travel' }));
    const slot = await addKeyFile(copy);
    await removeSlot(copy, slot.id);
    copy.close();
    (await openCase(bench.dataRoot, 'a')).close();
    expect((await eraseCase(bench.dataRoot, 'copy')).removed).toEqual(['cases/copy']);
    (await openCase(bench.dataRoot, 'a')).close();
    expect((await eraseCase(bench.dataRoot, 'a')).removed).toEqual(['cases/a', `keys/${c.id}.key`]);
  });

  test('a case whose database is broken or whose key is lost', async () => {
    using bench = new Bench();
    const c = await filledCase(bench);
    c.close();
    rmSync(path.join(bench.dataRoot, 'keys'), { recursive: true });
    writeFileSync(path.join(c.folder, 'case.db'), 'broken');
    expect((await eraseCase(bench.dataRoot, 'a')).heads).toEqual([]);
    expect(existsSync(c.folder)).toBe(false);
  });

  test('everything: all that is ours, nothing that is not, and refused while a case is open', async () => {
    using bench = new Bench();
    (await filledCase(bench, 'a')).close();
    const b = await bench.newCase('b');
    mkdirSync(path.join(bench.dataRoot, 'packs'));
    writeFileSync(path.join(bench.dataRoot, 'diary.txt'), 'mine');
    await expect(eraseAll(bench.dataRoot)).rejects.toMatchObject({ code: 'CASE_LOCKED' });
    expect(readdirSync(path.join(bench.dataRoot, 'cases')).sort()).toEqual(['a', 'b']);
    b.close();
    const report = await eraseAll(bench.dataRoot);
    expect(report.kept).toEqual(['diary.txt']);
    expect(report.removed).toEqual(expect.arrayContaining(['cases/a', 'cases/b', 'cases', 'keys', 'packs']));
    expect(report.heads).toHaveLength(2);
    expect(readdirSync(bench.dataRoot)).toEqual(['diary.txt']);
    rmSync(path.join(bench.dataRoot, 'diary.txt'));
    await eraseAll(bench.dataRoot);
    expect(existsSync(bench.dataRoot)).toBe(false);
  });
});
