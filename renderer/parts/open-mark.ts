import type { OpenEnd } from '../../main/contract/open-end.ts';
import type { MarkState } from './StrengthMark.tsx';

/** The mark of a question that stayed open. */
export const OPEN_MARK: Readonly<Record<OpenEnd, MarkState>> = {
  abstained: 'noOpinion',
  failed: 'failed',
  notRun: 'notRun',
  nobody: 'notRun',
  notApplicable: 'notApplicable',
};
