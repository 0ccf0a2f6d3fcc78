/**
 * The wall between rooms: which folder may import which, read from the import statements themselves.
 * Run by `npm run lint`; prints every import across a wall and exits 1.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOUNDATION = ['contract', 'strings'];
const ANALYZERS = ['provenance', 'forensics', 'detectors', 'identity'];

/** Room -> rooms it may import besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  strings: ['contract'],
  media: FOUNDATION,
  inference: FOUNDATION,
  cases: FOUNDATION,
  law: FOUNDATION,
  fusion: FOUNDATION,
  net: FOUNDATION,
  perception: [...FOUNDATION, 'media', 'inference'],
  provenance: [...FOUNDATION, 'media'],
  forensics: [...FOUNDATION, 'media'],
  detectors: [...FOUNDATION, 'media', 'inference'],
  identity: [...FOUNDATION, 'media', 'inference'],
  pipeline: [...FOUNDATION, 'media', 'inference', 'perception', 'fusion', ...ANALYZERS],
  engine: [...FOUNDATION, 'pipeline', 'inference'],
  report: [...FOUNDATION, 'law'],
  signing: [...FOUNDATION, 'cases'],
  verify: FOUNDATION,
  dossier: [...FOUNDATION, 'jobs', 'cases', 'law', 'forensics', 'report', 'signing', 'verify'],
  jobs: [...FOUNDATION, 'cases', 'identity'],
  cli: [
    ...FOUNDATION,
    'fusion',
    'jobs',
    'cases',
    'media',
    'inference',
    'net',
    'law',
    'report',
    'dossier',
    'signing',
    'verify',
    'provenance',
    'forensics',
  ],
  viewer: [...FOUNDATION, 'media'],
  window: [
    ...FOUNDATION,
    'jobs',
    'cases',
    'media',
    'inference',
    'net',
    'law',
    'report',
    'dossier',
    'signing',
    'verify',
    'provenance',
    'forensics',
  ],
  loopback: [...FOUNDATION, 'window', 'jobs', 'cases'],
  app: [...FOUNDATION, 'window', 'jobs', 'cases', 'engine', 'viewer'],
  preload: FOUNDATION,
  renderer: FOUNDATION,
};

/** Packages with one door each. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'onnxruntime-node': ['inference'],
  sharp: ['media'],
  'fluent-ffmpeg': ['media'],
  'libheif-js': ['media'],
  'silk-wasm': ['media'],
  'better-sqlite3': ['cases'],
  electron: ['app', 'preload'],
  'node-forge': ['signing'],
  pkijs: ['signing', 'verify'],
  asn1js: ['signing', 'verify'],
};

/** Rooms that may not open sockets: everything but these. */
const NETWORK_MODULES = new Set(['node:http', 'node:https', 'node:net', 'node:tls', 'node:dgram', 'node:http2']);
const NETWORK_ROOMS = ['net', 'loopback'];
/** Files elsewhere that may pair Unix sockets between a process and a program it started: such sockets have a place among the files and no address. */
const PAIRS_SOCKETS: Readonly<Record<string, string>> = { 'main/media/frame-reader.ts': 'node:net' };
const ADDRESS = /\b(?:port|host|hostname|localAddress)\b/;

/** Rooms that may use a package at all: the contract and the strings stay free of everything but zod. */
const ONLY_ZOD = new Set(['contract', 'strings']);

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

export interface Breach {
  readonly file: string;
  readonly imported: string;
  readonly rule: string;
}

/** Checks one file. `file` is relative to the project root, with forward slashes. */
export function checkFile(file: string, text: string): Breach[] {
  const room = roomOf(file);
  if (!room) return [];
  const breaches: Breach[] = [];
  for (const match of text.matchAll(IMPORT)) {
    const imported = match[1] ?? match[2] ?? match[3] ?? '';
    const rule = imported.startsWith('.') ? wall(file, room, imported) : door(file, text, room, imported);
    if (rule) breaches.push({ file, imported, rule });
  }
  return breaches;
}

function wall(file: string, room: string, imported: string): string | null {
  const target = roomOf(path.posix.normalize(path.posix.join(path.posix.dirname(file), imported)));
  if (!target || target === room) return null;
  const allowed = ALLOWED[room];
  if (!allowed) return `the room ${room} is not in the table of layers`;
  return allowed.includes(target) ? null : `${room} may import only ${['itself', ...allowed].join(', ')}`;
}

function door(file: string, text: string, room: string, imported: string): string | null {
  if (NETWORK_MODULES.has(imported) && !NETWORK_ROOMS.includes(room)) {
    if (PAIRS_SOCKETS[file] !== imported) return `only ${NETWORK_ROOMS.join(', ')} may open sockets`;
    if (ADDRESS.test(text)) return 'its sockets may have no address';
  }
  if (ONLY_ZOD.has(room) && imported !== 'zod') return `${room} may import only zod`;
  const name = imported.startsWith('@') ? imported.split('/').slice(0, 2).join('/') : imported.split('/')[0]!;
  const rooms = DOORS[name];
  return rooms && !rooms.includes(room) ? `only ${rooms.join(', ')} may import ${name}` : null;
}

function roomOf(file: string): string | null {
  if (file.startsWith('renderer/')) return 'renderer';
  return /^main\/([^/]+)\//.exec(file)?.[1] ?? null;
}

export function checkTree(root: string): Breach[] {
  return globSync('{main,renderer}/**/*.{ts,tsx}', { cwd: root }).flatMap((file) =>
    checkFile(file.split(path.sep).join('/'), readFileSync(path.join(root, file), 'utf8')),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = checkTree(path.resolve(import.meta.dirname, '../..'));
  for (const { file, imported, rule } of breaches) console.error(`${file}: imports ${imported}: ${rule}`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
