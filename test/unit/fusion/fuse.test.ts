import { fact, reason } from '../../../main/contract/fact.ts';
import { findingSchema } from '../../../main/contract/finding.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { fuse } from '../../../main/fusion/fuse.ts';
import { bandOf, leastOf } from '../../../main/fusion/scale.ts';
import { sayReason } from '../../../main/strings/index.ts';
import { originHeadline } from '../../../main/strings/open-finding.ts';

const outcome = (analyzer: string, rest: Partial<Outcome> = {}): Outcome => ({
  analyzer,
  version: '1.0.0',
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
});

test('the three questions stay apart and each finding fits the published form', () => {
  const findings = fuse([
    outcome('provenance-exif', { facts: [fact('exif.make', 'ACME', { strength: 'S1', says: 'captured' })] }),
    outcome('provenance-generator', {
      facts: [fact('generator.name', 'ComfyUI', { strength: 'S2', says: 'generated' })],
    }),
    outcome('synthetic-face', { subject: 'face-track:1', rawScore: 1.5 }),
    outcome('face-likeness', { subject: 'face-track:1', reference: 'A', rawScore: 0.7 }),
  ]);
  expect(findings.map((f) => findingSchema.parse(f)).map((f) => [f.question, f.subject, f.reference])).toEqual([
    ['origin', 'file', null],
    ['synthesis', 'face-track:1', null],
    ['likeness', 'face-track:1', 'A'],
  ]);
  expect(findings[0]!.for.map((r) => r.params.fact)).toEqual(['generator.name']);
  expect(findings[0]!.against.map((r) => r.params.fact)).toEqual(['exif.make']);
});

test('a raw score alone gives neither a figure nor a word', () => {
  const [finding] = fuse([outcome('synthetic-face', { subject: 'face-track:1', rawScore: 99 })]);
  expect(finding).toMatchObject({ llr: null, band: null, for: [], against: [{ code: 'synthesis.not-calibrated' }] });
});

test('dependent detectors of one face are not added up, and a low figure ends at limited support', () => {
  const face = { subject: 'face-track:1' };
  const strong = fuse([
    outcome('synthetic-face', { ...face, llr: 3 }),
    outcome('synthetic-image', { ...face, llr: 2.5 }),
  ]);
  expect(strong).toHaveLength(1);
  expect(strong[0]!.llr).toBeCloseTo(Math.log((Math.exp(3) + Math.exp(2.5)) / 2), 9);
  expect(strong[0]!.band).toBe('moderate');
  const low = fuse([outcome('synthetic-face', { ...face, llr: -5 })]);
  expect(low[0]).toMatchObject({ llr: -2.29, band: 'limited' });
});

test.each([
  [0.5, [{ code: 'face-enhanced', params: { genuine: 370, limited: 83, moderate: 0 } }]],
  [-0.5, []],
])('a face that leans towards a swap by %s is told how ordinary enhanced ones did', (llr, told) => {
  const facts = [
    fact('llr.swap', llr),
    fact('face.stability.swapScore', [1, 1]),
    fact('face.enhancedOrdinary', [370, 83, 0]),
  ];
  const [finding] = fuse([outcome('synthetic-face', { subject: 'face-track:1', llr, facts })]);
  expect(finding!.against.filter(({ code }) => code === 'face-enhanced')).toMatchObject(told);
});

test('likeness carries no figure where synthesis was not examined or is supported', () => {
  const alike = outcome('face-likeness', { subject: 'face-track:1', reference: 'A', rawScore: 0.8, llr: 5 });
  expect(fuse([alike])[0]).toMatchObject({
    llr: null,
    against: [{ code: 'likeness.calibrated-on-recordings-only' }, {}],
  });
  const spoofed = fuse([outcome('synthetic-face', { subject: 'face-track:1', llr: 4 }), alike]);
  expect(spoofed[1]).toMatchObject({ llr: null });
  const ordinary = fuse([outcome('synthetic-face', { subject: 'face-track:1', llr: 0.1 }), alike]);
  expect(ordinary[1]).toMatchObject({ llr: 5, band: 'moderately-strong' });
});

test('what was not examined is listed with its status and reason, never left out', () => {
  const why = reason('face-too-small', { px: 30 });
  const findings = fuse([
    outcome('synthetic-face', { subject: 'face-track:1', status: 'abstained', reason: why }),
    outcome('synthetic-voice', { status: 'notApplicable', reason: reason('no-sound') }),
  ]);
  expect(findings[0]!.notExamined).toEqual([
    { analyzer: 'synthetic-face', status: 'abstained', reason: why },
    { analyzer: 'synthetic-voice', status: 'notApplicable', reason: reason('no-sound') },
  ]);
});

test('the disclosed scale of UI.md', () => {
  expect([0, 0.69, 0.7, 2.3, -4.6, 6.9].map(bandOf)).toEqual([
    'neither',
    'neither',
    'limited',
    'moderate',
    'moderately-strong',
    'strong',
  ]);
  expect(() => bandOf(Number.NaN)).toThrow(RangeError);
  const bands = ['neither', 'limited', 'moderate', 'moderately-strong', 'strong'] as const;
  expect(bands.map(leastOf)).toEqual([0, 0.7, 2.3, 4.6, 6.9]);
  expect(bands.map((band) => bandOf(leastOf(band)))).toEqual(bands);
});

test('a similarity is cited with the counts of its false matches, and the upper end of their rate', () => {
  const facts = [
    fact('likeness.falseMatchRate', 0.002),
    fact('likeness.falseMatchUpper', 0.003),
    fact('likeness.falseMatchPairs', 5000),
    fact('likeness.population', 'east-asian'),
  ];
  const alike = outcome('face-likeness', { subject: 'face-track:1', reference: 'A', rawScore: 0.8, facts });
  expect(fuse([alike])[0]!.for[0]!.params).toMatchObject({
    matches: 10,
    pairs: 5000,
    upperPerThousand: 3,
    population: 'east-asian',
  });
});

test('what keeps a detector of the user’s own silent is not said of the embedded one beside it', () => {
  const why = reason('face-larger-than-measured', { px: 144, most: 128 });
  const [found] = fuse([
    outcome('synthetic-face', { subject: 'face-track:1', rawScore: 1, llr: -0.1, facts: [fact('x.stability.low', 1)] }),
    outcome('synthetic-face:own', { subject: 'face-track:1', rawScore: 1, reason: why }),
  ]).filter(({ question }) => question === 'synthesis');
  expect(found!.against).toContainEqual(reason('imported-outside', { analyzer: 'synthetic-face:own' }));
  expect(found!.against).not.toContainEqual(why);
});

test('an origin that could not be read is never told as one of which nothing was found', () => {
  const exif = (status: Outcome['status']) =>
    outcome('provenance-exif', { status, reason: reason('container-unknown') });
  const headline = (...outcomes: Outcome[]) =>
    originHeadline(fuse(outcomes).find(({ question }) => question === 'origin')!);
  const looked = outcome('provenance-container');
  expect(headline(looked, exif('abstained'))).toBe('finding.origin.not-read');
  expect(headline(looked, exif('failed'))).toBe('finding.origin.not-read');
  expect(headline(looked, exif('notRun'))).toBe('finding.origin.nothing');
  expect(headline(looked, exif('notApplicable'))).toBe('finding.origin.nothing');
  const label = outcome('provenance-aigc-label', {
    facts: [fact('label.value', '1', { strength: 'S2', says: 'generated' })],
  });
  expect(headline(label, exif('abstained'))).toBe('finding.origin.for');
});

test('credentials that are there are never told as nothing found, and their break stands beside every label', () => {
  const state = (says: string) =>
    outcome('provenance-c2pa', { facts: [fact('c2pa.state', 'x', { strength: 'S3', says })] });
  const label = outcome('provenance-aigc-label', {
    facts: [fact('label.value', '1', { strength: 'S2', says: 'generated' })],
  });
  const camera = outcome('provenance-exif', { facts: [fact('exif.make', 'A', { strength: 'S1', says: 'captured' })] });
  const origin = (...outcomes: Outcome[]) => fuse(outcomes).find(({ question }) => question === 'origin')!;
  const codes = (...outcomes: Outcome[]) => origin(...outcomes).against.map(({ code }) => code);
  expect(originHeadline(origin(outcome('provenance-c2pa')))).toBe('finding.origin.nothing');
  for (const says of ['tampered', 'credentials']) {
    expect(originHeadline(origin(state(says)))).toBe('finding.origin.other');
    expect(codes(state(says))).toEqual([`origin.${says}`]);
    expect(originHeadline(origin(state(says), camera))).toBe('finding.origin.against');
    expect(originHeadline(origin(state(says), label))).toBe('finding.origin.for');
    for (const reason of origin(state(says)).against)
      expect(sayReason('zh', reason)).not.toMatch(/\[|–|c2pa\.|tampered/);
  }
  expect(codes(state('tampered'), label)).toEqual(['origin.tampered']);
  expect(codes(state('credentials'), label)).toEqual([]);
});
