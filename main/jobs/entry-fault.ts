import type { Entry, StoredExamination } from '../cases/index.ts';
import { ERROR_CODES, type ErrorRecord } from '../contract/errors.ts';

/** Why an entry was not examined: its own fault, or the one that kept picture or sound of its item from being looked at. */
export function entryFault(entry: Entry, examination: StoredExamination | null): ErrorRecord | null {
  return entry.error ?? (examination ? decodingFault(examination) : null);
}

/** What an outcome gives as its reason. */
export function decodingFault({ outcomes }: Pick<StoredExamination, 'outcomes'>): ErrorRecord | null {
  const { need, code: named, ...params } = outcomes.find((o) => o.reason?.code === 'need-failed')?.reason?.params ?? {};
  const code = ERROR_CODES.find((known) => known === named);
  return code ? { code, params } : null;
}

/** Whether the file ends before what it announces. */
export function isCutShort({ outcomes }: Pick<StoredExamination, 'outcomes'>): boolean {
  return outcomes.some(({ facts }) => facts.some(({ id }) => id === 'integrity.truncated'));
}
