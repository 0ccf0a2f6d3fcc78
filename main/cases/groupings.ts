/**
 * The last grouping of faces and voices over the case. It rests on the examinations of the questioned items as they were: `basis`
 * tells whether they have changed since. A new grouping takes the place of the one before, whose entry stays in the log.
 */
import { canonicalJson } from '../contract/canonical-json.ts';
import type { Grouping, GroupMember } from '../contract/grouping.ts';
import { appendCustody } from './custody.ts';
import { itemKey } from './item-keys.ts';
import type { OpenCase } from './open-case.ts';
import { sealJson, sha256Hex, unsealJson } from './sealing.ts';

export interface GroupingPart {
  readonly item: string;
  readonly members: readonly GroupMember[];
}

export interface StoredGrouping extends Grouping {
  readonly atMs: number;
  readonly app: string;
  /** Whether the questioned items and their examinations are still those that it rests on. */
  readonly current: boolean;
  /** In the order of receipt; those of erased items are gone. */
  readonly parts: readonly GroupingPart[];
}

/** Digest of which examinations of which questioned items a grouping of now would rest on. */
export function groupingBasis(c: OpenCase): string {
  const rows = c.db.all<{ sha256: string; examination: number | null }>(
    `SELECT sha256, max(examinations.id) AS examination FROM items LEFT JOIN examinations ON item = sha256
     WHERE role = 'questioned' GROUP BY sha256 ORDER BY sha256`,
  );
  return sha256Hex(canonicalJson(rows.map(({ sha256, examination }) => [sha256, examination])));
}

/** Keeps a grouping with its custody entry, in the place of the one before. */
export function recordGrouping(c: OpenCase, grouping: Grouping, parts: readonly GroupingPart[], basis: string): void {
  c.db.transaction(() => {
    const sealedGrouping = sealJson(c.keys.text, 'grouping', grouping);
    const sealed = parts.map(({ item, members }) => ({
      item,
      sealedMembers: sealJson(itemKey(c, item), `grouping ${item}`, members),
    }));
    const atMs = c.now();
    const { seq } = appendCustody(c, {
      act: 'persons-grouped',
      atMs,
      details: {
        items: grouping.items,
        faces: comparedOf(grouping, 'face'),
        voices: comparedOf(grouping, 'voice'),
        results: sha256Hex(sealedGrouping, ...sealed.map(({ sealedMembers }) => sealedMembers)),
        basis,
      },
    });
    c.db.run('DELETE FROM groupings');
    const { id } = c.db.run(
      'INSERT INTO groupings (app, atMs, custody, basis, sealedGrouping) VALUES (?, ?, ?, ?, ?)',
      c.app,
      atMs,
      seq,
      basis,
      sealedGrouping,
    );
    for (const { item, sealedMembers } of sealed)
      c.db.run('INSERT INTO groupingItems (grouping, item, sealedMembers) VALUES (?, ?, ?)', id, item, sealedMembers);
  });
}

function comparedOf({ kinds }: Grouping, kind: 'face' | 'voice'): number {
  return kinds.find((one) => one.kind === kind)?.compared ?? 0;
}

/** Null where nothing was grouped yet. Throws AppError `VAULT_CORRUPT`. */
export function latestGrouping(c: OpenCase): StoredGrouping | null {
  const row = c.db.get<{ id: number; app: string; atMs: number; basis: string; sealedGrouping: Buffer }>(
    'SELECT * FROM groupings ORDER BY id DESC LIMIT 1',
  );
  if (!row) return null;
  const parts = c.db.all<{ item: string; sealedMembers: Buffer }>(
    'SELECT item, sealedMembers FROM groupingItems JOIN items ON sha256 = item WHERE grouping = ? ORDER BY ordinal',
    row.id,
  );
  return {
    ...unsealJson<Grouping>(c.keys.text, 'grouping', row.sealedGrouping),
    atMs: row.atMs,
    app: row.app,
    current: row.basis === groupingBasis(c),
    parts: parts.map(({ item, sealedMembers }) => ({
      item,
      members: unsealJson<GroupMember[]>(itemKey(c, item), `grouping ${item}`, sealedMembers),
    })),
  };
}
