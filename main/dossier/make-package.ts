/** Writes the evidence package of a case: reports, pictures, custody log and, by choice, originals, in one signed archive. */
import { createCipheriv, createHash, pbkdf2, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import {
  appendCustody,
  type CustodyHead,
  caseSummary,
  claimedExtension,
  latestCrops,
  listItems,
  mustBeNew,
  type OpenCase,
  readCrop,
  unfinishedFolder,
  withWorkingCopy,
} from '../cases/index.ts';
import { canonicalJson } from '../contract/canonical-json.ts';
import { toErrorRecord } from '../contract/errors.ts';
import { type Signer, type SignerCard, signDetached, signPdf } from '../signing/index.ts';
import { FILES, FORM, INFO, printInfo } from '../verify/index.ts';
import { addTags, writeZip, ZipWriter } from './bag-writer.ts';
import { type MadeReport, makeReport, type ReportOptions } from './make-report.ts';
import { packageReadme } from './package-readme.ts';
import { cropName, custodyEntries } from './report.ts';

/** Originals stay out, go in as they are, or in an archive that a passphrase opens. */
export type Originals = 'none' | 'plain' | { readonly passphrase: string };

export interface PackageOptions extends Omit<ReportOptions, 'folder' | 'documents'> {
  /** A file that does not exist yet. */
  readonly out: string;
  /** Null: nobody signs. */
  readonly signer: (Signer & { readonly card: SignerCard }) | null;
  readonly originals: Originals;
  /** The page by which the package is checked in a browser. */
  readonly page: Uint8Array;
}

export interface MadePackage {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 of the signed list. */
  readonly manifest: string;
  readonly head: CustodyHead;
  readonly originals: number;
  /** Items whose bytes could not be had. */
  readonly originalsLeftOut: number;
  /** Items whose bytes do not hold, as the report says. */
  readonly mismatches: number;
}

/** Throws AppError `ARCHIVE_EXISTS` before anything is made, `NO_SPACE`, `PERMISSION_DENIED`, `CANCELLED`. */
export async function makePackage(c: OpenCase, options: PackageOptions): Promise<MadePackage> {
  const { out, signer } = options;
  await mustBeNew(out);
  const staging = await unfinishedFolder(path.dirname(out));
  try {
    const once = { ...options, blur: blurredOnce(path.join(staging, 'blurred'), options.blur) };
    const report = await makeReport(c, { ...once, documents: ['html', 'pdf'], folder: path.join(staging, 'report') });
    if (signer) await signReports(report, signer, options);
    const head = await writeLog(c, path.join(staging, 'log.jsonl'));
    return await write(c, { staging, report, head }, once);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** A picture stands in the reports of both languages and in the package: it is covered once and kept until all are written. */
function blurredOnce(folder: string, blur: PackageOptions['blur']): PackageOptions['blur'] {
  return async (png) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, createHash('sha256').update(png).digest('hex'));
    const known = await readFile(file).catch(() => null);
    if (known) return known;
    const covered = await blur(png);
    await writeFile(file, covered, { mode: 0o600 });
    return covered;
  };
}

interface Prepared {
  readonly staging: string;
  readonly report: MadeReport;
  readonly head: CustodyHead;
}

async function write(c: OpenCase, { staging, report, head }: Prepared, options: PackageOptions): Promise<MadePackage> {
  const { out, signer, nowMs, signal } = options;
  let originals: Counted = { added: 0, leftOut: 0 };
  let manifest = '';
  const written = await writeZip(
    out,
    async (zip) => {
      let bytes = 0;
      const add = async (name: string, content: Parameters<ZipWriter['add']>[1]) => {
        signal?.throwIfAborted();
        bytes += (await zip.add(name, content)).bytes;
        options.onFile?.(name);
      };
      await add(FILES.log, createReadStream(path.join(staging, 'log.jsonl')));
      originals = await addOriginals(c, add, staging, options);
      await addPictures(c, add, options);
      for (const file of (await readdir(path.join(staging, 'report'))).sort())
        await add(`data/report/${file}`, createReadStream(path.join(staging, 'report', file)));
      const info = new Map([
        [INFO.agent, options.app],
        [INFO.date, new Date(nowMs).toISOString().slice(0, 10)],
        [INFO.oxum, `${bytes}.${zip.digests.size}`],
        [INFO.form, FORM],
        [INFO.caseId, caseSummary(c).id],
        [INFO.head, `${head.seq} ${head.hash}`],
        [INFO.signedBy, signer?.card.fingerprint ?? 'none'],
      ]);
      const readme = packageReadme({
        signer: signer?.card ?? null,
        originals: options.originals,
        languages: options.languages,
      });
      const sign =
        signer && ((list: Uint8Array) => signDetached(createHash('sha256').update(list).digest(), signer, nowMs));
      ({ tagManifest: manifest } = await addTags(zip, { info: printInfo(info), readme, page: options.page }, sign));
    },
    signal,
  );
  appendCustody(c, {
    act: 'package-exported',
    details: {
      package: written.sha256,
      bytes: written.bytes,
      manifest,
      report: report.digest,
      seq: head.seq,
      originals: originals.added,
      signedBy: signer?.card.fingerprint ?? null,
    },
  });
  return {
    file: out,
    ...written,
    manifest,
    head,
    originals: originals.added,
    originalsLeftOut: originals.leftOut,
    mismatches: report.mismatches,
  };
}

async function signReports(report: MadeReport, signer: NonNullable<PackageOptions['signer']>, options: PackageOptions) {
  for (const file of report.files.filter((name) => name.endsWith('.pdf')))
    await writeFile(file, await signPdf(await readFile(file), { signer, name: signer.card.name, atMs: options.nowMs }));
}

/** One entry a line, as it was hashed. */
async function writeLog(c: OpenCase, file: string): Promise<CustodyHead> {
  let head: CustodyHead = { seq: 0, hash: '' };
  function* lines() {
    for (const entry of custodyEntries(c)) {
      head = { seq: entry.seq, hash: entry.hash };
      yield `${canonicalJson(entry)}\n`;
    }
  }
  await pipeline(Readable.from(lines(), { objectMode: false }), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  return head;
}

type Add = (name: string, content: Parameters<ZipWriter['add']>[1]) => Promise<void>;

interface Counted {
  readonly added: number;
  readonly leftOut: number;
}

/** Items read at once. */
const PAGE = 200;

function* digestsOf(c: OpenCase): Generator<string> {
  for (let after = 0; ; ) {
    const page = listItems(c, { after, limit: PAGE });
    yield* page.map(({ sha256 }) => sha256);
    const last = page.at(-1);
    if (!last) return;
    after = last.ordinal;
  }
}

async function addPictures(c: OpenCase, add: Add, { pictures, blur }: PackageOptions): Promise<void> {
  if (pictures === 'none') return;
  for (const sha256 of digestsOf(c))
    for (const id of latestCrops(c, sha256)) {
      const png = await readCrop(c, id);
      await add(`data/pictures/${cropName(sha256, id)}`, pictures === 'shown' ? png : await blur(png));
    }
}

async function addOriginals(c: OpenCase, add: Add, staging: string, options: PackageOptions): Promise<Counted> {
  const { originals, signal } = options;
  if (originals === 'none') return { added: 0, leftOut: 0 };
  if (originals === 'plain') return eachOriginal(c, add, signal);
  const archive = path.join(staging, 'originals.zip');
  // Sealed while it is written: no archive of plain originals is ever on the disk.
  const cipher = await opensslCipher(originals.passphrase);
  const zip = new ZipWriter();
  const filled = eachOriginal(
    c,
    async (name, content) => void (await zip.add(path.posix.basename(name), content)),
    signal,
  );
  const ended = filled.then(() => zip.end());
  ended.catch((thrown: Error) => zip.output.destroy(thrown));
  await Promise.all([
    pipeline(zip.output, cipher.seal, createWriteStream(archive, { flags: 'wx', mode: 0o600 }), { signal }),
    ended,
  ]);
  await add(SEALED_ORIGINALS, createReadStream(archive));
  return filled;
}

const SEALED_ORIGINALS = 'data/originals.zip.enc';

/** An original that cannot be had is counted, and the report says why. */
async function eachOriginal(c: OpenCase, add: Add, signal: AbortSignal | undefined): Promise<Counted> {
  let added = 0;
  let leftOut = 0;
  for (const sha256 of digestsOf(c)) {
    const name = `data/originals/${sha256}${/^\.[a-z0-9]{1,8}$/.exec(claimedExtension(c, sha256))?.[0] ?? ''}`;
    let opened = false;
    try {
      await withWorkingCopy(
        c,
        sha256,
        (file) => {
          opened = true;
          return add(name, createReadStream(file));
        },
        { signal },
      );
      added += 1;
    } catch (thrown) {
      if (opened || toErrorRecord(thrown).code === 'CANCELLED' || signal?.aborted) throw thrown;
      leftOut += 1;
    }
  }
  return { added, leftOut };
}

/** PBKDF2 rounds (OWASP Password Storage Cheat Sheet 2023, HMAC-SHA-256). */
export const PBKDF2_ROUNDS = 600_000;

/** The form of `openssl enc -aes-256-cbc -pbkdf2`: eight bytes of name, eight of salt, then the sealed bytes. The signed list vouches for them. */
async function opensslCipher(passphrase: string) {
  const salt = randomBytes(8);
  const key = await promisify(pbkdf2)(passphrase, salt, PBKDF2_ROUNDS, 48, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key.subarray(0, 32), key.subarray(32));
  async function* seal(source: AsyncIterable<Buffer>) {
    yield Buffer.concat([Buffer.from('Salted__', 'latin1'), salt]);
    for await (const portion of source) yield cipher.update(portion);
    yield cipher.final();
  }
  return { seal };
}
