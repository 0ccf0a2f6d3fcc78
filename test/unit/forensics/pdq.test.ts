import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Frame, RgbImage } from '../../../main/contract/media.ts';
import {
  hashFrames,
  matchClips,
  nearDuplicateClips,
  nearDuplicates,
  type Scene,
} from '../../../main/forensics/matching.ts';
import {
  MATCH_DISTANCE,
  pdqDistance,
  pdqHash,
  pdqText,
  pdqVariants,
  type Variant,
} from '../../../main/forensics/pdq.ts';
import { drawScene } from '../provenance/lettering.ts';

/** Hashes that facebook/ThreatExchange publishes for its bridge picture, and for that picture turned and mirrored (`pdq/data/reg-test-input/dih`). */
const BRIDGE: Readonly<Record<Variant, string>> = {
  original: 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22',
  'rotated-90': '30a10efd71cc3d429013d48d0ffffc52e34e0e17ada952a9d29685211ea9e5af',
  'rotated-180': 'adad5a64b5a142e75b62a09857da895ae63b847fc23794b766b319361bc93188',
  'rotated-270': 'a5f0a457a48995e8c9065c275aaa5498b61ba4bdf8fcf80387c32f8b1bfc4f05',
  'flipped-vertically': 'f8f80f31e0f417b20e37f5cd028f980fb36ed02a9662c1e233e64c634e9c64dd',
  'flipped-horizontally': '0dad2599b1a1bd1a5362576742da32a5e63b7380c2374b4866b366c91bc9ce77',
  transposed: 'f0a5e102f1ccc0bd945308720fff038de34ef1e8ada9a956d2967ade5ea91a50',
  'anti-transposed': 'a5f05aa8a4896a17c906a2d85aaaab07b61b5b42f8fc07fc87c3d0741bfcb0fa',
};

/** A 64 x 64 picture whose sixteen lowest frequencies have the signs of a hash: at that size PDQ neither blurs nor samples. */
function pictureOf(hash: string): RgbImage {
  const bytes = Buffer.from(hash, 'hex');
  const plane = new Float64Array(64 * 64);
  const wave = Float64Array.from({ length: 17 * 64 }, (_, k) =>
    Math.cos((Math.PI / 128) * (k >> 6) * (2 * (k & 63) + 1)),
  );
  for (let k = 0; k < 256; k++) {
    const sign = (bytes[31 - (k >> 3)]! >> (k & 7)) & 1 ? 1 : -1;
    const [i, j] = [(k >> 4) + 1, (k & 15) + 1];
    for (let y = 0; y < 64; y++)
      for (let x = 0; x < 64; x++) plane[y * 64 + x]! += sign * wave[i * 64 + y]! * wave[j * 64 + x]!;
  }
  const strongest = plane.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const data = new Uint8Array(64 * 64 * 3);
  for (let i = 0; i < plane.length; i++) data.fill(Math.round(128 + (120 * plane[i]!) / strongest), 3 * i, 3 * i + 3);
  return { width: 64, height: 64, data };
}

const bits = (hex: string) => Buffer.from(hex, 'hex');

test('the published hash of the bridge comes back, bit for bit, from a picture with its frequencies', () => {
  const { bytes, quality } = pdqHash(pictureOf(BRIDGE.original));
  expect(pdqText(bytes)).toBe(BRIDGE.original);
  expect(quality).toBe(100);
});

test.each(Object.entries(BRIDGE))('%s agrees with the published hash of the turned picture', (variant, published) => {
  const found = pdqVariants(pictureOf(BRIDGE.original)).get(variant as Variant)!;
  // The published pictures were turned and compressed; upstream itself finds up to 16 bits between the two ways, from
  // the real coefficients; here only their signs are known.
  expect(pdqDistance(found.bytes, bits(published))).toBeLessThanOrEqual(24);
});

test('turning the pixels and turning the transform give the same hash', async () => {
  const image = await drawScene(200, 200, []);
  const quarter = await sharp(image.data, { raw: { width: 200, height: 200, channels: 3 } })
    .rotate(90)
    .raw()
    .toBuffer();
  const turned = pdqHash({ width: 200, height: 200, data: new Uint8Array(quarter) });
  const variants = pdqVariants(image);
  const nearest = [...variants].toSorted(
    (a, b) => pdqDistance(a[1].bytes, turned.bytes) - pdqDistance(b[1].bytes, turned.bytes),
  )[0]!;
  // sharp turns clockwise, the reference's names count the other way.
  expect(nearest[0]).toBe('rotated-270');
  expect(pdqDistance(nearest[1].bytes, turned.bytes)).toBeLessThanOrEqual(MATCH_DISTANCE);
});

async function recoded(image: RgbImage, scale: number, quality: number): Promise<RgbImage> {
  const width = Math.round(image.width * scale);
  const jpeg = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .resize(width)
    .jpeg({ quality })
    .toBuffer();
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

test('compression and resizing stay within the match distance, another picture does not', async () => {
  const image = await drawScene(640, 480, [{ text: '人工智能', x: 40, y: 300, size: 90 }]);
  const other = await drawScene(640, 480, [{ text: '合成生成', x: 300, y: 40, size: 150, colour: 'black' }]);
  const hash = pdqHash(image).bytes;
  for (const [scale, quality] of [
    [1, 30],
    [0.5, 60],
    [0.3, 40],
  ] as const)
    expect(pdqDistance(hash, pdqHash(await recoded(image, scale, quality)).bytes)).toBeLessThanOrEqual(MATCH_DISTANCE);
  expect(pdqDistance(hash, pdqHash(other).bytes)).toBeGreaterThan(MATCH_DISTANCE);
});

test('a flat picture has no quality and is in no group; a copy and its original are', async () => {
  const image = await drawScene(320, 240, [{ text: '人工智能生成合成', x: 10, y: 100, size: 36 }]);
  const flat: RgbImage = { width: 100, height: 100, data: new Uint8Array(30_000).fill(90) };
  expect(pdqHash(flat).quality).toBe(0);
  const copy = await recoded(image, 0.6, 50);
  const groups = nearDuplicates([
    { id: 'flat-1', hash: pdqHash(flat) },
    { id: 'flat-2', hash: pdqHash(flat) },
    { id: 'original', hash: { ...pdqHash(image), quality: 80 } },
    { id: 'copy', hash: { ...pdqHash(copy), quality: 80 } },
  ]);
  expect(groups).toEqual([['copy', 'original']]);
});

/** Frames of a scene in which letters move and change, with another face pasted where asked. */
async function* clip(from: number, count: number, fps: number, face: boolean): AsyncIterable<Frame> {
  for (let i = 0; i < count; i++) {
    const n = from + i;
    const [u, v] = [(n * 7919 + n * n * 31) % 101, (n * 104_729 + n * n * 17) % 103];
    const image = await drawScene(160, 120, [
      {
        text: '工合人智成'[(u + v) % 5]!,
        x: u,
        y: v % 60,
        size: 30 + (v % 40),
        colour: u % 2 ? 'black' : 'white',
        weight: 16,
      },
    ]);
    if (face) for (let y = 30; y < 55; y++) image.data.fill(170, (y * 160 + 70) * 3, (y * 160 + 90) * 3);
    yield { image, timeS: i / fps, index: i };
  }
}

test('a clip cut from another, with the face replaced, is found with its frame ranges', async () => {
  const fps = 4;
  const source = await hashFrames(clip(0, 40, fps, false));
  const fake = await hashFrames(clip(20, 16, fps, true));
  const [best, ...rest] = matchClips(fake, source, fps);
  expect(best).toMatchObject({ fromS: 0, sourceFromS: 5 });
  expect(best!.toS).toBeCloseTo(4, 1);
  expect(best!.sourceToS).toBeCloseTo(9, 1);
  expect(rest.length).toBeLessThanOrEqual(1);
  const unrelated = await hashFrames(clip(300, 12, fps, false));
  expect(matchClips(unrelated, source, fps)).toEqual([]);
});

/** A hash of which so many bits, drawn by `seed`, differ from another's. */
function altered(bytes: Uint8Array, bits: number, seed: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const places = Array.from({ length: 256 }, (_, at) => at);
  for (let n = 0; n < bits; n += 1) {
    const [at] = places.splice((seed * 7919 + n * 104_729) % places.length, 1);
    copy[at! >> 3]! ^= 1 << (at! & 7);
  }
  return copy;
}

/** Of `seconds`, no two scenes of any film alike; `seed` is the film. */
function film(seed: number, seconds: number): Scene[] {
  return Array.from({ length: seconds * 2 }, (_, n) => {
    const bytes = (mirror: number) => createHash('sha256').update(`${seed} ${n} ${mirror}`).digest();
    return { timeS: n / 2, hash: { bytes: bytes(0), quality: 90 }, mirrored: bytes(1) };
  });
}

test('clips that share most of the shorter one stand together, also mirrored and changed by compression; a common opening joins nothing', () => {
  const whole = film(1, 20);
  const recompressed = whole.map((scene, n) => ({
    ...scene,
    hash: { bytes: altered(scene.hash.bytes, 31, n + 1), quality: 80 },
  }));
  const mirrored = whole.slice(10, 30).map(({ hash, mirrored: turned }, n) => ({
    timeS: n / 2,
    hash: { bytes: altered(turned, 20, n + 3), quality: 80 },
    mirrored: hash.bytes,
  }));
  const tooFar = whole.map((scene, n) => ({
    ...scene,
    hash: { bytes: altered(scene.hash.bytes, 60, n + 57), quality: 80 },
    mirrored: altered(scene.mirrored, 60, n + 57),
  }));
  const opening = [...whole.slice(0, 6), ...film(2, 20).map((scene) => ({ ...scene, timeS: scene.timeS + 3 }))];
  const plain = whole.map((scene) => ({ ...scene, hash: { ...scene.hash, quality: 10 } }));
  const clips = { whole, recompressed, mirrored, tooFar, opening, plain, other: film(3, 20) };
  const groups = nearDuplicateClips(Object.entries(clips).map(([id, scenes]) => ({ id, scenes })));
  expect(groups).toEqual([['mirrored', 'recompressed', 'whole']]);
});
