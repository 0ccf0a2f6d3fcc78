import { reason } from '../../../main/contract/fact.ts';
import { findingLines, markOf } from '../../../main/report/finding-lines.ts';
import { line, textOf } from '../../../main/report/line.ts';
import { emptyFinding } from '../../fixtures/finding.ts';

test('where methods point apart, no headline says that nothing was found, and the mark has no bars', () => {
  const of = (own: number, all: number) =>
    emptyFinding({
      question: 'synthesis',
      llr: all,
      band: 'neither',
      for: [reason('synthesis.answer', { analyzer: 'synthetic-face', answer: 'generated', llr: own })],
    });
  const said = (finding: ReturnType<typeof of>) =>
    [markOf(finding), findingLines(finding, false).headline].map((one) => textOf('en', one)).join(' ');
  expect(said(of(1.17, 0.63))).toMatch(/^□□□□ .*point apart, and together they support neither proposition/);
  expect(said(of(0.3, 0.1))).toMatch(/^○ .*found no sign of synthesis/);
});

test('a figure for which the scale has no word is told as no opinion', () => {
  const finding = emptyFinding({ question: 'synthesis', llr: 0.7, band: null });
  expect(markOf(finding).id).toBe('report.mark.no-opinion');
  expect(findingLines(finding, false).headline.id).toBe('finding.synthesis.open.abstained');
});

test('a comparison without an opinion says so, and tells no dash for a similarity', () => {
  const finding = emptyFinding({
    question: 'likeness',
    subject: 'speaker:1',
    reference: 'An',
    notExamined: [{ analyzer: 'voice-likeness', status: 'abstained', reason: null }],
  });
  expect(textOf('en', findingLines(finding, false).headline)).toBe('voice 1 and “An”: no opinion');
  expect(textOf('zh', findingLines(finding, false).headline)).toBe('说话人 1 与“An”：未作判断');
});

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
