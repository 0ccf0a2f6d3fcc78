/** The erasure of an item with everything that tells of it. */
import { rm } from 'node:fs/promises';
import type { CustodyEntry } from '../contract/custody.ts';
import { appendCustody, textsOfTries } from './custody.ts';
import type { FilePath } from './file-path.ts';
import { eraseBy, vaultPath } from './files.ts';
import { getItem, placeKey, sightings } from './items.ts';
import { forgetTries } from './job-store.ts';
import type { OpenCase } from './open-case.ts';

export interface ItemErasure {
  /** The item and the parts that were known only from inside it. */
  readonly items: readonly string[];
  /** Sealed files removed. */
  readonly files: number;
  /** The entries that stay in the log as proof. */
  readonly entries: readonly CustodyEntry[];
}

/**
 * Erases the key of an item and all that it sealed: copy, crops, templates, results, paths, notes. The log keeps the digest.
 * Copies that a disk or a backup made of the encrypted files may remain, without the key.
 */
export async function eraseItem(c: OpenCase, sha256: string): Promise<ItemErasure> {
  const { items, files, entries } = await eraseBy(c.folder, c.db, () => eraseItemRows(c, sha256));
  await removeVaultFiles(c, files);
  return { items, files: files.length, entries };
}

/** Names the sealed files that `removeVaultFiles` is to remove when this is done for good; opening the case sweeps what is left of them. */
export function eraseItemRows(
  c: OpenCase,
  sha256: string,
): { readonly items: string[]; readonly files: string[]; readonly entries: CustodyEntry[] } {
  const doomed = [...withOwnParts(c, getItem(c, sha256).sha256)];
  return {
    items: doomed,
    files: doomed.flatMap((item) => vaultFiles(c, item)),
    entries: doomed.map((item) => eraseRows(c, item)),
  };
}

export async function removeVaultFiles(c: OpenCase, files: readonly string[]): Promise<void> {
  for (const id of files) await rm(vaultPath(c.folder, id), { force: true });
}

/** The item, and recursively the parts that were seen nowhere but inside what is being erased. */
function withOwnParts(c: OpenCase, sha256: string, found: Set<string> = new Set()): Set<string> {
  found.add(sha256);
  for (const { item } of c.db.all<{ item: string }>('SELECT DISTINCT item FROM sightings WHERE parent = ?', sha256)) {
    const seen = c.db.all<{ parent: string | null }>('SELECT parent FROM sightings WHERE item = ?', item);
    if (!found.has(item) && seen.every(({ parent }) => parent !== null && found.has(parent)))
      withOwnParts(c, item, found);
  }
  return found;
}

function vaultFiles(c: OpenCase, sha256: string): string[] {
  return c.db.all<{ id: string }>('SELECT id FROM vaultFiles WHERE item = ?', sha256).map(({ id }) => id);
}

function eraseRows(c: OpenCase, sha256: string): CustodyEntry {
  const places = new Set(sightings(c, sha256).map(placeKey));
  const tries = [...new Set([...forgetTries(c, sha256, places), ...triesAt(c, places)])].sort((a, b) => a - b);
  for (const seq of tries) c.db.run('DELETE FROM custodyTexts WHERE seq = ?', seq);
  c.db.run('UPDATE jobEntries SET sealedPath = NULL WHERE item = ?', sha256);
  c.db.run('DELETE FROM custodyTexts WHERE owner = ?', `item:${sha256}`);
  c.db.run('DELETE FROM sightings WHERE parent = ?', sha256);
  c.db.run('DELETE FROM items WHERE sha256 = ?', sha256);
  return appendCustody(c, {
    act: 'item-erased',
    item: sha256,
    ...(tries.length > 0 ? { details: { tries: tries.join(' ') } } : {}),
  });
}

/** Entries on tries that failed at these places: they name the place under the key of the case, since there was no item yet. */
function triesAt(c: OpenCase, places: ReadonlySet<string>): number[] {
  return textsOfTries(c)
    .filter(({ text }) => places.has(placeKey({ path: JSON.parse(text) as FilePath, part: null })))
    .map(({ seq }) => seq);
}
