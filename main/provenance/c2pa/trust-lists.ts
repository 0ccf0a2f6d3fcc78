/**
 * Trust lists as optional packs: known ones are taken by their digest and keep their date, any other PEM file is the user's own.
 * Nothing is shipped and nothing is fetched here; without a list the state can only be that the signer is unknown.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { TrustSettings } from './protocol.ts';

export type TrustListId = 'official' | 'interim-frozen' | 'user';

export interface TrustFile {
  readonly list: Exclude<TrustListId, 'user'>;
  readonly name: string;
  readonly role: 'anchors' | 'allowed' | 'config';
  readonly sha256: string;
  readonly bytes: number;
  /** Upstream at a pinned commit. */
  readonly url: string;
  /** Date of the list as its publisher gives it. */
  readonly date: string;
  readonly licence: string;
}

const OFFICIAL =
  'https://raw.githubusercontent.com/c2pa-org/conformance-public/7dbff513b66e36184619286fe734beea32f2e6db/trust-list/';
const INTERIM =
  'https://raw.githubusercontent.com/contentauth/verify-site/506f98c31a027a2ebce73bcd9b11573fbd48ca22/static/trust/';

/** The lists this version knows. Sources and licences: ../shared/data/provenance/trust/README.md. */
export const TRUST_FILES: readonly TrustFile[] = [
  {
    list: 'official',
    name: 'c2pa-official-anchors.pem',
    role: 'anchors',
    sha256: '75cacc98b79ecac33713c7ecfb58d4a0ef383f3c1f886e7409f9e37e8664aea5',
    bytes: 37911,
    url: `${OFFICIAL}C2PA-TRUST-LIST.pem`,
    date: '2026-08-14',
    licence: 'CC-BY-4.0',
  },
  {
    list: 'official',
    name: 'c2pa-official-tsa.pem',
    role: 'anchors',
    sha256: 'c688d3555f4a2f1f8d663472bbd37888ff234abdd234c25934c0f9292e4eb5c9',
    bytes: 28863,
    url: `${OFFICIAL}C2PA-TSA-TRUST-LIST.pem`,
    date: '2026-08-14',
    licence: 'CC-BY-4.0',
  },
  {
    list: 'interim-frozen',
    name: 'c2pa-interim-anchors.pem',
    role: 'anchors',
    sha256: 'e0ab688a23a03a995b355fef351f6a89ccbb09329b5dc9195297fbe2c7a525c5',
    bytes: 24727,
    url: `${INTERIM}anchors.pem`,
    date: '2025-08-28',
    licence: 'Apache-2.0',
  },
  {
    list: 'interim-frozen',
    name: 'c2pa-interim-allowed.pem',
    role: 'allowed',
    sha256: '2f4ba19707a49a0aece732c8a211b7f544f990247018368deaf7382bcfa58451',
    bytes: 181536,
    url: `${INTERIM}allowed.pem`,
    date: '2025-08-28',
    licence: 'Apache-2.0',
  },
  {
    list: 'interim-frozen',
    name: 'c2pa-interim-store.cfg',
    role: 'config',
    sha256: '1044c30a906b0c9cbe28b4a4c0002ca56a718f0ae22b9af83238543a07d0e718',
    bytes: 258,
    url: `${INTERIM}store.cfg`,
    date: '2025-08-28',
    licence: 'Apache-2.0',
  },
];

export interface TrustList {
  readonly id: TrustListId;
  /** ISO date of the list; the last day of import for the user's own. */
  readonly date: string;
  readonly settings: TrustSettings;
}

/** Largest list that is read: the official one is 38 KB, the interim one 182 KB. */
const MAX_BYTES = 4 * 1024 * 1024;
const USER = /^user-[0-9a-f]{16}-(\d{4}-\d\d-\d\d)\.pem$/;

/** The lists installed in a folder, official first. A missing folder is an empty one. A file whose digest changed is left out. */
export function installedTrustLists(folder: string): TrustList[] {
  const names = namesIn(folder);
  const lists: TrustList[] = [];
  for (const id of ['official', 'interim-frozen'] as const) {
    const texts = { anchors: '', allowed: '', config: '' };
    const files = TRUST_FILES.filter((f) => f.list === id && names.includes(f.name));
    for (const file of files) {
      const bytes = readFileSync(path.join(folder, file.name));
      if (digest(bytes) === file.sha256) texts[file.role] += `${bytes.toString('utf8')}\n`;
    }
    if (texts.anchors !== '' || texts.allowed !== '') lists.push({ id, date: files[0]!.date, settings: texts });
  }
  const own = names.filter((n) => USER.test(n)).sort();
  let anchors = '';
  for (const name of own) anchors += `${readFileSync(path.join(folder, name), 'utf8')}\n`;
  const days = own.map((name) => USER.exec(name)![1]!).sort();
  if (anchors !== '') lists.push({ id: 'user', date: days.at(-1)!, settings: { anchors, allowed: '', config: '' } });
  return lists;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Characters of a digest that tell one form of a list from another. */
const DIGEST_HEAD = 8;

/** What tells lists of one id apart: the date, and the head of the digest of all that is installed of it. */
export function trustListVersion({ date, settings }: TrustList): string {
  return `${date} ${digest(Buffer.from(JSON.stringify(settings))).slice(0, DIGEST_HEAD)}`;
}

type Versions = Readonly<Record<string, string>>;

/** Folder -> its versions, and the names, sizes and times of the files that they were read from: every page of a table asks for them. */
const known = new Map<string, { readonly files: string; readonly versions: Versions }>();

/** Id -> version of the lists installed in a folder. */
export function trustListVersions(folder: string): Versions {
  const files = namesIn(folder)
    .map((name) => {
      const { size, mtimeMs } = statSync(path.join(folder, name));
      return `${name} ${size} ${mtimeMs}`;
    })
    .join('\n');
  const before = known.get(folder);
  if (before?.files === files) return before.versions;
  const versions = Object.fromEntries(installedTrustLists(folder).map((list) => [list.id, trustListVersion(list)]));
  known.set(folder, { files, versions });
  return versions;
}

/**
 * Takes one file of a list into the folder. A file with a known digest becomes part of that list; another must be PEM certificates and
 * becomes the user's own, dated `today` (ISO date).
 * @throws AppError `TRUST_LIST_INVALID` where it is neither
 */
export async function importTrustFile(
  folder: string,
  bytes: Uint8Array,
  today: string,
): Promise<{ list: TrustListId; name: string }> {
  if (bytes.length > MAX_BYTES) throw new AppError('TRUST_LIST_INVALID');
  const sha256 = digest(bytes);
  const known = TRUST_FILES.find((f) => f.sha256 === sha256);
  if (!known && !/-----BEGIN CERTIFICATE-----/.test(Buffer.from(bytes).toString('latin1')))
    throw new AppError('TRUST_LIST_INVALID');
  const name = known ? known.name : `user-${sha256.slice(0, 16)}-${today}.pem`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = path.join(folder, `.${name}.part`);
  await writeFile(temporary, bytes, { mode: 0o600 });
  await rename(temporary, path.join(folder, name));
  return { list: known?.list ?? 'user', name };
}

/** Removes a list; harmless where it is not installed. */
export async function removeTrustList(folder: string, id: TrustListId): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names)
    if (id === 'user' ? USER.test(name) : TRUST_FILES.some((f) => f.list === id && f.name === name))
      await rm(path.join(folder, name), { force: true });
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
