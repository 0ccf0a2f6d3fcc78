import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openCase } from '../../../main/cases/case.ts';
import { listCustody } from '../../../main/cases/custody.ts';
import { addKeyFile, addPassphrase, addRecoveryCode, listSlots, removeSlot } from '../../../main/cases/keys.ts';
import { addNote, listNotes } from '../../../main/cases/records.ts';
import { Bench } from './support.ts';

const kinds = (c: Parameters<typeof listSlots>[0]) =>
  listSlots(c)
    .map((slot) => slot.kind)
    .sort();

test('without a passphrase a key file outside the case folder opens it, and nothing else does', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  c.close();
  const key = path.join(bench.dataRoot, 'keys', `${c.id}.key`);
  const content = readFileSync(key);
  rmSync(key);
  await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'VAULT_KEY_MISSING' });
  await expect(openCase(bench.dataRoot, 'a', { passphrase: 'x' })).rejects.toMatchObject({
    code: 'VAULT_WRONG_PASSPHRASE',
  });
  for (const wrong of ['', 'jianzhen-key-1 AAAA\n', `jianzhen-key-1 ${'A'.repeat(43)}=\n`]) {
    writeFileSync(key, wrong);
    await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'VAULT_KEY_MISSING' });
  }
  writeFileSync(key, content);
  expect(bench.keep(await openCase(bench.dataRoot, 'a')).id).toBe(c.id);
});

test('with a passphrase there is no key file; a wrong one is refused and the case stays free', async () => {
  using bench = new Bench();
  const c = await bench.newCase('a', { passphrase: '口令 ﬁ' });
  addNote(c, { item: null, text: 'kept' });
  expect(kinds(c)).toEqual(['passphrase']);
  c.close();
  await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'VAULT_KEY_MISSING' });
  for (const passphrase of ['口令', '', '口令 fi '])
    await expect(openCase(bench.dataRoot, 'a', { passphrase })).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    });
  const again = bench.keep(await openCase(bench.dataRoot, 'a', { passphrase: '口令 fi' }));
  expect(listNotes(again, null).map((note) => note.text)).toEqual(['kept']);
});

test('a recovery code opens the case however it is typed, and its digits matter', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { code } = await addRecoveryCode(c);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
  c.close();
  rmSync(path.join(bench.dataRoot, 'keys'), { recursive: true });
  const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  const again = await openCase(bench.dataRoot, 'a', { recoveryCode: typed });
  again.close();
  const changed = (code[0] === 'A' ? 'B' : 'A') + code.slice(1);
  for (const recoveryCode of [changed, '', 'short', 'U'.repeat(32)])
    await expect(openCase(bench.dataRoot, 'a', { recoveryCode })).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    });
});

test('slots are added and removed with an entry each, the last one never', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await addPassphrase(c, 'p');
  const [keyFile] = listSlots(c).filter((slot) => slot.kind === 'key-file');
  await removeSlot(c, keyFile!.id);
  expect(kinds(c)).toEqual(['passphrase']);
  await expect(removeSlot(c, listSlots(c)[0]!.id)).rejects.toMatchObject({ code: 'VAULT_LAST_SLOT' });
  c.close();
  await expect(openCase(bench.dataRoot, 'a')).rejects.toMatchObject({ code: 'VAULT_KEY_MISSING' });
  const again = bench.keep(await openCase(bench.dataRoot, 'a', { passphrase: 'p' }));
  await addKeyFile(again);
  again.close();
  const third = bench.keep(await openCase(bench.dataRoot, 'a'));
  expect(kinds(third)).toEqual(['key-file', 'passphrase']);
  expect(listCustody(third).map((entry) => [entry.act, entry.details.kind])).toEqual([
    ['case-created', undefined],
    ['key-slot-added', 'passphrase'],
    ['key-slot-removed', 'key-file'],
    ['key-slot-added', 'key-file'],
  ]);
});

test('an empty passphrase makes no case', async () => {
  using bench = new Bench();
  await expect(bench.newCase('a', { passphrase: '' })).rejects.toMatchObject({ code: 'VAULT_WRONG_PASSPHRASE' });
});

test('a slot that asks for unreasonable memory is refused instead of run', async () => {
  using bench = new Bench();
  const c = await bench.newCase('a', { passphrase: 'p' });
  c.db.run('UPDATE keySlots SET paramsJson = json_set(paramsJson, ?, ?)', '$.memoryKiB', 1 << 30);
  c.close();
  await expect(openCase(bench.dataRoot, 'a', { passphrase: 'p' })).rejects.toMatchObject({
    code: 'VAULT_WRONG_PASSPHRASE',
  });
});

test('keys in memory are overwritten when the case is closed', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  expect(c.keys.root.some((byte) => byte !== 0)).toBe(true);
  c.close();
  expect(Object.values(c.keys).every((key) => key.every((byte: number) => byte === 0))).toBe(true);
});
