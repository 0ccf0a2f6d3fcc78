import { z } from 'zod';
import { paramsSchema } from './error-record.ts';

/** A code that `strings` renders in any language, with the values its sentence quotes. */
export const reasonSchema = z.object({ code: z.string().min(1), params: paramsSchema });
export type Reason = z.infer<typeof reasonSchema>;

export function reason(code: string, params: Reason['params'] = {}): Reason {
  return { code, params };
}

/** Where in the item a fact was read: bytes of the file, seconds of the presentation, or pixels of the upright picture. */
export const placeSchema = z.union([
  z.object({ offset: z.number().int().nonnegative(), length: z.number().int().nonnegative() }).strict(),
  z
    .object({
      from: z.number(),
      to: z.number(),
      box: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }).optional(),
    })
    .strict(),
  z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }).strict(),
]);
export type Place = z.infer<typeof placeSchema>;

/** Strength of a provenance signal: S0 none or easily copied … S4 signed and verified (../shared/data/provenance/SIGNALS.md). */
export const strengthSchema = z.enum(['S0', 'S1', 'S2', 'S3', 'S4']);
export type Strength = z.infer<typeof strengthSchema>;

export const factValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number()])),
]);
export type FactValue = z.infer<typeof factValueSchema>;

/**
 * Something read or measured: an id, its value, where, in which unit. `says` is the proposition it supports
 * (`synthesis`, `capture`, `edited`, …) or null where it supports none. A fact never concludes.
 */
export const factSchema = z.object({
  id: z.string().regex(/^[a-z0-9]+(\.[A-Za-z0-9]+)+$/),
  value: factValueSchema,
  unit: z.string().optional(),
  strength: strengthSchema.nullable(),
  says: z.string().nullable(),
  at: placeSchema.nullable(),
});
export type Fact = z.infer<typeof factSchema>;

/** Builds a fact; what is left out is null. */
export function fact(id: string, value: FactValue, rest: Partial<Omit<Fact, 'id' | 'value'>> = {}): Fact {
  return { id, value, strength: null, says: null, at: null, ...rest };
}

/** Id of the fact whose value the picture and the film of one live photo share. */
export const LIVE_PHOTO_FACT = 'livephoto.identifier';
