/** From the records of a case to the document: a pure function, one file for each part of the report. */
import { type LawPack, readStatements } from '../../law/index.ts';
import type { Language } from '../../strings/index.ts';
import type { ReportDocument, ReportPicture, Section } from '../document.ts';
import { line } from '../line.ts';
import type { ItemRecord, ReportRecord } from '../record.ts';
import { type Composing, figure, paragraph } from './composing.ts';
import { likeness, MAX_CROPS, methods, notExamined, opinion, provenance, synthesis, together } from './examination.ts';
import { cover, request, summary } from './front.ts';
import { preservation, samples } from './holdings.ts';
import { counts, duties, elements, routes } from './law.ts';
import { custody, glossary, review } from './review.ts';

/** In the order of GB/T 45430-2025, to which no conformity is claimed. */
const SECTIONS: readonly ((composing: Composing) => Section)[] = [
  cover,
  summary,
  request,
  preservation,
  samples,
  methods,
  provenance,
  synthesis,
  likeness,
  together,
  notExamined,
  opinion,
  elements,
  counts,
  duties,
  routes,
  review,
  custody,
  glossary,
];

export { MAX_CROPS };

/** Sections that speak of one item after the other. */
const BY_ITEM: ReadonlySet<(typeof SECTIONS)[number]> = new Set([
  summary,
  preservation,
  methods,
  provenance,
  synthesis,
  likeness,
  together,
  notExamined,
]);

/**
 * What is printed item by item, in rows: all of 1,000 items as a full pass leaves them took the typesetter 2,485 pages and 4.3 GB
 * (2026-11-29), with this bound .55 GB in all; and nobody reads thousands of pages. The JSON has all.
 */
const ROWS_PRINTED = 4000;

/** Rows of an item apart from its outcomes: how it was preserved, its headings, its part of the summary. */
const ROWS_AN_ITEM = 20;

/** The first items, as many as are printed one by one; at least one. */
export function printedItems(items: readonly ItemRecord[]): readonly ItemRecord[] {
  let rows = 0;
  const beyond = items.findIndex(({ examination }, at) => {
    const { outcomes = [], findings = [] } = examination ?? {};
    // A series is one row.
    const facts = outcomes.reduce((sum, one) => sum + 1 + new Set(one.facts.map(({ id }) => id)).size, 0);
    rows += ROWS_AN_ITEM + facts + findings.length * 5;
    return at > 0 && rows > ROWS_PRINTED;
  });
  return beyond < 0 ? items : items.slice(0, beyond);
}

export interface Composition {
  readonly language: Language;
  /** SHA-256 of the JSON of the same record. */
  readonly digest: string;
  readonly packs: readonly LawPack[];
  /** Id of a pack -> SHA-256 of the file that the user brought it in. */
  readonly imported?: ReadonlyMap<string, string>;
  readonly pictures: ReadonlyMap<string, ReportPicture>;
}

export function composeReport(
  record: ReportRecord,
  { language, digest, packs, imported = new Map(), pictures }: Composition,
): ReportDocument {
  const { items, log, ...head } = record;
  const kept = record.statements as Parameters<typeof readStatements>[0];
  const composing: Composing = {
    head,
    items,
    all: items,
    log,
    statements: readStatements(kept),
    packs,
    imported,
    digest,
  };
  return {
    language,
    title: line('report.title'),
    caseName: head.case.name,
    digest,
    madeAtMs: head.madeAtMs,
    sections: SECTIONS.map((section) => (BY_ITEM.has(section) ? ofFirst(section, composing) : section(composing))),
    pictures,
  };
}

/** Says first how many items it leaves to the JSON, where it leaves any. */
function ofFirst(section: (typeof SECTIONS)[number], composing: Composing): Section {
  const printed = printedItems(composing.items);
  const left = composing.items.length - printed.length;
  if (left <= 0) return section(composing);
  const composed = section({ ...composing, items: printed });
  const notice = paragraph('first-only', { printed: figure(printed.length), left: figure(left) });
  return { ...composed, blocks: [notice, ...composed.blocks] };
}
