/**
 * Where everything is kept once it was moved from the folder that the platform provides, the home: a small file there names the
 * place. Moving copies, compares every copy with what was read, changes the name of the place, and only then erases what was left.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../contract/errors.ts';
import { listCases } from './case.ts';
import { DATA_ROOT_ENTRIES, homeRoot, refuseNetworkFileSystem } from './data-root.ts';
import { namesIn, privateFolder, sha256OfFile, syncFolder } from './files.ts';
import { type CaseLock, LOCK_FILE, takeLock } from './lock.ts';

const PLACE_FILE = 'place.json';
const FORM = 'jianzhen-place-1';

/** Copies that are not complete yet, inside the new place. What a move that was killed left of them is removed by the next one. */
const MOVING = '.jianzhen-moving';

interface Place {
  readonly form: typeof FORM;
  readonly dataRoot: string;
  /** What was moved from and is not wholly erased yet. */
  readonly leaving: string | null;
}

/**
 * The folder where cases lie: the place that was chosen, or the home. What an interrupted move left behind is erased first.
 * Throws AppError `PLACE_MISSING`, for instance where a disk is not attached.
 */
export function defaultDataRoot(home = homeRoot()): string {
  const place = readPlace(home);
  if (!place) return home;
  if (!existsSync(place.dataRoot)) throw new AppError('PLACE_MISSING', { path: place.dataRoot });
  if (place.leaving !== null) {
    for (const entry of DATA_ROOT_ENTRIES) rmSync(path.join(place.leaving, entry), { recursive: true, force: true });
    settle(home, place.dataRoot);
  }
  return place.dataRoot;
}

/** Whether it is the place of every start, and not one chosen for a run; looks at nothing but what the home says. */
export function isPlace(dataRoot: string, home = homeRoot()): boolean {
  return (readPlace(home)?.dataRoot ?? home) === dataRoot;
}

export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly files: number;
  readonly bytes: number;
}

export interface MoveOptions {
  readonly home?: string;
  readonly signal?: AbortSignal;
  onProgress?(bytes: number, of: number): void;
}

/**
 * Moves all cases, keys, packs and preferences from `from` to the folder `to`, which must be new or empty, and makes it the place
 * from the next start on. Throws AppError `PLACE_UNSUITABLE`, `CASE_LOCKED`, `CASE_NETWORK_FILE_SYSTEM`, `NO_SPACE`,
 * `FILE_CHANGED_WHILE_READING`, `PERMISSION_DENIED`, `CANCELLED`; then everything is where it was, and nothing of it at `to`.
 */
export async function moveData(from: string, to: string, options: MoveOptions = {}): Promise<Moved> {
  const home = options.home ?? homeRoot();
  await privateFolder(from);
  await mustBeSuitable(from, to, home);
  await privateFolder(to);
  await refuseNetworkFileSystem(to);
  const locks = await lockAll(from);
  const moving = path.join(to, MOVING);
  const placed: string[] = [];
  let files: FileThere[];
  let bytes: number;
  try {
    await rm(moving, { recursive: true, force: true });
    files = await filesOf(from);
    bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const { bavail, bsize } = await statfs(to);
    if (bavail * bsize < bytes) throw new AppError('NO_SPACE');
    let copied = 0;
    for (const file of files) {
      await copyFile(file, path.join(moving, file.name), options.signal);
      copied += file.bytes;
      options.onProgress?.(copied, bytes);
    }
    if (JSON.stringify(await filesOf(from)) !== JSON.stringify(files)) throw new AppError('FILE_CHANGED_WHILE_READING');
    for (const entry of await namesIn(moving)) {
      await rename(path.join(moving, entry), path.join(to, entry));
      placed.push(entry);
    }
    await rm(moving, { recursive: true, force: true });
    await syncFolder(to);
    await privateFolder(home);
    writePlace(home, { form: FORM, dataRoot: to, leaving: from });
    await syncFolder(home);
  } catch (thrown) {
    for (const entry of [MOVING, ...placed]) await rm(path.join(to, entry), { recursive: true, force: true });
    throw thrown;
  } finally {
    for (const lock of locks) lock.release();
  }
  for (const entry of DATA_ROOT_ENTRIES) await rm(path.join(from, entry), { recursive: true, force: true });
  settle(home, to);
  return { from, to, files: files.length, bytes };
}

/** The place is forgotten when everything in it was erased. */
export function forgetPlace(dataRoot: string, home = homeRoot()): void {
  if (readPlace(home)?.dataRoot === dataRoot) rmSync(path.join(home, PLACE_FILE), { force: true });
}

async function mustBeSuitable(from: string, to: string, home: string): Promise<void> {
  if (!path.isAbsolute(to)) throw new AppError('PLACE_UNSUITABLE', { path: to });
  // The home may hold what is not the program's.
  const there = (await namesIn(to)).filter((name) =>
    to === home ? DATA_ROOT_ENTRIES.some((entry) => entry === name) : name !== MOVING,
  );
  // A link must not lead the copy into what it is made from.
  const [real, old] = await Promise.all([realPath(to), realPath(from)]);
  const inside = (inner: string, outer: string) => !path.relative(outer, inner).startsWith('..');
  if (there.length > 0 || inside(real, old) || inside(old, real)) throw new AppError('PLACE_UNSUITABLE', { path: to });
}

/** Of what is there; names that are not there yet stay as they are. */
async function realPath(file: string): Promise<string> {
  const missing: string[] = [];
  for (let at = file; ; at = path.dirname(at)) {
    const found = await realpath(at).catch(() => null);
    if (found !== null || at === path.dirname(at)) return path.join(found ?? at, ...missing.toReversed());
    missing.push(path.basename(at));
  }
}

/** Nothing may work on a case while it is copied and erased. Throws AppError `CASE_LOCKED`. */
async function lockAll(dataRoot: string): Promise<CaseLock[]> {
  const locks: CaseLock[] = [];
  try {
    for (const { folder } of await listCases(dataRoot)) locks.push(await takeLock(folder));
    return locks;
  } catch (thrown) {
    for (const lock of locks) lock.release();
    throw thrown;
  }
}

interface FileThere {
  /** Relative to the data root. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly changedAtMs: number;
}

/** Without the locks: they hold nothing, and a process that closes such a file loses its lock on it (fcntl(2)). */
async function filesOf(dataRoot: string): Promise<FileThere[]> {
  const found: FileThere[] = [];
  for (const entry of DATA_ROOT_ENTRIES) {
    const top = path.join(dataRoot, entry);
    const info = await stat(top).catch(() => null);
    const names = info?.isDirectory() ? await readdir(top, { recursive: true, withFileTypes: true }) : [];
    const files = names
      .filter((inner) => inner.isFile() && inner.name !== LOCK_FILE)
      .map((inner) => path.join(inner.parentPath, inner.name));
    for (const file of info?.isFile() ? [top] : files.sort()) {
      const { size, mtimeMs } = await stat(file);
      found.push({ name: path.relative(dataRoot, file), path: file, bytes: size, changedAtMs: mtimeMs });
    }
  }
  return found;
}

/** Copies through a digest, and reads the copy back from the disk. */
async function copyFile(file: FileThere, to: string, signal: AbortSignal | undefined): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  const read = createHash('sha256');
  const digest = new Transform({
    transform: (chunk, _, done) => {
      read.update(chunk);
      done(null, chunk);
    },
  });
  const options = signal ? { signal } : {};
  try {
    await pipeline(createReadStream(file.path), digest, createWriteStream(to, { mode: 0o600, flush: true }), options);
    if ((await sha256OfFile(to, signal)) !== read.digest('hex')) throw new AppError('FILE_CHANGED_WHILE_READING');
  } catch (thrown) {
    throw signal?.aborted ? new AppError('CANCELLED') : thrown;
  }
}

/** What was left is erased: the home needs no file when everything lies there again. */
function settle(home: string, dataRoot: string): void {
  if (dataRoot === home) rmSync(path.join(home, PLACE_FILE), { force: true });
  else writePlace(home, { form: FORM, dataRoot, leaving: null });
}

/** The former file stands until the new one is complete. */
function writePlace(home: string, place: Place): void {
  const file = path.join(home, PLACE_FILE);
  writeFileSync(`${file}.unfinished`, `${JSON.stringify(place)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.unfinished`, file);
}

/** Null where nothing was moved, or the file is not ours. */
function readPlace(home: string): Place | null {
  let text: string;
  try {
    text = readFileSync(path.join(home, PLACE_FILE), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
  const { form, dataRoot, leaving } = JSON.parse(text) as Partial<Place>;
  return form === FORM && typeof dataRoot === 'string' ? { form, dataRoot, leaving: leaving ?? null } : null;
}
