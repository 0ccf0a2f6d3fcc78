/**
 * A case as one file, to move it or to keep it: a ZIP of the encrypted vault, a compact copy of the database and a manifest with
 * the digest of each. It carries wrapped keys only; a key file stays on its machine.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { sha256Schema } from '../contract/item.ts';
import { type CaseFile, parseCaseFile, prepareFolder, publish, sweepUnfinished, writeCaseFile } from './case.ts';
import { appendCustody, appendLink, type CustodyHead, custodyHead } from './custody.ts';
import { verifyChain, verifyCustody } from './custody-check.ts';
import { caseSlug, casesFolder, refuseNetworkFileSystem } from './data-root.ts';
import { CaseDatabase, storeFault } from './database.ts';
import { CASE_FILE, DATABASE_FILE, privateFolder, SCRATCH_FOLDER, VAULT_FOLDER, vaultPath } from './files.ts';
import { markScansOfElsewhere } from './job-store.ts';
import { insertPassphrase, listSlots } from './keys.ts';
import { takeLock } from './lock.ts';
import { addStored, Measure, type Measured } from './measure.ts';
import { DATABASE_VERSION, hasOwnForm, migrate } from './migrations/index.ts';
import { newFile } from './new-file.ts';
import type { OpenCase } from './open-case.ts';

/** Form of the archive; a higher one is refused. */
const ARCHIVE_FORMAT = 1;
const MANIFEST = 'manifest.json';
/** Bytes of manifest and case file that are read into memory: 100,000 sealed files need about 12 MB. */
const SMALL_FILE_MOST = 64 << 20;
/** Every name an archive may hold; anything else, `..` included, is no archive of ours. */
const ENTRY_NAME = /^(?:manifest\.json|case\.json|case\.db|vault\/[0-9a-f]{2}\/[0-9a-f]{32})$/;

const manifestSchema = z.object({
  format: z.number().int().positive(),
  app: z.string(),
  database: z.number().int().positive(),
  exportedAtMs: z.number().int(),
  head: z.object({ seq: z.number().int().nonnegative(), hash: sha256Schema }),
  files: z.array(z.object({ path: z.string(), bytes: z.number().int().nonnegative(), sha256: sha256Schema })),
});
type Manifest = z.infer<typeof manifestSchema>;
type ManifestFile = Manifest['files'][number];

export interface ExportOptions {
  /** A file that does not exist yet, or an existing folder. */
  readonly out: string;
  /** Passphrase of the archive; needed where only a key file opens the case. The case itself does not change. */
  readonly passphrase?: string;
  readonly signal?: AbortSignal;
  /** Called with the bytes written since the last call. */
  onBytes?(bytes: number): void;
}

export interface ExportedCase {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Head of the custody log as exported; keep it elsewhere to be able to prove that nothing was cut off. */
  readonly head: CustodyHead;
}

/**
 * Writes the case to one file. It appears under its name only when complete. A case whose log does not hold is not written: no import would
 * take it. Throws AppError `CUSTODY_BROKEN`, `VAULT_EXPORT_NEEDS_PASSPHRASE`, `ARCHIVE_EXISTS`, `NO_SPACE`, `PERMISSION_DENIED`, `CANCELLED`.
 */
export async function exportCase(c: OpenCase, options: ExportOptions): Promise<ExportedCase> {
  const travels = listSlots(c).some((slot) => slot.kind !== 'key-file');
  if (!travels && options.passphrase === undefined) throw new AppError('VAULT_EXPORT_NEEDS_PASSPHRASE');
  verifyCustody(c);
  const file = await targetOf(c, options.out);
  const staging = path.join(c.folder, SCRATCH_FOLDER, randomUUID());
  try {
    await privateFolder(staging);
    const head = await stageDatabase(c, path.join(staging, DATABASE_FILE), options.passphrase);
    const { bytes, sha256 } = await newFile(file, (unfinished) => writeArchive(c, staging, unfinished, head, options));
    appendCustody(c, { act: 'case-exported', details: { archive: sha256, bytes, seq: head.seq } });
    return { file, bytes, sha256, head };
  } catch (thrown) {
    throw archiveFault(thrown);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function targetOf(c: OpenCase, out: string): Promise<string> {
  const found = await stat(out).catch(() => null);
  if (found?.isDirectory()) return targetOf(c, path.join(out, `${path.basename(c.folder)}.jianzhen.zip`));
  if (found) throw new AppError('ARCHIVE_EXISTS');
  return out;
}

/** A compact copy without key-file slots, opened by the archive's passphrase where one is given. Returns its custody head. */
async function stageDatabase(c: OpenCase, file: string, passphrase: string | undefined): Promise<CustodyHead> {
  const head = custodyHead(c);
  c.db.copyTo(file);
  const copy = await CaseDatabase.open(file);
  try {
    if (passphrase !== undefined) await insertPassphrase(copy, c.id, c.keys.root, passphrase, c.now());
    copy.run("DELETE FROM keySlots WHERE kind = 'key-file'");
    copy.checkpoint();
  } finally {
    copy.close();
  }
  return head;
}

async function writeArchive(
  c: OpenCase,
  staging: string,
  target: string,
  head: CustodyHead,
  options: ExportOptions,
): Promise<Measured> {
  const zip = new yazl.ZipFile();
  const measure = new Measure(options.onBytes);
  const output = createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(zip.outputStream, measure, output, { signal: options.signal });
  const added = addAll(c, zip, staging, head);
  added.catch((thrown: Error) => (zip.outputStream as unknown as Writable).destroy(thrown));
  await Promise.all([written, Promise.race([added, written])]);
  return measure.measured();
}

async function addAll(c: OpenCase, zip: yazl.ZipFile, staging: string, head: CustodyHead): Promise<void> {
  const sources = [
    { name: CASE_FILE, file: path.join(c.folder, CASE_FILE) },
    { name: DATABASE_FILE, file: path.join(staging, DATABASE_FILE) },
    ...c.db.all<{ id: string }>('SELECT id FROM vaultFiles ORDER BY id').map(({ id }) => ({
      name: `${VAULT_FOLDER}/${id.slice(0, 2)}/${id}`,
      file: vaultPath(c.folder, id),
    })),
  ];
  const files: ManifestFile[] = [];
  for (const { name, file } of sources) files.push(await addFile(zip, name, file));
  const manifest: Manifest = {
    format: ARCHIVE_FORMAT,
    app: c.app,
    database: DATABASE_VERSION,
    exportedAtMs: c.now(),
    head,
    files,
  };
  zip.addBuffer(Buffer.from(JSON.stringify(manifest)), MANIFEST, { mtime: EPOCH });
  zip.end();
}

/** ZIP cannot tell an earlier day; the archive says nothing of when files were sealed. */
const EPOCH = new Date('1980-01-01T00:00:00Z');

/** Sealed bytes do not compress, so they are stored as they are. */
async function addFile(zip: yazl.ZipFile, name: string, file: string): Promise<ManifestFile> {
  const stored = await addStored(zip, name, createReadStream(file), { mode: 0o100600, mtime: EPOCH });
  return { path: name, ...stored };
}

export interface ImportOptions {
  readonly file: string;
  /** Another name for the case. */
  readonly as?: string;
  /** Clock in UTC milliseconds. */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

export interface ImportedCase {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  /** Head of the custody log as it was exported. */
  readonly head: CustodyHead;
  /** Files that an open scan had not come to: they are not read here, and named as not received. */
  readonly left: number;
}

/**
 * Brings an exported case into a data root: every digest and the custody chain are checked before it appears. Opening it then
 * takes its passphrase or recovery code. Throws AppError `ARCHIVE_INVALID`, `CASE_EXISTS`, `CASE_FROM_NEWER_VERSION`,
 * `CUSTODY_BROKEN`, `CASE_NETWORK_FILE_SYSTEM`, `NO_SPACE`, `CANCELLED`, `FILE_NOT_FOUND`.
 */
export async function importCase(dataRoot: string, options: ImportOptions): Promise<ImportedCase> {
  const building = path.join(casesFolder(dataRoot), `.import-${randomUUID()}`);
  try {
    const archive = await Archive.open(options.file);
    try {
      await privateFolder(casesFolder(dataRoot));
      await refuseNetworkFileSystem(casesFolder(dataRoot));
      await sweepUnfinished(dataRoot);
      return await build(dataRoot, building, archive, options);
    } finally {
      archive.close();
    }
  } catch (thrown) {
    await rm(building, { recursive: true, force: true }).catch(() => undefined);
    throw archiveFault(thrown);
  }
}

async function build(
  dataRoot: string,
  building: string,
  archive: Archive,
  options: ImportOptions,
): Promise<ImportedCase> {
  const manifest = await readManifest(archive);
  const original = parseArchivedCase(await archive.readSmall(CASE_FILE));
  const info: CaseFile = { ...original, name: (options.as ?? original.name).normalize('NFC') };
  const folder = path.join(casesFolder(dataRoot), caseSlug(info.name));
  if (await stat(folder).catch(() => null)) throw new AppError('CASE_EXISTS', { name: info.name });
  await prepareFolder(building);
  const lock = await takeLock(building);
  let left: number;
  try {
    for (const file of manifest.files) await extract(archive, building, file, options.signal);
    await writeCaseFile(building, info);
    left = await checkDatabase(path.join(building, DATABASE_FILE), info, manifest, options.now ?? Date.now);
  } finally {
    lock.release();
  }
  await publish(building, folder, info.name);
  return { id: info.id, name: info.name, folder, head: manifest.head, left };
}

async function readManifest(archive: Archive): Promise<Manifest> {
  const text = await archive.readSmall(MANIFEST);
  const raw = parseJson(text) as { format?: unknown; database?: unknown };
  if (typeof raw?.format === 'number' && raw.format > ARCHIVE_FORMAT)
    throw new AppError('CASE_FROM_NEWER_VERSION', { found: raw.format, supported: ARCHIVE_FORMAT });
  const { success, data } = manifestSchema.safeParse(raw);
  if (!success) throw new AppError('ARCHIVE_INVALID');
  if (data.database > DATABASE_VERSION)
    throw new AppError('CASE_FROM_NEWER_VERSION', { found: data.database, supported: DATABASE_VERSION });
  const named = new Set(data.files.map((file) => file.path));
  const complete =
    named.size === data.files.length && named.has(CASE_FILE) && named.has(DATABASE_FILE) && !named.has(MANIFEST);
  const same = archive.names.length === named.size + 1 && archive.names.every((n) => n === MANIFEST || named.has(n));
  if (!complete || !same) throw new AppError('ARCHIVE_INVALID');
  return data;
}

function parseArchivedCase(text: string): CaseFile {
  try {
    return parseCaseFile(text);
  } catch (thrown) {
    const newer = thrown instanceof AppError && thrown.code === 'CASE_FROM_NEWER_VERSION';
    throw newer ? thrown : new AppError('ARCHIVE_INVALID', {}, { cause: thrown });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('ARCHIVE_INVALID', {}, { cause });
  }
}

/** Writes one file of the archive and checks its length and digest against the manifest while writing. */
async function extract(archive: Archive, building: string, file: ManifestFile, signal?: AbortSignal): Promise<void> {
  const target = path.join(building, file.path);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await using handle = await open(target, 'wx', 0o600);
  const digest = createHash('sha256');
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > file.bytes) return done(new AppError('ARCHIVE_INVALID'));
      digest.update(chunk);
      handle.writeFile(chunk).then(() => done(), done);
    },
  });
  await pipeline(await archive.stream(file.path), sink, { signal });
  if (bytes !== file.bytes || digest.digest('hex') !== file.sha256) throw new AppError('ARCHIVE_INVALID');
  await handle.sync();
}

async function checkDatabase(file: string, info: CaseFile, manifest: Manifest, now: () => number): Promise<number> {
  const db = await CaseDatabase.open(file);
  try {
    if (!(await hasOwnForm(db))) throw new AppError('ARCHIVE_INVALID');
    migrate(db, file);
    const stored = db.get<{ id: string }>('SELECT id FROM caseInfo')?.id;
    const { head } = verifyChain(db, info.id);
    if (stored !== info.id || head.hash !== manifest.head.hash) throw new AppError('ARCHIVE_INVALID');
    const vault = new Set(manifest.files.map((one) => path.basename(one.path)));
    const missing = db.all<{ id: string }>('SELECT id FROM vaultFiles').some(({ id }) => !vault.has(id));
    if (missing) throw new AppError('ARCHIVE_INVALID');
    const left = markScansOfElsewhere(db);
    appendLink(db, info.id, { act: 'case-imported', item: null, atMs: now(), details: { seq: head.seq } });
    db.checkpoint();
    return left;
  } finally {
    db.close();
  }
}

/** The entries of a ZIP file by name; a name we never write makes the whole archive invalid. */
class Archive {
  readonly #zip: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;

  private constructor(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  static async open(file: string): Promise<Archive> {
    if (!(await stat(file)).isFile()) throw new AppError('ARCHIVE_INVALID');
    const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
      yauzl.open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (fault, opened) =>
        fault ? reject(zipFault(fault)) : resolve(opened),
      ),
    );
    try {
      return new Archive(zip, await readEntries(zip));
    } catch (thrown) {
      zip.close();
      throw thrown;
    }
  }

  stream(name: string): Promise<NodeJS.ReadableStream> {
    const entry = this.#entries.get(name);
    return new Promise((resolve, reject) => {
      if (!entry) return reject(new AppError('ARCHIVE_INVALID'));
      this.#zip.openReadStream(entry, (fault, stream) => (fault ? reject(zipFault(fault)) : resolve(stream)));
    });
  }

  async readSmall(name: string): Promise<string> {
    const portions: Buffer[] = [];
    let bytes = 0;
    for await (const portion of await this.stream(name)) {
      bytes += portion.length;
      if (bytes > SMALL_FILE_MOST) throw new AppError('ARCHIVE_INVALID');
      portions.push(portion as Buffer);
    }
    return Buffer.concat(portions).toString('utf8');
  }

  close(): void {
    this.#zip.close();
  }
}

function readEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    zip.on('error', (fault: Error) => reject(zipFault(fault)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      if (!ENTRY_NAME.test(entry.fileName) || entries.has(entry.fileName))
        return reject(new AppError('ARCHIVE_INVALID'));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** yauzl throws plain errors for everything that is wrong with the file, and system errors as they come. */
function zipFault(fault: Error): Error {
  return 'code' in fault ? fault : new AppError('ARCHIVE_INVALID', {}, { cause: fault });
}

function archiveFault(thrown: unknown): unknown {
  const { name, code } = (thrown ?? {}) as { name?: string; code?: string };
  if (name === 'AbortError') return new AppError('CANCELLED', {}, { cause: thrown });
  if (code === 'ENOENT') return new AppError('FILE_NOT_FOUND', {}, { cause: thrown });
  if (code === 'EACCES' || code === 'EPERM') return new AppError('PERMISSION_DENIED', {}, { cause: thrown });
  if (thrown instanceof Error && code === undefined && thrown.constructor === Error)
    return new AppError('ARCHIVE_INVALID', {}, { cause: thrown });
  return storeFault(thrown);
}
