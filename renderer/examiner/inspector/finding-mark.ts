import type { Finding } from '../../../main/contract/finding.ts';
import { openEndOf } from '../../../main/contract/open-end.ts';
import { OPEN_MARK } from '../../parts/open-mark.ts';
import type { MarkState } from '../../parts/StrengthMark.tsx';
import { supports } from '../scale.ts';

/** The mark of a finding where no band stands in its place. */
export function markOf(finding: Finding): MarkState {
  const { question, llr, for: reasons, against } = finding;
  if (question === 'origin') return reasons.length + against.length > 0 ? 'found' : 'nothing';
  if (question === 'likeness' && reasons.length > 0) return 'compared';
  if (llr === null) return OPEN_MARK[openEndOf(finding) ?? 'abstained'];
  return supports(llr) ? 'found' : 'noneFound';
}
