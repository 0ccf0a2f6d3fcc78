import { fact, reason } from '../../../main/contract/fact.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { measuredIn, measuredOfCase } from '../../../main/law/index.ts';

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

test('a case has its counts, near-duplicates where scenes were compared, and labels that differ within a group', () => {
  const of = (code: 'M-LABEL-IMPL' | 'M-LABEL-NONE', item: string) => ({ code, item, record: 'x', result: null });
  const codes = (counted: Parameters<typeof measuredOfCase>[0], ...measured: ReturnType<typeof of>[]) =>
    measuredOfCase(counted, measured).map(({ code }) => code);
  expect(codes({ distinct: 0, withoutScenes: 0, groups: [] })).toEqual([]);
  expect(codes({ distinct: 3, withoutScenes: 2, groups: [] })).toEqual(['M-COUNT', 'M-COUNT-EXPLAIN']);
  const pair = { distinct: 2, withoutScenes: 0, groups: [['a', 'b']] };
  expect(codes(pair, of('M-LABEL-IMPL', 'a'), of('M-LABEL-NONE', 'b'))).toContain('M-LABEL-DIFF');
  expect(codes(pair, of('M-LABEL-IMPL', 'a'), of('M-LABEL-IMPL', 'b'))).not.toContain('M-LABEL-DIFF');
  // Nobody looked at the other copy: no difference was found.
  expect(codes(pair, of('M-LABEL-IMPL', 'a'))).not.toContain('M-LABEL-DIFF');
  expect(codes(pair, of('M-LABEL-IMPL', 'a'), of('M-LABEL-NONE', 'c'))).toEqual([
    'M-COUNT',
    'M-COUNT-EXPLAIN',
    'M-DEDUP',
  ]);
});
