/** Writes a package file by file, in the order given, and notes the digest of each as it passes: nothing is held in memory. */
import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { addStored, Measure, type Measured, newFile } from '../cases/index.ts';
import { BAGIT, FILES, printDigests } from '../verify/index.ts';

/** ZIP knows local times from 1980 on; the archive says nothing of when its files were written. */
const NO_TIME = new Date(1980, 0, 1);

export type Content = Uint8Array | string | AsyncIterable<Uint8Array>;

/** A ZIP that is being written. */
export class ZipWriter {
  readonly digests = new Map<string, string>();
  readonly #zip = new yazl.ZipFile();

  /** Stored, not packed: what is in it is packed already or small. */
  async add(name: string, content: Content): Promise<Measured> {
    const parts =
      typeof content === 'string' || content instanceof Uint8Array ? [Buffer.from(content as string)] : content;
    const source = Readable.from(parts, { objectMode: false });
    const stored = await addStored(this.#zip, name, source, {
      mode: 0o100644,
      mtime: NO_TIME,
      forceDosTimestamp: true,
    });
    this.digests.set(name, stored.sha256);
    return stored;
  }

  end(): void {
    this.#zip.end();
  }

  get output(): Readable {
    return this.#zip.outputStream as Readable;
  }
}

/** What the last list covers: everything that cannot stand in the signed one. */
export function sealOf(digests: ReadonlyMap<string, string>): string {
  const sealed = [FILES.tagManifest, FILES.signature, FILES.timestamp].flatMap((name): [string, string][] => {
    const sha256 = digests.get(name);
    return sha256 ? [[name, sha256]] : [];
  });
  return printDigests(new Map(sealed));
}

/** The payload first, then what describes it: `info` is asked for when the payload is counted. */
export async function addTags(
  zip: ZipWriter,
  tags: { readonly info: string; readonly readme: string; readonly page: Uint8Array },
  sign: ((tagManifest: Uint8Array) => Promise<Uint8Array>) | null,
): Promise<{ readonly tagManifest: string }> {
  const payload = new Map([...zip.digests].filter(([name]) => name.startsWith('data/')));
  await zip.add(FILES.bagit, BAGIT);
  await zip.add(FILES.info, tags.info);
  await zip.add(FILES.readme, tags.readme);
  await zip.add(FILES.page, tags.page);
  await zip.add(FILES.manifest, printDigests(payload));
  const listed = new Map([...zip.digests].filter(([name]) => !payload.has(name)));
  const manifest = Buffer.from(printDigests(listed));
  const { sha256 } = await zip.add(FILES.tagManifest, manifest);
  if (sign) await zip.add(FILES.signature, await sign(manifest));
  await zip.add(FILES.seal, sealOf(zip.digests));
  return { tagManifest: sha256 };
}

/** Writes an archive that appears under its name only when complete. Throws AppError `ARCHIVE_EXISTS` and what `fill` throws. */
export async function writeZip(
  file: string,
  fill: (zip: ZipWriter) => Promise<void>,
  signal?: AbortSignal,
): Promise<Measured> {
  const zip = new ZipWriter();
  const measure = new Measure();
  await newFile(file, async (unfinished) => {
    const target = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true });
    const written = pipeline(zip.output, measure, target, { signal });
    const filled = fill(zip).then(() => zip.end());
    filled.catch((thrown: Error) => (zip.output as unknown as Writable).destroy(thrown));
    await Promise.all([written, Promise.race([filled, written])]);
  });
  return measure.measured();
}
