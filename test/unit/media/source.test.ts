import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FileSource } from '../../../main/media/source.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const file = path.join(folder, 'ten');
writeFileSync(file, '0123456789');

test('it reads ranges, and less at the end', async () => {
  await using source = await FileSource.open(file);
  expect(source.size).toBe(10);
  expect(Buffer.from(await source.read(3, 4)).toString()).toBe('3456');
  expect(Buffer.from(await source.read(8, 100)).toString()).toBe('89');
  expect(await source.read(10, 1)).toHaveLength(0);
  expect(await source.read(99, 1)).toHaveLength(0);
  expect(readFileSync(file, 'utf8')).toBe('0123456789');
});

test('what is no file with content is refused with its code', async () => {
  writeFileSync(path.join(folder, 'empty'), '');
  await expect(FileSource.open(path.join(folder, 'empty'))).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  await expect(FileSource.open(folder)).rejects.toMatchObject({ code: 'NOT_A_REGULAR_FILE' });
  await expect(FileSource.open(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});

const fifoTest = process.platform === 'win32' ? test.skip : test;
fifoTest('a named pipe is refused and does not block', async () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await expect(FileSource.open(pipe)).rejects.toMatchObject({ code: 'NOT_A_REGULAR_FILE' });
});
