import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileSource } from '../../../../main/media/index.ts';
import { readReport, stateOf, stateOfError } from '../../../../main/provenance/c2pa/report.ts';
import {
  C2paReader,
  createProvenanceAnalyzers,
  importTrustFile,
  installedTrustLists,
  trustListVersions,
} from '../../../../main/provenance/index.ts';
import { counting, largeFilm } from '../../../fixtures/large-film.ts';
import { factsOfBytes, factsOfFile, outcomesOf, valuesOf } from '../examine.ts';
import * as p from '../pieces.ts';
import { signFile, testAuthority } from './signing.ts';

const GENERATED = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const COMPOSITE = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia';
const CAPTURE = 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture';
const authority = testAuthority();
const signer = authority.issue('Test Signer', new Date('2025-01-01'), new Date('2027-01-01'));
const now = () => new Date('2026-06-01T00:00:00Z');
const folder = mkdtempSync(path.join(tmpdir(), 'jz-c2pa-'));
const trustFolder = path.join(folder, 'trust');
// How fast a file is read is measured in test/bench: here a busy machine may take its time.
const reader = new C2paReader(undefined, () => 600_000);

beforeAll(async () => {
  await importTrustFile(trustFolder, Buffer.from(authority.pem), '2026-05-01');
});

afterAll(() => {
  reader[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const only = (options: Parameters<typeof createProvenanceAnalyzers>[0]) =>
  createProvenanceAnalyzers({ reader, now, ...options }).filter((a) => a.id === 'provenance-c2pa');
const read = (file: Uint8Array, options: Parameters<typeof createProvenanceAnalyzers>[0] = {}) =>
  factsOfBytes(only(options), file);
const created = (source: string) => [
  { action: 'c2pa.created', digitalSourceType: source, softwareAgent: { name: 'Test Generator' } },
];

test("signed, unchanged, and the signer on the user's list", async () => {
  const facts = await read(await signFile('image/jpeg', p.jpegFile(), signer, created(GENERATED)), { trustFolder });
  expect(valuesOf(facts, 'c2pa.state')).toEqual(['trusted']);
  expect(valuesOf(facts, 'c2pa.trustList')).toEqual(['user 2026-05-01']);
  expect(valuesOf(facts, 'c2pa.validatedAt')).toEqual(['2026-06-01T00:00:00.000Z']);
  expect(facts.find((f) => f.id === 'c2pa.digitalSourceType')).toMatchObject({
    value: 'trainedAlgorithmicMedia',
    strength: 'S4',
    says: 'generated',
  });
});

test('without a list the signer is unknown, and that no list is installed is said', async () => {
  const facts = await read(await signFile('image/jpeg', p.jpegFile(), signer, created(GENERATED)));
  expect(valuesOf(facts, 'c2pa.state')).toEqual(['signer-unknown']);
  expect(valuesOf(facts, 'c2pa.trustListsInstalled')).toEqual(['none']);
  expect(facts.find((f) => f.id === 'c2pa.digitalSourceType')).toMatchObject({ strength: 'S3', says: 'generated' });
});

test('the injected time decides whether the certificate has run out, and expired is not tampering', async () => {
  const file = await signFile('image/jpeg', p.jpegFile(), signer, created(GENERATED));
  const facts = await read(file, { trustFolder, now: () => new Date('2028-01-01') });
  expect(valuesOf(facts, 'c2pa.state')).toEqual(['expired']);
  expect(facts.filter((f) => f.says === 'tampered')).toEqual([]);
});

test('bytes changed after signing, and a credential that was altered, are told apart', async () => {
  const file = await signFile(
    'image/jpeg',
    p.jpegFile(p.jpegSegment(0xfe, Buffer.from('a comment'))),
    signer,
    created(CAPTURE),
  );
  const changed = Buffer.from(file);
  changed[changed.indexOf('a comment')] = 0x41;
  const first = await read(changed, { trustFolder });
  expect(valuesOf(first, 'c2pa.state')).toEqual(['content-changed']);
  expect(first.find((f) => f.id === 'c2pa.state')).toMatchObject({ strength: 'S3', says: 'tampered' });
  expect(first.find((f) => f.id === 'c2pa.digitalSourceType')?.strength).toBe('S1');
  const altered = Buffer.from(file);
  altered[altered.indexOf('Jianzhen test') + 1] = 0x41;
  expect(valuesOf(await read(altered, { trustFolder }), 'c2pa.state')).toEqual(['credential-altered']);
});

test('a picture edited with AI is said to be that', async () => {
  const facts = await read(
    await signFile('image/png', p.pngFile(), signer, [{ action: 'c2pa.created', digitalSourceType: COMPOSITE }]),
  );
  expect(facts.find((f) => f.id === 'c2pa.digitalSourceType')?.says).toBe('edited-with-ai');
});

test('the source type in an ingredient is found: as parent it is the work, as component it is a part of it', async () => {
  const inner = await signFile('image/jpeg', p.jpegFile(), signer, created(GENERATED));
  const opened = [{ action: 'c2pa.opened' }];
  const wrap = (relationship: string, actions: object[]) =>
    signFile('image/jpeg', p.jpegFile(), signer, actions, [{ mediaType: 'image/jpeg', file: inner, relationship }]);
  const parent = await read(await wrap('parentOf', opened));
  expect(valuesOf(parent, 'c2pa.manifestCount')).toEqual([2]);
  expect(parent.find((f) => f.id === 'c2pa.digitalSourceType')?.says).toBe('generated');
  expect(valuesOf(parent, 'c2pa.activeDigitalSourceType')).toEqual([]);
  const component = await read(await wrap('componentOf', [{ action: 'c2pa.created', digitalSourceType: CAPTURE }]));
  const said = component.filter((f) => f.id === 'c2pa.digitalSourceType').map((f) => [f.value, f.says]);
  expect(said).toEqual(
    expect.arrayContaining([
      ['trainedAlgorithmicMedia', 'edited-with-ai'],
      ['digitalCapture', 'captured'],
    ]),
  );
});

const JXL = Buffer.concat([
  Buffer.from('0000000c4a584c200d0a870a', 'hex'),
  p.box('ftyp', p.ascii('jxl '), p.be32(0), p.ascii('jxl ')),
  p.box('jxlc', Buffer.from('ff0a', 'hex'), Buffer.alloc(30)),
]);
const film = (brand: string) =>
  Buffer.concat([
    p.box('ftyp', p.ascii(brand), p.be32(0), p.ascii(`${brand}isom`)),
    p.box('moov', p.box('udta')),
    p.box('mdat', Buffer.alloc(16)),
  ]);
const SVG =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!-- 图 --><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['image/jpeg', p.jpegFile()],
  ['image/png', p.pngFile()],
  ['image/gif', p.gifFile()],
  ['audio/wav', p.wavFile()],
  ['video/avi', p.riffFile('AVI ', p.riffChunk('LIST', Buffer.concat([p.ascii('hdrl'), Buffer.alloc(4)])))],
  ['image/webp', p.webpFile()],
  ['image/tiff', p.exifBlock([[0x10f, 'Maker']])],
  ['image/avif', p.heifFile('avif', p.xmpPacket(''))],
  ['image/jxl', JXL],
  ['audio/flac', p.flacFile(p.vorbisComments(['a', 'b']))],
  ['video/mp4', p.mp4File()],
  ['audio/mpeg', p.id3File(p.txxx('a', 'b'))],
  ['video/quicktime', film('qt  ')],
  ['audio/mp4', film('M4A ')],
  ['image/heic', p.heifFile('heic', p.xmpPacket(''))],
  ['image/heif', p.heifFile('mif1', p.xmpPacket(''))],
  ['image/x-adobe-dng', p.exifBlock([[0x10f, 'Maker']])],
  ['image/svg+xml', Buffer.from(SVG)],
];

test.each(FILES)('own walker and library agree on %s', async (mediaType, file) => {
  const facts = await read(await signFile(mediaType, file, signer, created(GENERATED)), { trustFolder });
  expect(valuesOf(facts, 'c2pa.state')).toEqual(['trusted']);
  const place = facts.find((f) => f.id === 'c2pa.manifest')?.at as { offset: number; length: number };
  expect(place.length).toBeGreaterThan(500);
});

test('a file on disk is read by the child itself', async () => {
  const file = path.join(folder, 'on-disk.jpg');
  writeFileSync(file, await signFile('image/jpeg', p.jpegFile(), signer, created(GENERATED)));
  expect(valuesOf(await factsOfFile(only({ trustFolder }), file), 'c2pa.state')).toEqual(['trusted']);
});

test('a film that does not fit into memory is read by the child', async () => {
  const file = path.join(folder, 'large.mp4');
  largeFilm(file, 80 * 1024 * 1024, await signFile('video/mp4', p.mp4File(), signer, created(GENERATED)));
  // The box behind the signed ones is not covered by the signature, which is what the hash of the whole file finds.
  expect(valuesOf(await factsOfFile(only({ trustFolder }), file), 'c2pa.state')).toEqual(['content-changed']);
});

test('of a film of 600 MB without credentials only what describes it is read', async () => {
  const file = path.join(folder, 'huge.mp4');
  largeFilm(file, 600 * 1024 * 1024, p.FTYP);
  await using opened = await FileSource.open(file);
  const { source, read } = counting(opened);
  const facts = (await outcomesOf(createProvenanceAnalyzers({ reader: noChild() }), source)).flatMap((o) => o.facts);
  expect(valuesOf(facts, 'aigc.Label')).toEqual(['1']);
  expect(read()).toBeLessThan(1024 * 1024);
});

test('a drawing whose text or document type only looks like credentials has none', async () => {
  const words =
    '<svg xmlns="http://www.w3.org/2000/svg"><!-- <c2pa:manifest>AAAA</c2pa:manifest> --><text>c2pa:manifest</text></svg>';
  expect(valuesOf(await read(Buffer.from(words)), 'c2pa.state')).toEqual(['none']);
  const typed = `<!DOCTYPE svg [<!ENTITY x "y">]>${SVG}`;
  expect(valuesOf(await read(Buffer.from(typed)), 'c2pa.state')).toEqual(['unreadable']);
});

test('a remote address is shown, never followed', async () => {
  const packet = p.xmpPacket(
    'xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="https://example.invalid/m.c2pa"',
  );
  const facts = await read(p.jpegFile(p.xmpSegment(packet)));
  expect(valuesOf(facts, 'c2pa.state')).toEqual(['remote-not-fetched']);
  expect(valuesOf(facts, 'c2pa.remoteAddress')).toEqual(['https://example.invalid/m.c2pa']);
});

/** Reading with it shows that no child was needed. */
const noChild = () =>
  new C2paReader(() => {
    throw new Error('a child was started');
  });

test('no manifest starts no child', async () => {
  const never = noChild();
  expect(valuesOf(await factsOfBytes(only({ reader: never }), p.jpegFile()), 'c2pa.state')).toEqual(['none']);
});

test('the first state that applies wins', () => {
  const all = [
    'signingCredential.untrusted',
    'signingCredential.expired',
    'claim.malformed',
    'assertion.dataHash.mismatch',
    'claimSignature.mismatch',
  ];
  expect(all.map((_, i) => stateOf(all.slice(0, i + 1)))).toEqual([
    'signer-unknown',
    'expired',
    'malformed',
    'content-changed',
    'credential-altered',
  ]);
  expect(stateOf([])).toBe('trusted');
  expect(stateOf(['cawg.x509.credential.untrusted', 'signingCredential.untrusted'])).toBe('signer-unknown');
  expect([stateOfError('C2pa(PrereleaseError)'), stateOfError('C2pa(JumbfParseError(x))')]).toEqual([
    'unknown-format',
    'unreadable',
  ]);
});

test('a manifest labelled __proto__ is a manifest like any other', () => {
  const json =
    '{"active_manifest":"__proto__","manifests":{"__proto__":{"claim_generator":"x","assertions":[]}},"validation_results":{"activeManifest":{"failure":[]}}}';
  const report = readReport([{ list: 'none', json, error: null }]);
  expect(report?.manifests.map((m) => [m.label, m.generator])).toEqual([['__proto__', 'x']]);
});

test('trust lists: a file that is neither known nor a certificate is refused', async () => {
  await expect(importTrustFile(trustFolder, Buffer.from('hello'), '2026-01-01')).rejects.toMatchObject({
    code: 'TRUST_LIST_INVALID',
  });
  expect(installedTrustLists(path.join(folder, 'absent'))).toEqual([]);
  expect(installedTrustLists(trustFolder).map((l) => l.id)).toEqual(['user']);
  const before = trustListVersions(trustFolder);
  expect(before).toEqual({ user: expect.stringMatching(/^2026-05-01 [0-9a-f]{8}$/) });
  await importTrustFile(trustFolder, Buffer.from(testAuthority().pem), '2026-05-01');
  expect(trustListVersions(trustFolder).user).toMatch(/^2026-05-01 /);
  expect(trustListVersions(trustFolder)).not.toEqual(before);
});

test('a container without a place for credentials is not applicable, which is not "none"', async () => {
  expect(await read(p.oggFile(p.vorbisComments(['TITLE', 'x'])))).toEqual([]);
  expect(await read(p.webmFile(['TITLE', 'x']))).toEqual([]);
});
