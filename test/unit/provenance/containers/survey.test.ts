import { deflateSync } from 'node:zlib';
import * as p from '../pieces.ts';

const utf8 = (b: Uint8Array) => Buffer.from(b).toString('utf8');

test('jpeg: segments, tables and texts are recorded with their places', async () => {
  const file = p.jpegFile(
    p.exifSegment(p.exifBlock([[0x10f, 'Maker']])),
    p.xmpSegment(p.xmpPacket('')),
    p.jpegSegment(0xfe, p.ascii('hello')),
  );
  const s = await p.survey(file);
  expect(s.format).toBe('jpeg');
  expect(s.jpeg?.markers).toEqual(['E1', 'E1', 'FE', 'DB', 'C0', 'C4', 'C4', 'DA']);
  expect(s.jpeg?.tables[0]?.steps).toEqual(new Array(64).fill(1));
  expect(s.jpeg?.frame).toMatchObject({ width: 8, height: 8, marker: 'C0', sampling: ['1x1'] });
  const comment = s.texts[0]!;
  expect(file.subarray(comment.at.offset, comment.at.offset + comment.at.length).toString()).toBe('hello');
  expect(s.exif[0]?.bytes[0]).toBe(0x49);
  expect(file[s.exif[0]!.at.offset]).toBe(0x49);
  expect(s.end).toBe(file.length);
  expect(s.problems).toEqual([]);
});

test('jpeg: what follows the end is found, and a film there is told as a motion photo', async () => {
  const picture = p.jpegFile();
  const s = await p.survey(Buffer.concat([picture, p.mp4File()]));
  expect(s.end).toBe(picture.length);
  expect(s.embedded).toEqual([
    { offset: picture.length, length: p.mp4File().length, mediaType: 'video/mp4', relation: 'motion-photo-video' },
  ]);
});

test('jpeg: JUMBF packets are joined by their sequence, not by their order in the file', async () => {
  const jumbf = Buffer.concat([p.be32(40), p.ascii('jumb'), Buffer.from('0123456789abcdefABCDEFGHIJKLMNOP')]);
  const packet = (sequence: number, data: Uint8Array) =>
    p.jpegSegment(
      0xeb,
      Buffer.concat([
        p.ascii('JP'),
        p.be16(1),
        p.be32(sequence),
        sequence === 1 ? data : Buffer.concat([jumbf.subarray(0, 8), data]),
      ]),
    );
  const s = await p.survey(p.jpegFile(packet(2, jumbf.subarray(24)), packet(1, jumbf.subarray(0, 24))));
  expect(s.c2pa).toHaveLength(1);
  expect(Buffer.from(s.c2pa[0]!.bytes)).toEqual(jumbf);
});

test('png: texts before and after the picture, packed or not, and XMP', async () => {
  const packed = p.pngChunk('zTXt', Buffer.concat([p.ascii('Comment\0\0'), deflateSync(Buffer.from('packed'))]));
  const s = await p.survey(
    p.pngFile([p.pngText('parameters', 'Steps: 1'), packed, p.pngXmp('<x/>')], [p.pngText('late', 'after')]),
  );
  expect(s.texts.map((t) => [t.key, t.value])).toEqual([
    ['parameters', 'Steps: 1'],
    ['Comment', 'packed'],
    ['late', 'after'],
  ]);
  expect(utf8(s.xmp[0]!.bytes)).toBe('<x/>');
  expect(s.png?.textsAfterPicture).toBe(1);
});

test('png: a text that inflates without end is refused and the walk goes on', async () => {
  const bomb = p.pngChunk(
    'zTXt',
    Buffer.concat([p.ascii('parameters\0\0'), deflateSync(Buffer.alloc(64 * 1024 * 1024))]),
  );
  const s = await p.survey(p.pngFile([bomb, p.pngText('next', 'still read')]));
  expect(s.problems.map((x) => x.code)).toEqual(['bomb']);
  expect(s.texts.map((t) => t.key)).toEqual(['parameters', 'next']);
});

test('mp4: boxes, brands, keys and handler names', async () => {
  const handler = p.box('hdlr', p.be32(0), p.be32(0), p.ascii('vide'), Buffer.alloc(12), p.ascii('VideoHandler\0'));
  const s = await p.survey(p.mp4File(p.box('trak', p.box('mdia', handler)), p.mp4Keys([['AIGC', '{"Label":"1"}']])));
  expect(s.parts.map((x) => x.name)).toEqual(['ftyp', 'moov', 'mdat']);
  expect(s.bmff?.compatibleBrands).toEqual(['isom', 'iso2']);
  expect(s.bmff?.tracks[0]?.handlerNames).toEqual(['VideoHandler']);
  expect(s.texts).toMatchObject([{ place: 'mp4-keys', key: 'AIGC', value: '{"Label":"1"}' }]);
});

test('mp4: boxes of size zero, of size four and nested without end leave the record made so far', async () => {
  let nest: Buffer = p.box('free');
  for (let i = 0; i < 200; i++) nest = p.box('moov', nest);
  expect((await p.survey(Buffer.concat([p.FTYP, nest]))).problems.map((x) => x.code)).toEqual(['limit-depth']);
  const short = p.mp4File(Buffer.concat([p.be32(4), p.ascii('trak')]));
  expect((await p.survey(short)).problems.map((x) => x.code)).toEqual(['structure']);
  const open = p.mp4File(Buffer.concat([p.be32(0), p.ascii('trak')]));
  expect((await p.survey(open)).parts.map((x) => x.name)).toEqual(['ftyp', 'moov', 'mdat']);
});

test('heif: the XMP item is read through iinf and iloc', async () => {
  const s = await p.survey(p.heifFile('avif', p.xmpPacket('')));
  expect(s.bmff?.majorBrand).toBe('avif');
  expect(utf8(s.xmp[0]!.bytes)).toContain('<rdf:RDF');
});

test('riff, gif, ogg, flac, flv, mp3, matroska and pdf give their texts with places that hold them', async () => {
  const files: readonly (readonly [string, Buffer, string])[] = [
    ['wav', p.wavFile(p.riffChunk('AIGC', p.ascii('VALUE-1'))), 'AIGC'],
    ['flac', p.flacFile(p.vorbisComments(['AIGC', 'VALUE-1'])), 'AIGC'],
    ['ogg', p.oggFile(p.vorbisComments(['AIGC', 'VALUE-1'])), 'AIGC'],
    ['flv', p.flvFile(['encoder', 'x'], ['AIGC', 'VALUE-1']), 'AIGC'],
    ['mp3', p.id3File(p.txxx('AIGC', 'VALUE-1')), 'AIGC'],
    ['matroska', p.webmFile(['AIGC', 'VALUE-1']), 'AIGC'],
    ['pdf', p.pdfFile('<< /AIGC (VALUE-1) >>'), 'AIGC'],
  ];
  for (const [format, file, key] of files) {
    const s = await p.survey(file);
    expect([s.format, s.problems]).toEqual([format, []]);
    const entry = s.texts.find((t) => t.key === key);
    expect(entry?.value).toBe('VALUE-1');
    expect(file.subarray(entry!.at.offset, entry!.at.offset + entry!.at.length).toString('latin1')).toContain(
      'VALUE-1',
    );
  }
  const gif = await p.survey(p.gifFile(p.gifXmp(p.xmpPacket(''))));
  expect(utf8(gif.xmp[0]!.bytes)).toContain('<rdf:RDF');
  expect(gif.problems).toEqual([]);
});

test('a pdf whose information stands in a packed object stream is still read', async () => {
  const stream = deflateSync(Buffer.from('9 0 << /AIGC (inside) >>'));
  const head = p.ascii(
    `%PDF-1.7\n2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`,
  );
  const tail = p.ascii('\nendstream\nendobj\n3 0 obj\n<< /Type /XRef /Info 9 0 R >>\nstream\nendstream\nendobj\n%%EOF');
  const s = await p.survey(Buffer.concat([head, stream, tail]));
  expect(s.texts).toMatchObject([{ place: 'pdf-info', key: 'AIGC', value: 'inside' }]);
});

test('an unknown file is told as such', async () => {
  const s = await p.survey(Buffer.from('nothing that is known here'));
  expect(s.format).toBe('unknown');
  expect(s.end).toBeNull();
});
