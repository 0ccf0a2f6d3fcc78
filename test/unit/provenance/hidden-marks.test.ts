import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { RgbaImage } from '../../../main/media/rgba.ts';
import { createProvenanceAnalyzers } from '../../../main/provenance/index.ts';
import { matchPayloads, readDwtDct } from '../../../main/provenance/marks/dwt-dct.ts';
import { factsOfBytes, valuesOf } from './examine.ts';
import { drawScene } from './lettering.ts';
import * as p from './pieces.ts';

const analyzers = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-hidden-marks');

async function scene(width: number, height: number): Promise<RgbaImage> {
  const { data } = await drawScene(width, height, []);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) rgba.set([data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!, 255], 4 * i);
  return { width, height, hasAlpha: true, data: rgba };
}

/** Writes signature, length and payload column by column into the lowest bits of the channels. */
function hide(image: RgbaImage, signature: string, payload: Uint8Array, channels: readonly number[]): RgbaImage {
  const stream = Buffer.concat([p.ascii(signature), p.be32(payload.length * 8), payload]);
  const data = new Uint8Array(image.data);
  for (let i = 0; i < stream.length * 8; i++) {
    const pixel = Math.floor(i / channels.length);
    const at =
      ((pixel % image.height) * image.width + Math.floor(pixel / image.height)) * 4 + channels[i % channels.length]!;
    data[at] = (data[at]! & 0xfe) | ((stream[i >> 3]! >> (7 - (i & 7))) & 1);
  }
  return { ...image, data };
}

const png = (image: RgbaImage) => p.pngFile([], [], { width: image.width, height: image.height, rgba: image.data });
const TEXT = 'a duck\nNegative prompt: rain\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 5, Size: 64x64';

test.each([
  ['stealth_pnginfo', [3], false],
  ['stealth_pngcomp', [3], true],
  ['stealth_rgbinfo', [0, 1, 2], false],
  ['stealth_rgbcomp', [0, 1, 2], true],
] as const)('%s is found, unpacked and read', async (signature, channels, packed) => {
  const payload = packed ? gzipSync(TEXT) : Buffer.from(TEXT);
  const facts = await factsOfBytes(analyzers, png(hide(await scene(96, 80), signature, payload, channels)));
  expect(facts.find((f) => f.id === 'stealth.signature')).toMatchObject({
    value: signature,
    strength: 'S2',
    says: 'generated',
  });
  expect(valuesOf(facts, 'stealth.payloadBits')).toEqual([payload.length * 8]);
  expect(valuesOf(facts, 'generator.seed')).toEqual(['5']);
});

test('a length beyond the picture, and a payload that inflates without end, are survived', async () => {
  const long = hide(await scene(96, 80), 'stealth_pngcomp', new Uint8Array(0), [3]);
  const stream = hide(long, 'stealth_pngcomp', gzipSync(Buffer.alloc(20_000_000)).subarray(0, 600), [3]);
  for (const image of [long, stream])
    expect((await factsOfBytes(analyzers, png(image))).map((f) => f.id)).toEqual([
      'stealth.signature',
      'stealth.payloadBits',
    ]);
});

test('an unmarked picture has no mark, and a JPEG is not looked at', async () => {
  expect(await factsOfBytes(analyzers, png(await scene(320, 240)))).toEqual([]);
  expect(await factsOfBytes(analyzers, p.jpegFile())).toEqual([]);
});

const SDXL = '101100111110110010010000011110111011000110011110';

/**
 * The reference encoder's effect on one coefficient: the largest low-pass value of U of each 8 x 8 block is moved to the middle of its bin by
 * shifting blue in its 2 x 2 pixels.
 */
function mark(image: RgbaImage, payload: string): RgbaImage {
  const data = new Uint8Array(image.data);
  const out = { ...image, data };
  const columns = image.width >> 3;
  const u = (at: number) => {
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    return ((b - ((1868 * b + 9617 * g + 4899 * r + 8192) >> 14)) * 8061 + (128 << 14) + 8192) >> 14;
  };
  for (let k = 0; k < columns * (image.height >> 3); k++) {
    const bit = payload[k % payload.length] === '1';
    const cells = Array.from({ length: 15 }, (_, i) => {
      const x = (k % columns) * 8 + ((i + 1) & 3) * 2;
      const y = Math.floor(k / columns) * 8 + ((i + 1) >> 2) * 2;
      return [0, 4, image.width * 4, image.width * 4 + 4].map((d) => (y * image.width + x) * 4 + d);
    });
    const low = (c: readonly number[]) => c.reduce((s, at) => s + u(at), 0) / 2;
    const best = cells.reduce((a, b) => (low(b) > low(a) ? b : a));
    const wanted = Math.floor(low(best) / 36) * 36 + (bit ? 27 : 9);
    for (let n = 0; n < 80 && Math.abs(low(best) - wanted) > 1; n++)
      for (const at of best) data[at + 2] = Math.max(0, Math.min(255, data[at + 2]! + Math.sign(wanted - low(best))));
  }
  return out;
}

test('the SDXL payload is found in a picture that carries it, and JPEG erases it', async () => {
  const marked = mark(await scene(512, 384), SDXL);
  const found = readDwtDct(marked);
  expect(found).toMatchObject({ payload: 'SDXL', of: 48 });
  expect(found!.matching).toBeGreaterThanOrEqual(42);
  const facts = await factsOfBytes(analyzers, png(marked));
  expect(facts.find((f) => f.id === 'dwtdct.payload')).toMatchObject({
    value: 'SDXL',
    strength: 'S2',
    says: 'generated',
  });
  const jpeg = await sharp(
    await sharp(marked.data, { raw: { width: 512, height: 384, channels: 4 } })
      .removeAlpha()
      .jpeg({ quality: 85 })
      .toBuffer(),
  )
    .ensureAlpha()
    .raw()
    .toBuffer();
  expect(readDwtDct({ ...marked, data: jpeg })).toBeNull();
});

test('small pictures are not looked at', async () => {
  expect(matchPayloads(await scene(128, 128))).toEqual([]);
});
