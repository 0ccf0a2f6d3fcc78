/**
 * The form of a package: a BagIt bag (RFC 8493) whose tag manifest is what is signed, and a last list that seals the signature
 * and the time stamp. Written and read by the same names.
 */
export const FILES = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  readme: 'README.txt',
  page: 'verify.html',
  /** CMS over the tag manifest. */
  signature: 'signature.p7s',
  /** RFC 3161 reply over the signature, or over the tag manifest of a package without one. */
  timestamp: 'timestamp.tsr',
  /** Digests of tag manifest, signature and time stamp. */
  seal: 'seal-sha256.txt',
  log: 'data/custody/log.jsonl',
} as const;

export const BAGIT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Names of `bag-info.txt`; those of ours begin with the name of the program. */
export const INFO = {
  agent: 'Bag-Software-Agent',
  date: 'Bagging-Date',
  oxum: 'Payload-Oxum',
  form: 'Jianzhen-Package',
  caseId: 'Jianzhen-Case',
  /** Sequence number and hash. */
  head: 'Jianzhen-Custody-Head',
  /** SHA-256 of the signer's certificate, or `none`. */
  signedBy: 'Jianzhen-Signed-By',
} as const;

export const FORM = '1';

export type Digests = ReadonlyMap<string, string>;

/** As `sha256sum` writes and reads it. Names of packages hold no character that it would escape. */
export function printDigests(digests: Digests): string {
  return [...digests].map(([name, sha256]) => `${sha256}  ${name}\n`).join('');
}

/** Null where a line is not of that form or a name stands twice. */
export function parseDigests(text: string): Digests | null {
  if (text !== '' && !text.endsWith('\n')) return null;
  const digests = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sha256, name] = /^([0-9a-f]{64}) {2}([^\r\n]+)$/.exec(line) ?? [];
    if (!sha256 || !name || digests.has(name)) return null;
    digests.set(name, sha256);
  }
  return digests;
}

export function printInfo(info: ReadonlyMap<string, string>): string {
  return [...info].map(([name, value]) => `${name}: ${value}\n`).join('');
}

/** The first value of each name; lines of another form are passed over. */
export function parseInfo(text: string): ReadonlyMap<string, string> {
  const info = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Za-z-]+): (.*)$/.exec(line) ?? [];
    if (name && value !== undefined && !info.has(name)) info.set(name, value);
  }
  return info;
}
