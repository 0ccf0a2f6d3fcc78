/**
 * Every fault a person can meet, as a closed list. The sentence for each code, and the next step it advises, stand in
 * `main/strings/errors.ts` in both languages; a test asserts that none is missing.
 */
export const ERROR_CODES = [
  // reading
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_EMPTY',
  'FILE_CHANGED_WHILE_READING',
  'NOT_A_REGULAR_FILE',
  'FOLDER_LOOP',
  // decoding
  'FORMAT_UNKNOWN',
  'FORMAT_UNSUPPORTED',
  'MEDIA_TRUNCATED',
  'MEDIA_CORRUPT',
  'MEDIA_TOO_LARGE',
  'MEDIA_NO_STREAMS',
  'REDACTION_NOT_EXAMINED',
  'REDACTION_UNFIT',
  'REDACTION_NAME_UNFIT',
  'MEDIA_REFUSED_REFERENCE',
  'DECODE_TIMEOUT',
  'DECODER_CRASHED',
  'FFMPEG_MISSING',
  'FFMPEG_FAILED',
  // models
  'MODEL_MISSING',
  'MODEL_DIGEST_MISMATCH',
  'MODEL_INVALID',
  'PACK_UNKNOWN',
  'PACK_DIGEST_MISMATCH',
  'PACK_IMPORT_ONLY',
  'CALIBRATION_TOO_SMALL',
  'CALIBRATION_SAME_FILES',
  'DETECTOR_CONTRACT_INVALID',
  'TRUST_LIST_INVALID',
  'NETWORK_REFUSED',
  'NETWORK_FAILED',
  // law
  'LAW_PACK_INVALID',
  // engine
  'ENGINE_CRASHED',
  'ANALYZER_CRASHED',
  'ANALYZER_TIMEOUT',
  'CANCELLED',
  'SCAN_LEFT_ELSEWHERE',
  // case store
  'CASE_LOCKED',
  'CASE_NOT_FOUND',
  'CASE_EXISTS',
  'CASE_NAME_INVALID',
  'CASE_FROM_NEWER_VERSION',
  'CASE_CORRUPT',
  'CASE_READ_ONLY',
  'CASE_NETWORK_FILE_SYSTEM',
  'PLACE_UNSUITABLE',
  'PLACE_MISSING',
  'PLACE_MOVED',
  'VAULT_KEY_MISSING',
  'VAULT_WRONG_PASSPHRASE',
  'VAULT_CORRUPT',
  'VAULT_LAST_SLOT',
  'VAULT_EXPORT_NEEDS_PASSPHRASE',
  'SIGNER_MISSING',
  'SIGNER_EXISTS',
  'SIGNER_NAME_INVALID',
  'SIGNER_FILE_INVALID',
  'SIGNER_UNSUPPORTED',
  'PACKAGE_INVALID',
  'TIMESTAMP_INVALID',
  'TIMESTAMP_EXISTS',
  'VERIFIER_MISSING',
  'CUSTODY_BROKEN',
  'NO_SPACE',
  'PERMISSION_DENIED',
  'SYSTEM_EXHAUSTED',
  'ARCHIVE_INVALID',
  'ARCHIVE_EXISTS',
  'ITEM_NOT_FOUND',
  'STATEMENT_NOT_FOUND',
  'STATEMENT_INVALID',
  // references
  'REFERENCE_NOT_FOUND',
  'REFERENCE_EXISTS',
  'REFERENCE_NO_USABLE_SAMPLE',
  'REFERENCE_EXPIRED',
  'REFERENCE_STATED_OTHERWISE',
  'REFERENCE_SAMPLE_NOT_FOUND',
  'REFERENCE_LAST_SAMPLE',
  // command line
  'BAD_USAGE',
  'NODE_TOO_OLD',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Values that a sentence may quote. Never a media path or a person's name where the error may reach a log. */
export type Params = Readonly<Record<string, string | number | boolean | null>>;

/** An expected fault with a code that `strings` can render; anything else that is thrown is a bug (`INTERNAL`). */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: Params;

  constructor(code: ErrorCode, params: Params = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }
}

/** The serialisable form of an error: what is stored, sent between processes and printed. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly params: Params;
}

/**
 * Reduces anything thrown to a record without free text: messages of foreign errors may hold paths and names.
 * Operating-system codes that have a meaning for the user are translated (`ENOSPC` -> `NO_SPACE`, …).
 */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (thrown instanceof AppError) return { code: thrown.code, params: { ...thrown.params } };
  const { name, code } = (thrown ?? {}) as { name?: unknown; code?: unknown };
  if (name === 'AbortError') return { code: 'CANCELLED', params: {} };
  const known = typeof code === 'string' ? SYSTEM_CODES.get(code) : undefined;
  if (known) return { code: known, params: {} };
  return { code: 'INTERNAL', params: { kind: typeof name === 'string' ? name : typeof thrown } };
}

/** Faults of the content of a file: its bytes can still be read, so what they say of their origin is examined all the same. */
export const OF_THE_CONTENT: ReadonlySet<ErrorCode> = new Set([
  'FORMAT_UNKNOWN',
  'FORMAT_UNSUPPORTED',
  'MEDIA_TRUNCATED',
  'MEDIA_CORRUPT',
  'MEDIA_TOO_LARGE',
  'MEDIA_NO_STREAMS',
  'MEDIA_REFUSED_REFERENCE',
  'DECODE_TIMEOUT',
  'DECODER_CRASHED',
  'FFMPEG_MISSING',
  'FFMPEG_FAILED',
]);

const SYSTEM_CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['ENOENT', 'FILE_NOT_FOUND'],
  ['EACCES', 'PERMISSION_DENIED'],
  ['EPERM', 'PERMISSION_DENIED'],
  ['EROFS', 'CASE_READ_ONLY'],
  ['ENOSPC', 'NO_SPACE'],
  ['EDQUOT', 'NO_SPACE'],
  ['EMFILE', 'SYSTEM_EXHAUSTED'],
  ['ENFILE', 'SYSTEM_EXHAUSTED'],
  ['EAGAIN', 'SYSTEM_EXHAUSTED'],
  ['ENOMEM', 'SYSTEM_EXHAUSTED'],
  ['ELOOP', 'FOLDER_LOOP'],
  ['EISDIR', 'NOT_A_REGULAR_FILE'],
  ['EIO', 'FILE_UNREADABLE'],
]);
