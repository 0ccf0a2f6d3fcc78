/**
 * Signed fixtures with keys made here and thrown away: X.509 certificates in DER (RFC 5280), COSE_Sign1 (RFC 9052) as C2PA 2.2 section 13
 * demands, and the library's own builder for the rest.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync, WasmBuilder } from '@contentauth/c2pa-wasm';

function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const n = body.length;
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...c: readonly Uint8Array[]) => der(0x30, ...c);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));

function name(common: string, organisation: string): Buffer {
  const part = (id: string, text: string) => der(0x31, sequence(oid(id), der(0x0c, Buffer.from(text))));
  return sequence(part('55040a', organisation), part('550403', common));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));
}

export interface Identity {
  readonly key: KeyObject;
  readonly certificate: Buffer;
  readonly chain: readonly Buffer[];
}

interface CertificateWish {
  readonly common: string;
  readonly from: Date;
  readonly to: Date;
  readonly authority: boolean;
  readonly issuer?: { readonly common: string; readonly key: KeyObject; readonly publicKey: Buffer };
}

function certify(wish: CertificateWish, publicKey: Buffer, key: KeyObject): Buffer {
  const issuer = wish.issuer ?? { common: wish.common, key, publicKey };
  const extension = (id: string, critical: boolean, value: Buffer) =>
    sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
  const keyId = (spki: Buffer) => createHash('sha1').update(spki).digest();
  const extensions = [
    extension('551d13', true, wish.authority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence()),
    extension('551d0f', true, der(0x03, wish.authority ? Buffer.from([1, 0x06]) : Buffer.from([7, 0x80]))),
    extension('551d0e', false, der(0x04, keyId(publicKey))),
    extension('551d23', false, sequence(der(0x80, keyId(issuer.publicKey)))),
    ...(wish.authority ? [] : [extension('551d25', false, sequence(oid('2b06010505070304')))]),
  ];
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), createHash('sha256').update(wish.common).digest().subarray(0, 8)])),
    ECDSA_SHA256,
    name(issuer.common, 'Jianzhen Test'),
    sequence(time(wish.from), time(wish.to)),
    name(wish.common, 'Jianzhen Test'),
    publicKey,
    der(0xa3, sequence(...extensions)),
  );
  return sequence(body, ECDSA_SHA256, der(0x03, Buffer.from([0]), sign('sha256', body, issuer.key)));
}

export interface TestAuthority {
  readonly pem: string;
  /** A signer below this authority, valid between the two dates. */
  issue(common: string, from: Date, to: Date): Identity;
}

export function testAuthority(): TestAuthority {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rootKey = pair.publicKey.export({ type: 'spki', format: 'der' });
  const common = 'Jianzhen Test Root';
  const root = certify(
    { common, from: new Date('2020-01-01'), to: new Date('2090-01-01'), authority: true },
    rootKey,
    pair.privateKey,
  );
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${root.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    issue: (leafName, from, to) => {
      const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const spki = leaf.publicKey.export({ type: 'spki', format: 'der' });
      const issuer = { common, key: pair.privateKey, publicKey: rootKey };
      const certificate = certify({ common: leafName, from, to, authority: false, issuer }, spki, leaf.privateKey);
      return { key: leaf.privateKey, certificate, chain: [certificate] };
    },
  };
}

function cbor(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n]);
  if (n < 256) return Buffer.from([(major << 5) | 24, n]);
  const b = Buffer.alloc(n < 65536 ? 3 : 5);
  b[0] = (major << 5) | (n < 65536 ? 25 : 26);
  if (n < 65536) b.writeUInt16BE(n, 1);
  else b.writeUInt32BE(n, 1);
  return b;
}

const bytes = (b: Uint8Array) => Buffer.concat([cbor(2, b.length), b]);
const text = (t: string) => Buffer.concat([cbor(3, Buffer.byteLength(t)), Buffer.from(t)]);

/** ES256 over the claim, the chain in the protected header, padded to exactly `reserve` bytes. */
function coseSign1(claim: Uint8Array, identity: Identity, reserve: number): Buffer {
  const chain =
    identity.chain.length === 1
      ? bytes(identity.chain[0]!)
      : Buffer.concat([cbor(4, identity.chain.length), ...identity.chain.map(bytes)]);
  const header = Buffer.concat([cbor(5, 2), cbor(0, 1), cbor(1, 6), cbor(0, 33), chain]);
  const structure = Buffer.concat([
    cbor(4, 4),
    text('Signature1'),
    bytes(header),
    bytes(Buffer.alloc(0)),
    bytes(claim),
  ]);
  const signature = sign('sha256', structure, { key: identity.key, dsaEncoding: 'ieee-p1363' });
  const build = (pad: number) =>
    Buffer.concat([
      Buffer.from([0xd2]),
      cbor(4, 4),
      bytes(header),
      cbor(5, 1),
      text('pad'),
      bytes(Buffer.alloc(pad)),
      Buffer.from([0xf6]),
      bytes(signature),
    ]);
  let pad = reserve - build(0).length;
  while (build(pad).length > reserve) pad--;
  return build(pad);
}

let loaded = false;

/** The file with a manifest of the given definition (c2pa-rs `ManifestDefinition`). Ingredients are given as whole files. */
export async function signFile(
  mediaType: string,
  file: Uint8Array,
  identity: Identity,
  actions: readonly object[],
  ingredients: readonly { readonly mediaType: string; readonly file: Uint8Array; readonly relationship: string }[] = [],
): Promise<Buffer> {
  if (!loaded) {
    const require = createRequire(import.meta.url);
    initSync({ module: readFileSync(require.resolve('@contentauth/c2pa-wasm/c2pa.wasm')) });
    loaded = true;
  }
  provideBrowserParts();
  const definition = {
    claim_generator_info: [{ name: 'Jianzhen test', version: '1' }],
    title: 'fixture',
    assertions: [{ label: 'c2pa.actions.v2', data: { actions } }],
  };
  const settings = {
    verify: { verify_after_sign: false, verify_trust: false, remote_manifest_fetch: false, ocsp_fetch: false },
    builder: { thumbnail: { enabled: false } },
  };
  const builder = WasmBuilder.fromJson(JSON.stringify(definition), JSON.stringify(settings));
  for (const i of ingredients)
    await builder.addIngredientFromBlob(
      JSON.stringify({ title: 'ingredient', relationship: i.relationship }),
      i.mediaType,
      new HeldBlob(i.file),
    );
  const reserveSize = 1200;
  const signer = {
    alg: 'es256',
    reserveSize,
    sign: async (claim: Uint8Array) => new Uint8Array(coseSign1(claim, identity, reserveSize)),
  };
  const signed = await builder.sign(signer, [], mediaType, new HeldBlob(file));
  builder.free();
  return Buffer.from(signed);
}

/** The builder takes Blobs and reads them as a browser worker would. */
class HeldBlob extends Blob {
  readonly held: Uint8Array;

  constructor(held: Uint8Array) {
    super([]);
    this.held = held;
  }

  override get size(): number {
    return this.held.length;
  }

  override slice(from = 0, to = this.held.length): Blob {
    return new HeldBlob(this.held.subarray(from, to));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.copy();
  }

  copy(): ArrayBuffer {
    return new Uint8Array(this.held).buffer;
  }
}

function provideBrowserParts(): void {
  Reflect.set(globalThis, 'WorkerGlobalScope', class WorkerGlobalScope {});
  Reflect.set(
    globalThis,
    'FileReaderSync',
    class FileReaderSync {
      readAsArrayBuffer(blob: HeldBlob): ArrayBuffer {
        return blob.copy();
      }
    },
  );
}
