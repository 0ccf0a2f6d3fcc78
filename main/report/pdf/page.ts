/** A document as the plain data that the template reads: lines as runs of text with their kind, pictures by file name. */
import { type Language, say } from '../../strings/index.ts';
import { type Block, type Cell, onUnitSquare, type ReportDocument } from '../document.ts';
import { runsOf, type Text, textOf } from '../line.ts';

/**
 * Plain text, or a kind and text: `glyph` is a character that the fonts cannot draw, as its number (`U+20BB7`); `long` comes in
 * portions between which a line may break.
 */
type PagePiece = string | readonly ['blank' | 'glyph', string] | readonly ['long', readonly string[]];

/** One piece of plain text stands alone: most lines are no more, and what the template need not call a function for costs it nothing. */
type PageLine = string | readonly PagePiece[];

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
  const runs = (text: Text) => drawnLine(language, text, drawable);
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

type Runs = (text: Text) => PageLine;

function pageBlock(document: ReportDocument, block: Block, runs: Runs): unknown {
  switch (block.kind) {
    case 'heading':
      return { kind: 'heading', level: block.level, runs: runs(block.text) };
    case 'paragraph':
      return { kind: 'paragraph', tone: block.tone ?? 'plain', runs: runs(block.text) };
    case 'list':
      return { kind: 'list', tone: block.tone ?? 'plain', items: block.items.map(runs) };
    case 'pairs': {
      const rows = block.rows.map(([name, cell]) => rowOf([[name], cell], runs));
      return {
        kind: 'pairs',
        rows: rows.map(({ cells, bytes }) => ({ cells, breakable: isTall(cells[1]!, bytes[1]!, PAIR_SHARE) })),
        breakable:
          rows.length > MOST_KEPT_TOGETHER ||
          rows.some(({ cells, bytes }) => isTall(cells[1]!, bytes[1]!, MIN_PAIR_SHARE)),
      };
    }
    case 'table': {
      const total = block.widths.reduce((sum, width) => sum + width, 0);
      return {
        kind: 'table',
        head: block.head.map(runs),
        widths: block.widths,
        rows: block.rows.map((row) => {
          const { cells, bytes } = rowOf(row, runs);
          const breakable = cells.some((cell, at) => isTall(cell, bytes[at]!, block.widths[at]! / total));
          return { cells, breakable };
        }),
      };
    }
    case 'course':
      return {
        kind: 'course',
        lines: onUnitSquare(block.runs).map((run) => run.map(({ x, y }) => [x, y])),
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
        : { kind: 'paragraph', tone: 'small', runs: leftOut(document.language, runs(block.caption)) };
    case 'box':
      return { kind: 'box', tone: block.tone, blocks: block.blocks.map((inner) => pageBlock(document, inner, runs)) };
    case 'ruled':
      return { kind: 'ruled', lines: block.lines };
  }
}

function leftOut(language: Language, caption: PageLine): PageLine {
  const told = ` – ${say(language, 'report.picture-left-out')}`;
  return typeof caption === 'string' ? caption + told : [...caption, told];
}

/** Shares of the width that the two columns of pairs have for a value, and the least that is counted on for the whole block. */
const PAIR_SHARE = 0.68;
const MIN_PAIR_SHARE = 0.2;

/** Pairs that stand on one page together. */
const MOST_KEPT_TOGETHER = 14;

/** Lines of a cell, and bytes in a cell as wide as the page, that surely fit on one. */
const MAX_LINES = 24;
const MAX_BYTES = 5000;

/** A row stays in one piece unless a cell is too tall for that: one that is taller than a page would be cut off at its foot. */
function isTall(cell: readonly PageLine[], bytes: number, share: number): boolean {
  return cell.length > MAX_LINES || bytes > MAX_BYTES * share;
}

/** The cells of a row, and how many bytes of text each holds. */
function rowOf(row: readonly Cell[], runs: Runs) {
  const cells = row.map((cell) => cell.map(runs));
  return { cells, bytes: cells.map((cell) => cell.reduce((sum, line) => sum + bytesOf(line), 0)) };
}

function bytesOf(line: PageLine): number {
  if (typeof line === 'string') return Buffer.byteLength(line);
  return line.reduce((sum, piece) => {
    const text = typeof piece === 'string' ? piece : piece[1];
    return sum + (typeof text === 'string' ? Buffer.byteLength(text) : text.join('').length);
  }, 0);
}

function drawnLine(language: Language, text: Text, drawable: (codePoint: number) => boolean): PageLine {
  const pieces: PagePiece[] = [];
  const push = (piece: PagePiece) => {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  };
  for (const { kind, text: words } of runsOf(language, text))
    for (const piece of drawnPieces(words, drawable)) {
      if (typeof piece !== 'string') push(piece);
      else if (kind === 'blank') push(['blank', piece]);
      else if (kind === 'words') push(piece);
      else for (const portion of breakable(piece, kind === 'quoted')) push(portion);
    }
  if (pieces.length === 0) return '';
  const [only] = pieces;
  return pieces.length === 1 && typeof only === 'string' ? only : pieces;
}

/** Most text is drawn whole: only what holds a character without a glyph is taken apart. */
function drawnPieces(words: string, drawable: (codePoint: number) => boolean): PagePiece[] {
  const pieces: PagePiece[] = [];
  let done = 0;
  for (let at = 0; at < words.length; ) {
    const codePoint = words.codePointAt(at)!;
    const next = at + (codePoint > 0xffff ? 2 : 1);
    if (!drawable(codePoint)) {
      if (at > done) pieces.push(words.slice(done, at));
      pieces.push(['glyph', `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`]);
      done = next;
    }
    at = next;
  }
  return done < words.length ? [...pieces, words.slice(done)] : pieces;
}

/** Shorter text without a space fits into the narrowest column that holds any, the names of items in the summary. */
const LONG = /[!-~]{14,}/g;

/** A word of ours, which stands in the narrowest column whole; what a person or a file says may be longer. */
const WORD = /^[("“]?[a-z]+(-[a-z]+)*[),.;:]?$/i;
const MAX_WORD = 20;

/** A file of the evidence package as commands name it: it stands whole, in a column that is wide enough. */
const PACKAGE_FILE = /^[a-z]+(-[a-z\d]+)*\.(txt|pem|p7s|tsr)$/;

/** Digests, names, paths and addresses are longer than a column: they may break between groups of four characters. */
function breakable(words: string, quoted: boolean): PagePiece[] {
  const pieces: PagePiece[] = [];
  let done = 0;
  for (const { index, 0: long } of words.matchAll(LONG)) {
    if (!quoted && long.length <= MAX_WORD && WORD.test(long)) continue;
    if (index > done) pieces.push(words.slice(done, index));
    pieces.push(['long', !quoted && PACKAGE_FILE.test(long) ? [long] : long.match(/.{1,4}/g)!]);
    done = index + long.length;
  }
  return done < words.length ? [...pieces, words.slice(done)] : pieces;
}
