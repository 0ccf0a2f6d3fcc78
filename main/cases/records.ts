/**
 * What an examiner adds: notes, to an item or the case, bookmarks and assessments. They are entries of the custody log with a sealed
 * text, so nothing that was once written disappears unseen, a signature binds to the text before it, and erasing the item erases the words.
 */
import type { CustodyAct } from '../contract/custody.ts';
import { AppError } from '../contract/errors.ts';
import { appendCustody, ownerName } from './custody.ts';
import { itemKey } from './item-keys.ts';
import { getItem } from './items.ts';
import type { OpenCase } from './open-case.ts';
import { unseal } from './sealing.ts';

export interface Note {
  readonly atMs: number;
  readonly text: string;
}

export interface StoredBookmark {
  /** Number of the custody entry. */
  readonly id: number;
  readonly atMs: number;
  /** Seconds of the presentation; null for the item as a whole. */
  readonly atS: number | null;
  readonly label: string;
}

export interface StoredAssessment<Opinion = unknown> {
  /** Number of the custody entry that wrote it. */
  readonly id: number;
  readonly examiner: string;
  readonly writtenAtMs: number;
  /** Null for a draft. */
  readonly signedAtMs: number | null;
  readonly opinions: readonly Opinion[];
}

interface RecordEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly act: CustodyAct;
  readonly details: Readonly<Record<string, unknown>>;
  readonly text: string | null;
}

/** Writes a note on an item, or on the case as a whole where `item` is null. Throws AppError `ITEM_NOT_FOUND`. */
export function addNote(c: OpenCase, { item, text }: { readonly item: string | null; readonly text: string }): void {
  appendCustody(c, {
    act: 'note-added',
    ...(item === null ? {} : { item }),
    text: { owner: item === null ? 'case' : { item }, text },
  });
}

/** Notes on one item, or on the case as a whole where `item` is null, oldest first. */
export function listNotes(c: OpenCase, item: string | null): Note[] {
  return entriesOf(c, item, ['note-added']).flatMap(({ atMs, text }) => (text === null ? [] : [{ atMs, text }]));
}

/** Throws AppError `ITEM_NOT_FOUND`. */
export function addBookmark(c: OpenCase, item: string, mark: Pick<StoredBookmark, 'atS' | 'label'>): StoredBookmark {
  const { atS, label } = mark;
  const { seq, atMs } = appendCustody(c, {
    act: 'bookmark-added',
    item: getItem(c, item).sha256,
    text: { owner: { item }, text: JSON.stringify({ atS, label }) },
  });
  return { id: seq, atMs, atS, label };
}

/** Takes a bookmark off the list; the entry that set it stays. One that is not on the list is left alone. */
export function removeBookmark(c: OpenCase, item: string, id: number): void {
  c.db.transaction(() => {
    if (listBookmarks(c, item).some((mark) => mark.id === id))
      appendCustody(c, { act: 'bookmark-removed', item, details: { bookmark: id } });
  });
}

export function listBookmarks(c: OpenCase, item: string): StoredBookmark[] {
  const entries = entriesOf(c, item, ['bookmark-added', 'bookmark-removed']);
  const removed = new Set(entries.filter((e) => e.act === 'bookmark-removed').map((e) => e.details.bookmark));
  return entries
    .filter((e) => e.act === 'bookmark-added' && e.text !== null && !removed.has(e.seq))
    .map(({ seq, atMs, text }) => ({ id: seq, atMs, ...(JSON.parse(text!) as Pick<StoredBookmark, 'atS' | 'label'>) }));
}

/** Writes an examiner's assessment as a draft, which their next one replaces on the list until it is signed. */
export function writeAssessment<Opinion>(
  c: OpenCase,
  item: string,
  { examiner, opinions }: { readonly examiner: string; readonly opinions: readonly Opinion[] },
): number {
  return c.db.transaction(() => {
    const { seq } = appendCustody(c, {
      act: 'assessment-written',
      item: getItem(c, item).sha256,
      details: { assessment: nextNumber(c, item) },
      text: { owner: { item }, text: JSON.stringify({ examiner, opinions }) },
    });
    return seq;
  });
}

function nextNumber(c: OpenCase, item: string): number {
  return entriesOf(c, item, ['assessment-written']).length + 1;
}

/** Signs the standing draft `id` of that examiner. Throws AppError `ITEM_NOT_FOUND` where there is none. */
export function signAssessment(c: OpenCase, item: string, id: number, examiner: string): void {
  c.db.transaction(() => {
    const draft = listAssessments(c, item).find((a) => a.id === id && a.signedAtMs === null && a.examiner === examiner);
    if (!draft) throw new AppError('ITEM_NOT_FOUND', { sha256: item });
    const written = entriesOf(c, item, ['assessment-written']).find((entry) => entry.seq === id)!;
    appendCustody(c, {
      act: 'assessment-signed',
      item,
      details: { entry: id, assessment: Number(written.details.assessment) },
      text: { owner: { item }, text: JSON.stringify({ examiner }) },
    });
  });
}

/** Signed assessments and the last draft of each examiner, in the order they were written. */
export function listAssessments<Opinion = unknown>(c: OpenCase, item: string): StoredAssessment<Opinion>[] {
  const entries = entriesOf(c, item, ['assessment-written', 'assessment-signed']);
  const signed = new Map(
    entries.filter((e) => e.act === 'assessment-signed').map((e) => [e.details.entry, e.atMs] as const),
  );
  const all = entries
    .filter((e) => e.act === 'assessment-written' && e.text !== null)
    .map((e) => ({
      id: e.seq,
      writtenAtMs: e.atMs,
      signedAtMs: signed.get(e.seq) ?? null,
      ...(JSON.parse(e.text!) as { examiner: string; opinions: Opinion[] }),
    }));
  return all.filter(
    (a) => a.signedAtMs !== null || !all.some((later) => later.id > a.id && later.examiner === a.examiner),
  );
}

/** Number of notes, standing bookmarks and signed assessments by item; items without any are left out. */
export function recordCounts(
  c: OpenCase,
): ReadonlyMap<string, { readonly notes: number; readonly bookmarks: number; readonly assessments: number }> {
  const rows = c.db.all<{ item: string; notes: number; bookmarks: number; assessments: number }>(`
    SELECT item, sum(act = 'note-added') AS notes, sum(act = 'assessment-signed') AS assessments,
      sum(act = 'bookmark-added') - sum(act = 'bookmark-removed') AS bookmarks
    FROM custody JOIN items ON items.sha256 = custody.item
    WHERE act IN ('note-added', 'bookmark-added', 'bookmark-removed', 'assessment-signed') GROUP BY item`);
  return new Map(rows.map(({ item, ...counts }) => [item, counts]));
}

/** Of one item, or of the case as a whole where `item` is null. */
function entriesOf(c: OpenCase, item: string | null, acts: readonly CustodyAct[]): RecordEntry[] {
  const key = item === null ? c.keys.text : itemKey(c, item);
  const owner = ownerName(item === null ? 'case' : { item });
  return c.db
    .all<{ seq: number; atMs: number; act: CustodyAct; detailsJson: string; sealedText: Buffer | null }>(
      `SELECT custody.seq, atMs, act, detailsJson, sealedText FROM custody LEFT JOIN custodyTexts USING (seq)
       WHERE ${item === null ? 'item IS NULL' : 'item = ?'} AND act IN (SELECT value FROM json_each(?)) ORDER BY custody.seq`,
      ...(item === null ? [] : [item]),
      JSON.stringify(acts),
    )
    .map(({ seq, atMs, act, detailsJson, sealedText }) => ({
      seq,
      atMs,
      act,
      details: JSON.parse(detailsJson) as RecordEntry['details'],
      text: sealedText && unseal(key, `custody ${owner}`, sealedText).toString('utf8'),
    }));
}
