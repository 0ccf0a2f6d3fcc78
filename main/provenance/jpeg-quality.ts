/** Quantisation tables against those of the Independent JPEG Group (ITU-T T.81 annex K, scaled by libjpeg's `jpeg_quality_scaling`). */
import { createHash } from 'node:crypto';
import type { QuantisationTable } from './containers/jpeg.ts';

const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];

/** Quality 1-100 whose baseline table equals the luma table (id 0) exactly, or null. */
export function ijgQuality(tables: readonly QuantisationTable[]): number | null {
  const luma = tables.find((t) => t.id === 0);
  if (!luma) return null;
  for (let quality = 1; quality <= 100; quality++) {
    const scale = quality < 50 ? Math.trunc(5000 / quality) : 200 - 2 * quality;
    if (LUMA.every((v, i) => Math.max(1, Math.min(255, Math.trunc((v * scale + 50) / 100))) === luma.steps[i]))
      return quality;
  }
  return null;
}

/**
 * Name of a set of tables: first 8 hexadecimal digits of the SHA-256 of the list of tables by id, each in natural order, written as
 * `[[16, 11, …], […]]` (the form in which the reference manifest was made).
 */
export function quantisationName(tables: readonly QuantisationTable[]): string | null {
  if (tables.length === 0) return null;
  const byId = new Map(tables.map((t) => [t.id, t.steps]));
  const ordered = [...byId].toSorted((a, b) => a[0] - b[0]).map(([, steps]) => `[${steps.join(', ')}]`);
  return createHash('sha256')
    .update(`[${ordered.join(', ')}]`)
    .digest('hex')
    .slice(0, 8);
}
