/** The outcome of a check as sentences of the catalogue, in the order in which they are read. */
import type { Params } from '../contract/errors.ts';
import type { Verification } from './index.ts';

export interface Said {
  readonly id: string;
  /** Texts in them are data from outside. */
  readonly params: Params;
}

export function linesOf(found: Verification): Said[] {
  const { deviations, more, intact, listed, caseId, log, signature, timestamp } = found;
  const count = deviations.length + more;
  const deviating = deviations.map(({ code, params }) => said(`deviation.${code}`, params));
  // Nothing was found in it, not even what every package has: whether it was signed is not known.
  if (listed === 0) return [said('verify.unread'), ...deviating];
  return [
    count === 0 ? said('verify.intact', { intact }) : said('verify.deviates', { count, intact, listed }),
    ...deviating,
    ...(more > 0 ? [said('verify.more', { more })] : []),
    ...(caseId === null ? [] : [said('verify.case', { caseId })]),
    ...(log === null ? [] : [said('verify.log', { ...log })]),
    ...signatureLines(signature),
    timestamp
      ? said(`verify.timestamp.${timestamp.state}`, {
          authority: timestamp.authority,
          time: timeOf(timestamp.atMs),
          fingerprint: timestamp.fingerprint,
        })
      : said('verify.timestamp.none'),
    said('verify.means'),
  ];
}

function signatureLines(signature: Verification['signature']): Said[] {
  if (!signature) return [said('verify.signature.none')];
  const { state, name, fingerprint, selfSigned, statedAtMs } = signature;
  if (state === 'unreadable') return [said('verify.signature.unreadable')];
  return [
    said(`verify.signature.${state}`, { name, fingerprint }),
    said(selfSigned ? 'verify.signature.self' : 'verify.signature.issued'),
    ...(statedAtMs === null ? [] : [said('verify.signature.time', { time: timeOf(statedAtMs) })]),
  ];
}

function said(id: string, params: Params = {}): Said {
  return { id, params };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
