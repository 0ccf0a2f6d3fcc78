import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { EmbeddedPart } from '../../../main/contract/engine.ts';
import { bytesSource, findEmbeddedParts, livePhotoHalf, openMedia } from '../../../main/media/index.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const u32le = (value: number) => Buffer.from(u32(value)).reverse();
const box = (type: string, ...content: Buffer[]) => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(8 + body.length), Buffer.from(type, 'latin1'), body]);
};
/** The boxes of a film, without pictures in them. */
const film = Buffer.concat([
  box('ftyp', Buffer.from('isom\0\0\0\0isommp42')),
  box('moov', Buffer.alloc(20)),
  box('mdat', Buffer.alloc(100, 7)),
]);
const picture = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#336699' } })
  .jpeg()
  .toBuffer();

/** The picture with an XMP packet as its first segment. */
function withXmp(properties: string): Buffer {
  const xmp = Buffer.from(
    `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>${properties}</rdf:RDF></x:xmpmeta>`,
  );
  const size = Buffer.alloc(2);
  size.writeUInt16BE(xmp.length + 2);
  return Buffer.concat([picture.subarray(0, 2), Buffer.of(0xff, 0xe1), size, xmp, picture.subarray(2)]);
}

async function partsOf(name: string, bytes: Buffer): Promise<readonly EmbeddedPart[]> {
  writeFileSync(file(name), bytes);
  await using media = await openMedia(file(name));
  return await findEmbeddedParts(media.source, media.info);
}
const clip = (offset: number, relation: EmbeddedPart['relation'] = 'motion-photo-video'): EmbeddedPart => ({
  offset,
  length: film.length,
  mediaType: 'video/mp4',
  relation,
});

test('a plain picture holds nothing', async () => {
  expect(await partsOf('plain.jpg', picture)).toEqual([]);
});

test('MicroVideo: distance from the end as an attribute', async () => {
  const still = withXmp(`<rdf:Description GCamera:MicroVideo="1" GCamera:MicroVideoOffset="${film.length}"/>`);
  expect(await partsOf('micro.jpg', Buffer.concat([still, film]))).toEqual([clip(still.length)]);
});

test('Motion Photo 1.0: item lengths of the container directory, another item behind the film', async () => {
  const item = (semantic: string, length: number) =>
    `<rdf:li><Container:Item Item:Mime="x" Item:Semantic="${semantic}" Item:Length="${length}" Item:Padding="0"/></rdf:li>`;
  const directory = item('Primary', 0) + item('MotionPhoto', film.length) + item('Depth', 50);
  const still = withXmp(
    `<rdf:Description GCamera:MotionPhoto="1"><Container:Directory>${directory}</Container:Directory></rdf:Description>`,
  );
  const [part] = await partsOf('motion.jpg', Buffer.concat([still, film, Buffer.alloc(50)]));
  expect(part).toMatchObject({ offset: still.length, mediaType: 'video/mp4', relation: 'motion-photo-video' });
});

test('metadata that make no sense are no film, and no fault', async () => {
  for (const offset of ['12.5', '-4', '1e999', 'x', '99999999999999999999'])
    expect(await partsOf('odd.jpg', withXmp(`<rdf:Description GCamera:MicroVideoOffset="${offset}"/>`))).toEqual([]);
  const odd = withXmp('<Container:Item Item:Semantic="MotionPhoto" Item:Length="20.25"/>');
  expect(await partsOf('odd-item.jpg', odd)).toEqual([]);
});

test('a head full of tags that are never closed is read in no more than a moment', async () => {
  for (const text of ['<Item ', 'Item:Semantic ']) {
    const head = Buffer.concat([withXmp('<Item '), Buffer.from(text.repeat(300_000 / text.length))]);
    const startedAt = performance.now();
    expect(await partsOf('tags.jpg', head)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  }
});

test('Samsung: the trailer names the block', async () => {
  const name = Buffer.from('MotionPhoto_Data');
  const block = Buffer.concat([Buffer.of(0, 0, 0x30, 0x0a), u32le(name.length), name, film]);
  const directory = Buffer.concat([
    Buffer.from('SEFH'),
    u32le(107),
    u32le(1),
    Buffer.of(0, 0, 0x30, 0x0a),
    u32le(block.length),
    u32le(block.length),
  ]);
  const bytes = Buffer.concat([picture, block, directory, u32le(directory.length), Buffer.from('SEFT')]);
  expect(await partsOf('samsung.jpg', bytes)).toEqual([clip(picture.length + 8 + name.length)]);
});

test('without a mark a film behind the picture is only an embedded file; a LIVE footer makes it its clip', async () => {
  expect(await partsOf('behind.jpg', Buffer.concat([picture, film]))).toEqual([clip(picture.length, 'embedded-file')]);
  const footer = Buffer.from('v2_f34          LIVE_1234567    ');
  expect(await partsOf('huawei.jpg', Buffer.concat([picture, film, footer]))).toEqual([clip(picture.length)]);
});

test('a claim that points at no film, or outside the file, counts for nothing', async () => {
  for (const offset of [40, 10_000_000, 0]) {
    const still = withXmp(`<rdf:Description GCamera:MicroVideoOffset="${offset}"/>`);
    expect(await partsOf('liar.jpg', Buffer.concat([still, Buffer.alloc(100)]))).toEqual([]);
  }
  const trailer = Buffer.concat([
    Buffer.from('SEFH'),
    u32le(107),
    u32le(0xffffffff),
    u32le(0x7fffffff),
    Buffer.from('SEFT'),
  ]);
  expect(await partsOf('trailer.jpg', Buffer.concat([picture, trailer]))).toEqual([]);
});

describe('live photos', () => {
  const UUID = '0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0';

  /** Apple's maker note inside an application segment: only what is read. */
  function still(identifier: string): Buffer {
    const entry = Buffer.concat([Buffer.of(0, 0x11, 0, 2), u32(identifier.length + 1), u32(14 + 2 + 12 + 4)]);
    const note = Buffer.concat([
      Buffer.from('Apple iOS\0\0\x01MM'),
      Buffer.of(0, 1),
      entry,
      u32(0),
      Buffer.from(`${identifier}\0`),
    ]);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(note.length + 2);
    return Buffer.concat([picture.subarray(0, 2), Buffer.of(0xff, 0xe1), size, note, picture.subarray(2)]);
  }

  function movie(identifier: string): Buffer {
    const key = (name: string) => box('mdta', Buffer.from(name));
    const keys = box(
      'keys',
      u32(0),
      u32(2),
      key('com.apple.quicktime.make'),
      key('com.apple.quicktime.content.identifier'),
    );
    const value = (index: number, text: string) => {
      const data = box('data', u32(1), u32(0), Buffer.from(text));
      return Buffer.concat([u32(8 + data.length), u32(index), data]);
    };
    const list = box('ilst', value(1, 'Apple'), value(2, identifier));
    return Buffer.concat([
      box('ftyp', Buffer.from('qt  \0\0\0\0qt  ')),
      box('mdat', Buffer.alloc(9)),
      box('moov', box('meta', keys, list)),
    ]);
  }

  test('picture and film say the same identifier, each with its place, whatever their names', async () => {
    const half = async (bytes: Buffer) => {
      const found = await livePhotoHalf(bytesSource(bytes));
      return (
        found && [found.kind, found.identifier, bytes.toString('latin1', found.offset, found.offset + found.length)]
      );
    };
    expect(await half(still(UUID))).toEqual(['image', UUID, UUID]);
    expect(await half(movie(UUID.toLowerCase()))).toEqual(['video', UUID, UUID.toLowerCase()]);
    expect(await half(picture)).toBeNull();
    expect(await half(film)).toBeNull();
    expect(await half(Buffer.alloc(0))).toBeNull();
    expect(await half(still(UUID).subarray(0, 60))).toBeNull();
  });
});
