// How does the mouth of a known face move? The mesh is followed through consecutive frames of the film, from one look at the face on.
import type { ModelAccess } from '../contract/analyzer.ts';
import type { OpenMedia } from '../contract/media.ts';
import { type Box, type FaceObservation, LIP_MEASURES, type LipMovement } from '../contract/perception.ts';
import {
  type CutFace,
  cropToPicture,
  cutTurned,
  eyeCorners,
  fitMeshes,
  LEFT_EYE_OUTER,
  RIGHT_EYE_OUTER,
  turnOf,
} from './face.ts';
import { apply, centreOf, type Point, scaleBox } from './geometry.ts';
import { Shots } from './shots.ts';

/** Side in pixels of the crop that the mesh is fitted to: of it the network sees the inner three quarters. */
const SIDE = 256;
/** Eyes that part or close up by more than this from one frame to the next: the mesh has lost the face. */
const LOST = 1.3;
/** Faster films tell no more of lips: of a telephone's slow motion a part of the frames is looked at. */
const MOST_FPS = 60;
/** A frame's own time lies within this of what the decoder is asked for. Seconds. */
const CLOSE_S = 1e-3;

/** Mesh points by their number in MediaPipe's canonical face model. */
const INNER_LIPS: readonly Pair[] = [
  [82, 87],
  [13, 14],
  [312, 317],
];
const OUTER_LIPS: Pair = [0, 17];
const CORNERS: Pair = [61, 291];
const NOSE_TO_CHIN: Pair = [1, 152];

type Pair = readonly [from: number, to: number];

export interface FollowOptions {
  readonly models: ModelAccess;
  readonly signal: AbortSignal;
  /** Seconds of film at most. */
  readonly seconds: number;
  /** Longer side in pixels to which frames are shrunk. */
  readonly maxSide: number;
}

/**
 * The mouth in each frame from the look on, until the time is up, a cut comes or the face is lost; at least the look's own frame where the
 * decoder delivers it.
 * @throws AppError of decoding and `MODEL_*`; AbortError.
 */
export async function followLips(
  look: FaceObservation,
  media: OpenMedia,
  { models, signal, seconds, maxSide }: FollowOptions,
): Promise<LipMovement> {
  const shots = new Shots();
  const timesS: number[] = [];
  const measures: number[] = [];
  let start: Eyes | null = null;
  let before: Eyes | null = null;
  let box = look.box;
  let angle = turnOf(look);
  const frames = media.frames({
    fps: MOST_FPS,
    fromS: look.timeS - CLOSE_S,
    toS: look.timeS + seconds,
    maxSide,
    neededFor: 1,
    signal,
  });
  for await (const { image, timeS } of frames) {
    if (shots.isCut(image)) break;
    const scale = image.width / (media.info.video[0]?.width ?? image.width);
    const cut = cutTurned(image, scaleBox(box, scale), angle, SIDE);
    const [mesh] = (await fitMeshes(models, [cut])) as [Float32Array];
    const eyes = eyesOf(cut, mesh, scaleBox(box, scale), 1 / scale);
    const grown = before ? eyes.apart / before.apart : 1;
    if (grown > LOST || grown < 1 / LOST) break;
    timesS.push(timeS);
    measures.push(...lipsOf(mesh));
    before = eyes;
    start ??= eyes;
    ({ box, angle } = moved({ box: look.box, angle: turnOf(look) }, start, eyes));
  }
  return { timesS, measures: Float32Array.from(measures) };
}

/** The outer eye corners in the picture at its full size. */
interface Eyes {
  readonly middle: Point;
  readonly apart: number;
  /** Clockwise, radians. */
  readonly turn: number;
}

function eyesOf({ image, angle }: CutFace, mesh: Float32Array, box: Box, toFull: number): Eyes {
  const toPicture = cropToPicture(box, angle, image.width);
  const [left, right] = eyeCorners(mesh).map((point) => apply(toPicture, point)) as [Point, Point];
  return {
    middle: { x: ((left.x + right.x) / 2) * toFull, y: ((left.y + right.y) / 2) * toFull },
    apart: Math.hypot(right.x - left.x, right.y - left.y) * toFull,
    turn: Math.atan2(right.y - left.y, right.x - left.x),
  };
}

interface Place {
  readonly box: Box;
  readonly angle: number;
}

/** Where the box of the first frame lies once its eyes are where they are now. */
function moved({ box, angle }: Place, from: Eyes, to: Eyes): Place {
  const grown = to.apart / from.apart;
  const turn = to.turn - from.turn;
  const centre = centreOf(box);
  const x = (centre.x - from.middle.x) * grown;
  const y = (centre.y - from.middle.y) * grown;
  const w = box.w * grown;
  const h = box.h * grown;
  return {
    box: {
      x: to.middle.x + x * Math.cos(turn) - y * Math.sin(turn) - w / 2,
      y: to.middle.y + x * Math.sin(turn) + y * Math.cos(turn) - h / 2,
      w,
      h,
    },
    angle: angle + turn,
  };
}

/** `LIP_MEASURES` of one mesh, in distances of the outer eye corners in space, so that a turned head changes them little. */
function lipsOf(mesh: Float32Array): number[] {
  const length = ([from, to]: Pair) =>
    Math.hypot(...[0, 1, 2].map((axis) => mesh[from * 3 + axis]! - mesh[to * 3 + axis]!));
  const eyes = length([LEFT_EYE_OUTER, RIGHT_EYE_OUTER]);
  const opening = INNER_LIPS.reduce((sum, pair) => sum + length(pair), 0) / INNER_LIPS.length;
  const of: Record<(typeof LIP_MEASURES)[number], number> = {
    opening,
    height: length(OUTER_LIPS),
    width: length(CORNERS),
    jaw: length(NOSE_TO_CHIN),
  };
  return LIP_MEASURES.map((name) => of[name] / eyes);
}
