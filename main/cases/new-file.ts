/** What leaves the case as a file: it appears under its name only when it is whole, and never in the place of another. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { privateFolder, syncFolder } from './files.ts';

/** Throws AppError `ARCHIVE_EXISTS` before anything is made or after, `PERMISSION_DENIED`, and what `make` throws; then nothing is left. */
export async function newFile<Made>(file: string, make: (unfinished: string) => Promise<Made>): Promise<Made> {
  await mustBeNew(file);
  const unfinished = await unfinishedIn(path.dirname(file));
  try {
    const made = await make(unfinished);
    await mustBeNew(file);
    await rename(unfinished, file);
    await syncFolder(path.dirname(file));
    return made;
  } catch (thrown) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw outFault(thrown);
  }
}

/** As `newFile`, of bytes that are in memory. */
export async function writeNew(file: string, bytes: Uint8Array | string): Promise<void> {
  await newFile(file, (unfinished) => writeFile(unfinished, bytes, { flag: 'wx', mode: 0o600, flush: true }));
}

/** Throws AppError `ARCHIVE_EXISTS`. */
export async function mustBeNew(file: string): Promise<void> {
  if (await stat(file).catch(() => null)) throw new AppError('ARCHIVE_EXISTS');
}

/** A folder that the user names for what leaves the case. Throws AppError as `outFault`. */
export async function outFolder(folder: string): Promise<void> {
  await privateFolder(folder).catch((thrown: unknown) => Promise.reject(outFault(thrown)));
}

/** A folder inside another for what is not whole yet; the caller removes it. Throws AppError as `outFault`. */
export async function unfinishedFolder(folder: string): Promise<string> {
  const unfinished = await unfinishedIn(folder);
  await mkdir(unfinished, { mode: 0o700 }).catch((thrown: unknown) => Promise.reject(outFault(thrown)));
  return unfinished;
}

/** Where a user wants to have a file: a disk that is read-only is no fault of the case, and a file is no folder. */
function outFault(thrown: unknown): unknown {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === 'EROFS') return new AppError('PERMISSION_DENIED', {}, { cause: thrown });
  if (code === 'EEXIST' || code === 'ENOTDIR') return new AppError('ARCHIVE_EXISTS', {}, { cause: thrown });
  return thrown;
}

const UNFINISHED = /^\.unfinished-(\d+)-/;

/** A name in a folder for what is not whole yet. What a process that is gone left there under such a name is removed first. */
async function unfinishedIn(folder: string): Promise<string> {
  for (const name of await readdir(folder).catch(() => [])) {
    const maker = UNFINISHED.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker)))
      await rm(path.join(folder, name), { recursive: true, force: true });
  }
  return path.join(folder, `.unfinished-${process.pid}-${randomBytes(4).toString('hex')}`);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
