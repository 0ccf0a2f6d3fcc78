import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { findTool, openMedia } from '../../../main/media/index.ts';
import { allFrames, temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';

const folder = temporaryFolder();

/** sRGB colours of the ordinary range, none so bright that a screen of high range would show it far above the others. */
const COLOURS = [
  [0, 0, 0],
  [40, 40, 40],
  [128, 128, 128],
  [170, 170, 170],
  [176, 130, 105],
  [90, 60, 50],
  [150, 40, 40],
  [40, 130, 60],
  [40, 60, 150],
] as const;
const PATCH = 32;
const WHITE = 203;

/** The other way round, in doubles: sRGB to light in the colours of BT.2020 (BT.2087-0). */
function lightOf(srgb: readonly number[]): number[] {
  const [r = 0, g = 0, b = 0] = srgb.map((v) => (v <= 10 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return [
    0.6274 * r + 0.3293 * g + 0.0433 * b,
    0.0691 * r + 0.9195 * g + 0.0114 * b,
    0.0164 * r + 0.088 * g + 0.8956 * b,
  ].map((share) => share * WHITE);
}

function hlg(light: number): number {
  const scene = (light / 1000) ** (1 / 1.2);
  return scene <= 1 / 12 ? Math.sqrt(3 * scene) : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
}

function pq(light: number): number {
  const power = (light / 10000) ** 0.1593017578125;
  return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375;
}

/** One row of patches, without loss, tagged as a telephone tags its film. */
function film(name: string, transfer: string, patches: readonly (readonly number[])[]): string {
  const frame = new Uint16Array(patches.length * PATCH * PATCH * 3);
  const width = patches.length * PATCH;
  for (let at = 0; at < width * PATCH; at++)
    frame.set(
      patches[Math.floor((at % width) / PATCH)]!.map((v) => Math.round(v * 65535)),
      at * 3,
    );
  const file = path.join(folder, name);
  execFileSync(
    findTool('ffmpeg'),
    [
      ...['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb48le', '-s', `${width}x${PATCH}`, '-i', 'pipe:0'],
      ...['-vf', 'scale=out_color_matrix=bt2020:out_range=tv,format=yuv444p10le', '-c:v', 'ffv1'],
      ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc', '-color_range', 'tv', file],
    ],
    { input: Buffer.from(frame.buffer) },
  );
  return file;
}

async function middles(file: string, count: number): Promise<number[][]> {
  await using media = await openMedia(file);
  const [frame] = await allFrames(media.frames({ fps: 1 }));
  const { data, width } = frame!.image;
  return Array.from({ length: count }, (_, n) => [
    ...data.subarray(((PATCH / 2) * width + n * PATCH + PATCH / 2) * 3).subarray(0, 3),
  ]);
}

for (const [curve, transfer, encode] of [
  ['hlg', 'arib-std-b67', hlg],
  ['pq', 'smpte2084', pq],
] as const) {
  testWithFfmpeg(`${curve}: colours of the ordinary range come back as they were`, async () => {
    const seen = await middles(
      film(
        `${curve}.mkv`,
        transfer,
        COLOURS.map((colour) => lightOf(colour).map(encode)),
      ),
      COLOURS.length,
    );
    for (const [n, colour] of COLOURS.entries())
      for (const [c, value] of colour.entries()) expect(Math.abs(seen[n]![c]! - value)).toBeLessThanOrEqual(5);
  });

  testWithFfmpeg(`${curve}: light above white is told apart, up to its peak`, async () => {
    const lights = [100, 203, 350, 500, 1000];
    const seen = await middles(
      film(
        `${curve}-bright.mkv`,
        transfer,
        lights.map((light) => [light, light, light].map(encode)),
      ),
      lights.length,
    );
    const greens = seen.map(([, green]) => green!);
    expect(greens).toEqual(greens.toSorted((a, b) => a - b));
    expect(new Set(greens).size).toBe(lights.length);
    expect(greens.at(-1)).toBeGreaterThanOrEqual(254);
    expect(greens[1]).toBeGreaterThan(220);
  });
}

testWithFfmpeg('a film of the ordinary range keeps its values', async () => {
  const greys = [16, 128, 235].map((v) => [v, v, v].map((value) => value / 255));
  const seen = await middles(film('plain.mkv', 'bt709', greys), greys.length);
  for (const [n, [grey]] of greys.entries()) expect(Math.abs(seen[n]![1]! - grey! * 255)).toBeLessThanOrEqual(2);
});
