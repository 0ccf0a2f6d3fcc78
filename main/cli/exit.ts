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

/** The command is understood, but needs another name, place or answer than the one given. */
const OF_USAGE: ReadonlySet<ErrorCode> = new Set([
  'BAD_USAGE',
  'ARCHIVE_EXISTS',
  'CASE_EXISTS',
  'CASE_NAME_INVALID',
  'PLACE_UNSUITABLE',
  'REDACTION_NAME_UNFIT',
  'REDACTION_UNFIT',
  'REFERENCE_EXISTS',
  'REFERENCE_LAST_SAMPLE',
  'REFERENCE_SAMPLE_NOT_FOUND',
  'REFERENCE_STATED_OTHERWISE',
  'SIGNER_EXISTS',
  'SIGNER_NAME_INVALID',
  'STATEMENT_INVALID',
  'TIMESTAMP_EXISTS',
  'VAULT_EXPORT_NEEDS_PASSPHRASE',
]);

/**
 * Faults of a file or folder that was named: missing, unreadable, or not what it is to be. `scan` tells of them as an item, the
 * commands for one file as their own end.
 */
const OF_A_FILE: ReadonlySet<ErrorCode> = new Set([
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'PERMISSION_DENIED',
  'ARCHIVE_INVALID',
  'CALIBRATION_SAME_FILES',
  'CALIBRATION_TOO_SMALL',
  'DETECTOR_CONTRACT_INVALID',
  'LAW_PACK_INVALID',
  'PACKAGE_INVALID',
  'PACK_UNKNOWN',
  'REFERENCE_NO_USABLE_SAMPLE',
  'SIGNER_FILE_INVALID',
  'SIGNER_UNSUPPORTED',
  'TIMESTAMP_INVALID',
  'TRUST_LIST_INVALID',
  'FILE_EMPTY',
  'FILE_CHANGED_WHILE_READING',
  'NOT_A_REGULAR_FILE',
  'FOLDER_LOOP',
  ...OF_THE_CONTENT,
]);

export function exitCodeOf(code: ErrorCode): number {
  if (OF_USAGE.has(code)) return EXIT.badUsage;
  if (OF_A_FILE.has(code)) return EXIT.someFailed;
  return code === 'CANCELLED' ? EXIT.stopped : EXIT.fault;
}
