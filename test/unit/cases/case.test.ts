import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { caseSummary, createCase, listCases, openCase, openOrCreateCase } from '../../../main/cases/case.ts';
import { caseSlug, homeRoot, refuseNetworkFileSystem } from '../../../main/cases/data-root.ts';
import { CaseDatabase, loadSqlite, storeFault } from '../../../main/cases/database.ts';
import { eraseCase } from '../../../main/cases/erase.ts';
import { DATABASE_VERSION } from '../../../main/cases/migrations/index.ts';
import { Bench, bytesOf, receiveOne } from './support.ts';

const childFile = (name: string) => path.join(import.meta.dirname, 'children', name);

test('a case is created, listed, closed and opened again under its name', async () => {
  using bench = new Bench();
  const c = await bench.newCase('王小明的案件');
  expect(await listCases(bench.dataRoot)).toMatchObject([{ name: '王小明的案件', id: c.id, locked: true }]);
  c.close();
  c.close();
  expect(await listCases(bench.dataRoot)).toMatchObject([{ name: '王小明的案件', id: c.id, locked: false }]);
  const again = bench.keep(await openCase(bench.dataRoot, '王小明的案件'));
  expect(caseSummary(again)).toMatchObject({ id: c.id, items: 0, people: 0, custody: { seq: 1 } });
  expect(path.basename(again.folder)).toMatch(/^case-[0-9a-f]{10}$/);
});

test('without a name the default case is created once and then opened', async () => {
  using bench = new Bench();
  const first = await openOrCreateCase(bench.dataRoot);
  first.close();
  const second = bench.keep(await openOrCreateCase(bench.dataRoot));
  expect(second.id).toBe(first.id);
  expect(second.name).toBe('default');
});

test('of two that begin the same case at once, one has it and the other is told that it is in use', async () => {
  using bench = new Bench();
  const both = await Promise.allSettled([1, 2].map(() => openOrCreateCase(bench.dataRoot, 'a')));
  for (const one of both) if (one.status === 'fulfilled') bench.keep(one.value);
  expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CASE_LOCKED' } });
});

test('an absent data root has no cases', async () => {
  expect(await listCases('/nowhere/at/all')).toEqual([]);
});

test('folders of a case and its key are for the owner only', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  for (const folder of ['', 'vault', 'scratch', 'scratch/engine'])
    expect(statSync(path.join(c.folder, folder)).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(bench.dataRoot, 'keys', `${c.id}.key`)).mode & 0o777).toBe(0o600);
  expect(statSync(path.join(bench.dataRoot, 'keys')).mode & 0o777).toBe(0o700);
});

describe('names', () => {
  test.each([
    ['default', 'default'],
    ['a', 'a'],
    ['2024-case-7', '2024-case-7'],
  ])('%s is its own folder', (name, slug) => expect(caseSlug(name)).toBe(slug));

  test('names that a file system could confuse get different folders', () => {
    const names = [
      'A',
      'a',
      'á',
      'a ́'.replace(' ', ''),
      'con',
      'a b',
      'a  b',
      'a-b',
      '案',
      '安',
      'x'.repeat(100),
      'x-0123456789',
    ];
    const slugs = names.map(caseSlug);
    expect(new Set(slugs).size).toBe(names.length - 1);
    expect(caseSlug('á')).toBe(caseSlug('á'));
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
  });

  test.each(['', ' a', 'a ', 'a/b', 'a\\b', '..\u0000', 'a\nb', 'x'.repeat(101)])('%j is refused', async (name) => {
    using bench = new Bench();
    await expect(createCase(bench.dataRoot, name)).rejects.toMatchObject({ code: 'CASE_NAME_INVALID' });
  });

  test('.. is a name and stays inside the data root', async () => {
    using bench = new Bench();
    const c = await bench.newCase('..');
    expect(path.dirname(c.folder)).toBe(path.join(bench.dataRoot, 'cases'));
  });
});

test('a second case of the same name is refused and leaves nothing', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await expect(createCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_EXISTS', params: { name: 'a' } });
  expect(readdirSync(path.join(bench.dataRoot, 'cases'))).toEqual([path.basename(c.folder)]);
});

test('a case that is not there is CASE_NOT_FOUND', async () => {
  using bench = new Bench();
  await expect(openCase(bench.dataRoot, 'b')).rejects.toMatchObject({ code: 'CASE_NOT_FOUND', params: { name: 'b' } });
});

describe('one writer', () => {
  test('the same process cannot open a case twice', async () => {
    using bench = new Bench();
    await bench.newCase();
    await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_LOCKED' });
  });

  test('another process holds it until it is killed, and then it is free at once', async () => {
    using bench = new Bench();
    (await bench.newCase()).close();
    const holder = spawn(process.execPath, [childFile('hold-case.ts'), bench.dataRoot, 'a'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(holder.stdout, 'data');
      await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_LOCKED' });
      expect(await listCases(bench.dataRoot)).toMatchObject([{ locked: true }]);
    } finally {
      holder.kill('SIGKILL');
    }
    await once(holder, 'exit');
    expect(bench.keep(await openCase(bench.dataRoot, 'a')).name).toBe('a');
  });
});

describe('refused with a code', () => {
  test('a database from a newer version, which stays as it is', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    c.db.version = 999;
    c.db.checkpoint();
    c.close();
    const before = readFileSync(path.join(c.folder, 'case.db'));
    await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({
      code: 'CASE_FROM_NEWER_VERSION',
      params: { found: 999, supported: DATABASE_VERSION },
    });
    expect(readFileSync(path.join(c.folder, 'case.db')).equals(before)).toBe(true);
  });

  test('a case file from a newer version', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    c.close();
    const file = path.join(c.folder, 'case.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), format: 2 }));
    await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_FROM_NEWER_VERSION' });
  });

  test.each([
    ['a case file that is no JSON', 'case.json', '{'],
    ['a database that is none', 'case.db', 'not a database, but long enough to be read as a header '.repeat(20)],
  ])('%s', async (_, name, content) => {
    using bench = new Bench();
    const c = await bench.newCase();
    c.close();
    writeFileSync(path.join(c.folder, name), content);
    await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_CORRUPT' });
    writeFileSync(path.join(c.folder, 'lock.db'), '');
    await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_CORRUPT' });
  });

  test('a database with pages overwritten', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    await receiveOne(c, bench.write('a', bytesOf(1000, 1)));
    c.db.checkpoint();
    c.close();
    const file = path.join(c.folder, 'case.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096);
    writeFileSync(file, bytes);
    await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_CORRUPT' });
  });

  test('a folder that cannot be written, for opening and for creating', async () => {
    using bench = new Bench();
    (await bench.newCase()).close();
    const cases = path.join(bench.dataRoot, 'cases');
    const folder = path.join(cases, 'a');
    const asNobody = process.geteuid!() === 0;
    for (const each of [
      ...readdirSync(folder, { recursive: true }).map((n) => path.join(folder, String(n))),
      folder,
      cases,
    ]) {
      if (asNobody) chownSync(each, 65534, 65534);
      chmodSync(each, statSync(each).isDirectory() ? 0o500 : 0o400);
    }
    chmodSync(bench.folder, 0o755);
    chmodSync(bench.dataRoot, 0o755);
    if (asNobody) process.seteuid!(65534);
    try {
      await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_READ_ONLY' });
      await expect(createCase(bench.dataRoot, 'b')).rejects.toMatchObject({ code: 'CASE_READ_ONLY' });
    } finally {
      if (asNobody) process.seteuid!(0);
      chmodSync(cases, 0o700);
      chmodSync(folder, 0o700);
    }
  });

  test('a file where the data root should be', async () => {
    using bench = new Bench();
    const dataRoot = bench.write('file', 'x') as string;
    await expect(createCase(dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_READ_ONLY' });
  });

  test('a Node without the interface that the database needs', async () => {
    await expect(loadSqlite('9')).rejects.toMatchObject({ code: 'NODE_TOO_OLD', params: { found: process.version } });
    await expect(loadSqlite(undefined)).resolves.toBeDefined();
  });
});

describe('network file systems', () => {
  const mounts = [
    '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '40 22 0:50 / /mnt/far\\040away rw - fuse.sshfs me@host:/ rw',
    '41 22 0:51 / /mnt/usb rw - fuseblk /dev/sdb1 rw',
  ].join('\n');
  const probe = (type: number) => ({ type: async () => type, mounts: async () => mounts });
  const refused = { code: 'CASE_NETWORK_FILE_SYSTEM' };

  test.each([
    ['NFS', 0x6969],
    ['CIFS', 0xff534d42],
    ['SMB2', 0xfe534d42],
  ])('%s is refused', async (_, type) => {
    await expect(refuseNetworkFileSystem('/x', probe(type), 'linux')).rejects.toMatchObject(refused);
  });
  test('sshfs is refused, a local disk through FUSE is not', async () => {
    const fuse = probe(0x65735546);
    await expect(refuseNetworkFileSystem('/mnt/far away/data', fuse, 'linux')).rejects.toMatchObject(refused);
    await expect(refuseNetworkFileSystem('/mnt/usb/data', fuse, 'linux')).resolves.toBeUndefined();
    await expect(refuseNetworkFileSystem('/mnt/far away-not', fuse, 'linux')).resolves.toBeUndefined();
  });
  test('a share by its UNC path is refused on Windows', async () => {
    await expect(refuseNetworkFileSystem('\\\\server\\share\\x', probe(0), 'win32')).rejects.toMatchObject(refused);
    await expect(refuseNetworkFileSystem('C:\\data', probe(0), 'win32')).resolves.toBeUndefined();
  });
  test('the folder of this test is accepted', async () => {
    using bench = new Bench();
    await expect(refuseNetworkFileSystem(bench.folder)).resolves.toBeUndefined();
  });
});

test('what an interrupted run left is swept when the case is opened', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { item } = await receiveOne(c, bench.write('a', bytesOf(1000, 1)));
  c.close();
  const orphan = 'f'.repeat(32);
  mkdirSync(path.join(c.folder, 'vault', 'ff'), { recursive: true });
  const leftovers = [`vault/ff/${orphan}`, `vault/${orphan}.unfinished`, 'scratch/plain', 'scratch/engine/spool.wav'];
  for (const name of leftovers) writeFileSync(path.join(c.folder, name), 'x');
  const foreign = path.join(c.folder, 'vault', 'README');
  writeFileSync(foreign, 'not ours');
  bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(leftovers.filter((name) => existsSync(path.join(c.folder, name)))).toEqual([]);
  expect(existsSync(foreign)).toBe(true);
  expect(item.hasCopy).toBe(true);
});

test('a creation that was interrupted is swept by the next one', async () => {
  using bench = new Bench();
  const left = path.join(bench.dataRoot, 'cases', '.new-x');
  mkdirSync(left, { recursive: true });
  utimesSync(left, 1, 1);
  const c = await bench.newCase();
  expect(readdirSync(path.join(bench.dataRoot, 'cases'))).toEqual([path.basename(c.folder)]);
});

test('an erasure that was interrupted is ended by the same command', async () => {
  using bench = new Bench();
  const left = path.join(bench.dataRoot, 'cases', '.erased-x');
  mkdirSync(left, { recursive: true });
  writeFileSync(path.join(left, 'case.db'), 'sealed');
  await expect(eraseCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
  expect(existsSync(left)).toBe(false);
});

test('holding a case needs no room on its disk', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  expect(readdirSync(c.folder).filter((name) => name.startsWith('lock.db'))).toEqual(['lock.db']);
  expect(statSync(path.join(c.folder, 'lock.db')).size).toBe(0);
});

test.each([
  ['linux', { XDG_DATA_HOME: '/x' }, /^\/x\/jianzhen$/],
  ['linux', { XDG_DATA_HOME: 'relative' }, /\/\.local\/share\/jianzhen$/],
  ['linux', {}, /\/\.local\/share\/jianzhen$/],
  ['darwin', {}, /Library\/Application Support\/Jianzhen$/],
  ['win32', { LOCALAPPDATA: '/l' }, /^\/l\/Jianzhen$/],
] as const)('data root on %s with %j', (platform, env, expected) => {
  expect(homeRoot(env, platform)).toMatch(expected);
});

test('faults of SQLite and the disk become codes', () => {
  const code = (from: string) => (storeFault(Object.assign(new Error(), { code: from })) as { code: string }).code;
  expect(['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].map(code)).toEqual(['NO_SPACE', 'NO_SPACE', 'NO_SPACE']);
  expect(['SQLITE_READONLY_DBMOVED', 'SQLITE_CANTOPEN', 'EROFS'].map(code)).toEqual(Array(3).fill('CASE_READ_ONLY'));
  expect(['SQLITE_CORRUPT_VTAB', 'SQLITE_NOTADB'].map(code)).toEqual(['CASE_CORRUPT', 'CASE_CORRUPT']);
  expect(code('SQLITE_CONSTRAINT')).toBe('SQLITE_CONSTRAINT');
});

test('a transaction that awaits is refused', async () => {
  using bench = new Bench();
  const db = await CaseDatabase.open(path.join(bench.folder, 'x.db'));
  expect(() => db.transaction(async () => 1)).toThrow('promise');
  db.close();
});
