/** What two items have in common of what they show: ranges of two clips, or the nearest pair of scenes where one side is a picture. */
import type { MediaInfo } from '../contract/media.ts';
import { type MatchedRange, matchScenes, pictureDistance, type Scene } from './matching.ts';
import { LEAST_QUALITY, MATCH_DISTANCE } from './pdq.ts';

export interface ItemScenes {
  readonly kind: MediaInfo['kind'];
  /** Null where frames do not follow one another evenly. */
  readonly frameRate: number | null;
  readonly scenes: readonly Scene[];
}

/** First and last frame, counted from 0; null where frames have no even pace. */
export type FrameNumbers = readonly [number, number] | null;

export interface CommonRange extends MatchedRange {
  /** The questioned side fits when turned left to right. */
  readonly mirrored: boolean;
  readonly framesOfQuestioned: FrameNumbers;
  readonly framesOfSource: FrameNumbers;
}

export interface CommonScenes {
  /** Scenes with detail enough to be compared, of all that were recorded. */
  readonly compared: {
    readonly questionedUsable: number;
    readonly sourceUsable: number;
    readonly questionedOf: number;
    readonly sourceOf: number;
  };
  /** Of two clips, in order of time. */
  readonly ranges: readonly CommonRange[];
  /** Where at least one side is a picture: the pair of scenes that differs least. */
  readonly nearest: { readonly fromS: number; readonly sourceFromS: number; readonly distance: number } | null;
}

export function itemScenes({ kind, video: [stream] }: MediaInfo, scenes: readonly Scene[]): ItemScenes {
  return { kind, frameRate: stream && !stream.variableFrameRate ? stream.averageFrameRate : null, scenes };
}

export function commonScenes(questioned: ItemScenes, source: ItemScenes): CommonScenes {
  const clips = questioned.kind === 'video' && source.kind === 'video';
  return {
    compared: {
      questionedUsable: questioned.scenes.filter(isUsable).length,
      sourceUsable: source.scenes.filter(isUsable).length,
      questionedOf: questioned.scenes.length,
      sourceOf: source.scenes.length,
    },
    ranges: clips
      ? matchScenes(questioned.scenes, source.scenes).map((range) => ({
          ...range,
          framesOfQuestioned: frames(range.fromS, range.toS, questioned.frameRate),
          framesOfSource: frames(range.sourceFromS, range.sourceToS, source.frameRate),
        }))
      : [],
    nearest: clips ? null : nearestScenes(questioned.scenes, source.scenes),
  };
}

/** Parameters of the sentences `scenes.range` and `scenes.range-mirrored`. */
export function rangeParams({ framesOfQuestioned: q, framesOfSource: s, mirrored: _, ...figures }: CommonRange) {
  return {
    ...figures,
    fromFrame: q?.[0] ?? null,
    toFrame: q?.[1] ?? null,
    sourceFromFrame: s?.[0] ?? null,
    sourceToFrame: s?.[1] ?? null,
  };
}

/** Whether the nearest pair shows one scene. */
export function isSameScene(nearest: CommonScenes['nearest']): boolean {
  return nearest !== null && nearest.distance <= MATCH_DISTANCE;
}

function isUsable({ hash }: Scene): boolean {
  return hash.quality >= LEAST_QUALITY;
}

function frames(from: number, to: number, rate: number | null): FrameNumbers {
  return rate === null ? null : [Math.round(from * rate), Math.max(0, Math.round(to * rate) - 1)];
}

function nearestScenes(a: readonly Scene[], b: readonly Scene[]): CommonScenes['nearest'] {
  const usable = b.filter(isUsable);
  return a
    .filter(isUsable)
    .flatMap((p) => usable.map((q) => ({ fromS: p.timeS, sourceFromS: q.timeS, distance: pictureDistance(p, q) })))
    .reduce<CommonScenes['nearest']>(
      (best, pair) => (best === null || pair.distance < best.distance ? pair : best),
      null,
    );
}
