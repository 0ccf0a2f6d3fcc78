import type { ErrorCode } from '../contract/errors.ts';

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

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'BAD_USAGE') return EXIT.badUsage;
  return code === 'CANCELLED' ? EXIT.stopped : EXIT.fault;
}
