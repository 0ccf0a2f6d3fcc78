import { type Reason, reason } from '../../../../main/contract/fact.ts';
import type { Finding, Question } from '../../../../main/contract/finding.ts';
import type { Band } from '../../../../main/contract/outcome.ts';
import { sayReason } from '../../../../main/strings/index.ts';
import { cardOf } from '../../../../renderer/victim/card.ts';

const swapped = reason('synthesis.answer', { analyzer: 'synthetic-face', answer: 'swap', llr: 1.2 });
const generated = reason('synthesis.answer', { analyzer: 'synthetic-face', answer: 'generated', llr: -0.3 });
const limit = reason('face-enhanced', { genuine: 370, limited: 83 });
const resembles = reason('likeness.imitation-resembles');

const finding = (
  question: Question,
  llr: number | null,
  band: Band | null,
  reasons: readonly [readonly Reason[], readonly Reason[]],
): Finding => ({
  question,
  subject: 'face-track:1',
  reference: question === 'likeness' ? 'An' : null,
  propositions: [{ code: 'a' }, { code: 'b' }],
  band,
  llr,
  for: [...reasons[0]],
  against: [...reasons[1]],
  notExamined: [],
});

const EXAMINED = { reached: [], outcomes: [], series: [], durationS: null };
const part = (one: Finding, examination: object = EXAMINED) =>
  cardOf(one.question, { ...examination, findings: [one] } as Parameters<typeof cardOf>[1], false).parts[0]!;
const words = (reasons: readonly Reason[]) => reasons.map((one) => sayReason('en', one));

test('a card gives its reasons in words and keeps the figures for who asks how it is known', () => {
  const supported = part(finding('synthesis', 1.2, 'limited', [[swapped], [generated, limit]]));
  expect(words(supported.for)).toEqual(['test for synthetic faces: swapped or blended']);
  expect(supported.against).toEqual([limit]);
  expect(supported.figures).toEqual([swapped, generated]);
  // What supports nothing is no reason for anything.
  const faint = reason('synthesis.answer', { analyzer: 'synthetic-face', answer: 'swap', llr: 0.3 });
  const nothing = part(finding('synthesis', 0.1, 'neither', [[faint], [generated]]));
  expect([nothing.for, nothing.against]).toEqual([[], []]);
  expect(nothing.figures).toEqual([faint, generated]);
  expect([nothing.headline.id, nothing.band]).toEqual(['finding.synthesis.none-found', null]);
});

test('where one method supports synthesis and all together do not, the card says that they point apart and not that nothing was found', () => {
  const apart = part(finding('synthesis', 0.63, 'neither', [[swapped], [generated]]));
  expect([apart.headline.id, apart.band]).toEqual(['finding.synthesis.points-apart', 'neither']);
  expect(words(apart.for)).toEqual(['test for synthetic faces: swapped or blended']);
});

test('that a likeness does not tell of a recording stands in the headline, and once', () => {
  const similar = reason('likeness.similarity', { similarity: 0.9 });
  const compared = part(finding('likeness', null, null, [[similar], [resembles]]));
  expect(compared.headline.id).toBe('ui.card.likeness.measured');
  expect([compared.for, compared.against]).toEqual([[similar], []]);
});

test('of a voice that says more than is scored, the card tells how much of the recording was measured', () => {
  const voice = { ...finding('synthesis', null, null, [[], [limit]]), subject: 'speaker:1' };
  const points = Array.from({ length: 240 }, (_, at) => ({ fromS: at * 90, toS: at * 90 + 2, value: 0 }));
  const heard = (windows: number) => ({
    ...EXAMINED,
    durationS: 6.5 * 3600,
    series: [{ subject: 'speaker:1', fact: 'voice.window.score', points }],
    outcomes: [{ analyzer: 'synthetic-voice', subject: 'speaker:1', examined: ['turns:9', `windows:${windows}`] }],
  });
  expect(part(voice, heard(240)).measuredPart).toEqual({ measured: 8, of: 390 });
  expect(part(voice, heard(239)).measuredPart).toBeNull();
  expect(part({ ...voice, subject: 'speaker:2' }, heard(240)).measuredPart).toBeNull();
});

test('what points to a camera alone is why the card says so, beside what points to a model it speaks against that', () => {
  const camera = reason('origin.fact', { fact: 'exif.make', value: 'Canon', says: 'captured', strength: 'S1' });
  const label = reason('origin.fact', { fact: 'aigc.Label', value: '1', says: 'generated', strength: 'S2' });
  const alone = part(finding('origin', null, null, [[], [camera]]));
  expect([alone.headline.id, alone.for, alone.against]).toEqual(['finding.origin.against', [camera], []]);
  const both = part(finding('origin', null, null, [[label], [camera]]));
  expect([both.headline.id, both.for, both.against]).toEqual(['finding.origin.for', [label], [camera]]);
});

test('a method that supports nothing is not among the reasons of a finding that does', () => {
  const hardly = reason('synthesis.answer', { analyzer: 'synthetic-face', answer: 'generated', llr: 0.13 });
  const supported = part(finding('synthesis', 1.2, 'limited', [[swapped, hardly], []]));
  expect(words(supported.for)).toEqual(['test for synthetic faces: swapped or blended']);
  expect(supported.figures).toEqual([swapped, hardly]);
});

test('propositions are told of what was looked at, and of nothing else', () => {
  const measured = (status: 'abstained' | 'notRun' | 'failed' | 'notApplicable') =>
    part({
      ...finding('synthesis', null, null, [[], []]),
      notExamined: [{ analyzer: 'synthetic-face', status, reason: reason('no-face') }],
    }).measured;
  expect([measured('abstained'), measured('notRun'), measured('failed'), measured('notApplicable')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
