/** Where cases live on this machine, how a case's name becomes a folder, and which disks are refused. */
import { createHash } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';

export const DEFAULT_CASE_NAME = 'default';

/** What the program itself puts into a data root; erasing everything removes these and nothing else. */
export const DATA_ROOT_ENTRIES = ['cases', 'keys', 'packs', 'signer.json', 'window.json'] as const;

/** Where data lies unless it was moved: XDG Base Directory Specification 0.8 on Linux, the places the platform's guidelines name elsewhere. */
export function homeRoot(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = os.homedir();
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Jianzhen');
  if (platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Jianzhen');
  const xdg = env.XDG_DATA_HOME;
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share'), 'jianzhen');
}

export function casesFolder(dataRoot: string): string {
  return path.join(dataRoot, 'cases');
}

/** The key file lies outside the case folder: a copied folder does not carry its own key. */
export function keyFilePath(dataRoot: string, caseId: string): string {
  return path.join(dataRoot, 'keys', `${caseId}.key`);
}

const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * The folder name of a case. A short lower-case ASCII name is its own; any other becomes its letters and a digest,
 * because file systems differ in case, normalisation and reserved names. Throws AppError `CASE_NAME_INVALID`.
 */
export function caseSlug(name: string): string {
  const normal = name.normalize('NFC');
  const length = [...normal].length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  if (normal.trim() !== normal || length === 0 || length > 100 || /[/\\\u0000-\u001f\u007f-\u009f]/.test(normal))
    throw new AppError('CASE_NAME_INVALID');
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(normal) && !RESERVED_ON_WINDOWS.test(normal) && !/-[0-9a-f]{10}$/.test(normal))
    return normal;
  const letters = normal
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${letters || 'case'}-${createHash('sha256').update(normal).digest('hex').slice(0, 10)}`;
}

/** f_type of statfs(2) on Linux for file systems whose locks do not reach the other machines, or not reliably. */
const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x5346414f, // AFS
  0x6b414653, // kAFS
  0x73757245, // Coda
  0x564c, // NCP
  0x00c36400, // Ceph
  0x0bd00bd0, // Lustre
]);
const FUSE_TYPE = 0x65735546;
const NETWORK_FUSE =
  /^fuse\.(sshfs|rclone|s3fs|davfs2?|glusterfs|ceph.*|curlftpfs|gvfsd-fuse|smbnetfs|goofys|gcsfuse|onedriver|google-drive.*|juicefs|seadrive)$/;

interface FileSystemProbe {
  /** f_type of the file system that holds `folder`. */
  type(folder: string): Promise<number>;
  mounts(): Promise<string>;
}

const REAL_PROBE: FileSystemProbe = {
  type: async (folder) => (await statfs(folder)).type >>> 0,
  mounts: () => readFile('/proc/self/mountinfo', 'utf8'),
};

/** Throws AppError `CASE_NETWORK_FILE_SYSTEM`. `folder` must exist. */
export async function refuseNetworkFileSystem(
  folder: string,
  probe: FileSystemProbe = REAL_PROBE,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (platform === 'win32' && /^(\\\\|\/\/)(?![?.][\\/])/.test(path.win32.resolve(folder)))
    throw new AppError('CASE_NETWORK_FILE_SYSTEM');
  if (platform !== 'linux') return;
  const type = await probe.type(folder);
  if (NETWORK_TYPES.has(type)) throw new AppError('CASE_NETWORK_FILE_SYSTEM');
  if (type === FUSE_TYPE && NETWORK_FUSE.test(mountedType(await probe.mounts(), path.resolve(folder))))
    throw new AppError('CASE_NETWORK_FILE_SYSTEM');
}

/** Type of the mount that holds `folder`: the longest mount point above it, the last where several are stacked (proc(5)). */
function mountedType(mountinfo: string, folder: string): string {
  let best = { length: -1, type: '' };
  for (const line of mountinfo.split('\n')) {
    const [left, right] = line.split(' - ');
    const encoded = left?.split(' ')[4];
    if (!encoded || !right) continue;
    const point = encoded.replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const holds = point === '/' || folder === point || folder.startsWith(`${point}/`);
    if (holds && point.length >= best.length) best = { length: point.length, type: right.split(' ')[0]! };
  }
  return best.type;
}
