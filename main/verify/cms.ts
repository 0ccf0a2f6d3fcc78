/** Who signed some bytes (CMS, RFC 5652), and when an authority saw them (RFC 3161). Runs under Node and in a page alike. */
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

export interface SignatureFinding {
  /** `unreadable`: not a signature of the forms that are written here. */
  readonly state: 'holds' | 'mismatch' | 'unreadable';
  /** Common name in the certificate, or its whole subject; data from outside. */
  readonly name: string | null;
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string | null;
  /** Its holder signed the certificate, so that nobody else vouches for the name. */
  readonly selfSigned: boolean;
  /** What the signer's clock said. */
  readonly statedAtMs: number | null;
}

export interface TimestampFinding {
  readonly state: 'holds' | 'mismatch' | 'unreadable';
  /** When the authority saw the bytes, by its own clock. */
  readonly atMs: number | null;
  readonly authority: string | null;
  readonly fingerprint: string | null;
}

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  extendedKeyUsage: '2.5.29.37',
  commonName: '2.5.4.3',
} as const;

const UNREADABLE = { state: 'unreadable', name: null, fingerprint: null, selfSigned: false, statedAtMs: null } as const;

/** A detached signature over `content`. Whether its signer is who they say is not for this to tell. */
export async function checkSignature(der: Uint8Array, content: Uint8Array): Promise<SignatureFinding> {
  try {
    const signed = signedData(der);
    const { info, certificate, raw } = signerOf(signed);
    const holds =
      signed.data.encapContentInfo.eContentType === OID.data &&
      signed.data.encapContentInfo.eContent === undefined &&
      attribute(info, OID.contentType)?.valueBlock.toString() === OID.data &&
      (await isBound(info, raw)) &&
      (await verifies(signed.data, content));
    const time = attribute(info, OID.signingTime);
    return {
      state: holds ? 'holds' : 'mismatch',
      name: subjectOf(certificate),
      fingerprint: await sha256Hex(raw),
      selfSigned: certificate.issuer.isEqual(certificate.subject),
      statedAtMs: time instanceof asn1js.UTCTime ? time.toDate().getTime() : null,
    };
  } catch {
    return UNREADABLE;
  }
}

/** A reply of a time-stamping authority over `content`. Whether the authority is to be trusted is not for this to tell. */
export async function checkTimestamp(reply: Uint8Array, content: Uint8Array): Promise<TimestampFinding> {
  try {
    const response = pkijs.TimeStampResp.fromBER(copyOf(reply));
    const { timeStampToken } = response;
    if (!timeStampToken || response.status.status > 1) throw new RangeError('no token');
    const signed = signedData(new Uint8Array(timeStampToken.toSchema().toBER()));
    const { info, certificate, raw } = signerOf(signed);
    const inner = signed.data.encapContentInfo.eContent?.getValue();
    if (signed.data.encapContentInfo.eContentType !== OID.tstInfo || !inner) throw new RangeError('no time');
    const holds = mayStamp(certificate) && (await isBound(info, raw)) && (await verifies(signed.data, content));
    return {
      state: holds ? 'holds' : 'mismatch',
      atMs: pkijs.TSTInfo.fromBER(inner).genTime.getTime(),
      authority: subjectOf(certificate),
      fingerprint: await sha256Hex(raw),
    };
  } catch {
    return { state: 'unreadable', atMs: null, authority: null, fingerprint: null };
  }
}

interface Signed {
  readonly data: pkijs.SignedData;
  /** As they stand in the structure: what fingerprints are made of. */
  readonly certificates: readonly Uint8Array[];
}

function signedData(der: Uint8Array): Signed {
  const content = pkijs.ContentInfo.fromBER(copyOf(der));
  if (content.contentType !== OID.signedData) throw new RangeError('no signed data');
  const sequence = content.content as asn1js.Sequence;
  const set = sequence.valueBlock.value.find(
    ({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0,
  ) as asn1js.Constructed;
  const certificates = set.valueBlock.value.map((one) => Uint8Array.from(one.valueBeforeDecodeView));
  return { data: new pkijs.SignedData({ schema: sequence }), certificates };
}

function signerOf({ data, certificates }: Signed) {
  const [info, ...others] = data.signerInfos;
  if (!info || others.length > 0 || !(info.sid instanceof pkijs.IssuerAndSerialNumber))
    throw new RangeError('one signer');
  for (const raw of certificates) {
    const certificate = pkijs.Certificate.fromBER(copyOf(raw));
    if (certificate.issuer.isEqual(info.sid.issuer) && certificate.serialNumber.isEqual(info.sid.serialNumber))
      return { info, certificate, raw };
  }
  throw new RangeError('no certificate of the signer');
}

/** The signed attributes name the certificate by its digest (RFC 5035; RFC 2634 of older authorities), so none can be put in its place. */
async function isBound(info: pkijs.SignerInfo, raw: Uint8Array): Promise<boolean> {
  const [type, algorithm] = attribute(info, OID.signingCertificateV2)
    ? ([OID.signingCertificateV2, 'SHA-256'] as const)
    : ([OID.signingCertificate, 'SHA-1'] as const);
  const list = attribute(info, type) as asn1js.Sequence | undefined;
  const first = (list?.valueBlock.value[0] as asn1js.Sequence | undefined)?.valueBlock.value[0] as asn1js.Sequence;
  const [head, next] = first?.valueBlock.value ?? [];
  const named = head instanceof asn1js.OctetString ? algorithm : digestName(head);
  const digest = head instanceof asn1js.OctetString ? head : next;
  if (!(digest instanceof asn1js.OctetString)) return false;
  const found = await crypto.subtle.digest(named, copyOf(raw));
  return hexOf(new Uint8Array(found)) === hexOf(digest.valueBlock.valueHexView);
}

function digestName(identifier: unknown): string {
  const { algorithmId } = new pkijs.AlgorithmIdentifier({ schema: identifier as asn1js.Sequence });
  return pkijs.getCrypto(true).getAlgorithmByOID<{ name: string }>(algorithmId, true).name;
}

async function verifies(data: pkijs.SignedData, content: Uint8Array): Promise<boolean> {
  try {
    return await data.verify({ signer: 0, data: copyOf(content), checkChain: false });
  } catch {
    return false;
  }
}

function attribute(info: pkijs.SignerInfo, type: string): asn1js.BaseBlock | undefined {
  return info.signedAttrs?.attributes.find((one) => one.type === type)?.values[0] as asn1js.BaseBlock | undefined;
}

function mayStamp(certificate: pkijs.Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === OID.extendedKeyUsage)?.parsedValue;
  return usage instanceof pkijs.ExtKeyUsage && usage.keyPurposes.includes(OID.timeStamping);
}

function subjectOf({ subject }: pkijs.Certificate): string {
  const values = subject.typesAndValues.map(({ type, value }) => ({ type, text: String(value.valueBlock.value) }));
  return values.find(({ type }) => type === OID.commonName)?.text ?? values.map(({ text }) => text).join(', ');
}

async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', copyOf(bytes))));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
