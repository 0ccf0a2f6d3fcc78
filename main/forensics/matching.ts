/**
 * Which pictures of a case are near duplicates, and which part of a clip comes from which part of another (the template of a face swap, 母体):
 * by PDQ alone, so also where the face is no longer the same. A match tells that scenes agree, not which of the two came first.
 */
import type { Frame } from '../contract/media.ts';
import { LEAST_QUALITY, MATCH_DISTANCE, type PdqHash, pdqDistance, pdqHash } from './pdq.ts';

export interface HashedPicture {
  readonly id: string;
  readonly hash: PdqHash;
}

export interface HashedFrame {
  readonly timeS: number;
  readonly hash: PdqHash;
}

/** Groups of at least two pictures that are joined by matches, each sorted by id; single ones and those of too little quality are left out. */
export function nearDuplicates(pictures: readonly HashedPicture[]): string[][] {
  const usable = pictures.filter((p) => p.hash.quality >= LEAST_QUALITY);
  const parent = usable.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (let i = 0; i < usable.length; i++)
    for (let j = i + 1; j < usable.length; j++)
      if (pdqDistance(usable[i]!.hash.bytes, usable[j]!.hash.bytes) <= MATCH_DISTANCE) parent[root(i)] = root(j);
  const groups = Map.groupBy(usable, (_, i) => root(i));
  return [...groups.values()].filter((g) => g.length > 1).map((g) => g.map((p) => p.id).sort());
}

/** The hashes of a clip's frames, in order. */
export async function hashFrames(frames: AsyncIterable<Frame>): Promise<HashedFrame[]> {
  const hashed: HashedFrame[] = [];
  for await (const { image, timeS } of frames) hashed.push({ timeS, hash: pdqHash(image) });
  return hashed;
}

export interface MatchedRange {
  /** Seconds of the questioned clip. */
  readonly fromS: number;
  readonly toS: number;
  /** Seconds of the other clip in which the same scene stands. */
  readonly sourceFromS: number;
  readonly sourceToS: number;
  readonly frames: number;
  /** Median distance of the matched frames in bits. */
  readonly distance: number;
}

/** A swapped face changes a frame more than compression does: the run as a whole must fit, single frames may be further away. */
const FRAME_DISTANCE = 60;
/** Frames that a range holds at least, and frames in between that may fail. */
const LEAST_FRAMES = 4;
const GAP_FRAMES = 2;

/**
 * Ranges of `questioned` that show the scenes of `source` at the same speed, longest first. Both must be sampled at `fps` frames a second.
 * A range needs its median frame within `MATCH_DISTANCE`.
 */
export function matchClips(
  questioned: readonly HashedFrame[],
  source: readonly HashedFrame[],
  fps: number,
): MatchedRange[] {
  const q = questioned.filter((f) => f.hash.quality >= LEAST_QUALITY);
  const s = source.filter((f) => f.hash.quality >= LEAST_QUALITY);
  const byShift = new Map<number, { q: HashedFrame; s: HashedFrame; distance: number }[]>();
  for (const a of q)
    for (const b of s) {
      const distance = pdqDistance(a.hash.bytes, b.hash.bytes);
      if (distance > FRAME_DISTANCE) continue;
      const shift = Math.round((b.timeS - a.timeS) * fps);
      const list = byShift.get(shift) ?? [];
      list.push({ q: a, s: b, distance });
      byShift.set(shift, list);
    }
  const ranges = [...byShift.values()]
    .flatMap((pairs) => runs(pairs, fps))
    .filter((r) => r.frames >= LEAST_FRAMES && r.distance <= MATCH_DISTANCE);
  return withoutOverlap(ranges.toSorted((a, b) => b.frames - a.frames || a.distance - b.distance));
}

function runs(pairs: readonly { q: HashedFrame; s: HashedFrame; distance: number }[], fps: number): MatchedRange[] {
  const ordered = pairs.toSorted((a, b) => a.q.timeS - b.q.timeS);
  const found: MatchedRange[] = [];
  let run: typeof ordered = [];
  const close = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last)
      found.push({
        fromS: first.q.timeS,
        toS: last.q.timeS + 1 / fps,
        sourceFromS: first.s.timeS,
        sourceToS: last.s.timeS + 1 / fps,
        frames: run.length,
        distance: run.map((p) => p.distance).toSorted((a, b) => a - b)[run.length >> 1]!,
      });
    run = [];
  };
  for (const pair of ordered) {
    const last = run.at(-1);
    if (last && pair.q.timeS - last.q.timeS > (GAP_FRAMES + 1.5) / fps) close();
    run.push(pair);
  }
  close();
  return found;
}

/** A still scene fits at many shifts: of ranges that share most of their time the best is kept. */
function withoutOverlap(ranges: readonly MatchedRange[]): MatchedRange[] {
  const kept: MatchedRange[] = [];
  for (const range of ranges) {
    const shared = kept.some(
      (k) => Math.min(k.toS, range.toS) - Math.max(k.fromS, range.fromS) > (range.toS - range.fromS) / 2,
    );
    if (!shared) kept.push(range);
  }
  return kept;
}
