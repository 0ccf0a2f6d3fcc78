/**
 * Detached CMS signatures (RFC 5652) that bind the signer's certificates by signing-certificate-v2 (RFC 5035): CAdES B-B
 * (ETSI EN 319 122-1) for files, and what PAdES B-B (EN 319 142-1) puts into a PDF.
 */
import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { Signer } from './signer.ts';

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/**
 * Signs what has this SHA-256. `signingTimeMs` is the time that the signer states; a PDF states it in its own dictionary, and
 * there the attribute must be absent (EN 319 142-1, 6.3). Returns DER.
 */
export async function signDetached(
  digest: Uint8Array,
  signer: Signer,
  signingTimeMs: number | null,
): Promise<Uint8Array> {
  const certificates = signer.certificates.map((der) => pkijs.Certificate.fromBER(Uint8Array.from(der)));
  const own = certificates[0]!;
  const signed = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates,
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          attributes: inDerOrder(attributes(digest, signer, signingTimeMs)),
        }),
      }),
    ],
  });
  await signed.sign(signer.privateKey as CryptoKey, 0, 'SHA-256');
  const content = new pkijs.ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) });
  return new Uint8Array(content.toSchema().toBER());
}

function attributes(digest: Uint8Array, signer: Signer, signingTimeMs: number | null): pkijs.Attribute[] {
  const attribute = (type: string, value: asn1js.BaseBlock) => new pkijs.Attribute({ type, values: [value] });
  const bound = signer.certificates.map(
    (der) => new asn1js.Sequence({ value: [octets(createHash('sha256').update(der).digest())] }),
  );
  return [
    attribute(OID.contentType, new asn1js.ObjectIdentifier({ value: OID.data })),
    attribute(OID.messageDigest, octets(digest)),
    attribute(OID.signingCertificateV2, new asn1js.Sequence({ value: [new asn1js.Sequence({ value: bound })] })),
    ...(signingTimeMs === null
      ? []
      : [attribute(OID.signingTime, new asn1js.UTCTime({ valueDate: new Date(signingTimeMs) }))]),
  ];
}

function octets(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: Uint8Array.from(bytes).buffer });
}

/** A SET OF is sorted by its encodings (X.690, 11.6); others check signatures over the sorted form. */
function inDerOrder(all: pkijs.Attribute[]): pkijs.Attribute[] {
  const encoded = (one: pkijs.Attribute) => Buffer.from(one.toSchema().toBER());
  return all.toSorted((a, b) => Buffer.compare(encoded(a), encoded(b)));
}
