/**
 * The manifest of `c2pa/legacy.mp4` checked without the library. Version 0.11.0 of c2pa-wasm called its claim signature mismatched, which would make
 * the file "altered"; the signature is valid, and this test shows it with node's own RSA-PSS over the COSE structure (RFC 9052 section 4.4).
 */
import { constants, verify, X509Certificate } from 'node:crypto';
import path from 'node:path';
import { FileSource } from '../../main/media/source.ts';
import { surveyOf } from '../../main/provenance/containers/index.ts';
import { sharedRoot, testWithShared } from '../shared.ts';

const FILE = 'data/provenance/c2pa/legacy.mp4';

testWithShared([FILE], 'the claim signature of legacy.mp4 verifies', async () => {
  const source = await FileSource.open(path.join(sharedRoot, FILE));
  const survey = await surveyOf(source);
  await source[Symbol.asyncDispose]();
  const store = Buffer.from(survey.c2pa[0]!.bytes);
  const manifest = child(
    store,
    child(store, { from: 0, to: store.length }, null)!,
    'urn:uuid:436acefc-d2bb-4807-a020-24bdf033af22',
  )!;
  const claim = content(store, child(store, manifest, 'c2pa.claim')!);
  const [header, unprotected, , signature] = new Cbor(
    content(store, child(store, manifest, 'c2pa.signature')!),
  ).read() as [Buffer, Map<string, Buffer | Buffer[]>, null, Buffer];
  const chain = unprotected.get('x5chain')!;
  const certificate = new X509Certificate(Array.isArray(chain) ? chain[0]! : chain);
  const structure = Buffer.concat([
    Buffer.from([0x84, 0x6a]),
    Buffer.from('Signature1'),
    bytes(header),
    bytes(Buffer.alloc(0)),
    bytes(claim),
  ]);
  const valid = verify(
    'sha256',
    structure,
    { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
    signature,
  );
  expect(valid).toBe(true);
});

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The superbox of this label directly inside a superbox (or the first box where `label` is null), without its own header. */
function child(b: Buffer, within: Range, label: string | null): Range | null {
  for (let at = within.from; at + 8 <= within.to; at += b.readUInt32BE(at)) {
    const range = { from: at + 8, to: at + b.readUInt32BE(at) };
    if (label === null) return range;
    if (b.toString('latin1', at + 4, at + 8) !== 'jumb') continue;
    const described = b.toString('utf8', range.from + 25, range.from + b.readUInt32BE(range.from)).split('\0')[0];
    if (described === label) return range;
  }
  return null;
}

/** The content box behind the description box. */
function content(b: Buffer, superbox: Range): Buffer {
  const at = superbox.from + b.readUInt32BE(superbox.from);
  return b.subarray(at + 8, at + b.readUInt32BE(at));
}

function bytes(b: Buffer): Buffer {
  const head =
    b.length < 24 ? [0x40 | b.length] : b.length < 256 ? [0x58, b.length] : [0x59, b.length >> 8, b.length & 255];
  return Buffer.concat([Buffer.from(head), b]);
}

/** The few kinds of CBOR (RFC 8949) that a COSE structure of definite length holds. */
class Cbor {
  readonly #b: Buffer;
  #at = 0;

  constructor(b: Buffer) {
    this.#b = b;
  }

  read(): unknown {
    const first = this.#b[this.#at++]!;
    const major = first >> 5;
    const n = this.#count(first & 31);
    if (major === 0) return n;
    if (major === 1) return -1 - n;
    if (major === 2) return this.#take(n);
    if (major === 3) return this.#take(n).toString('utf8');
    if (major === 4) return Array.from({ length: n }, () => this.read());
    if (major === 5) return new Map(Array.from({ length: n }, () => [this.read(), this.read()] as const));
    return major === 6 ? this.read() : null;
  }

  #count(short: number): number {
    const width = short < 24 || short > 26 ? 0 : 1 << (short - 24);
    const n = width === 0 ? short : this.#b.readUIntBE(this.#at, width);
    this.#at += width;
    return n;
  }

  #take(n: number): Buffer {
    this.#at += n;
    return this.#b.subarray(this.#at - n, this.#at);
  }
}
