// When does somebody speak? Silero VAD over 32 ms frames, then segments with hysteresis. It does not tell who, or whether
// a person or a machine made the sound.
import type { ModelAccess } from '../contract/analyzer.ts';
import type { SpeechSegment } from '../contract/perception.ts';
import { SPOOL_RATE } from './sound-spool.ts';

export const VOICE_ACTIVITY = 'voice-activity';

/** The network sees 512 new samples after the last 64 of the frame before. */
export const FRAME = 512;
const CONTEXT = 64;
const STATE = 128;
/** The recording is heard in lanes of 8 s side by side, each after a second of what precedes it: four times as fast. */
const LANES = 8;
const LANE_FRAMES = 250;
const LEAD_FRAMES = 32;

/** Samples that one pass takes: 64 s. */
export const PASS = LANES * LANE_FRAMES * FRAME;
/** Samples that each pass needs from before its start. */
export const LEAD = LEAD_FRAMES * FRAME + CONTEXT;

/**
 * Probability of speech in each full or begun frame.
 * @param samples `LEAD` samples from before the span, then the span itself, at most `PASS` long.
 */
export async function speechProbabilities(models: ModelAccess, samples: Float32Array): Promise<Float32Array> {
  const frames = Math.ceil((samples.length - LEAD) / FRAME);
  const lanes = Math.ceil(frames / LANE_FRAMES);
  const probabilities = new Float32Array(frames);
  const sr = { data: BigInt64Array.of(BigInt(SPOOL_RATE)), dims: [] };
  let state = new Float32Array(2 * lanes * STATE);
  const steps = LEAD_FRAMES + Math.min(LANE_FRAMES, frames);
  for (let step = 0; step < steps; step++) {
    const input = new Float32Array(lanes * (CONTEXT + FRAME));
    for (let lane = 0; lane < lanes; lane++) {
      const from = (lane * LANE_FRAMES + step) * FRAME;
      input.set(samples.subarray(from, from + CONTEXT + FRAME), lane * (CONTEXT + FRAME));
    }
    const { output, stateN } = await models.run(VOICE_ACTIVITY, {
      input: { data: input, dims: [lanes, CONTEXT + FRAME] },
      state: { data: state, dims: [2, lanes, STATE] },
      sr,
    });
    if (!output || !stateN) throw new Error('the voice activity network gave no output');
    state = stateN.data as Float32Array<ArrayBuffer>;
    for (let lane = 0; lane < lanes && step >= LEAD_FRAMES; lane++) {
      const frame = lane * LANE_FRAMES + step - LEAD_FRAMES;
      if (frame < frames) probabilities[frame] = output.data[lane]!;
    }
  }
  return probabilities;
}

/** Speech begins at the first probability and lasts while it stays above the second (Silero's own defaults). */
const BEGIN = 0.5;
const LAST = 0.35;
/** Seconds: shorter pauses do not end a segment, shorter segments are dropped, and both ends are widened. */
const PAUSE_S = 0.3;
const LEAST_S = 0.25;
const MARGIN_S = 0.06;
const FRAME_S = FRAME / SPOOL_RATE;

/** Segments of speech in order; they never touch. Times lie within [0, endS]. */
export function segmentsOf(probabilities: Float32Array, endS: number): SpeechSegment[] {
  const raw: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | null = null;
  for (const [frame, p] of probabilities.entries()) {
    if (p >= BEGIN || (open && p >= LAST)) {
      open ??= { from: frame, to: frame };
      open.to = frame + 1;
    } else if (open && (frame - open.to) * FRAME_S >= PAUSE_S) {
      raw.push(open);
      open = null;
    }
  }
  if (open) raw.push(open);
  return raw
    .filter(({ from, to }) => (to - from) * FRAME_S >= LEAST_S)
    .map(({ from, to }) => ({
      fromS: Math.max(0, from * FRAME_S - MARGIN_S),
      toS: Math.min(endS, to * FRAME_S + MARGIN_S),
    }));
}
