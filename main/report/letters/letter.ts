/** What a letter is before it becomes a file: sentences of the catalogue, with what the record holds in quotation marks and what it lacks as marked blanks. */
import type { ProvisionInForce } from '../../law/index.ts';
import { type Language, say, sentences } from '../../strings/index.ts';
import { printable } from '../../strings/printable.ts';

export const LETTER_KINDS = [
  /** Civil Code 1195: notice to a platform. */
  'platform-notice',
  /** PIPL 44-50: access, deletion and stopping, to whoever handles the information. */
  'handler-request',
  /** Account of the facts for the police. */
  'police-statement',
  /** Text for the reporting centre 12377. */
  'report-12377',
  /** What to keep, in which order, and what to take to a notary. */
  'preservation-list',
  /** TAKE IT DOWN Act §3: removal request to a covered platform. */
  'take-it-down',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/**
 * A value in a sentence. `quoted`: text of a person or file; `answers`: codes that have a sentence each; `figure`: a count, a day
 * or a digest of ours; `blank`: id of the words that say what is to be filled in.
 */
export type Filling =
  | { readonly quoted: string }
  | { readonly answers: readonly string[] }
  | { readonly figure: string | number }
  | { readonly blank: string };

export interface Line {
  readonly id: string;
  readonly fillings?: Readonly<Record<string, Filling>>;
}

export type LetterBlock =
  | { readonly kind: 'heading'; readonly id: string }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly mark: 'number' | 'box'; readonly lines: readonly Line[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Filling[])[] }
  | { readonly kind: 'provisions'; readonly provisions: readonly ProvisionInForce[] }
  | { readonly kind: 'signature' };

export interface Letter {
  readonly kind: LetterKind;
  readonly language: Language;
  readonly blocks: readonly LetterBlock[];
}

/** A piece of a line as it is printed. */
export interface Run {
  readonly text: string;
  readonly kind: 'words' | 'value' | 'blank';
}

export function runsOf(language: Language, { id, fillings = {} }: Line): Run[] {
  const template = sentences.get(id)?.[language] ?? `[${id}]`;
  return template.split(/(\{\{\w+\}\})/).flatMap((piece): Run[] => {
    const name = /^\{\{(\w+)\}\}$/.exec(piece)?.[1];
    if (name) return [runOf(language, fillings[name] ?? { blank: 'letter.blank.unnamed' })];
    return piece ? [{ text: piece, kind: 'words' }] : [];
  });
}

/** What stands for one value: text from outside in quotation marks and safe to print, a blank in brackets. */
export function runOf(language: Language, filling: Filling): Run {
  if ('blank' in filling)
    return { text: say(language, 'letter.blank', { what: say(language, filling.blank) }), kind: 'blank' };
  if ('figure' in filling) return { text: String(filling.figure), kind: 'value' };
  if ('answers' in filling)
    return {
      text: filling.answers.map((id) => say(language, id)).join(language === 'zh' ? '、' : ', '),
      kind: 'value',
    };
  return { text: `“${inOneLine(filling.quoted)}”`, kind: 'value' };
}

/** Lines of a statement are joined: a line break in it could look like a sentence of ours. */
function inOneLine(text: string): string {
  return printable(text.toWellFormed().replace(/\s*\n\s*/g, ' / '));
}
