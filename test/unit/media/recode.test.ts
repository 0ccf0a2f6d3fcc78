import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RgbImage } from '../../../main/contract/media.ts';
import { findTool, recodePicture, recodeSound } from '../../../main/media/index.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});
const posixTest = process.platform === 'win32' ? test.skip : test;

const picture: RgbImage = {
  width: 40,
  height: 30,
  data: Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => 100 + 60 * Math.sin(i / 50)),
};
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (v, i) => Math.abs(v - b[i]!)).reduce((sum, v) => sum + v, 0) / a.length;

test.each(['jpeg', 'webp'] as const)(
  'a picture through %s keeps its size, changes, and more so at low quality',
  async (format) => {
    const [fine, coarse] = [await recodePicture(picture, format, 95), await recodePicture(picture, format, 20)];
    expect([coarse.width, coarse.height, coarse.data.length]).toEqual([40, 30, 3600]);
    expect(difference(coarse.data, picture.data)).toBeGreaterThan(difference(fine.data, picture.data));
    expect(difference(coarse.data, picture.data)).toBeLessThan(30);
  },
);

const tone = Float32Array.from({ length: 32_000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 440 * i) / 16_000));
const CODECS = ['opus-16k', 'mp3-48k', 'aac-32k'] as const;

test('sound through each codec keeps length and level', async () => {
  const recoded = await recodeSound(tone, CODECS);
  expect([...recoded.keys()]).toEqual(CODECS);
  const level = (s: Float32Array) => Math.sqrt(s.subarray(8_000, 24_000).reduce((sum, v) => sum + v * v, 0) / 16_000);
  for (const back of recoded.values()) {
    expect(back).toHaveLength(32_000);
    expect(level(back) / level(tone)).toBeGreaterThan(0.8);
    expect(level(back) / level(tone)).toBeLessThan(1.2);
    expect(difference(back, tone)).toBeGreaterThan(0);
  }
});

posixTest('an encoder that this ffmpeg lacks is left out, and the others answer as with it', async () => {
  const whole = await recodeSound(tone, CODECS);
  const lacking = `#!/bin/sh\ncase "$*" in *libmp3lame*) exit 1;; esac\nexec ${findTool('ffmpeg')} "$@"\n`;
  writeFileSync(path.join(folder, 'ffmpeg'), lacking, { mode: 0o755 });
  process.env.FFMPEG_PATH = folder;
  const part = await recodeSound(tone, CODECS);
  expect([...part.keys()]).toEqual(['opus-16k', 'aac-32k']);
  for (const [codec, back] of part) expect(back).toEqual(whole.get(codec));
  expect(await recodeSound(tone, ['mp3-48k'])).toEqual(new Map());
});

test('more than a minute is refused, and a cancelled run stops', async () => {
  await expect(recodeSound(new Float32Array(61 * 16_000), ['aac-32k'])).rejects.toThrow(RangeError);
  await expect(recodeSound(new Float32Array(100), ['aac-32k'], AbortSignal.abort())).rejects.toThrow();
});
