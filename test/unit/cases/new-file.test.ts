import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustBeNew, newFile, outFolder, unfinishedFolder, writeNew } from '../../../main/cases/new-file.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

test('a file that a full disk cut short does not appear, and is written by the next try', async () => {
  const full = newFile(at('letter.docx'), async (unfinished) => {
    writeFileSync(unfinished, 'half');
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  await expect(full).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(readdirSync(folder)).toEqual([]);
  await writeNew(at('letter.docx'), 'whole');
  expect(readdirSync(folder)).toEqual(['letter.docx']);
  expect(readFileSync(at('letter.docx'), 'utf8')).toBe('whole');
});

test('a file that is there, or comes to be there meanwhile, is not written over', async () => {
  writeFileSync(at('mine'), 'mine');
  await expect(writeNew(at('mine'), 'other')).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
  const overtaken = newFile(at('late'), async (unfinished) => {
    writeFileSync(unfinished, 'other');
    writeFileSync(at('late'), 'mine');
  });
  await expect(overtaken).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
  expect(['mine', 'late'].map((name) => readFileSync(at(name), 'utf8'))).toEqual(['mine', 'mine']);
  await expect(mustBeNew(at('new'))).resolves.toBeUndefined();
});

test('what a killed run left in a folder is removed, what another run is making stays', async () => {
  const dead = at(`.unfinished-${spawnSync('true').pid}-abcd`);
  mkdirSync(dead);
  writeFileSync(path.join(dead, 'report.json'), '{}');
  const kept = [at('.unfinished-notes'), at(`.unfinished-${process.ppid}-abcd`)];
  for (const file of kept) writeFileSync(file, 'x');
  const unfinished = await unfinishedFolder(folder);
  expect(path.dirname(unfinished)).toBe(folder);
  expect(readdirSync(unfinished)).toEqual([]);
  expect(existsSync(dead)).toBe(false);
  expect(kept.map((file) => existsSync(file))).toEqual([true, true]);
});

test('a file where a folder is named, or in the way to one, is told as such', async () => {
  writeFileSync(at('file'), 'x');
  const refused = { code: 'ARCHIVE_EXISTS' };
  await expect(outFolder(at('file'))).rejects.toMatchObject(refused);
  await expect(outFolder(at('file/deeper'))).rejects.toMatchObject(refused);
  await expect(writeNew(at('file/letter.docx'), 'x')).rejects.toMatchObject(refused);
  await expect(unfinishedFolder(at('file'))).rejects.toMatchObject(refused);
  await expect(writeNew(at('absent/letter.docx'), 'x')).rejects.toMatchObject({ code: 'ENOENT' });
});

(process.platform === 'linux' ? test : test.skip)('a place that takes no folder is refused at once', async () => {
  await expect(outFolder('/proc/jianzhen/report')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  await outFolder(at('new/deeper'));
  expect(readdirSync(at('new'))).toEqual(['deeper']);
});
