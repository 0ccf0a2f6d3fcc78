import type { z } from 'zod';

/** Where and what the first fault of a file is that somebody wrote: words for both stand in `main/strings/errors.ts`. */
export interface FirstFault {
  readonly place: string;
  readonly fault: string;
}

/** Of zod's own issues the code is taken, since its messages are English; an issue of ours brings place and fault as `params`. */
export function firstFault({ issues }: z.ZodError): FirstFault {
  const issue = issues[0]!;
  const own = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const names = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const place = own.place ?? [...issue.path, ...names].join('.');
  return { place: place === '' ? WHOLE_FILE : place.slice(0, 200), fault: own.fault ?? issue.code };
}

const WHOLE_FILE = 'whole-file';

export const NOT_JSON: FirstFault = { place: WHOLE_FILE, fault: 'not-json' };
