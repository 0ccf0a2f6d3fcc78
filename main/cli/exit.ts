import { type ErrorCode, OF_THE_CONTENT } from '../contract/errors.ts';

/** Exit codes, documented in README and in `--help`. */
export const EXIT = {
  examined: 0,
  /** A package is not as it was packed. */
  deviates: 1,
  badUsage: 2,
  someFailed: 3,
  fault: 4,
  stopped: 130,
} as const;

/** Faults of a file that was named, which `scan` tells of as an item and the commands for one file as their own end. */
const OF_A_FILE: ReadonlySet<ErrorCode> = new Set([
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_EMPTY',
  'FILE_CHANGED_WHILE_READING',
  'NOT_A_REGULAR_FILE',
  'FOLDER_LOOP',
  ...OF_THE_CONTENT,
]);

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'BAD_USAGE') return EXIT.badUsage;
  if (OF_A_FILE.has(code)) return EXIT.someFailed;
  return code === 'CANCELLED' ? EXIT.stopped : EXIT.fault;
}
