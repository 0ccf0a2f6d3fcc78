import type { Finding } from '../contract/finding.ts';
import { openEndOf } from '../contract/open-end.ts';
import type { OutcomeStatus } from '../contract/outcome.ts';

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

/** Whether one method by itself supports synthesis and all together support neither proposition: then a sign was found. */
export function pointsApart({ band, for: reasons }: Pick<Finding, 'band' | 'for'>): boolean {
  return band === 'neither' && reasons.some(({ params: { llr } }) => typeof llr === 'number' && llr >= LEAST_TOLD);
}

/** Id of the sentence for a figure on synthesis that supports none. */
export function unsupportedHeadline(finding: Pick<Finding, 'band' | 'for'>): string {
  return `finding.synthesis.${pointsApart(finding) ? 'points-apart' : 'none-found'}`;
}

/** Id of the sentence for the question of origin: what points to a model, else to a camera, else whatever stands in the file. */
export function originHeadline(finding: Finding): string {
  const { for: generated, against } = finding;
  if (generated.length > 0) return 'finding.origin.for';
  if (against.some(({ params }) => params.says === 'captured')) return 'finding.origin.against';
  if (against.length > 0) return 'finding.origin.other';
  return openEndOf(finding) === null ? 'finding.origin.nothing' : 'finding.origin.not-read';
}
