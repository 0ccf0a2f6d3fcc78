import type { Finding } from '../contract/finding.ts';
import { openEndOf } from '../contract/open-end.ts';

/** Id of the sentence for a question of synthesis or likeness that stayed open. `nobodyEnrolled`: there is still nobody to compare with. */
export function openHeadline(finding: Finding, nobodyEnrolled: boolean): string {
  const open = openEndOf(finding) ?? 'abstained';
  return open === 'nobody' && nobodyEnrolled
    ? 'finding.likeness.no-reference'
    : `finding.${finding.question}.open.${open}`;
}
