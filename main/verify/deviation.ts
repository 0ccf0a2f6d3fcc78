/** What can be wrong with a package, as a closed list; each has a sentence `deviation.<code>` that names file and place. */
import type { Params } from '../contract/errors.ts';

export type DeviationCode =
  // the archive
  | 'not-an-archive'
  | 'name-unsafe'
  | 'name-twice'
  | 'names-disagree'
  | 'name-other'
  | 'no-plain-file'
  | 'encrypted'
  | 'packed-unknown'
  | 'packed-broken'
  | 'hidden-bytes'
  | 'too-large'
  // files
  | 'changed'
  | 'swapped'
  | 'seal-differs'
  | 'missing'
  | 'added'
  | 'unreadable'
  | 'count-differs'
  | 'case-missing'
  // custody log
  | 'log-broken'
  | 'log-order'
  | 'log-cut'
  // signature and time stamp
  | 'signature-missing'
  | 'signature-mismatch'
  | 'signature-unreadable'
  | 'signer-differs'
  | 'timestamp-mismatch'
  | 'timestamp-unreadable';

export interface Deviation {
  readonly code: DeviationCode;
  /** `file` is a name in the package: data from outside. */
  readonly params: Params;
}

export function deviation(code: DeviationCode, params: Params = {}): Deviation {
  return { code, params };
}
