/** Decompression with a ceiling: a bomb costs at most the ceiling and is told apart from broken data. */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

export type Inflated =
  | { readonly data: Uint8Array; readonly problem: null }
  | { readonly data: null; readonly problem: 'bomb' | 'broken' };

/** Texts (prompts, labels, XMP): 2 MiB, SIGNALS.md section 12. */
export const TEXT_CEILING = 2 * 1024 * 1024;

export function inflate(data: Uint8Array, ceiling = TEXT_CEILING, form: 'zlib' | 'gzip' | 'raw' = 'zlib'): Inflated {
  const call = form === 'zlib' ? inflateSync : form === 'gzip' ? gunzipSync : inflateRawSync;
  try {
    return { data: call(data, { maxOutputLength: ceiling }), problem: null };
  } catch (thrown) {
    const bomb = (thrown as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    return { data: null, problem: bomb ? 'bomb' : 'broken' };
  }
}
