/**
 * What is a raw score worth on this item? Domain first, then the calibration's own line and bounds, then stability: outside what was
 * measured the score stays raw and the outcome says why. Pure.
 */
import type { CalibratedScore, Calibration, CalibrationDomain, Calibrations } from '../contract/calibration.ts';
import { type Fact, fact, type Reason, reason } from '../contract/fact.ts';
import type { MediaInfo } from '../contract/media.ts';
import type { Outcome } from '../contract/outcome.ts';
import { meanOfRatios } from './combine.ts';
import { bandOf, signedStep } from './scale.ts';

/** What of the item the domain asks about, beside the facts of the outcome. */
export interface Circumstances {
  readonly info: Pick<MediaInfo, 'audio'> & Partial<Pick<MediaInfo, 'video'>>;
  /** ISO 639-1 as the user states it; the tool recognises no language. */
  readonly language: string | null;
}

/**
 * Fact: ordinary clips measured after suppressed noise, how many were recognised as such, how many of the rest came to limited support, and how many
 * did after suppressors and decoders that training never heard.
 */
export const SUPPRESSED = 'voice.suppressedOrdinary';
/** Fact: ordinary faces in pictures that a network had enhanced, and how many came to limited and to moderate support for a swap. */
export const ENHANCED = 'face.enhancedOrdinary';

/** Outcomes of calibrated analyzers with `llr` and `band` where the item is covered, otherwise with the reason; others as they are. */
export function calibrateAll(
  outcomes: readonly Outcome[],
  calibrations: Calibrations,
  circumstances: Circumstances,
): Outcome[] {
  return outcomes.map((outcome) => {
    const state = calibrations[outcome.analyzer];
    if (state === undefined || outcome.status !== 'evidence') return outcome;
    if ('fault' in state) return silent(outcome, reason(state.fault, { analyzer: outcome.analyzer }));
    return calibrate(outcome, state.calibration, circumstances);
  });
}

export function calibrate(outcome: Outcome, calibration: Calibration, circumstances: Circumstances): Outcome {
  const powerless = calibration.scores.every((score) => !score.usable);
  const outside = powerless ? null : whyOutside(outcome, calibration.domain, circumstances);
  if (outside) return silent(outcome, outside);
  const usable = calibration.scores.filter((score) => score.usable && rawOf(outcome, score.fact) !== null);
  if (usable.length === 0) {
    const code = calibration.scores[0]!.unusableReason ?? 'not-calibrated';
    return silent(outcome, reason(code, { analyzer: outcome.analyzer }));
  }

  const ratios = usable.map((score) => ({ score, llr: ratioOf(score, rawOf(outcome, score.fact)!, outcome) }));
  const counts = (id: string, values: number[] | undefined) => (values ? [fact(id, values, { unit: 'count' })] : []);
  const facts = ratios.flatMap(({ score: { id, suppressed, enhanced }, llr }) => [
    fact(`llr.${camel(id)}`, llr, { unit: 'ln LR' }),
    ...counts(
      SUPPRESSED,
      suppressed && [suppressed.genuine, suppressed.recognised, suppressed.limited, suppressed.untaught],
    ),
    ...counts(ENHANCED, enhanced && [enhanced.genuine, enhanced.limited, enhanced.moderate]),
  ]);
  const llr = meanOfRatios(ratios.map((r) => r.llr));
  const flipped = usable.find((score) => isUnstable(score, outcome));
  if (flipped) {
    const [least, most] = stabilityRange(flipped, outcome)!;
    return {
      ...outcome,
      status: 'abstained',
      reason: reason('score-unstable', { least, most }),
      facts: [...outcome.facts, ...facts],
    };
  }
  return { ...outcome, llr, band: bandOf(llr), facts: [...outcome.facts, ...facts] };
}

/** The natural-log likelihood ratio of a raw score, with the gain of length and within the bounds that the counts bear out. */
export function ratioOf(score: CalibratedScore, raw: number, outcome: Pick<Outcome, 'facts'>): number {
  return Math.min(score.llrMax, Math.max(score.llrMin, straightRatio(score, raw, outcome)));
}

function straightRatio(score: CalibratedScore, raw: number, outcome: Pick<Outcome, 'facts'>): number {
  return gainOf(score, outcome) * (score.slope * raw + score.offset);
}

/** Variance of a mean of n equally correlated observations is (rho + (1 - rho) / n) of one's; a calibration's line steepens as it falls. */
function gainOf({ length }: CalibratedScore, outcome: Pick<Outcome, 'facts'>): number {
  if (length === null) return 1;
  const counted = numberOf(outcome, length.fact) ?? 1;
  const n = Math.min(Math.max(counted, 1), length.most);
  const share = (k: number) => length.correlation + (1 - length.correlation) / k;
  return share(length.measuredAt) / share(n);
}

/** Why the item is not covered; null where it is. */
function whyOutside(outcome: Outcome, domain: CalibrationDomain, { info, language }: Circumstances): Reason | null {
  if (domain.facePx !== null) {
    const curve = info.video?.[0]?.highRange;
    if (curve) return reason('high-range-not-measured', { curve });
    const px = numberOf(outcome, 'face.sizePx');
    const [least, most] = domain.facePx;
    if (px === null || px < least) return reason('face-too-small', { px: px === null ? null : Math.round(px), least });
    if (px > most) return reason('face-larger-than-measured', { px: Math.round(px), most });
  }
  if (domain.minSampleRate !== null || domain.codecs !== null) {
    const [stream] = info.audio;
    if (stream && domain.minSampleRate !== null && stream.sampleRate < domain.minSampleRate) {
      return reason('telephone-band', { hz: stream.sampleRate, least: domain.minSampleRate });
    }
    if (stream && domain.codecs !== null && !domain.codecs.includes(stream.codec)) {
      return reason('codec-not-measured', { codec: stream.codec });
    }
  }
  if (domain.languages !== null) {
    if (language === null) return reason('language-unknown', { measured: domain.languages.join(', ') });
    if (!domain.languages.includes(language)) return whyNotSpoken(language, domain);
  }
  const suppression = numberOf(outcome, 'voice.suppression');
  if (domain.mostSuppression !== undefined && suppression !== null && suppression > domain.mostSuppression) {
    return reason('noise-suppressed', { score: suppression, most: domain.mostSuppression });
  }
  return null;
}

/** A language that was measured and did not bear a calibration out is told from one that nobody measured. */
function whyNotSpoken(language: string, { languages, otherLanguages }: CalibrationDomain): Reason {
  const measured = languages!.join(', ');
  const other = otherLanguages?.find((one) => one.language === language);
  if (other === undefined) return reason('language-not-measured', { language, measured });
  const { genuine, synthetic, auc } = other;
  const [value, low, high] = auc.map((v) => v.toFixed(2)) as [string, string, string];
  return reason('language-not-borne-out', { language, genuine, synthetic, auc: value, low, high, measured });
}

/**
 * Whether re-encoding changes the answer: the words by more than one step of the scale, or the side of a figure that has words. Judged before
 * the bounds, which would hide a flip.
 */
function isUnstable(score: CalibratedScore, outcome: Outcome): boolean {
  const range = stabilityRange(score, outcome);
  if (range === null) return false;
  const [least, most] = range;
  const own = straightRatio(score, rawOf(outcome, score.fact)!, outcome);
  const sideLost = signedStep(own) !== 0 && (own > 0 ? least < 0 : most > 0);
  return sideLost || signedStep(most) - signedStep(least) > 1;
}

/** The least and the greatest ratio, unbounded, over the item as it is and its re-encodings; null where none were made. */
function stabilityRange(score: CalibratedScore, outcome: Outcome): [number, number] | null {
  if (score.stabilityFact === null) return null;
  const value = outcome.facts.find((f) => f.id === score.stabilityFact)?.value;
  if (!Array.isArray(value)) return null;
  const raws = [rawOf(outcome, score.fact)!, ...value.filter((v) => typeof v === 'number')];
  const ratios = raws.map((raw) => straightRatio(score, raw, outcome));
  return [Math.min(...ratios), Math.max(...ratios)];
}

function silent(outcome: Outcome, why: Reason): Outcome {
  return { ...outcome, llr: null, band: null, reason: why };
}

function rawOf(outcome: Outcome, factId: string | null): number | null {
  return factId === null ? outcome.rawScore : numberOf(outcome, factId);
}

function numberOf({ facts }: { readonly facts: readonly Fact[] }, id: string): number | null {
  const value = facts.find((f) => f.id === id)?.value;
  return typeof value === 'number' ? value : null;
}

function camel(id: string): string {
  return id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
