/**
 * What a person is asked about a case before provisions are shown: ids, forms of answer and allowed values.
 * Sentences: `law.question.<id>` and `law.answer.<value>`; an answer is a statement of the user (R-), never a finding.
 */
import { z } from 'zod';
import type { StatedCode } from './codes.ts';

interface Question {
  /** Asked once for the case, or once for each source item (picture or recording that the material was made from). */
  readonly scope: 'case' | 'source-item';
  readonly form: 'choice' | 'choices' | 'date' | 'dates' | 'text' | 'number';
  /** Allowed values of `choice` and `choices`. `unknown` is an answer that fills no element. */
  readonly answers: readonly string[];
  /** Null where the answer selects provisions and fills no element. */
  readonly record: StatedCode | null;
}

const yesNo = ['yes', 'no', 'unknown'] as const;

function choice(record: StatedCode | null, answers: readonly string[]): Question {
  return { scope: 'case', form: 'choice', answers, record };
}

function choices(record: StatedCode | null, answers: readonly string[]): Question {
  return { scope: 'case', form: 'choices', answers, record };
}

function open(record: StatedCode | null, form: 'date' | 'dates' | 'text' | 'number'): Question {
  return { scope: 'case', form, answers: [], record };
}

const perSource = (question: Question): Question => ({ ...question, scope: 'source-item' });

const QUESTIONS = {
  place: choice(null, ['CN', 'EU', 'KR', 'US', 'UK', 'other', 'unknown']),
  /** One day, or first and last day of an act that lasted. */
  'act-date': open(null, 'dates'),
  'act-kinds': choices('R-DEED', [
    'obtained',
    'made',
    'published',
    'sold',
    'provided',
    'used',
    'used-for-fraud',
    'possessed',
    'label-removed',
    'tool-supplied',
    'unknown',
  ]),
  'obtained-how': open('R-DEED', 'text'),
  'face-recognition-used': choice('R-DEED', yesNo),
  purpose: open('R-DEED', 'text'),
  'actor-kinds': choices('R-ROLE', ['person', 'organisation', 'provider', 'platform', 'unknown']),
  'actor-layers': choices('R-ROLE', [
    'data-supplier',
    'model-developer',
    'service-provider',
    'user',
    'platform',
    'reposter',
    'payer',
    'tool-supplier',
    'unknown',
  ]),
  insider: choice('R-ROLE', yesNo),
  'user-role': choice('R-IDENTITY', ['victim', 'agent', 'relative-of-deceased', 'guardian', 'investigator']),
  identity: open('R-IDENTITY', 'text'),
  /** Who recognised the voice or figure: name, relation, when, what was heard or seen, blind or not. */
  witnesses: open('R-IDENTITY', 'text'),
  minor: choice('R-MINOR', ['adult', '14-to-17', 'under-14', 'unknown']),
  intimate: choice('R-INTIMATE', yesNo),
  consent: choice('R-CONSENT', ['none', 'given', 'given-for-another-purpose', 'withdrawn', 'unknown']),
  'consent-form': choice('R-CONSENT', ['separate', 'written', 'within-terms', 'oral', 'none', 'unknown']),
  'consent-evidence': open('R-CONSENT', 'text'),
  licence: open('R-CONSENT', 'text'),
  'licence-covers-ai': choice('R-CONSENT', yesNo),
  publicity: perSource(choice('R-PUBLIC', ['voluntary', 'compulsory', 'unlawful', 'not-public-or-unclear'])),
  'publicity-purpose': perSource(open('R-PUBLIC', 'text')),
  'publicity-audience': perSource(choice('R-PUBLIC', ['public', 'friends', 'group', 'nobody', 'unknown'])),
  refusal: perSource(choice('R-CONSENT', yesNo)),
  'refusal-proof': perSource(open('R-CONSENT', 'text')),
  'found-where': open('R-SOURCE', 'text'),
  'found-on': open('R-SOURCE', 'date'),
  'captured-how': open('R-SOURCE', 'text'),
  'poster-declared': choice('R-SOURCE', yesNo),
  deposit: open('R-SOURCE', 'text'),
  reach: open('R-REACH', 'text'),
  views: open('R-REACH', 'number'),
  reposts: open('R-REACH', 'number'),
  audience: choice('R-REACH', ['public', 'group', 'one-to-one', 'unknown']),
  money: open('R-MONEY', 'text'),
  gains: open('R-MONEY', 'text'),
  harm: open('R-HARM', 'text'),
  threats: open('R-THREAT', 'text'),
  'notice-sent': open('R-NOTICE', 'date'),
  'notice-received': open('R-NOTICE', 'date'),
  'notice-answered': open('R-NOTICE', 'date'),
  'notice-answer': choice('R-NOTICE', ['removed', 'refused', 'counter-notice', 'no-answer', 'unknown']),
  'deletion-requested': open('R-NOTICE', 'date'),
  'deletion-answered': open('R-NOTICE', 'date'),
  'deletion-answer': choice('R-NOTICE', ['deleted', 'processing-stopped', 'refused', 'no-answer', 'unknown']),
  'authority-order': choice('R-NOTICE', yesNo),
  reports: open('R-NOTICE', 'text'),
  'voice-type': choice('R-DEED', ['splice', 'training', 'both', 'unknown']),
  'voice-type-reasons': open('R-DEED', 'text'),
} as const satisfies Record<string, Question>;

export type QuestionId = keyof typeof QUESTIONS;

export const QUESTION_IDS = Object.keys(QUESTIONS) as readonly QuestionId[];

export const questionIdSchema = z.enum(QUESTION_IDS as readonly [QuestionId, ...QuestionId[]]);

export interface AskedQuestion extends Question {
  readonly id: QuestionId;
}

/** All questions in the order in which they are asked. */
export function questions(): readonly AskedQuestion[] {
  return QUESTION_IDS.map((id) => ({ id, ...QUESTIONS[id] }));
}

export function question(id: QuestionId): AskedQuestion {
  return { id, ...QUESTIONS[id] };
}

/** A day, or a span of days; `from` is never after `to`. */
export const dateSpanSchema = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .strict()
  .refine(({ from, to }) => from <= to, { message: 'from is after to' });

export type StatedValue = string | number | readonly string[] | { readonly from: string; readonly to: string };

/** One statement of the user. `item` names the source item by digest where the question is asked for each. */
export interface Stated {
  readonly question: QuestionId;
  readonly item: string | null;
  readonly value: StatedValue;
}

/** Bound of one free answer in characters: a witness sheet fits, a file does not. */
const MAX_ANSWER_CHARACTERS = 10_000;

/** Checks the form of one answer against its question; a free text is kept as typed and is always quoted when shown. */
export const statedSchema: z.ZodType<Stated> = z
  .object({
    question: questionIdSchema,
    item: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    value: z.union([
      z.string().min(1).max(MAX_ANSWER_CHARACTERS),
      z.number().nonnegative(),
      z.array(z.string()).min(1).max(20),
      dateSpanSchema,
    ]),
  })
  .strict()
  .superRefine(({ question: id, item, value }, context) => {
    const asked = question(id);
    if ((item !== null) !== (asked.scope === 'source-item')) context.addIssue({ code: 'custom', message: 'scope' });
    if (!fits(asked, value)) context.addIssue({ code: 'custom', message: 'form' });
  });

function fits(asked: AskedQuestion, value: StatedValue): boolean {
  switch (asked.form) {
    case 'choice':
      return typeof value === 'string' && asked.answers.includes(value);
    case 'choices':
      return Array.isArray(value) && value.every((one: string) => asked.answers.includes(one));
    case 'date':
      return z.iso.date().safeParse(value).success;
    case 'dates':
      return z.iso.date().safeParse(value).success || dateSpanSchema.safeParse(value).success;
    case 'number':
      return typeof value === 'number';
    case 'text':
      return typeof value === 'string';
  }
}

/** Whether the answer says anything: "unknown" is an answer, and leaves the element unknown. */
export function saysSomething({ value }: Stated): boolean {
  if (Array.isArray(value)) return value.some((one: string) => one !== 'unknown');
  return value !== 'unknown';
}
