import type { RgbImage } from '../../../main/contract/media.ts';
import { recodePicture, recodeSound } from '../../../main/media/index.ts';

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

test.each(['opus-16k', 'mp3-48k', 'aac-32k'] as const)('sound through %s keeps length and level', async (codec) => {
  const tone = Float32Array.from({ length: 32_000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 440 * i) / 16_000));
  const back = await recodeSound(tone, codec);
  expect(back).toHaveLength(32_000);
  const level = (s: Float32Array) => Math.sqrt(s.subarray(8_000, 24_000).reduce((sum, v) => sum + v * v, 0) / 16_000);
  expect(level(back) / level(tone)).toBeGreaterThan(0.8);
  expect(level(back) / level(tone)).toBeLessThan(1.2);
  expect(difference(back, tone)).toBeGreaterThan(0);
});

test('more than a minute is refused, and a cancelled run stops', async () => {
  await expect(recodeSound(new Float32Array(61 * 16_000), 'aac-32k')).rejects.toThrow(RangeError);
  await expect(recodeSound(new Float32Array(100), 'aac-32k', AbortSignal.abort())).rejects.toThrow();
});
