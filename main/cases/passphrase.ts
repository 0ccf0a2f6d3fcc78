/** How a key is kept under a passphrase: Argon2id (RFC 9106), bounded so that a prepared file cannot exhaust memory or time. */
import { randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { AppError } from '../contract/errors.ts';
import { KEY_BYTES, seal, unseal } from './sealing.ts';

/** Argon2id as RFC 9106 section 4 recommends where memory is limited: 64 MiB, 3 passes, 4 lanes, 128-bit salt. */
const ARGON2 = { memoryKiB: 65536, passes: 3, lanes: 4 } as const;
const SALT_BYTES = 16;

/** The most that kept parameters may ask for. */
const ARGON2_MOST = { memoryKiB: 1 << 20, passes: 16, lanes: 16 } as const;

export interface PassphraseParams {
  readonly kdf: 'argon2id';
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  /** Base64. */
  readonly salt: string;
}

export function newPassphraseParams(): PassphraseParams {
  return { kdf: 'argon2id', ...ARGON2, salt: randomBytes(SALT_BYTES).toString('base64') };
}

/** The key that a passphrase gives. Throws AppError `VAULT_WRONG_PASSPHRASE` for parameters out of bounds and an empty one. */
export async function passphraseKey(passphrase: string, params: PassphraseParams): Promise<Uint8Array> {
  const within =
    params.kdf === 'argon2id' &&
    params.memoryKiB <= ARGON2_MOST.memoryKiB &&
    params.passes <= ARGON2_MOST.passes &&
    params.lanes <= ARGON2_MOST.lanes;
  if (!within || passphrase.length === 0) throw new AppError('VAULT_WRONG_PASSPHRASE');
  return argon2id({
    password: passphrase.normalize('NFKC'),
    salt: Buffer.from(params.salt, 'base64'),
    memorySize: params.memoryKiB,
    iterations: params.passes,
    parallelism: params.lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
}

/** Bytes under a passphrase, in a form that JSON can hold. */
export interface UnderPassphrase {
  readonly params: PassphraseParams;
  /** Base64. */
  readonly sealed: string;
}

/** `place` names what the bytes are; it must be given again to open them. */
export async function sealUnderPassphrase(
  passphrase: string,
  place: string,
  plain: Uint8Array,
): Promise<UnderPassphrase> {
  const params = newPassphraseParams();
  const key = await passphraseKey(passphrase, params);
  return { params, sealed: seal(key, place, plain).toString('base64') };
}

/** Throws AppError `VAULT_WRONG_PASSPHRASE`. */
export async function openUnderPassphrase(
  passphrase: string,
  place: string,
  kept: UnderPassphrase,
): Promise<Uint8Array> {
  const key = await passphraseKey(passphrase, kept.params);
  try {
    return unseal(key, place, Buffer.from(kept.sealed, 'base64'));
  } catch (cause) {
    throw new AppError('VAULT_WRONG_PASSPHRASE', {}, { cause });
  }
}
