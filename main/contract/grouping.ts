/** Faces and voices of a case grouped by likeness: what is kept of it as a record. No group says who somebody is. */
import { z } from 'zod';
import { reasonSchema } from './fact.ts';
import { sha256Schema } from './item.ts';

export const groupedKindSchema = z.enum(['face', 'voice']);
export type GroupedKind = z.infer<typeof groupedKindSchema>;

/** Mean cosines: from `together` two groups are put together, below `apart` they are kept apart, between it is left open. */
export const groupingLimitsSchema = z.strictObject({ together: z.number(), apart: z.number() });

/** One kind of appearance over the questioned items of a case. */
export const groupedSchema = z.object({
  kind: groupedKindSchema,
  method: z.literal('average-linkage'),
  /** Registry id -> SHA-256 of the networks that made the vectors. */
  models: z.record(z.string(), sha256Schema),
  limits: groupingLimitsSchema,
  /** Least quality of an appearance that was compared, by measure. */
  gates: z.record(z.string(), z.number()),
  /** Appearances that were compared. */
  compared: z.number().int(),
  /** Distinct persons: everything that was left open counted as joined, and as apart. Both 0 where nothing was compared. */
  low: z.number().int(),
  high: z.number().int(),
  /** Compared appearances whose group was left open towards another. */
  uncertain: z.number().int(),
  /** Appearances that were not compared, by reason. */
  notCompared: z.array(z.object({ code: z.string(), appearances: z.number().int() })),
});
export type Grouped = z.infer<typeof groupedSchema>;

/** Kinds for whose networks no limits were measured are left out: their vectors are not grouped. */
export const groupingSchema = z.object({
  kinds: z.array(groupedSchema),
  /** Questioned items: all, those kept without vectors, those not examined. */
  items: z.number().int(),
  notRetained: z.number().int(),
  notExamined: z.number().int(),
});
export type Grouping = z.infer<typeof groupingSchema>;

/** One appearance. Groups are numbered from 1 by kind, in the order of first appearance; `wide` joins what was left open. */
export const groupMemberSchema = z.object({
  kind: groupedKindSchema,
  subject: z.string(),
  /** Null where it was not compared. */
  group: z.number().int().nullable(),
  wide: z.number().int().nullable(),
  reason: reasonSchema.nullable(),
});
export type GroupMember = z.infer<typeof groupMemberSchema>;
