/**
 * Lends the plain bytes of an item as a file for as long as a decoder needs it: decrypted from the vault, cut out of the item
 * that contains it, or the original itself where no copy was kept and its digest still holds.
 */
import { randomUUID } from 'node:crypto';
import { access, type FileHandle, mkdir, open, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { appendCustody } from './custody.ts';
import { storeFault } from './database.ts';
import { osPath } from './file-path.ts';
import { SCRATCH_FOLDER, vaultPath } from './files.ts';
import { itemKey } from './item-keys.ts';
import { getItem, sightings } from './items.ts';
import type { OpenCase } from './open-case.ts';
import { sha256OfFile } from './receive.ts';
import { CHUNK_BYTES, SealedFile } from './sealed-stream.ts';
import { unseal } from './sealing.ts';

interface CopyOptions {
  readonly signal?: AbortSignal;
}

type Use<Result> = (file: string) => Promise<Result>;

/**
 * Calls `use` with a file that holds the item, read-only for it, and removes the copy afterwards.
 * Throws AppError `ITEM_NOT_FOUND`, `VAULT_CORRUPT`, `NO_SPACE`, `CANCELLED`; without a copy in the vault `FILE_NOT_FOUND`,
 * `FILE_CHANGED_WHILE_READING` (with a custody entry) and what reading the original throws.
 */
export async function withWorkingCopy<Result>(
  c: OpenCase,
  sha256: string,
  use: Use<Result>,
  options: CopyOptions = {},
): Promise<Result> {
  if (getItem(c, sha256).hasCopy) return withScratchFile(c, sha256, (file) => decryptTo(c, sha256, file, options), use);
  const seen = sightings(c, sha256);
  let fault: unknown = new AppError('FILE_NOT_FOUND');
  for (const { path: original } of seen) {
    if (!original) continue;
    try {
      await verifyOriginal(c, sha256, osPath(original), options);
    } catch (thrown) {
      fault = thrown;
      continue;
    }
    return lendOriginal(c, sha256, osPath(original), use);
  }
  const part = seen.find((sighting) => sighting.part)?.part;
  if (!part) throw fault;
  return withWorkingCopy(
    c,
    part.parent,
    (whole) => withScratchFile(c, sha256, (file) => cutTo(whole, part, file, options), use),
    options,
  );
}

/** Whether nothing is left that a working copy could be made of. Nothing is read, so what is there may still be found changed. */
export async function bytesAreGone(c: OpenCase, sha256: string): Promise<boolean> {
  const copy = copyOf(c, sha256);
  if (copy) return isMissing(vaultPath(c.folder, copy.id));
  const seen = sightings(c, sha256);
  for (const { path: original } of seen) if (original && !(await isMissing(osPath(original)))) return false;
  const part = seen.find((sighting) => sighting.part)?.part;
  return part ? bytesAreGone(c, part.parent) : true;
}

/** What cannot be reached for another reason is no missing file: reading it tells why. */
async function isMissing(file: string | Buffer): Promise<boolean> {
  const code = await access(file).then(
    () => null,
    (thrown: NodeJS.ErrnoException) => thrown.code,
  );
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function copyOf(c: OpenCase, sha256: string): { readonly id: string } | undefined {
  return c.db.get("SELECT id FROM vaultFiles WHERE item = ? AND kind = 'copy'", sha256);
}

/**
 * Some bytes of an item as received, fewer at its end: from the sealed copy without writing a plain one to the disk, otherwise
 * as `withWorkingCopy`.
 */
export async function readItemBytes(
  c: OpenCase,
  sha256: string,
  range: { readonly offset: number; readonly length: number },
): Promise<Uint8Array> {
  const { hasCopy, bytes } = getItem(c, sha256);
  const length = Math.max(0, Math.min(range.length, bytes - range.offset));
  if (length === 0) return new Uint8Array();
  if (hasCopy) {
    const copy = copyOf(c, sha256);
    const sealed = await openVaultFile(c, sha256, copy?.id ?? '');
    try {
      return await sealed.read(range.offset, length);
    } finally {
      await sealed.close();
    }
  }
  return withWorkingCopy(c, sha256, async (file) => {
    await using handle = await open(file, 'r');
    const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, range.offset);
    return buffer.subarray(0, bytesRead);
  });
}

/** Opens one sealed file of an item for reading. The caller closes it. */
export async function openVaultFile(c: OpenCase, sha256: string, id: string): Promise<SealedFile> {
  const row = c.db.get<{ wrappedKey: Buffer; bytes: number }>(
    'SELECT wrappedKey, bytes FROM vaultFiles WHERE id = ? AND item = ?',
    id,
    sha256,
  );
  if (!row) throw new AppError('VAULT_CORRUPT');
  const sealed = await SealedFile.open(
    vaultPath(c.folder, id),
    unseal(itemKey(c, sha256), `file-key ${id}`, row.wrappedKey),
  );
  if (sealed.size === row.bytes) return sealed;
  await sealed.close();
  throw new AppError('VAULT_CORRUPT');
}

async function verifyOriginal(c: OpenCase, sha256: string, file: string | Buffer, options: CopyOptions): Promise<void> {
  if ((await sha256OfFile(file, options.signal)) === sha256) return;
  appendCustody(c, { act: 'item-original-changed', item: sha256 });
  throw new AppError('FILE_CHANGED_WHILE_READING');
}

/** A path that is no text is lent through a link that is one: a decoder's command line takes text only. */
async function lendOriginal<Result>(
  c: OpenCase,
  sha256: string,
  original: string | Buffer,
  use: Use<Result>,
): Promise<Result> {
  if (typeof original === 'string') return use(original);
  const folder = path.join(c.folder, SCRATCH_FOLDER, randomUUID());
  try {
    await mkdir(folder, { mode: 0o700 });
    const link = path.join(folder, sha256);
    await symlink(original, link);
    return await use(link);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withScratchFile<Result>(
  c: OpenCase,
  sha256: string,
  fill: (file: FileHandle) => Promise<void>,
  use: Use<Result>,
): Promise<Result> {
  const folder = path.join(c.folder, SCRATCH_FOLDER, randomUUID());
  const file = path.join(folder, sha256);
  try {
    await mkdir(folder, { mode: 0o700 });
    await using handle = await c.create(file);
    await fill(handle);
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw copyFault(thrown);
  }
  try {
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function decryptTo(c: OpenCase, sha256: string, file: FileHandle, { signal }: CopyOptions): Promise<void> {
  const copy = copyOf(c, sha256);
  const sealed = await openVaultFile(c, sha256, copy?.id ?? '');
  try {
    for await (const chunk of sealed.chunks(signal)) await file.writeFile(chunk);
  } finally {
    await sealed.close();
  }
}

async function cutTo(
  whole: string,
  range: { readonly offset: number; readonly length: number },
  file: FileHandle,
  { signal }: CopyOptions,
): Promise<void> {
  await using source = await open(whole, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let done = 0; done < range.length; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await source.read(
      buffer,
      0,
      Math.min(buffer.length, range.length - done),
      range.offset + done,
    );
    if (bytesRead === 0) throw new AppError('MEDIA_TRUNCATED');
    await file.writeFile(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
}

function copyFault(thrown: unknown): unknown {
  if ((thrown as { name?: string } | null)?.name === 'AbortError')
    return new AppError('CANCELLED', {}, { cause: thrown });
  return storeFault(thrown);
}
