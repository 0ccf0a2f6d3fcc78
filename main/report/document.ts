/** A report before it has a form: sections of blocks that PDF and HTML draw alike. Everything readable in it is a `Text`. */
import type { Language } from '../strings/index.ts';
import type { Line, Text } from './line.ts';

/** Seconds, and the value in the unit of its fact. */
export interface CoursePoint {
  readonly atS: number;
  readonly value: number;
}

/** What stands in one cell, a paragraph each. */
export type Cell = readonly Text[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text; readonly tone?: 'small' | 'attention' }
  | { readonly kind: 'list'; readonly items: readonly Text[]; readonly tone?: 'small' }
  | { readonly kind: 'pairs'; readonly rows: readonly (readonly [name: Text, value: Cell])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly Text[];
      /** Shares of the width, one a column. */
      readonly widths: readonly number[];
      readonly rows: readonly (readonly Cell[])[];
    }
  /** A measure over time, drawn between its least and its largest value, a line for each run in which it was measured. */
  | { readonly kind: 'course'; readonly caption: Text; readonly runs: readonly (readonly CoursePoint[])[] }
  | { readonly kind: 'figure'; readonly picture: string; readonly caption: Text }
  /** `academic`: views that are not the law; `notice`: what must not be overlooked. */
  | { readonly kind: 'box'; readonly tone: 'academic' | 'notice'; readonly blocks: readonly Block[] }
  /** Room to write by hand. */
  | { readonly kind: 'ruled'; readonly lines: number };

export interface Section {
  /** Number in the report; 0 is the cover. */
  readonly number: number;
  readonly title: Line;
  readonly blocks: readonly Block[];
  /** Begins a page of its own, and the section after it another. */
  readonly ownPage?: true;
}

/** A derived picture, shown or blurred; PNG made by the engine. */
export interface ReportPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface ReportDocument {
  readonly language: Language;
  readonly title: Line;
  /** Name of the case, as its maker typed it. */
  readonly caseName: string;
  /** SHA-256 of the JSON of the same report. */
  readonly digest: string;
  readonly madeAtMs: number;
  readonly sections: readonly Section[];
  /** By the name that figures use. */
  readonly pictures: ReadonlyMap<string, ReportPicture>;
}

interface Placed {
  readonly x: number;
  readonly y: number;
}

/** Points of a course between 0 and 1: over time, and between its least and its largest value; a level one lies in the middle. */
export function onUnitSquare(runs: readonly (readonly CoursePoint[])[]): Placed[][] {
  const points = runs.flat();
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [points[0]!.atS, points.at(-1)!.atS];
  return runs.map((run) =>
    run.map(({ atS, value }) => ({
      x: to > from ? (atS - from) / (to - from) : 0.5,
      y: high > low ? (value - low) / (high - low) : 0.5,
    })),
  );
}
