// Where does a point of one picture lie in another? Boxes, and similarity transforms between pictures.
import type { Box } from '../contract/perception.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Rotation, uniform scale and shift: x' = a x - b y + tx, y' = b x + a y + ty. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

export function apply(t: Similarity, { x, y }: Point): Point {
  return { x: t.a * x - t.b * y + t.tx, y: t.b * x + t.a * y + t.ty };
}

export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const d = a * a + b * b;
  return { a: a / d, b: -b / d, tx: -(a * tx + b * ty) / d, ty: (b * tx - a * ty) / d };
}

/** Length in the target of a unit length in the source. */
export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

/**
 * From a square picture of `side` px to the picture it is cut from: its centre lies on `centre`, it covers `span` px there,
 * and its upright axis is turned by `angle` radians, clockwise on the screen.
 */
export function squareToSource(centre: Point, span: number, angle: number, side: number): Similarity {
  const scale = span / side;
  const a = Math.cos(angle) * scale;
  const b = Math.sin(angle) * scale;
  const half = side / 2;
  return { a, b, tx: centre.x - a * half + b * half, ty: centre.y - b * half - a * half };
}

export function centreOf({ x, y, w, h }: Box): Point {
  return { x: x + w / 2, y: y + h / 2 };
}

export function middle(points: readonly Point[]): Point {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** The box in a picture that is `by` times as large. */
export function scaleBox({ x, y, w, h }: Box, by: number): Box {
  return { x: x * by, y: y * by, w: w * by, h: h * by };
}

/** The upright box around a box that a transform carries over. */
export function carryBox(t: Similarity, box: Box): Box {
  const centre = apply(t, centreOf(box));
  const scale = scaleOf(t);
  return { x: centre.x - (box.w * scale) / 2, y: centre.y - (box.h * scale) / 2, w: box.w * scale, h: box.h * scale };
}

function shared(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Intersection over union, 0-1. */
export function overlap(a: Box, b: Box): number {
  const common = shared(a, b);
  return common === 0 ? 0 : common / (a.w * a.h + b.w * b.h - common);
}

/** Part of the smaller box that lies in the other, 0-1. */
export function containment(a: Box, b: Box): number {
  const least = Math.min(a.w * a.h, b.w * b.h);
  return least === 0 ? 0 : shared(a, b) / least;
}
