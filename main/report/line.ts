/**
 * The only text there is in a report or letter: sentences of the catalogue with values in them. Text of files and of people is
 * `quoted`: in quotation marks, in one line, data and never markup.
 */
import type { Params } from '../contract/errors.ts';
import type { Reason } from '../contract/fact.ts';
import {
  citedFigure,
  custodySentence,
  custodyWords,
  factValueId,
  figureOf,
  figureText,
  inARow,
  type Language,
  reasonId,
  type Sentence,
  say,
  saySubject,
  sentences,
} from '../strings/index.ts';
import { printable } from '../strings/printable.ts';

/**
 * A value in a sentence. `quoted`: text of a person or file; `answers`: ids of sentences; `figure`: a count, a code, a day or a
 * digest of ours; `subject`: `face-track:2`; `lines`: sentences joined to one; `blank`: id of the words that say what is to be
 * filled in; `pack`: text of a law pack, which was checked when the pack was read.
 */
export type Filling =
  | { readonly quoted: string }
  | { readonly answers: readonly string[] }
  | { readonly figure: string | number }
  | { readonly subject: string }
  | { readonly lines: readonly Line[] }
  | { readonly blank: string }
  | { readonly pack: Sentence };

export interface Line {
  readonly id: string;
  readonly fillings?: Readonly<Record<string, Filling>>;
}

/** A sentence, or a value that stands alone (in a cell). */
export type Text = Line | Filling;

/** A piece of a line as it is printed. */
export interface Run {
  readonly text: string;
  readonly kind: 'words' | 'value' | 'quoted' | 'blank';
}

export function line(id: string, fillings: Line['fillings'] = {}): Line {
  return { id, fillings };
}

export function runsOf(language: Language, text: Text): Run[] {
  if (!('id' in text)) return fillingRuns(language, text);
  const { id, fillings = {} } = text;
  const template = sentences.get(id)?.[language] ?? `[${id}]`;
  const pieces = template.split(/(\{\{\w+\}\})/);
  return pieces.flatMap((piece, at): Run[] => {
    const name = /^\{\{(\w+)\}\}$/.exec(piece)?.[1];
    if (!name) return piece ? [{ text: piece, kind: 'words' }] : [];
    const filling = fillings[name] ?? { figure: '–' };
    if ('figure' in filling && typeof filling.figure === 'number')
      return [{ text: figureOf(name, filling.figure), kind: 'value' }];
    // A template that has quotation marks of its own around the value gets no second pair.
    const marked = pieces[at - 1]?.endsWith('“') && pieces[at + 1]?.startsWith('”');
    return 'quoted' in filling && marked
      ? [{ text: inOneLine(filling.quoted), kind: 'quoted' }]
      : fillingRuns(language, filling);
  });
}

/** The plain text of a line. */
export function textOf(language: Language, text: Text): string {
  return runsOf(language, text)
    .map((run) => run.text)
    .join('');
}

function fillingRuns(language: Language, filling: Filling): Run[] {
  if ('quoted' in filling) return [{ text: `“${inOneLine(filling.quoted)}”`, kind: 'quoted' }];
  if ('figure' in filling)
    return [{ text: typeof filling.figure === 'number' ? figureText(filling.figure) : filling.figure, kind: 'value' }];
  if ('blank' in filling)
    return [{ text: say(language, 'letter.blank', { what: say(language, filling.blank) }), kind: 'blank' }];
  if ('pack' in filling) return [{ text: filling.pack[language], kind: 'words' }];
  if ('subject' in filling)
    return isSubject(filling.subject)
      ? [{ text: saySubject(language, filling.subject), kind: 'value' }]
      : fillingRuns(language, { quoted: filling.subject });
  if ('answers' in filling)
    return [
      {
        text: inARow(
          language,
          filling.answers.map((id) => say(language, id)),
        ),
        kind: 'value',
      },
    ];
  const separator: Run = { text: language === 'zh' ? '；' : '; ', kind: 'words' };
  return filling.lines.flatMap((one, at) => [...(at > 0 ? [separator] : []), ...withoutStop(runsOf(language, one))]);
}

/** A sentence that is joined with others loses its full stop, or the colon before what does not follow. */
function withoutStop(runs: readonly Run[]): readonly Run[] {
  const last = runs.at(-1);
  if (last?.kind !== 'words') return runs;
  return runs.with(-1, { ...last, text: last.text.replace(/[.。:：]$/, '') });
}

/**
 * Lines of a statement are joined, and a quotation mark without its partner is shown as an escape: a line break or the end of the
 * quotation in it could make what follows look like a sentence of ours.
 */
function inOneLine(text: string): string {
  return marksPaired(printable(text.toWellFormed().replace(/\s*\n\s*/g, ' / ')));
}

function marksPaired(text: string): string {
  const open: number[] = [];
  const alone = new Set<number>();
  for (const { index, 0: mark } of text.matchAll(/[“”]/g)) {
    if (mark === '“') open.push(index);
    else if (open.pop() === undefined) alone.add(index);
  }
  for (const index of open) alone.add(index);
  return text.replace(/[“”]/g, (mark, index: number) =>
    alone.has(index) ? `\\u{${mark.codePointAt(0)!.toString(16)}}` : mark,
  );
}

/** Parameters that hold codes of ours, never text of a file. */
const CODES = new Set([
  'analyzer',
  'fact',
  'says',
  'strength',
  'status',
  'model',
  'need',
  'code',
  'codec',
  'unit',
  'answer',
  'auc',
  'low',
  'high',
  'retainUntil',
]);

/** A reason or fault of the record as a sentence: numbers as figures, codes in words where they have some, all digests as figures, else quoted. */
export function lineOf(reason: Reason): Line {
  const { fact, value } = reason.params;
  const words = factValueId(String(fact), value);
  const cited = citedFigure(String(fact), value);
  const told: Record<string, Filling> = {
    ...(words ? { value: { answers: [words] } } : {}),
    ...(cited
      ? {
          value: {
            lines: [line('report.with-unit', { value: { figure: cited.value }, unit: { answers: [cited.unit] } })],
          },
        }
      : {}),
  };
  return { id: reasonId(reason), fillings: { ...fillingsOf(reason.params), ...told } };
}

/** An entry of the custody log as a sentence. */
export function custodyLine(act: string, details: Params): Line {
  const words = Object.entries(custodyWords(act, details)).map(([name, id]) => [name, { answers: [id] }]);
  return line(custodySentence(act, details), { ...fillingsOf(details), ...Object.fromEntries(words) });
}

export function fillingsOf(params: Params): Readonly<Record<string, Filling>> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fillingOf(name, value)]));
}

/** `file`, `face-track:2`: as the engine names what it looked at, and nothing else. */
function isSubject(value: string): boolean {
  const [, kind] = /^([a-z-]+)(?::\d+)?$/.exec(value) ?? [];
  return kind !== undefined && sentences.has(`subject.${kind}`);
}

/** `synthetic-face:meso-df` is the user's own detector `meso-df` of that kind. */
export function analyzerName(analyzer: string): Filling {
  const [, kind, id] = /^([\w-]+):([\w-]+)$/.exec(analyzer) ?? [];
  if (kind && id) return { lines: [line('imported-analyzer', { id: { figure: id }, kind: analyzerName(kind) })] };
  return sentences.has(`analyzer.${analyzer}`) ? { answers: [`analyzer.${analyzer}`] } : { figure: analyzer };
}

function fillingOf(name: string, value: Params[string]): Filling {
  if (value === null) return { figure: '–' };
  if (typeof value === 'number') return { figure: value };
  if (typeof value === 'boolean') return { answers: [`law.answer.${value ? 'yes' : 'no'}`] };
  if (name === 'analyzer' && /^[\w.:+-]{1,80}$/.test(value)) return analyzerName(value);
  if (sentences.has(`${name}.${value}`)) return { answers: [`${name}.${value}`] };
  if (name === 'subject' && isSubject(value)) return { subject: value };
  if (/^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return { figure: value };
  return CODES.has(name) && /^[\w.:+-]{1,80}$/.test(value) ? { figure: value } : { quoted: value };
}
