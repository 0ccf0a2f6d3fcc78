/**
 * What a person named -> the files to examine, in an order that is the same on every run.
 * It opens nothing: it lists, and it says of each thing that it could not list why.
 */
import { type BigIntStats, promises as fs } from 'node:fs';
import path from 'node:path';
import { AppError, type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import { type SourcePath, sourcePath } from '../contract/paths.ts';

export type PlannedPath = { readonly path: SourcePath; readonly error: ErrorRecord | null };

/** Deeper trees are not walked: paths of that depth are made by loops or by an attacker. */
const MAX_DEPTH = 64;

const SEPARATOR = Buffer.from(path.sep);

/**
 * Expands files, folders (recursively, in byte order) and globs, relative to `cwd`. A name that exists is never taken for a glob.
 * The program's own data folder is left out, so that scanning a home folder does not take in the vault.
 * A folder that contains itself through a link is listed once with `FOLDER_LOOP`; an unreadable one with `PERMISSION_DENIED`.
 */
export async function* planPaths(
  inputs: readonly string[],
  cwd: string,
  dataRoot: string,
): AsyncGenerator<PlannedPath> {
  const own = await identityOf(dataRoot);
  for (const input of inputs) {
    const absolute = path.resolve(cwd, input);
    const exists = await fs.lstat(absolute).then(
      () => true,
      () => false,
    );
    if (exists || !isGlob(input)) yield* walkSpelled(absolute, own);
    else yield* walkGlob(input, cwd, own);
  }
}

function isGlob(input: string): boolean {
  return /[*?[{]/.test(input);
}

async function* walkGlob(pattern: string, cwd: string, own: string | null): AsyncGenerator<PlannedPath> {
  const found = new Set((await Array.fromAsync(fs.glob(pattern, { cwd }))).map((match) => path.resolve(cwd, match)));
  if (found.size === 0) yield failed(Buffer.from(path.resolve(cwd, pattern)), new AppError('FILE_NOT_FOUND'));
  const identities = new Map<string, string | null>();
  for (const match of [...found].sort()) {
    const folders = foldersAbove(match);
    // A folder that matches too is walked with all that is in it.
    if (folders.some((folder) => found.has(folder))) continue;
    for (const folder of folders)
      if (!identities.has(folder)) identities.set(folder, own === null ? null : await identityOf(folder));
    if (own !== null && folders.some((folder) => identities.get(folder) === own)) continue;
    yield* walkSpelled(match, own);
  }
}

function foldersAbove(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}

/** What Node puts in the place of bytes that are not UTF-8, in arguments and in the matches of globs. */
const REPLACEMENT = '\ufffd';

/** Walks every entry of the folder whose name reads so: arguments reach a program as text, names need not be text. */
async function* walkSpelled(absolute: string, own: string | null): AsyncGenerator<PlannedPath> {
  const name = path.basename(absolute);
  const folder = path.dirname(absolute);
  const alike = name.includes(REPLACEMENT)
    ? await fs.readdir(folder, { encoding: 'buffer' }).then(
        (names) => names.filter((raw) => raw.toString('utf8') === name).sort(Buffer.compare),
        () => [],
      )
    : [];
  if (alike.length === 0) yield* walk(Buffer.from(absolute), [], own);
  for (const raw of alike) yield* walk(Buffer.concat([Buffer.from(folder), SEPARATOR, raw]), [], own);
}

async function* walk(raw: Buffer, ancestors: readonly string[], own: string | null): AsyncGenerator<PlannedPath> {
  let stats: BigIntStats;
  let names: Buffer[];
  try {
    stats = await fs.stat(raw, { bigint: true });
    if (!stats.isDirectory()) {
      yield { path: sourcePath(raw), error: null };
      return;
    }
    const identity = identify(stats);
    if (identity === own) return;
    if (ancestors.includes(identity) || ancestors.length >= MAX_DEPTH) throw new AppError('FOLDER_LOOP');
    ancestors = [...ancestors, identity];
    names = (await fs.readdir(raw, { encoding: 'buffer' })) as Buffer[];
  } catch (thrown) {
    yield failed(raw, thrown);
    return;
  }
  for (const name of names.sort(Buffer.compare)) yield* walk(Buffer.concat([raw, SEPARATOR, name]), ancestors, own);
}

function failed(raw: Buffer, thrown: unknown): PlannedPath {
  return { path: sourcePath(raw), error: toErrorRecord(thrown) };
}

/** The folder on its disk, whatever path leads to it; null where there is none. */
async function identityOf(folder: string): Promise<string | null> {
  return fs.stat(folder, { bigint: true }).then(identify, () => null);
}

function identify({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
