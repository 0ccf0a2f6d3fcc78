/** How many held-out items came as far as a finding on synthesis. */
import type { Finding } from '../../main/contract/finding.ts';
import type { Answer } from '../../main/contract/ipc.ts';
import type { Words } from '../words/words.ts';

export type Reached = NonNullable<Answer['examination']>['reached'][number];

/** The counts that belong to the finding; null where it supports nothing. */
export function reachedBy({ question, subject }: Finding, all: readonly Reached[]): Reached | null {
  return (question === 'synthesis' && all.find((one) => one.subject === subject)) || null;
}

/** As the first of what limits a finding; nothing where there are no counts. */
export function sayReached(reached: Reached | null, { say }: Pick<Words, 'say'>): string[] {
  if (!reached) return [];
  return [say('ui.reached', { ...reached }), ...(reached.tellsNothingThere ? [say('synthesis.reached-alike')] : [])];
}
