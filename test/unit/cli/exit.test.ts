import { exitCodeOf } from '../../../main/cli/exit.ts';
import { ERROR_CODES } from '../../../main/contract/errors.ts';

test.each([
  [2, ['BAD_USAGE', 'ARCHIVE_EXISTS', 'PLACE_UNSUITABLE', 'STATEMENT_INVALID', 'VAULT_EXPORT_NEEDS_PASSPHRASE']],
  [3, ['FILE_NOT_FOUND', 'PERMISSION_DENIED', 'MEDIA_CORRUPT', 'LAW_PACK_INVALID', 'DETECTOR_CONTRACT_INVALID']],
  [
    3,
    ['CALIBRATION_SAME_FILES', 'CALIBRATION_TOO_SMALL', 'TRUST_LIST_INVALID', 'ARCHIVE_INVALID', 'TIMESTAMP_INVALID'],
  ],
  [4, ['CASE_LOCKED', 'CASE_NOT_FOUND', 'CASE_READ_ONLY', 'NO_SPACE', 'VAULT_WRONG_PASSPHRASE', 'ENGINE_CRASHED']],
  [130, ['CANCELLED']],
] as const)('exit %i tells of %j', (exit, codes) => {
  expect(codes.map((code) => [code, exitCodeOf(code)])).toEqual(codes.map((code) => [code, exit]));
});

test('no code ends as if all had been examined, or as a deviation of a package', () => {
  expect(ERROR_CODES.filter((code) => ![2, 3, 4, 130].includes(exitCodeOf(code)))).toEqual([]);
});
