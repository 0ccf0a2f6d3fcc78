/** How a model did on held-out material treated as the item most nearly was: printed beside each of its figures. */
import type { Finding } from '../../contract/finding.ts';
import type { Outcome } from '../../contract/outcome.ts';
import { wilson } from '../../contract/wilson.ts';
import { type Line, line } from '../line.ts';
import type { ExaminationRecord, ReportHead } from '../record.ts';
import { figure, sourceName } from './composing.ts';

/** The model that a subject's calibrated figures come from. */
const MODEL_OF: Readonly<Record<string, string>> = {
  'face-track': 'synthetic-face',
  speaker: 'synthetic-voice',
  picture: 'synthetic-image',
};

type Score = ReportHead['calibrations'][number]['scores'][number];

/**
 * A line for each score of the model: how well it tells the classes apart; and, where the finding supports synthesis, how many items of either
 * class came as far by the score that supports it most. None where nothing was measured on the model's weights, or the model held no opinion.
 */
export function errorRates(
  finding: Pick<Finding, 'subject' | 'band' | 'llr'>,
  examination: ExaminationRecord,
  calibrations: ReportHead['calibrations'],
): Line[] {
  const { subject } = finding;
  const spoke = ownOutcomes(subject, examination.outcomes).length > 0;
  const scores = spoke ? (calibrationOf(subject, calibrations)?.scores ?? []) : [];
  const told = scores.flatMap(({ id, heldOut }) => {
    const { conditions, wording } = conditionsOf(subject, examination, heldOut);
    return heldOut
      .filter(({ condition }) => conditions.includes(condition))
      .flatMap(({ condition, synthetic, genuine, auc, eer }) =>
        line(wording, {
          score: { answers: [`report.rates.score.${id}`] },
          condition: { answers: [`report.rates.condition.${condition}`] },
          synthetic: figure(synthetic),
          genuine: figure(genuine),
          auc: figure(withEnds(auc)),
          eer: figure(withEnds(eer)),
        }),
      );
  });
  const reached = reachedBy(finding, examination.outcomes, calibrations);
  return [...told, ...(reached ? reachedLines(reached) : [])];
}

/** Of material held out and not compressed again, what came as far towards synthesis as a finding or further. */
export interface Reached {
  /** The score that supports the finding most. */
  readonly score: string;
  /** Ordinary items, and how many of them. */
  readonly items: number;
  readonly count: number;
  /** The genuine source of which the largest share did for certain (lower end of its interval), its items, and how many of them. */
  readonly source: string;
  readonly of: number;
  readonly worst: number;
  /** Synthetic items, and how many of them. */
  readonly synthetic: number;
  readonly found: number;
  /** Whether the share of that genuine source is as large as that of the synthetic items: on such material the support tells nothing. */
  readonly tellsNothingThere: boolean;
}

/** Null where the finding does not support synthesis or nothing was measured on the weights that examined. */
export function reachedBy(
  finding: Pick<Finding, 'subject' | 'band' | 'llr'>,
  outcomes: readonly Outcome[],
  calibrations: ReportHead['calibrations'],
): Reached | null {
  const { subject, band, llr } = finding;
  if (llr === null || llr <= 0 || band === null || band === 'neither') return null;
  const facts = ownOutcomes(subject, outcomes).flatMap((outcome) => outcome.facts);
  const ratioOf = ({ id }: Score) => {
    const value = facts.find((fact) => fact.id === `llr.${id}`)?.value;
    return typeof value === 'number' ? value : Number.NEGATIVE_INFINITY;
  };
  const scores = calibrationOf(subject, calibrations)?.scores ?? [];
  const [most] = scores.filter((score) => ratioOf(score) > 0).toSorted((p, q) => ratioOf(q) - ratioOf(p));
  if (!most?.reached) return null;
  const { genuine, synthetic } = most.reached;
  const step = band === 'limited' ? 'limited' : 'moderate';
  const least = (own: (typeof genuine)[number]) => wilson(own[step], own.items)[0];
  const [worst] = genuine.toSorted((p, q) => least(q) - least(p));
  if (!worst) return null;
  const sum = (of: 'items' | 'limited' | 'moderate') => genuine.reduce((total, own) => total + own[of], 0);
  return {
    ...{ score: most.id, items: sum('items'), count: sum(step) },
    ...{ source: worst.source, of: worst.items, worst: worst[step] },
    ...{ synthetic: synthetic.items, found: synthetic[step] },
    tellsNothingThere: worst[step] * synthetic.items >= synthetic[step] * worst.items,
  };
}

/** What the model itself said of the subject with a figure: a detector that the user brought may stand beside it, or alone. */
function ownOutcomes(subject: string, outcomes: readonly Outcome[]): Outcome[] {
  const model = modelOf(subject);
  return outcomes.filter((own) => own.subject === subject && own.analyzer === model && own.llr !== null);
}

function calibrationOf(subject: string, calibrations: ReportHead['calibrations']) {
  const model = modelOf(subject);
  return calibrations.find((one) => one.model === model);
}

function modelOf(subject: string): string | undefined {
  return MODEL_OF[subject.split(':')[0]!];
}

function reachedLines({ score, source, ...counts }: Reached): Line[] {
  const { items, count, of, worst, synthetic, found, tellsNothingThere } = counts;
  const told = line('report.rates.reached', {
    score: { answers: [`report.rates.score.${score}`] },
    count: figure(count),
    items: figure(items),
    source: sourceName(source),
    worst: figure(worst),
    of: figure(of),
    share: figure(withEnds([worst / of, ...wilson(worst, of)])),
    found: figure(found),
    synthetic: figure(synthetic),
  });
  return [told, ...(tellsNothingThere ? [line('synthesis.reached-alike')] : [])];
}

/** `0.656 [0.633, 0.680]` */
function withEnds([value, low, high]: readonly [number, number, number]): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** Beginnings of the codecs of sound for which a condition was measured. */
const SOUND: readonly (readonly [codec: RegExp, condition: string])[] = [
  [/^opus/, 'opus-16k'],
  [/^mp3/, 'mp3-48k'],
  [/^aac/, 'aac-32k'],
  [/^(pcm|flac|alac)/, 'clean'],
];

/** Conditions of films: how strongly one was compressed is not read, so that both measured strengths stand for it. */
const FILMED = /^h264-/;

/** The measured conditions that stand for the item, and how that is worded: the plain one where none is like it. */
function conditionsOf(subject: string, { media, outcomes }: ExaminationRecord, heldOut: Score['heldOut']) {
  const measured = heldOut.map(({ condition }) => condition);
  const nearest = (condition: string | undefined) =>
    condition !== undefined && measured.includes(condition)
      ? { conditions: [condition], wording: 'report.rates' }
      : { conditions: ['clean'], wording: 'report.rates.other' };
  if (subject.startsWith('speaker'))
    return nearest(SOUND.find(([codec]) => media.codecs.some((own) => codec.test(own)))?.[1]);
  if (media.kind === 'video') {
    const conditions = media.codecs.includes('h264') ? measured.filter((condition) => FILMED.test(condition)) : [];
    return conditions.length > 0 ? { conditions, wording: 'report.rates.film' } : nearest(undefined);
  }
  const facts = outcomes.flatMap((outcome) => outcome.facts);
  if (facts.some(({ id, value }) => id === 'copy.kind' && value === 'screen capture')) return nearest('screen');
  if (media.mediaType === 'image/webp') return nearest('webp');
  if (media.mediaType !== 'image/jpeg') return nearest('clean');
  const quality = facts.find(({ id }) => id === 'jpeg.ijgQuality')?.value;
  if (typeof quality !== 'number') return nearest(undefined);
  const [closest] = measured
    .flatMap((condition) => {
      const own = /^jpeg(\d+)$/.exec(condition)?.[1];
      return own === undefined ? [] : [{ condition, distance: Math.abs(Number(own) - quality) }];
    })
    .sort((a, b) => a.distance - b.distance);
  return nearest(closest?.condition);
}
