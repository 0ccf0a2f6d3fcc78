/**
 * Which pictures of a case are near duplicates, and which part of a clip comes from which part of another (the template of a face swap, 母体):
 * by PDQ alone, so also where the face is no longer the same. A match tells that scenes agree, not which of the two came first.
 */
import type { Frame } from '../contract/media.ts';
import { LEAST_QUALITY, MATCH_DISTANCE, type PdqHash, pdqDistance, pdqHash } from './pdq.ts';

/** Sampled frames a second that a scan records; two clips are compared at one rate. */
export const SCENE_FPS = 2;

/** A picture's hash, and the hash that its mirror image would have. */
export interface SceneHash {
  readonly hash: PdqHash;
  readonly mirrored: Uint8Array;
}

/** A scene of a clip at its time, or of a picture at 0. */
export interface Scene extends SceneHash {
  readonly timeS: number;
}

export interface HashedPicture {
  readonly id: string;
  readonly hash: PdqHash;
  readonly mirrored?: Uint8Array;
}

export interface HashedFrame {
  readonly timeS: number;
  readonly hash: PdqHash;
}

/** Groups of at least two pictures that are joined by matches, each sorted by id; single ones and those of too little quality are left out. */
export function nearDuplicates(pictures: readonly HashedPicture[]): string[][] {
  const usable = pictures.filter((p) => p.hash.quality >= LEAST_QUALITY);
  const joined = new Joined(usable.length);
  for (let i = 0; i < usable.length; i++)
    for (let j = i + 1; j < usable.length; j++)
      if (pictureDistance(usable[i]!, usable[j]!) <= MATCH_DISTANCE) joined.join(i, j);
  return joined.groups().map((members) => members.map((at) => usable[at]!.id).sort());
}

/** A clip by its scenes, in order of time. */
export interface HashedClip {
  readonly id: string;
  readonly scenes: readonly Scene[];
}

/** Of the shorter clip so much must stand in the other: a common opening does not make two clips one. */
const LEAST_SHARED = 0.5;

/** Groups of at least two clips that share most of the shorter one, each sorted by id; joined by ranges of the grade `same` alone. */
export function nearDuplicateClips(clips: readonly HashedClip[]): string[][] {
  const joined = new Joined(clips.length);
  const frames = new FrameIndex();
  for (const [at, { scenes }] of clips.entries()) {
    const tried = new Set<number>();
    const good = scenes.filter(({ hash }) => hash.quality >= LEAST_QUALITY);
    for (const { hash, mirrored } of good)
      for (const other of [...frames.near(hash.bytes), ...frames.near(mirrored)]) {
        if (tried.has(other) || joined.are(at, other)) continue;
        tried.add(other);
        const others = clips[other]!.scenes;
        // Whose mirror image is taken changes a match by a bit or two.
        if (shareMost(scenes, others) || shareMost(others, scenes)) joined.join(at, other);
      }
    for (const { hash } of good) frames.add(at, hash.bytes);
  }
  return joined.groups().map((members) => members.map((at) => clips[at]!.id).sort());
}

function shareMost(a: readonly Scene[], b: readonly Scene[]): boolean {
  const same = matchScenes(a, b).filter(({ grade }) => grade === 'same');
  const sharedS = same.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
  return sharedS * SCENE_FPS >= LEAST_SHARED * Math.min(a.length, b.length);
}

/** Which things belong together when some pairs do. */
class Joined {
  readonly #parent: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, at) => at);
  }

  join(a: number, b: number): void {
    this.#parent[this.#root(a)] = this.#root(b);
  }

  are(a: number, b: number): boolean {
    return this.#root(a) === this.#root(b);
  }

  /** Those of at least two. */
  groups(): number[][] {
    const groups = Map.groupBy(this.#parent.keys(), (at) => this.#root(at));
    return [...groups.values()].filter(({ length }) => length > 1);
  }

  #root(from: number): number {
    let at = from;
    while (this.#parent[at] !== at) at = this.#parent[at] = this.#parent[this.#parent[at]!]!;
    return at;
  }
}

/** Bytes of a hash that are looked up together. */
const CHUNK = 2;
const CHUNKS = 32 / CHUNK;

/**
 * Finds the clips of which a frame lies within `MATCH_DISTANCE` of a given one without comparing all: of two hashes that differ in at most 31
 * of 16 chunks' bits, one chunk differs in one bit at most (multi-index hashing, Norouzi, Punjani and Fleet, CVPR 2012).
 */
class FrameIndex {
  readonly #frames: { readonly clip: number; readonly bytes: Uint8Array }[] = [];
  readonly #byChunk = new Map<number, number[]>();

  add(clip: number, bytes: Uint8Array): void {
    const frame = this.#frames.push({ clip, bytes }) - 1;
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const key = keyOf(chunk, bytes);
      const list = this.#byChunk.get(key);
      if (list) list.push(frame);
      else this.#byChunk.set(key, [frame]);
    }
  }

  near(bytes: Uint8Array): ReadonlySet<number> {
    const clips = new Set<number>();
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const key = keyOf(chunk, bytes);
      for (let bit = -1; bit < 8 * CHUNK; bit++)
        for (const at of this.#byChunk.get(bit < 0 ? key : key ^ (1 << bit)) ?? []) {
          const frame = this.#frames[at]!;
          if (!clips.has(frame.clip) && pdqDistance(frame.bytes, bytes) <= MATCH_DISTANCE) clips.add(frame.clip);
        }
    }
    return clips;
  }
}

function keyOf(chunk: number, bytes: Uint8Array): number {
  return (chunk << 16) | (bytes[CHUNK * chunk]! << 8) | bytes[CHUNK * chunk + 1]!;
}

/** Differing bits, of the mirrored first picture where that is nearer. */
export function pictureDistance(a: Omit<HashedPicture, 'id'>, b: Omit<HashedPicture, 'id'>): number {
  const straight = pdqDistance(a.hash.bytes, b.hash.bytes);
  return a.mirrored ? Math.min(straight, pdqDistance(a.mirrored, b.hash.bytes)) : straight;
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
  /** `same`: the median is within `MATCH_DISTANCE`. `similar`: within `SIMILAR_DISTANCE`, over more frames; both clips need to be looked at. */
  readonly grade: 'same' | 'similar';
}

/**
 * Unlike pictures this near: 0 of 719,400 pairs of press photographs (LFW) and 26 of 602,253 pairs of official portraits of one composition;
 * within `MATCH_DISTANCE` 0 and 2 (the two look like one picture twice). Measured 2026-11-24 on ../shared/data/faces. Cropping by 6 to 15 %
 * gave medians of 40 to 50 bits, a third of the frame painted over 58.
 */
export const SIMILAR_DISTANCE = 60;
/** A swapped face changes a frame more than compression does: the run as a whole must fit, single frames may be further away. */
const FRAME_DISTANCE = 80;
/** Frames that a range holds at least, by grade, and frames in between that may fail. */
const LEAST_FRAMES = 4;
const LEAST_SIMILAR_FRAMES = 8;
const GAP_FRAMES = 2;

/**
 * Ranges of `questioned` that show the scenes of `source` at the same speed, longest first. Both must be sampled at `fps` frames a second.
 * A range needs its median frame within `MATCH_DISTANCE`, or as many as `LEAST_SIMILAR_FRAMES` and the median within `SIMILAR_DISTANCE`.
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
    .filter(
      (r) => r.frames >= (r.grade === 'same' ? LEAST_FRAMES : LEAST_SIMILAR_FRAMES) && r.distance <= SIMILAR_DISTANCE,
    );
  return withoutOverlap(ranges.toSorted(longestFirst));
}

/** `matchClips` for recorded scenes at `SCENE_FPS`, the questioned clip also taken as its mirror image; ranges in order of time. */
export function matchScenes(
  questioned: readonly Scene[],
  source: readonly Scene[],
  fps = SCENE_FPS,
): (MatchedRange & { readonly mirrored: boolean })[] {
  const straight = matchClips(questioned, source, fps).map((r) => ({ ...r, mirrored: false }));
  const turned = questioned.map(({ timeS, hash, mirrored }) => ({ timeS, hash: { ...hash, bytes: mirrored } }));
  const mirrored = matchClips(turned, source, fps).map((r) => ({ ...r, mirrored: true }));
  const best = [...straight, ...mirrored].toSorted(longestFirst);
  return withoutOverlap(best).toSorted((a, b) => a.fromS - b.fromS);
}

function runs(pairs: readonly { q: HashedFrame; s: HashedFrame; distance: number }[], fps: number): MatchedRange[] {
  const ordered = pairs.toSorted((a, b) => a.q.timeS - b.q.timeS);
  const found: MatchedRange[] = [];
  let run: typeof ordered = [];
  const close = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last) {
      const distance = run.map((p) => p.distance).toSorted((a, b) => a - b)[run.length >> 1]!;
      found.push({
        fromS: first.q.timeS,
        toS: last.q.timeS + 1 / fps,
        sourceFromS: first.s.timeS,
        sourceToS: last.s.timeS + 1 / fps,
        frames: run.length,
        distance,
        grade: distance <= MATCH_DISTANCE ? 'same' : 'similar',
      });
    }
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

/** A run at the right shift is as long as one at a neighbouring shift or longer, and nearer. */
function longestFirst(a: MatchedRange, b: MatchedRange): number {
  return b.frames - a.frames || a.distance - b.distance;
}

/** A still scene fits at many shifts: of ranges that share most of their time the best is kept. */
function withoutOverlap<R extends MatchedRange>(ranges: readonly R[]): R[] {
  const kept: R[] = [];
  for (const range of ranges) {
    const shared = kept.some(
      (k) => Math.min(k.toS, range.toS) - Math.max(k.fromS, range.fromS) > (range.toS - range.fromS) / 2,
    );
    if (!shared) kept.push(range);
  }
  return kept;
}
