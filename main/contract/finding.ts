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
