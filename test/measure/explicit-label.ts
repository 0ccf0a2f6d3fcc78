/**
 * How often the reader of explicit labels finds a label that we drew, and how often it finds one where none is. `node test/measure/explicit-label.ts
 * [LABELLED] [UNLABELLED]`; prints the table of main/provenance/MEASURED.md. Labels are set in every installed font that has the characters;
 * real unlabelled photographs are read from ../shared where present.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { DEFAULT_SETTINGS } from '../../main/contract/analyzer.ts';
import type { Fact } from '../../main/contract/fact.ts';
import type { OpenMedia } from '../../main/contract/media.ts';
import { ModelStore } from '../../main/inference/index.ts';
import { openMedia } from '../../main/media/index.ts';
import { explicitLabelAnalyzer } from '../../main/provenance/analyzers/explicit-label.ts';
import { drawScene } from '../unit/provenance/lettering.ts';

const root = path.resolve(import.meta.dirname, '../..');
const shared = path.resolve(root, '../shared/data');
const work = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-measure-'));
const models = new ModelStore({
  modelsFolder: path.join(root, 'models'),
  packsFolder: path.join(work, 'packs'),
  threads: 1,
});
const [labelledCount = 360, unlabelledCount = 500, clipCount = 12] = process.argv.slice(2).map(Number);

const LABELS = [
  'AI生成',
  '人工智能生成',
  '由AI生成',
  'AI合成',
  '人工智能合成',
  '内容由AI生成',
  'AI 生成',
  '本视频由AI合成',
];
const FONTS = [
  'Noto Sans CJK SC',
  'Noto Sans CJK SC:bold',
  'Noto Serif CJK SC',
  'Noto Serif CJK SC:bold',
  'WenQuanYi Zen Hei',
  'AR PL UKai CN',
  'AR PL UMing CN',
];
const SHARES = [0.025, 0.035, 0.05, 0.06, 0.08];
const QUALITIES = [30, 50, 75, 92];
const SIZES = [
  [540, 720],
  [1080, 1440],
  [1280, 720],
  [1920, 1080],
] as const;
const STYLES = ['white', 'white-shadow', 'black', 'half-transparent', 'on-a-plate'] as const;
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
/** Texts of unlabelled drawn pictures: each holds one of the two elements or a word near it. */
const OTHER_TEXTS = [
  '合成橡胶厂',
  '人工智能大会',
  'AIRPORT',
  '生成中请稍候',
  '自动生成报表',
  '5G 新闻直播',
  'SALE 50%',
  '欢迎光临',
];

let seed = 20261124;
function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

interface Label {
  readonly text: string;
  readonly font: string;
  readonly share: number;
  readonly style: (typeof STYLES)[number];
  readonly corner: (typeof CORNERS)[number];
}

/** The text's ink as a picture of exactly `height` pixels, with what its style puts around it. */
async function inkOf(
  { text, font, style }: Label,
  height: number,
): Promise<{ png: Buffer; width: number; height: number }> {
  const [family, weight = 'normal'] = font.split(':');
  const colour = style === 'black' ? 'black' : 'white';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${text.length * 220}" height="400"><text x="20" y="280" font-family="${family}" font-weight="${weight}" font-size="200" fill="${colour}">${text}</text></svg>`;
  const trimmed = await sharp(Buffer.from(svg))
    .trim({ threshold: 0 })
    .resize({ height, kernel: 'lanczos3' })
    .png()
    .toBuffer();
  const { width = 0 } = await sharp(trimmed).metadata();
  const opacity = style === 'half-transparent' ? 0.55 : 1;
  const pad = Math.ceil(height * 0.35);
  const back =
    style === 'on-a-plate'
      ? `<rect width="100%" height="100%" rx="${pad}" fill="black" fill-opacity="0.55"/>`
      : style === 'white-shadow'
        ? `<filter id="b"><feGaussianBlur stdDeviation="${height / 12}"/></filter><image href="data:image/png;base64,${(await sharp(trimmed).negate({ alpha: false }).png().toBuffer()).toString('base64')}" x="${pad + height * 0.06}" y="${pad + height * 0.06}" width="${width}" height="${height}" filter="url(#b)" opacity="0.7"/>`
        : '';
  const whole = { width: width + 2 * pad, height: height + 2 * pad };
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}">${back}<image href="data:image/png;base64,${trimmed.toString('base64')}" x="${pad}" y="${pad}" width="${width}" height="${height}" opacity="${opacity}"/></svg>`;
  return { png: await sharp(Buffer.from(drawn)).png().toBuffer(), ...whole };
}

const photos = {
  camera: globSync(
    path.join(shared, 'provenance/{camera-exif,photoshop-on-real,thumbnail-mismatch}/*.{jpg,jpeg,JPG}'),
  ).sort(),
  portraits: spread(globSync(path.join(shared, 'faces/real/congress_hq/**/*.jpg')).sort(), 200),
  press: spread(globSync(path.join(shared, 'faces/real/lfw/**/*.jpg')).sort(), 400),
};

function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, i) => list[Math.floor(i * step)]!);
}

/** A drawn scene with grain, or a real photograph brought to the size. */
async function background(width: number, height: number, real: boolean): Promise<Buffer> {
  if (real) return await sharp(pick(photos.portraits)).resize(width, height, { fit: 'cover' }).png().toBuffer();
  const { data } = await drawScene(width, height, []);
  for (let i = 0; i < data.length; i++) data[i] = Math.max(0, Math.min(255, data[i]! + (random() - 0.5) * 24));
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

async function labelled(width: number, height: number, label: Label, back: Buffer): Promise<Buffer> {
  const ink = await inkOf(label, Math.round(label.share * Math.min(width, height)));
  const margin = Math.round(Math.min(width, height) * 0.02);
  if (ink.width + 2 * margin > width) throw new RangeError('the label is wider than the picture');
  const left = label.corner.endsWith('left') ? margin : width - ink.width - margin;
  const top = label.corner.startsWith('top') ? margin : height - ink.height - margin;
  return await sharp(back)
    .composite([{ input: ink.png, left, top }])
    .removeAlpha()
    .png()
    .toBuffer();
}

async function examine(media: OpenMedia): Promise<readonly Fact[]> {
  const context = {
    signal: new AbortController().signal,
    progress: () => {},
    random,
    models,
    references: [],
    settings: DEFAULT_SETTINGS,
  };
  const [outcome] = await explicitLabelAnalyzer.run({ media, sha256: '', faces: null, voices: null }, context);
  return outcome!.facts;
}

async function factsOf(name: string, bytes: Buffer): Promise<readonly Fact[]> {
  const file = path.join(work, name);
  writeFileSync(file, bytes);
  return await factsOfFile(file);
}

async function factsOfFile(file: string): Promise<readonly Fact[]> {
  await using media = await openMedia(file, { scratchFolder: work });
  return await examine(media);
}

const valueAt = (facts: readonly Fact[], id: string) => facts.find((f) => f.id === id)?.value;
const hasLabel = (facts: readonly Fact[]) =>
  facts.some((f) => f.id === 'label.explicitWording' && f.value === 'gb45438');

/** Wilson score interval, 95 %. */
function wilson(k: number, n: number): string {
  if (n === 0) return '–';
  const z = 1.959964;
  const p = k / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const low = Math.max(0, (centre - half) / (1 + (z * z) / n));
  const high = Math.min(1, (centre + half) / (1 + (z * z) / n));
  return `${low.toFixed(3)}–${high.toFixed(3)}`;
}

const table = new Map<string, { found: number; of: number }>();
function count(key: string, hit: boolean): void {
  const row = table.get(key) ?? { found: 0, of: 0 };
  table.set(key, { found: row.found + (hit ? 1 : 0), of: row.of + 1 });
}

const heightErrors: number[] = [];
const milliseconds: number[] = [];

async function measureLabelled(): Promise<void> {
  for (let n = 0; n < labelledCount; n++) {
    const label: Label = {
      text: pick(LABELS),
      font: pick(FONTS),
      share: pick(SHARES),
      style: pick(STYLES),
      corner: pick(CORNERS),
    };
    const [width, height] = pick(SIZES);
    const quality = pick(QUALITIES);
    const real = photos.portraits.length > 0 && n % 2 === 1;
    const picture = await labelled(width, height, label, await background(width, height, real)).catch((thrown) => {
      if (thrown instanceof RangeError) return null;
      throw thrown;
    });
    if (!picture) continue;
    const started = performance.now();
    const facts = await factsOf('labelled.jpg', await sharp(picture).jpeg({ quality }).toBuffer());
    milliseconds.push(performance.now() - started);
    const hit = hasLabel(facts);
    const rows = [
      'all',
      `height ${(label.share * 100).toFixed(1)} % of the shorter side`,
      `font ${label.font}`,
      `style ${label.style}`,
    ];
    for (const key of [
      ...rows,
      `JPEG quality ${quality}`,
      `${width} x ${height}`,
      real ? 'on a photograph' : 'on a drawing',
      ...(label.share >= 0.05 ? ['all at 5 % and above'] : []),
    ])
      count(`labelled: ${key}`, hit);
    const measured = valueAt(facts, 'label.explicitHeight');
    if (hit && typeof measured === 'number') heightErrors.push(measured / label.share - 1);
  }
}

async function measureUnlabelled(): Promise<void> {
  const real = [...photos.camera, ...photos.portraits, ...photos.press].slice(0, unlabelledCount);
  for (const file of real) {
    const facts = await factsOfFile(file).catch(() => null);
    if (facts) count(`unlabelled: photographs`, hasLabel(facts));
    if (facts)
      count(`unlabelled: photographs, a generator's name read`, valueAt(facts, 'label.vendorMark') !== undefined);
  }
  for (let n = 0; n < Math.min(80, unlabelledCount); n++) {
    const label: Label = {
      text: OTHER_TEXTS[n % OTHER_TEXTS.length]!,
      font: pick(FONTS),
      share: pick(SHARES),
      style: pick(STYLES),
      corner: pick(CORNERS),
    };
    const picture = await labelled(1280, 720, label, await background(1280, 720, false));
    const facts = await factsOf(
      'other.jpg',
      await sharp(picture)
        .jpeg({ quality: pick(QUALITIES) })
        .toBuffer(),
    );
    count('unlabelled: other words drawn', hasLabel(facts));
  }
}

/** Seconds shown of eight, from the beginning. */
const SHOWN_S = [1.2, 2.6, 8];

async function measureClips(): Promise<void> {
  for (let n = 0; n < clipCount; n++) {
    const shownS = SHOWN_S[n % SHOWN_S.length]!;
    const label: Label = {
      text: pick(LABELS.slice(0, 6)),
      font: pick(FONTS),
      share: pick([0.05, 0.06, 0.08]),
      style: pick(STYLES),
      corner: pick(CORNERS),
    };
    const ink = await inkOf(label, Math.round(label.share * 720));
    const overlay = path.join(work, 'ink.png');
    writeFileSync(overlay, ink.png);
    const x = label.corner.endsWith('left') ? 20 : 1280 - ink.width - 20;
    const y = label.corner.startsWith('top') ? 20 : 720 - ink.height - 20;
    const file = path.join(work, 'clip.mp4');
    const moving = 'mandelbrot=s=1280x720:r=25:start_scale=0.8:end_scale=0.05:end_pts=300';
    const args = [
      '-f',
      'lavfi',
      '-i',
      moving,
      '-i',
      overlay,
      '-filter_complex',
      `[0][1]overlay=${x}:${y}:enable='lt(t,${shownS})'`,
    ];
    execFileSync('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-y',
      ...args,
      '-t',
      '8',
      '-c:v',
      'libx264',
      '-crf',
      pick(['23', '30', '35']),
      '-pix_fmt',
      'yuv420p',
      file,
    ]);
    const facts = await factsOfFile(file);
    count('clips: label found', hasLabel(facts));
    count('clips: told to stand in the first frame', valueAt(facts, 'label.inFirstFrame') === true);
    count(
      'clips: right side of the two-second rule',
      valueAt(facts, 'label.durationRule') === (shownS >= 2 ? 'met' : 'below'),
    );
  }
}

try {
  await measureLabelled();
  await measureUnlabelled();
  await measureClips();
  console.log('| what | found | of | 95 % interval (Wilson) |\n|---|---|---|---|');
  for (const [key, { found, of }] of [...table].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`| ${key} | ${found} | ${of} | ${wilson(found, of)} |`);
  const at = (list: number[], q: number) =>
    list.toSorted((a, b) => a - b)[Math.floor(q * (list.length - 1))] ?? Number.NaN;
  console.log(
    `\nHeight measured beside height drawn, relative error: median ${at(heightErrors, 0.5).toFixed(3)}, 5th ${at(heightErrors, 0.05).toFixed(3)} and 95th ${at(heightErrors, 0.95).toFixed(3)} of a hundred, ${heightErrors.length} labels.`,
  );
  console.log(`Opening and reading one picture: median ${at(milliseconds, 0.5).toFixed(0)} ms, one thread.`);
  if (!existsSync(shared)) console.log('No photographs: ../shared is absent.');
} finally {
  await models.dispose();
  rmSync(work, { recursive: true, force: true });
}
