/** A provision as a table: each element with what was measured (M), what was stated (R) and what stays unknown (N). No conclusion. */

import type { Reason } from '../contract/fact.ts';
import type { MeasuredCode, UnknownCode } from './codes.ts';
import type { Bilingual, Provision } from './pack.ts';
import { type Stated, saysSomething } from './questions.ts';

/**
 * One record of an examination that bears on law. It may speak for or against an element: the table points to it and quotes its
 * result, and never says which way it counts.
 */
export interface Measured {
  readonly code: MeasuredCode;
  /** Digest of the item; null where the record concerns the case as a whole. */
  readonly item: string | null;
  /** The record in the case store: analyzer and subject, job or custody entry. */
  readonly record: string;
  readonly result: Reason | null;
}

/** `M` where a measured record bears on it, else `R` where a statement does, else `N`. Both kinds are always listed. */
export type ElementStatus = 'M' | 'R' | 'N';

export interface ElementRow {
  readonly element: string;
  readonly text: Bilingual;
  readonly status: ElementStatus;
  readonly measured: readonly Measured[];
  /** Clues: they point somewhere and leave the status as it is. */
  readonly leads: readonly Measured[];
  readonly stated: readonly Stated[];
  /** What stays open although there are records. */
  readonly remains: readonly UnknownCode[];
}

/** The rows of a provision in its own order. The column for the conclusion belongs to the reader: there is none in the type. */
export function elementTable(
  provision: Pick<Provision, 'elements'>,
  records: { readonly measured: readonly Measured[]; readonly stated: readonly Stated[] },
): readonly ElementRow[] {
  return provision.elements.map((element) => {
    const measured = records.measured.filter(({ code }) => element.measured.includes(code));
    const stated = records.stated.filter((one) => element.stated.includes(one.question) && saysSomething(one));
    return {
      element: element.id,
      text: element.text,
      status: measured.length > 0 ? 'M' : stated.length > 0 ? 'R' : 'N',
      measured,
      leads: records.measured.filter(({ code }) => element.leads.includes(code)),
      stated,
      remains: element.remains,
    };
  });
}
