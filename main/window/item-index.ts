/**
 * The table of all items of a case, kept in memory: what is sealed of ten thousand items is unsealed once, afterwards only what
 * changed. Sorting, filtering and grouping happen here, so that a window holds no more rows than it shows.
 */
import {
  comparedBefore,
  custodyHead,
  type ExaminationBrief,
  examinationBrief,
  getItem,
  type ItemRow,
  itemName,
  latestGrouping,
  listItems,
  type OpenCase,
  recordCounts,
} from '../cases/index.ts';
import { breathe } from '../contract/breathe.ts';
import { ERROR_CODES, type ErrorRecord } from '../contract/errors.ts';
import type { Finding, Question } from '../contract/finding.ts';
import type { Cell, ItemFilter, ItemPage, ItemTableRow, RequestValue } from '../contract/ipc.ts';
import { openEndOf } from '../contract/open-end.ts';
import { type ExaminedBy, type Installed, otherVersions } from '../contract/versions.ts';
import { byBytes } from '../jobs/renew.ts';
import { markedBand } from '../strings/open-finding.ts';
import { Duplicates } from './duplicates.ts';
import { groupOfItem } from './persons.ts';

type PageRequest = RequestValue<'items.page'>;

/** What is known of an item without the counts of notes and marks, which are cheap and always asked anew. */
interface Known {
  readonly row: Omit<
    ItemTableRow,
    'notes' | 'bookmarks' | 'assessments' | 'group' | 'otherVersions' | 'samplesChanged'
  >;
  /** Names of the people that a likeness finding compares with, the most alike first. */
  readonly people: readonly string[];
  /** By what it was examined, the same value for items that the same examined; null where it was not. */
  readonly by: ExaminedBy | null;
}

/** A row without what changes when something is installed, or samples of a person are added or taken out. */
type Row = Omit<ItemTableRow, 'otherVersions' | 'samplesChanged'>;

/** Items unsealed before other work gets its turn: about 20 ms. */
const SLICE = 50;

/** Items named one by one in a sentence; the others are counted. */
const NAMED = 5;

const NO_RECORDS = { notes: 0, bookmarks: 0, assessments: 0 };

export class ItemIndex {
  readonly #case: OpenCase;
  readonly #installed: () => Installed;
  readonly #duplicates: Duplicates;
  readonly #known = new Map<string, Known>();
  readonly #examiners = new Map<string, ExaminedBy>();
  readonly #stale = new Set<string>();
  #lastOrdinal = 0;
  #before: { readonly seq: number; readonly items: ReadonlySet<string> } = { seq: -1, items: new Set() };
  #loading: Promise<void> = Promise.resolve();

  constructor(c: OpenCase, installed: () => Installed) {
    this.#case = c;
    this.#installed = installed;
    this.#duplicates = new Duplicates(c);
  }

  /** The item changed and is read again when it is next needed. */
  touch(sha256: string): void {
    this.#stale.add(sha256);
  }

  forget(sha256: string): void {
    this.#known.delete(sha256);
    this.#stale.delete(sha256);
  }

  async page({ offset, limit, sort, descending, filter, group }: PageRequest): Promise<ItemPage> {
    await this.#refresh();
    const counts = recordCounts(this.#case);
    const ofGroup = await this.#groups(group);
    const others = this.#others();
    const examinedOtherwise = ({ sha256 }: Row) => others.has(this.#known.get(sha256)!.by);
    const before = this.comparedBefore();
    const rows = [...this.#known.values()]
      .map(({ row }) => ({
        ...row,
        ...NO_RECORDS,
        ...counts.get(row.sha256),
        group: ofGroup ? (ofGroup.get(row.sha256) ?? null) : groupOf(row, group),
      }))
      .filter((row) => passes(row, this.#known.get(row.sha256)!.people, filter))
      .filter((row) => !filter.otherVersions || examinedOtherwise(row))
      .filter((row) => !filter.samplesChanged || before.has(row.sha256));
    const compare = COMPARE[sort];
    const direction = descending ? -1 : 1;
    rows.sort((a, b) => byGroup(a, b) || direction * compare(a, b) || direction * (a.ordinal - b.ordinal));
    return {
      total: rows.length,
      all: this.#known.size,
      offset,
      rows: rows.slice(offset, offset + limit).map((row) => ({
        ...row,
        otherVersions: examinedOtherwise(row),
        samplesChanged: before.has(row.sha256),
      })),
      groups: group === 'none' ? [] : groupsOf(rows),
    };
  }

  /** How many items are to be examined again, and which ones of them cannot be because their bytes are gone, as `renewals` has it. */
  async renewable(): Promise<{ items: number; gone: number; goneNames: string[] }> {
    await this.#refresh();
    const others = this.#others();
    const before = this.comparedBefore();
    const wanted = [...this.#known.values()].filter(({ row, by }) => by && (before.has(row.sha256) || others.has(by)));
    const { there, gone } = await byBytes(
      this.#case,
      wanted.map(({ row }) => row),
    );
    return { items: there.length, gone: gone.length, goneNames: gone.slice(0, NAMED).map(({ name }) => name) };
  }

  /** Looked up once for each state of the log, which tells of every sample and examination. */
  comparedBefore(): ReadonlySet<string> {
    const { seq } = custodyHead(this.#case);
    if (seq !== this.#before.seq) this.#before = { seq, items: comparedBefore(this.#case) };
    return this.#before.items;
  }

  #others(): ReadonlySet<ExaminedBy | null> {
    const installed = this.#installed();
    return new Set([...this.#examiners.values()].filter((by) => otherVersions(by, installed)));
  }

  #shared(by: ExaminedBy): ExaminedBy {
    const key = JSON.stringify(by);
    const known = this.#examiners.get(key) ?? by;
    this.#examiners.set(key, known);
    return known;
  }

  /** Digest -> its group where groups are made over the whole case; null where the row itself tells. */
  async #groups(group: PageRequest['group']): Promise<ReadonlyMap<string, string> | null> {
    if (group === 'duplicate') return await this.#alike();
    if (group !== 'person') return null;
    const last = latestGrouping(this.#case);
    return last ? groupOfItem(last) : new Map();
  }

  /** Digest -> the running number of the first item of its group of near duplicates. */
  async #alike(): Promise<ReadonlyMap<string, string>> {
    const groups = await this.#duplicates.among([...this.#known.values()].map(({ row }) => row));
    const ordinal = (sha256: string) => this.#known.get(sha256)?.row.ordinal ?? Number.POSITIVE_INFINITY;
    return new Map(
      groups.flatMap((members) => {
        const first = String(Math.min(...members.map(ordinal)));
        return members.map((sha256) => [sha256, first] as const);
      }),
    );
  }

  /** One after the other: two requests do not unseal the same rows twice. */
  #refresh(): Promise<void> {
    this.#loading = this.#loading.catch(() => {}).then(() => this.#load());
    return this.#loading;
  }

  async #load(): Promise<void> {
    for (const sha256 of [...this.#stale]) {
      this.#stale.delete(sha256);
      if (this.#known.has(sha256)) this.#read(getItem(this.#case, sha256));
    }
    for (;;) {
      const page = listItems(this.#case, { after: this.#lastOrdinal, limit: SLICE });
      for (const item of page) this.#read(item);
      this.#lastOrdinal = page.at(-1)?.ordinal ?? this.#lastOrdinal;
      if (page.length < SLICE) return;
      await breathe();
    }
  }

  #read(item: ItemRow): void {
    const brief = examinationBrief(this.#case, item.sha256);
    this.#known.set(item.sha256, {
      row: rowOf(itemName(this.#case, item.sha256), item, brief),
      people: peopleOf(brief),
      by: brief && this.#shared(brief.by),
    });
  }
}

function rowOf(name: string, item: ItemRow, brief: ExaminationBrief | null): Known['row'] {
  const { ordinal, sha256, mediaType, bytes, role, retention, parent, receivedAtMs } = item;
  const subjects = (kind: string) =>
    new Set(brief?.outcomes.filter((o) => o.subject.startsWith(`${kind}:`)).map((o) => o.subject)).size;
  return {
    ordinal,
    sha256,
    name,
    mediaType: brief?.info.mediaType ?? mediaType,
    kind: brief?.info.kind ?? null,
    durationS: brief?.info.durationS ?? null,
    bytes,
    role,
    retention,
    parent,
    receivedAtMs,
    examinedAtMs: brief?.atMs ?? null,
    fault: brief ? faultOf(brief) : null,
    origin: cellOf('origin', brief),
    synthesis: cellOf('synthesis', brief),
    likeness: cellOf('likeness', brief),
    faces: subjects('face-track'),
    speakers: subjects('speaker'),
  };
}

/** What kept picture or sound from being looked at: the fault that analyzers give as the reason why they did not run. */
function faultOf({ findings }: ExaminationBrief): ErrorRecord | null {
  const named = findings.flatMap((f) => f.notExamined).find((n) => n.reason?.code === 'need-failed');
  const code = ERROR_CODES.find((known) => known === named?.reason?.params.code);
  return code ? { code, params: {} } : null;
}

const ANALYZERS: Readonly<Record<Question, readonly string[]>> = {
  origin: ['provenance-'],
  synthesis: ['synthetic-'],
  likeness: ['face-likeness', 'voice-likeness'],
};

const EMPTY: Omit<Cell, 'state'> = { band: null, llr: null, findings: 0, reason: null };

/** Exported for its tests: which of the states that never look alike one question of one item is in. */
export function cellOf(question: Question, brief: Pick<ExaminationBrief, 'findings' | 'outcomes'> | null): Cell {
  if (!brief) return { ...EMPTY, state: 'notExamined' };
  const findings = brief.findings.filter((f) => f.question === question);
  const statuses = new Set(
    brief.outcomes.filter((o) => ANALYZERS[question].some((id) => o.analyzer.startsWith(id))).map((o) => o.status),
  );
  const telling = findings.filter(
    (f) => f.for.length > 0 || f.llr !== null || (question === 'origin' && f.against.length > 0),
  );
  const first = telling.toSorted((a, b) => weight(b) - weight(a))[0];
  if (first)
    return {
      state: 'found',
      band: markedBand(first),
      llr: first.llr,
      findings: telling.length,
      reason: first.for[0] ?? first.against[0] ?? null,
    };
  const why = findings.flatMap((f) => [...f.against, ...f.notExamined.flatMap((n) => n.reason ?? [])])[0] ?? null;
  // What could not be read may hold what was not found.
  const unread = statuses.has('abstained') || statuses.has('failed');
  if (question === 'origin' && statuses.has('evidence') && !unread) return { ...EMPTY, state: 'nothing' };
  if (question !== 'origin' && statuses.has('evidence')) return { ...EMPTY, state: 'noOpinion', reason: why };
  if (findings.some((f) => openEndOf(f) === 'nobody')) return { ...EMPTY, state: 'notRun', reason: why };
  const state = statuses.has('abstained')
    ? 'noOpinion'
    : statuses.has('failed')
      ? 'failed'
      : statuses.has('notApplicable') && !statuses.has('notRun')
        ? 'notApplicable'
        : 'notRun';
  return { ...EMPTY, state, reason: why };
}

/** As in the report: support for synthesis stands before what speaks against it, and that before what has no figure. */
function weight({ llr, for: reasons }: Finding): number {
  return llr ?? -1000 + reasons.length;
}

function comparedIn(brief: ExaminationBrief | null): Finding[] {
  return brief?.findings.filter((f) => f.question === 'likeness' && f.reference !== null) ?? [];
}

function peopleOf(brief: ExaminationBrief | null): string[] {
  const similarity = (f: Finding) => Number(f.for.find((r) => 'similarity' in r.params)?.params.similarity ?? -1);
  return [
    ...new Set(
      comparedIn(brief)
        .toSorted((a, b) => similarity(b) - similarity(a))
        .map((f) => f.reference!),
    ),
  ];
}

function groupOf(row: Known['row'], group: PageRequest['group']): string | null {
  if (group !== 'finding') return null;
  return (['origin', 'synthesis', 'likeness'] as const).find((question) => row[question].state === 'found') ?? null;
}

function passes(row: Row, people: readonly string[], filter: ItemFilter): boolean {
  const { text, roles, kinds, states, cells, person, marked } = filter;
  const wanted = text?.trim().toLowerCase();
  const state = row.fault ? 'failed' : row.examinedAtMs === null ? 'preserved' : 'examined';
  return (
    (!wanted || row.name.toLowerCase().includes(wanted) || row.sha256.startsWith(wanted)) &&
    (!roles || roles.includes(row.role)) &&
    (!kinds || (row.kind !== null && kinds.includes(row.kind))) &&
    (!states || states.includes(state)) &&
    (!cells || cells.every((cell) => cell.states.includes(row[cell.question].state))) &&
    (!person || people.includes(person)) &&
    (!marked || row.bookmarks > 0)
  );
}

const BY_NAME = new Intl.Collator(['zh', 'en'], { numeric: true });

/** What cannot be compared stands last in ascending order. */
const number = (value: number | null) => value ?? Number.POSITIVE_INFINITY;
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Least telling first: the states in the order in which they tell nothing, then by the calibrated figure. */
const STATES: readonly Cell['state'][] = [
  'notExamined',
  'notRun',
  'failed',
  'notApplicable',
  'noOpinion',
  'nothing',
  'found',
];
const cells = (a: Cell, b: Cell) =>
  STATES.indexOf(a.state) - STATES.indexOf(b.state) || (a.llr ?? -99) - (b.llr ?? -99) || a.findings - b.findings;

const COMPARE: Readonly<Record<PageRequest['sort'], (a: Row, b: Row) => number>> = {
  received: (a, b) => a.receivedAtMs - b.receivedAtMs,
  name: (a, b) => BY_NAME.compare(a.name, b.name),
  type: (a, b) => text(a.mediaType, b.mediaType),
  duration: (a, b) => compareNumbers(number(a.durationS), number(b.durationS)),
  bytes: (a, b) => a.bytes - b.bytes,
  digest: (a, b) => text(a.sha256, b.sha256),
  examined: (a, b) => compareNumbers(number(a.examinedAtMs), number(b.examinedAtMs)),
  origin: (a, b) => cells(a.origin, b.origin),
  synthesis: (a, b) => cells(a.synthesis, b.synthesis),
  likeness: (a, b) => cells(a.likeness, b.likeness),
};

/** Two infinities are equal, their difference is no number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** Rows of no group stand last. */
function byGroup(a: Row, b: Row): number {
  if (a.group === b.group) return 0;
  if (a.group === null || b.group === null) return a.group === null ? 1 : -1;
  return BY_NAME.compare(a.group, b.group);
}

function groupsOf(rows: readonly Row[]): ItemPage['groups'] {
  return [...Map.groupBy(rows, (row) => row.group ?? '')].map(([id, members]) => ({ id, rows: members.length }));
}
