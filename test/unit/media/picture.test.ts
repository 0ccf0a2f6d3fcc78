import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { RgbImage } from '../../../main/contract/media.ts';
import { toSrgb } from '../../../main/media/icc.ts';
import {
  completeness,
  cropRgb,
  encodeJpeg,
  encodePng,
  FileSource,
  openMedia,
  resizeRgb,
} from '../../../main/media/index.ts';
import { allFrames, makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';
import { sharedRoot, testWithShared } from '../../shared.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const red = { width: 40, height: 30, channels: 3 as const, background: '#ff0000' };

async function decode(name: string): Promise<RgbImage> {
  await using media = await openMedia(file(name));
  return await media.picture();
}
const pixel = ({ data, width }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3).subarray(0, 3),
];

test('the orientation flag is applied and reported', async () => {
  const drawing =
    '<svg width="40" height="30"><rect width="40" height="30" fill="red"/><rect x="20" width="20" height="30" fill="blue"/></svg>';
  await sharp(Buffer.from(drawing)).withMetadata({ orientation: 6 }).png().toFile(file('turned.png'));
  await using media = await openMedia(file('turned.png'));
  expect(media.info.image).toMatchObject({ width: 30, height: 40, orientation: 6 });
  const picture = await media.picture();
  expect([picture.width, picture.height]).toEqual([30, 40]);
  expect([pixel(picture, 5, 5), pixel(picture, 5, 35)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ]);
});

test('alpha is laid over white', async () => {
  await sharp({ create: { ...red, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toFile(file('clear.png'));
  expect(pixel(await decode('clear.png'), 0, 0)).toEqual([255, 255, 255]);
});

test('16-bit, CMYK and grey pictures come out as 8-bit sRGB', async () => {
  await sharp({ create: red }).toColourspace('rgb16').png().toFile(file('deep.png'));
  await sharp({ create: red }).toColourspace('cmyk').jpeg().toFile(file('cmyk.jpg'));
  await sharp({ create: { ...red, background: '#808080' } })
    .toColourspace('b-w')
    .png()
    .toFile(file('grey.png'));
  await using deep = await openMedia(file('deep.png'));
  expect(deep.info.image?.bitDepth).toBe(16);
  expect(pixel(await deep.picture(), 20, 15)).toEqual([255, 0, 0]);
  const [r, g, b] = pixel(await decode('cmyk.jpg'), 20, 15);
  expect(r! > 200 && g! < 80 && b! < 80).toBe(true);
  expect(pixel(await decode('grey.png'), 20, 15)).toEqual([128, 128, 128]);
});

test.each([
  ['gif', 'moving.gif'],
  ['webp', 'moving.webp'],
])('an animated %s shows its first frame and gives all with their times', async (type, name) => {
  const drawings = ['#ff0000', '#00ff00', '#0000ff'].map((background) => ({ create: { ...red, background } }));
  const frames = await Promise.all(drawings.map((d) => sharp(d).png().toBuffer()));
  const joined = sharp(frames, { join: { animated: true } });
  const delay = [100, 300, 200];
  await (name.endsWith('gif') ? joined.gif({ delay }) : joined.webp({ delay, lossless: true })).toFile(file(name));
  await using media = await openMedia(file(name));
  expect(media.info).toMatchObject({
    mediaType: `image/${type}`,
    durationS: 0.6,
    image: { width: 40, height: 30, frames: 3 },
  });
  expect(pixel(await media.picture(), 0, 0)).toEqual([255, 0, 0]);
  const all = await allFrames(media.frames({ fps: 25 }));
  expect(all.map((f) => f.timeS)).toEqual([0, 0.1, 0.4]);
  expect(all.map((f) => pixel(f.image, 1, 1))).toEqual([
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ]);
  expect((await allFrames(media.frames({ fps: 2 }))).map((f) => f.timeS)).toEqual([0]);
});

test.each([3, 6])('each frame of an animation is turned by the orientation flag: %i', async (orientation) => {
  const raw = { width: 8, height: 24, pageHeight: 8, channels: 3 as const };
  // Three frames of one grey each, with a white corner at the top left.
  const rows = Buffer.from(
    Array.from({ length: 8 * 24 * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % 8, Math.floor(i / 24)];
      return x < 4 && y % 8 < 4 ? 255 : 40 * (1 + Math.floor(y / 8));
    }),
  );
  const turned = sharp(rows, { raw })
    .webp({ lossless: true, delay: [100, 100, 100] })
    .withMetadata({ orientation });
  writeFileSync(file('turned.webp'), await turned.toBuffer());
  await using media = await openMedia(file('turned.webp'));
  const all = await allFrames(media.frames({ fps: Number.POSITIVE_INFINITY }));
  const corners = all.map(({ image }) =>
    [pixel(image, 0, 0), pixel(image, 7, 0), pixel(image, 7, 7)].map(([red]) => red),
  );
  const white = (grey: number) => (orientation === 3 ? [grey, grey, 255] : [grey, 255, grey]);
  expect(corners).toEqual([white(40), white(80), white(120)]);
});

testWithFfmpeg('an animated PNG shows its first frame without ffmpeg and gives all with it', async () => {
  makeWithFfmpeg('-f', 'lavfi', '-i', 'testsrc2=size=32x24:rate=10:duration=1', '-f', 'apng', file('moving.png'));
  await using media = await openMedia(file('moving.png'));
  expect(media.info).toMatchObject({ mediaType: 'image/apng', kind: 'image', image: { frames: 10 } });
  expect((await media.picture()).width).toBe(32);
  const all = await allFrames(media.frames({ fps: 25 }));
  expect(all.map((f) => Math.round(f.timeS * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

testWithFfmpeg('a sequence in AVIF, which the image library does not read, is read by ffmpeg', async () => {
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=32x24:rate=10:duration=1'];
  makeWithFfmpeg(...source, '-pix_fmt', 'yuv420p', '-c:v', 'libaom-av1', '-cpu-used', '8', file('moving.avif'));
  await using media = await openMedia(file('moving.avif'));
  const image = { width: 32, height: 24, frames: 10 };
  expect(media.info).toMatchObject({ mediaType: 'image/avif', kind: 'image', durationS: 1, image });
  expect((await media.picture()).width).toBe(32);
  expect((await allFrames(media.frames({ fps: 5 }))).map((f) => Math.round(f.timeS * 10))).toEqual([0, 2, 4, 6, 8]);
});

test('a still is a film of one frame', async () => {
  await sharp({ create: red }).png().toFile(file('still.png'));
  await using media = await openMedia(file('still.png'));
  const [frame, ...more] = await allFrames(media.frames({ fps: 4, maxSide: 20 }));
  expect([frame?.timeS, frame?.image.width, frame?.image.height, more.length]).toEqual([0, 20, 15, 0]);
});

test('a picture has no sound, and says so', async () => {
  await sharp({ create: red }).png().toFile(file('silent.png'));
  await using media = await openMedia(file('silent.png'));
  const chunks = media.audio({})[Symbol.asyncIterator]();
  await expect(chunks.next()).rejects.toMatchObject({ code: 'MEDIA_NO_STREAMS' });
});

describe('bitmaps', () => {
  const bmp = (
    bits: number,
    rows: Buffer,
    options: { height?: number; palette?: Buffer; compression?: number } = {},
  ) => {
    const { height = 2, palette = Buffer.alloc(0), compression = 0 } = options;
    const head = Buffer.alloc(54);
    head.write('BM', 0, 'latin1');
    head.writeUInt32LE(54 + palette.length, 10);
    head.writeUInt32LE(40, 14);
    head.writeInt32LE(2, 18);
    head.writeInt32LE(height, 22);
    head.writeUInt16LE(1, 26);
    head.writeUInt16LE(bits, 28);
    head.writeUInt32LE(compression, 30);
    return Buffer.concat([head, palette, rows]);
  };
  const RED_GREEN_BLUE_WHITE = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];
  const palette = Buffer.of(0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0);

  test.each<[string, Buffer]>([
    ['24 bits', bmp(24, Buffer.of(255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0))],
    [
      '24 bits from the top',
      bmp(24, Buffer.of(0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 255, 255, 255, 0, 0), { height: -2 }),
    ],
    ['32 bits', bmp(32, Buffer.of(255, 0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0))],
    ['16 bits', bmp(16, Buffer.of(0x1f, 0, 0xff, 0x7f, 0, 0x7c, 0xe0, 0x03))],
    ['8 bits', bmp(8, Buffer.of(2, 3, 0, 0, 0, 1, 0, 0), { palette })],
    ['4 bits', bmp(4, Buffer.of(0x23, 0, 0, 0, 0x01, 0, 0, 0), { palette })],
    [
      'bit fields',
      bmp(16, Buffer.of(0x1f, 0, 0xff, 0xff, 0, 0xf8, 0xe0, 0x07), {
        compression: 3,
        palette: Buffer.of(0, 0xf8, 0, 0, 0xe0, 0x07, 0, 0, 0x1f, 0, 0, 0),
      }),
    ],
  ])('%s', async (name, bytes) => {
    writeFileSync(file(name), bytes);
    await using media = await openMedia(file(name), { claimedExtension: '.bmp' });
    expect(media.info).toMatchObject({ mediaType: 'image/bmp', image: { width: 2, height: 2 }, claimedType: null });
    expect([...(await media.picture()).data]).toEqual(RED_GREEN_BLUE_WHITE);
  });

  test('run-length coding is named as unsupported, a giant as too large', async () => {
    writeFileSync(file('rle'), bmp(8, Buffer.alloc(8), { compression: 1 }));
    await expect(openMedia(file('rle'))).rejects.toMatchObject({ code: 'FORMAT_UNSUPPORTED' });
    const giant = bmp(24, Buffer.alloc(8), { height: 200_000 });
    giant.writeInt32LE(200_000, 18);
    writeFileSync(file('giant'), giant);
    await expect(openMedia(file('giant'))).rejects.toMatchObject({ code: 'MEDIA_TOO_LARGE' });
  });
});

describe('bad pictures', () => {
  test('a cut picture is decoded as far as it goes and known to be cut', async () => {
    const { data, info } = await sharp({
      create: { ...red, width: 640, height: 480, noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
      .jpeg()
      .toBuffer({ resolveWithObject: true });
    writeFileSync(file('whole.jpg'), data);
    writeFileSync(file('cut.jpg'), data.subarray(0, data.length / 2));
    const picture = await decode('cut.jpg');
    expect([picture.width, picture.height]).toEqual([info.width, info.height]);
    await using whole = await FileSource.open(file('whole.jpg'));
    await using cut = await FileSource.open(file('cut.jpg'));
    expect(await completeness(whole, 'image/jpeg')).toBe('complete');
    expect(await completeness(cut, 'image/jpeg')).toBe('truncated');
  });

  test('a picture cut within its header is truncated, a scrambled one corrupt', async () => {
    const whole = await sharp({ create: red }).png().toBuffer();
    writeFileSync(file('head.png'), whole.subarray(0, 30));
    await expect(openMedia(file('head.png'))).rejects.toMatchObject({ code: 'MEDIA_TRUNCATED' });
    writeFileSync(file('scrambled.png'), Buffer.concat([whole.subarray(0, 8), Buffer.alloc(500, 7)]));
    await expect(openMedia(file('scrambled.png'))).rejects.toMatchObject({ code: expect.stringMatching(/^MEDIA_/) });
  });

  test('100,000 x 100,000 pixels are refused by the header alone', async () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(100_000, 0);
    header.writeUInt32BE(100_000, 4);
    header.set([8, 2], 8);
    const chunk = (type: string, data: Buffer) =>
      Buffer.concat([Buffer.of(0, 0, 0, data.length), Buffer.from(type), data, Buffer.alloc(4)]);
    writeFileSync(
      file('giant.png'),
      Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        chunk('IHDR', header),
        chunk('IDAT', Buffer.alloc(9)),
      ]),
    );
    await expect(openMedia(file('giant.png'))).rejects.toMatchObject({
      code: 'MEDIA_TOO_LARGE',
      params: { width: 100_000 },
    });
  });

  test('a small file that unpacks beyond the limit is refused', async () => {
    await sharp({ create: { ...red, width: 3000, height: 3000 } })
      .png()
      .toFile(file('bomb.png'));
    const opened = openMedia(file('bomb.png'), { limits: { picturePixels: 1_000_000 } });
    await expect(opened).rejects.toMatchObject({ code: 'MEDIA_TOO_LARGE' });
  });

  test('what is recognised but not decoded, and what is not recognised, open and refuse to be decoded', async () => {
    writeFileSync(file('paper.jpg'), '%PDF-1.7\n');
    await using paper = await openMedia(file('paper.jpg'), { claimedExtension: '.jpg' });
    expect(paper.info).toMatchObject({ mediaType: 'application/pdf', kind: 'other', claimedType: 'image/jpeg' });
    await expect(paper.picture()).rejects.toMatchObject({
      code: 'FORMAT_UNSUPPORTED',
      params: { mediaType: 'application/pdf' },
    });
    writeFileSync(file('words.txt'), 'only words');
    await using words = await openMedia(file('words.txt'));
    await expect(words.picture()).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' });
  });
});

test('pictures are encoded, resized and cut for other rooms', async () => {
  const { data, info } = await sharp({ create: red }).raw().toBuffer({ resolveWithObject: true });
  const image: RgbImage = { width: info.width, height: info.height, data: new Uint8Array(data) };
  const back = await sharp(await encodePng(image))
    .raw()
    .toBuffer();
  expect(Buffer.compare(back, data)).toBe(0);
  expect((await sharp(await encodeJpeg(image, 90)).metadata()).format).toBe('jpeg');
  const small = await resizeRgb(image, 7, 5);
  expect([small.width, small.height, small.data.length, ...pixel(small, 3, 2)]).toEqual([7, 5, 105, 255, 0, 0]);
  expect(cropRgb(image, 30, 20, 10, 10).data).toHaveLength(300);
  expect(() => cropRgb(image, 35, 20, 10, 10)).toThrow(RangeError);
});

test('a wide-gamut picture is brought to sRGB', async () => {
  const wide = sharp(
    await sharp({ create: { ...red, background: '#c08040' } })
      .withIccProfile('p3')
      .png()
      .toBuffer(),
  );
  const { icc, width, height } = await wide.metadata();
  const data = new Uint8Array(await wide.clone().keepIccProfile().raw().toBuffer());
  expect(pixel({ width, height, data }, 3, 3)).not.toEqual([192, 128, 64]);
  const narrow = pixel(await toSrgb({ width, height, data }, icc!), 3, 3);
  const off = narrow.map((x, c) => Math.abs(x - [192, 128, 64][c]!));
  expect(Math.max(...off)).toBeLessThanOrEqual(2);
  expect(await toSrgb({ width, height, data }, new Uint8Array(10))).toMatchObject({ width, height });
});

testWithShared(
  ['data/provenance/camera-exif/IMG_2927.HEIC'],
  'a HEIC from a telephone is decoded upright',
  async () => {
    await using media = await openMedia(path.join(sharedRoot, 'data/provenance/camera-exif/IMG_2927.HEIC'));
    expect(media.info).toMatchObject({ mediaType: 'image/heic', image: { width: 3024, height: 4032 } });
    const picture = await media.picture();
    expect([picture.width, picture.height, picture.data.length]).toEqual([3024, 4032, 3024 * 4032 * 3]);
    const mean = picture.data.reduce((sum, x) => sum + x, 0) / picture.data.length;
    expect(mean > 10 && mean < 245).toBe(true);
  },
);

testWithShared(
  ['data/provenance/camera-exif/IMG_2927.HEIC'],
  'a HEIC that its decoder would have to hold whole beyond the limit is not decoded',
  async () => {
    const heic = path.join(sharedRoot, 'data/provenance/camera-exif/IMG_2927.HEIC');
    await using media = await openMedia(heic, { limits: { wholeFileBytes: 100_000 } });
    await expect(media.picture()).rejects.toMatchObject({ code: 'MEDIA_TOO_LARGE' });
  },
);

testWithShared(
  ['data/provenance/c2pa/trustnxt-icon-signed-v2-bmff.heic'],
  'a broken HEIC ends with a code, not a crash',
  async () => {
    const whole = readFileSync(path.join(sharedRoot, 'data/provenance/c2pa/trustnxt-icon-signed-v2-bmff.heic'));
    writeFileSync(file('cut.heic'), whole.subarray(0, -3000));
    await using cut = await openMedia(file('cut.heic'));
    await expect(cut.picture()).rejects.toMatchObject({ code: 'MEDIA_TRUNCATED' });
    whole.fill(0x5a, whole.length / 2);
    writeFileSync(file('broken.heic'), whole);
    const ended = (async () => {
      await using media = await openMedia(file('broken.heic'));
      return (await media.picture()).width;
    })().catch((fault) => fault.code);
    expect([1056, 'MEDIA_CORRUPT', 'MEDIA_TRUNCATED', 'DECODER_CRASHED']).toContain(await ended);
  },
);
