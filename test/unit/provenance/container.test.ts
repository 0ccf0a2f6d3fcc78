import sharp, { type JpegOptions } from 'sharp';
import { createProvenanceAnalyzers } from '../../../main/provenance/index.ts';
import { factsOfBytes, valuesOf } from './examine.ts';
import { drawScene } from './lettering.ts';
import * as p from './pieces.ts';

const container = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-container');
const exif = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-exif');
const value = async (bytes: Uint8Array, id: string) => valuesOf(await factsOfBytes(container, bytes), id);

async function jpeg(options: JpegOptions, width = 320, height = 240): Promise<Buffer> {
  const { data } = await drawScene(width, height, []);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg(options)
    .toBuffer();
}

/** Puts segments behind SOI. */
const withSegments = (file: Buffer, ...segments: Buffer[]) =>
  Buffer.concat([file.subarray(0, 2), ...segments, file.subarray(2)]);
const JFIF = p.jpegSegment(0xe0, Buffer.concat([p.ascii('JFIF\0'), Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0])]));
const CAMERA = p.exifSegment(
  p.exifBlock(
    [
      [0x10f, 'Canon'],
      [0x110, 'EOS'],
    ],
    [
      [0x9003, '2024:05:02 10:00:00'],
      [0x927c, Buffer.alloc(32, 1)],
    ],
  ),
);

test('the quality, sampling and frame of a picture that a library wrote', async () => {
  const facts = await factsOfBytes(container, await jpeg({ quality: 83, chromaSubsampling: '4:2:0' }));
  expect(valuesOf(facts, 'jpeg.ijgQuality')).toEqual([83]);
  expect(valuesOf(facts, 'jpeg.sampling')).toEqual([['2x2', '1x1', '1x1']]);
  expect(valuesOf(facts, 'jpeg.startOfFrame')).toEqual(['C0']);
  expect(valuesOf(facts, 'copy.kind')).toEqual(['library re-encode']);
  expect(facts.every((f) => f.says !== 'generated')).toBe(true);
});

test('kinds of copy', async () => {
  const plain = await jpeg({ quality: 90 });
  expect(await value(withSegments(plain, CAMERA), 'copy.kind')).toEqual(['camera original']);
  const edited = p.exifSegment(
    p.exifBlock([
      [0x10f, 'Canon'],
      [0x131, 'Adobe Photoshop 25.0'],
    ]),
  );
  expect(await value(withSegments(plain, edited), 'copy.kind')).toEqual(['editor export']);
  expect(await value(p.pngFile([p.pngText('Software', 'gnome-screenshot')]), 'copy.kind')).toEqual(['screen capture']);
  expect(
    await value(
      Buffer.concat([p.FTYP, p.box('beam', Buffer.alloc(4)), p.box('moov'), p.box('mdat')]),
      'copy.messenger',
    ),
  ).toEqual(['WhatsApp']);
  expect(
    await value(
      withSegments(await jpeg({ quality: 81, chromaSubsampling: '4:2:0', optimiseCoding: false }, 1080, 1440), JFIF),
      'copy.kind',
    ),
  ).toEqual(['messenger copy']);
  expect(await value(p.pngFile(), 'copy.kind')).toEqual(['unknown']);
});

test('what follows the end, what is cut short, and an archive that hides in a picture', async () => {
  const plain = await jpeg({ quality: 90 });
  const facts = await factsOfBytes(container, Buffer.concat([plain, Buffer.from('left over')]));
  expect(facts.find((f) => f.id === 'integrity.trailingBytes')).toMatchObject({
    value: 9,
    at: { offset: plain.length, length: 9 },
  });
  expect(await value(plain.subarray(0, plain.length - 300), 'integrity.truncated')).toEqual([true]);
  const zip = Buffer.concat([p.ascii('PK\x03\x04'), Buffer.alloc(30), p.ascii('PK\x05\x06'), Buffer.alloc(18)]);
  const both = Buffer.concat([plain, zip]);
  expect(await value(both, 'integrity.polyglot')).toEqual(['application/zip']);
  expect(await value(both, 'integrity.embeddedFile')).toEqual(['application/zip']);
});

/** EXIF with a preview in IFD1. */
function withThumbnail(thumbnail: Buffer): Buffer {
  const entry = (tag: number, content: number) => Buffer.concat([p.le16(tag), p.le16(4), p.le32(1), p.le32(content)]);
  const ifd0 = Buffer.concat([p.le16(1), entry(0x112, 1), p.le32(26)]);
  const ifd1 = Buffer.concat([p.le16(2), entry(0x201, 56), entry(0x202, thumbnail.length), p.le32(0)]);
  return p.exifSegment(Buffer.concat([p.ascii('II*\0'), p.le32(8), ifd0, ifd1, thumbnail]));
}

test('a preview of the same picture agrees, turned or not; another, or its mirror image, does not', async () => {
  const picture = await jpeg({ quality: 90 });
  const small = sharp(picture).resize(96);
  const facts = async (thumbnail: Buffer) => factsOfBytes(exif, withSegments(picture, withThumbnail(thumbnail)));
  const same = await facts(await small.clone().jpeg().toBuffer());
  expect(valuesOf(same, 'thumbnail.mismatch')).toEqual([false]);
  const turned = await facts(await sharp(picture).resize(96).rotate(90).jpeg().toBuffer());
  expect(valuesOf(turned, 'thumbnail.mismatch')).toEqual([false]);
  const mirrored = await facts(await small.clone().flop().jpeg().toBuffer());
  expect(valuesOf(mirrored, 'thumbnail.mismatch')).toEqual([true]);
  expect(valuesOf(mirrored, 'thumbnail.mirrored')).toEqual([true]);
  const noise = Buffer.from(
    Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.imul(i >> 5, 2654435761) >>> 24) & 255),
  );
  const other = await facts(
    await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer(),
  );
  expect(other.find((f) => f.id === 'thumbnail.mismatch')).toMatchObject({
    value: true,
    strength: 'S1',
    says: 'edited',
  });
});

test('EXIF, XMP and IPTC as written, with places that hold them', async () => {
  const packet = p.xmpPacket(
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Tool 1" xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" i:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"',
  );
  const iptc = p.jpegSegment(
    0xed,
    Buffer.concat([
      p.ascii('Photoshop 3.0\0'),
      p.ascii('8BIM'),
      p.be16(0x0404),
      Buffer.from([0, 0]),
      p.be32(13),
      Buffer.from([0x1c, 2, 110, 0, 8]),
      p.ascii('Agency X'),
      Buffer.from([0]),
    ]),
  );
  const file = withSegments(await jpeg({ quality: 90 }), CAMERA, p.xmpSegment(packet), iptc);
  const facts = await factsOfBytes(exif, file);
  const make = facts.find((f) => f.id === 'exif.make')!;
  expect(make).toMatchObject({ value: 'Canon', says: 'captured', strength: 'S1' });
  const at = make.at as { offset: number; length: number };
  expect(file.subarray(at.offset, at.offset + 5).toString()).toBe('Canon');
  expect(facts.find((f) => f.id === 'xmp.digitalSourceType')?.says).toBe('edited-with-ai');
  expect(valuesOf(facts, 'xmp.creatorTool')).toEqual(['Tool 1']);
  expect(valuesOf(facts, 'iptc.credit')).toEqual(['Agency X']);
});

test('a document type in XMP is refused, and nothing of it is read', async () => {
  const packet = `<!DOCTYPE x [<!ENTITY a "b">]>${p.xmpPacket('xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="&a;"')}`;
  const facts = await factsOfBytes(exif, p.jpegFile(p.xmpSegment(packet)));
  expect(valuesOf(facts, 'metadata.problem')).toEqual(['xmp-doctype']);
  expect(valuesOf(facts, 'xmp.creatorTool')).toEqual([]);
});
