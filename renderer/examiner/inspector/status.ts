import type { OutcomeStatus } from '../../../main/contract/outcome.ts';
import type { MarkState } from '../../parts/StrengthMark.tsx';

/** Each way in which an analyzer ends, by the mark that stands for nothing else. */
export const STATUS_MARK: Readonly<Record<OutcomeStatus, MarkState>> = {
  evidence: 'found',
  abstained: 'noOpinion',
  notApplicable: 'notApplicable',
  failed: 'failed',
  notRun: 'notRun',
};
