/** Cuts a speaker's turns into windows of equal length and has the model score each. */
import type { AnalyzerContext } from '../contract/analyzer.ts';
import type { SpeechSegment, Voices } from '../contract/perception.ts';

export const VOICE_MODEL = 'synthetic-voice';
/** Tells speech out of which noise was suppressed from other speech, on the same windows. */
export const SUPPRESSION_MODEL = 'suppressed-speech';
/** Hz, of the contract and of the model. */
export const RATE = 16_000;
/** Turns shorter than this are left out: repeated to a whole window they would say the same thing several times. Seconds. */
const LEAST_TURN_S = 1;
/** Windows in one run of the model: bounds memory. */
const BATCH = 8;
/** RMS of [-1, 1] samples below which a window is silence, about -60 dBFS. */
const SILENCE = 1e-3;

export interface Scored extends SpeechSegment {
  readonly score: number;
}

/**
 * Windows of `lengthS` over each turn, `hopS` apart, the last one drawn back to end with the turn unless it would hold less than a quarter
 * hop of anything new; a turn of a second up to `lengthS` is one window.
 */
export function windowsOf(turns: readonly SpeechSegment[], lengthS: number, hopS: number): SpeechSegment[] {
  return turns.flatMap(({ fromS, toS }) => {
    if (toS - fromS < LEAST_TURN_S) return [];
    const count = 1 + Math.max(0, Math.ceil((toS - fromS - lengthS) / hopS - 0.25));
    return Array.from({ length: count }, (_, i) => {
      const start = Math.max(fromS, Math.min(fromS + i * hopS, toS - lengthS));
      return { fromS: start, toS: Math.min(start + lengthS, toS) };
    });
  });
}

/** Raw scores of windows of one length, silent ones left out. @throws AppError `CANCELLED` by the signal. */
export async function scoreWindows(
  windows: readonly SpeechSegment[],
  lengthS: number,
  voices: Voices,
  { models, signal }: Pick<AnalyzerContext, 'models' | 'signal'>,
): Promise<Scored[]> {
  const scored: Scored[] = [];
  const length = lengthS * RATE;
  for (let first = 0; first < windows.length; first += BATCH) {
    signal.throwIfAborted();
    const batch: { window: SpeechSegment; samples: Float32Array }[] = [];
    for (const window of windows.slice(first, first + BATCH)) {
      const samples = await voices.read(window.fromS, window.toS);
      if (rms(samples) > SILENCE) batch.push({ window, samples });
    }
    if (batch.length === 0) continue;
    const scores = await scoresOf(
      joined(
        batch.map((b) => b.samples),
        length,
      ),
      batch.length,
      models,
    );
    for (const [i, { window }] of batch.entries()) scored.push({ ...window, score: scores[i]! });
  }
  return scored;
}

/** Scores of `count` stretches of equal length that stand one after the other in `data`, which is given away. */
export async function scoresOf(
  data: Float32Array,
  count: number,
  models: AnalyzerContext['models'],
  model = VOICE_MODEL,
): Promise<Float32Array> {
  const result = (await models.run(model, { audio: { data, dims: [count, data.length / count] } })).score;
  if (!result) throw new Error('the model gave no score');
  return result.data;
}

/** Stretches side by side, each cut to `length` samples, or repeated from the start as the training did with short clips. */
export function joined(stretches: readonly Float32Array[], length: number): Float32Array {
  const data = new Float32Array(stretches.length * length);
  for (const [n, samples] of stretches.entries()) {
    for (let at = 0; at < length; at += samples.length) {
      data.set(samples.subarray(0, Math.min(samples.length, length - at)), n * length + at);
    }
  }
  return data;
}

function rms(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const v of samples) sum += v * v;
  return Math.sqrt(sum / samples.length);
}
