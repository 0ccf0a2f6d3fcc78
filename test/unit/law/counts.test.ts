import fc from 'fast-check';
import { type Counts, countsBeside, packs } from '../../../main/law/index.ts';

const cn = packs().get('cn')!;

const COUNTS: Counts = {
  files: 1751,
  distinct: 1700,
  nearDuplicateGroups: 420,
  persons: { low: 90, high: 130, uncertain: 12 },
  spread: [{ source: '群一', files: 1751 }],
  declared: [{ category: '人脸', items: 100 }],
};

test('the reading of the guiding case stands first, then 50, 500 and 5,000, and the paper apart', () => {
  const { schemes, academic } = countsBeside(COUNTS, cn, '2026-03-01', '2026-11-24');
  expect(schemes.map(({ scheme }) => scheme.id).slice(0, 2)).toEqual([
    'cn.count.guiding-case',
    'cn.count.interpretation',
  ]);
  expect(schemes[0]!.scheme.tiers.map(({ count }) => count)).toEqual([500]);
  expect(schemes[0]!.provision!.id).toBe('cn.gc.192');
  expect(schemes[1]!.scheme.tiers.map(({ count }) => count)).toEqual([50, 500, 5000]);
  expect(academic.map(({ scheme }) => scheme.tiers.map(({ count }) => count))).toEqual([[5000], [50, 5000]]);
  expect(academic.every(({ scheme }) => scheme.academic)).toBe(true);
});

test('an act before the guiding case says so', () => {
  const of = (day: string | null) => countsBeside(COUNTS, cn, day, '2026-11-24').schemes[0]!.actPredates;
  expect([of('2022-12-25'), of('2022-12-26'), of(null)]).toEqual([true, false, true]);
});

test('counts and numbers of the law stand side by side: neither side depends on the other', () => {
  const counts = fc
    .record({ files: fc.nat(20_000), cut: fc.nat(5000), again: fc.nat(5000), low: fc.nat(9000), more: fc.nat(9000) })
    .map(({ files, cut, again, low, more }) => ({
      ...COUNTS,
      files,
      distinct: Math.max(0, files - cut),
      nearDuplicateGroups: Math.max(0, files - cut - again),
      persons: { low, high: low + more, uncertain: cut },
    }));
  const beside = JSON.stringify({ ...countsBeside(COUNTS, cn, '2026-03-01', '2026-11-24'), counts: null });
  fc.assert(
    fc.property(counts, (one) => {
      const sheet = countsBeside(one, cn, '2026-03-01', '2026-11-24');
      expect(sheet.counts).toEqual(one);
      expect(JSON.stringify({ ...sheet, counts: null })).toBe(beside);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['more distinct files than files', { distinct: 1752 }],
  ['more groups than distinct files', { nearDuplicateGroups: 1701 }],
  ['an interval upside down', { persons: { low: 3, high: 2, uncertain: 0 } }],
  ['a negative count', { files: -1 }],
  ['half a file', { distinct: 1.5 }],
  ['not a number', { declared: [{ category: '人脸', items: Number.NaN }] }],
])('%s is refused', (_, change) => {
  expect(() => countsBeside({ ...COUNTS, ...change }, cn, null, '2026-11-24')).toThrow(RangeError);
});
