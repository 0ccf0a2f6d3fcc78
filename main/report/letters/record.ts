/** What letters are filled from: the items and statements of the case, and the law in force today. */
import type { Finding } from '../../contract/finding.ts';
import type { Outcome } from '../../contract/outcome.ts';
import {
  type DutyEntry,
  type LawPack,
  type ProvisionInForce,
  provisionsInForce,
  type QuestionId,
  question,
  type RouteEvent,
  type Stated,
} from '../../law/index.ts';
import type { Filling } from '../line.ts';

/** An item as the list of electronic data names it (Fa Fa 2016 No. 22, article 14). Names are data from outside. */
export interface LetterItem {
  readonly name: string;
  readonly kind: 'image' | 'video' | 'audio' | 'other';
  /** Null where nobody looked. */
  readonly mediaType: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly receivedAtMs: number;
  /** Whether a copy is kept; otherwise only the digest, and where the file lay. */
  readonly kept: boolean;
  /** How it was obtained, in the user's words or by what brought it; null where nothing was said. */
  readonly receivedAs: string | null;
  /** Of the latest examination; empty where there was none. */
  readonly findings: readonly Finding[];
  /** What ended without an opinion, and was not simply inapplicable. */
  readonly open: readonly Pick<Outcome, 'analyzer' | 'status' | 'reason'>[];
  /** Times that the file states of itself: id of the fact, its words, and the zone that another fact states for it. */
  readonly times: readonly { readonly fact: string; readonly at: string; readonly zone: string | null }[];
  readonly nobodyEnrolled: boolean;
}

/** A person enrolled for comparison. Names and purposes are the user's words. */
export interface LetterPerson {
  readonly name: string;
  readonly role: string;
  readonly basis: string;
  readonly purpose: string;
  readonly retainUntil: string;
  /** Samples in use. */
  readonly faces: number;
  readonly voices: number;
}

/** An entry of the custody log: its act and values as the catalogue's sentence takes them. */
export interface LetterEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly act: string;
  readonly details: Readonly<Record<string, Filling>>;
}

export interface LetterRecord {
  /** Day of the letter, ISO date. */
  readonly today: string;
  /** Questioned items, in the order of receipt. */
  readonly items: readonly LetterItem[];
  readonly stated: readonly Stated[];
  readonly duties: readonly DutyEntry[];
  readonly routes: readonly RouteEvent[];
  readonly people: readonly LetterPerson[];
  /** What left the case, and what was erased from it. */
  readonly exports: readonly LetterEntry[];
  readonly erasures: readonly LetterEntry[];
  /** Kinds of the ways by which the case is opened: `key-file`, `passphrase`, `recovery-code`. */
  readonly opened: readonly string[];
  /** Head of the custody log when the letter was made. */
  readonly custody: { readonly seq: number; readonly hash: string };
  readonly packs: readonly LawPack[];
}

/** The last answer to a question of the case, or a blank that says what is asked. Choices become their sentences. */
export function answer({ stated }: LetterRecord, id: QuestionId): Filling {
  const value = stated.findLast((one) => one.question === id && one.item === null)?.value;
  const { form } = question(id);
  if (value === undefined || value === 'unknown') return { blank: `law.question.${id}` };
  if (form === 'choice' || form === 'choices') {
    const codes = (Array.isArray(value) ? (value as readonly string[]) : [String(value)]).filter(
      (v) => v !== 'unknown',
    );
    return codes.length > 0 ? { answers: codes.map((code) => `law.answer.${code}`) } : { blank: `law.question.${id}` };
  }
  if (typeof value === 'object' && 'from' in value) return { figure: `${value.from} – ${value.to}` };
  if (form === 'text') return { quoted: String(value) };
  return { figure: typeof value === 'number' ? value : String(value) };
}

/** Whether the user answered a question at all, and with something. */
export function isAnswered(record: LetterRecord, id: QuestionId): boolean {
  return !('blank' in answer(record, id));
}

/** The last answer to a question as it was stated, of the case or of an item. */
export function statedValue({ stated }: LetterRecord, id: QuestionId): Stated['value'] | undefined {
  return stated.findLast(({ question }) => question === id)?.value;
}

/** The day on which the act began, as stated; null where it was not. */
export function actBegan(record: LetterRecord): string | null {
  const act = statedValue(record, 'act-date');
  if (typeof act === 'string') return act;
  return typeof act === 'object' && 'from' in act ? act.from : null;
}

/** The last day of an act that lasted, as stated; null of one day, and where none was stated. */
export function actEnded(record: LetterRecord): string | null {
  const act = statedValue(record, 'act-date');
  return typeof act === 'object' && 'to' in act && act.to !== act.from ? act.to : null;
}

/** Whether whoever signs acts for the person concerned; until the role is stated, they are taken to be that person. */
export function actsForAnother(record: LetterRecord): boolean {
  const role = statedValue(record, 'user-role');
  return role === 'agent' || role === 'guardian' || role === 'relative-of-deceased';
}

/**
 * Provisions by id, in the order asked for, as they are in force on the day of the letter: what is asked of the receiver is asked
 * now. An id that is not in force is left out; of one that goes by the day of the act it is told where the act may predate it.
 */
export function inForceToday(record: LetterRecord, ids: readonly string[]): readonly ProvisionInForce[] {
  const began = actBegan(record);
  const found = record.packs.flatMap((pack) => {
    const { applicable, proceedings } = provisionsInForce(pack, record.today, record.today);
    const ofTheAct = applicable.map((one) => ({
      ...one,
      actPredates: one.provision.basis === 'act' && (began === null || began < one.version.from!),
    }));
    return [...ofTheAct, ...proceedings];
  });
  return ids.flatMap((id) => found.filter(({ provision }) => provision.id === id));
}
