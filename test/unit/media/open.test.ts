import path from 'node:path';
import sharp from 'sharp';
import { openMedia } from '../../../main/media/index.ts';
import {
  allFrames,
  allSamples,
  amplitude,
  makeWithFfmpeg,
  sine,
  temporaryFolder,
  testWithFfmpeg,
  writeWav,
} from '../../fixtures/media.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** 40 x 30 pixels: left half red, right half blue. */
async function drawPicture(name: string): Promise<string> {
  const svg =
    '<svg width="40" height="30"><rect width="40" height="30" fill="red"/><rect x="20" width="20" height="30" fill="blue"/></svg>';
  await sharp(Buffer.from(svg)).flatten().toFile(file(name));
  return file(name);
}

test.each([
  ['still.jpg', 'image/jpeg'],
  ['still.png', 'image/png'],
  ['still.webp', 'image/webp'],
  ['still.gif', 'image/gif'],
  ['still.tiff', 'image/tiff'],
  ['still.avif', 'image/avif'],
])('%s opens as %s and decodes', async (name, mediaType) => {
  await using media = await openMedia(await drawPicture(name), { claimedExtension: path.extname(name) });
  expect(media.info).toMatchObject({ mediaType, kind: 'image', claimedType: null, durationS: null });
  expect(media.info.image).toMatchObject({ width: 40, height: 30, orientation: 1, frames: 1 });
  const picture = await media.picture();
  expect([picture.width, picture.height, picture.data.length]).toEqual([40, 30, 3600]);
  const [red, green, blue] = picture.data;
  expect(red! > 200 && green! < 60 && blue! < 60).toBe(true);
});

testWithFfmpeg('an MP4 gives its streams, frames at exact times and sound', async () => {
  const mp4 = file('clip.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=30:duration=2'];
  makeWithFfmpeg(...source, '-f', 'lavfi', '-i', 'sine=440:duration=2', '-pix_fmt', 'yuv420p', mp4);
  await using media = await openMedia(mp4, { claimedExtension: '.mp4' });
  expect(media.info).toMatchObject({ mediaType: 'video/mp4', kind: 'video', claimedType: null });
  expect(media.info.video).toMatchObject([
    { codec: 'h264', width: 64, height: 48, rotation: 0, variableFrameRate: false },
  ]);
  expect(media.info.audio).toMatchObject([{ codec: 'aac', sampleRate: 44100, channels: 1 }]);
  const frames = await allFrames(media.frames({ fps: 4 }));
  expect(frames.map((f) => f.timeS)).toEqual([0, 8, 15, 23, 30, 38, 45, 53].map((n) => n / 30));
  expect(frames.map((f) => f.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(frames.every((f) => f.image.data.length === 64 * 48 * 3)).toBe(true);
  const { samples } = await allSamples(media.audio({}));
  expect(Math.abs(samples.length / 16000 - 2)).toBeLessThan(0.05);
  expect(amplitude(samples.subarray(0, 16000), 440)).toBeGreaterThan(0.1);
});

test('a WAV is read without ffmpeg', async () => {
  writeWav(file('tone.wav'), 1, { sampleRate: 44100, channels: 2 }, sine(440));
  await using media = await openMedia(file('tone.wav'));
  expect(media.info).toMatchObject({ mediaType: 'audio/wav', kind: 'audio', durationS: 1 });
  expect(media.info.audio).toMatchObject([{ codec: 'pcm_s16le', sampleRate: 44100, channels: 2, bitRate: 1411200 }]);
  const { samples, fromS } = await allSamples(media.audio({}));
  expect([samples.length, fromS]).toEqual([16000, 0]);
  expect(amplitude(samples, 440)).toBeCloseTo(0.5, 2);
});
