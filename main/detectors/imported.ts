/**
 * What does a detector that the user brought say of a face, picture or voice? Its declared input is made from what perception found, and its output
 * read as declared; what that is worth only a calibration made on the user's own material can say.
 */
import type { Analyzer, AnalyzerContext, TensorData } from '../contract/analyzer.ts';
import { type DetectorContract, type ImportedDetector, importedAnalyzerId } from '../contract/detector.ts';
import { AppError } from '../contract/errors.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import type { RgbImage } from '../contract/media.ts';
import { median } from '../contract/median.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import type { FaceTrack, Speaker, Voices } from '../contract/perception.ts';
import { cropRgb, resizeRgb } from '../media/index.ts';
import { scoredWindows } from './synthetic-voice.ts';

/** Faces of one track and windows of one voice that are scored, spread over its length: a large network must not hold an item up. */
const MOST_SCORED = 8;
/** The embedded detectors' own limits hold for what stands beside them. */
const [SMALLEST_PX, LEAST_SPEECH_S] = [48, 2];
/** Probabilities are held off 0 and 1 by this before their log odds are taken: the resolution of a float32 sigmoid. */
const EDGE = 1e-6;

type PictureInput = Extract<DetectorContract['input'], { kind: 'picture' }>;

export function importedAnalyzer(detector: ImportedDetector): Analyzer {
  const { role, contract, version } = detector;
  const sound = role === 'synthetic-voice';
  return {
    id: importedAnalyzerId(detector),
    version,
    needs: role === 'synthetic-face' ? ['faces'] : sound ? ['voices'] : [],
    looksAtPicture: role === 'synthetic-image',
    models: [contract.id],
    timeLimitS: 900,
    appliesTo: ({ kind, audio }) => {
      if (sound) return audio.length > 0 ? null : reason('no-sound');
      return kind === 'image' || (kind === 'video' && role === 'synthetic-face') ? null : reason('no-picture');
    },
    async run({ faces, voices, media }, context) {
      if (role === 'synthetic-image') return [await ofPicture(await media.picture(context.signal), contract, context)];
      if (sound) {
        const speakers = voices?.speakers ?? [];
        if (!voices || speakers.length === 0) return [notApplicable('file', reason('no-speech'))];
        return await each(speakers, (speaker) => ofVoice(speaker, voices, contract, context));
      }
      const tracks = faces?.tracks ?? [];
      if (tracks.length === 0) return [notApplicable('file', reason('no-face'))];
      return await each(tracks, (track) => ofFace(track, contract, context));
    },
  };
}

async function each<T>(
  items: readonly T[],
  examine: (item: T) => Promise<AnalyzerOutcome>,
): Promise<AnalyzerOutcome[]> {
  const outcomes: AnalyzerOutcome[] = [];
  for (const item of items) outcomes.push(await examine(item));
  return outcomes;
}

async function ofFace(
  track: FaceTrack,
  contract: DetectorContract,
  context: AnalyzerContext,
): Promise<AnalyzerOutcome> {
  const input = contract.input as PictureInput;
  const usable = spread(track.observations.filter(({ quality }) => quality.sizePx >= SMALLEST_PX));
  if (usable.length === 0) {
    const px = Math.round(Math.max(0, ...track.observations.map(({ quality }) => quality.sizePx)));
    return abstained(track.id, reason('face-too-small', { px, least: SMALLEST_PX }));
  }
  const scores: number[] = [];
  for (const { crop } of usable) scores.push(await scorePicture(faceSquare(crop, input.crop), contract, context));
  const px = median(usable.map(({ quality }) => quality.sizePx));
  return outcomeOf(track.id, scores, [fact('face.sizePx', px, { unit: 'px' })]);
}

async function ofPicture(
  picture: RgbImage,
  contract: DetectorContract,
  context: AnalyzerContext,
): Promise<AnalyzerOutcome> {
  return outcomeOf('picture', [await scorePicture(picture, contract, context)], []);
}

async function ofVoice(
  speaker: Speaker,
  voices: Voices,
  contract: DetectorContract,
  { models }: AnalyzerContext,
): Promise<AnalyzerOutcome> {
  const windows = spread(scoredWindows(speaker.turns));
  if (speaker.speechS < LEAST_SPEECH_S || windows.length === 0) {
    const seconds = Math.round(speaker.speechS * 10) / 10;
    return abstained(speaker.id, reason('speech-too-short', { seconds, least: LEAST_SPEECH_S }));
  }
  const { name, samples: length, sampleRate } = contract.input as Extract<DetectorContract['input'], { kind: 'sound' }>;
  const scores: number[] = [];
  for (const { fromS } of windows) {
    const turn = speaker.turns.find((t) => fromS >= t.fromS && fromS < t.toS)!;
    const heard = await voices.read(fromS, Math.min(turn.toS, fromS + length / sampleRate));
    if (heard.length === 0) continue;
    const data = Float32Array.from({ length }, (_, i) => heard[i % heard.length]!);
    scores.push(scoreOf(await models.run(contract.id, { [name]: { data, dims: [1, length] } }), contract));
  }
  return scores.length === 0 ? abstained(speaker.id, reason('speech-too-quiet')) : outcomeOf(speaker.id, scores, []);
}

function outcomeOf(subject: string, scores: readonly number[], more: readonly Fact[]): AnalyzerOutcome {
  const mean = scores.reduce((sum, s) => sum + s, 0) / scores.length;
  return evidence(subject, {
    rawScore: mean,
    examined: [`scored:${scores.length}`],
    facts: [fact('imported.score', mean), fact('imported.scored', scores.length, { unit: 'count' }), ...more],
  });
}

/** The centre of the crop, `factor` times the longer side of the face box. */
function faceSquare({ image, box }: FaceTrack['observations'][number]['crop'], factor: number): RgbImage {
  const side = Math.min(image.width, image.height, Math.round(factor * Math.max(box.w, box.h)));
  const at = (centre: number, limit: number) => Math.min(limit - side, Math.max(0, Math.round(centre - side / 2)));
  return cropRgb(image, at(box.x + box.w / 2, image.width), at(box.y + box.h / 2, image.height), side, side);
}

async function scorePicture(
  picture: RgbImage,
  contract: DetectorContract,
  { models }: AnalyzerContext,
): Promise<number> {
  const input = contract.input as PictureInput;
  const { data: pixels } = await resizeRgb(picture, input.width, input.height, 'linear');
  const count = input.width * input.height;
  const data = new Float32Array(3 * count);
  for (let c = 0; c < 3; c++) {
    const from = input.colour === 'rgb' ? c : 2 - c;
    for (let i = 0; i < count; i++) {
      const value = (pixels[3 * i + from]! - input.mean[c]!) / input.scale[c]!;
      data[input.layout === 'nchw' ? c * count + i : 3 * i + c] = value;
    }
  }
  const dims = input.layout === 'nchw' ? [1, 3, input.height, input.width] : [1, input.height, input.width, 3];
  return scoreOf(await models.run(contract.id, { [input.name]: { data, dims } }), contract);
}

/** @throws AppError `MODEL_INVALID` where the network does not give what the contract declares, or no number. */
function scoreOf(outputs: Readonly<Record<string, TensorData>>, { id, output }: DetectorContract): number {
  const values = outputs[output.name]?.data;
  const value = values?.[output.index];
  if (values === undefined || value === undefined || !Number.isFinite(value))
    throw new AppError('MODEL_INVALID', { model: id });
  const sign = output.side === 'synthetic' ? 1 : -1;
  if (output.form === 'logit') return sign * value;
  if (output.form === 'probability') {
    const p = Math.min(1 - EDGE, Math.max(EDGE, value));
    return sign * Math.log(p / (1 - p));
  }
  const others = values.filter((_, i) => i !== output.index);
  const largest = Math.max(...others);
  return sign * (value - largest - Math.log(others.reduce((sum, v) => sum + Math.exp(v - largest), 0)));
}

function spread<T>(items: readonly T[]): T[] {
  if (items.length <= MOST_SCORED) return [...items];
  return Array.from({ length: MOST_SCORED }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / MOST_SCORED)]!);
}
