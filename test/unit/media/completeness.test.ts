import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { encode } from 'silk-wasm';
import { bytesSource, completeness, openMedia, openUndecoded, sniff } from '../../../main/media/index.ts';
import { makeWithFfmpeg, sine, temporaryFolder, testWithFfmpeg, writeWav } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

const NOISE = { type: 'gaussian', mean: 128, sigma: 40 } as const;

async function judged(bytes: Uint8Array): Promise<string> {
  const source = bytesSource(bytes);
  return await completeness(source, (await sniff(source)).mediaType);
}

/** The whole file, and what is left of it after an interrupted copy. */
async function wholeAndCut(bytes: Buffer): Promise<[string, string]> {
  return [await judged(bytes), await judged(bytes.subarray(0, Math.floor(bytes.length * 0.6)))];
}

beforeAll(() => writeWav(file('tone.wav'), 6, { sampleRate: 16_000 }, sine(440)));

test('a wave file', async () => {
  expect(await wholeAndCut(readFileSync(file('tone.wav')))).toEqual(['complete', 'truncated']);
});

for (const name of ['tone.mp3', 'tone.aac', 'tone.m4a', 'tone.flac'])
  testWithFfmpeg(`a recording that was cut short says so: ${name}`, async () => {
    makeWithFfmpeg('-i', file('tone.wav'), file(name));
    expect(await wholeAndCut(readFileSync(file(name)))).toEqual(['complete', 'truncated']);
  });

for (const name of ['film.mp4', 'film.mov', 'film.avi', 'faststart.mp4'])
  testWithFfmpeg(`a film that was cut short says so: ${name}`, async () => {
    const moved = name.startsWith('fast') ? ['-movflags', '+faststart'] : [];
    makeWithFfmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10', '-t', '3', ...moved, file(name));
    expect(await wholeAndCut(readFileSync(file(name)))).toEqual(['complete', 'truncated']);
  });

test('a photograph that was cut short says so, also where its thumbnail is whole', async () => {
  const noisy = { create: { width: 320, height: 240, channels: 3, background: '#456', noise: NOISE } } as const;
  const photo = await sharp(noisy).jpeg().toBuffer();
  const thumbnail = await sharp(photo).resize(80).jpeg().toBuffer();
  const exif = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'), thumbnail]);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(exif.length + 2);
  const taken = Buffer.concat([photo.subarray(0, 2), Buffer.of(0xff, 0xe1), size, exif, photo.subarray(2)]);
  expect(await wholeAndCut(photo)).toEqual(['complete', 'truncated']);
  expect(await wholeAndCut(taken)).toEqual(['complete', 'truncated']);
});

test('a film whose recorder was unplugged before it wrote the index; a piece of a stream', async () => {
  const box = (type: string, size: number, content = 24) => {
    const bytes = Buffer.alloc(8 + content);
    bytes.writeUInt32BE(size);
    bytes.write(type, 4, 'latin1');
    return bytes;
  };
  const open = Buffer.concat([box('ftyp', 32), box('mdat', 0)]);
  expect(await completeness(bytesSource(open), 'video/mp4')).toBe('truncated');
  const closed = Buffer.concat([box('ftyp', 32), box('mdat', 32)]);
  expect(await completeness(bytesSource(closed), 'video/mp4')).toBe('truncated');
  const piece = Buffer.concat([box('styp', 32), box('moof', 32), box('mdat', 32)]);
  expect(await completeness(bytesSource(piece), 'video/mp4')).toBe('unknown');
});

test('a long recording that ends within its sizes is cut short, not a fault of the program', async () => {
  writeFileSync(file('long.wav'), Buffer.from('RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0\0\0', 'latin1'));
  await expect(openMedia(file('long.wav'))).rejects.toMatchObject({ code: 'MEDIA_TRUNCATED' });
});

test('telephone recordings: AMR by the sizes of its frames, SILK by their lengths', async () => {
  const narrow = Buffer.concat([
    Buffer.from('#!AMR\n'),
    ...Array.from({ length: 50 }, () => Buffer.of(0x04, ...Array(12).fill(0x5a))),
  ]);
  expect(await judged(narrow)).toBe('complete');
  expect(await judged(narrow.subarray(0, narrow.length - 5))).toBe('truncated');
  const samples = Int16Array.from({ length: 24_000 * 2 }, (_, n) => 9000 * Math.sin(n / 9));
  const silk = Buffer.from((await encode(samples, 24_000)).data);
  expect(await judged(silk)).toBe('complete');
  expect(await judged(silk.subarray(0, silk.length - 5))).toBe('truncated');
});

test('frames that promise more than the file holds never make the reader fail', async () => {
  const flac = Buffer.alloc(64);
  flac.write('fLaC', 'latin1');
  expect(await completeness(bytesSource(flac), 'audio/flac')).toBe('unknown');
  expect(await completeness(bytesSource(Buffer.alloc(0)), 'audio/aac')).toBe('unknown');
  expect(await completeness(bytesSource(Buffer.alloc(3, 0xff)), 'audio/mpeg')).toBe('unknown');
  expect(await completeness(bytesSource(Buffer.from('#!SILK_V3\x01')), 'audio/silk')).toBe('truncated');
});

test('what the name claims is a disagreement where the content cannot be recognised', async () => {
  writeFileSync(file('noise'), Buffer.alloc(4000, 0x41));
  await using unknown = await openMedia(file('noise'), { claimedExtension: '.jpg' });
  expect(unknown.info).toMatchObject({ mediaType: 'application/octet-stream', claimedType: 'image/jpeg' });
  writeFileSync(file('list'), '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n');
  const fault = { code: 'MEDIA_REFUSED_REFERENCE' as const, params: {} };
  await using refused = await openUndecoded(file('list'), fault, { claimedExtension: '.mp4' });
  expect(refused.info).toMatchObject({ mediaType: 'application/octet-stream', claimedType: 'video/mp4' });
  copyFileSync(file('noise'), file('nameless'));
  await using nameless = await openMedia(file('nameless'));
  expect(nameless.info.claimedType).toBeNull();
});
