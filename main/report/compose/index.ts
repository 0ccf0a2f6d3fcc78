/** From the records of a case to the document: a pure function, one file for each part of the report. */
import { type LawPack, readStatements } from '../../law/index.ts';
import type { Language } from '../../strings/index.ts';
import type { ReportDocument, ReportPicture, Section } from '../document.ts';
import { line } from '../line.ts';
import type { ReportRecord } from '../record.ts';
import type { Composing } from './composing.ts';
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

export interface Composition {
  readonly language: Language;
  /** SHA-256 of the JSON of the same record. */
  readonly digest: string;
  readonly packs: readonly LawPack[];
  readonly pictures: ReadonlyMap<string, ReportPicture>;
}

export function composeReport(
  record: ReportRecord,
  { language, digest, packs, pictures }: Composition,
): ReportDocument {
  const { items, log, ...head } = record;
  const kept = record.statements as Parameters<typeof readStatements>[0];
  const composing: Composing = { head, items, log, statements: readStatements(kept), packs, digest };
  return {
    language,
    title: line('report.title'),
    caseName: head.case.name,
    digest,
    madeAtMs: head.madeAtMs,
    sections: SECTIONS.map((section) => section(composing)),
    pictures,
  };
}
