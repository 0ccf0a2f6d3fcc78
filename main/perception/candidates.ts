// Which few of a face's many appearances are kept? The best of each of at most 24 equal spans of time, within a fixed
// amount of memory for the whole item whatever its length.
import type { RgbImage } from '../contract/media.ts';
import type { Box } from '../contract/perception.ts';
import type { Detection } from './detector.ts';
import { type CutFace, cutFace } from './face.ts';
import { cut, detailOf } from './picture.ts';

/** One appearance of a face that may be kept: the crop is there, mesh and embedding are made when it is chosen. */
export interface Candidate {
  readonly timeS: number;
  readonly frameIndex: number;
  /** In pixels of the picture that was searched. */
  readonly box: Box;
  readonly score: number;
  /** Larger is better to look at; no unit, compared within a track only. */
  readonly rank: number;
  readonly face: CutFace;
}

export const MAX_SPANS = 24;
/** Bytes of all crops of an item together. */
export const CROP_BYTES = 96 * 2 ** 20;
/** A look must outrank the one held by this factor: cutting and looking closely cost more than a slightly better look is worth. */
const WORTHWHILE = 1.06;
/** Past these a face gains nothing more in rank: pixels of the shorter side, variance of the Laplacian at 112 px. */
const ENOUGH_SIZE = 200;
const ENOUGH_DETAIL = 60;

/**
 * How good a look at the face this detection promises: size, detail, frontality from the detector's points, score.
 * Each factor lies in 0-1; their product is a ranking and nothing else.
 */
export function rankOf(picture: RgbImage, detection: Detection): number {
  const detail = Math.min(1, detailOf(picture, detection.box).sharpness / ENOUGH_DETAIL);
  return mostOf(detection) * Math.sqrt(detail);
}

/** The rank that it would have with all the detail that counts: known without looking at the pixels. */
function mostOf(detection: Detection): number {
  const { box, score } = detection;
  return score * Math.min(1, Math.min(box.w, box.h) / ENOUGH_SIZE) * frontality(detection);
}

/** 1 where the nose stands midway between the ears, 0 where it covers one of them. */
function frontality({ points: [, , nose, , leftEar, rightEar] }: Detection): number {
  if (!nose || !leftEar || !rightEar) return 0;
  const left = Math.hypot(nose.x - leftEar.x, nose.y - leftEar.y);
  const right = Math.hypot(nose.x - rightEar.x, nose.y - rightEar.y);
  return Math.min(left, right) / Math.max(left, right, 1e-6);
}

/** The best candidate of each span; spans are equal, begin at multiples of their length and double when they are too many. */
export class Reservoir {
  #spanS: number;
  #limit: number;
  readonly #best = new Map<number, Candidate>();

  /** @param spanS shortest span in seconds. */
  constructor(spanS: number, limit = MAX_SPANS) {
    this.#spanS = spanS;
    this.#limit = limit;
  }

  /** Whether this look is so much better than the one held for its span that it is worth cutting out. */
  wants(picture: RgbImage, detection: Detection, timeS: number): boolean {
    const held = this.#best.get(this.#spanOf(timeS));
    if (!held) return true;
    const needed = held.rank * WORTHWHILE;
    return mostOf(detection) > needed && rankOf(picture, detection) > needed;
  }

  /** Cuts the face out and keeps it where it is the best of its span. */
  offer(picture: RgbImage, detection: Detection, at: { timeS: number; frameIndex: number }): void {
    const rank = rankOf(picture, detection);
    this.add({ ...at, box: detection.box, score: detection.score, rank, face: cutFace(picture, detection) });
  }

  add(candidate: Candidate): void {
    const span = this.#spanOf(candidate.timeS);
    const held = this.#best.get(span);
    if (!held || better(candidate, held)) this.#best.set(span, candidate);
    this.#fit();
  }

  /** Takes over everything another one holds. */
  absorb(other: Reservoir): void {
    while (this.#spanS < other.#spanS) this.#double();
    for (const candidate of other.inOrder()) this.add(candidate);
  }

  /** Keeps at most `limit` spans from now on. */
  thin(limit: number): void {
    this.#limit = limit;
    this.#fit();
  }

  /** Makes every crop at most `side` px. */
  shrink(side: number): void {
    for (const [span, candidate] of this.#best) {
      if (candidate.face.image.width > side)
        this.#best.set(span, { ...candidate, face: smaller(candidate.face, side) });
    }
  }

  inOrder(): Candidate[] {
    return [...this.#best.values()].sort((p, q) => p.timeS - q.timeS);
  }

  /** The best by rank, at most `count`, best first. */
  top(count: number): Candidate[] {
    return this.inOrder()
      .sort((p, q) => q.rank - p.rank)
      .slice(0, count);
  }

  get bytes(): number {
    let sum = 0;
    for (const { face } of this.#best.values()) sum += face.image.data.length;
    return sum;
  }

  #spanOf(timeS: number): number {
    return Math.floor(timeS / this.#spanS + 1e-6);
  }

  #fit(): void {
    for (;;) {
      const spans = [...this.#best.keys()];
      if (spans.length === 0 || Math.max(...spans) - Math.min(...spans) < this.#limit) return;
      this.#double();
    }
  }

  #double(): void {
    this.#spanS *= 2;
    const all = this.inOrder();
    this.#best.clear();
    for (const candidate of all) {
      const span = this.#spanOf(candidate.timeS);
      const held = this.#best.get(span);
      if (!held || better(candidate, held)) this.#best.set(span, candidate);
    }
  }
}

/** The earlier one wins a tie. */
function better(p: Candidate, q: Candidate): boolean {
  return p.rank > q.rank || (p.rank === q.rank && p.timeS < q.timeS);
}

function smaller({ image, box, angle }: CutFace, side: number): CutFace {
  const scale = image.width / side;
  return {
    image: cut(image, { a: scale, b: 0, tx: 0, ty: 0 }, side),
    box: { x: box.x / scale, y: box.y / scale, w: box.w / scale, h: box.h / scale },
    angle,
  };
}

/** Spans kept a track as memory runs short, then sides of the crops. */
const SPAN_STEPS = [12, 6, 3, 1] as const;
const SIDE_STEPS = [256, 128, 64] as const;

/** Brings all reservoirs of an item under `CROP_BYTES`: fewer spans a track first, smaller crops last. */
export function keepWithinMemory(reservoirs: readonly Reservoir[], limit = CROP_BYTES): void {
  const over = () => reservoirs.reduce((sum, r) => sum + r.bytes, 0) > limit;
  for (const spans of SPAN_STEPS) {
    if (!over()) return;
    for (const reservoir of reservoirs) reservoir.thin(spans);
  }
  for (const side of SIDE_STEPS) {
    if (!over()) return;
    for (const reservoir of reservoirs) reservoir.shrink(side);
  }
}
