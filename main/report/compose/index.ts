/** From the records of a case to the document: a pure function, one file for each part of the report. */
import { type LawPack, readStatements } from '../../law/index.ts';
import type { Language } from '../../strings/index.ts';
import type { ReportDocument, ReportPicture, Section } from '../document.ts';
import { line } from '../line.ts';
import type { Overview } from '../overview.ts';
import type { ItemRecord, ReportHead } from '../record.ts';
import { type Composing, figure, paragraph, type ReportLog } from './composing.ts';
import { likeness, MAX_CROPS, methods, notExamined, opinion, provenance, synthesis, together } from './examination.ts';
import { cover, request, summary } from './front.ts';
import { preservation, samples } from './holdings.ts';
import { counts, duties, elements, routes } from './law.ts';
import { custody, glossary, MAX_ENTRIES, review } from './review.ts';

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

export { MAX_CROPS, MAX_ENTRIES };

/** Sections that speak of one item after the other. */
const BY_ITEM: ReadonlySet<(typeof SECTIONS)[number]> = new Set([
  preservation,
  methods,
  provenance,
  synthesis,
  likeness,
  together,
  notExamined,
]);

export interface Composition {
  readonly language: Language;
  /** SHA-256 of the JSON of the same record. */
  readonly digest: string;
  readonly packs: readonly LawPack[];
  /** Id of a pack -> SHA-256 of the file that the user brought it in. */
  readonly imported?: ReadonlyMap<string, string>;
  /** Packs that the user brought and that this version does not take. */
  readonly refused?: Composing['refused'];
  readonly pictures: ReadonlyMap<string, ReportPicture>;
}

/** What a document is made from: all of it but the items and log entries that only the JSON has. */
export interface ReportParts {
  readonly head: ReportHead;
  readonly overview: Overview;
  /** The items that are printed one by one, in the order of receipt. */
  readonly items: readonly ItemRecord[];
  readonly log: ReportLog;
}

export function composeReport(
  { head, overview, items, log }: ReportParts,
  { language, digest, packs, imported = new Map(), refused = [], pictures }: Composition,
): ReportDocument {
  const kept = head.statements as Parameters<typeof readStatements>[0];
  const composing: Composing = {
    head,
    items,
    overview,
    log,
    statements: readStatements(kept),
    packs,
    imported,
    refused,
    digest,
  };
  return {
    language,
    title: line('report.title'),
    caseName: head.case.name,
    digest,
    madeAtMs: head.madeAtMs,
    sections: SECTIONS.map((section) => (BY_ITEM.has(section) ? ofSome(section, composing) : section(composing))),
    pictures,
  };
}

/** Says first how many items it leaves to the JSON, where it leaves any. */
function ofSome(section: (typeof SECTIONS)[number], composing: Composing): Section {
  const composed = section(composing);
  const printed = composing.items.length;
  const left = composing.overview.items - printed;
  if (left <= 0) return composed;
  const notice = paragraph('some-only', { printed: figure(printed), left: figure(left) });
  return { ...composed, blocks: [notice, ...composed.blocks] };
}
