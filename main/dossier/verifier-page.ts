/** The page that checks packages in a browser, as it was built with this version. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { APP_ROOT } from '../jobs/installation.ts';

/** Throws AppError `VERIFIER_MISSING` in a checkout where it was not built. */
export function verifierPage(): Uint8Array {
  try {
    return readFileSync(path.join(APP_ROOT, 'dist/verify/verify.html'));
  } catch (cause) {
    throw new AppError('VERIFIER_MISSING', {}, { cause });
  }
}
