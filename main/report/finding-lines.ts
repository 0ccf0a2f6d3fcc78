/** A finding as sentences: its headline, what speaks for it, what against it, and what was not examined. Nothing is concluded. */
import type { Finding } from '../contract/finding.ts';
import { type OpenEnd, openEndOf, REMOVED_PERSON } from '../contract/open-end.ts';
import type { Outcome } from '../contract/outcome.ts';
import { openHeadline, originHeadline, toldAs, withoutFigure } from '../strings/open-finding.ts';
import { analyzerName, type Filling, type Line, line, lineOf } from './line.ts';

export interface FindingLines {
  readonly headline: Line;
  readonly for: readonly Line[];
  readonly against: readonly Line[];
  /** Analyzers that ended without an opinion and were not simply inapplicable, each with its reason. */
  readonly open: readonly Line[];
}

export function findingLines(finding: Finding, nobodyEnrolled: boolean): FindingLines {
  return {
    headline: headline(finding, nobodyEnrolled),
    for: finding.for.map(lineOf),
    against: finding.against.map(lineOf),
    open: finding.notExamined.filter(({ status }) => status !== 'notApplicable').map(openLine),
  };
}

/** An analyzer without an opinion: its name, its state in words, and why. */
export function openLine({ analyzer, status, reason }: Pick<Outcome, 'analyzer' | 'status' | 'reason'>): Line {
  const fillings = { analyzer: analyzerName(analyzer), status: { answers: [`status.${status}`] } };
  return reason
    ? line('report.open-because', { ...fillings, why: { lines: [lineOf(reason)] } })
    : line('report.open', fillings);
}

/** What findings of one question are ordered by: the calibrated figure, else the similarity, else nothing. */
export function findingWeight({ llr, for: reasons }: Finding): number {
  const similarity = reasons[0]?.params.similarity;
  return llr ?? (typeof similarity === 'number' ? similarity : Number.NEGATIVE_INFINITY);
}

/** Whether a finding tells anything for or against, apart from that nothing stood out or that there is no opinion. */
export function isTold(finding: Finding): boolean {
  const { question } = finding;
  if (question === 'synthesis') return toldAs(finding) === 'scored';
  return finding.for.length > 0 || (question === 'origin' && finding.against.length > 0);
}

/** Whether the question stayed open although it concerns what the finding is about. */
export function isOpen(finding: Finding): boolean {
  const open = openEndOf(finding);
  if (finding.question === 'synthesis') return finding.llr === null && open !== 'notApplicable';
  return open !== null && open !== 'notApplicable';
}

/** Filled bars beside the word of the scale; states without a figure have marks of their own, and none looks like another. */
export function markOf(finding: Finding): Line {
  const { band, question } = finding;
  const figure = toldAs(finding);
  if (figure !== null) return line(`report.mark.${figure === 'none-found' ? figure : band}`);
  const told = isTold(finding);
  const open = openEndOf(finding);
  if (question === 'origin' && open === null) return line(told ? 'report.mark.found' : 'report.mark.nothing');
  if (question === 'likeness' && told) return line('report.mark.compared');
  return line(OPEN_MARK[open ?? 'abstained']);
}

const OPEN_MARK: Readonly<Record<OpenEnd, string>> = {
  abstained: 'report.mark.no-opinion',
  failed: 'report.mark.unfinished',
  notRun: 'report.mark.not-run',
  nobody: 'report.mark.nobody',
  notApplicable: 'report.mark.not-applicable',
};

function headline(finding: Finding, nobodyEnrolled: boolean): Line {
  const { question, llr, band, reference } = finding;
  const subject: Filling = { subject: finding.subject };
  if (question === 'origin') return line(originHeadline(finding));
  if (question === 'likeness') {
    if (reference === null) return line(openHeadline(finding, nobodyEnrolled));
    const between = {
      subject,
      reference: reference === REMOVED_PERSON ? { answers: [`reference.${REMOVED_PERSON}`] } : { quoted: reference },
    };
    const without = withoutFigure(finding);
    if (without !== null)
      return line('finding.likeness.without-figure', { ...between, status: { answers: [`status.${without}`] } });
    const similarity = finding.for[0]?.params.similarity;
    return line('finding.likeness.similarity', {
      ...between,
      similarity: { figure: typeof similarity === 'number' ? similarity : '–' },
    });
  }
  const told = toldAs(finding);
  if (llr === null || told === null) return line(openHeadline(finding, nobodyEnrolled), { subject });
  if (told !== 'scored') return line(`finding.synthesis.${told}`, { subject });
  return line('finding.synthesis.scored', {
    subject,
    band: { answers: [`band.${band}`] },
    proposition: { answers: [`proposition.${finding.propositions[0].code}`] },
    llr: { figure: llr },
  });
}
