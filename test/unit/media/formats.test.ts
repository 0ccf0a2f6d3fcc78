import { claimedType, FORMATS, id3Length, isReference } from '../../../main/media/formats.ts';
import { sniff } from '../../../main/media/sniff.ts';
import { bytesSource } from '../../../main/media/source.ts';

const text = (value: string) => Buffer.from(value, 'latin1');
const ftyp = (major: string, ...compatible: string[]) => {
  const brands = [major, '\0\0\0\0', ...compatible].join('');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + brands.length);
  return Buffer.concat([size, text(`ftyp${brands}`)]);
};
const pngChunk = (type: string, data = Buffer.alloc(0)) => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  return Buffer.concat([size, text(type), data, Buffer.alloc(4)]);
};
const png = (...chunks: Buffer[]) =>
  Buffer.concat([text('\x89PNG\r\n\x1a\n'), pngChunk('IHDR', Buffer.alloc(13)), ...chunks]);
/** MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame. */
const mp3Frame = Buffer.concat([Buffer.of(0xff, 0xfb, 0x90, 0x00), Buffer.alloc(413)]);
const id3 = (bytes: number) =>
  Buffer.concat([text('ID3\x04\0\0'), Buffer.of(0, 0, bytes >> 7, bytes & 127), Buffer.alloc(bytes)]);
const adts = Buffer.of(0xff, 0xf1, 0x50, 0x80, 0, 0, 0);

test.each<[string, Buffer]>([
  ['image/jpeg', Buffer.of(0xff, 0xd8, 0xff, 0xe0)],
  ['image/png', png(pngChunk('IDAT'))],
  ['image/apng', png(pngChunk('acTL', Buffer.of(0, 0, 0, 3, 0, 0, 0, 0)), pngChunk('IDAT'))],
  ['image/png', png(pngChunk('IDAT'), pngChunk('acTL', Buffer.alloc(8)))],
  ['image/webp', text('RIFF\0\0\0\0WEBPVP8 ')],
  ['image/gif', text('GIF89a')],
  ['image/gif', text('GIF87a')],
  ['image/tiff', text('II*\0')],
  ['image/tiff', text('MM\0*')],
  ['image/bmp', Buffer.concat([text('BM'), Buffer.alloc(12), Buffer.of(40, 0, 0, 0)])],
  ['image/avif', ftyp('avif', 'mif1')],
  ['image/avif', ftyp('avis', 'avif')],
  ['image/avif', ftyp('mif1', 'avif')],
  ['image/heic', ftyp('heic', 'mif1')],
  ['image/heic', ftyp('mif1', 'heic')],
  ['image/heif', ftyp('mif1')],
  ['video/mp4', ftyp('isom', 'mp41')],
  ['video/mp4', ftyp('mp42')],
  ['video/quicktime', ftyp('qt  ')],
  ['video/quicktime', text('\0\0\0\x08wide\0\0\0\0mdat')],
  ['audio/mp4', ftyp('M4A ', 'isom')],
  ['video/3gpp', ftyp('3gp5', 'isom')],
  ['video/webm', text('\x1a\x45\xdf\xa3\x9fB\x82\x84webm')],
  ['video/x-matroska', text('\x1a\x45\xdf\xa3\xa3B\x82\x88matroska')],
  ['video/x-msvideo', text('RIFF\0\0\0\0AVI LIST')],
  ['video/mp2t', Buffer.alloc(188 * 4, text(`G${'\0'.repeat(187)}`))],
  ['video/mp2t', Buffer.alloc(192 * 4, text(`\0\0\0\0G${'\0'.repeat(187)}`))],
  ['audio/wav', text('RIFF\0\0\0\0WAVEfmt ')],
  ['audio/wav', text('RF64\xff\xff\xff\xffWAVEds64')],
  ['audio/mpeg', Buffer.concat([mp3Frame, mp3Frame])],
  ['audio/mpeg', Buffer.concat([id3(300), mp3Frame])],
  ['audio/aac', adts],
  ['audio/aac', Buffer.concat([id3(9000), adts])],
  ['audio/flac', text('fLaC')],
  ['audio/ogg', text('OggS\0\x02OpusHead')],
  ['audio/ogg', text('OggS\0\x02\x01vorbis')],
  ['video/ogg', text('OggS\0\x02\x80theora')],
  ['audio/amr', text('#!AMR\n\x3c')],
  ['audio/amr-wb', text('#!AMR-WB\n\x3c')],
  ['audio/silk', text('#!SILK_V3')],
  ['audio/silk', text('\x02#!SILK_V3')],
  ['application/pdf', text('%PDF-1.7')],
  ['application/zip', text('PK\x03\x04')],
  ['image/svg+xml', text('<?xml version="1.0"?><!-- drawn --><svg xmlns="http://www.w3.org/2000/svg">')],
  ['application/octet-stream', text('hello')],
  ['application/octet-stream', Buffer.from('\ufeffUTF-16 text', 'utf16le')],
])('%s is recognised by content', async (mediaType, bytes) => {
  expect((await sniff(bytesSource(bytes))).mediaType).toBe(mediaType);
});

test.each([
  '#EXTM3U\n#EXT-X-TARGETDURATION:4\nhttp://example.invalid/a.ts',
  '\n \xef\xbb\xbf#EXTM3U'.trim(),
  '\xef\xbb\xbf#EXTM3U',
  'ffconcat version 1.0\nfile /etc/passwd',
  "file '/etc/passwd'",
  '[playlist]\nFile1=http://example.invalid',
  '<?xml version="1.0"?>\n<!-- <a> --><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">',
  'v=0\r\no=- 0 0 IN IP4 127.0.0.1',
  '[InternetShortcut]\nURL=http://example.invalid',
  'rtsp://example.invalid/a',
])('a file that only points elsewhere is refused under any name: %j', async (content) => {
  const refused = sniff(bytesSource(text(content)), '.mp4');
  await expect(refused).rejects.toMatchObject({ code: 'MEDIA_REFUSED_REFERENCE' });
});

test('a page full of comments costs no more time than any other', () => {
  const startedAt = performance.now();
  expect(isReference(text('<!---->'.repeat(290)))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});

test('the name claims a type only where the content disagrees', () => {
  expect(claimedType('.JPG', 'image/png')).toBe('image/jpeg');
  expect(claimedType('.jpg', 'image/jpeg')).toBeNull();
  expect(claimedType('.png', 'image/apng')).toBeNull();
  expect(claimedType('.amr', 'audio/silk')).toBe('audio/amr');
  expect(claimedType('.mp4', 'audio/mp4')).toBeNull();
  expect(claimedType('.xyz', 'image/png')).toBeNull();
  expect(claimedType('', 'image/png')).toBeNull();
});

test('an ID3 tag is as long as its four seven-bit groups say', () => {
  expect(id3Length(Buffer.concat([text('ID3\x03\0\0'), Buffer.of(0, 0, 2, 1)]))).toBe(10 + 257);
  expect(id3Length(text('TAG'))).toBe(0);
});

test('every format that is decoded names who decodes it', () => {
  for (const { mediaType, decoder, demuxer, kind } of FORMATS) {
    expect([mediaType, kind === 'other']).toEqual([mediaType, decoder === 'none']);
    expect([mediaType, decoder === 'ffmpeg' && demuxer === null]).toEqual([mediaType, false]);
  }
});
