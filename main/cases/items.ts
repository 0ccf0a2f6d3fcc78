/** The items of a case: what was received, where it was seen, and what it is to the case. */
import path from 'node:path';
import type { EmbeddedPart } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import type { Item, ItemRole, Retention } from '../contract/item.ts';
import { appendCustody } from './custody.ts';
import type { FilePath } from './file-path.ts';
import { itemKey } from './item-keys.ts';
import type { OpenCase } from './open-case.ts';
import { unsealJson } from './sealing.ts';

export interface ItemRow extends Item {
  /** Running number by receipt; the cursor of `listItems`. */
  readonly ordinal: number;
  readonly retention: Retention;
  /** Whether the vault holds a sealed copy. */
  readonly hasCopy: boolean;
  readonly receivedAtMs: number;
  readonly examinedAtMs: number | null;
  readonly sightings: number;
}

/** Where bytes were found once: a path, or a place inside another item. */
export interface Sighting {
  readonly atMs: number;
  readonly path: FilePath | null;
  /** Modification time that the file system gave. */
  readonly modifiedAtMs: number | null;
  /** How it reached the user, in their words. */
  readonly receivedAs: string | null;
  readonly part: (EmbeddedPart & { readonly parent: string }) | null;
  /** Handed over as a sample of a person: it bears on nothing that somebody did. */
  readonly asSample: boolean;
}

/** Tells places apart at which bytes were met: a file by its path, an embedded part by what holds it and where. */
export function placeKey({ path, part }: Pick<Sighting, 'path' | 'part'>): string {
  return JSON.stringify([path?.path, path?.pathBytes, part?.parent, part?.offset]);
}

/** What is sealed of a sighting. */
export interface SightingOrigin extends FilePath {
  readonly modifiedAtMs: number;
  readonly receivedAs?: string;
}

const ITEM_COLUMNS = `ordinal, sha256, sm3, bytes, mediaType, role, retention, parent, receivedAtMs, examinedAtMs,
  EXISTS (SELECT 1 FROM vaultFiles WHERE item = sha256 AND kind = 'copy') AS hasCopy,
  (SELECT count(*) FROM sightings WHERE item = sha256) AS sightings`;

type StoredItem = Omit<ItemRow, 'hasCopy'> & { readonly hasCopy: number };

/** Items in the order of receipt, after an ordinal. */
export function listItems(
  c: OpenCase,
  page: { readonly after?: number; readonly limit?: number; readonly role?: ItemRole; readonly parent?: string } = {},
): ItemRow[] {
  const { after = 0, limit = 100, role, parent } = page;
  const where = ['ordinal > ?', ...(role ? ['role = ?'] : []), ...(parent ? ['parent = ?'] : [])].join(' AND ');
  const params = [after, ...(role ? [role] : []), ...(parent ? [parent] : []), limit];
  return c.db
    .all<StoredItem>(`SELECT ${ITEM_COLUMNS} FROM items WHERE ${where} ORDER BY ordinal LIMIT ?`, ...params)
    .map(itemOf);
}

/** By digest, or by an unambiguous beginning of at least six digits; null where there is none or more than one. */
export function findItem(c: OpenCase, digest: string): ItemRow | null {
  if (!/^[0-9a-f]{6,64}$/.test(digest)) return null;
  const rows = c.db.all<StoredItem>(
    `SELECT ${ITEM_COLUMNS} FROM items WHERE sha256 >= ? AND sha256 < ? LIMIT 2`,
    digest,
    `${digest}g`,
  );
  return rows.length === 1 ? itemOf(rows[0]!) : null;
}

/** Throws AppError `ITEM_NOT_FOUND`. */
export function getItem(c: OpenCase, sha256: string): ItemRow {
  const row = c.db.get<StoredItem>(`SELECT ${ITEM_COLUMNS} FROM items WHERE sha256 = ?`, sha256);
  if (!row) throw new AppError('ITEM_NOT_FOUND', { sha256 });
  return itemOf(row);
}

function itemOf(row: StoredItem): ItemRow {
  return { ...row, hasCopy: row.hasCopy === 1 };
}

/** Every place where the bytes were seen, in order. */
export function sightings(c: OpenCase, sha256: string): Sighting[] {
  const key = itemKey(c, sha256);
  const rows = c.db.all<{
    atMs: number;
    parent: string | null;
    partJson: string | null;
    sealedOrigin: Buffer | null;
    asSample: number;
  }>(
    `SELECT atMs, parent, partJson, sealedOrigin,
      EXISTS (SELECT 1 FROM jobEntries WHERE jobEntries.id = entry AND jobEntries.role = 'reference') AS asSample
      FROM sightings WHERE item = ? ORDER BY id`,
    sha256,
  );
  return rows.map(({ atMs, parent, partJson, sealedOrigin, asSample }) => {
    const origin = sealedOrigin && unsealJson<SightingOrigin>(key, `sighting ${sha256}`, sealedOrigin);
    const { modifiedAtMs = null, receivedAs = null, ...where } = origin ?? {};
    return {
      atMs,
      path: origin ? (where as FilePath) : null,
      modifiedAtMs,
      receivedAs,
      part: parent && partJson ? { ...(JSON.parse(partJson) as EmbeddedPart), parent } : null,
      asSample: asSample === 1,
    };
  });
}

/** What an item is called for a person: the last part of the first path it was seen under, or that of the item it was found in. Data from outside. */
export function itemName(c: OpenCase, sha256: string): string {
  const [first] = sightings(c, sha256);
  if (first?.path) return path.basename(first.path.path);
  return first?.part ? itemName(c, first.part.parent) : '';
}

/** Extension of the first name the item was seen under, lower case with its dot, or empty. */
export function claimedExtension(c: OpenCase, sha256: string): string {
  const named = sightings(c, sha256).find((sighting) => sighting.path)?.path;
  return named ? path.extname(named.path).toLowerCase() : '';
}

/** Whether the bytes were met only as a sample of a person: then they are nothing to the case besides. */
export function isSampleOnly(c: OpenCase, sha256: string): boolean {
  const { role } = getItem(c, sha256);
  const otherwise = `SELECT 1 FROM sightings LEFT JOIN jobEntries ON jobEntries.id = sightings.entry
    WHERE sightings.item = ? AND jobEntries.role IS NOT 'reference' LIMIT 1`;
  return role === 'reference' && c.db.get(otherwise, sha256) === undefined;
}

export function setItemRole(c: OpenCase, sha256: string, role: ItemRole): void {
  c.db.transaction(() => {
    const { role: former } = getItem(c, sha256);
    if (former === role) return;
    c.db.run('UPDATE items SET role = ? WHERE sha256 = ?', role, sha256);
    appendCustody(c, { act: 'item-role-set', item: sha256, details: { from: former, to: role } });
  });
}
