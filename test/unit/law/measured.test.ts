import { fact, reason } from '../../../main/contract/fact.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { measuredIn } from '../../../main/law/index.ts';

const ITEM = 'd'.repeat(64);

function outcome(analyzer: string, rest: Partial<Outcome> = {}): Outcome {
  return {
    analyzer,
    version: '1',
    subject: 'file',
    reference: null,
    status: 'evidence',
    reason: null,
    rawScore: null,
    llr: null,
    band: null,
    examined: [],
    facts: [],
    ...rest,
  };
}

const codes = (...outcomes: Outcome[]) => measuredIn(ITEM, outcomes).map(({ code }) => code);

test('evidence of an analyzer bears its code', () => {
  expect(
    codes(
      outcome('synthetic-voice'),
      outcome('face-likeness'),
      outcome('provenance-exif', { facts: [fact('exif.make', 'x')] }),
    ),
  ).toEqual(['M-SYN-VOICE', 'M-FACE-SIM', 'M-META']);
});

test.each(['abstained', 'failed', 'notApplicable', 'notRun'] as const)('%s leaves no record', (status) => {
  expect(codes(outcome('synthetic-face', { status, reason: reason('x') }))).toEqual([]);
  expect(codes(outcome('provenance-aigc-label', { status, examined: ['xmp'], reason: reason('x') }))).toEqual([]);
});

test('a label, no label at the places looked at, and nothing looked at are three things', () => {
  expect(codes(outcome('provenance-aigc-label', { facts: [fact('aigc.Label', '1')], examined: ['xmp'] }))).toEqual([
    'M-LABEL-IMPL',
  ]);
  expect(codes(outcome('provenance-aigc-label', { examined: ['xmp'] }))).toEqual(['M-LABEL-NONE']);
  expect(codes(outcome('provenance-aigc-label'))).toEqual([]);
});

test('a file without content credentials bears none', () => {
  expect(codes(outcome('provenance-c2pa', { facts: [fact('c2pa.state', 'none')] }))).toEqual([]);
  expect(codes(outcome('provenance-c2pa', { facts: [fact('c2pa.manifestCount', 1)] }))).toEqual(['M-C2PA']);
});

test('a record points to its outcome and quotes it without judging', () => {
  const [record] = measuredIn(ITEM, [
    outcome('voice-likeness', { subject: 'speaker:1', reference: 'p1', band: null, llr: null }),
  ]);
  expect(record).toEqual({
    code: 'M-VOICE-SIM',
    item: ITEM,
    record: 'voice-likeness/speaker:1',
    result: { code: 'measured', params: { band: null, llr: null, facts: 0, reference: 'p1' } },
  });
});
