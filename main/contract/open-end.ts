/** Without a schema: the window asks it too, and zod would come with one. */
import type { Finding } from './finding.ts';

/** Stands for the name of a person who was removed from the case after the comparison. */
export const REMOVED_PERSON = 'removed-person';

/** Reason against a likeness finding: samples of the person were added or taken out after the comparison. */
export const SAMPLES_CHANGED = 'likeness.samples-changed';

/** `nobody`: there was nobody to compare with when the item was examined, whoever was enrolled since. */
export type OpenEnd = 'abstained' | 'failed' | 'notRun' | 'nobody' | 'notApplicable';

/**
 * How a question ended where nothing was measured or read; null where something was. What was looked at without an opinion stands before what
 * did not finish, and that before what was never begun. Null of the origin, too, where each place that was looked at could be read.
 */
export function openEndOf({ question, llr, for: reasons, against, notExamined }: Finding): OpenEnd | null {
  if (llr !== null || reasons.length + against.length > 0) return null;
  const [first] = (['abstained', 'failed', 'notRun'] as const).filter((one) =>
    notExamined.some(({ status }) => status === one),
  );
  if (question === 'origin') return first === 'notRun' ? null : (first ?? null);
  if (first) return first;
  const nobody = question === 'likeness' && notExamined.some(({ reason }) => reason?.code === 'no-reference');
  return nobody ? 'nobody' : 'notApplicable';
}
