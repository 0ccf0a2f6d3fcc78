/**
 * What a report says of all items, also of those that it does not print one by one: gathered while the items are read once, so that
 * ten thousand of them never stand in memory at once.
 */
import type { Finding, Question } from '../contract/finding.ts';
import { openEndOf } from '../contract/open-end.ts';
import type { OutcomeStatus } from '../contract/outcome.ts';
import {
  type ExaminedBy,
  type Installed,
  type OtherVersion,
  type OtherVersions,
  otherVersions,
} from '../contract/versions.ts';
import { type Measured, measuredIn } from '../law/index.ts';
import { findingWeight, isOpen, isTold, markOf } from './finding-lines.ts';
import { type Line, line, lineOf } from './line.ts';
import type { ExaminationRecord, ItemRecord } from './record.ts';

export const QUESTIONS: readonly Question[] = ['origin', 'synthesis', 'likeness'];

/** How one question ended for some items. */
export interface AnswerCount {
  readonly state: Line;
  /** Running numbers, in the order of receipt. */
  readonly numbers: readonly number[];
}

/** Of an analyzer, or of the search for faces and voices or the rules that make findings, which have no outcomes of their own. */
export interface AnalyzerCount {
  readonly analyzer: string;
  readonly version: string;
  /** Items on which it was planned. */
  readonly items: number;
  readonly outcomes: ReadonlyMap<OutcomeStatus, number>;
}

/** An analyzer, a model or a trust list that items were examined with and that is not the installed one. */
export interface ExaminedOtherwise extends OtherVersion {
  readonly kind: keyof OtherVersions;
  /** Running numbers, in the order of receipt. */
  readonly numbers: readonly number[];
}

/** A questioned item with something told of it, in one row. */
export interface BriefItem {
  readonly sha256: string;
  readonly number: number;
  readonly name: string;
  /** In the order of `QUESTIONS`. */
  readonly states: readonly Line[];
}

/**
 * What is printed item by item, in rows: all of 1,000 items as a full pass leaves them took the typesetter 2,485 pages and 4.3 GB
 * (2026-11-29), with this bound .5 GB in all; and nobody reads thousands of pages. The JSON has all.
 */
const ROWS_PRINTED = 3000;

/** Rows of an item apart from its outcomes: how it was preserved, its headings, its part of the summary. */
const ROWS_AN_ITEM = 20;

interface Candidate {
  readonly sha256: string;
  readonly rows: number;
  readonly rank: number;
}

export class Overview {
  items = 0;
  questioned = 0;
  examined = 0;
  /** Examined, with a question that stayed open or an analyzer that failed, abstained or did not run; or an examination that did not finish at all. */
  incomplete = 0;
  /** Received and not examined: nothing was tried. */
  kept = 0;
  /** Items of which by choice nothing was kept: there were no bytes to look at. */
  notKept = 0;
  /** Items whose bytes do not hold. */
  readonly wrong: Pick<ItemRecord, 'number' | 'sha256' | 'integrity'>[] = [];
  /** Questioned items of which a finding tells something. */
  readonly brief: BriefItem[] = [];
  /** Registry id -> SHA-256 of the weights: of each that examined. */
  readonly models = new Map<string, Set<string>>();
  /** Programs and versions that examined. */
  readonly apps = new Set<string>();
  /** Settings of the examinations, each combination once. */
  readonly settings = new Map<string, ExaminationRecord['settings']>();
  /** What bears on law, of questioned items and their sources. */
  readonly measured: Measured[] = [];
  /** SHA-256 -> running number, in the order of receipt. */
  readonly numbers = new Map<string, number>();
  readonly suspectedSources = new Set<string>();
  /** Items that were examined with other versions than those installed where the report is made. */
  examinedOtherwise = 0;
  readonly #installed: Installed;
  readonly #otherVersions = new Map<string, ExaminedOtherwise & { readonly numbers: number[] }>();
  readonly #answers = new Map<Question, Map<string, { state: Line; numbers: number[] }>>();
  readonly #analyzers = new Map<
    string,
    { analyzer: string; version: string; items: number; outcomes: Map<OutcomeStatus, number> }
  >();
  readonly #candidates: Candidate[] = [];

  constructor(installed: Installed) {
    this.#installed = installed;
  }

  /** Items come in the order of receipt, each once. */
  add(item: ItemRecord): void {
    const { sha256, number, role, integrity, examination } = item;
    this.items += 1;
    this.numbers.set(sha256, number);
    if (integrity.state === 'not-kept') this.notKept += 1;
    if (!holds(item)) this.wrong.push({ sha256, number, integrity });
    if (role === 'suspected-source') this.suspectedSources.add(sha256);
    const rank = rankOf(item);
    this.#candidates.push({ sha256, rows: rowsOf(item), rank });
    if (examination) this.#addExamination(examination, number);
    if (role !== 'reference') this.#addQuestioned(item, rank);
  }

  /** Each item once by what speaks loudest in it. */
  answersTo(question: Question): readonly AnswerCount[] {
    return [...(this.#answers.get(question)?.values() ?? [])];
  }

  get analyzers(): readonly AnalyzerCount[] {
    return [...this.#analyzers.values()];
  }

  get otherVersions(): readonly ExaminedOtherwise[] {
    return [...this.#otherVersions.values()];
  }

  /** Whether answers of one analyzer or of one model's weights stand beside those of another version. */
  get mixed(): boolean {
    const seen = new Set<string>();
    return (
      [...this.models.values()].some(({ size }) => size > 1) ||
      this.analyzers.some(({ analyzer }) => seen.size === seen.add(analyzer).size)
    );
  }

  /** SHA-256 of the items that are printed one by one: what tells most first, then in the order of receipt; at least one. */
  printed(): ReadonlySet<string> {
    const chosen = new Set<string>();
    let rows = 0;
    for (const one of this.#candidates.toSorted((a, b) => b.rank - a.rank)) {
      rows += one.rows;
      if (chosen.size > 0 && rows > ROWS_PRINTED) break;
      chosen.add(one.sha256);
    }
    return chosen;
  }

  #addExamination(examination: ExaminationRecord, number: number): void {
    const { app, models, settings, outcomes, perception, fusion } = examination;
    const around = { perception, fusion };
    this.#addOtherVersions({ outcomes, models, around }, number);
    for (const [id, sha256] of Object.entries(models))
      this.models.set(id, (this.models.get(id) ?? new Set()).add(sha256));
    this.apps.add(app);
    const { depth, fps, language } = settings;
    this.settings.set(JSON.stringify([depth, fps, language]), settings);
    const seen = new Set<string>();
    const besides = Object.entries(around).flatMap(([analyzer, version]) =>
      version === null ? [] : [{ analyzer, version, status: null }],
    );
    for (const { analyzer, version, status } of [...outcomes, ...besides]) {
      const key = JSON.stringify([analyzer, version]);
      const known = this.#analyzers.get(key) ?? { analyzer, version, items: 0, outcomes: new Map() };
      this.#analyzers.set(key, known);
      if (!seen.has(key)) known.items += 1;
      seen.add(key);
      if (status) known.outcomes.set(status, (known.outcomes.get(status) ?? 0) + 1);
    }
  }

  #addOtherVersions(examined: ExaminedBy, number: number): void {
    const others = otherVersions(examined, this.#installed);
    if (!others) return;
    this.examinedOtherwise += 1;
    for (const kind of ['analyzers', 'models', 'trustLists'] as const)
      for (const other of others[kind]) {
        const key = JSON.stringify([kind, other.id, other.examined]);
        const known = this.#otherVersions.get(key) ?? { kind, ...other, numbers: [] };
        this.#otherVersions.set(key, known);
        known.numbers.push(number);
      }
  }

  #addQuestioned(item: ItemRecord, rank: number): void {
    const { sha256, number, name, examination, fault, integrity } = item;
    this.questioned += 1;
    if (examination) this.examined += 1;
    else if (!fault) this.kept += 1;
    const open =
      examination?.outcomes.some(({ status }) => status !== 'evidence' && status !== 'notApplicable') ||
      examination?.findings.some((finding) => isOpen(finding) && openEndOf(finding) !== 'nobody');
    if (open || (!examination && fault)) this.incomplete += 1;
    if (integrity.state === 'copy' || integrity.state === 'original')
      this.measured.push({ code: 'M-HASH', item: sha256, record: 'custody', result: null });
    this.measured.push(...measuredIn(sha256, examination?.outcomes ?? []));
    const states = QUESTIONS.map((question) => stateOf(item, question));
    for (const [at, state] of states.entries()) this.#count(QUESTIONS[at]!, state, number);
    if (rank > RANK.examined) this.brief.push({ sha256, number, name, states });
  }

  #count(question: Question, state: Line, number: number): void {
    const own = this.#answers.get(question) ?? new Map<string, { state: Line; numbers: number[] }>();
    this.#answers.set(question, own);
    const key = JSON.stringify(state);
    const known = own.get(key);
    if (known) known.numbers.push(number);
    else own.set(key, { state, numbers: [number] });
  }
}

/** Whether the bytes of an item are what they were, as far as there are any to look at. */
function holds({ integrity: { state } }: ItemRecord): boolean {
  return state !== 'changed' && state !== 'gone' && state !== 'unreadable';
}

function rowsOf({ examination }: ItemRecord): number {
  const { outcomes = [], findings = [] } = examination ?? {};
  // A series is one row.
  const facts = outcomes.reduce((sum, one) => sum + 1 + new Set(one.facts.map(({ id }) => id)).size, 0);
  return ROWS_AN_ITEM + facts + findings.length * 5;
}

/** Least ranks of the classes; within `synthesis` the calibrated figure decides. */
const RANK = { reference: 0, kept: 1, examined: 2, origin: 3, likeness: 4, synthesis: 5 } as const;

/** What is printed rather: signs of synthesis by their strength, then a likeness, then what a file says of itself. */
function rankOf({ role, examination }: ItemRecord): number {
  if (role === 'reference') return RANK.reference;
  if (!examination) return RANK.kept;
  const ranks = examination.findings.filter(isTold).map((finding) => {
    if (finding.question !== 'synthesis') return RANK[finding.question];
    return RANK.synthesis + (finding.llr ?? 0);
  });
  return Math.max(RANK.examined, ...ranks);
}

/** Of these items those of which most is told, in their own order. */
export function mostTold(items: readonly ItemRecord[], count: number): readonly ItemRecord[] {
  const chosen = new Set(items.toSorted((a, b) => rankOf(b) - rankOf(a)).slice(0, count));
  return items.filter((item) => chosen.has(item));
}

/** Marks of a synthesis that is not supported: others of the item may have stayed open all the same. */
const IN_PART: ReadonlySet<string> = new Set(['report.mark.none-found', 'report.mark.neither']);

function stateOf(item: ItemRecord, question: Question): Line {
  const without = withoutFinding(item, question);
  // Why stands with the item: here all that did not finish are one.
  if (without) return without.id === 'report.mark.failed' ? line('report.state.failed') : without;
  const [first, ...others] = strongestFirst(findingsOf(item, question));
  const mark = markOf(first!);
  if (mark.id === 'report.mark.unfinished') return line('report.state.failed');
  // What was not settled in another face or voice is not told by this one.
  if (IN_PART.has(mark.id) && others.some(isOpen))
    return line(`report.state.${mark.id.replace('report.mark.', '')}-in-part`, { mark: { lines: [mark] } });
  return line(`report.state.${mark.id.replace('report.mark.', '')}`, { mark: { lines: [mark] } });
}

export const findingsOf = ({ examination }: ItemRecord, question: Question): readonly Finding[] =>
  examination?.findings.filter((finding) => finding.question === question) ?? [];

/** Why there is no finding at all; null where there is one. */
export function withoutFinding(item: ItemRecord, question: Question): Line | null {
  const { examination, fault } = item;
  if (!examination)
    return fault ? line('report.mark.failed', { why: { lines: [lineOf(fault)] } }) : line('report.mark.not-examined');
  if (examination.fault && question !== 'origin')
    return line('report.mark.failed', { why: { lines: [lineOf(examination.fault)] } });
  if (findingsOf(item, question).length > 0) return null;
  return line('report.state.not-run', { mark: { lines: [line('report.mark.not-run')] } });
}

/** By the calibrated figure, then by similarity; what has neither comes last, in the order of the record. */
export function strongestFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => compare(findingWeight(b), findingWeight(a)));
}

const compare = (a: number, b: number): number => (a < b ? -1 : Number(a > b));
