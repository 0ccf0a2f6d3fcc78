/**
 * Outcomes of one item -> findings: one per question, subject and reference. Pure: it reads nothing but its arguments.
 * A likelihood ratio and a band appear only where an outcome carries a calibrated figure; nothing here invents one.
 */
import { type Fact, type Reason, reason, type Strength } from '../contract/fact.ts';
import type { Finding, Question } from '../contract/finding.ts';
import type { Outcome } from '../contract/outcome.ts';
import { ENHANCED, SUPPRESSED } from './calibrate.ts';
import { meanOfRatios } from './combine.ts';
import { bandOf, leastOf } from './scale.ts';

const QUESTION_OF: readonly (readonly [prefix: string, question: Question])[] = [
  ['provenance-', 'origin'],
  ['synthetic-', 'synthesis'],
  ['face-likeness', 'likeness'],
  ['voice-likeness', 'likeness'],
];

const PROPOSITIONS: Readonly<Record<Question, readonly [string, string]>> = {
  origin: ['origin.generated-or-edited-with-ai', 'origin.captured'],
  synthesis: ['synthesis.swapped-or-generated', 'synthesis.ordinary-recording'],
  likeness: ['likeness.this-person', 'likeness.another-person'],
};

/** Values of `Fact.says` that speak for the first proposition of the question of origin; the second is spoken for by `captured`. */
const SAYS_SYNTHETIC = new Set(['generated', 'edited-with-ai']);

/** Towards ordinary recording the scale ends here (UI.md): a low score never clears a file. Natural logarithm. */
const LOWEST_SYNTHESIS_LLR = -2.29;

/** Facts that hold the calibrated figure of one answer: `llr.swap`, `llr.generated`, `llr.voice`. */
const RATIO_FACT = 'llr.';
/** That of a face swapped or blended in, which pictures enhanced by a network resemble (card of synthetic-face, condition `upscaled`). */
const SWAP_RATIO = `${RATIO_FACT}swap`;

/** From this figure on likeness says nothing of who was recorded, since a good imitation resembles too (DESIGN.md). Natural logarithm. */
const MODERATE_SYNTHESIS_LLR = leastOf('moderate');

export function fuse(outcomes: readonly Outcome[]): Finding[] {
  const byQuestion = Map.groupBy(
    outcomes.filter((o) => questionOf(o.analyzer) !== null),
    (o) => questionOf(o.analyzer)!,
  );
  const synthesis = synthesisFindings(byQuestion.get('synthesis') ?? []);
  return [
    ...originFindings(byQuestion.get('origin') ?? []),
    ...synthesis,
    ...likenessFindings(byQuestion.get('likeness') ?? [], synthesis),
  ];
}

function questionOf(analyzer: string): Question | null {
  return QUESTION_OF.find(([prefix]) => analyzer.startsWith(prefix))?.[1] ?? null;
}

function originFindings(outcomes: readonly Outcome[]): Finding[] {
  if (outcomes.length === 0) return [];
  const spoken = outcomes.flatMap((o) =>
    o.facts.filter((f) => f.says !== null).map((f) => ({ analyzer: o.analyzer, fact: f })),
  );
  const strongestFirst = spoken.toSorted((a, b) => rank(b.fact.strength) - rank(a.fact.strength));
  const cite = ({ analyzer, fact }: (typeof spoken)[number]): Reason =>
    reason('origin.fact', {
      analyzer,
      fact: fact.id,
      value: valueText(fact),
      says: fact.says,
      strength: fact.strength,
    });
  const saying = (says: string) => strongestFirst.filter((s) => s.fact.says === says);
  const generated = strongestFirst.filter((s) => SAYS_SYNTHETIC.has(s.fact.says!)).map(cite);
  return [
    finding('origin', 'file', null, outcomes, {
      for: generated,
      against: [
        ...saying('captured').map(cite),
        // What limits every statement of the file, and what is there where nothing else was found.
        ...saying('tampered').map(({ analyzer, fact: { id, says, strength } }) =>
          reason('origin.tampered', { analyzer, fact: id, says, strength }),
        ),
        ...(generated.length > 0
          ? []
          : saying('credentials').map(({ analyzer, fact: { id, says } }) =>
              reason('origin.credentials', { analyzer, fact: id, says }),
            )),
      ],
    }),
  ];
}

/**
 * One finding a subject. Detectors of the same face or voice see the same pixels or sound: their ratios are averaged, never multiplied
 * (combine.ts), so a second opinion can temper the first and cannot double it.
 */
function synthesisFindings(outcomes: readonly Outcome[]): Finding[] {
  const looked = outcomes.filter((o) => o.status === 'evidence' || o.status === 'abstained');
  const general = outcomes.filter((o) => !looked.includes(o));
  if (looked.length === 0) return outcomes.length === 0 ? [] : [finding('synthesis', 'file', null, general, {})];
  return [...Map.groupBy(looked, (o) => o.subject)].map(([subject, own]) => {
    const calibrated = own.filter((o) => o.llr !== null);
    const llr =
      calibrated.length === 0 ? null : Math.max(meanOfRatios(calibrated.map((o) => o.llr!)), LOWEST_SYNTHESIS_LLR);
    const cited = calibrated.flatMap(citeRatios);
    return finding('synthesis', subject, null, [...own, ...general], {
      llr,
      for: cited.filter((c) => c.llr > 0).map((c) => c.reason),
      against: [...cited.filter((c) => c.llr <= 0).map((c) => c.reason), ...own.flatMap(reservations)],
    });
  });
}

function likenessFindings(outcomes: readonly Outcome[], synthesis: readonly Finding[]): Finding[] {
  const compared = outcomes.filter((o) => o.reference !== null);
  if (compared.length === 0) return outcomes.length === 0 ? [] : [finding('likeness', 'file', null, outcomes, {})];
  return compared.map((o) => {
    const spoof = synthesis.find((f) => f.subject === o.subject);
    const trusted = spoof !== undefined && spoof.llr !== null && spoof.llr < MODERATE_SYNTHESIS_LLR;
    const measured = o.status === 'evidence';
    return finding('likeness', o.subject, o.reference, [o], {
      llr: measured && trusted ? o.llr : null,
      for: measured ? [citeSimilarity(o)] : [],
      against: measured
        ? [
            ...(trusted ? [] : [reason('likeness.calibrated-on-recordings-only')]),
            reason('likeness.imitation-resembles'),
          ]
        : [],
    });
  });
}

function finding(
  question: Question,
  subject: string,
  reference: string | null,
  outcomes: readonly Outcome[],
  parts: { llr?: number | null; for?: Reason[]; against?: Reason[] },
): Finding {
  const [first, second] = PROPOSITIONS[question];
  const llr = parts.llr ?? null;
  return {
    question,
    subject,
    reference,
    propositions: [{ code: first }, { code: second }],
    band: llr === null ? null : bandOf(llr),
    llr,
    for: parts.for ?? [],
    against: parts.against ?? [],
    notExamined: outcomes
      .filter((o) => o.status !== 'evidence')
      .map((o) => ({ analyzer: o.analyzer, status: o.status, reason: o.reason })),
  };
}

/** Each calibrated answer of an outcome by itself, the strongest first; they are different propositions (swapped, generated). */
function citeRatios({ analyzer, subject, llr, facts }: Outcome): { llr: number; reason: Reason }[] {
  const answers = facts.flatMap((f) =>
    f.id.startsWith(RATIO_FACT) && typeof f.value === 'number'
      ? [{ answer: f.id.slice(RATIO_FACT.length), llr: f.value }]
      : [],
  );
  if (answers.length === 0) return [{ llr: llr!, reason: reason('synthesis.score', { analyzer, subject, llr }) }];
  return answers
    .toSorted((a, b) => Math.abs(b.llr) - Math.abs(a.llr) || (a.answer < b.answer ? -1 : 1))
    .map(({ answer, llr: own }) => ({
      llr: own,
      reason: reason('synthesis.answer', { analyzer, subject, answer, llr: own }),
    }));
}

/** What limits an outcome: why its score stayed raw, that its steadiness was not tried, and which ordinary items score like it. */
function reservations(outcome: Outcome): Reason[] {
  if (outcome.status !== 'evidence') return [];
  const { analyzer, llr, facts } = outcome;
  if (llr === null) {
    const why = outcome.reason ?? reason('synthesis.not-calibrated');
    // Beside an embedded detector of the same face or voice it must be told of which of the two that is said.
    return [analyzer.includes(':') && !('analyzer' in why.params) ? reason('imported-outside', { analyzer }) : why];
  }
  const tried = facts.some((f) => f.id.includes('.stability.'));
  const swapped = facts.some((f) => f.id === SWAP_RATIO && typeof f.value === 'number' && f.value > 0);
  return [
    ...(tried ? [] : [reason('stability-not-run', { analyzer })]),
    ...(llr > 0
      ? treatedReserve(outcome, SUPPRESSED, 'voice-noise-suppression', ['genuine', 'recognised', 'limited', 'untaught'])
      : []),
    ...(swapped ? treatedReserve(outcome, ENHANCED, 'face-enhanced', ['genuine', 'limited', 'moderate']) : []),
  ];
}

/** That a treatment which forges nothing raises the figure of an ordinary item: with the counts that were measured, in the order of `names`. */
function treatedReserve({ analyzer, facts }: Outcome, id: string, code: string, names: readonly string[]): Reason[] {
  const counts = facts.find((f) => f.id === id)?.value;
  if (!Array.isArray(counts)) return [];
  return [reason(code, { analyzer, ...Object.fromEntries(names.map((name, i) => [name, (counts as number[])[i]!])) })];
}

function citeSimilarity(outcome: Outcome): Reason {
  const value = (id: string) => {
    const found = outcome.facts.find((f) => f.id === id)?.value;
    return typeof found === 'string' || typeof found === 'number' ? found : null;
  };
  const [rate, upper, pairs] = ['falseMatchRate', 'falseMatchUpper', 'falseMatchPairs'].map((name) => {
    const found = value(`likeness.${name}`);
    return typeof found === 'number' ? found : null;
  });
  return reason('likeness.similarity', {
    analyzer: outcome.analyzer,
    similarity: outcome.rawScore,
    matches: rate == null || pairs == null ? null : Math.round(rate * pairs),
    pairs: pairs ?? null,
    upperPerThousand: upper == null ? null : upper * 1000,
    population: value('likeness.population'),
  });
}

/** Longest value quoted in a reason; the whole one stands in the fact. Characters. */
const QUOTE_LENGTH = 120;

function valueText(fact: Fact): string {
  const text = Array.isArray(fact.value) ? fact.value.join(', ') : String(fact.value);
  return text.length > QUOTE_LENGTH ? `${text.slice(0, QUOTE_LENGTH)}…` : text;
}

function rank(strength: Strength | null): number {
  return strength === null ? -1 : Number(strength.slice(1));
}
