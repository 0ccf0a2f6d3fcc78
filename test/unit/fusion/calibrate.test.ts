import fc from 'fast-check';
import type { Calibration } from '../../../main/contract/calibration.ts';
import { fact } from '../../../main/contract/fact.ts';
import type { VideoStreamInfo } from '../../../main/contract/media.ts';
import { calibrate, calibrateAll } from '../../../main/fusion/calibrate.ts';
import { meanOfRatios } from '../../../main/fusion/combine.ts';
import { fuse } from '../../../main/fusion/fuse.ts';
import { calibration, NO_DOMAIN, outcome, sound } from './drawn.ts';

const FILM: VideoStreamInfo = {
  index: 0,
  codec: 'hevc',
  width: 1920,
  height: 1080,
  rotation: 0,
  durationS: 3,
  averageFrameRate: 30,
  variableFrameRate: false,
  bitDepth: 10,
  pixelFormat: 'yuv420p10le',
};

const score = fc.double({ min: -50, max: 50, noNaN: true });

test('a higher score never gives a lower ratio, and none passes the bounds that the counts bear out', () => {
  fc.assert(
    fc.property(score, score, fc.integer({ min: 1, max: 100 }), (a, b, windows) => {
      const facts = [fact('voice.scoredWindows', windows)];
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map(
        (s) => calibrate(outcome(s, { facts }), calibration(), sound()).llr!,
      );
      expect(low).toBeLessThanOrEqual(high!);
      expect(low).toBeGreaterThanOrEqual(-0.4);
      expect(high).toBeLessThanOrEqual(3);
    }),
  );
});

test('length makes a ratio larger, not endlessly, and turns no side', () => {
  const at = (windows: number, s: number) =>
    calibrate(outcome(s, { facts: [fact('voice.scoredWindows', windows)] }), calibration(), sound()).llr!;
  expect(at(6, 2)).toBeGreaterThan(at(2, 2));
  expect(at(800, 2)).toBe(at(8, 2));
  expect(Math.sign(at(8, -0.3))).toBe(Math.sign(at(1, -0.3)));
});

test('outside what was measured the score stays raw and the reason is a code', () => {
  const domain = { ...NO_DOMAIN, minSampleRate: 16_000, codecs: ['aac'], languages: ['en'] };
  const why = (circumstances: Parameters<typeof calibrate>[2]) => {
    const { llr, band, rawScore, reason } = calibrate(outcome(9), calibration({ domain }), circumstances);
    expect({ llr, band, rawScore }).toEqual({ llr: null, band: null, rawScore: 9 });
    return reason!.code;
  };
  expect(why(sound(8_000))).toBe('telephone-band');
  expect(why(sound(16_000, 'amr_nb'))).toBe('codec-not-measured');
  expect(why(sound())).toBe('language-unknown');
  expect(why({ ...sound(), language: 'zh' })).toBe('language-not-measured');
  const other = { language: 'zh', genuine: 107, synthetic: 134, auc: [0.6346, 0.5, 0.8] as [number, number, number] };
  const tried = calibration({ domain: { ...domain, otherLanguages: [other] } });
  expect(calibrate(outcome(9), tried, { ...sound(), language: 'zh' })).toMatchObject({
    llr: null,
    band: null,
    reason: {
      code: 'language-not-borne-out',
      params: { language: 'zh', genuine: 107, synthetic: 134, auc: '0.63', low: '0.50', high: '0.80', measured: 'en' },
    },
  });
  expect(calibrate(outcome(9), tried, { ...sound(), language: 'fr' }).reason).toMatchObject({
    code: 'language-not-measured',
  });
  expect(calibrate(outcome(9), calibration({ domain }), { ...sound(), language: 'en' })).toMatchObject({
    llr: 3,
    band: 'moderate',
  });
  const faces = { ...NO_DOMAIN, facePx: [48, 640] as [number, number] };
  const size = (px: number) =>
    calibrate(outcome(9, { facts: [fact('face.sizePx', px)] }), calibration({ domain: faces }), sound()).reason?.code ??
    null;
  expect([size(47), size(48), size(640), size(641)]).toEqual([
    'face-too-small',
    null,
    null,
    'face-larger-than-measured',
  ]);
});

test('faces of a film in a range of light that nobody measured stay raw', () => {
  const faces = { ...NO_DOMAIN, facePx: [48, 640] as [number, number] };
  const under = (highRange: object) => {
    const info = { audio: [], video: [{ ...FILM, ...highRange }] };
    const asked = outcome(9, { facts: [fact('face.sizePx', 100)] });
    return calibrate(asked, calibration({ domain: faces }), { info, language: null }).reason;
  };
  expect(under({})).toBeNull();
  expect(under({ highRange: 'hlg' })).toEqual({ code: 'high-range-not-measured', params: { curve: 'hlg' } });
});

test('a voice’s figure for synthesis carries what suppressed noise did to ordinary clips, one against it does not', () => {
  const [score] = calibration().scores;
  const measured = calibration({
    scores: [{ ...score!, suppressed: { genuine: 294, recognised: 281, limited: 9, untaught: 5 } }],
  });
  const against = (raw: number, of: Calibration) =>
    fuse([calibrate(outcome(raw), of, sound())])[0]!.against.filter((r) => r.code === 'voice-noise-suppression');
  expect(against(3, measured)).toMatchObject([{ params: { genuine: 294, recognised: 281, limited: 9, untaught: 5 } }]);
  expect(against(-3, measured)).toEqual([]);
  expect(against(3, calibration())).toEqual([]);
});

test('where noise looks suppressed there is no opinion, below the bound there is', () => {
  const of = calibration({ domain: { ...NO_DOMAIN, mostSuppression: 0.8 } });
  const at = (score: number) => calibrate(outcome(3, { facts: [fact('voice.suppression', score)] }), of, sound());
  expect(at(0.9)).toMatchObject({ llr: null, band: null, rawScore: 3, reason: { code: 'noise-suppressed' } });
  expect(at(0.8).llr).not.toBeNull();
  expect(calibrate(outcome(3), of, sound()).llr).not.toBeNull();
});

test('a model without power, without a calibration or with that of other weights never speaks', () => {
  const powerless = calibration();
  const silent = calibrate(
    outcome(9),
    { ...powerless, scores: [{ ...powerless.scores[0]!, usable: false, unusableReason: 'no-power-shown' }] },
    sound(),
  );
  expect(silent).toMatchObject({ llr: null, reason: { code: 'no-power-shown' } });
  const [other] = calibrateAll([outcome(9)], { 'synthetic-voice': { fault: 'calibration-of-other-weights' } }, sound());
  const [finding] = fuse([other!]);
  expect(finding).toMatchObject({ llr: null, band: null, against: [{ code: 'calibration-of-other-weights' }] });
});

test('an answer that changes when the item is re-encoded is no opinion, and one that holds stays', () => {
  const tried = (scores: number[]) =>
    calibrate(outcome(4, { facts: [fact('voice.stability.score', scores)] }), calibration(), sound());
  expect(tried([-9, 4])).toMatchObject({
    status: 'abstained',
    llr: null,
    band: null,
    reason: { code: 'score-unstable' },
  });
  expect(tried([3.5, 4.4])).toMatchObject({ status: 'evidence', band: 'limited' });
});

test('dependent ratios are averaged: in any order, never beyond the largest, never a sum', () => {
  const ratios = fc.array(fc.double({ min: -7, max: 7, noNaN: true }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(ratios, fc.nat(5), (llrs, at) => {
      const mean = meanOfRatios(llrs);
      expect(mean).toBe(meanOfRatios(llrs.toReversed()));
      expect(mean).toBeLessThanOrEqual(Math.max(...llrs) + 1e-9);
      expect(mean).toBeGreaterThanOrEqual(Math.min(...llrs) - 1e-9);
      expect(meanOfRatios([...llrs, ...llrs])).toBeCloseTo(mean, 9);
      const raised = llrs.with(at % llrs.length, llrs[at % llrs.length]! + 1);
      expect(meanOfRatios(raised)).toBeGreaterThan(mean);
    }),
  );
  expect(() => meanOfRatios([])).toThrow(RangeError);
});

test('findings do not depend on the order of outcomes, and without evidence there is no figure', () => {
  const some = fc.array(fc.option(fc.double({ min: -7, max: 7, noNaN: true })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(some, (llrs) => {
      const outcomes = llrs.map((llr, i) => outcome(1, { analyzer: `synthetic-voice:${i}`, llr }));
      const [one] = fuse(outcomes);
      const [other] = fuse(outcomes.toReversed());
      expect([one!.llr, one!.band]).toEqual([other!.llr, other!.band]);
      if (llrs.every((l) => l === null)) expect(one!.llr).toBeNull();
      else expect(one!.llr).toBeGreaterThanOrEqual(-2.29);
    }),
  );
});

test('in the quick pass a figure is given with the remark that its steadiness was not tried', () => {
  const [finding] = fuse([calibrate(outcome(4), calibration(), sound())]);
  expect(finding!.for).toMatchObject([{ code: 'synthesis.answer', params: { answer: 'voice' } }]);
  expect(finding!.against).toMatchObject([{ code: 'stability-not-run' }]);
});
