import { z } from 'zod';
import { reasonSchema } from './fact.ts';
import { bandSchema, outcomeStatusSchema } from './outcome.ts';

/** The three questions, never merged. */
export const questionSchema = z.enum(['origin', 'synthesis', 'likeness']);
export type Question = z.infer<typeof questionSchema>;

export const notExaminedSchema = z.object({
  analyzer: z.string(),
  status: outcomeStatusSchema,
  reason: reasonSchema.nullable(),
});

/** Made by `fusion` alone. `llr` is a natural logarithm and null until a calibration covers the item; then `band` is null too. */
export const findingSchema = z.object({
  question: questionSchema,
  subject: z.string(),
  reference: z.string().nullable(),
  propositions: z.tuple([z.object({ code: z.string() }), z.object({ code: z.string() })]),
  band: bandSchema.nullable(),
  llr: z.number().nullable(),
  for: z.array(reasonSchema),
  against: z.array(reasonSchema),
  notExamined: z.array(notExaminedSchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** `nobody`: there was nobody to compare with when the item was examined, whoever was enrolled since. */
export type OpenEnd = 'abstained' | 'failed' | 'notRun' | 'nobody' | 'notApplicable';

/**
 * How the question of synthesis or likeness ended where nothing was measured; null where something was. What was looked at without an opinion
 * stands before what did not finish, and that before what was never begun.
 */
export function openEndOf({ question, llr, for: reasons, against, notExamined }: Finding): OpenEnd | null {
  if (question === 'origin' || llr !== null || reasons.length + against.length > 0) return null;
  const [first] = (['abstained', 'failed', 'notRun'] as const).filter((one) =>
    notExamined.some(({ status }) => status === one),
  );
  if (first) return first;
  const nobody = question === 'likeness' && notExamined.some(({ reason }) => reason?.code === 'no-reference');
  return nobody ? 'nobody' : 'notApplicable';
}
