import { deflateSync } from 'node:zlib';
import { checkProducerCode } from '../../../main/provenance/aigc/producer-code.ts';
import { memorySource } from '../../../main/provenance/bytes/window.ts';
import { createProvenanceAnalyzers } from '../../../main/provenance/index.ts';
import { factsOfBytes, outcomesOf, valuesOf } from './examine.ts';
import * as p from './pieces.ts';

const analyzers = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-aigc-label');
const facts = (bytes: Uint8Array) => factsOfBytes(analyzers, bytes);

const LABEL = {
  Label: '1',
  ContentProducer: '001191110102MACQD9K64010000',
  ProduceID: 'made-here-1',
  ReservedCode1: '',
  ContentPropagator: '',
  PropagateID: '',
  ReservedCode2: '',
};
const INNER = JSON.stringify(LABEL);
const WRAPPED = JSON.stringify({ AIGC: LABEL });
const NAMESPACE = 'xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"';
const escaped = INNER.replaceAll('"', '&quot;');
const ATTRIBUTE = p.xmpPacket(`${NAMESPACE} TC260:AIGC="${escaped}"`);
const ELEMENT = p.xmpPacket(NAMESPACE, `<TC260:AIGC>${INNER}</TC260:AIGC>`);
/** Any prefix may stand for the namespace. */
const OTHER_PREFIX = p.xmpPacket('xmlns:q="http://www.tc260.org.cn/ns/AIGC/1.0/"', `<q:AIGC>${escaped}</q:AIGC>`);

const unicode = (text: string) => Buffer.concat([p.ascii('UNICODE\0'), Buffer.from(text, 'utf16le')]);
const plain = (text: string) => Buffer.concat([p.ascii('ASCII\0\0\0'), Buffer.from(text)]);
const comment = (bytes: Uint8Array) => p.exifBlock([], [[0x9286, bytes]]);
const freeform = p.box(
  'moov',
  p.box(
    'udta',
    p.box(
      'meta',
      p.be32(0),
      p.box(
        'ilst',
        p.box(
          '----',
          p.box('mean', p.be32(0), p.ascii('com.apple.iTunes')),
          p.box('name', p.be32(0), p.ascii('AIGC')),
          p.box('data', p.be32(1), p.be32(0), Buffer.from(INNER)),
        ),
      ),
    ),
  ),
);
const xmpUuid = p.box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), Buffer.from(ELEMENT));
const tail = p.box('mdat', Buffer.alloc(3_000_000));
const M4A = p.box('ftyp', p.ascii('M4A '), p.be32(0), p.ascii('M4A isom'));
const utf16Info = `<FEFF${Buffer.from(INNER, 'utf16le').swap16().toString('hex')}>`;

const CARRIERS: readonly (readonly [string, Uint8Array, string, boolean])[] = [
  ['JPEG, XMP attribute', p.jpegFile(p.xmpSegment(ATTRIBUTE)), 'xmp', true],
  ['JPEG, XMP element', p.jpegFile(p.xmpSegment(ELEMENT)), 'xmp', true],
  ['JPEG, another prefix', p.jpegFile(p.xmpSegment(OTHER_PREFIX)), 'xmp', true],
  ['JPEG, EXIF comment wrapped', p.jpegFile(p.exifSegment(comment(plain(WRAPPED)))), 'exif-user-comment', false],
  ['JPEG, EXIF comment in UTF-16', p.jpegFile(p.exifSegment(comment(unicode(WRAPPED)))), 'exif-user-comment', false],
  ['JPEG, bare segment', p.jpegFile(p.jpegSegment(0xeb, Buffer.from(`AIGC${INNER}`))), 'jpeg-segment', false],
  ['PNG, XMP', p.pngFile([p.pngXmp(ELEMENT)]), 'xmp', true],
  [
    'PNG, packed XMP',
    p.pngFile([
      p.pngChunk('iTXt', Buffer.concat([p.ascii('XML:com.adobe.xmp\0\x01\0\0\0'), deflateSync(Buffer.from(ELEMENT))])),
    ]),
    'xmp',
    true,
  ],
  ['PNG, XMP as plain text', p.pngFile([p.pngText('XML:com.adobe.xmp', ELEMENT)]), 'xmp', true],
  ['PNG, text', p.pngFile([p.pngText('AIGC', INNER)]), 'png-text', false],
  [
    'PNG, packed text behind the picture',
    p.pngFile([], [p.pngChunk('zTXt', Buffer.concat([p.ascii('AIGC\0\0'), deflateSync(Buffer.from(INNER))]))]),
    'png-text',
    false,
  ],
  ['WebP, XMP', p.webpFile(p.riffChunk('XMP ', Buffer.from(ELEMENT))), 'xmp', true],
  ['WebP, EXIF', p.webpFile(p.riffChunk('EXIF', comment(plain(WRAPPED)))), 'exif-user-comment', false],
  ['GIF, XMP', p.gifFile(p.gifXmp(ELEMENT)), 'xmp', true],
  ['AVIF, XMP item', p.heifFile('avif', ELEMENT), 'xmp', true],
  ['HEIC, XMP item', p.heifFile('heic', ATTRIBUTE), 'xmp', true],
  [
    'MP4, keys',
    p.mp4File(
      p.mp4Keys([
        ['other', 'x'],
        ['AIGC', INNER],
      ]),
    ),
    'mp4-keys',
    true,
  ],
  [
    'MOV, keys behind the media data',
    Buffer.concat([p.box('ftyp', p.ascii('qt  '), p.be32(0)), tail, p.box('moov', p.mp4Keys([['AIGC', WRAPPED]]))]),
    'mp4-keys',
    true,
  ],
  ['MP4, XMP box', Buffer.concat([p.FTYP, xmpUuid]), 'xmp', true],
  ['MP4, box of its own', p.mp4File(p.box('udta', p.box('AIGC', Buffer.from(INNER)))), 'mp4-box', false],
  ['M4A, freeform item', Buffer.concat([M4A, freeform]), 'mp4-freeform', true],
  ['Matroska, tag', p.webmFile(['ENCODER', 'x'], ['AIGC', INNER]), 'matroska-tag', true],
  ['WAV, chunk', p.wavFile(p.riffChunk('AIGC', Buffer.from(INNER))), 'riff-chunk', true],
  [
    'WAV, comment',
    p.wavFile(p.riffChunk('LIST', Buffer.concat([p.ascii('INFO'), p.riffChunk('ICMT', Buffer.from(INNER))]))),
    'riff-info',
    false,
  ],
  [
    'AVI, INFO',
    p.riffFile('AVI ', p.riffChunk('LIST', Buffer.concat([p.ascii('INFO'), p.riffChunk('AIGC', Buffer.from(INNER))]))),
    'riff-info',
    true,
  ],
  ['MP3, TXXX', p.id3File(p.txxx('AIGC', INNER)), 'id3-user', true],
  [
    'MP3, TXXX in UTF-16',
    p.id3File(
      p.id3Frame(
        'TXXX',
        Buffer.concat([
          Buffer.from([1]),
          Buffer.from('\ufeffAIGC\0', 'utf16le'),
          Buffer.from(`\ufeff${INNER}`, 'utf16le'),
        ]),
      ),
    ),
    'id3-user',
    true,
  ],
  ['FLAC, comment', p.flacFile(p.vorbisComments(['AIGC', INNER])), 'vorbis-comment', true],
  ['Ogg, comment', p.oggFile(p.vorbisComments(['TITLE', 'x'.repeat(600)], ['AIGC', INNER])), 'vorbis-comment', true],
  ['PDF, information', p.pdfFile(`<< /Title (a\\)b) /AIGC (${INNER}) >>`), 'pdf-info', true],
  ['PDF, information in UTF-16', p.pdfFile(`<< /AIGC ${utf16Info} >>`), 'pdf-info', true],
  [
    'PDF, XMP',
    p.pdfFile(
      '<< /Title (x) >>',
      `<< /Type /Metadata /Subtype /XML /Length ${ELEMENT.length} >>\nstream\n${ELEMENT}\nendstream`,
    ),
    'xmp',
    true,
  ],
];

test.each(CARRIERS)('%s', async (_, file, place, conforming) => {
  const found = await facts(file);
  for (const [field, value] of Object.entries(LABEL)) expect(valuesOf(found, `aigc.${field}`)).toEqual([value]);
  expect(valuesOf(found, 'aigc.place')).toEqual([place]);
  expect(valuesOf(found, 'aigc.conformity')).toEqual([conforming ? 'conforming' : 'nonconforming']);
  expect(found.find((f) => f.id === 'aigc.Label')).toMatchObject({ strength: 'S2', says: 'generated' });
  expect(valuesOf(found, 'generator.name')).toEqual(['ByteDance Doubao']);
});

const reasons = async (json: string) =>
  valuesOf(await facts(p.pngFile([p.pngText('AIGC', json)])), 'aigc.reason').filter(
    (r) => r !== 'place-not-conforming',
  );
const label = (changes: Record<string, unknown>) => JSON.stringify({ ...LABEL, ...changes });

test('what breaks the form is told, one code each', async () => {
  expect(await reasons(label({ Label: '4' }))).toEqual(['label-value']);
  expect(await reasons(label({ Label: 1 }))).toEqual(['field-not-string']);
  expect(await reasons(label({ ProduceID: '' }))).toEqual(['empty-ProduceID']);
  expect(await reasons(label({ ProduceID: undefined }))).toEqual(['missing-ProduceID']);
  expect(await reasons(label({ ReservedCode1: '中文' }))).toEqual(['characters']);
  expect(await reasons(label({ ReserveCode1: '' }))).toEqual(['field-misspelt']);
  expect(await reasons(label({ Extra: 'x' }))).toEqual(['field-unknown']);
  expect(await reasons(label({ ContentProducer: 'doubao' }))).toEqual(['producer-name-not-code']);
  expect(await reasons(label({ ContentProducer: '001191110102MACQD9K65010000' }))).toEqual([
    'producer-code-check-character',
  ]);
  expect(await reasons(INNER.slice(0, -5))).toEqual(['json-malformed']);
  expect(await reasons(`{"Label":"1",${INNER.slice(1)}`)).toEqual(['key-repeated']);
});

test('two labels that differ are both reported and the difference is told', async () => {
  const found = await facts(
    p.jpegFile(
      p.xmpSegment(ELEMENT),
      p.exifSegment(comment(plain(JSON.stringify({ AIGC: { ...LABEL, Label: '3' } })))),
    ),
  );
  expect(valuesOf(found, 'aigc.Label').toSorted()).toEqual(['1', '3']);
  expect(valuesOf(found, 'aigc.reason')).toEqual(expect.arrayContaining(['more-than-one', 'labels-differ']));
});

test('only "is" is the writer\'s own statement: a platform\'s suspicion is weaker', async () => {
  const found = await facts(p.pngFile([p.pngText('AIGC', label({ Label: '3' }))]));
  expect(found.find((f) => f.id === 'aigc.Label')).toMatchObject({ value: '3', strength: 'S1', says: 'generated' });
});

test('a reserved field that holds something is told, and that it was not checked', async () => {
  const found = await facts(p.pngFile([p.pngText('AIGC', label({ ReservedCode1: 'abc' }))]));
  expect(valuesOf(found, 'aigc.signature')).toEqual(['present-unchecked']);
});

test('an AIGC key of another program, and words in a comment, are no label', async () => {
  expect(await facts(p.pngFile([p.pngText('AIGC', '{"colour":"red"}')]))).toEqual([]);
  expect(await facts(p.pngFile([p.pngText('AIGC', 'yes')]))).toEqual([]);
  expect(await facts(p.jpegFile(p.jpegSegment(0xfe, Buffer.from('AIGC Label ContentProducer ProduceID'))))).toEqual([]);
  expect(await facts(p.pngFile([p.pngText('Comment', '{"Label":"cats"}')]))).toEqual([]);
});

test('keys of a file never become properties', async () => {
  const found = await facts(
    p.pngFile([p.pngText('AIGC', `{"__proto__":{"polluted":"yes"},"constructor":"x",${INNER.slice(1)}`)]),
  );
  expect(valuesOf(found, 'aigc.Label')).toEqual(['1']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('provider codes: credit code and service, or a bare name', () => {
  expect(checkProducerCode('001191110102MACQD9K64010000')).toEqual({
    creditCode: '91110102MACQD9K640',
    service: '10000',
    reasons: [],
  });
  expect(checkProducerCode('kling')).toEqual({ creditCode: null, service: null, reasons: ['name-not-code'] });
});

test('nothing found is told from a container that cannot be read, and from one that was not read through', async () => {
  const analyzers = createProvenanceAnalyzers().filter(({ id }) => /aigc-label|generator/.test(id));
  const states = async (bytes: Buffer) =>
    (await outcomesOf(analyzers, memorySource(bytes))).map(({ status, reason }) => [status, reason?.code ?? null]);
  const whole = p.flvFile(['encoder', 'x']);
  expect(await states(whole)).toEqual(Array(2).fill(['evidence', null]));
  expect(await states(whole.subarray(0, -20))).toEqual(Array(2).fill(['abstained', 'container-not-read-through']));
  expect(await states(p.ascii('#!AMR\n no texts'))).toEqual(Array(2).fill(['abstained', 'container-unknown']));
  // A label is found behind more parts than are kept.
  const chunks = Array.from({ length: 5000 }, (_, n) => p.pngChunk(n % 2 ? 'prVt' : 'prIv', Buffer.alloc(1)));
  const labelled = p.pngFile([...chunks, p.pngText('AIGC', '{"Label":"1"}')]);
  expect(valuesOf(await facts(labelled), 'aigc.Label')).toEqual(['1']);
  // Behind more than are followed anything may stand.
  const images = Buffer.concat([
    p.gifFile(Buffer.alloc(0)).subarray(0, -1),
    ...Array(20_000).fill(Buffer.from([0x21, 0xfe, 1, 0x78, 0, 0x21, 0xf9, 4, 0, 0, 0, 0, 0])),
  ]);
  const others = createProvenanceAnalyzers().filter(({ id }) => /c2pa|exif/.test(id));
  const [c2pa, exif] = await outcomesOf(others, memorySource(images));
  expect(valuesOf(c2pa!.facts, 'c2pa.reason')).toEqual(['container-not-read-through']);
  expect(exif!.reason?.code).toBe('container-not-read-through');
  // What was found stands, wherever the file ends.
  const [label] = await states(p.flvFile(['AIGC', '{"Label":"1"}']).subarray(0, -20));
  expect(label).toEqual(['evidence', null]);
});
