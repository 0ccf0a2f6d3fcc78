/**
 * Who can open a case: the case key is random and wrapped once for each slot. A key file guards against a copied case folder,
 * not against somebody who uses this account; a passphrase or a printed recovery code guards against both.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { appendCustody } from './custody.ts';
import { casesFolder, keyFilePath } from './data-root.ts';
import { type CaseDatabase, storeFault } from './database.ts';
import { CASE_FILE, eraseBy, namesIn, syncFolder } from './files.ts';
import type { CaseKeys, OpenCase } from './open-case.ts';
import { newPassphraseParams, type PassphraseParams, passphraseKey } from './passphrase.ts';
import { deriveKey, newKey, seal, unseal } from './sealing.ts';

export type SlotKind = 'key-file' | 'passphrase' | 'recovery-code';

export interface KeySlot {
  readonly id: string;
  readonly kind: SlotKind;
  readonly createdAtMs: number;
}

export interface Unlocking {
  readonly passphrase?: string;
  readonly recoveryCode?: string;
}

interface SlotRow extends KeySlot {
  readonly paramsJson: string;
  readonly wrappedKey: Buffer;
}

export function listSlots(c: OpenCase): KeySlot[] {
  return readSlots(c.db).map(({ id, kind, createdAtMs }) => ({ id, kind, createdAtMs }));
}

export async function addPassphrase(c: OpenCase, passphrase: string): Promise<KeySlot> {
  return recorded(c, await insertPassphrase(c.db, c.id, c.keys.root, passphrase, c.now()));
}

/** Adds a recovery code and returns it, to be printed and kept apart; it is stored nowhere. */
export async function addRecoveryCode(c: OpenCase): Promise<{ slot: KeySlot; code: string }> {
  const raw = randomBytes(RECOVERY_BYTES);
  const key = deriveKey(raw, `recovery ${c.id}`);
  const slot = insertSlot(c.db, c.id, { kind: 'recovery-code', params: {}, key, caseKey: c.keys.root, atMs: c.now() });
  return { slot: recorded(c, slot), code: printCode(raw) };
}

/** Adds a key file in the data root, so that the case opens without a question on this account. */
export async function addKeyFile(c: OpenCase): Promise<KeySlot> {
  return recorded(c, await insertKeyFile(c.db, c.dataRoot, c.id, c.keys.root, c.now()));
}

/** Throws AppError `VAULT_LAST_SLOT` rather than make the case unreadable. */
export async function removeSlot(c: OpenCase, id: string): Promise<void> {
  const slots = readSlots(c.db);
  const slot = slots.find((s) => s.id === id);
  if (!slot) return;
  if (slots.length === 1) throw new AppError('VAULT_LAST_SLOT');
  await eraseBy(c.folder, c.db, () => {
    c.db.run('DELETE FROM keySlots WHERE id = ?', id);
    appendCustody(c, { act: 'key-slot-removed', details: { kind: slot.kind } });
  });
  if (slot.kind === 'key-file') await removeKeyFile(c.dataRoot, c.id, c.folder);
}

function recorded(c: OpenCase, slot: KeySlot): KeySlot {
  appendCustody(c, { act: 'key-slot-added', details: { kind: slot.kind } });
  return slot;
}

/**
 * The case key, by the passphrase or code given, otherwise by the key file.
 * Throws AppError `VAULT_WRONG_PASSPHRASE`, `VAULT_KEY_MISSING`.
 */
export async function unlock(db: CaseDatabase, dataRoot: string, caseId: string, by: Unlocking): Promise<Buffer> {
  const slots = readSlots(db);
  if (by.passphrase !== undefined || by.recoveryCode !== undefined) {
    for (const slot of slots) {
      const key = await keyFor(slot, caseId, by);
      const caseKey = key && tryUnwrap(key, caseId, slot);
      if (caseKey) return caseKey;
    }
    throw new AppError('VAULT_WRONG_PASSPHRASE');
  }
  const keyFile = await readKeyFile(keyFilePath(dataRoot, caseId));
  for (const slot of slots) {
    const caseKey = keyFile && slot.kind === 'key-file' && tryUnwrap(keyFile, caseId, slot);
    if (caseKey) return caseKey;
  }
  throw new AppError('VAULT_KEY_MISSING');
}

export function caseKeys(root: Buffer): CaseKeys {
  return { root, wrap: deriveKey(root, 'wrap'), text: deriveKey(root, 'text'), tag: deriveKey(root, 'tag') };
}

async function keyFor(slot: SlotRow, caseId: string, by: Unlocking): Promise<Uint8Array | null> {
  if (slot.kind === 'passphrase' && by.passphrase !== undefined)
    return passphraseKey(by.passphrase, JSON.parse(slot.paramsJson) as PassphraseParams);
  if (slot.kind === 'recovery-code' && by.recoveryCode !== undefined) {
    const raw = readCode(by.recoveryCode);
    return raw && deriveKey(raw, `recovery ${caseId}`);
  }
  return null;
}

function tryUnwrap(key: Uint8Array, caseId: string, slot: SlotRow): Buffer | null {
  try {
    return unseal(key, `case-key ${caseId} ${slot.id}`, slot.wrappedKey);
  } catch {
    return null;
  }
}

export async function insertPassphrase(
  db: CaseDatabase,
  caseId: string,
  caseKey: Uint8Array,
  passphrase: string,
  atMs: number,
): Promise<KeySlot> {
  const params = newPassphraseParams();
  const key = await passphraseKey(passphrase, params);
  return insertSlot(db, caseId, { kind: 'passphrase', params, key, caseKey, atMs });
}

/**
 * Removes the key file of the case in `folder`, unless another folder holds the same case, as an import under another name does: it may be
 * all that opens that one. Returns whether it was removed.
 */
export async function removeKeyFile(dataRoot: string, caseId: string, folder: string): Promise<boolean> {
  for (const name of await namesIn(casesFolder(dataRoot))) {
    const other = path.join(casesFolder(dataRoot), name);
    if (other !== folder && !name.startsWith('.') && (await idIn(other)) === caseId) return false;
  }
  await rm(keyFilePath(dataRoot, caseId), { force: true });
  return true;
}

/** Null where no case can be read. */
async function idIn(folder: string): Promise<unknown> {
  try {
    return (JSON.parse(await readFile(path.join(folder, CASE_FILE), 'utf8')) as { id?: unknown }).id ?? null;
  } catch {
    return null;
  }
}

/** Writes the key file before the slot, so that no slot ever waits for a file that was not written. */
export async function insertKeyFile(
  db: CaseDatabase,
  dataRoot: string,
  caseId: string,
  caseKey: Uint8Array,
  atMs: number,
): Promise<KeySlot> {
  const file = keyFilePath(dataRoot, caseId);
  const key = (await readKeyFile(file)) ?? newKey();
  await writeKeyFile(file, key);
  return insertSlot(db, caseId, { kind: 'key-file', params: {}, key, caseKey, atMs });
}

interface NewSlot {
  readonly kind: SlotKind;
  readonly params: object;
  readonly key: Uint8Array;
  readonly caseKey: Uint8Array;
  readonly atMs: number;
}

function insertSlot(db: CaseDatabase, caseId: string, slot: NewSlot): KeySlot {
  const id = randomUUID();
  db.run(
    'INSERT INTO keySlots (id, kind, paramsJson, wrappedKey, createdAtMs) VALUES (?, ?, ?, ?, ?)',
    id,
    slot.kind,
    JSON.stringify(slot.params),
    seal(slot.key, `case-key ${caseId} ${id}`, slot.caseKey),
    slot.atMs,
  );
  return { id, kind: slot.kind, createdAtMs: slot.atMs };
}

function readSlots(db: CaseDatabase): SlotRow[] {
  return db.all<SlotRow>('SELECT * FROM keySlots ORDER BY createdAtMs, id');
}

const KEY_FILE_FORM = /^jianzhen-key-1 ([A-Za-z0-9+/]{43}=)\n$/;

async function readKeyFile(file: string): Promise<Buffer | null> {
  try {
    const form = KEY_FILE_FORM.exec(await readFile(file, 'utf8'));
    return form ? Buffer.from(form[1]!, 'base64') : null;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

async function writeKeyFile(file: string, key: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  const temporary = `${file}.new`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await using handle = await open(temporary, 'w', 0o600);
    await handle.writeFile(`jianzhen-key-1 ${Buffer.from(key).toString('base64')}\n`);
    await handle.sync();
    await rename(temporary, file);
    await syncFolder(folder);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw storeFault(thrown);
  }
}

/** 160 random bits, so that no slow function is needed: 32 letters in groups of four, base 32 without I, L, O, U (Crockford). */
const RECOVERY_BYTES = 20;
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function printCode(raw: Uint8Array): string {
  let bits = '';
  for (const byte of raw) bits += byte.toString(2).padStart(8, '0');
  const letters = bits.match(/.{5}/g)!.map((five) => LETTERS[Number.parseInt(five, 2)]);
  return letters.join('').match(/.{4}/g)!.join('-');
}

/** Reads a code back as people type it: spaces, dashes and case do not matter, O is zero, I and L are one. */
function readCode(typed: string): Buffer | null {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const values = [...letters].map((letter) => LETTERS.indexOf(letter));
  if (values.length !== (RECOVERY_BYTES * 8) / 5 || values.includes(-1)) return null;
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
}
