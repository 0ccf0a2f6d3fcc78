// Which models are here, are they what the registry says, and how does a pack get in? Nothing here opens a connection:
// `planFetch` only says what a fetch would do, `main/net` does it after asking.
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { readVerified, sha256Of } from './digest.ts';
import type { ModelEntry, PackEntry } from './registry.ts';
import type { ModelStore } from './store.ts';

export interface ModelStatus {
  readonly entry: ModelEntry;
  /** `present` was not hashed; `verified` was. A pack that nobody imported is `missing`, which is no fault. */
  readonly state: 'present' | 'verified' | 'missing' | 'mismatch' | 'unreadable';
  readonly file: string;
}

/** What a fetch would do, to be shown to the user before anything is sent. */
export type FetchPlan =
  | {
      readonly kind: 'fetch';
      readonly id: string;
      readonly url: string;
      readonly host: string;
      readonly bytes: number;
      readonly licence: string;
      readonly sha256: string;
    }
  /** Upstream publishes another form; the converted file must be imported from a file with this digest. */
  | {
      readonly kind: 'importOnly';
      readonly id: string;
      readonly conversion: string;
      readonly licence: string;
      readonly sha256: string;
    };

/** Every registered model and whether its file is there. */
export async function listModels(store: ModelStore): Promise<ModelStatus[]> {
  return store.entries().map((entry) => ({
    entry,
    state: store.has(entry.id) ? ('present' as const) : ('missing' as const),
    file: store.file(entry.id),
  }));
}

/** Reads and hashes every registered model. */
export async function verifyModels(store: ModelStore): Promise<ModelStatus[]> {
  const statuses: ModelStatus[] = [];
  for (const entry of store.entries()) {
    const file = store.file(entry.id);
    statuses.push({ entry, state: await verify(entry, file), file });
  }
  return statuses;
}

/**
 * Takes a file into the user's packs if its digest is that of a registered pack; name and folder do not matter.
 * @throws AppError PACK_UNKNOWN, FILE_NOT_FOUND, NOT_A_REGULAR_FILE, NO_SPACE, …
 */
export async function importPack(store: ModelStore, file: string): Promise<PackEntry> {
  const packs = store.entries().filter((entry) => entry.kind === 'pack');
  const bytes = await readAtMost(file, Math.max(0, ...packs.map((pack) => pack.bytes)));
  const digest = sha256Of(bytes);
  const pack = packs.find((entry) => entry.sha256 === digest);
  if (!pack) throw new AppError('PACK_UNKNOWN', { sha256: digest });
  await mkdir(store.packsFolder, { recursive: true, mode: 0o700 });
  await writeWhole(store.file(pack.id), bytes);
  return pack;
}

/** @throws AppError MODEL_MISSING where no pack has this id. */
export function planFetch(store: ModelStore, id: string): FetchPlan {
  const entry = store.describe(id);
  if (entry.kind !== 'pack') throw new AppError('MODEL_MISSING', { model: id });
  const { bytes, licence, sha256, conversion, upstream } = entry;
  if (conversion !== null) return { kind: 'importOnly', id, conversion, licence, sha256 };
  const host = new URL(upstream.url).host;
  return { kind: 'fetch', id, url: upstream.url, host, bytes, licence, sha256 };
}

async function verify(entry: ModelEntry, file: string): Promise<ModelStatus['state']> {
  try {
    await readVerified(entry.id, file, entry.sha256);
    return 'verified';
  } catch (error) {
    if (!(error instanceof AppError)) return 'unreadable';
    return error.code === 'MODEL_MISSING' ? 'missing' : 'mismatch';
  }
}

/** Reads a regular file that is no longer than any pack; a longer one cannot be a pack and is not read. */
async function readAtMost(file: string, limit: number): Promise<Uint8Array> {
  await using handle: FileHandle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const { size } = await requireRegular(handle);
  if (size > limit) throw new AppError('PACK_UNKNOWN', { bytes: size });
  return handle.readFile();
}

async function requireRegular(handle: FileHandle) {
  const facts = await handle.stat();
  if (!facts.isFile()) throw new AppError('NOT_A_REGULAR_FILE');
  return facts;
}

/** The file is there whole or not at all, readable by its owner only. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const partial = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    const handle = await open(partial, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
