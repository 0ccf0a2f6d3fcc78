/** What every section is composed from, and the small forms that sections share. */
import type { Fact, Place } from '../../contract/fact.ts';
import type { LawPack, Statements } from '../../law/index.ts';
import { factFigure, factValueId, sentences, unitId } from '../../strings/index.ts';
import type { Block, Cell } from '../document.ts';
import { type Filling, type Line, line, type Text } from '../line.ts';
import type { Overview } from '../overview.ts';
import type { ItemRecord, ReportHead } from '../record.ts';

/** The records of one report, with what the law room makes of the statements. */
export interface Composing {
  readonly head: ReportHead;
  /** Those that are printed one by one, in the order of receipt. */
  readonly items: readonly ItemRecord[];
  /** Of all items. */
  readonly overview: Overview;
  readonly log: ReportLog;
  readonly statements: Statements;
  /** The pack of the place stated first; China where none was stated. */
  readonly packs: readonly LawPack[];
  /** Id of a pack -> SHA-256 of the file that the user brought it in. */
  readonly imported: ReadonlyMap<string, string>;
  /** Packs that the user brought and that this version does not take. */
  readonly refused: readonly { readonly id: string; readonly sha256: string }[];
  readonly digest: string;
}

/** The last entries of the custody log, and how many stand before them. */
export interface ReportLog {
  readonly entries: readonly {
    readonly seq: number;
    readonly atMs: number;
    readonly act: string;
    readonly item: string | null;
    readonly details: Readonly<Record<string, string | number | boolean | null>>;
    readonly hash: string;
  }[];
  readonly left: number;
}

export const subheading = (text: Text): Block => ({ kind: 'heading', level: 2, text });

export const paragraph = (id: string, fillings?: Line['fillings']): Block => ({
  kind: 'paragraph',
  text: line(`report.${id}`, fillings),
});

export const small = (id: string, fillings?: Line['fillings']): Block => ({
  kind: 'paragraph',
  tone: 'small',
  text: line(`report.${id}`, fillings),
});

/** Column heads of a table, by the last part of their ids. */
export const columns = (...ids: readonly string[]): Line[] => ids.map((id) => line(`report.column.${id}`));

export const pair = (id: string, ...cell: readonly Text[]): readonly [Text, Cell] => [line(`report.${id}`), cell];

export const figure = (value: string | number): Filling => ({ figure: value });
export const quoted = (text: string): Filling => ({ quoted: text });

/** `No. 3`, the running number by which the report calls an item. */
export function itemNumber({ number }: Pick<ItemRecord, 'number'>): Line {
  return line('report.item-number', { number: figure(number) });
}

/** `1–4, 7`: rising numbers, neighbours drawn together. */
export function numberRanges(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.to === number - 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** A moment in UTC to the second; the cover gives the zone of the machine. */
export function moment(atMs: number): Filling {
  return figure(`${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`);
}

export function seconds(value: number): Filling {
  return figure(`${value.toFixed(2)} s`);
}

/** Where a fact was read: bytes of the file, seconds, or pixels. */
export function place(at: Place | null): Filling {
  if (at === null) return figure('–');
  if ('offset' in at) return figure(`0x${at.offset.toString(16)} + ${at.length} B`);
  if ('from' in at)
    return figure(at.from === at.to ? `${at.from.toFixed(2)} s` : `${at.from.toFixed(2)}–${at.to.toFixed(2)} s`);
  return figure(`x ${Math.round(at.x)}, y ${Math.round(at.y)}, ${Math.round(at.w)}×${Math.round(at.h)} px`);
}

/** What a calibration rests on, in words; a name with a stroke that has none is that of a repository. */
export function sourceName(source: string): Filling {
  if (hasWords(source)) return { answers: [`report.source.${source}`] };
  return source.includes('/')
    ? { lines: [line('report.source.repository', { name: figure(source) })] }
    : figure(source);
}

export const hasWords = (source: string) => sentences.has(`report.source.${source}`);

/** The name of a fact in words where it has some, with its id, which the JSON has too. */
export function factName(fact: Pick<Fact, 'id'>): Text {
  return sentences.has(`fact.${fact.id}`) ? line('report.fact-name', factNameFillings(fact)) : figure(fact.id);
}

export function factNameFillings({ id }: Pick<Fact, 'id'>): Record<'name' | 'id', Filling> {
  return { name: sentences.has(`fact.${id}`) ? { answers: [`fact.${id}`] } : figure(id), id: figure(id) };
}

/** Longest value that is printed; the whole stands in the JSON. Characters. */
const MAX_VALUE = 200;

/** Facts whose texts are codes of ours: printed in words where there are some, and never as something that a file said. */
const OF_CODES = new Set([
  ...['aigc.conformity', 'aigc.reason', 'aigc.place', 'aigc.signature', 'c2pa.reason', 'c2pa.state'],
  ...[
    'c2pa.trustListsInstalled',
    'c2pa.validatedAt',
    'c2pa.validationCode',
    'c2pa.ingredientValidationCode',
    'c2pa.readerError',
  ],
  ...[
    'container.format',
    'copy.kind',
    'copy.because',
    'copy.messenger',
    'face.decisiveHead',
    'face.stability.variants',
  ],
  ...['integrity.problem', 'label.durationRule', 'label.explicitWording', 'likeness.population', 'metadata.problem'],
  ...['provenance.contradiction', 'voice.stability.variants'],
]);

const CODE = /^[\w.:+ -]{1,80}$/;

/** A code of ours in words, or as it is where it has none; null for what a file or a person said. */
function codeOf(id: string, value: string): Filling | null {
  const words = factValueId(id, value);
  if (words) return { answers: [words] };
  return OF_CODES.has(id) && CODE.test(value) ? figure(value) : null;
}

/** Text read from a file is quoted; figures and codes of ours are not. */
export function factValue({ id, value, unit }: Pick<Fact, 'id' | 'value' | 'unit'>): Filling {
  if (value === null) return figure('–');
  if (typeof value === 'boolean') return { answers: [`law.answer.${value ? 'yes' : 'no'}`] };
  if (typeof value === 'number') return withUnit(factFigure(id, value), unit);
  if (typeof value === 'string') return codeOf(id, value) ?? quoted(cut(value));
  const numbers = value.every((one) => typeof one === 'number');
  if (numbers) return withUnit(value.map((one) => factFigure(id, one, { inARow: true })).join(', '), unit);
  const words = value.flatMap((one) => factValueId(id, one) ?? []);
  if (words.length === value.length && words.length > 0) return { answers: words };
  const text = value.join(', ');
  return OF_CODES.has(id) && value.every((one) => CODE.test(String(one))) ? figure(cut(text)) : quoted(cut(text));
}

/** A number of things needs no unit: what they are stands in the name of the fact. */
function withUnit(value: string, unit: string | undefined): Filling {
  if (unit === undefined || unit === 'count') return figure(value);
  const words = unitId(unit);
  return {
    lines: [line('report.with-unit', { value: figure(value), unit: words ? { answers: [words] } : figure(unit) })],
  };
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > MAX_VALUE ? `${characters.slice(0, MAX_VALUE).join('')}…` : text;
}
