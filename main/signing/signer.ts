/** Who signs: a key with the certificate that names its holder, made here or brought in a PKCS#12 file. */
import { createHash, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { AppError } from '../contract/errors.ts';

export interface Signer {
  readonly privateKey: webcrypto.CryptoKey;
  /** DER; the signer's own first, then those of its issuers. */
  readonly certificates: readonly Uint8Array[];
}

/** What anybody may see of a signer. */
export interface SignerCard {
  /** As its holder stated it, or as the certificate that was brought says. */
  readonly name: string;
  /** SHA-256 of the certificate, hex: what is read out to the recipient by another way. */
  readonly fingerprint: string;
  /** `own`: made here, so that nobody but its holder vouches for the name. */
  readonly origin: 'own' | 'imported';
  readonly notAfterMs: number;
}

/** Years for which a certificate made here states to be valid. */
const VALID_YEARS = 10;
/** Characters of a common name (X.520, ub-common-name). */
const MAX_NAME = 64;

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Makes a P-256 key and a certificate that its holder signed for themselves. `name` is as stated by the signer. */
export async function createSigner(name: string, nowMs: number): Promise<{ signer: Signer; pkcs8: Uint8Array }> {
  const stated = name.normalize('NFC').trim();
  if (stated === '' || [...stated].length > MAX_NAME || /\p{Cc}/u.test(stated))
    throw new AppError('SIGNER_NAME_INVALID');
  const { subtle } = webcrypto;
  const keys = await subtle.generateKey(P256, true, ['sign', 'verify']);
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: serialNumber().buffer as ArrayBuffer }),
  });
  const commonName = () =>
    new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value: stated }) });
  certificate.subject.typesAndValues.push(commonName());
  certificate.issuer.typesAndValues.push(commonName());
  const from = new Date(nowMs - (nowMs % 1000));
  certificate.notBefore.value = from;
  certificate.notAfter.value = new Date(from);
  certificate.notAfter.value.setUTCFullYear(from.getUTCFullYear() + VALID_YEARS);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as CryptoKey);
  const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey));
  certificate.extensions = [
    extension('2.5.29.19', true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
    // digitalSignature and contentCommitment (RFC 5280, 4.2.1.3).
    extension('2.5.29.15', true, new asn1js.BitString({ valueHex: Uint8Array.of(0b1100_0000).buffer, unusedBits: 6 })),
    extension('2.5.29.14', false, new asn1js.OctetString({ valueHex: sha1(spki).buffer as ArrayBuffer })),
  ];
  await certificate.sign(keys.privateKey as CryptoKey, 'SHA-256');
  return {
    signer: { privateKey: keys.privateKey, certificates: [new Uint8Array(certificate.toSchema().toBER())] },
    pkcs8: new Uint8Array(await subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

/** The key of a PKCS#8 structure, for signing with SHA-256. Throws AppError `SIGNER_UNSUPPORTED` for other than P-256 and RSA. */
export async function importKey(pkcs8: Uint8Array, kind: 'ec' | 'rsa'): Promise<webcrypto.CryptoKey> {
  const algorithm = kind === 'ec' ? P256 : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  try {
    return await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  } catch (cause) {
    throw new AppError('SIGNER_UNSUPPORTED', {}, { cause });
  }
}

export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}

/** 16 random bytes, positive and without a leading zero (RFC 5280, 4.1.2.2). */
function serialNumber(): Uint8Array {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
}

function extension(extnID: string, critical: boolean, value: asn1js.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
}

/** SHA-1 names the key (RFC 5280, 4.2.1.2); nothing rests on it. */
function sha1(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha1').update(bytes).digest());
}
