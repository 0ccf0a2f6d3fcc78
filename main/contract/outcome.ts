import { z } from 'zod';
import { factSchema, reasonSchema } from './fact.ts';

/**
 * What became of one analyzer on one subject. `failed` and `notRun` are written by the runner only:
 * an analyzer that throws, hangs or dies is never silent.
 */
export const outcomeStatusSchema = z.enum(['evidence', 'notApplicable', 'abstained', 'failed', 'notRun']);
export type OutcomeStatus = z.infer<typeof outcomeStatusSchema>;

/** The disclosed verbal scale of UI.md, by absolute natural-log likelihood ratio: <0.7, <2.3, <4.6, <6.9, above. */
export const bandSchema = z.enum(['neither', 'limited', 'moderate', 'moderately-strong', 'strong']);
export type Band = z.infer<typeof bandSchema>;

/**
 * `subject` is `file`, `picture`, `face-track:N`, `speaker:N`. `examined` lists what was looked at (places, streams, counts),
 * as codes: absence of a fact means something only where the place stands there.
 */
export const outcomeSchema = z.object({
  analyzer: z.string(),
  version: z.string(),
  subject: z.string(),
  reference: z.string().nullable(),
  status: outcomeStatusSchema,
  reason: reasonSchema.nullable(),
  /** As the model gives it: no unit, no meaning outside its own model. Never shown as a probability. */
  rawScore: z.number().nullable(),
  /** Natural logarithm of a likelihood ratio; positive supports the first proposition of the pair. */
  llr: z.number().nullable(),
  band: bandSchema.nullable(),
  examined: z.array(z.string()),
  facts: z.array(factSchema),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** The part of an outcome that an analyzer itself writes. */
export type AnalyzerOutcome = Omit<Outcome, 'analyzer' | 'version' | 'status'> & {
  readonly status: 'evidence' | 'notApplicable' | 'abstained';
};

type OutcomeDetails = Partial<Pick<AnalyzerOutcome, 'rawScore' | 'examined' | 'facts' | 'reference'>>;

export function evidence(subject: string, details: OutcomeDetails): AnalyzerOutcome {
  return { ...EMPTY, ...details, subject, status: 'evidence' };
}

/** It looked; quality or domain forbids an opinion. Facts already measured stay. */
export function abstained(
  subject: string,
  why: z.infer<typeof reasonSchema>,
  details: OutcomeDetails = {},
): AnalyzerOutcome {
  return { ...EMPTY, ...details, subject, status: 'abstained', reason: why };
}

export function notApplicable(subject: string, why: z.infer<typeof reasonSchema>): AnalyzerOutcome {
  return { ...EMPTY, subject, status: 'notApplicable', reason: why };
}

const EMPTY: Omit<AnalyzerOutcome, 'subject' | 'status'> = {
  reference: null,
  reason: null,
  rawScore: null,
  llr: null,
  band: null,
  examined: [],
  facts: [],
};
