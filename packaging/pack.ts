/**
 * `npm run pack`: packs dist/app with electron-builder for this platform, or for what is named (`-- --win --x64`). The ffmpeg of the
 * target platform is fetched first where there is one to ship.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arch, build, type CliOptions, type Configuration, createTargets, Platform } from 'electron-builder';
import { fetchFfmpeg } from './fetch-ffmpeg.ts';

const root = path.resolve(import.meta.dirname, '..');

const PLATFORMS = { linux: Platform.LINUX, win: Platform.WINDOWS, mac: Platform.MAC } as const;
export type PackPlatform = keyof typeof PLATFORMS;

/** As Node names it, which electron-builder's `${platform}` follows. */
const NODE_NAMES: Readonly<Record<PackPlatform, string>> = { linux: 'linux', win: 'win32', mac: 'darwin' };

export interface PackOptions {
  readonly platform: PackPlatform;
  readonly arch: 'x64' | 'arm64';
  /** Installers are left out: the unpacked folder only. */
  readonly folderOnly?: boolean;
  readonly config?: Configuration;
}

/** Packs; dist/app must have been built. Throws what electron-builder throws, a fuse that cannot be set included. */
export async function pack({ platform, arch, folderOnly = false, config = {} }: PackOptions): Promise<void> {
  await fetchFfmpeg(
    `${NODE_NAMES[platform]}-${arch}`,
    path.join(root, 'dist/ffmpeg', `${NODE_NAMES[platform]}-${arch}`),
  );
  const options: CliOptions = {
    projectDir: root,
    targets: folderOnly
      ? createTargets([PLATFORMS[platform]], 'dir', arch)
      : PLATFORMS[platform].createTarget(undefined, Arch[arch]),
    config: { extends: path.join(root, 'electron-builder.yml'), ...config },
    publish: 'never',
  };
  await build(options);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flags = new Set(process.argv.slice(2));
  const native = ({ win32: 'win', darwin: 'mac' } as const)[process.platform as 'win32' | 'darwin'] ?? 'linux';
  const platform = (['linux', 'win', 'mac'] as const).find((name) => flags.has(`--${name}`)) ?? native;
  const arch = flags.has('--arm64') || (!flags.has('--x64') && process.arch === 'arm64') ? 'arm64' : 'x64';
  await pack({ platform, arch, folderOnly: flags.has('--dir') });
}
