// Which detections of successive frames are one face moving? Greedy association by overlap with the predicted place;
// who the face belongs to is settled afterwards (people.ts).
import type { RgbImage } from '../contract/media.ts';
import type { Box } from '../contract/perception.ts';
import { Reservoir } from './candidates.ts';
import type { Detection } from './detector.ts';
import { centreOf, overlap } from './geometry.ts';

/** One unbroken appearance of one face. */
export interface Tracklet {
  readonly fromS: number;
  readonly toS: number;
  readonly firstBox: Box;
  readonly detections: number;
  readonly bestScore: number;
  readonly reservoir: Reservoir;
}

export interface FrameResult {
  readonly ended: readonly Tracklet[];
  /** Faces that would be the best look of their span, with the place where they are to be offered. */
  readonly worthKeeping: readonly { readonly detection: Detection; readonly reservoir: Reservoir }[];
}

interface Active {
  fromS: number;
  toS: number;
  firstBox: Box;
  last: Detection;
  /** Pixels a second of the box centre. */
  velocity: { x: number; y: number };
  detections: number;
  bestScore: number;
  reservoir: Reservoir;
}

/** A face unseen for longer than this is a new appearance. */
const PATIENCE_S = 1;
/** Overlap of the predicted box with the detection, below which they are two faces unless they lie near each other. */
const LEAST_OVERLAP = 0.2;
/** Distance of centres in box sides up to which a fast face is still followed, when its size stays alike. */
const LEAST_NEARNESS = 0.7;
const MOST_GROWTH = 1.6;

export class Tracker {
  readonly #intervalS: number;
  readonly #spanS: number;
  #active: Active[] = [];

  /**
   * @param intervalS time between samples in seconds.
   * @param spanS shortest span of which one look is kept, in seconds.
   */
  constructor(intervalS: number, spanS: number) {
    this.#intervalS = intervalS;
    this.#spanS = spanS;
  }

  /** Where the faces followed now should be at `timeS`; scores are 0, they are expectations. */
  expected(timeS: number): Detection[] {
    return this.#active.map((face) => shifted(face, timeS));
  }

  /** Takes the faces of one frame: which appearances ended before it, and which of its faces are worth keeping. */
  update(picture: RgbImage, at: { timeS: number; frameIndex: number }, faces: readonly Detection[]): FrameResult {
    const ended = this.#end((face) => at.timeS - face.toS > Math.max(PATIENCE_S, 2.5 * this.#intervalS));
    const pairs = this.#active
      .flatMap((face) =>
        faces.map((detection) => ({ face, detection, fit: fitOf(shifted(face, at.timeS), detection) })),
      )
      .filter(({ fit }) => fit > 0)
      .sort((p, q) => q.fit - p.fit);
    const owners = new Map<Detection, Active>();
    const taken = new Set<Active>();
    for (const { face, detection } of pairs) {
      if (taken.has(face) || owners.has(detection)) continue;
      taken.add(face);
      owners.set(detection, face);
      follow(face, detection, at.timeS);
    }
    for (const detection of faces) {
      if (owners.has(detection)) continue;
      const face = this.#begin(at.timeS, detection);
      owners.set(detection, face);
      this.#active.push(face);
    }
    const worthKeeping = [...owners]
      .map(([detection, { reservoir }]) => ({ detection, reservoir }))
      .filter(({ detection, reservoir }) => reservoir.wants(picture, detection, at.timeS));
    return { ended, worthKeeping };
  }

  /** Ends every appearance: a scene cut, or the end of the item. */
  endAll(): Tracklet[] {
    return this.#end(() => true);
  }

  reservoirs(): Reservoir[] {
    return this.#active.map((face) => face.reservoir);
  }

  #begin(timeS: number, detection: Detection): Active {
    return {
      fromS: timeS,
      toS: timeS,
      firstBox: detection.box,
      last: detection,
      velocity: { x: 0, y: 0 },
      detections: 1,
      bestScore: detection.score,
      reservoir: new Reservoir(this.#spanS),
    };
  }

  #end(isOver: (face: Active) => boolean): Tracklet[] {
    const ended = this.#active.filter(isOver);
    this.#active = this.#active.filter((face) => !ended.includes(face));
    return ended;
  }
}

function follow(face: Active, detection: Detection, timeS: number): void {
  const elapsed = timeS - face.toS;
  if (elapsed > 0) {
    const from = centreOf(face.last.box);
    const to = centreOf(detection.box);
    face.velocity = { x: (to.x - from.x) / elapsed, y: (to.y - from.y) / elapsed };
  }
  face.last = detection;
  face.toS = timeS;
  face.detections++;
  face.bestScore = Math.max(face.bestScore, detection.score);
}

/** Half the last step is expected again: faces stop as often as they go on. */
function shifted({ last, velocity, toS }: Active, timeS: number): Detection {
  const share = 0.5 * (timeS - toS);
  const x = velocity.x * share;
  const y = velocity.y * share;
  return {
    score: 0,
    box: { ...last.box, x: last.box.x + x, y: last.box.y + y },
    points: last.points.map((p) => ({ x: p.x + x, y: p.y + y })),
  };
}

/** 0 where they cannot be one face, otherwise larger for better. */
function fitOf(expected: Detection, seen: Detection): number {
  const common = overlap(expected.box, seen.box);
  if (common >= LEAST_OVERLAP) return 1 + common;
  const a = centreOf(expected.box);
  const b = centreOf(seen.box);
  const side = Math.max(expected.box.w, expected.box.h);
  const growth = side / Math.max(seen.box.w, seen.box.h);
  if (growth > MOST_GROWTH || growth < 1 / MOST_GROWTH) return 0;
  const nearness = 1 - Math.hypot(a.x - b.x, a.y - b.y) / side;
  return nearness >= 1 - LEAST_NEARNESS ? nearness : 0;
}
