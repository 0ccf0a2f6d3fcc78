/**
 * Do the pixels of a whole picture show traces of a generator? A learned score for each of several patches at the picture's own
 * resolution. It decides nothing, knows only the generators of its card, and was never shown generated pictures without a face.
 * Model: boosted trees over `patchFeatures` (models/synthetic-image/card.md).
 */
import type { Analyzer, AnalyzerContext } from '../contract/analyzer.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import type { MediaInfo, OpenMedia, RgbImage } from '../contract/media.ts';
import { type AnalyzerOutcome, abstained, evidence } from '../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { PATCH_SIDE, patchCorners, patchFeatures } from './image-features.ts';
import { trimmedMean } from './trimmed-mean.ts';

const MODEL = 'synthetic-image';
/** Patches of one picture at most, spread evenly: bounds cost. */
const MOST_PATCHES = 9;
/** Frames of a video that are looked at, one at the middle of each equal span of its first ten minutes. */
const FRAMES = 4;
const LONGEST_S = 600;

export const syntheticImage: Analyzer = {
  id: 'synthetic-image',
  version: ANALYZER_VERSIONS['synthetic-image'],
  needs: [],
  looksAtPicture: true,
  models: [MODEL],
  timeLimitS: 300,
  appliesTo: ({ kind }) => (kind === 'image' || kind === 'video' ? null : reason('no-picture')),
  leftOutOfQuickPass: () => reason('picture-quick-pass'),
  async run({ media }, context) {
    return [media.info.kind === 'image' ? await ofPicture(media, context) : await ofVideo(media, context)];
  },
};

async function ofPicture(media: OpenMedia, context: AnalyzerContext): Promise<AnalyzerOutcome> {
  const picture = await media.picture(context.signal);
  const patches = await scorePatches(picture, context);
  const examined = [`patches:${patches.length}`];
  if (patches.length === 0) return abstained('picture', whyNot(picture), { examined });
  const rawScore = trimmedMean(patches.map((p) => p.score));
  const facts: Fact[] = [
    fact('picture.generatedScore', rawScore, { unit: 'sd' }),
    ...patches.map(({ x, y, score }) =>
      fact('picture.patch.generatedScore', score, { unit: 'sd', at: { x, y, w: PATCH_SIDE, h: PATCH_SIDE } }),
    ),
  ];
  return evidence('picture', { rawScore, examined, facts });
}

async function ofVideo(media: OpenMedia, context: AnalyzerContext): Promise<AnalyzerOutcome> {
  const facts: Fact[] = [];
  const scores: number[] = [];
  let last: RgbImage | null = null;
  for await (const { image, timeS } of sampledFrames(media, context.signal)) {
    last = image;
    const patches = await scorePatches(image, context);
    if (patches.length === 0) continue;
    const score = trimmedMean(patches.map((p) => p.score));
    scores.push(score);
    facts.push(fact('picture.frame.generatedScore', score, { unit: 'sd', at: { from: timeS, to: timeS } }));
    context.progress(scores.length / FRAMES);
  }
  const examined = [`frames:${scores.length}`];
  if (scores.length === 0) return abstained('picture', whyNot(last), { examined });
  const rawScore = trimmedMean(scores);
  return evidence('picture', {
    rawScore,
    examined,
    facts: [fact('picture.generatedScore', rawScore, { unit: 'sd' }), ...facts],
  });
}

async function* sampledFrames(
  media: OpenMedia,
  signal: AbortSignal,
): AsyncGenerator<{ image: RgbImage; timeS: number }> {
  const length = Math.min(durationOf(media.info), LONGEST_S);
  let found = false;
  for (let i = 0; i < FRAMES; i++) {
    const fromS = ((i + 0.5) * length) / FRAMES;
    for await (const frame of media.frames({ fps: 1, fromS, toS: fromS + 1.01, signal })) {
      yield frame;
      found = true;
      break;
    }
    if (length === 0) break;
  }
  if (found) return;
  // Where the clock of a film leaps, none of its frames may lie in those spans.
  for await (const frame of media.frames({ fps: 1, signal })) {
    yield frame;
    return;
  }
}

function durationOf({ durationS, video }: MediaInfo): number {
  return durationS ?? video[0]?.durationS ?? 0;
}

interface Scored {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

/** Scores in standard deviations of genuine pictures of the training sources; blank patches have none. */
async function scorePatches(picture: RgbImage, { models, signal }: AnalyzerContext): Promise<Scored[]> {
  const found: { x: number; y: number; row: Float32Array }[] = [];
  for (const corner of patchCorners(picture, MOST_PATCHES)) {
    signal.throwIfAborted();
    const row = patchFeatures(picture, corner);
    if (row) found.push({ x: corner[0], y: corner[1], row });
  }
  if (found.length === 0) return [];
  const width = found[0]!.row.length;
  const data = new Float32Array(found.length * width);
  for (const [i, { row }] of found.entries()) data.set(row, i * width);
  const { scores } = await models.run(MODEL, { features: { data, dims: [found.length, width] } });
  if (!scores) throw new Error('the model gave no scores');
  return found.map(({ x, y }, i) => ({ x, y, score: scores.data[i]! }));
}

function whyNot(picture: RgbImage | null): ReturnType<typeof reason> {
  const small = !picture || picture.width < PATCH_SIDE || picture.height < PATCH_SIDE;
  return small ? reason('picture-too-small', { least: PATCH_SIDE }) : reason('picture-blank');
}
