import { reason } from '../../../main/contract/fact.ts';
import type { Finding } from '../../../main/contract/finding.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { markOf as printedMarkOf } from '../../../main/report/finding-lines.ts';
import { markOf } from '../../../renderer/parts/finding-mark.ts';

test.each([
  ['abstained', 'noOpinion', 'no-opinion'],
  ['failed', 'failed', 'unfinished'],
  ['notRun', 'nothing', 'nothing'],
] as const)('an origin of which one place was %s is %s in the window, and so in print', (status, mark, printed) => {
  const unread = { analyzer: 'provenance-exif', status, reason: reason('container-unknown') };
  const origin: Finding = {
    question: 'origin',
    subject: 'file',
    reference: null,
    propositions: [{ code: 'origin.generated-or-edited-with-ai' }, { code: 'origin.captured' }],
    band: null,
    llr: null,
    for: [],
    against: [],
    notExamined: [unread as Outcome],
  };
  expect(markOf(origin, () => true)).toBe(mark);
  expect(printedMarkOf(origin).id).toBe(`report.mark.${printed}`);
});
