import { reason } from '../../../main/contract/fact.ts';
import { findingLines, markOf } from '../../../main/report/finding-lines.ts';
import { line, textOf } from '../../../main/report/line.ts';
import { emptyFinding } from '../../fixtures/finding.ts';

test('what was not run is said once beside its mark', () => {
  const finding = (question: 'synthesis' | 'likeness') =>
    emptyFinding({
      question,
      notExamined: [
        { analyzer: 'synthetic-face', status: 'notRun', reason: reason('need-failed', { need: 'decoding' }) },
      ],
    });
  const said = (question: 'synthesis' | 'likeness') => {
    const { headline } = findingLines(finding(question), false);
    return textOf(
      'zh',
      line('report.marked', { mark: { lines: [markOf(finding(question))] }, text: { lines: [headline] } }),
    );
  };
  expect([said('synthesis'), said('likeness')]).toEqual(['— 文件：未检查', '— 没有比对']);
});
