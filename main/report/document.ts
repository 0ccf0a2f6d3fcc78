/** A report before it has a form: sections of blocks that PDF and HTML draw alike. Everything readable in it is a `Text`. */
import type { Language } from '../strings/index.ts';
import type { Line, Text } from './line.ts';

/** What stands in one cell, a paragraph each. */
export type Cell = readonly Text[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text; readonly tone?: 'small' | 'attention' }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'pairs'; readonly rows: readonly (readonly [name: Text, value: Cell])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly Text[];
      /** Shares of the width, one a column. */
      readonly widths: readonly number[];
      readonly rows: readonly (readonly Cell[])[];
    }
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
