import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { openCase } from '../../../main/cases/case.ts';
import { listCustody } from '../../../main/cases/custody.ts';
import { verifyCustody } from '../../../main/cases/custody-check.ts';
import { latestExamination, recordExamination } from '../../../main/cases/examinations.ts';
import { intake } from '../../../main/cases/intake.ts';
import { getItem, listItems } from '../../../main/cases/items.ts';
import { getEntry } from '../../../main/cases/job-store.ts';
import type { OpenCase } from '../../../main/cases/open-case.ts';
import { withWorkingCopy } from '../../../main/cases/working-copy.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { Bench, bytesOf, examinationOf, plan } from './support.ts';

/** A disk with room for so many bytes, then ENOSPC as write(2) gives it: part of the bytes first, then the fault. */
class Disk {
  room = Number.POSITIVE_INFINITY;

  readonly create: OpenCase['create'] = async (file) => {
    const handle = await open(file, 'wx', 0o600);
    const write = handle.write.bind(handle) as (bytes: Uint8Array, at: number, length: number) => Promise<unknown>;
    const limited = async (bytes: Uint8Array, at = 0) => {
      const length = Math.min(bytes.length - at, this.room);
      if (length <= 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      this.room -= length;
      await write(bytes, at, length);
      return { bytesWritten: length, buffer: bytes };
    };
    const writeAll = async (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; ) at += (await limited(bytes, at)).bytesWritten;
    };
    return Object.assign(handle, { write: limited, writeFile: writeAll });
  };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((at) => at.isFile())
    .map((at) => path.join(at.parentPath, at.name));
}

async function onDisk(bench: Bench): Promise<{ c: OpenCase; disk: Disk }> {
  const disk = new Disk();
  return { c: await bench.newCase('a', { create: disk.create }), disk };
}

test.each([0, 10, 300_000, 900_000])(
  'a disk that is full after %d bytes stops the reception and loses nothing',
  async (room) => {
    using bench = new Bench();
    const { c, disk } = await onDisk(bench);
    const [entry] = plan(c, [bench.write('a', bytesOf(1_000_000, 1))]);
    disk.room = room;
    await expect(intake(c, entry!)).rejects.toMatchObject({ code: 'NO_SPACE' });
    expect(filesUnder(path.join(c.folder, 'vault'))).toEqual([]);
    expect(listItems(c)).toEqual([]);
    expect(getEntry(c, entry!.id).state).toBe('pending');
    disk.room = Number.POSITIVE_INFINITY;
    expect((await intake(c, entry!)).item.hasCopy).toBe(true);
  },
);

test('a disk that is full while crops are sealed leaves the item received and not examined', async () => {
  using bench = new Bench();
  const { c, disk } = await onDisk(bench);
  const [entry] = plan(c, [bench.write('a', bytesOf(1000, 1))]);
  const { item } = await intake(c, entry!);
  const input = { entry: entry!, examination: examinationOf(item), settings: DEFAULT_SETTINGS, startedAtMs: 1 };
  const before = filesUnder(path.join(c.folder, 'vault'));
  disk.room = 100;
  await expect(recordExamination(c, input)).rejects.toMatchObject({ code: 'NO_SPACE' });
  expect(filesUnder(path.join(c.folder, 'vault'))).toEqual(before);
  expect(latestExamination(c, item.sha256)).toBeNull();
  expect(getEntry(c, entry!.id).state).toBe('sealed');
  disk.room = Number.POSITIVE_INFINITY;
  await recordExamination(c, input);
  expect(latestExamination(c, item.sha256)!.crops).toHaveLength(2);
});

test('a database that may not grow leaves neither half an item nor its sealed file', async () => {
  using bench = new Bench();
  const { c } = await onDisk(bench);
  const entries = plan(
    c,
    Array.from({ length: 40 }, (_, n) => bench.write(`${n}`, bytesOf(100 + n, n + 1))),
  );
  c.db.checkpoint();
  const { page_count: pages } = c.db.get<{ page_count: number }>('PRAGMA page_count')!;
  c.db.get(`PRAGMA max_page_count = ${pages + 1}`);
  let received = 0;
  let code = '';
  for (const entry of entries) {
    try {
      await intake(c, entry);
      received += 1;
    } catch (thrown) {
      code = (thrown as { code: string }).code;
      break;
    }
  }
  expect(code).toBe('NO_SPACE');
  expect(listItems(c)).toHaveLength(received);
  expect(filesUnder(path.join(c.folder, 'vault'))).toHaveLength(received);
  expect(verifyCustody(c).entries).toBe(listCustody(c, { limit: -1 }).length);
  c.close();
  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect((await intake(again, entries[received]!)).duplicate).toBe(false);
});

test('a working copy that does not fit is removed and the item stays', async () => {
  using bench = new Bench();
  const { c, disk } = await onDisk(bench);
  const [entry] = plan(c, [bench.write('a', bytesOf(600_000, 1))]);
  const { item } = await intake(c, entry!);
  disk.room = 300_000;
  let used = false;
  const use = async () => {
    used = true;
  };
  await expect(withWorkingCopy(c, item.sha256, use)).rejects.toMatchObject({ code: 'NO_SPACE' });
  expect(used).toBe(false);
  expect(filesUnder(path.join(c.folder, 'scratch'))).toEqual([]);
  expect(getItem(c, item.sha256).hasCopy).toBe(true);
});

const mountable = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0;
(mountable ? test : test.skip)(
  'a real disk of 4 MB: what was finished stays, and the rest follows when there is room (needs mount)',
  () => {
    using bench = new Bench();
    const files = Array.from({ length: 60 }, (_, n) => bench.write(`${n}.bin`, bytesOf(40_000, n + 1)) as string);
    const disk = path.join(bench.folder, 'disk');
    mkdirSync(disk);
    const ballast = path.join(disk, 'ballast');
    const script = 'mount -t tmpfs -o size=4m x "$1" && head -c 2000000 /dev/zero > "$2" && shift 2 && exec "$@"';
    const child = path.join(import.meta.dirname, 'children', 'full-disk.ts');
    const command = [process.execPath, child, path.join(disk, 'data'), ballast, ...files];
    const run = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', disk, ballast, ...command], {
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const seen = JSON.parse(run.stdout) as Record<string, number | string | null>;
    expect(seen).toMatchObject({ code: 'NO_SPACE', sealed: seen.received });
    expect(seen.received).toBeGreaterThan(0);
    expect(seen.received).toBeLessThan(60);
    expect(seen.receivedAfter).toBeGreaterThan(seen.received as number);
  },
);
