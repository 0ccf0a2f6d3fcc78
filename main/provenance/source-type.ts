/** The IPTC vocabulary of digital source types (cv.iptc.org/newscodes/digitalsourcetype) and what each term supports. */
import type { Says } from './says.ts';

const PREFIXES = [
  'http://cv.iptc.org/newscodes/digitalsourcetype/',
  'https://cv.iptc.org/newscodes/digitalsourcetype/',
  'http://c2pa.org/digitalsourcetype/',
];

const TERMS: ReadonlyMap<string, Says> = new Map<string, Says>([
  ['trainedAlgorithmicMedia', 'generated'],
  ['trainedAlgorithmicData', 'generated'],
  // A real picture edited with AI: never called generated (SIGNALS.md section 1).
  ['compositeWithTrainedAlgorithmicMedia', 'edited-with-ai'],
  ['compositeSynthetic', 'edited'],
  ['composite', 'edited'],
  ['compositeCapture', 'edited'],
  ['algorithmicallyEnhanced', 'edited'],
  ['humanEdits', 'edited'],
  ['minorHumanEdits', 'edited'],
  ['digitalCapture', 'captured'],
  ['computationalCapture', 'captured'],
  ['negativeFilm', 'captured'],
  ['positiveFilm', 'captured'],
  ['print', 'captured'],
  ['screenCapture', 'copied'],
]);

/** The term of a value, whether written as an address or bare. */
export function sourceTypeTerm(value: string): string {
  const term = value.trim();
  const prefix = PREFIXES.find((p) => term.startsWith(p));
  return prefix ? term.slice(prefix.length) : term;
}

/** What the term supports; null for terms that speak of neither (`algorithmicMedia`, `digitalArt`, …) and for unknown ones. */
export function sourceTypeSays(value: string): Says | null {
  return TERMS.get(sourceTypeTerm(value)) ?? null;
}
