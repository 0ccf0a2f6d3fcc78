/** Keeps the signer of this installation in the data folder: certificate in the open, key under a passphrase. */
import { X509Certificate } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { openUnderPassphrase, sealUnderPassphrase } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import { readPkcs12 } from './pkcs12.ts';
import { createSigner, fingerprintOf, importKey, type Signer, type SignerCard } from './signer.ts';

const storedSchema = z.object({
  form: z.literal('jianzhen-signer-1'),
  name: z.string(),
  origin: z.enum(['own', 'imported']),
  kind: z.enum(['ec', 'rsa']),
  /** Base64 of DER. */
  certificates: z.array(z.string()).min(1),
  key: z.object({
    params: z.object({
      kdf: z.literal('argon2id'),
      memoryKiB: z.number(),
      passes: z.number(),
      lanes: z.number(),
      salt: z.string(),
    }),
    sealed: z.string(),
  }),
});
type Stored = z.infer<typeof storedSchema>;

/** Makes the key. One that is there is never replaced: what it signed would lose its signer. Throws AppError `SIGNER_EXISTS`. */
export async function makeSigner(
  dataRoot: string,
  { name, passphrase, nowMs }: { readonly name: string; readonly passphrase: string; readonly nowMs: number },
): Promise<SignerCard> {
  const { signer, pkcs8 } = await createSigner(name, nowMs);
  return keep(dataRoot, passphrase, pkcs8, { origin: 'own', kind: 'ec', certificates: signer.certificates });
}

/** Takes key and certificates of a PKCS#12 file; the key is kept under the same passphrase as the file. */
export async function importSigner(dataRoot: string, file: string, passphrase: string): Promise<SignerCard> {
  const { pkcs8, kind, certificates } = readPkcs12(await readFile(file), passphrase);
  await importKey(pkcs8, kind);
  return keep(dataRoot, passphrase, pkcs8, { origin: 'imported', kind, certificates });
}

/** Null where none was made. Throws AppError `SIGNER_FILE_INVALID` where the file is not ours or damaged. */
export async function signerCard(dataRoot: string): Promise<SignerCard | null> {
  const stored = await readStored(dataRoot);
  return stored && cardOf(stored);
}

/** Throws AppError `SIGNER_MISSING`, `VAULT_WRONG_PASSPHRASE`, `SIGNER_FILE_INVALID`. */
export async function openSigner(
  dataRoot: string,
  passphrase: string,
): Promise<Signer & { readonly card: SignerCard }> {
  const stored = await readStored(dataRoot);
  if (!stored) throw new AppError('SIGNER_MISSING');
  const card = cardOf(stored);
  const pkcs8 = await openUnderPassphrase(passphrase, placeOf(card.fingerprint), stored.key);
  return { privateKey: await importKey(pkcs8, stored.kind), certificates: stored.certificates.map(bytesOf), card };
}

interface Keeping {
  readonly origin: SignerCard['origin'];
  readonly kind: 'ec' | 'rsa';
  readonly certificates: readonly Uint8Array[];
}

async function keep(
  dataRoot: string,
  passphrase: string,
  pkcs8: Uint8Array,
  { origin, kind, certificates }: Keeping,
): Promise<SignerCard> {
  if (await readStored(dataRoot)) throw new AppError('SIGNER_EXISTS');
  const [own] = certificates;
  const stored: Stored = {
    form: 'jianzhen-signer-1',
    name: nameIn(new X509Certificate(own!)),
    origin,
    kind,
    certificates: certificates.map((der) => Buffer.from(der).toString('base64')),
    key: await sealUnderPassphrase(passphrase, placeOf(fingerprintOf(own!)), pkcs8),
  };
  await mkdir(dataRoot, { recursive: true, mode: 0o700 });
  const file = storePath(dataRoot);
  const unfinished = `${file}.unfinished`;
  try {
    await using handle = await open(unfinished, 'w', 0o600);
    await handle.writeFile(`${JSON.stringify(stored, null, 1)}\n`);
    await handle.sync();
    await rename(unfinished, file);
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw thrown;
  }
  return cardOf(stored);
}

async function readStored(dataRoot: string): Promise<Stored | null> {
  let text: string;
  try {
    text = await readFile(storePath(dataRoot), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('SIGNER_FILE_INVALID', {}, { cause });
  }
}

function cardOf({ name, origin, certificates }: Stored): SignerCard {
  const own = bytesOf(certificates[0]!);
  try {
    const notAfterMs = Date.parse(new X509Certificate(own).validTo);
    return { name, fingerprint: fingerprintOf(own), origin, notAfterMs };
  } catch (cause) {
    throw new AppError('SIGNER_FILE_INVALID', {}, { cause });
  }
}

/** The common name, or the whole subject where there is none. */
function nameIn({ subject }: X509Certificate): string {
  // Node writes commas, quotes and brackets of a name as RFC 4514 does, behind a backslash.
  return /^CN=(.+)$/m.exec(subject)?.[1]?.replace(/\\(.)/g, '$1') ?? subject.replaceAll('\n', ', ');
}

const storePath = (dataRoot: string) => path.join(dataRoot, 'signer.json');
const placeOf = (fingerprint: string) => `signer ${fingerprint}`;
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
