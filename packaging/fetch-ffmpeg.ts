/**
 * Puts an LGPL build of ffmpeg into dist/ffmpeg/PLATFORM-ARCH where the platform has none of its own, by an address that does not
 * change and a digest. Part of making a release, on the maker's machine; the program itself never fetches it.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import yauzl from 'yauzl';

export interface FfmpegBuild {
  readonly url: string;
  /** Of the archive. */
  readonly sha256: string;
  readonly licence: string;
  /** Files of the archive's `bin` folder that are taken. */
  readonly files: RegExp;
}

/**
 * By `process.platform`-`process.arch`. Linux distributions carry ffmpeg themselves; for macOS no LGPL build with a lasting address
 * is known, so Homebrew's is named in the README. The Windows build is the month's last of BtbN's, which are kept; its digest is
 * the one that another project pinned (2026-06-30), and a download that differs is refused.
 */
export const FFMPEG_BUILDS: Readonly<Record<string, FfmpegBuild>> = {
  'win32-x64': {
    url: 'https://github.com/BtbN/FFmpeg-Builds/releases/download/autobuild-2026-06-30-13-34/ffmpeg-n7.1.5-1-g7d0e842004-win64-lgpl-shared-7.1.zip',
    sha256: '03a8003e245c08df4277d7b0adc50b93a97ddd4a3aaafea21943c4384df59895',
    licence: 'LGPL-3.0-or-later',
    files: /\/bin\/(ffmpeg\.exe|ffprobe\.exe|[a-z]+-\d+\.dll)$/,
  },
};

/** Throws where the bytes are not those that were pinned. The folder is made empty where there is no build to fetch. */
export async function fetchFfmpeg(
  platformArch: string,
  folder: string,
  options: { readonly builds?: typeof FFMPEG_BUILDS; readonly fetch?: typeof fetch } = {},
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const build = (options.builds ?? FFMPEG_BUILDS)[platformArch];
  if (!build) return [];
  const archive = path.join(folder, 'archive.zip.part');
  try {
    const response = await (options.fetch ?? fetch)(build.url);
    if (!response.ok || !response.body) throw new Error(`${build.url}: ${response.status}`);
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(archive));
    const found = await sha256Of(archive);
    if (found !== build.sha256) throw new Error(`${build.url}: SHA-256 is ${found}, pinned is ${build.sha256}`);
    return await unpack(archive, folder, build.files);
  } finally {
    await rm(archive, { force: true });
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function unpack(archive: string, folder: string, wanted: RegExp): Promise<readonly string[]> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(archive, { lazyEntries: true }, (fault, opened) => (fault ? reject(fault) : resolve(opened))),
  );
  const names: string[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: yauzl.Entry) => {
      if (!wanted.test(entry.fileName)) return zip.readEntry();
      const name = path.posix.basename(entry.fileName);
      zip.openReadStream(entry, (fault, stream) => {
        if (fault) return reject(fault);
        pipeline(stream, createWriteStream(path.join(folder, name), { mode: 0o755 })).then(() => {
          names.push(name);
          zip.readEntry();
        }, reject);
      });
    });
    zip.readEntry();
  });
  if (names.length === 0) throw new Error(`${archive}: nothing of what was expected is in it`);
  return names;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv[2] ?? `${process.platform}-${process.arch}`;
  const folder = path.resolve(import.meta.dirname, '../dist/ffmpeg', wanted);
  if (!existsSync(path.join(folder, 'ffmpeg.exe'))) await fetchFfmpeg(wanted, folder);
}
