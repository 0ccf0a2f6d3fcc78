/**
 * How small things are sealed: texts, JSON, vectors and keys, each bound to the place where it belongs.
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; far below 2^32 seals are made under one key.
 */
import { createCipheriv, createDecipheriv, createHash, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../contract/errors.ts';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_VERSION = 1;

/** Seals `plain`. `place` names where the result is stored; it must be given again to open, so sealed bytes cannot be moved. */
export function seal(key: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  // Of bytes Node asks whether they are a key object, which throws and catches an error: three quarters of what a seal costs.
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce);
  cipher.setAAD(Buffer.from(place, 'utf8'));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Buffer.of(SEAL_VERSION), nonce, body, cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws AppError `VAULT_CORRUPT` for a changed byte, another key or another place. */
export function unseal(key: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== SEAL_VERSION) throw new AppError('VAULT_CORRUPT');
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), sealed.subarray(1, 1 + NONCE_BYTES));
  decipher.setAAD(Buffer.from(place, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plain = decipher.update(sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES));
  try {
    decipher.final();
  } catch (cause) {
    throw new AppError('VAULT_CORRUPT', {}, { cause });
  }
  return plain;
}

export function sealJson(key: Uint8Array, place: string, value: unknown): Buffer {
  return seal(key, place, Buffer.from(JSON.stringify(value), 'utf8'));
}

export function unsealJson<Value>(key: Uint8Array, place: string, sealed: Uint8Array): Value {
  return JSON.parse(unseal(key, place, sealed).toString('utf8')) as Value;
}

/** Little-endian float32, the byte order of every machine this runs on. */
export function sealVector(key: Uint8Array, place: string, vector: Float32Array): Buffer {
  return seal(key, place, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
}

export function unsealVector(key: Uint8Array, place: string, sealed: Uint8Array): Float32Array {
  const plain = unseal(key, place, sealed);
  return new Float32Array(Uint8Array.from(plain).buffer);
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** HKDF-SHA256 (RFC 5869) of a strong key. */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `jianzhen ${purpose}`, KEY_BYTES));
}

export function sha256Hex(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
