/** Whether what is kept of an item still has the digest it was received with. Nothing plain is written to the disk. */
import { createHash } from 'node:crypto';
import { AppError, toErrorRecord } from '../contract/errors.ts';
import { getItem } from './items.ts';
import type { OpenCase } from './open-case.ts';
import { CHUNK_BYTES } from './sealed-stream.ts';
import { openVaultFile, withWorkingCopy } from './working-copy.ts';

/**
 * `copy`, `original`: it was read and holds. `changed`: the original has other bytes now (recorded in the log). `gone`: there is
 * neither copy nor original. `not-kept`: nothing was to be kept. `unreadable`: with the code of the fault.
 */
export interface ItemIntegrity {
  readonly state: 'copy' | 'original' | 'changed' | 'gone' | 'not-kept' | 'unreadable';
  readonly code: string | null;
}

/** Reads the kept copy, or the original where no copy is kept. Throws AppError `ITEM_NOT_FOUND`, `CANCELLED`. */
export async function checkItem(c: OpenCase, sha256: string, signal?: AbortSignal): Promise<ItemIntegrity> {
  const { hasCopy, retention } = getItem(c, sha256);
  try {
    if (hasCopy) {
      const holds = (await digestOfCopy(c, sha256, signal)) === sha256;
      return holds ? { state: 'copy', code: null } : { state: 'unreadable', code: 'VAULT_CORRUPT' };
    }
    if (retention === 'none') return { state: 'not-kept', code: null };
    await withWorkingCopy(c, sha256, async () => {}, signal ? { signal } : {});
    return { state: 'original', code: null };
  } catch (thrown) {
    const { code } = toErrorRecord(thrown);
    if (code === 'CANCELLED') throw thrown;
    if (code === 'FILE_CHANGED_WHILE_READING') return { state: 'changed', code };
    return { state: code === 'FILE_NOT_FOUND' ? 'gone' : 'unreadable', code };
  }
}

async function digestOfCopy(c: OpenCase, sha256: string, signal: AbortSignal | undefined): Promise<string> {
  const copy = c.db.get<{ id: string }>("SELECT id FROM vaultFiles WHERE item = ? AND kind = 'copy'", sha256);
  const sealed = await openVaultFile(c, sha256, copy?.id ?? '');
  try {
    const hash = createHash('sha256');
    for (let at = 0; at < sealed.size; at += CHUNK_BYTES) {
      if (signal?.aborted) throw new AppError('CANCELLED');
      hash.update(await sealed.read(at, Math.min(CHUNK_BYTES, sealed.size - at)));
    }
    return hash.digest('hex');
  } finally {
    await sealed.close();
  }
}
