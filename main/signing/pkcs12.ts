/** A certificate that its holder already has: key and chain from a PKCS#12 file (RFC 7292), RSA or P-256. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { AppError } from '../contract/errors.ts';

export interface Pkcs12Content {
  readonly pkcs8: Uint8Array;
  readonly kind: 'ec' | 'rsa';
  /** DER; that of the key first, then the others in the order of the file. */
  readonly certificates: readonly Uint8Array[];
}

/** Bytes of the largest file that is read. */
const MAX_BYTES = 1 << 20;

/** Throws AppError `SIGNER_FILE_INVALID`, `VAULT_WRONG_PASSPHRASE`, `SIGNER_UNSUPPORTED`. */
export function readPkcs12(file: Uint8Array, passphrase: string): Pkcs12Content {
  const bags = opened(file, passphrase);
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids as Record<string, string>;
  const [key] = [...ofType(bags, pkcs8ShroudedKeyBag!), ...ofType(bags, keyBag!)];
  if (!key) throw new AppError('SIGNER_FILE_INVALID');
  const { pkcs8, kind, publicKey } = keyOf(key);
  const all = ofType(bags, certBag!);
  const own = all.findIndex((der) => publicKeyOf(der)?.equals(publicKey));
  if (own < 0) throw new AppError('SIGNER_FILE_INVALID');
  return { pkcs8, kind, certificates: [all[own]!, ...all.filter((_, at) => at !== own)] };
}

function opened(file: Uint8Array, passphrase: string): forge.pkcs12.Pkcs12Pfx {
  let content: forge.asn1.Asn1;
  try {
    if (file.length > MAX_BYTES) throw new RangeError('too large');
    content = forge.asn1.fromDer(Buffer.from(file).toString('latin1'));
  } catch (cause) {
    throw new AppError('SIGNER_FILE_INVALID', {}, { cause });
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(content, false, passphrase);
  } catch (cause) {
    const wrong = cause instanceof Error && /password|MAC/i.test(cause.message);
    throw new AppError(wrong ? 'VAULT_WRONG_PASSPHRASE' : 'SIGNER_FILE_INVALID', {}, { cause });
  }
}

/** The DER of each bag: the library knows keys and certificates of RSA only and keeps the structure of others. */
function ofType(pfx: forge.pkcs12.Pkcs12Pfx, bagType: string): Uint8Array[] {
  return (pfx.getBags({ bagType })[bagType] ?? []).flatMap((bag) => {
    const structure = bag.cert
      ? forge.pki.certificateToAsn1(bag.cert)
      : bag.key
        ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key))
        : bag.asn1;
    return structure ? [Uint8Array.from(Buffer.from(forge.asn1.toDer(structure).getBytes(), 'latin1'))] : [];
  });
}

function keyOf(der: Uint8Array): { pkcs8: Uint8Array; kind: 'ec' | 'rsa'; publicKey: Buffer } {
  try {
    const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
    const kind = key.asymmetricKeyType;
    if (kind !== 'ec' && kind !== 'rsa') throw new AppError('SIGNER_UNSUPPORTED');
    const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' });
    return { pkcs8: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })), kind, publicKey };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('SIGNER_FILE_INVALID', {}, { cause: thrown });
  }
}

function publicKeyOf(der: Uint8Array): Buffer | null {
  try {
    return new X509Certificate(der).publicKey.export({ format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}
