/** How a person writes which seconds and which places of an item are to be covered. */
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

/** `3.5-8`, in seconds; null for anything else. */
export function spanOf(text: string): Span | null {
  const [, from, to] = /^(\d+(?:\.\d+)?)\s*[-–]\s*(\d+(?:\.\d+)?)$/.exec(text.trim()) ?? [];
  return spanSchema.safeParse({ fromS: Number(from), toS: Number(to) }).data ?? null;
}

/** `10,20,300,200` in pixels (left, top, width, height), `@3.5-8` where it is not all of the clip; null for anything else. */
export function placeOf(text: string): Place | null {
  const [numbers = '', seconds, ...more] = text.trim().split('@');
  const span = seconds === undefined ? null : spanOf(seconds);
  if (more.length > 0 || (seconds !== undefined && span === null)) return null;
  if (!/^\d{1,6}(\s*,\s*\d{1,6}){3}$/.test(numbers.trim())) return null;
  const [x, y, w, h] = numbers.split(',').map(Number);
  return placeSchema.safeParse({ box: { x, y, w, h }, span }).data ?? null;
}

/** Several of them, each on a line or behind a semicolon; null where one cannot be read. */
export function severalOf<Value>(text: string, one: (text: string) => Value | null): Value[] | null {
  const parts = text.split(/[;；\n]/).filter((part) => part.trim() !== '');
  const values = parts.flatMap((part) => one(part) ?? []);
  return values.length === parts.length ? values : null;
}
