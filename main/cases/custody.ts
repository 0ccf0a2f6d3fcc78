/**
 * What happened to the evidence, as a chain of hashes: entries are appended and read here, and held against the case in custody-check.ts.
 */
import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../contract/canonical-json.ts';
import type { CustodyAct, CustodyEntry } from '../contract/custody.ts';
import type { Params } from '../contract/errors.ts';
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

/** An entry as its table keeps it. */
export interface CustodyRow {
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

export function linkHash(entry: Omit<CustodyEntry, 'hash'>): string {
  return sha256Hex(canonicalJson(entry));
}

export function entryOf(row: CustodyRow): CustodyEntry {
  const { seq, atMs, act, item, sealed, previous, hash } = row;
  return { seq, atMs, act, item, details: parsedDetails(row.detailsJson), sealed, previous, hash };
}

/** A cell that was overwritten with something that is no JSON still yields a value, so that its link is found broken. */
export function parsedDetails(json: string): CustodyEntry['details'] {
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
