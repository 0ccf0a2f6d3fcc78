// How many small faces of a 12-megapixel group photo are found, and how many boxes too many are there? Faces of LFW test
// people at 32-64 px, pasted with soft edges into drawn rooms with grain, saved as JPEG and searched by the product's code.
//
//   node models/training/likeness/scenes.ts [SCENES]
import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Box } from '../../../main/contract/perception.ts';
import { ModelStore } from '../../../main/inference/index.ts';
import { locateFaces } from '../../../main/perception/locate.ts';
import { decoded, scene, sequence } from '../../../test/fixtures/heads.ts';
import { isTestPerson, lfwPerson } from './people.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.resolve(root, '../shared/data/faces/real/lfw');
const WIDTH = 4000;
const HEIGHT = 3000;
const COLUMNS = 6;
const ROWS = 5;
/** Width of what is pasted in face boxes. */
const PASTED_SPAN = 2.1;

const scenes = Number(process.argv[2] ?? 20);
const random = sequence(12);
const files = readdirSync(folder)
  .sort()
  .filter((f) => isTestPerson(lfwPerson(f)));
await using models = new ModelStore({
  modelsFolder: path.join(root, 'models'),
  packsFolder: '/nonexistent',
  threads: 2,
});

const total = { pasted: 0, found: 0, extra: 0, seconds: 0 };
const byCell = new Map<string, { pasted: number; found: number }>();
for (let n = 0; n < scenes; n++) {
  const { picture, placed } = await crowd(n);
  const startedAt = performance.now();
  const found = await locateFaces(picture, { models, smallest: 32 });
  total.seconds += (performance.now() - startedAt) / 1000;
  const hit = new Set<number>();
  for (const { box } of found) {
    const at = placed.findIndex((face) => near(face, box));
    if (at < 0 || hit.has(at)) total.extra++;
    else hit.add(at);
  }
  total.pasted += placed.length;
  total.found += hit.size;
  for (const [at, face] of placed.entries()) {
    const cell = face.w < 40 ? '32-40 px' : face.w < 48 ? '40-48 px' : '48-64 px';
    const counts = byCell.get(cell) ?? { pasted: 0, found: 0 };
    byCell.set(cell, { pasted: counts.pasted + 1, found: counts.found + (hit.has(at) ? 1 : 0) });
  }
}
console.log(total, Object.fromEntries([...byCell].sort()));
console.log(
  `found ${((100 * total.found) / total.pasted).toFixed(2)}, extra ${((100 * total.extra) / total.pasted).toFixed(2)} in a hundred pasted`,
);

async function crowd(n: number) {
  const layers: { input: Buffer; left: number; top: number }[] = [];
  const placed: Box[] = [];
  for (let cell = 0; cell < COLUMNS * ROWS; cell++) {
    const file = path.join(folder, files[Math.floor(random() * files.length)]!);
    const face = await mainFace(file);
    if (!face) continue;
    const side = 32 + 32 * random();
    const span = PASTED_SPAN * Math.max(face.w, face.h);
    const left = Math.max(0, Math.round(face.x + face.w / 2 - span / 2));
    const top = Math.max(0, Math.round(face.y + face.h / 2 - span / 2));
    const size = Math.min(Math.round(span), 250 - left, 250 - top);
    const scale = side / Math.min(face.w, face.h);
    const pasted = Math.round(size * scale);
    const x = Math.round((cell % COLUMNS) * (WIDTH / COLUMNS) + random() * (WIDTH / COLUMNS - pasted));
    const y = Math.round(Math.floor(cell / COLUMNS) * (HEIGHT / ROWS) + random() * (HEIGHT / ROWS - pasted));
    layers.push({ input: await softPatch(file, left, top, size, pasted), left: x, top: y });
    placed.push({
      x: x + (face.x - left) * scale,
      y: y + (face.y - top) * scale,
      w: face.w * scale,
      h: face.h * scale,
    });
  }
  const ground = await scene(WIDTH, HEIGHT, [], 100 + n);
  const grain = await sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const jpeg = await sharp(ground)
    .composite([...layers, { input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 85 })
    .toBuffer();
  return { picture: await decoded(jpeg), placed };
}

async function softPatch(file: string, left: number, top: number, size: number, side: number): Promise<Buffer> {
  const half = side / 2;
  const mask = `<svg width="${side}" height="${side}"><defs><radialGradient id="g"><stop offset=".8" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><ellipse cx="${half}" cy="${half}" rx="${half}" ry="${half}" fill="url(#g)"/></svg>`;
  return sharp(file)
    .extract({ left, top, width: size, height: size })
    .resize(side, side)
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer();
}

/** The face of a photo that shows only one: a neighbour cut in half would be counted as a box too many. */
async function mainFace(file: string): Promise<Box | null> {
  const found = await locateFaces(await decoded(await sharp(file).png().toBuffer()), { models, smallest: 24 });
  return found.length === 1 ? found[0]!.box : null;
}

function near(a: Box, b: Box): boolean {
  const reach = Math.max(a.w, a.h) / 2;
  const growth = Math.max(b.w, b.h) / Math.max(a.w, a.h);
  return Math.hypot(a.x + a.w / 2 - b.x - b.w / 2, a.y + a.h / 2 - b.y - b.h / 2) < reach && growth > 0.5 && growth < 2;
}
