/** How a person writes what is to be covered. Read without a schema: the window does it, and a library for them would be a twentieth of its code. */
import type { Place, Span } from './redaction.ts';

/** `3.5-8`, in seconds; null for anything else. */
export function spanOf(text: string): Span | null {
  const match = /^(\d{1,9}(?:\.\d{1,9})?)\s*[-–]\s*(\d{1,9}(?:\.\d{1,9})?)$/.exec(text.trim());
  if (!match) return null;
  const [fromS, toS] = [Number(match[1]), Number(match[2])];
  return toS > fromS ? { fromS, toS } : null;
}

/** `10,20,300,200` in pixels (left, top, width, height), `@3.5-8` where it is not all of the clip; null for anything else. */
export function placeOf(text: string): Place | null {
  const [numbers = '', seconds, ...more] = text.trim().split('@');
  const span = seconds === undefined ? null : spanOf(seconds);
  if (more.length > 0 || (seconds !== undefined && span === null)) return null;
  if (!/^\d{1,6}(\s*,\s*\d{1,6}){3}$/.test(numbers.trim())) return null;
  const [x, y, w, h] = numbers.split(',').map(Number) as [number, number, number, number];
  return w > 0 && h > 0 ? { box: { x, y, w, h }, span } : null;
}

/** Several of them, each on a line or behind a semicolon; null where one cannot be read. */
export function severalOf<Value>(text: string, one: (text: string) => Value | null): Value[] | null {
  const parts = text.split(/[;；\n]/).filter((part) => part.trim() !== '');
  const values = parts.flatMap((part) => one(part) ?? []);
  return values.length === parts.length ? values : null;
}
