/** A calibration, raw scores and sound to be judged by it, drawn. */
import type { Calibration } from '../../../main/contract/calibration.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';

export const NO_DOMAIN = {
  facePx: null,
  minSharpness: null,
  minSpeechS: null,
  minSampleRate: null,
  codecs: null,
  languages: null,
};

export const calibration = (rest: Partial<Calibration> = {}): Calibration => ({
  schema: 2,
  model: 'synthetic-voice',
  modelSha256: 'a'.repeat(64),
  unit: 'natural logarithm of a likelihood ratio',
  domain: NO_DOMAIN,
  scores: [
    {
      id: 'voice',
      fact: null,
      stabilityFact: 'voice.stability.score',
      propositions: ['synthesis.voice-synthetic', 'synthesis.ordinary-recording'],
      usable: true,
      unusableReason: null,
      slope: 0.5,
      offset: 0.1,
      llrMin: -0.4,
      llrMax: 3,
      boundReason: 'counts',
      length: { fact: 'voice.scoredWindows', correlation: 0.8, measuredAt: 1.5, most: 8 },
      fittedOn: { method: 'logistic', genuine: { a: 100 }, synthetic: { b: 100 } },
      cllr: 0.8,
      minCllr: 0.7,
    },
  ],
  ...rest,
});

export const outcome = (rawScore: number, rest: Partial<Outcome> = {}): Outcome => ({
  analyzer: 'synthetic-voice',
  version: '1.0.0',
  subject: 'speaker:1',
  reference: null,
  status: 'evidence',
  reason: null,
  rawScore,
  llr: null,
  band: null,
  examined: [],
  facts: [],
  ...rest,
});

export const sound = (sampleRate = 48_000, codec = 'aac') => ({
  info: { audio: [{ index: 0, codec, sampleRate, channels: 1, durationS: 9, bitRate: null }] },
  language: null as string | null,
});
