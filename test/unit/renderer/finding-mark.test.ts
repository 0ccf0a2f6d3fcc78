import { reason } from '../../../main/contract/fact.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { markOf as printedMarkOf } from '../../../main/report/finding-lines.ts';
import { textOf } from '../../../main/report/line.ts';
import { markedBand } from '../../../main/strings/open-finding.ts';
import { cellOf } from '../../../main/window/item-index.ts';
import { markOf } from '../../../renderer/parts/finding-mark.ts';
import { emptyFinding } from '../../fixtures/finding.ts';

test.each([
  ['abstained', 'noOpinion', 'no-opinion'],
  ['failed', 'failed', 'unfinished'],
  ['notRun', 'nothing', 'nothing'],
] as const)('an origin of which one place was %s is %s in the window, and so in print', (status, mark, printed) => {
  const unread = { analyzer: 'provenance-exif', status, reason: reason('container-unknown') };
  const origin = emptyFinding({ question: 'origin', notExamined: [unread as Outcome] });
  expect(markOf(origin)).toBe(mark);
  expect(printedMarkOf(origin).id).toBe(`report.mark.${printed}`);
});

test.each([
  ['supported', 1.2, 1.2, 'limited', 'limited', '■□□□'],
  ['of methods that point apart', 1.17, 0.63, 'neither', 'neither', '□□□□'],
  ['of nothing found', 0.3, 0.1, 'neither', null, '○'],
  // Print draws no bars on that side.
  ['that speaks for an ordinary recording', -0.9, -1.2, 'limited', 'limited', '○'],
] as const)(
  'a figure on synthesis %s is marked so in table, inspector and print',
  (_, own, llr, band, bars, printed) => {
    const finding = emptyFinding({ llr, band, for: [reason('synthesis.answer', { answer: 'generated', llr: own })] });
    const cell = cellOf('synthesis', { findings: [finding], outcomes: [] });
    expect([markedBand(finding), cell.band]).toEqual([bars, bars]);
    expect(textOf('en', printedMarkOf(finding))).toBe(printed);
  },
);
