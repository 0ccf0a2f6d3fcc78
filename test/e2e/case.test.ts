import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const picture = path.join(work, 'head.png');
const secret = { JIANZHEN_PASSPHRASE: 'four words of nonsense' };

beforeAll(async () => {
  writeFileSync(picture, await scene(320, 320, [{ who: HEADS[0]!, x: 20, y: 20, size: 280 }]));
});

const scanned = async (name: string, ...flags: string[]) => {
  expect((await cli(['scan', '--quick', '--data', data, '--case', name, ...flags, picture])).code).toBe(0);
  return path.join(data, 'cases', name);
};
const vaultFiles = (folder: string) => {
  const vault = path.join(folder, 'vault');
  return existsSync(vault)
    ? readdirSync(vault, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
    : [];
};

test('a copy is kept by default; by reference and without retention none is', async () => {
  expect(vaultFiles(await scanned('kept')).length).toBeGreaterThan(0);
  expect(vaultFiles(await scanned('without', '--no-retain'))).toEqual([]);
  const shown = await cli(['case', 'show', 'without', '--json', '--data', data]);
  const item = JSON.parse(shown.out.trim().split('\n')[1]!);
  expect(item).toMatchObject({ retention: 'none', hasCopy: false });
  await scanned('by-reference', '--vault', 'reference');
  const listed = await cli(['case', 'show', 'by-reference', '--json', '--data', data]);
  expect(JSON.parse(listed.out.trim().split('\n')[1]!)).toMatchObject({ retention: 'reference', hasCopy: false });
});

test('a case travels as one file under a passphrase, and opens elsewhere with it alone', async () => {
  await scanned('travels');
  const file = path.join(work, 'case.zip');
  expect((await cli(['case', 'export', 'travels', '--out', file, '--data', data])).code).not.toBe(0);
  expect((await cli(['case', 'export', 'travels', '--out', file, '--data', data], secret)).code).toBe(0);
  const elsewhere = path.join(work, 'elsewhere');
  mkdirSync(elsewhere);
  const imported = await cli(['case', 'import', file, '--data', elsewhere, '--lang', 'en']);
  expect(imported.out).toContain('opened with the passphrase of its export, or its recovery code');
  expect(imported.code).toBe(0);
  expect((await cli(['case', 'show', 'travels', '--data', elsewhere])).err).toContain('VAULT_KEY_MISSING');
  const wrong = await cli(['case', 'show', 'travels', '--data', elsewhere], { JIANZHEN_PASSPHRASE: 'wrong' });
  expect(wrong.err).toContain('VAULT_WRONG_PASSPHRASE');
  const shown = await cli(['case', 'show', 'travels', '--data', elsewhere, '--lang', 'en'], secret);
  expect(shown.out).toContain('chained without a gap');
});

test('a protected case opens by passphrase or by the recovery code, and its key file is gone', async () => {
  await scanned('protected');
  const before = readdirSync(path.join(data, 'keys')).length;
  const done = await cli(['case', 'protect', 'protected', '--json', '--data', data], secret);
  const { recoveryCode } = JSON.parse(done.out) as { recoveryCode: string };
  expect(readdirSync(path.join(data, 'keys'))).toHaveLength(before - 1);
  expect((await cli(['case', 'show', 'protected', '--data', data])).code).toBe(4);
  expect((await cli(['case', 'show', 'protected', '--data', data], secret)).code).toBe(0);
  const byCode = await cli(['case', 'show', 'protected', '--data', data], { JIANZHEN_RECOVERY_CODE: recoveryCode });
  expect(byCode.code).toBe(0);
});

test('erasing asks first, then leaves nothing', async () => {
  await scanned('gone');
  expect((await cli(['case', 'erase', 'gone', '--data', data])).code).toBe(2);
  expect((await cli(['case', 'erase', 'gone', '--yes', '--data', data])).code).toBe(0);
  expect(existsSync(path.join(data, 'cases', 'gone'))).toBe(false);
  expect((await cli(['erase', '--all', '--yes', '--data', data])).code).toBe(0);
  expect(existsSync(path.join(data, 'cases')) ? readdirSync(path.join(data, 'cases')) : []).toEqual([]);
});
