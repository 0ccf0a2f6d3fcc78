/**
 * Puts some of the pictures that the tests of the screens keep into docs/screenshots, small enough for a README.
 * `npm run screenshots` makes them first, at twice the pixels; drawn faces only.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const root = path.resolve(import.meta.dirname, '..');

/** Name in docs/screenshots -> picture of the tests. */
const PICTURES = {
  answer: 'answer-light-zh',
  items: 'items-light-zh',
  picture: 'viewer-picture-dark-en',
  sound: 'viewer-sound-dark-en',
} as const;

/** A README shows no more. Bytes. */
const MOST = 200_000;

/** Tried in this order. Pixels. */
const WIDTHS = [2560, 1920, 1440, 1280, 1024] as const;

const folder = path.join(root, 'docs/screenshots');
mkdirSync(folder, { recursive: true });
for (const [name, source] of Object.entries(PICTURES)) {
  const drawn = path.join(root, `dist/screenshots/${source}.png`);
  const shrunk = async (width: number) =>
    sharp(drawn).resize({ width }).png({ palette: true, colours: 128, dither: 0, effort: 10 }).toBuffer();
  // A spectrogram does not compress: it is shown smaller.
  const tried = await Promise.all(WIDTHS.map(shrunk));
  const small = tried.find(({ length }) => length <= MOST);
  if (!small) throw new Error(`docs/screenshots/${name}.png has more than ${MOST} bytes at any width`);
  writeFileSync(path.join(folder, `${name}.png`), small);
  console.log(`docs/screenshots/${name}.png  ${small.length} bytes`);
}
