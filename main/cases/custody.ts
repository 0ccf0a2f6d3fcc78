/**
 * What happened to the evidence, as a chain of hashes: which entries stand, in which order, and whether any was changed.
 * It cannot tell a chain that was rewritten or cut short at its end from a true one; only a head kept elsewhere can.
 */
import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../contract/canonical-json.ts';
import type { CustodyAct, CustodyEntry } from '../contract/custody.ts';
import { AppError, type Params } from '../contract/errors.ts';
import type { CaseDatabase } from './database.ts';
import { itemKey, personKey } from './item-keys.ts';
import type { OpenCase } from './open-case.ts';
import { seal, sha256Hex, unseal } from './sealing.ts';

const SALT_BYTES = 16;

export interface CustodyText {
  /** Whose key seals the text: erasing that key erases the text. */
  readonly owner: 'case' | { readonly item: string } | { readonly person: string };
  readonly text: string;
}

export interface NewCustodyEntry {
  readonly act: CustodyAct;
  readonly item?: string;
  /** Codes, counts and digests only: this part stays readable for ever. */
  readonly details?: Params;
  readonly text?: CustodyText;
  /** UTC milliseconds, where a row beside it says when too; now where left out. */
  readonly atMs?: number;
}

export interface CustodyHead {
  readonly seq: number;
  readonly hash: string;
}

interface CustodyRow {
  seq: number;
  atMs: number;
  act: CustodyAct;
  item: string | null;
  detailsJson: string;
  sealed: string | null;
  previous: string;
  hash: string;
}

/** The link before the first: it ties a chain to its case. */
export function genesis(caseId: string): string {
  return sha256Hex(`jianzhen custody ${caseId}`);
}

/** Appends to the chain; call it inside the transaction of what it records. */
export function appendCustody(c: OpenCase, entry: NewCustodyEntry): CustodyEntry {
  return c.db.transaction(() => {
    const { act, item = null, details = {}, text, atMs = c.now() } = entry;
    if (!text) return appendLink(c.db, c.id, { act, item, atMs, details });
    const owner = ownerName(text.owner);
    const salt = randomBytes(SALT_BYTES);
    const sealedText = seal(ownerKey(c, owner), `custody ${owner}`, Buffer.from(text.text, 'utf8'));
    const link = appendLink(c.db, c.id, { act, item, atMs, details, sealed: sha256Hex(salt, sealedText) });
    c.db.run('INSERT INTO custodyTexts VALUES (?, ?, ?, ?)', link.seq, owner, salt, sealedText);
    return link;
  });
}

interface Link {
  readonly act: CustodyAct;
  readonly item: string | null;
  readonly atMs: number;
  readonly details: Params;
  readonly sealed?: string;
}

/**
 * Appends without a text: needs no key, so that an imported case can be recorded before it is unlocked. A clock that has gone back since
 * the last entry, or that of another machine which is behind, is itself recorded first.
 */
export function appendLink(db: CaseDatabase, caseId: string, link: Link): CustodyEntry {
  const { atMs } = link;
  const last = db.get<{ atMs: number }>('SELECT atMs FROM custody ORDER BY seq DESC LIMIT 1');
  if (last && atMs < last.atMs)
    appendOne(db, caseId, { act: 'clock-ran-backwards', item: null, atMs, details: { byMs: last.atMs - atMs } });
  return appendOne(db, caseId, link);
}

function appendOne(db: CaseDatabase, caseId: string, link: Link): CustodyEntry {
  const head = readHead(db, caseId);
  const body: Omit<CustodyEntry, 'hash'> = {
    seq: head.seq + 1,
    atMs: link.atMs,
    act: link.act,
    item: link.item,
    details: { ...link.details },
    sealed: link.sealed ?? null,
    previous: head.hash,
  };
  const hash = linkHash(body);
  db.run(
    'INSERT INTO custody (seq, atMs, act, item, detailsJson, sealed, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    body.seq,
    body.atMs,
    body.act,
    body.item,
    canonicalJson(body.details),
    body.sealed,
    body.previous,
    hash,
  );
  return { ...body, hash };
}

/** The last link; `seq` 0 and the genesis value where none is. Every export prints it. */
export function custodyHead(c: OpenCase): CustodyHead {
  return readHead(c.db, c.id);
}

export function readHead(db: CaseDatabase, caseId: string): CustodyHead {
  return (
    db.get<CustodyHead>('SELECT seq, hash FROM custody ORDER BY seq DESC LIMIT 1') ?? { seq: 0, hash: genesis(caseId) }
  );
}

/** Entries after a sequence number, of some acts or of all, with their texts where the key that seals them still exists. */
export function listCustody(
  c: OpenCase,
  page: { readonly after?: number; readonly limit?: number; readonly acts?: ReadonlySet<CustodyAct> } = {},
): (CustodyEntry & { readonly text: string | null })[] {
  const { after = 0, limit = 1000, acts } = page;
  const rows = c.db.all<CustodyRow & { owner: string | null; sealedText: Buffer | null }>(
    `SELECT custody.*, owner, sealedText FROM custody LEFT JOIN custodyTexts USING (seq)
     WHERE seq > ? ${acts ? 'AND act IN (SELECT value FROM json_each(?))' : ''} ORDER BY seq LIMIT ?`,
    after,
    ...(acts ? [JSON.stringify([...acts])] : []),
    limit,
  );
  return rows.map((row) => ({
    ...entryOf(row),
    text:
      row.owner !== null && row.sealedText !== null
        ? unseal(ownerKey(c, row.owner), `custody ${row.owner}`, row.sealedText).toString('utf8')
        : null,
  }));
}

/** Texts of entries on what could not be received: they belong to the case. */
export function textsOfTries(c: OpenCase): { readonly seq: number; readonly text: string }[] {
  const rows = c.db.all<{ seq: number; sealedText: Buffer }>(
    "SELECT seq, sealedText FROM custody JOIN custodyTexts USING (seq) WHERE act = 'item-failed' AND owner = 'case' ORDER BY seq",
  );
  return rows.map(({ seq, sealedText }) => ({
    seq,
    text: unseal(c.keys.text, 'custody case', sealedText).toString('utf8'),
  }));
}

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
  const recorded = new Map<string, Recorded>();
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
      follow(recorded, body, gone);
      head = { seq: row.seq, hash };
    }
  }
  const broken = firstAmiss(db, recorded, head);
  if (broken !== null) throw new AppError('CUSTODY_BROKEN', { seq: broken });
  return { entries: head.seq, head };
}

/** What the log tells of an item, a person or a row that is there, in the words of their columns, and the entry that says so last. */
interface Recorded {
  readonly seq: number;
  readonly columns: Readonly<Record<string, unknown>>;
}

/** Takes what one entry says of an item, a person or a row into account. */
function follow(
  recorded: Map<string, Recorded>,
  { seq, act, item, details, atMs }: Omit<CustodyEntry, 'hash'>,
  gone: ReadonlyMap<string, number>,
): void {
  const { sm3, bytes, role, retention, parent, person, kind, basis, retainUntil, to, row, mediaType, results } =
    details;
  const ofItem = `item:${item}`;
  const ofPerson = `person:${person}`;
  const goes = (owner: string) => (gone.get(owner) ?? 0) > seq;
  const tell = (columns: Recorded['columns']) =>
    recorded.set(ofItem, { seq, columns: { ...recorded.get(ofItem)?.columns, ...columns } });
  if (act === 'item-received') {
    // Of before, whose entries told of no row, the time of receipt is that of the entry only nearly.
    const when = row === undefined ? {} : { receivedAtMs: atMs };
    const within = goes(`item:${parent}`) ? null : (parent ?? null);
    tell({ sm3, bytes, role, retention, parent: within, copy: 0, examined: 0, ...when });
  } else if (act === 'item-role-set') tell({ role: to });
  else if (act === 'item-sealed') tell({ retention: 'copy', copy: 1 });
  else if (act === 'item-examined') tell({ examined: 1, ...(mediaType === undefined ? {} : { mediaType }) });
  else if (act === 'item-erased') {
    recorded.delete(ofItem);
    // With its part of a grouping the digest of all parts is gone.
    const { results: _, ...left } = recorded.get('grouping')?.columns ?? {};
    if (recorded.has('grouping')) recorded.set('grouping', { seq, columns: left });
  } else if (act === 'persons-grouped')
    recorded.set('grouping', {
      seq,
      columns: { custody: seq, results, ...(basis === undefined ? {} : { basis, atMs }) },
    });
  // An entry of the same act tells of each sample, with its kind.
  else if (act === 'reference-added' && kind === undefined)
    recorded.set(ofPerson, { seq, columns: { role, basis, retainUntil } });
  else if (act === 'reference-removed' || act === 'reference-expired') recorded.delete(ofPerson);
  if (row === undefined) return;
  // A sample goes with its person, not with the item that it was taken from.
  const owners = person === undefined ? [ofItem, `item:${parent}`, `text:${seq}`] : [ofPerson];
  if (act === 'reference-sample-removed') recorded.delete(`row:${row}`);
  else if (!owners.some(goes))
    recorded.set(`row:${row}`, { seq, columns: { source: person === undefined || goes(ofItem) ? null : item } });
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
    return { owner: 'grouping', ...columns, results: sha256Hex(sealedGrouping, ...members) };
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
function firstAmiss(db: CaseDatabase, recorded: ReadonlyMap<string, Recorded>, head: CustodyHead): number | null {
  const absent = new Map(recorded);
  const amiss: number[] = [];
  const vouched = Object.values(VOUCHED)
    .flatMap((sql) => db.all<VouchedRow>(sql))
    .map((row) => ({ owner: `row:${digestOf(row)}`, source: row.source ?? null }));
  const rows: Record<string, unknown>[] = [
    ...vouched.filter(({ owner }) => recorded.has(owner)),
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
  return amiss.toSorted((a, b) => a - b)[0] ?? null;
}

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

export function linkHash(entry: Omit<CustodyEntry, 'hash'>): string {
  return sha256Hex(canonicalJson(entry));
}

function entryOf(row: CustodyRow): CustodyEntry {
  const { seq, atMs, act, item, sealed, previous, hash } = row;
  return { seq, atMs, act, item, details: parsedDetails(row.detailsJson), sealed, previous, hash };
}

/** A cell that was overwritten with something that is no JSON still yields a value, so that its link is found broken. */
function parsedDetails(json: string): CustodyEntry['details'] {
  try {
    return JSON.parse(json) as CustodyEntry['details'];
  } catch {
    return {};
  }
}

export function ownerName(owner: CustodyText['owner']): string {
  if (owner === 'case') return owner;
  return 'item' in owner ? `item:${owner.item}` : `person:${owner.person}`;
}

function ownerKey(c: OpenCase, owner: string): Buffer {
  if (owner === 'case') return c.keys.text;
  const id = owner.slice(owner.indexOf(':') + 1);
  return owner.startsWith('item:') ? itemKey(c, id) : personKey(c, id);
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
