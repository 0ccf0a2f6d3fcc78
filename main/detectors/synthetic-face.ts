/**
 * Does a face in a picture or video show traces of being swapped in, or of being rendered whole? Two learned scores for each face track,
 * and their course over time. It decides nothing: scores have no unit, and fusion alone turns them into a likelihood ratio.
 * Model: boosted trees, and for generated faces perceptrons beside them, over `faceFeatures` (models/synthetic-face/card.md).
 */
import type { Analyzer, AnalyzerContext } from '../contract/analyzer.ts';
import { type Fact, fact, type Place, type Reason, reason } from '../contract/fact.ts';
import type { MediaInfo } from '../contract/media.ts';
import { median } from '../contract/median.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import type { FaceCrop, FaceObservation, FaceTrack } from '../contract/perception.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { recodePicture, resizeRgb } from '../media/index.ts';
import { faceFeatures, type PictureOutline } from './face-features.ts';
import { trimmedMean } from './trimmed-mean.ts';

const MODEL = 'synthetic-face';
/** Below this size in pixels a face no longer carries what was learned (issue 3). */
const SMALLEST_PX = 48;
/** Variance of the Laplacian at 112 px under which a face is heavily blurred (contract/perception.ts). */
const LEAST_SHARPNESS = 15;
/** MediaPipe points of the outer eye corners. */
const EYE_CORNERS = [33, 263] as const;

/** The two questions that are never mixed; in the order of the model's outputs. */
const HEADS = ['swap', 'generated'] as const;

export const syntheticFace: Analyzer = {
  id: 'synthetic-face',
  version: ANALYZER_VERSIONS['synthetic-face'],
  needs: ['faces'],
  models: [MODEL],
  timeLimitS: 600,
  appliesTo: ({ kind }) => (kind === 'image' || kind === 'video' ? null : reason('no-picture')),
  async run({ faces, media }, context) {
    const tracks = faces?.tracks ?? [];
    if (tracks.length === 0) return [notApplicable('file', reason('no-face'))];
    const outcomes: AnalyzerOutcome[] = [];
    for (const track of tracks) {
      outcomes.push(await examine(track, media.info, context));
      context.progress(outcomes.length / tracks.length);
    }
    return outcomes;
  },
};

async function examine(track: FaceTrack, info: MediaInfo, context: AnalyzerContext): Promise<AnalyzerOutcome> {
  const usable = track.observations.filter(({ quality }) => whyNot(quality) === null);
  const examined = [`observations:${track.observations.length}`, `scored:${usable.length}`];
  if (usable.length === 0) return abstained(track.id, abstention(track), { examined });
  const scores = await score(usable, info, context);
  const whole = HEADS.map((_, head) => trimmedMean(scores.map((s) => s[head]!)));
  const decisive = whole[1]! > whole[0]! ? 1 : 0;
  const span: Place = info.kind === 'video' ? { from: track.fromS, to: track.toS } : usable[0]!.box;
  const facts: Fact[] = [
    fact('face.swapScore', whole[0]!, { unit: 'sd', at: span }),
    fact('face.generatedScore', whole[1]!, { unit: 'sd', at: span }),
    fact('face.decisiveHead', HEADS[decisive]!, { at: span }),
    fact('face.scoredObservations', usable.length, { unit: 'count', at: span }),
    fact('face.sizePx', median(usable.map(({ quality }) => quality.sizePx)), { unit: 'px', at: span }),
  ];
  if (context.settings.depth === 'full') facts.push(...(await stabilityFacts(usable, scores, whole, info, context)));
  if (info.kind === 'video') {
    for (const [i, { timeS, box }] of usable.entries()) {
      const at = { from: timeS, to: timeS, box };
      facts.push(fact('face.observation.swapScore', scores[i]![0]!, { unit: 'sd', at }));
      facts.push(fact('face.observation.generatedScore', scores[i]![1]!, { unit: 'sd', at }));
    }
  }
  return evidence(track.id, { rawScore: whole[decisive]!, examined, facts });
}

/** Observations of a track whose steadiness is tried, spread over its length. */
const TRIED_OBSERVATIONS = 4;
/** A face halved below this side would leave the domain by itself. Pixels of the face box. */
const LEAST_TO_HALVE_PX = 2 * SMALLEST_PX;

/** One more lossy copy of a crop; the mesh stays, as in the evaluation under conditions. */
const VARIANTS: Readonly<Record<string, (observation: FaceObservation) => Promise<FaceObservation | null>>> = {
  'jpeg-90': (o) => recoded(o, 'jpeg', 90),
  'jpeg-70': (o) => recoded(o, 'jpeg', 70),
  'jpeg-50': (o) => recoded(o, 'jpeg', 50),
  'webp-75': (o) => recoded(o, 'webp', 75),
  half: halved,
};

/**
 * The score of the whole track after each re-encoding: moved by as much as the tried observations moved. A re-encoding that no observation
 * is large enough for is left out.
 */
async function stabilityFacts(
  usable: readonly FaceObservation[],
  scores: readonly (readonly number[])[],
  whole: readonly number[],
  info: MediaInfo,
  context: AnalyzerContext,
): Promise<Fact[]> {
  const step = Math.ceil(usable.length / TRIED_OBSERVATIONS);
  const tried = [...usable.keys()].filter((i) => i % step === 0);
  const names: string[] = [];
  const moved: number[][] = [];
  for (const [name, variant] of Object.entries(VARIANTS)) {
    const made = await Promise.all(tried.map((i) => variant(usable[i]!)));
    const kept = tried.flatMap((i, k) => (made[k] ? [{ own: scores[i]!, copy: made[k] }] : []));
    if (kept.length === 0) continue;
    const copies = await score(
      kept.map((k) => k.copy),
      info,
      context,
    );
    names.push(name);
    moved.push(HEADS.map((_, head) => whole[head]! + mean(kept.map(({ own }, k) => copies[k]![head]! - own[head]!))));
  }
  return [
    fact('face.stability.variants', names),
    fact(
      'face.stability.swapScore',
      moved.map((m) => m[0]!),
      { unit: 'sd' },
    ),
    fact(
      'face.stability.generatedScore',
      moved.map((m) => m[1]!),
      { unit: 'sd' },
    ),
  ];
}

async function recoded(
  observation: FaceObservation,
  format: 'jpeg' | 'webp',
  quality: number,
): Promise<FaceObservation> {
  const { crop } = observation;
  return { ...observation, crop: { ...crop, image: await recodePicture(crop.image, format, quality) } };
}

async function halved(observation: FaceObservation): Promise<FaceObservation | null> {
  const { image, mesh, box } = observation.crop;
  if (Math.min(box.w, box.h) < LEAST_TO_HALVE_PX) return null;
  const [width, height] = [Math.round(image.width / 2), Math.round(image.height / 2)];
  const [sx, sy] = [width / image.width, height / image.height];
  const crop: FaceCrop = {
    image: await resizeRgb(image, width, height, 'linear'),
    mesh: mesh.map((v, i) => v * (i % 3 === 1 ? sy : sx)),
    box: { x: box.x * sx, y: box.y * sy, w: box.w * sx, h: box.h * sy },
  };
  return { ...observation, crop };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** Why no opinion is held of a face of this quality; null where one is. */
function whyNot({ sizePx, sharpness }: FaceObservation['quality']): 'face-too-small' | 'face-blurred' | null {
  if (sizePx < SMALLEST_PX) return 'face-too-small';
  return sharpness < LEAST_SHARPNESS ? 'face-blurred' : null;
}

/** The reason of the observation that came nearest to being usable. */
function abstention({ observations }: FaceTrack): Reason {
  const sizes = observations.map(({ quality }) => quality.sizePx);
  const largest = Math.floor(Math.max(...sizes, 0));
  if (observations.every(({ quality }) => whyNot(quality) === 'face-too-small')) {
    return reason('face-too-small', { px: largest, least: SMALLEST_PX });
  }
  return reason('face-blurred');
}

/** Pairs (swap, generated) in standard deviations of genuine faces of the training sources. */
async function score(
  observations: readonly FaceObservation[],
  info: MediaInfo,
  { models, signal }: AnalyzerContext,
): Promise<number[][]> {
  const rows = observations.map((observation) => {
    signal.throwIfAborted();
    return faceFeatures(observation.crop, outlineOf(observation, info));
  });
  const width = rows[0]!.length;
  const data = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) data.set(row, i * width);
  const { scores } = await models.run(MODEL, { features: { data, dims: [rows.length, width] } });
  if (!scores) throw new Error('the model gave no scores');
  return rows.map((_, i) => HEADS.map((_, head) => scores.data[i * HEADS.length + head]!));
}

/**
 * Where the picture ends, in pixels of the crop: the crop turns the picture around the centre of the face box by the roll
 * that is left when the mesh's own roll inside the crop is taken from the roll in the picture.
 */
export function outlineOf({ box, crop, quality }: FaceObservation, info: MediaInfo): PictureOutline | null {
  const { width, height } = info.image ?? info.video[0] ?? { width: 0, height: 0 };
  if (!width || !height || !box.w) return null;
  const [a, b] = EYE_CORNERS.map((p) => [crop.mesh[3 * p]!, crop.mesh[3 * p + 1]!] as const);
  const inCrop = Math.atan2(b![1] - a![1], b![0] - a![0]);
  const angle = (quality.roll * Math.PI) / 180 - inCrop;
  const scale = crop.box.w / box.w;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const corners = [0, 0, width, 0, width, height, 0, height];
  const out = new Float64Array(8);
  for (let i = 0; i < 8; i += 2) {
    const dx = corners[i]! - (box.x + box.w / 2);
    const dy = corners[i + 1]! - (box.y + box.h / 2);
    out[i] = cos * dx + sin * dy + crop.box.x + crop.box.w / 2;
    out[i + 1] = cos * dy - sin * dx + crop.box.y + crop.box.h / 2;
  }
  return out;
}
