/** What one card says of one question: a sentence with its mark, the reasons, what speaks against, what was not examined. */
import { MOST_VOICE_WINDOWS } from '../../main/contract/course.ts';
import type { Params } from '../../main/contract/errors.ts';
import type { Reason } from '../../main/contract/fact.ts';
import type { Finding, Question } from '../../main/contract/finding.ts';
import type { Answer } from '../../main/contract/ipc.ts';
import { openEndOf } from '../../main/contract/open-end.ts';
import type { Band, Outcome } from '../../main/contract/outcome.ts';
import { methodSupports, openHeadline, originHeadline, toldAs } from '../../main/strings/open-finding.ts';
import { markOf } from '../parts/finding-mark.ts';
import { type Reached, reachedBy } from '../parts/reached.ts';
import type { MarkState } from '../parts/StrengthMark.tsx';

export interface Headline {
  readonly id: string;
  readonly params: Params;
  /** `face-track:2`, to be said in words in the place of `{{subject}}`. */
  readonly subject: string | null;
}

export interface CardPart {
  readonly key: string;
  readonly mark: MarkState;
  readonly band: Band | null;
  readonly headline: Headline;
  readonly for: readonly Reason[];
  readonly against: readonly Reason[];
  /** Calibrated figures of the methods, told where somebody asks how this is known. */
  readonly figures: readonly Reason[];
  /** How many held-out items came as far; null where the finding supports nothing. */
  readonly reached: Reached | null;
  /** How much of a long recording was measured, in minutes; null where all of it was. */
  readonly measuredPart: { readonly measured: number; readonly of: number } | null;
  readonly llr: number | null;
  /** Whether there is a comparison behind it whose figure and propositions can be told. */
  readonly measured: boolean;
  readonly propositions: Finding['propositions'];
}

export interface CardContent {
  readonly question: Question;
  readonly parts: readonly CardPart[];
  /** Ended without an opinion; those that simply do not apply stand apart. */
  readonly open: readonly Pick<Outcome, 'analyzer' | 'status' | 'reason'>[];
}

export const QUESTIONS: readonly Question[] = ['origin', 'synthesis', 'likeness'];

type Examination = NonNullable<Answer['examination']>;

/** `nobodyEnrolled`: the case holds nobody to compare with. */
export function cardOf(question: Question, examination: Examination, nobodyEnrolled: boolean): CardContent {
  const findings = examination.findings.filter((finding) => finding.question === question);
  const open = findings.flatMap((finding) => finding.notExamined).filter(({ status }) => status !== 'notApplicable');
  return {
    question,
    parts: findings.map((finding, at) => partOf(finding, at, examination, nobodyEnrolled)),
    open: [...new Map(open.map((one) => [JSON.stringify([one.analyzer, one.reason]), one])).values()],
  };
}

/** Reasons that are a figure. What they speak for is a reason by itself where the finding supports something. */
const FIGURES: ReadonlySet<string> = new Set(['synthesis.score', 'synthesis.answer']);
/** Told by the headline of every comparison. */
const IN_HEADLINE = 'likeness.imitation-resembles';

const wasLookedAt = (finding: Finding) => [null, 'abstained'].includes(openEndOf(finding));
const isFigure = ({ code }: Reason) => FIGURES.has(code);
const named = (reason: Reason): Reason => (isFigure(reason) ? { ...reason, code: `${reason.code}-named` } : reason);

const MINUTE_S = 60;

/** A voice that says more than is scored of one. */
function measuredPart({ question, subject }: Finding, { outcomes, series, durationS }: Examination) {
  const cut = outcomes.some(
    (one) => one.analyzer === 'synthetic-voice' && one.subject === subject && one.examined.includes(SCORED_OF_LONG),
  );
  if (!cut || question !== 'synthesis' || durationS === null) return null;
  const scored = series.find((one) => one.subject === subject && one.fact === 'voice.window.score')?.points ?? [];
  const measuredS = scored.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
  return { measured: Math.round(measuredS / MINUTE_S), of: Math.round(durationS / MINUTE_S) };
}

const SCORED_OF_LONG = `windows:${MOST_VOICE_WINDOWS}`;

function partOf(finding: Finding, at: number, examination: Examination, nobodyEnrolled: boolean): CardPart {
  const { question, reference, llr, band, propositions } = finding;
  // What points to a camera, and whatever else stands in a file, is why the headline says so where nothing points the other way.
  const told = question === 'origin' && finding.for.length === 0;
  const figure = toldAs(finding);
  const shown = figure === null || figure === 'none-found' ? null : band;
  return {
    key: `${finding.subject} ${finding.reference ?? ''} ${at}`,
    mark: markOf(finding),
    band: shown,
    headline: headlineOf(finding, nobodyEnrolled),
    for: told
      ? finding.against
      : finding.for.filter((reason) => !isFigure(reason) || (shown !== null && methodSupports(reason))).map(named),
    against: told ? [] : finding.against.filter((reason) => !isFigure(reason) && reason.code !== IN_HEADLINE),
    figures: [...finding.for, ...finding.against].filter(isFigure),
    reached: reachedBy(finding, examination.reached),
    measuredPart: measuredPart(finding, examination),
    llr,
    measured: question !== 'origin' && !(question === 'likeness' && reference === null) && wasLookedAt(finding),
    propositions,
  };
}

/** A card's own words where it has some. */
const OPEN_CARD: Readonly<Record<string, string>> = {
  'finding.synthesis.open.abstained': 'ui.card.synthesis.no-opinion',
  'finding.likeness.no-reference': 'ui.card.likeness.nobody',
  'finding.likeness.open.notApplicable': 'ui.card.likeness.nothing',
};

function openCard(finding: Finding, nobodyEnrolled: boolean): string {
  const id = openHeadline(finding, nobodyEnrolled);
  return OPEN_CARD[id] ?? id;
}

function headlineOf(finding: Finding, nobodyEnrolled: boolean): Headline {
  const { question, band, subject, reference } = finding;
  if (question === 'origin') return { id: originHeadline(finding), params: {}, subject: null };
  if (question === 'likeness') {
    if (reference === null) return { id: openCard(finding, nobodyEnrolled), params: {}, subject: null };
    const measured = finding.for.length > 0 ? 'measured' : 'no-opinion';
    return { id: `ui.card.likeness.${measured}`, params: { reference }, subject };
  }
  const told = toldAs(finding);
  if (told === null) return { id: openCard(finding, nobodyEnrolled), params: {}, subject };
  if (told !== 'scored') return { id: `finding.synthesis.${told}`, params: {}, subject };
  return {
    id: 'ui.card.synthesis.supported',
    params: { band, proposition: finding.propositions[0].code },
    subject,
  };
}
