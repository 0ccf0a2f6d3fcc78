/**
 * Does a case still hold what its custody log vouches for, and nothing that it does not? It cannot tell a chain that was rewritten or cut
 * short at its end from a true one; only a head kept elsewhere can.
 */
import { canonicalJson } from '../contract/canonical-json.ts';
import type { CustodyEntry } from '../contract/custody.ts';
import { AppError } from '../contract/errors.ts';
import { type CustodyHead, type CustodyRow, entryOf, genesis, linkHash, parsedDetails } from './custody.ts';
import type { CaseDatabase } from './database.ts';
import type { OpenCase } from './open-case.ts';
import { sha256Hex } from './sealing.ts';

type Entry = Omit<CustodyEntry, 'hash'>;

/**
 * Recomputes every link, the digest of every sealed text and of every stored examination, then compares items, people and what entries
 * vouch for row by row with what was recorded of them. What is missing must have been erased later, or an erasure names it. Throws AppError
 * `CUSTODY_BROKEN` with the first `seq` that does not hold.
 */
export function verifyCustody(c: OpenCase): { readonly entries: number; readonly head: CustodyHead } {
  return verifyChain(c.db, c.id);
}

export function verifyChain(
  db: CaseDatabase,
  caseId: string,
): { readonly entries: number; readonly head: CustodyHead } {
  const gone = erasedOwners(db);
  const examinations = new Map(
    db
      .all<{ custody: number; id: number }>('SELECT custody, id FROM examinations')
      .map(({ custody, id }) => [custody, id]),
  );
  const ledger = new Ledger(gone);
  let head: CustodyHead = { seq: 0, hash: genesis(caseId) };
  for (;;) {
    const rows = db.all<CustodyRow & { owner: string | null; salt: Buffer | null; sealedText: Buffer | null }>(
      'SELECT custody.*, owner, salt, sealedText FROM custody LEFT JOIN custodyTexts USING (seq) WHERE seq > ? ORDER BY seq LIMIT 1000',
      head.seq,
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      const { hash, ...body } = entryOf(row);
      const chained = row.seq === head.seq + 1 && row.previous === head.hash && linkHash(body) === hash;
      if (!chained || !textHolds(row, gone) || !examinationHolds(db, row, examinations.get(row.seq), gone))
        throw new AppError('CUSTODY_BROKEN', { seq: row.seq });
      ledger.take(body);
      head = { seq: row.seq, hash };
    }
  }
  const broken = firstAmiss(db, ledger.told, head);
  if (broken !== null) throw new AppError('CUSTODY_BROKEN', { seq: broken });
  return { entries: head.seq, head };
}

type Columns = Readonly<Record<string, unknown>>;

/** What the log tells of an item, a person, a row or the grouping that is there, in the words of its columns, and the entry that says so last. */
interface Told {
  readonly seq: number;
  readonly columns: Columns;
}

const GROUPING = 'grouping';

/** What entries tell of what is there, once they were taken in their order. */
class Ledger {
  readonly told = new Map<string, Told>();
  readonly #gone: ReadonlyMap<string, number>;

  /** @param gone owner -> last entry that records its erasure. */
  constructor(gone: ReadonlyMap<string, number>) {
    this.#gone = gone;
  }

  take(entry: Entry): void {
    this.#item(entry);
    this.#person(entry);
    this.#grouping(entry);
    this.#row(entry);
  }

  #item({ seq, act, item, atMs, details }: Entry): void {
    const { sm3, bytes, role, retention, parent, to, row, mediaType } = details;
    const owner = `item:${item}`;
    const tell = (columns: Columns) =>
      this.told.set(owner, { seq, columns: { ...this.told.get(owner)?.columns, ...columns } });
    if (act === 'item-received') {
      const within = this.#goes(`item:${parent}`, seq) ? null : (parent ?? null);
      // Of before, whose entries told of no row, the time of receipt is that of the entry only nearly.
      const when = row === undefined ? {} : { receivedAtMs: atMs };
      tell({ sm3, bytes, role, retention, parent: within, copy: 0, examined: 0, ...when });
    }
    if (act === 'item-role-set') tell({ role: to });
    if (act === 'item-sealed') tell({ retention: 'copy', copy: 1 });
    if (act === 'item-examined') tell({ examined: 1, ...(mediaType === undefined ? {} : { mediaType }) });
    if (act === 'item-erased') this.told.delete(owner);
  }

  #person({ seq, act, details }: Entry): void {
    const { person, kind, role, basis, retainUntil } = details;
    const owner = `person:${person}`;
    // An entry of the same act tells of each sample, with its kind.
    if (act === 'reference-added' && kind === undefined)
      this.told.set(owner, { seq, columns: { role, basis, retainUntil } });
    if (act === 'reference-removed' || act === 'reference-expired') this.told.delete(owner);
  }

  #grouping({ seq, act, atMs, details: { results, basis } }: Entry): void {
    const told = this.told.get(GROUPING);
    if (act === 'persons-grouped') {
      const how = basis === undefined ? {} : { basis, atMs };
      this.told.set(GROUPING, { seq, columns: { custody: seq, results, ...how } });
    }
    if (act === 'item-erased' && told) {
      // With the item's part of it the digest of all parts is gone.
      const { results: _, ...columns } = told.columns;
      this.told.set(GROUPING, { seq, columns });
    }
  }

  #row({ seq, act, item, details: { row, person, parent } }: Entry): void {
    if (row === undefined) return;
    const owner = `row:${row}`;
    const ofItem = `item:${item}`;
    // A sample goes with its person, not with the item that it was taken from.
    const goesWith = person === undefined ? [ofItem, `item:${parent}`, `text:${seq}`] : [`person:${person}`];
    if (act === 'reference-sample-removed') this.told.delete(owner);
    else if (!goesWith.some((name) => this.#goes(name, seq))) {
      const source = person === undefined || this.#goes(ofItem, seq) ? null : item;
      this.told.set(owner, { seq, columns: { source } });
    }
  }

  #goes(owner: string, seq: number): boolean {
    return (this.#gone.get(owner) ?? 0) > seq;
  }
}

const RECORDED = [
  `SELECT 'item:' || sha256 AS owner, sm3, bytes, role, retention, parent, mediaType, receivedAtMs,
     examinedAtMs IS NOT NULL AS examined, EXISTS (SELECT 1 FROM vaultFiles WHERE item = sha256 AND kind = 'copy') AS copy FROM items`,
  "SELECT 'person:' || id AS owner, role, basis, retainUntil FROM people",
] as const;

/** There is but the last one. */
function grouping(db: CaseDatabase): Record<string, unknown>[] {
  const rows = db.all<{ id: number; custody: number; basis: string; atMs: number; sealedGrouping: Buffer }>(
    'SELECT id, custody, basis, atMs, sealedGrouping FROM groupings',
  );
  const parts =
    'SELECT sealedMembers FROM groupingItems JOIN items ON sha256 = item WHERE grouping = ? ORDER BY ordinal';
  return rows.map(({ id, sealedGrouping, ...columns }) => {
    const members = db.all<{ sealedMembers: Buffer }>(parts, id).map(({ sealedMembers }) => sealedMembers);
    return { owner: GROUPING, ...columns, results: sha256Hex(sealedGrouping, ...members) };
  });
}

/** Rows that entries of now vouch for one by one; the source of a sample apart, which goes when that item is erased. */
const VOUCHED = {
  sightings: 'SELECT id, item, atMs, parent, partJson, hex(sealedOrigin) AS sealed FROM sightings',
  samples: `SELECT id, person, kind, modelId, modelsJson, accepted, reasonJson, qualityJson, createdAtMs, hex(sealedVector) AS sealed,
    source FROM samples`,
  jobEntries: 'SELECT id, state, role, item, errorJson, hex(sealedPath) AS sealed, parent, partJson FROM jobEntries',
} as const;

type VouchedRow = Readonly<Record<string, string | number | null>>;

/** Digest of a row as stored, for the `row` of the entry that tells of it. */
export function rowDigest(db: CaseDatabase, table: keyof typeof VOUCHED, id: number): string {
  return digestOf(db.get<VouchedRow>(`${VOUCHED[table]} WHERE id = ?`, id)!);
}

function digestOf({ source: _, ...row }: VouchedRow): string {
  return sha256Hex(canonicalJson(row));
}

/** The entry that an item or a person does not agree with, or whose subject is gone; of what no entry tells of, the last one. */
function firstAmiss(db: CaseDatabase, all: ReadonlyMap<string, Told>, head: CustodyHead): number | null {
  const absent = new Map(all);
  const amiss: number[] = [];
  const vouched = Object.values(VOUCHED)
    .flatMap((sql) => db.all<VouchedRow>(sql))
    .map((row) => ({ owner: `row:${digestOf(row)}`, source: row.source ?? null }));
  const rows: Record<string, unknown>[] = [
    ...vouched.filter(({ owner }) => all.has(owner)),
    ...RECORDED.flatMap((sql) => db.all<Record<string, unknown>>(sql)),
    ...grouping(db),
  ];
  for (const { owner, ...columns } of rows) {
    const told = absent.get(String(owner));
    absent.delete(String(owner));
    if (!told || Object.entries(told.columns).some(([name, value]) => columns[name] !== value))
      amiss.push(told?.seq ?? head.seq);
  }
  for (const { seq } of absent.values()) amiss.push(seq);
  // The last examination of an item is that of the highest id.
  amiss.push(...db.all<{ custody: number }>(OUT_OF_ORDER).map(({ custody }) => custody));
  // Items are numbered everywhere in the order of receipt.
  const received = [...all.keys()].filter((owner) => owner.startsWith('item:'));
  const moved = db.all<{ owner: string }>(IN_ORDER).find(({ owner }, at) => owner !== received[at]);
  if (moved) amiss.push(all.get(moved.owner)?.seq ?? head.seq);
  return amiss.toSorted((a, b) => a - b)[0] ?? null;
}

const IN_ORDER = "SELECT 'item:' || sha256 AS owner FROM items ORDER BY ordinal";

const OUT_OF_ORDER = `SELECT custody FROM (SELECT custody, lag(custody) OVER (ORDER BY id) AS former FROM examinations)
  WHERE custody <= former`;

const SEALED_RESULTS = [
  'SELECT sealedRun AS sealed FROM examinations WHERE id = ?',
  'SELECT sealedOutcome AS sealed FROM outcomes WHERE examination = ? ORDER BY position',
  'SELECT sealedFinding AS sealed FROM findings WHERE examination = ? ORDER BY position',
  'SELECT sealedCrop AS sealed FROM crops WHERE examination = ? ORDER BY position',
  'SELECT sealedVector AS sealed FROM templates WHERE examination = ? ORDER BY position',
  'SELECT sealedAbout AS sealed FROM templates WHERE examination = ? AND sealedAbout IS NOT NULL ORDER BY position',
] as const;

/** Digest of the rows of an examination as stored, in order: what its custody entry vouches for. */
export function examinationDigest(db: CaseDatabase, examination: number): string {
  const parts = SEALED_RESULTS.flatMap((sql) => db.all<{ sealed: Buffer }>(sql, examination));
  return sha256Hex(...parts.map((part) => sha256Hex(part.sealed)));
}

const PLAIN_RESULTS = [
  'SELECT item, job, app, startedAtMs, atMs FROM examinations WHERE id = ?',
  'SELECT analyzer, version, subject, status FROM outcomes WHERE examination = ? ORDER BY position',
  'SELECT question, subject FROM findings WHERE examination = ? ORDER BY position',
  'SELECT vaultFile, offset, length FROM crops WHERE examination = ? ORDER BY position',
  'SELECT kind, subject, modelId FROM templates WHERE examination = ? ORDER BY position',
] as const;

/** Digest of what of an examination is stored unsealed, to be searched by: it needs no key to be changed. */
export function plainDigest(db: CaseDatabase, examination: number): string {
  return sha256Hex(
    canonicalJson(PLAIN_RESULTS.map((sql) => db.all<Record<string, string | number>>(sql, examination))),
  );
}

/** Owner, or single text that an entry names -> last entry that records its erasure. */
function erasedOwners(db: CaseDatabase): ReadonlyMap<string, number> {
  const rows = db.all<CustodyRow>(
    "SELECT * FROM custody WHERE act IN ('item-erased', 'reference-removed', 'reference-expired') ORDER BY seq",
  );
  return new Map(
    rows.flatMap((row) => {
      const { person, tries } = parsedDetails(row.detailsJson);
      const owner = row.act === 'item-erased' ? `item:${row.item}` : `person:${person}`;
      const texts = typeof tries === 'string' ? tries.split(' ').map((seq) => `text:${seq}`) : [];
      return [owner, ...texts].map((erased) => [erased, row.seq] as const);
    }),
  );
}

type TextColumns = { owner: string | null; salt: Buffer | null; sealedText: Buffer | null };

function textHolds(row: CustodyRow & TextColumns, gone: ReadonlyMap<string, number>): boolean {
  if (row.sealed === null) return row.sealedText === null;
  if (row.salt !== null && row.sealedText !== null) return sha256Hex(row.salt, row.sealedText) === row.sealed;
  const { person } = parsedDetails(row.detailsJson);
  const owners = [`item:${row.item}`, `person:${person}`, `text:${row.seq}`];
  return owners.some((owner) => (gone.get(owner) ?? 0) > row.seq);
}

function examinationHolds(
  db: CaseDatabase,
  row: CustodyRow,
  examination: number | undefined,
  gone: ReadonlyMap<string, number>,
): boolean {
  if (row.act !== 'item-examined') return true;
  if (examination === undefined) return (gone.get(`item:${row.item}`) ?? 0) > row.seq;
  const { results, plain } = parsedDetails(row.detailsJson);
  // Entries of earlier versions vouch for what is sealed alone.
  return (
    examinationDigest(db, examination) === results && (plain === undefined || plainDigest(db, examination) === plain)
  );
}
