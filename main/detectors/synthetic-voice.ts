/**
 * Does a voice show traces of having been synthesised or converted? A learned score for each two-second window of each speaker's
 * turns, so that its course over time stays visible. It decides nothing: fusion alone turns it into a likelihood ratio.
 * Model: models/synthetic-voice/card.md.
 */
import type { Analyzer, AnalyzerContext } from '../contract/analyzer.ts';
import { MOST_VOICE_WINDOWS } from '../contract/course.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import type { Speaker, SpeechSegment, Voices } from '../contract/perception.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { recodeSound, type SoundCodec } from '../media/index.ts';
import { contrastFacts } from './voice-contrast.ts';
import {
  joined,
  RATE,
  type Scored,
  SUPPRESSION_MODEL,
  scoresOf,
  scoreWindows,
  VOICE_MODEL,
  windowsOf,
} from './voice-windows.ts';

/** Seconds of one window: the length that the model was trained on. */
const WINDOW_S = 2;
/** Speech of a speaker below which no opinion is held, seconds (issue 3). */
const LEAST_SPEECH_S = 2;

export const syntheticVoice: Analyzer = {
  id: 'synthetic-voice',
  version: ANALYZER_VERSIONS['synthetic-voice'],
  needs: ['voices'],
  models: [VOICE_MODEL, SUPPRESSION_MODEL],
  timeLimitS: 900,
  appliesTo: ({ audio }) => (audio.length > 0 ? null : reason('no-sound')),
  async run({ voices }, context) {
    const speakers = voices?.speakers ?? [];
    if (!voices || speakers.length === 0) return [notApplicable('file', reason('no-speech'))];
    const outcomes: AnalyzerOutcome[] = [];
    for (const speaker of speakers) {
      outcomes.push(await examine(speaker, voices, context));
      context.progress(outcomes.length / speakers.length);
    }
    return outcomes;
  },
};

async function examine(speaker: Speaker, voices: Voices, context: AnalyzerContext): Promise<AnalyzerOutcome> {
  const windows = scoredWindows(speaker.turns);
  const examined = [`turns:${speaker.turns.length}`, `windows:${windows.length}`];
  if (speaker.speechS < LEAST_SPEECH_S || windows.length === 0) {
    const params = { seconds: Math.round(speaker.speechS * 10) / 10, least: LEAST_SPEECH_S };
    return abstained(speaker.id, reason('speech-too-short', params), { examined });
  }
  const scored = await scoreWindows(windows, WINDOW_S, voices, context);
  const thorough = context.settings.depth === 'full';
  if (scored.length === 0) return abstained(speaker.id, reason('speech-too-quiet'), { examined });
  const mean = scored.reduce((sum, w) => sum + w.score, 0) / scored.length;
  const facts: Fact[] = [
    fact('voice.score', mean, { at: { from: windows[0]!.fromS, to: windows.at(-1)!.toS } }),
    fact('voice.scoredWindows', scored.length, { unit: 'count' }),
    fact('voice.suppression', await suppressionOf(scored, voices, context)),
    ...(thorough ? await stabilityFacts(scored, mean, voices, context) : []),
    ...(thorough ? await contrastFacts(speaker.turns, voices, context) : []),
    ...scored.map((w) => fact('voice.window.score', w.score, { at: { from: w.fromS, to: w.toS } })),
  ];
  return evidence(speaker.id, { rawScore: mean, examined, facts });
}

/** Two-second windows side by side over each turn, at most so many, evenly spaced. */
export function scoredWindows(turns: readonly SpeechSegment[]): SpeechSegment[] {
  const all = windowsOf(turns, WINDOW_S, WINDOW_S);
  if (all.length <= MOST_VOICE_WINDOWS) return all;
  return Array.from(
    { length: MOST_VOICE_WINDOWS },
    (_, i) => all[Math.floor(((i + 0.5) * all.length) / MOST_VOICE_WINDOWS)]!,
  );
}

/** Windows that are asked whether noise was suppressed in them, spread over the speech: what ran over a call ran over all of it. */
const ASKED_WINDOWS = 8;

/** Mean score of suppressed noise: larger is more like speech out of which a network took the noise (models/suppressed-speech/card.md). */
async function suppressionOf(scored: readonly Scored[], voices: Voices, context: AnalyzerContext): Promise<number> {
  const step = Math.ceil(scored.length / ASKED_WINDOWS);
  const asked = scored.filter((_, i) => i % step === 0);
  const stretches = await Promise.all(asked.map(({ fromS, toS }) => voices.read(fromS, toS)));
  const scores = await scoresOf(joined(stretches, WINDOW_S * RATE), asked.length, context.models, SUPPRESSION_MODEL);
  return scores.reduce((sum, v) => sum + v, 0) / scores.length;
}

/** Windows whose steadiness is tried, spread over the speech: eight seconds, so that a re-encoding costs a fraction of a second. */
const TRIED_WINDOWS = 4;
const CODECS: readonly SoundCodec[] = ['opus-16k', 'mp3-48k', 'aac-32k'];

/** The speaker's score after each re-encoding: moved by as much as the tried windows moved. No facts where this ffmpeg cannot encode. */
async function stabilityFacts(
  scored: readonly Scored[],
  whole: number,
  voices: Voices,
  context: AnalyzerContext,
): Promise<Fact[]> {
  const step = Math.ceil(scored.length / TRIED_WINDOWS);
  const tried = scored.filter((_, i) => i % step === 0);
  const stretches = await Promise.all(tried.map(({ fromS, toS }) => voices.read(fromS, toS)));
  const sound = joined(stretches, WINDOW_S * RATE);
  const before = tried.reduce((sum, w) => sum + w.score, 0) / tried.length;
  const recoded = await recodeSound(sound, CODECS, context.signal);
  const moved: number[] = [];
  for (const data of recoded.values()) {
    const after = (await scoresOf(data, tried.length, context.models)).reduce((sum, v) => sum + v, 0) / tried.length;
    moved.push(whole + after - before);
  }
  if (moved.length === 0) return [];
  return [fact('voice.stability.variants', [...recoded.keys()]), fact('voice.stability.score', moved)];
}
