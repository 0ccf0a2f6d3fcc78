/** What a letter is before it becomes a file: sentences of the catalogue, with what the record holds in quotation marks and what it lacks as marked blanks. */
import type { ProvisionInForce } from '../../law/index.ts';
import type { Language } from '../../strings/index.ts';
import type { Filling, Line } from '../line.ts';

export const LETTER_KINDS = [
  /** Civil Code 1195: notice to a platform. */
  'platform-notice',
  /** PIPL 44-50: access, deletion and stopping, to whoever handles the information. */
  'handler-request',
  /** Account of the facts for the police. */
  'police-statement',
  /** Text for the reporting centre 12377. */
  'report-12377',
  /** What an authority takes over: list of electronic data, acquisition, findings, limits, actors, time line. */
  'hand-over',
  /** What to keep, in which order, and what to take to a notary. */
  'preservation-list',
  /** PIPL 55-56, GDPR 30: the handler's record of what was processed here. */
  'processing-record',
  /** TAKE IT DOWN Act §3: removal request to a covered platform. */
  'take-it-down',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

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
