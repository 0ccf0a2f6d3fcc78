/** A letter as an editable DOCX file (ECMA-376): plain paragraphs and tables, blanks marked by brackets and colour. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { articleInEnglish, type ProvisionInForce } from '../../law/index.ts';
import { type Language, say } from '../../strings/index.ts';
import { type Filling, type Line, type Run, runsOf } from '../line.ts';
import type { Letter, LetterBlock } from './letter.ts';

/** Names that word processors of both systems have, the Han one first; another is put in its place where it is missing. */
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'SimSun', cs: 'Times New Roman' };

/** Half points. */
const SIZE = { body: 24, small: 18, title: 32, heading: 26 };

/** Twentieths of a point: 24 mm margins, as the report has. */
const MARGIN = 1361;

const NUMBERS = 'numbers';

/** The file's bytes. Text from outside is data in it: escaped by the writer, control characters shown as escapes before. */
export async function letterDocx(letter: Letter): Promise<Uint8Array> {
  const { language } = letter;
  let list = 0;
  const children = letter.blocks.flatMap((block) => {
    if (block.kind === 'list') list += 1;
    return elements(language, block, list);
  });
  const document = new Document({
    title: say(language, `letter.${letter.kind}`),
    creator: 'Jianzhen',
    styles: { default: { document: { run: { font: FONT, size: SIZE.body, language: languageTag(language) } } } },
    numbering: {
      config: [
        {
          reference: NUMBERS,
          levels: [
            { level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START, style: INDENT },
          ],
        },
      ],
    },
    sections: [
      {
        properties: { page: { margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN } } },
        footers: { default: new Footer({ children: [pageNumber(language)] }) },
        children: [title(language, letter.kind), ...children],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** Marked blanks of a letter, as its reader will count them. */
export function blanksIn(letter: Letter): number {
  const inFillings = (fillings: Iterable<Filling>) => [...fillings].filter((filling) => 'blank' in filling).length;
  const inLine = ({ fillings = {} }: Line) => inFillings(Object.values(fillings));
  return letter.blocks.reduce((sum, block) => {
    if (block.kind === 'paragraph') return sum + inLine(block.line);
    if (block.kind === 'list') return sum + block.lines.reduce((all, line) => all + inLine(line), 0);
    if (block.kind === 'table') return sum + block.rows.reduce((all, row) => all + inFillings(row), 0);
    return block.kind === 'signature' ? sum + SIGNATURE.length : sum;
  }, 0);
}

const INDENT = { paragraph: { indent: { left: 480, hanging: 480 } } };
const SIGNATURE = ['letter.signed', 'letter.dated'];

function elements(language: Language, block: LetterBlock, list: number): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_2,
          spacing: { before: 280, after: 120 },
          keepNext: true,
          children: [
            new TextRun({ text: say(language, block.id), bold: true, size: SIZE.heading, color: '000000', font: FONT }),
          ],
        }),
      ];
    case 'paragraph':
      return [new Paragraph({ spacing: { after: 120 }, children: lineRuns(language, block.line) })];
    case 'list':
      return block.lines.map((line) => listItem(language, block.mark, line, list));
    case 'table':
      return [table(language, block), new Paragraph({ spacing: { after: 80 } })];
    case 'provisions':
      return block.provisions.flatMap((one) => provision(language, one));
    case 'signature':
      return SIGNATURE.map(
        (id) =>
          new Paragraph({
            spacing: { before: 320 },
            children: [new TextRun(say(language, id)), blankRun('____________________')],
          }),
      );
  }
}

function listItem(language: Language, mark: 'number' | 'box', line: Line, list: number): Paragraph {
  const runs = lineRuns(language, line);
  return mark === 'box'
    ? new Paragraph({ ...INDENT.paragraph, spacing: { after: 60 }, children: [new TextRun('☐  '), ...runs] })
    : new Paragraph({
        numbering: { reference: NUMBERS, level: 0, instance: list },
        spacing: { after: 60 },
        children: runs,
      });
}

function table(language: Language, { head, rows }: Extract<LetterBlock, { kind: 'table' }>): Table {
  const cell = (runs: TextRun[], width: number, header: boolean) =>
    new TableCell({
      children: [new Paragraph({ children: runs })],
      width: { size: width, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 80, right: 80 },
      ...(header ? { shading: { type: ShadingType.CLEAR, fill: 'EDEBE4' } } : {}),
    });
  const columns = widths(head);
  const line = { style: BorderStyle.SINGLE, size: 4, color: '808080' };
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    columnWidths: columns,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: head.map((id, at) =>
          cell([new TextRun({ text: say(language, id), bold: true, size: SIZE.small })], columns[at]!, true),
        ),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((filling, at) =>
              cell(
                runsOf(language, filling).map((run) => textRun(run, SIZE.small)),
                columns[at]!,
                false,
              ),
            ),
          }),
      ),
    ],
  });
}

/** Twentieths of a point of the page's width, in parts of a hundred: digests need more than counts. */
const TEXT_WIDTH = 11_906 - 2 * MARGIN;
const FILE_COLUMNS = ['name', 'category', 'format', 'bytes', 'sha256', 'sm3'].map(
  (column) => `law.hand-over.${column}`,
);
const FILE_SHARES = [22, 9, 13, 10, 23, 23];

/** Columns of names, days and numbers take less than those of sentences. */
const NARROW = new Set(
  ['item', 'when', 'entry', 'record', 'received', 'until'].map((column) => `letter.column.${column}`),
);

function widths(head: readonly string[]): number[] {
  const isList = FILE_COLUMNS.every((id, at) => head[at] === id);
  const weights = isList ? FILE_SHARES : head.map((id) => (NARROW.has(id) ? 1 : 2));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.round((TEXT_WIDTH * weight) / all));
}

function provision(
  language: Language,
  { provision: { instrument }, version, actPredates, stale }: ProvisionInForce,
): Paragraph[] {
  const head = say(language, 'letter.provision', {
    instrument: instrument.name[language],
    article: language === 'zh' ? version.article : articleInEnglish(version.article),
    from: version.from,
    level: say(language, `law.level.${version.level}`),
  });
  return [
    new Paragraph({ spacing: { before: 80 }, children: [new TextRun({ text: head, bold: true })] }),
    ...version.quotation.map(
      ({ text }) =>
        new Paragraph({
          ...INDENT.paragraph,
          children: [new TextRun(say(language, 'letter.provision-quote', { text }))],
        }),
    ),
    ...[
      ...(actPredates ? [say(language, 'law.note.act-predates', { from: version.from })] : []),
      ...(stale ? [say(language, 'law.note.stale', { checkBy: version.checkBy })] : []),
    ].map((note) => new Paragraph({ ...INDENT.paragraph, children: [new TextRun({ text: note, italics: true })] })),
  ];
}

function lineRuns(language: Language, line: Line): TextRun[] {
  return runsOf(language, line).map((run) => textRun(run));
}

function textRun({ text, kind }: Run, size = SIZE.body): TextRun {
  return kind === 'blank' ? blankRun(text, size) : new TextRun({ text, size });
}

function blankRun(text: string, size = SIZE.body): TextRun {
  return new TextRun({ text, size, highlight: 'yellow' });
}

function title(language: Language, kind: Letter['kind']): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_1,
    alignment: AlignmentType.CENTER,
    spacing: { after: 240 },
    children: [
      new TextRun({ text: say(language, `letter.${kind}`), bold: true, size: SIZE.title, color: '000000', font: FONT }),
    ],
  });
}

function pageNumber(language: Language): Paragraph {
  const [before = '', after = ''] = say(language, 'letter.page', { page: '\u0000' }).split('\u0000');
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [before, PageNumber.CURRENT, after], size: SIZE.small })],
  });
}

function languageTag(language: Language) {
  return { value: language === 'zh' ? 'zh-CN' : 'en-US', eastAsia: 'zh-CN' };
}
