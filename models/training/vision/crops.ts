/**
 * Which faces do the data sets hold? Runs the first level of the product's face search, its second look and its crop over ../shared/data
 * and writes `crops.bin` (RGB bytes, then 468 x 3 float32 mesh) and `crops.jsonl` (one line a face) for the forging and feature steps.
 * What the folder holds already is kept, so that a stopped run goes on, and sources can be cut one after another.
 * Usage: node models/training/vision/crops.ts OUT_FOLDER [SOURCE,...]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { RgbImage } from '../../../main/contract/media.ts';
import { faceWindow } from '../../../main/detectors/face-features.ts';
import { ModelStore } from '../../../main/inference/index.ts';
import { cutFace, fitMeshes } from '../../../main/perception/face.ts';
import { apply, centreOf, invert, squareToSource } from '../../../main/perception/geometry.ts';
import { confirm, glance } from '../../../main/perception/locate.ts';
import { mainFace } from './main-face.ts';
import { readTable } from './table.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const DATA = path.resolve(ROOT, '../shared/data');
/** Frames taken from a clip, evenly spaced. */
const FRAMES = 6;
/** Pixels cut off pictures that were themselves cut from collages: captions and neighbours reach in (data/README.md). */
const COLLAGE_INSET = 12;
/** What is kept around the measured window, so that forgeries can shift and turn. */
const MARGIN = 1.15;

interface Entry {
  readonly file: string;
  readonly label: string;
  /** Data set and class, e.g. `real/dfdc`, `modern/swap`. */
  readonly source: string;
  /** Repository (modern) or upstream repository. */
  readonly repo: string;
  readonly identity: string;
  readonly method: string;
}

const out = process.argv[2];
const wanted = process.argv[3]?.split(',');
if (!out) throw new Error('usage: crops.ts OUT_FOLDER [SOURCE,...]');
const models = new ModelStore({ modelsFolder: path.join(ROOT, 'models'), packsFolder: '/nonexistent' });
const paths = { bin: path.join(out, 'crops.bin'), lines: path.join(out, 'crops.jsonl') };
const kept = await resume();
let { offset } = kept;
const bin = createWriteStream(paths.bin, { flags: 'a' });
const lines = createWriteStream(paths.lines, { flags: 'a' });
let done = 0;

for (const entry of await entries()) {
  if (kept.files.has(entry.file) || (wanted && !wanted.includes(entry.source))) continue;
  let found = 0;
  for await (const [frame, picture] of pictures(entry)) found += Number(await keep(entry, frame, picture));
  if (found === 0) lines.write(`${JSON.stringify({ ...entry, frame: -1 })}\n`);
  if (++done % 1000 === 0) console.log(done, new Date().toISOString());
}
bin.end();
lines.end();

/** Cuts both files back to the last file of the data that is there in full; the last one named may lack frames. */
async function resume(): Promise<{ files: Set<string>; offset: number }> {
  const text = await readFile(paths.lines, 'utf8').catch(() => '');
  const rows = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { file: string; frame: number; offset?: number });
  const last = rows.at(-1)?.file;
  const whole = rows.filter((row) => row.file !== last);
  const end = rows.find((row) => row.file === last && row.offset !== undefined)?.offset;
  if (rows.length > 0) {
    await writeFile(paths.lines, whole.map((row) => `${JSON.stringify(row)}\n`).join(''));
    if (end !== undefined) await truncate(paths.bin, end);
  }
  return { files: new Set(whole.map((row) => row.file)), offset: await sizeOf(paths.bin) };
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function entries(): Promise<Entry[]> {
  const modern = await readTable(path.join(DATA, 'modern/manifest.csv'));
  const faces = await readTable(path.join(DATA, 'faces/manifest.csv'));
  return [
    ...modern.map((r) => ({
      file: `modern/${r.file}`,
      label: r.label!,
      source: `modern/${r.class === '-' ? 'real' : r.class}`,
      repo: r.repo!,
      identity: `${r.repo}:${r.person}`,
      method: r.method!,
    })),
    ...faces.map((r) => ({
      file: `faces/${r.file}`,
      label: r.label!,
      source: r.file!.split('/').slice(0, 2).join('/').replace('lfw_orig', 'lfw').replace('congress_hq', 'congress'),
      repo: r.source_repo!,
      identity: identityOf(r.file!, r.identity!),
      method: r.method!,
    })),
  ];
}

/** DFDC reals and fakes of one actor share an identity: folds are cut by it. */
function identityOf(file: string, identity: string): string {
  const actor = /actor[:_](\w+)/.exec(identity);
  if (actor) return `dfdc:${actor[1]}`;
  return identity || createHash('md5').update(file).digest('hex');
}

async function* pictures(entry: Entry): AsyncGenerator<[number, RgbImage]> {
  const file = path.join(DATA, entry.file);
  if (/\.(mp4|webm|gif|mov)$/i.test(file)) {
    const frames = await decode(file);
    const count = Math.min(FRAMES, frames.length);
    for (let i = 0; i < count; i++) {
      const at = Math.floor(((i + 0.5) * frames.length) / count);
      yield [i, frames[at]!];
    }
    return;
  }
  let picture = sharp(await readFile(file))
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha();
  if (/_sfhq/.test(entry.source)) {
    const { width, height } = await sharp(file).metadata();
    const inset = COLLAGE_INSET;
    picture = picture.extract({ left: inset, top: inset, width: width - 2 * inset, height: height - 2 * inset });
  }
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  yield [0, { width: info.width, height: info.height, data }];
}

async function decode(file: string): Promise<RgbImage[]> {
  const { streams } = JSON.parse(
    (
      await collect('ffprobe', [
        '-v',
        'error',
        '-select_streams',
        'v:0',
        '-show_entries',
        'stream=width,height',
        '-of',
        'json',
        file,
      ])
    ).toString(),
  ) as { streams: { width: number; height: number }[] };
  const { width, height } = streams[0]!;
  const scale = `scale=${width}:${height}`;
  const bytes = await collect('ffmpeg', [
    '-v',
    'error',
    '-nostdin',
    '-threads',
    '1',
    '-i',
    file,
    '-map',
    'v:0',
    '-vf',
    `fps=3,${scale}`,
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  ]);
  const size = width * height * 3;
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => ({
    width,
    height,
    data: bytes.subarray(i * size, (i + 1) * size),
  }));
}

async function collect(command: string, args: readonly string[]): Promise<Buffer> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Writes the main face of a picture; false where the product finds none. */
async function keep(entry: Entry, frame: number, picture: RgbImage): Promise<boolean> {
  const faces = await confirm(picture, await glance(picture, models), { models });
  const face = mainFace(faces, picture);
  if (!face) return false;
  const cut = cutFace(picture, face);
  const [mesh] = await fitMeshes(models, [cut]);
  const full = cut.image.width;
  const toPicture = squareToSource(centreOf(face.box), 2 * Math.max(face.box.w, face.box.h), cut.angle, full);
  const toCrop = invert(toPicture);
  const { width, height } = picture;
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([x, y]) => apply(toCrop, { x: x!, y: y! }));
  const window = faceWindow(mesh!);
  const grown = window.side * MARGIN;
  const side = Math.min(full, Math.ceil(grown));
  const clamp = (v: number) => Math.min(Math.max(0, Math.floor(v - (grown - window.side) / 2)), full - side);
  const [left, top] = [clamp(window.x), clamp(window.y)];
  const rgb = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = ((top + y) * full + left) * 3;
    rgb.set(cut.image.data.subarray(from, from + side * 3), y * side * 3);
  }
  const shifted = mesh!.map((v, i) => (i % 3 === 0 ? v - left : i % 3 === 1 ? v - top : v));
  const record = {
    ...entry,
    frame,
    id: createHash('sha256')
      .update(await fileBytes(entry.file))
      .digest('hex')
      .slice(0, 16),
    offset,
    side,
    outline: corners.flatMap(({ x, y }) => [x - left, y - top]),
    window: window.side,
    box: Math.min(face.box.w, face.box.h),
    score: face.score,
    width,
    height,
    bytes: (await fileBytes(entry.file)).length,
  };
  lines.write(`${JSON.stringify(record)}\n`);
  const bytes = Buffer.concat([rgb, new Uint8Array(shifted.buffer)]);
  offset += bytes.length;
  if (!bin.write(bytes)) await new Promise<void>((resolve) => bin.once('drain', () => resolve()));
  return true;
}

async function fileBytes(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path.join(DATA, file))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
