/** What a person writes down about an item or the case. Texts are sealed with what they are about. */
import { appendCustody } from './custody.ts';
import { itemKey } from './item-keys.ts';
import type { OpenCase } from './open-case.ts';
import { seal, unseal } from './sealing.ts';

export interface Note {
  readonly id: number;
  /** Null for a note on the case as a whole. */
  readonly item: string | null;
  readonly atMs: number;
  readonly text: string;
}

/** Throws AppError `ITEM_NOT_FOUND`. */
export function addNote(c: OpenCase, note: { readonly item: string | null; readonly text: string }): number {
  return c.db.transaction(() => {
    const { item, text } = note;
    const { id } = c.db.run(
      'INSERT INTO notes (item, atMs, sealedText) VALUES (?, ?, ?)',
      item,
      c.now(),
      seal(noteKey(c, item), `note ${item}`, Buffer.from(text, 'utf8')),
    );
    appendCustody(c, {
      act: 'note-added',
      ...(item ? { item } : {}),
      text: { owner: item ? { item } : 'case', text },
    });
    return id;
  });
}

/** Notes on one item, or on the case as a whole where `item` is null, oldest first. */
export function listNotes(c: OpenCase, item: string | null): Note[] {
  const key = noteKey(c, item);
  return c.db
    .all<{ id: number; atMs: number; sealedText: Buffer }>('SELECT * FROM notes WHERE item IS ? ORDER BY id', item)
    .map(({ id, atMs, sealedText }) => ({
      id,
      item,
      atMs,
      text: unseal(key, `note ${item}`, sealedText).toString('utf8'),
    }));
}

function noteKey(c: OpenCase, item: string | null): Buffer {
  return item === null ? c.keys.text : itemKey(c, item);
}
