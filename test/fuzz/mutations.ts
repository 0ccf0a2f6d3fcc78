/** Files to break and ways to break them, by seed, so that a run can be repeated. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { sharedRoot } from '../shared.ts';
import * as p from '../unit/provenance/pieces.ts';

const LABEL = '{"Label":"1","ContentProducer":"001191110102MACQD9K64010000","ProduceID":"x"}';
const XMP = p.xmpPacket('xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"', `<TC260:AIGC>${LABEL}</TC260:AIGC>`);
const GRAPH =
  '{"3":{"class_type":"KSampler","inputs":{"seed":1,"positive":["4",0]}},"4":{"class_type":"CLIPTextEncode","inputs":{"text":"a duck"}}}';
const PARAMETERS =
  'a duck\nNegative prompt: rain\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 5, Size: 64x64, Model: m';
const EXIF = p.exifBlock(
  [
    [0x10f, 'Maker'],
    [0x110, 'Model'],
    [0x132, '2024:01:01 00:00:00'],
  ],
  [
    [0x9003, '2024:01:01 00:00:00'],
    [0x9286, Buffer.from(`ASCII\0\0\0${PARAMETERS}`)],
    [0x927c, Buffer.alloc(64, 7)],
  ],
);
const HANDLER = p.box('hdlr', p.be32(0), p.be32(0), p.ascii('vide'), Buffer.alloc(12), p.ascii('VideoHandler\0'));
const STORE = Buffer.concat([
  p.be32(60),
  p.ascii('jumb'),
  p.be32(30),
  p.ascii('jumd'),
  Buffer.alloc(16),
  Buffer.from([3]),
  p.ascii('c2pa\0'),
  Buffer.alloc(22),
]);

export const FIXTURES: ReadonlyMap<string, Uint8Array> = new Map<string, Uint8Array>([
  [
    'jpeg',
    p.jpegFile(
      p.exifSegment(EXIF),
      p.xmpSegment(XMP),
      p.jpegSegment(0xeb, Buffer.concat([p.ascii('JP'), p.be16(1), p.be32(1), STORE])),
      p.jpegSegment(
        0xed,
        Buffer.concat([
          p.ascii('Photoshop 3.0\0'),
          p.ascii('8BIM'),
          p.be16(0x0404),
          Buffer.from([0, 0]),
          p.be32(10),
          Buffer.from([0x1c, 2, 110, 0, 5]),
          p.ascii('hello'),
        ]),
      ),
    ),
  ],
  [
    'png',
    p.pngFile(
      [p.pngText('parameters', PARAMETERS), p.pngText('prompt', GRAPH), p.pngXmp(XMP), p.pngChunk('eXIf', EXIF)],
      [p.pngText('AIGC', LABEL)],
    ),
  ],
  [
    'svg',
    Buffer.from(
      `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:c2pa="http://c2pa.org/manifest"><metadata><c2pa:manifest>${STORE.toString('base64')}</c2pa:manifest>${XMP}</metadata><g><rect width="9" height="9"/></g></svg>`,
    ),
  ],
  ['webp', p.webpFile(p.riffChunk('EXIF', EXIF), p.riffChunk('XMP ', Buffer.from(XMP)), p.riffChunk('C2PA', STORE))],
  [
    'wav',
    p.wavFile(
      p.riffChunk('LIST', Buffer.concat([p.ascii('INFO'), p.riffChunk('ISFT', p.ascii('Lavf'))])),
      p.riffChunk('AIGC', Buffer.from(LABEL)),
    ),
  ],
  ['gif', p.gifFile(p.gifXmp(XMP), Buffer.concat([Buffer.from([0x21, 0xfe, 5]), p.ascii('hello'), Buffer.from([0])]))],
  [
    'mp4',
    p.mp4File(
      p.box(
        'trak',
        p.box('tkhd', Buffer.alloc(84)),
        p.box(
          'mdia',
          p.box('mdhd', Buffer.alloc(24)),
          HANDLER,
          p.box(
            'minf',
            p.box(
              'stbl',
              p.box('stsd', Buffer.alloc(100)),
              p.box('stss', p.be32(0), p.be32(2), p.be32(1), p.be32(25)),
              p.box('stco', p.be32(0), p.be32(1), p.be32(40)),
            ),
          ),
        ),
      ),
      p.mp4Keys([['AIGC', LABEL]]),
    ),
  ],
  ['heic', p.heifFile('heic', XMP)],
  ['tiff', EXIF],
  ['webm', p.webmFile(['AIGC', LABEL], ['ENCODER', 'Lavf'])],
  ['ogg', p.oggFile(p.vorbisComments(['AIGC', LABEL], ['TITLE', 'x'.repeat(500)]))],
  ['flac', p.flacFile(p.vorbisComments(['AIGC', LABEL]))],
  ['flv', p.flvFile(['AIGC', LABEL], ['encoder', 'x'])],
  [
    'mp3',
    p.id3File(
      p.txxx('AIGC', LABEL),
      p.id3Frame('GEOB', Buffer.concat([Buffer.from([0]), p.ascii('application/c2pa\0\0\0'), STORE])),
    ),
  ],
  [
    'pdf',
    p.pdfFile(
      `<< /AIGC (${LABEL}) /Title (x) >>`,
      `<< /Type /Metadata /Subtype /XML /Length ${XMP.length} >>\nstream\n${XMP}\nendstream`,
    ),
  ],
]);

/** Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Values that length and count fields break on. */
const EXTREMES = [0, 1, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** One to eight changes: bytes, extreme numbers of 2 and 4 bytes in both orders, cuts, doublings, moves, and runs of one byte. */
export function mutate(source: Uint8Array, seed: number): Uint8Array {
  const random = seeded(seed);
  const below = (n: number) => Math.floor(random() * Math.max(1, n));
  let bytes = Buffer.from(source);
  for (let n = 1 + below(8); n > 0 && bytes.length > 8; n--) {
    const at = below(bytes.length - 4);
    const kind = below(8);
    const value = EXTREMES[below(EXTREMES.length)]!;
    if (kind === 0) bytes[at] = below(256);
    else if (kind === 1) bytes[at] = bytes[at]! ^ (1 << below(8));
    else if (kind === 2) bytes.writeUInt32BE(value, at);
    else if (kind === 3) bytes.writeUInt32LE(value, at);
    else if (kind === 4) bytes.writeUInt16BE(value & 0xffff, at);
    else if (kind === 5) bytes = bytes.subarray(0, at);
    else if (kind === 6)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(at + 1), at), bytes.subarray(at)]);
    else bytes.fill(below(256), at, Math.min(bytes.length, at + 1 + below(64)));
  }
  return bytes;
}

/** Real files up to 256 KB from ../shared, where they are present: structures that no builder of ours thinks of. */
export function sharedFixtures(): Map<string, Uint8Array> {
  const root = path.join(sharedRoot, 'data/provenance');
  const found = new Map<string, Uint8Array>();
  if (!existsSync(root)) return found;
  for (const folder of readdirSync(root, { withFileTypes: true }).filter((d) => d.isDirectory() && d.name !== 'trust'))
    for (const name of readdirSync(path.join(root, folder.name))) {
      const file = path.join(root, folder.name, name);
      if (statSync(file).size <= 256 * 1024) found.set(`${folder.name}/${name}`, readFileSync(file));
    }
  return found;
}
