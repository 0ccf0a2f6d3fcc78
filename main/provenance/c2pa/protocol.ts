/** What the engine and the disposable C2PA child say to each other. Values only. */

/** Trust settings of one list, as c2pa-rs takes them (PEM texts). */
export interface TrustSettings {
  readonly anchors: string;
  readonly allowed: string;
  /** Accepted extended key usages, one OID a line; empty for the library's own. */
  readonly config: string;
}

export interface TrustedRead {
  /** Id of the list; `none` without any. */
  readonly list: string;
  readonly settings: TrustSettings | null;
}

export interface ReadJob {
  readonly kind: 'read';
  readonly mediaType: string;
  /** The file to open, or its bytes. */
  readonly path: string | null;
  readonly bytes: Uint8Array | null;
  /** The manifest store alone: enough to judge the signer under a further list. */
  readonly store: Uint8Array;
  /** Milliseconds since 1970: the time at which certificates are judged. */
  readonly validateAtMs: number;
  /** The first is read with the file's content, the others with the store only, and only while the signer is not trusted. */
  readonly reads: readonly TrustedRead[];
}

export interface ReadResult {
  readonly list: string;
  /** The library's report as JSON text, or null with its error. */
  readonly json: string | null;
  readonly error: string | null;
}

export type ChildMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly results: readonly ReadResult[] };

/** Resident memory of the child beyond which it ends itself. Bytes. */
export const MEMORY_LIMIT = 1.5 * 1024 ** 3;
/** Files up to this size are read into memory; larger ones are streamed from disk. Bytes. */
export const IN_MEMORY = 64 * 1024 ** 2;
