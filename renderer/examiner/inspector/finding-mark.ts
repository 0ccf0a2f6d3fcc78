import type { Finding } from '../../../main/contract/finding.ts';
import type { MarkState } from '../../parts/StrengthMark.tsx';
import { supports } from '../scale.ts';

/** The mark of a finding where no band stands in its place. */
export function markOf({ question, llr, for: reasons, against, reference }: Finding): MarkState {
  if (question === 'origin') return reasons.length + against.length > 0 ? 'found' : 'nothing';
  if (question === 'likeness') return reference === null ? 'notRun' : reasons.length > 0 ? 'compared' : 'noOpinion';
  if (llr === null) return 'noOpinion';
  return supports(llr) ? 'found' : 'noneFound';
}
