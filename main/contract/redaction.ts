/** Which seconds and which places of an item are to be covered. */
import { z } from 'zod';

/** Seconds of the clip; the end is not part of it. */
export const spanSchema = z
  .strictObject({ fromS: z.number().min(0), toS: z.number().positive() })
  .refine(({ fromS, toS }) => toS > fromS);
export type Span = z.infer<typeof spanSchema>;

/** In pixels of the upright picture; over all of a clip where no seconds are given. */
export const placeSchema = z.strictObject({
  box: z.strictObject({
    x: z.number().int().min(0),
    y: z.number().int().min(0),
    w: z.number().int().positive(),
    h: z.number().int().positive(),
  }),
  span: spanSchema.nullable(),
});
export type Place = z.infer<typeof placeSchema>;
