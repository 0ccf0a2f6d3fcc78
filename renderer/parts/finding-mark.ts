import type { Finding } from '../../main/contract/finding.ts';
import { type OpenEnd, openEndOf } from '../../main/contract/open-end.ts';
import type { MarkState } from './StrengthMark.tsx';

/** The mark of a question that stayed open. */
const OPEN_MARK: Readonly<Record<OpenEnd, MarkState>> = {
  abstained: 'noOpinion',
  failed: 'failed',
  notRun: 'notRun',
  nobody: 'notRun',
  notApplicable: 'notApplicable',
};

/** The mark of a finding where no band stands in its place. */
export function markOf(finding: Finding): MarkState {
  const { question, llr, for: reasons, against } = finding;
  const open = openEndOf(finding);
  if (question === 'origin' && open === null) return reasons.length + against.length > 0 ? 'found' : 'nothing';
  if (question === 'likeness' && reasons.length > 0) return 'compared';
  if (llr === null) return OPEN_MARK[open ?? 'abstained'];
  return 'noneFound';
}
