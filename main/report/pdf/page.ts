/** A document as the plain data that the template reads: lines as runs of text with their kind, pictures by file name. */
import { type Language, say } from '../../strings/index.ts';
import { type Block, onUnitSquare, type ReportDocument } from '../document.ts';
import { runsOf, type Text, textOf } from '../line.ts';

/** Kind and text; `glyph` is a character that the fonts cannot draw, as its number (`U+20BB7`). */
type PageRun = readonly [kind: 'words' | 'value' | 'quoted' | 'blank' | 'glyph', text: string];

export interface Page {
  readonly lang: 'zh' | 'en';
  readonly title: string;
  readonly header: string;
  readonly footer: string;
  /** [name of the attached file, what it is]. */
  readonly attachment: readonly [string, string];
  readonly sections: readonly {
    readonly ownPage: boolean;
    readonly title: string;
    readonly blocks: readonly unknown[];
  }[];
}

/** `drawable` tells whether the fonts have a glyph for a code point. */
export function pageOf(document: ReportDocument, attachment: string, drawable: (codePoint: number) => boolean): Page {
  const { language, digest, caseName } = document;
  const runs = (text: Text) => drawnRuns(language, text, drawable);
  const plain = (text: string) => [...text].map((char) => (drawable(char.codePointAt(0)!) ? char : '?')).join('');
  return {
    lang: language,
    title: textOf(language, document.title),
    header: plain(say(language, 'report.header', { name: caseName.slice(0, MAX_HEADER) })),
    footer: digest.slice(0, DIGEST_HEAD),
    attachment: [attachment, say(language, 'report.attachment')],
    sections: document.sections.map(({ number, title, blocks, ownPage = false }) => ({
      ownPage,
      title: `${number}  ${textOf(language, title)}`,
      blocks: blocks.map((block) => pageBlock(document, block, runs)),
    })),
  };
}

/** Characters of the case's name and of the digest that stand on every page. */
const MAX_HEADER = 60;
const DIGEST_HEAD = 16;

type Runs = (text: Text) => readonly PageRun[];

function pageBlock(document: ReportDocument, block: Block, runs: Runs): unknown {
  switch (block.kind) {
    case 'heading':
      return { kind: 'heading', level: block.level, runs: runs(block.text) };
    case 'paragraph':
      return { kind: 'paragraph', tone: block.tone ?? 'plain', runs: runs(block.text) };
    case 'list':
      return { kind: 'list', items: block.items.map(runs) };
    case 'pairs':
      return { kind: 'pairs', rows: block.rows.map(([name, cell]) => [runs(name), cell.map(runs)]) };
    case 'table':
      return {
        kind: 'table',
        head: block.head.map(runs),
        widths: block.widths,
        rows: block.rows.map((row) => row.map((cell) => cell.map(runs))),
      };
    case 'course':
      return {
        kind: 'course',
        points: onUnitSquare(block.points).map(({ x, y }) => [x, y]),
        runs: runs(block.caption),
        alt: textOf(document.language, block.caption),
      };
    case 'figure':
      return document.pictures.has(block.picture)
        ? {
            kind: 'figure',
            picture: block.picture,
            runs: runs(block.caption),
            alt: textOf(document.language, block.caption),
          }
        : { kind: 'paragraph', tone: 'small', runs: [...runs(block.caption), ...leftOut(document.language)] };
    case 'box':
      return { kind: 'box', tone: block.tone, blocks: block.blocks.map((inner) => pageBlock(document, inner, runs)) };
    case 'ruled':
      return { kind: 'ruled', lines: block.lines };
  }
}

function leftOut(language: Language): readonly PageRun[] {
  return [['words', ` – ${say(language, 'report.picture-left-out')}`]];
}

function drawnRuns(language: Language, text: Text, drawable: (codePoint: number) => boolean): PageRun[] {
  return runsOf(language, text).flatMap(({ kind, text: words }): PageRun[] => {
    const pieces: PageRun[] = [];
    let drawn = '';
    for (const char of words) {
      const codePoint = char.codePointAt(0)!;
      if (drawable(codePoint)) {
        drawn += char;
        continue;
      }
      if (drawn) pieces.push([kind, drawn]);
      pieces.push(['glyph', `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`]);
      drawn = '';
    }
    return drawn ? [...pieces, [kind, drawn]] : pieces;
  });
}
