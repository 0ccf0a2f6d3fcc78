// Are these the bytes that the registry names? A file is read once, and what was hashed is what is handed on.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';

/** SHA-256 in lower-case hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The bytes of a model's file, if they are the registered ones.
 * @throws AppError MODEL_MISSING, MODEL_DIGEST_MISMATCH (both with `model`), or the system's error when it cannot be read.
 */
export async function readVerified(model: string, file: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') throw new AppError('MODEL_MISSING', { model }, { cause });
    throw cause;
  });
  if (sha256Of(bytes) !== sha256) throw new AppError('MODEL_DIGEST_MISMATCH', { model });
  return bytes;
}
