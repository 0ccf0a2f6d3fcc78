/**
 * What the user states of the case: answers about the act, consent and notices, what became of duties and routes, who recognised
 * whom. As entries of the custody log with a sealed text: nothing stated disappears unseen, and a later statement stands beside
 * the one it replaces. What they mean is the law room's; here they are values.
 */
import type { CustodyAct } from '../contract/custody.ts';
import { AppError } from '../contract/errors.ts';
import { appendCustody, listCustody } from './custody.ts';
import { getItem } from './items.ts';
import type { OpenCase } from './open-case.ts';

/** `answer`: to a question of the law room; `duty`, `route`: what became of one; `witness`: a line of the listening sheet. */
export type StatementKind = 'answer' | 'duty' | 'route' | 'witness';

export interface NewStatement {
  readonly kind: StatementKind;
  /** Item that it is about; null for the case as a whole. Erasing the item erases the words. */
  readonly item: string | null;
  /** With kind and item it names what is stated: a later statement of the same name stands in its place. */
  readonly key: string;
  readonly value: unknown;
}

export interface StoredStatement extends NewStatement {
  /** Number of the custody entry. */
  readonly id: number;
  readonly atMs: number;
}

const ACTS: ReadonlySet<CustodyAct> = new Set(['statement-recorded', 'statement-withdrawn']);

/** Throws AppError `ITEM_NOT_FOUND`. Returns the number of the custody entry. */
export function recordStatement(c: OpenCase, { kind, item, key, value }: NewStatement): number {
  const { seq } = appendCustody(c, {
    act: 'statement-recorded',
    ...(item === null ? {} : { item: getItem(c, item).sha256 }),
    details: { kind },
    text: { owner: item === null ? 'case' : { item }, text: JSON.stringify({ key, value }) },
  });
  return seq;
}

/** Takes a standing statement back; the entry that made it stays. Throws AppError `STATEMENT_NOT_FOUND`. */
export function withdrawStatement(c: OpenCase, id: number): void {
  c.db.transaction(() => {
    const standing = listStatements(c).find((statement) => statement.id === id);
    if (!standing) throw new AppError('STATEMENT_NOT_FOUND', { id });
    const { item } = standing;
    appendCustody(c, { act: 'statement-withdrawn', ...(item === null ? {} : { item }), details: { entry: id } });
  });
}

/** Statements that stand, in the order in which they were made. Those of erased items are gone. */
export function listStatements(c: OpenCase): StoredStatement[] {
  const standing = new Map<string, StoredStatement>();
  for (const { seq, atMs, act, item, details, text } of entries(c)) {
    if (act === 'statement-withdrawn') {
      for (const [name, statement] of standing) if (statement.id === details.entry) standing.delete(name);
    } else if (text !== null) {
      const kind = details.kind as StatementKind;
      const { key, value } = JSON.parse(text) as Pick<NewStatement, 'key' | 'value'>;
      const name = JSON.stringify([kind, item, key]);
      // Deleted first, so that the map stands in the order of what was said last.
      standing.delete(name);
      standing.set(name, { id: seq, atMs, kind, item, key, value });
    }
  }
  return [...standing.values()];
}

function* entries(c: OpenCase) {
  for (let after = 0; ; ) {
    const page = listCustody(c, { after, acts: ACTS });
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)!.seq;
  }
}
