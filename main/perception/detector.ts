// Where are faces in a square picture? One run of MediaPipe's BlazeFace (256 px, 896 anchors; arXiv:1907.05047),
// with its blending of overlapping boxes (section 3.2) in place of plain non-maximum suppression.
import type { ModelAccess } from '../contract/analyzer.ts';
import type { RgbImage } from '../contract/media.ts';
import type { Box } from '../contract/perception.ts';
import { apply, carryBox, containment, overlap, type Point, type Similarity } from './geometry.ts';
import { toTensor } from './picture.ts';

export const DETECTOR = 'face-detector';
/** Side in pixels of the picture that the detector sees. */
export const DETECTOR_SIDE = 256;

/** A face as the detector gives it; points are the image-left eye, image-right eye, nose tip, mouth, left and right ear. */
export interface Detection {
  readonly box: Box;
  /** 0-1. */
  readonly score: number;
  readonly points: readonly Point[];
}

const VALUES = 16;
const POINTS = 6;
/** Boxes of one face overlap at least this much (MediaPipe, face_detection_short_range: min_suppression_threshold .3). */
const SAME_FACE_OVERLAP = 0.3;
/** A box that lies this much inside another is the same face seen cut off or at another scale. */
const SAME_FACE_CONTAINMENT = 0.75;

/** Faces in each of several 256 px pictures, above `threshold`, best first. */
export async function detectSquares(
  models: ModelAccess,
  pictures: readonly RgbImage[],
  threshold: number,
): Promise<Detection[][]> {
  const { scores, boxes } = await models.run(DETECTOR, { rgb: toTensor(pictures) });
  if (!scores || !boxes) throw new Error('the face detector gave no scores');
  const anchors = scores.data.length / pictures.length;
  return pictures.map((_, n) => {
    const found: Detection[] = [];
    for (let i = n * anchors; i < (n + 1) * anchors; i++) {
      const score = scores.data[i]!;
      if (score >= threshold) found.push(decode(boxes.data, i * VALUES, score));
    }
    return blend(found);
  });
}

function decode(values: Float32Array, at: number, score: number): Detection {
  const [cx = 0, cy = 0, w = 0, h = 0] = values.subarray(at, at + 4);
  const points = Array.from({ length: POINTS }, (_, k) => ({
    x: values[at + 4 + 2 * k]!,
    y: values[at + 5 + 2 * k]!,
  }));
  return { box: { x: cx - w / 2, y: cy - h / 2, w, h }, score, points };
}

/** Overlapping detections become one: positions averaged by score, the best score kept. Best first. */
function blend(found: readonly Detection[]): Detection[] {
  let rest = [...found].sort(byScore);
  const faces: Detection[] = [];
  while (rest[0]) {
    const best = rest[0];
    const group = rest.filter((d) => overlap(d.box, best.box) >= SAME_FACE_OVERLAP);
    rest = rest.filter((d) => d !== best && overlap(d.box, best.box) < SAME_FACE_OVERLAP);
    faces.push({ ...weightedMean(group), score: best.score });
  }
  return faces;
}

function weightedMean(group: readonly Detection[]): Detection {
  const total = group.reduce((sum, d) => sum + d.score, 0);
  const mean = (value: (d: Detection) => number) => group.reduce((sum, d) => sum + value(d) * d.score, 0) / total;
  return {
    score: total / group.length,
    box: { x: mean((d) => d.box.x), y: mean((d) => d.box.y), w: mean((d) => d.box.w), h: mean((d) => d.box.h) },
    points: Array.from({ length: POINTS }, (_, k) => ({
      x: mean((d) => d.points[k]!.x),
      y: mean((d) => d.points[k]!.y),
    })),
  };
}

/** One of each face among detections from several tiles and scales: the best score stays. Best first. */
export function distinct(found: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const detection of [...found].sort(byScore)) {
    if (!kept.some((k) => sameFace(k.box, detection.box))) kept.push(detection);
  }
  return kept;
}

function sameFace(a: Box, b: Box): boolean {
  return overlap(a, b) >= SAME_FACE_OVERLAP || containment(a, b) >= SAME_FACE_CONTAINMENT;
}

export function carry(t: Similarity, { box, score, points }: Detection): Detection {
  return { box: carryBox(t, box), score, points: points.map((p) => apply(t, p)) };
}

/** Turn of the line between the eyes in radians, clockwise on the screen. */
export function rollOf({ points: [left, right] }: Detection): number {
  return left && right ? Math.atan2(right.y - left.y, right.x - left.x) : 0;
}

/** By score, then by place, so that equal scores keep one order. */
function byScore(p: Detection, q: Detection): number {
  return q.score - p.score || p.box.x - q.box.x || p.box.y - q.box.y;
}
