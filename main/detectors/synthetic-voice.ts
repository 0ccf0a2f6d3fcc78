/**
 * Does a voice show traces of having been synthesised or converted? A learned score for each two-second window of each speaker's
 * turns, so that its course over time stays visible. It decides nothing: fusion alone turns it into a likelihood ratio.
 * Model: models/synthetic-voice/card.md.
 */
import type { Analyzer, AnalyzerContext } from '../contract/analyzer.ts';
import { AppError } from '../contract/errors.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import type { Speaker, SpeechSegment, Voices } from '../contract/perception.ts';
import { recodeSound, type SoundCodec } from '../media/index.ts';

const MODEL = 'synthetic-voice';
/** Hz, of the contract and of the model. */
const RATE = 16_000;
/** Seconds of one window: the length that the model was trained on. */
const WINDOW_S = 2;
/** Speech of a speaker below which no opinion is held, seconds (issue 3). */
const LEAST_SPEECH_S = 2;
/** Turns shorter than this are left out: repeated to a whole window they would say the same thing several times. Seconds. */
const LEAST_TURN_S = 1;
/** Windows of one speaker at most, evenly spaced over the turns: eight minutes of speech settle what a mean can settle. */
const MOST_WINDOWS = 240;
/** Windows in one run of the model: bounds memory. */
const BATCH = 8;
/** RMS of [-1, 1] samples below which a window is silence, about -60 dBFS. */
const SILENCE = 1e-3;

export const syntheticVoice: Analyzer = {
  id: 'synthetic-voice',
  version: '1.0.0',
  needs: ['voices'],
  models: [MODEL],
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
  const windows = windowsOf(speaker.turns);
  const examined = [`turns:${speaker.turns.length}`, `windows:${windows.length}`];
  if (speaker.speechS < LEAST_SPEECH_S || windows.length === 0) {
    const params = { seconds: Math.round(speaker.speechS * 10) / 10, least: LEAST_SPEECH_S };
    return abstained(speaker.id, reason('speech-too-short', params), { examined });
  }
  const scored = await score(windows, voices, context);
  if (scored.length === 0) return abstained(speaker.id, reason('speech-too-quiet'), { examined });
  const mean = scored.reduce((sum, w) => sum + w.score, 0) / scored.length;
  const facts: Fact[] = [
    fact('voice.score', mean, { at: { from: windows[0]!.fromS, to: windows.at(-1)!.toS } }),
    fact('voice.scoredWindows', scored.length, { unit: 'count' }),
    ...(context.settings.depth === 'full' ? await stabilityFacts(scored, mean, voices, context) : []),
    ...scored.map((w) => fact('voice.window.score', w.score, { at: { from: w.fromS, to: w.toS } })),
  ];
  return evidence(speaker.id, { rawScore: mean, examined, facts });
}

/** Two-second windows side by side over each turn, the last one drawn back to end with the turn; a turn of one to two seconds is one window. */
export function windowsOf(turns: readonly SpeechSegment[]): SpeechSegment[] {
  const all = turns.flatMap(({ fromS, toS }) => {
    if (toS - fromS < LEAST_TURN_S) return [];
    const count = Math.max(1, Math.ceil((toS - fromS) / WINDOW_S - 0.25));
    return Array.from({ length: count }, (_, i) => {
      const start = Math.max(fromS, Math.min(fromS + i * WINDOW_S, toS - WINDOW_S));
      return { fromS: start, toS: Math.min(start + WINDOW_S, toS) };
    });
  });
  if (all.length <= MOST_WINDOWS) return all;
  return Array.from({ length: MOST_WINDOWS }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / MOST_WINDOWS)]!);
}

interface Scored extends SpeechSegment {
  readonly score: number;
}

async function score(
  windows: readonly SpeechSegment[],
  voices: Voices,
  { models, signal }: AnalyzerContext,
): Promise<Scored[]> {
  const scored: Scored[] = [];
  const length = WINDOW_S * RATE;
  for (let first = 0; first < windows.length; first += BATCH) {
    signal.throwIfAborted();
    const batch: { window: SpeechSegment; samples: Float32Array }[] = [];
    for (const window of windows.slice(first, first + BATCH)) {
      const samples = await voices.read(window.fromS, window.toS);
      if (rms(samples) > SILENCE) batch.push({ window, samples: filled(samples, length) });
    }
    if (batch.length === 0) continue;
    const data = new Float32Array(batch.length * length);
    for (const [i, { samples }] of batch.entries()) data.set(samples, i * length);
    const result = (await models.run(MODEL, { audio: { data, dims: [batch.length, length] } })).score;
    if (!result) throw new Error('the model gave no score');
    for (const [i, { window }] of batch.entries()) scored.push({ ...window, score: result.data[i]! });
  }
  return scored;
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
  const length = WINDOW_S * RATE;
  const sound = new Float32Array(tried.length * length);
  for (const [i, { fromS, toS }] of tried.entries()) {
    sound.set(filled(await voices.read(fromS, toS), length), i * length);
  }
  const before = tried.reduce((sum, w) => sum + w.score, 0) / tried.length;
  const names: string[] = [];
  const moved: number[] = [];
  for (const codec of CODECS) {
    try {
      const data = await recodeSound(sound, codec, context.signal);
      const result = (await context.models.run(MODEL, { audio: { data, dims: [tried.length, length] } })).score;
      if (!result) throw new Error('the model gave no score');
      const after = result.data.reduce((sum, v) => sum + v, 0) / tried.length;
      names.push(codec);
      moved.push(whole + after - before);
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.code !== 'FFMPEG_FAILED') throw fault;
    }
  }
  if (names.length === 0) return [];
  return [fact('voice.stability.variants', names), fact('voice.stability.score', moved)];
}

/** Exactly `length` samples: cut, or repeated from the start as the training did with short clips. */
function filled(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples.subarray(0, length);
  return Float32Array.from({ length }, (_, i) => samples[i % samples.length]!);
}

function rms(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const v of samples) sum += v * v;
  return Math.sqrt(sum / samples.length);
}
