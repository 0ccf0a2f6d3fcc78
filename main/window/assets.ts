/**
 * The built renderer, read once: what is not in the list is not served, so no path of a request ever reaches the disk. And the
 * policy under which a page may use it.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Asset {
  readonly body: Buffer;
  readonly mediaType: string;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Where `index.html` has the nonce of the styles that are made at run time, in a `<meta name="style-nonce" content="…">`. */
export const NONCE_PLACE = '__STYLE_NONCE__';

/** Request path -> file of the folder. Files of other types are left out. */
export async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const mediaType = MEDIA_TYPES[path.extname(entry.name)];
    if (!entry.isFile() || !mediaType) continue;
    const file = path.join(entry.parentPath, entry.name);
    const address = `/${path.relative(folder, file).split(path.sep).join('/')}`;
    assets.set(address === '/index.html' ? '/' : address, { body: await readFile(file), mediaType });
  }
  return assets;
}

export interface ServedAsset extends Asset {
  readonly policy: string;
}

/**
 * One answer with a file of the renderer: with a nonce of its own. Null where there is none. `connect` is where the page may send
 * requests: to its own origin in a browser, nowhere in Electron.
 */
export function serve(
  assets: ReadonlyMap<string, Asset>,
  address: string,
  connect: "'self'" | "'none'",
): ServedAsset | null {
  const asset = assets.get(address);
  if (!asset) return null;
  const nonce = randomBytes(16).toString('base64');
  const filled = address === '/' ? Buffer.from(asset.body.toString('utf8').replaceAll(NONCE_PLACE, nonce)) : asset.body;
  return { mediaType: asset.mediaType, body: filled, policy: contentSecurityPolicy(nonce, connect) };
}

/** Everything is denied but the renderer's own files, styles with the nonce of this answer, and pictures and sound made in the page. */
export function contentSecurityPolicy(nonce: string, connect: "'self'" | "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    'media-src data: blob:',
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
