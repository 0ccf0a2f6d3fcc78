import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { caseSummary, openCase } from '../../../main/cases/case.ts';
import { listCustody } from '../../../main/cases/custody.ts';
import { verifyCustody } from '../../../main/cases/custody-check.ts';
import {
  latestCrops,
  latestExamination,
  latestOutcomesBy,
  readCrop,
  recordExamination,
} from '../../../main/cases/examinations.ts';
import { intake } from '../../../main/cases/intake.ts';
import { claimedExtension, listItems, sightings } from '../../../main/cases/items.ts';
import { getEntry, jobProgress } from '../../../main/cases/job-store.ts';
import type { OpenCase } from '../../../main/cases/open-case.ts';
import { newSm3 } from '../../../main/cases/receive.ts';
import { withWorkingCopy } from '../../../main/cases/working-copy.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { Bench, bytesOf, examinationOf, plan, receiveOne } from './support.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function vaultNames(c: OpenCase): string[] {
  return readdirSync(path.join(c.folder, 'vault'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

test('an item is received, examined, read back after reopening, and its bytes come back as they were', async () => {
  using bench = new Bench();
  const bytes = bytesOf(600_000, 7);
  const file = bench.write('照片 1.JPG', bytes);
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, file);
  expect(item).toMatchObject({ sha256: sha256(bytes), bytes: bytes.length, hasCopy: true, role: 'questioned' });
  const examination = examinationOf(item);
  await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  c.close();

  const again = bench.keep(await openCase(bench.dataRoot, 'a'));
  const stored = latestExamination(again, item.sha256)!;
  expect(stored.outcomes).toEqual(examination.outcomes);
  expect(stored.findings).toEqual(examination.findings);
  expect(stored.templates).toEqual(examination.templates);
  expect(stored.info).toEqual(examination.info);
  expect(latestCrops(again, item.sha256)).toEqual(stored.crops.map(({ id }) => id));
  const [first] = stored.outcomes;
  const { info, models } = stored;
  const ofFirst = stored.outcomes.filter(({ analyzer }) => analyzer === first!.analyzer);
  expect(latestOutcomesBy(again, item.sha256, first!.analyzer)).toEqual({ info, models, outcomes: ofFirst });
  expect(latestOutcomesBy(again, item.sha256, 'another')?.outcomes).toEqual([]);
  expect(Buffer.from(await readCrop(again, stored.crops[1]!.id))).toEqual(Buffer.from(examination.crops[1]!.png));
  expect(claimedExtension(again, item.sha256)).toBe('.jpg');
  const copied = await withWorkingCopy(again, item.sha256, async (copy) => {
    expect(path.basename(String(copy))).toBe(item.sha256);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    return readFileSync(copy);
  });
  expect(copied.equals(bytes)).toBe(true);
  expect(readdirSync(path.join(again.folder, 'scratch'))).toEqual(['engine']);
  expect(getEntry(again, entry.id)).toMatchObject({ state: 'examined', item: item.sha256 });
  expect(jobProgress(again, entry.jobId)).toEqual({ total: 1, pending: 0, sealed: 0, examined: 1, failed: 0 });
  expect(verifyCustody(again).entries).toBe(5);
  expect(listCustody(again).map((e) => e.act)).toEqual([
    'case-created',
    'item-received',
    'item-original-verified',
    'item-sealed',
    'item-examined',
  ]);
  expect(caseSummary(again)).toMatchObject({ items: 1, examined: 1, sightings: 1, bytes: bytes.length });
});

test('SM3 is the same from OpenSSL and from wasm, and that of GB/T 32905', async () => {
  for (const native of [true, false]) {
    const digest = await newSm3(native);
    digest.update(Buffer.from('abc'));
    expect(digest.digest('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  }
});

test('nothing readable of a file, its name or its results lies in the case folder', async () => {
  using bench = new Bench();
  const canary = 'CANARY-CONTENT-';
  const file = bench.write('CANARY-PATH.png', canary.repeat(1000));
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, file);
  await recordExamination(c, { entry, examination: examinationOf(item), settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  c.close();
  for (const at of readdirSync(c.folder, { recursive: true, withFileTypes: true })) {
    if (!at.isFile()) continue;
    const full = path.join(at.parentPath, at.name);
    expect(at.name).not.toContain('CANARY');
    expect(readFileSync(full).includes('CANARY')).toBe(false);
    if (at.name !== 'lock.db' && at.name !== 'case.db') expect(statSync(full).mode & 0o777).toBe(0o600);
  }
  expect(statSync(c.folder).mode & 0o777).toBe(0o700);
});

test('the same bytes under two paths are one item with two sightings and one copy', async () => {
  using bench = new Bench();
  const files = ['a.png', 'b.png'].map((name) => bench.write(name, bytesOf(5000, 3)));
  const c = await bench.newCase();
  const [first, second] = plan(c, files);
  expect((await intake(c, first!)).duplicate).toBe(false);
  expect((await intake(c, second!)).duplicate).toBe(true);
  const items = listItems(c);
  expect(items).toHaveLength(1);
  expect(sightings(c, items[0]!.sha256).map((s) => s.path?.path)).toEqual(files);
  expect(vaultNames(c)).toHaveLength(1);
  expect(listCustody(c).map((e) => e.act)).toContain('item-sighted-again');
});

test('of bytes that are questioned and a sample too, each sighting says which it was', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { item } = await receiveOne(c, bench.write('a.png', bytesOf(5000, 3)));
  await receiveOne(c, bench.write('me.png', bytesOf(5000, 3)), { role: 'reference' });
  expect(sightings(c, item.sha256).map(({ asSample }) => asSample)).toEqual([false, true]);
});

test('receiving and recording an entry twice changes nothing', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.png', bytesOf(5000, 3)));
  const again = await intake(c, entry);
  expect(again.item).toEqual(item);
  const input = { entry, examination: examinationOf(item), settings: DEFAULT_SETTINGS, startedAtMs: 1 };
  const first = await recordExamination(c, input);
  const before = verifyCustody(c);
  expect(await recordExamination(c, input)).toEqual(first);
  expect(verifyCustody(c)).toEqual(before);
  expect(vaultNames(c)).toHaveLength(2);
});

test('an embedded part becomes an entry of the job and an item with its parent', async () => {
  using bench = new Bench();
  const bytes = bytesOf(400_000, 9);
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('motion.jpg', bytes));
  const part = { offset: 300_000, length: 90_000, mediaType: 'video/mp4', relation: 'motion-photo-video' } as const;
  const { parts } = await recordExamination(c, {
    entry,
    examination: examinationOf(item, { parts: [part] }),
    settings: DEFAULT_SETTINGS,
    startedAtMs: 1,
  });
  expect(parts).toMatchObject([{ state: 'pending', path: null, part: { ...part, parent: item.sha256 } }]);
  const inner = (await intake(c, parts[0]!)).item;
  expect(inner).toMatchObject({
    sha256: sha256(bytes.subarray(300_000, 390_000)),
    parent: item.sha256,
    mediaType: 'video/mp4',
  });
  expect(sightings(c, inner.sha256)[0]!.part).toEqual({ ...part, parent: item.sha256 });
});

test('a part that reaches beyond the end of its item is refused', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('cut.jpg', bytesOf(1000, 9)));
  const part = { offset: 900, length: 200, mediaType: 'video/mp4', relation: 'motion-photo-video' } as const;
  const { parts } = await recordExamination(c, {
    entry,
    examination: examinationOf(item, { parts: [part] }),
    settings: DEFAULT_SETTINGS,
    startedAtMs: 1,
  });
  await expect(intake(c, parts[0]!)).rejects.toMatchObject({ code: 'MEDIA_TRUNCATED' });
});

test('how a file reached the user is kept with its sighting', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const file = bench.write('a.png', bytesOf(100, 1)) as string;
  const { item } = await receiveOne(c, file, { entries: [{ path: file, receivedAs: '微信转发' }] });
  expect(sightings(c, item.sha256)).toMatchObject([{ path: { path: file }, receivedAs: '微信转发' }]);
});

describe('retention', () => {
  test('reference keeps no bytes, lends the original, and notices that it changed', async () => {
    using bench = new Bench();
    const file = bench.write('disk.img', bytesOf(5000, 3));
    const c = await bench.newCase();
    const { item } = await receiveOne(c, file, { retention: 'reference' });
    expect(item).toMatchObject({ hasCopy: false, retention: 'reference' });
    expect(vaultNames(c)).toEqual([]);
    expect(await withWorkingCopy(c, item.sha256, async (lent) => lent)).toBe(file);
    writeFileSync(file, bytesOf(5000, 4));
    await expect(withWorkingCopy(c, item.sha256, async () => 0)).rejects.toMatchObject({
      code: 'FILE_CHANGED_WHILE_READING',
    });
    expect(listCustody(c).at(-1)).toMatchObject({ act: 'item-original-changed', item: item.sha256 });
  });

  test('none keeps the results, and no copy, crop or template', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    const { entry, item } = await receiveOne(c, bench.write('a.png', bytesOf(5000, 3)), { retention: 'none' });
    await recordExamination(c, { entry, examination: examinationOf(item), settings: DEFAULT_SETTINGS, startedAtMs: 1 });
    expect(latestExamination(c, item.sha256)).toMatchObject({ crops: [], templates: [] });
    expect(latestExamination(c, item.sha256)!.outcomes).toHaveLength(2);
    expect(vaultNames(c)).toEqual([]);
  });

  test('an item known by reference gains its copy when it is received with one', async () => {
    using bench = new Bench();
    const file = bench.write('a.png', bytesOf(5000, 3));
    const c = await bench.newCase();
    await receiveOne(c, file, { retention: 'reference' });
    const { item } = await receiveOne(c, file, { retention: 'copy' });
    expect(item).toMatchObject({ hasCopy: true, retention: 'copy', sightings: 2 });
  });
});

describe('names', () => {
  test.each(['new\nline.png', '\u202egnp.exe', 'é\u0301.png', '照片😀.png', ' '])(
    '%j is kept as it is',
    async (name) => {
      using bench = new Bench();
      const file = bench.write(name, bytesOf(100, 1));
      const c = await bench.newCase();
      const { item } = await receiveOne(c, file);
      expect(sightings(c, item.sha256)[0]!.path).toEqual({ path: file });
    },
  );

  test('bytes that are no UTF-8 are kept exactly', async () => {
    using bench = new Bench();
    const file = bench.write(Buffer.from([0xff, 0xfe, 0x2e, 0x4a, 0x50, 0x47]), bytesOf(100, 1));
    const c = await bench.newCase();
    const { item } = await receiveOne(c, file);
    const kept = sightings(c, item.sha256)[0]!.path!;
    expect(Buffer.from(kept.pathBytes!, 'base64')).toEqual(file);
    expect(claimedExtension(c, item.sha256)).toBe('.jpg');
  });
});

test('an original whose name is no text is lent under a name that is, and stays', async () => {
  using bench = new Bench();
  const bytes = bytesOf(100, 1);
  const file = bench.write(Buffer.from([0x61, 0xff]), bytes);
  const c = await bench.newCase();
  const { item } = await receiveOne(c, file, { retention: 'reference' });
  const read = await withWorkingCopy(c, item.sha256, async (lent) => {
    expect(path.basename(lent)).toBe(item.sha256);
    return readFileSync(lent);
  });
  expect(read.equals(bytes)).toBe(true);
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(readdirSync(path.join(c.folder, 'scratch'))).toEqual(['engine']);
});

describe('refused, with nothing left behind', () => {
  async function refusal(prepare: (bench: Bench) => string | Buffer): Promise<string> {
    using bench = new Bench();
    const file = prepare(bench);
    const c = await bench.newCase();
    const [entry] = plan(c, [file]);
    const code = await intake(c, entry!).then(
      () => 'none',
      (thrown: { code?: string }) => thrown.code ?? 'none',
    );
    expect(vaultNames(c)).toEqual([]);
    expect(listItems(c)).toEqual([]);
    expect(getEntry(c, entry!.id).state).toBe('pending');
    return code;
  }

  test('a file that is not there', async () => {
    expect(await refusal((b) => path.join(b.folder, 'absent'))).toBe('FILE_NOT_FOUND');
  });
  test('an empty file', async () => {
    expect(await refusal((b) => b.write('empty', ''))).toBe('FILE_EMPTY');
  });
  test('a folder', async () => {
    expect(await refusal((b) => b.folder)).toBe('NOT_A_REGULAR_FILE');
  });
  test('a device', async () => {
    expect(await refusal(() => '/dev/zero')).toBe('NOT_A_REGULAR_FILE');
  });
  test('a pipe, without waiting for its other end', async () => {
    const pipe = (b: Bench) => {
      execFileSync('mkfifo', [path.join(b.folder, 'pipe')]);
      return path.join(b.folder, 'pipe');
    };
    expect(await refusal(pipe)).toBe('NOT_A_REGULAR_FILE');
  });
  test('a path with a NUL', async () => {
    expect(await refusal((b) => `${b.folder}/a\u0000b`)).toBe('FILE_NOT_FOUND');
  });

  test('a file that grows while it is read', async () => {
    using bench = new Bench();
    const file = bench.write('growing', bytesOf(2_000_000, 5));
    const c = await bench.newCase();
    const [entry] = plan(c, [file]);
    let written = false;
    const onBytes = () => {
      if (!written) writeFileSync(file, 'more', { flag: 'a' });
      written = true;
    };
    await expect(intake(c, entry!, { onBytes })).rejects.toMatchObject({ code: 'FILE_CHANGED_WHILE_READING' });
    expect(vaultNames(c)).toEqual([]);
  });

  test('a file whose bytes are exchanged after they were read, size and times kept', async () => {
    using bench = new Bench();
    const bytes = bytesOf(1_000_000, 5);
    const file = bench.write('swapped', bytes);
    const c = await bench.newCase();
    const [entry] = plan(c, [file]);
    let seen = 0;
    const { utimesSync } = await import('node:fs');
    const { atime, mtime } = statSync(file);
    utimesSync(file, atime, mtime);
    const onBytes = (n: number) => {
      seen += n;
      if (seen < bytes.length) return;
      writeFileSync(file, bytesOf(1_000_000, 6));
      utimesSync(file, atime, mtime);
    };
    await expect(intake(c, entry!, { onBytes })).rejects.toMatchObject({ code: 'FILE_CHANGED_WHILE_READING' });
  });

  test('a cancelled reception', async () => {
    using bench = new Bench();
    const c = await bench.newCase();
    const [entry] = plan(c, [bench.write('a', bytesOf(2_000_000, 5))]);
    const stop = new AbortController();
    const cancelled = intake(c, entry!, { signal: stop.signal, onBytes: () => stop.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(vaultNames(c)).toEqual([]);
  });
});
