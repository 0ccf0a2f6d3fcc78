import type { z } from 'zod';

/** Where and what the faults of a file are that somebody wrote, as parameters: words for them stand in `main/strings/errors.ts`. */
export interface FileFaults {
  /** Of the first. */
  readonly place: string;
  readonly fault: string;
  /** Those after it, one a line as `place: fault`. */
  readonly furtherFaults: string;
  /** How many there are, those that are not named included. */
  readonly faults: number;
}

/** Named one by one: whoever wrote the file mends these and tries again. */
const NAMED = 8;

export function fileFaults({ issues }: z.ZodError): FileFaults {
  const [first, ...further] = issues.slice(0, NAMED).map(faultOf);
  const furtherFaults = further.map(({ place, fault }) => `${place}: ${fault}`).join('\n');
  return { ...first!, furtherFaults, faults: issues.length };
}

/** Of zod's own issues the code is taken, since its messages are English; an issue of ours brings place and fault as `params`. */
function faultOf(issue: z.core.$ZodIssue): Pick<FileFaults, 'place' | 'fault'> {
  const own = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const names = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const place = (own.place ?? [...issue.path, ...names].join('.')).replace(/\s+/g, ' ');
  return { place: place === '' ? WHOLE_FILE : place.slice(0, 200), fault: own.fault ?? issue.code };
}

const WHOLE_FILE = 'whole-file';

export function oneFault(place: string, fault: string): FileFaults {
  return { place, fault, furtherFaults: '', faults: 1 };
}

export const NOT_JSON = oneFault(WHOLE_FILE, 'not-json');
