/**
 * Does the sound of a film go with a mouth that is seen in it? Facts only: they tell sound that was laid under a film, or comes from elsewhere
 * in the scene, from sound that goes with the lips, and nothing of who made either. Generated talking heads follow their sound as closely.
 */
import { z } from 'zod';
import type { Analyzer, ModelAccess } from '../contract/analyzer.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import {
  type FaceObservation,
  type Faces,
  type FaceTrack,
  LIP_MEASURES,
  type LipMovement,
  mostSeen,
  type SpeechSegment,
  type Voices,
} from '../contract/perception.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { agreementOf, comparable, MARGIN, stepsOf, strengthOf, TAPS } from './lip-agreement.ts';
import { BANDS, STEP_S } from './sound-bands.ts';

export const LIP_MODEL = 'lip-movement';

/** Seconds of film in one run. */
export const RUN_S = 8;
/** Seconds of a run, and of speech in it, below which nothing is compared: what was measured begins there. */
const LEAST_S = 2;
const LEAST_SPEECH_S = 1;
/** Runs of a face, those with most speech. */
const MOST_RUNS = 3;
/** Faces, those seen most. */
const MOST_FACES = 2;
/** Frames a second below which the movement of lips is lost. */
const LEAST_FPS = 12;
/** Shorter side of a face, pixels, from which lips were measured. */
const SMALLEST_PX = 48;

export const lipSynchrony: Analyzer = {
  id: 'lip-synchrony',
  version: ANALYZER_VERSIONS['lip-synchrony'],
  needs: ['faces', 'voices'],
  models: [LIP_MODEL],
  timeLimitS: 300,
  appliesTo: ({ kind, audio, video }) => {
    if (kind !== 'video') return reason('no-film');
    if (audio.length === 0) return reason('no-sound');
    const rate = video[0]?.averageFrameRate ?? LEAST_FPS;
    return rate < LEAST_FPS ? reason('lips-frame-rate', { rate: Math.round(rate * 10) / 10, least: LEAST_FPS }) : null;
  },
  leftOutOfQuickPass: () => reason('lips-quick-pass'),
  async run(input, context) {
    const { faces, voices } = input;
    if (!faces || faces.tracks.length === 0) return [notApplicable('file', reason('no-face'))];
    if (!voices || voices.speakers.length === 0) return [notApplicable('file', reason('no-speech'))];
    const model = await lipModel(context.models);
    const chosen = mostSeen(faces.tracks, MOST_FACES);
    const outcomes: AnalyzerOutcome[] = [];
    for (const [done, track] of faces.tracks.entries()) {
      outcomes.push(
        chosen.includes(track)
          ? await examine(track, { faces, voices }, model, context.signal)
          : abstained(track.id, reason('lips-other-faces', { most: MOST_FACES })),
      );
      context.progress((done + 1) / faces.tracks.length);
    }
    return outcomes;
  },
};

interface Seen {
  readonly faces: Faces;
  readonly voices: Voices;
}

async function examine(
  track: FaceTrack,
  { faces, voices }: Seen,
  model: LipModel,
  signal: AbortSignal,
): Promise<AnalyzerOutcome> {
  const looks = startsOf(track, voices);
  const facts: Fact[] = [];
  for (const look of looks) {
    signal.throwIfAborted();
    const movement = await faces.lips?.(look, RUN_S);
    if (movement && isLongEnough(movement)) facts.push(...(await factsOf(movement, voices, model)));
  }
  const examined = [`runs:${looks.length}`];
  if (facts.length > 0) return evidence(track.id, { examined, facts });
  return abstained(track.id, reason('lips-too-short', { least: LEAST_S, speech: LEAST_SPEECH_S }), { examined });
}

/** Looks from which on the face is followed: those with most speech in the seconds after them, the runs side by side. */
export function startsOf({ observations, toS }: FaceTrack, { speakers }: Voices): FaceObservation[] {
  const turns = speakers.flatMap((speaker) => speaker.turns);
  const ranked = observations
    .filter(({ quality }) => quality.sizePx >= SMALLEST_PX)
    .map((look) => ({ look, speechS: spoken(turns, look.timeS, Math.min(look.timeS + RUN_S, toS)) }))
    .filter(({ speechS }) => speechS >= LEAST_SPEECH_S)
    .sort((p, q) => q.speechS - p.speechS || p.look.timeS - q.look.timeS);
  const chosen: FaceObservation[] = [];
  for (const { look } of ranked) {
    if (chosen.length === MOST_RUNS) break;
    if (chosen.every(({ timeS }) => Math.abs(timeS - look.timeS) >= RUN_S)) chosen.push(look);
  }
  return chosen.sort((p, q) => p.timeS - q.timeS);
}

/** Seconds of a span in which somebody speaks; of several at once, each counts. */
function spoken(turns: readonly SpeechSegment[], fromS: number, toS: number): number {
  return turns.reduce((sum, turn) => sum + Math.max(0, Math.min(toS, turn.toS) - Math.max(fromS, turn.fromS)), 0);
}

/** Long enough to be compared, at enough frames a second. */
export function isLongEnough({ timesS }: LipMovement): boolean {
  const seconds = timesS.length > 1 ? timesS.at(-1)! - timesS[0]! : 0;
  return stepsOf(timesS) * STEP_S >= LEAST_S && (timesS.length - 1) / seconds >= LEAST_FPS;
}

/** The sound of a run with the margins that the comparison needs. */
export function soundOf({ timesS }: LipMovement, voices: Voices): Promise<Float32Array> {
  const from = timesS[0]!;
  return voices.read(from - MARGIN * STEP_S, from + (stepsOf(timesS) + MARGIN) * STEP_S);
}

async function factsOf(movement: LipMovement, voices: Voices, { filter, others, films }: LipModel): Promise<Fact[]> {
  const { correlation, lagS } = agreementOf(comparable(movement, await soundOf(movement, voices)), filter);
  const strength = strengthOf(correlation, stepsOf(movement.timesS));
  const asHigh = others.filter((other) => other >= strength).length / others.length;
  const at = { from: movement.timesS[0]!, to: movement.timesS.at(-1)! };
  return [
    fact('lips.agreement', correlation, { unit: 'correlation', at }),
    fact('lips.lag', lagS, { unit: 's', at }),
    fact('lips.othersAsHigh', Math.max(asHigh, 1 / films), { unit: 'share', at }),
  ];
}

const modelSchema = z.object({
  /** For each of `LIP_MEASURES`, `TAPS` weights of each band. */
  filter: z.array(z.array(z.number()).length(BANDS * TAPS)).length(LIP_MEASURES.length),
  /** Strength of agreement that sounds of other films reached with a mouth. */
  others: z.array(z.number()).min(1),
  /** Films whose mouths they were compared with: shares are told no finer than that. */
  films: z.int().min(1),
});
export type LipModel = z.infer<typeof modelSchema>;

/** @throws AppError `MODEL_*`. */
async function lipModel(models: ModelAccess): Promise<LipModel> {
  return modelSchema.parse(JSON.parse(new TextDecoder().decode(await models.bytes(LIP_MODEL))));
}
