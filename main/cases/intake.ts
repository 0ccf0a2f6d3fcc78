/** Takes one planned entry into the case: bytes, digests, sighting, custody and the state of the entry in one transaction. */
import { AppError } from '../contract/errors.ts';
import { appendCustody } from './custody.ts';
import { rowDigest } from './custody-check.ts';
import { osPath } from './file-path.ts';
import { itemKey, wrapItemKey } from './item-keys.ts';
import { getItem, type ItemRow, isSampleOnly, type SightingOrigin, setItemRole } from './items.ts';
import { type Entry, getEntry, partText } from './job-store.ts';
import type { OpenCase } from './open-case.ts';
import { discard, type Received, receive, type SealedCopy } from './receive.ts';
import { newKey, seal, sealJson } from './sealing.ts';
import { withWorkingCopy } from './working-copy.ts';

export interface Intake {
  readonly item: ItemRow;
  /** The case already had these bytes. */
  readonly duplicate: boolean;
}

export interface IntakeOptions {
  readonly signal?: AbortSignal;
  /** Called with the bytes read since the last call. */
  onBytes?(bytes: number): void;
}

/** Media type until the content has been looked at. */
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Receives a pending entry; one that was received before gives its item again. A fault leaves the entry as it was: the caller
 * decides whether it failed or is to be tried again. Errors as `receive`, and `ITEM_NOT_FOUND` for an erased one.
 */
export async function intake(c: OpenCase, planned: Entry, options: IntakeOptions = {}): Promise<Intake> {
  const entry = getEntry(c, planned.id);
  if (entry.item) return { item: getItem(c, entry.item), duplicate: true };
  const receiving = { ...options, keepCopy: entry.retention === 'copy' };
  const { part, path } = entry;
  const received = part
    ? await withWorkingCopy(c, part.parent, (whole) => receive(c, { path: whole, range: part }, receiving), options)
    : await receive(c, { path: osPath(pathOf(path)) }, receiving);
  let kept = false;
  try {
    const { duplicate, copyKept } = c.db.transaction(() => record(c, entry, received));
    kept = copyKept;
    return { item: getItem(c, received.sha256), duplicate };
  } finally {
    if (!kept) await discard(c, received.copy);
  }
}

function pathOf(path: Entry['path']): NonNullable<Entry['path']> {
  if (!path) throw new AppError('FILE_NOT_FOUND');
  return path;
}

function record(c: OpenCase, entry: Entry, received: Received): { duplicate: boolean; copyKept: boolean } {
  const { sha256 } = received;
  const atMs = c.now();
  const duplicate = c.db.get('SELECT 1 FROM items WHERE sha256 = ?', sha256) !== undefined;
  if (!duplicate) insertItem(c, entry, received, atMs);
  // Named to be examined, it is evidence and no longer goes with the person it was enrolled for.
  else if (entry.role !== 'reference' && isSampleOnly(c, sha256)) setItemRole(c, sha256, entry.role);
  const sighting = insertSighting(c, entry, received);
  appendCustody(c, {
    act: duplicate ? 'item-sighted-again' : 'item-received',
    item: sha256,
    details: { ...custodyDetails(entry, received), row: rowDigest(c.db, 'sightings', sighting) },
    ...(entry.path ? { text: { owner: { item: sha256 }, text: JSON.stringify(entry.path) } } : {}),
    atMs,
  });
  if (!entry.part) appendCustody(c, { act: 'item-original-verified', item: sha256 });
  const copyKept = received.copy !== null && !getItem(c, sha256).hasCopy;
  if (copyKept) recordCopy(c, received, received.copy!);
  c.db.run("UPDATE jobEntries SET state = 'sealed', item = ? WHERE id = ?", sha256, entry.id);
  return { duplicate, copyKept };
}

function custodyDetails(entry: Entry, received: Received): Record<string, string | number> {
  const { bytes, sm3 } = received;
  if (!entry.part) return { bytes, sm3, role: entry.role, retention: entry.retention };
  const { parent, offset, relation } = entry.part;
  return { bytes, sm3, role: entry.role, retention: entry.retention, parent, offset, relation };
}

function insertItem(c: OpenCase, entry: Entry, received: Received, receivedAtMs: number): void {
  const { sha256, sm3, bytes } = received;
  c.db.run(
    `INSERT INTO items (sha256, sm3, bytes, mediaType, role, retention, parent, wrappedKey, receivedAtMs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sha256,
    sm3,
    bytes,
    entry.part?.mediaType ?? UNKNOWN_TYPE,
    entry.role,
    entry.retention,
    entry.part?.parent ?? null,
    wrapItemKey(c, sha256, newKey()),
    receivedAtMs,
  );
}

function insertSighting(c: OpenCase, entry: Entry, received: Received): number {
  const { sha256, modifiedAtMs } = received;
  const receivedAs = entry.receivedAs ? { receivedAs: entry.receivedAs } : {};
  const origin: SightingOrigin | null = entry.path && { ...entry.path, ...receivedAs, modifiedAtMs };
  const { id } = c.db.run(
    'INSERT INTO sightings (item, atMs, entry, parent, partJson, sealedOrigin) VALUES (?, ?, ?, ?, ?, ?)',
    sha256,
    c.now(),
    entry.id,
    entry.part?.parent ?? null,
    entry.part && partText(entry.part),
    origin && sealJson(itemKey(c, sha256), `sighting ${sha256}`, origin),
  );
  return id;
}

function recordCopy(c: OpenCase, received: Received, copy: SealedCopy): void {
  recordVaultFile(c, received.sha256, 'copy', received.bytes, copy);
  c.db.run("UPDATE items SET retention = 'copy' WHERE sha256 = ?", received.sha256);
  appendCustody(c, { act: 'item-sealed', item: received.sha256, details: { bytes: received.bytes } });
}

/** Refers to a sealed file; its key is wrapped by the key of the item. */
export function recordVaultFile(
  c: OpenCase,
  sha256: string,
  kind: 'copy' | 'crops',
  bytes: number,
  file: SealedCopy,
): void {
  c.db.run(
    'INSERT INTO vaultFiles (id, item, kind, bytes, sealedBytes, wrappedKey, createdAtMs) VALUES (?, ?, ?, ?, ?, ?, ?)',
    file.id,
    sha256,
    kind,
    bytes,
    file.sealedBytes,
    seal(itemKey(c, sha256), `file-key ${file.id}`, file.key),
    c.now(),
  );
}
