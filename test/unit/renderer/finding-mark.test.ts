import { reason } from '../../../main/contract/fact.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { markOf as printedMarkOf } from '../../../main/report/finding-lines.ts';
import { markOf } from '../../../renderer/parts/finding-mark.ts';
import { emptyFinding } from '../../fixtures/finding.ts';

test.each([
  ['abstained', 'noOpinion', 'no-opinion'],
  ['failed', 'failed', 'unfinished'],
  ['notRun', 'nothing', 'nothing'],
] as const)('an origin of which one place was %s is %s in the window, and so in print', (status, mark, printed) => {
  const unread = { analyzer: 'provenance-exif', status, reason: reason('container-unknown') };
  const origin = emptyFinding({ question: 'origin', notExamined: [unread as Outcome] });
  expect(markOf(origin, () => true)).toBe(mark);
  expect(printedMarkOf(origin).id).toBe(`report.mark.${printed}`);
});
