// Sends a time-stamp request to the one server that the user names for it, and reads its reply. What is sent is a digest.
import { AppError } from '../contract/errors.ts';

/** Bytes of the largest reply that is read; with certificates they take about 6 KB. */
const MAX_REPLY = 256 << 10;
/** Milliseconds for the whole exchange. */
const LIMIT_MS = 30_000;

export interface TimestampOptions {
  readonly signal?: AbortSignal;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
}

/**
 * POSTs the request as RFC 3161, 3.4 says. `server` is http or https: the reply is signed, and nothing but a digest is sent.
 * @throws AppError NETWORK_REFUSED for another scheme, NETWORK_FAILED (host), CANCELLED
 */
export async function askTimestamp(
  server: string,
  request: Uint8Array,
  options: TimestampOptions = {},
): Promise<Uint8Array> {
  const url = URL.canParse(server) ? new URL(server) : null;
  const host = url?.host ?? server;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new AppError('NETWORK_REFUSED', { host });
  const { fetch: send = fetch, signal } = options;
  try {
    const response = await send(url, {
      method: 'POST',
      body: Uint8Array.from(request),
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      redirect: 'error',
      credentials: 'omit',
      signal: AbortSignal.any([AbortSignal.timeout(LIMIT_MS), ...(signal ? [signal] : [])]),
    });
    if (!response.ok || !response.body) throw new RangeError(`status ${response.status}`);
    const portions: Uint8Array[] = [];
    let bytes = 0;
    for await (const portion of response.body) {
      bytes += portion.length;
      if (bytes > MAX_REPLY) throw new RangeError('the reply is too large');
      portions.push(portion);
    }
    return Uint8Array.from(Buffer.concat(portions));
  } catch (cause) {
    throw new AppError(signal?.aborted ? 'CANCELLED' : 'NETWORK_FAILED', signal?.aborted ? {} : { host }, { cause });
  }
}
