import type { Reason } from '../contract/fact.ts';
import type { Finding } from '../contract/finding.ts';
import { openEndOf } from '../contract/open-end.ts';
import type { Band, OutcomeStatus } from '../contract/outcome.ts';

/** Id of the sentence for a question of synthesis or likeness that stayed open. `nobodyEnrolled`: there is still nobody to compare with. */
export function openHeadline(finding: Finding, nobodyEnrolled: boolean): string {
  const open = openEndOf(finding) ?? 'abstained';
  return open === 'nobody' && nobodyEnrolled
    ? 'finding.likeness.no-reference'
    : `finding.${finding.question}.open.${open}`;
}

/** How a comparison with a person ended that has no similarity; null of one that has. */
export function withoutFigure({
  for: reasons,
  notExamined,
}: Pick<Finding, 'for' | 'notExamined'>): OutcomeStatus | null {
  return reasons.length > 0 ? null : (notExamined[0]?.status ?? null);
}

/** Natural logarithm from which a figure supports a proposition (UI.md, the scale in words). */
const LEAST_TOLD = 0.7;

/** Whether one of several methods supports synthesis by itself. */
export function methodSupports({ params: { llr } }: Reason): boolean {
  return typeof llr === 'number' && llr >= LEAST_TOLD;
}

/**
 * What a figure on synthesis is told as, and the end of its sentence's id: support; methods that point apart, of which one by itself
 * supports synthesis and all together support neither proposition; or no sign found. Null where there is no figure, or no word of the scale for it.
 */
export function toldAs({
  question,
  llr,
  band,
  for: reasons,
}: Pick<Finding, 'question' | 'llr' | 'band' | 'for'>): 'scored' | 'points-apart' | 'none-found' | null {
  if (question !== 'synthesis' || llr === null || band === null) return null;
  if (llr >= LEAST_TOLD) return 'scored';
  return band === 'neither' && reasons.some(methodSupports) ? 'points-apart' : 'none-found';
}

/** The band that bars show an examiner, on either side of the scale; null where a mark without bars stands. */
export function markedBand(finding: Finding): Band | null {
  return finding.band === 'neither' && toldAs(finding) !== 'points-apart' ? null : finding.band;
}

/** Id of the sentence for the question of origin: what points to a model, else to a camera, else whatever stands in the file. */
export function originHeadline(finding: Finding): string {
  const { for: generated, against } = finding;
  if (generated.length > 0) return 'finding.origin.for';
  if (against.some(({ params }) => params.says === 'captured')) return 'finding.origin.against';
  if (against.length > 0) return 'finding.origin.other';
  return openEndOf(finding) === null ? 'finding.origin.nothing' : 'finding.origin.not-read';
}
