// The shipped weights, calibration, stability and fusion on files as a user would give them, through the analysis process itself.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Examination } from '../../main/contract/engine.ts';
import { wilson } from '../../main/contract/wilson.ts';
import { round } from '../../main/fusion/fit.ts';
import { leastOf } from '../../main/fusion/scale.ts';
import { EngineHost } from '../../main/jobs/engine-host.ts';
import { forkEngine } from '../../main/jobs/fork-engine.ts';
import { unheardVoiceClips } from './records.ts';

export interface ProductRow {
  readonly source: string;
  readonly condition: string;
  readonly items: number;
  /** Items with a calibrated figure, and codes of the others. */
  readonly spoke: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly limited: number;
  readonly moderate: number;
  readonly upper: number | null;
  /** Of those with a figure: on the side of their label (above 0 for synthetic). */
  readonly right: number;
}

export interface ProductFigures {
  readonly note: string;
  readonly rows: readonly ProductRow[];
  readonly groups: readonly { group: string; items: number; limited: number; moderate: number; upper: number }[];
}

/** One file under one condition: what the detector's outcome said, and the measured skin tone where a face was kept. */
interface Seen {
  readonly model: string;
  readonly source: string;
  readonly condition: string;
  readonly synthetic: boolean;
  readonly llr: number | null;
  readonly code: string | null;
  /** Label of the item, for voices. */
  readonly language: string | null;
  readonly ita: number | null;
}

interface Item {
  readonly file: string;
  readonly model: string;
  readonly source: string;
  readonly synthetic: boolean;
  readonly language: string | null;
}

const [LIMITED, MODERATE] = [leastOf('limited'), leastOf('moderate')];
/** Files of each source: every n-th of the manifest. */
const PER_SOURCE = 24;

const PICTURE_CONDITIONS: Readonly<Record<string, (input: Sharp, side: number) => Promise<Buffer>>> = {
  jpeg70: (p) => p.jpeg({ quality: 70 }).toBuffer(),
  half: (p, side) =>
    p
      .resize(Math.round(side / 2))
      .jpeg({ quality: 90 })
      .toBuffer(),
  screenshot: (p, side) =>
    p
      .resize(Math.round(side * 0.83), null, { kernel: 'cubic' })
      .png()
      .toBuffer(),
  webp: (p) => p.webp({ quality: 75 }).toBuffer(),
};
const FILM_CONDITIONS: Readonly<Record<string, string[]>> = {
  crf23: ['-c:v', 'libx264', '-crf', '23', '-an', '-t', '6'],
  crf32: ['-c:v', 'libx264', '-crf', '32', '-an', '-t', '6'],
};
const SOUND_CONDITIONS: Readonly<Record<string, readonly [string, string[]]>> = {
  'mp3-48k': ['.mp3', ['-c:a', 'libmp3lame', '-b:a', '48k']],
  'aac-32k': ['.m4a', ['-c:a', 'aac', '-b:a', '32k']],
  'opus-16k': ['.ogg', ['-c:a', 'libopus', '-b:a', '16k']],
  gsm: ['.wav', ['-ar', '8000', '-ac', '1', '-c:a', 'gsm_ms']],
  'noise-15db': [
    '.wav',
    [
      '-filter_complex',
      '[0:a]loudnorm=I=-20:TP=-2,aresample=16000[v];anoisesrc=color=pink:seed=1:sample_rate=16000:amplitude=0.1:duration=60[n];[v][n]amix=inputs=2:duration=first:normalize=0',
      '-ac',
      '1',
      '-c:a',
      'pcm_s16le',
    ],
  ],
  'loudness-20db': ['.wav', ['-af', 'volume=-20dB', '-c:a', 'pcm_s16le']],
};

/** The items and their answers; `cache` keeps each by content of file, models and calibrations, so that a stopped run goes on. */
export async function measureProduct({
  modelsFolder,
  sharedData,
  cache,
  perSource = PER_SOURCE,
  minutes = Number.POSITIVE_INFINITY,
  model,
}: {
  modelsFolder: string;
  sharedData: string;
  cache: string;
  perSource?: number;
  /** Nothing new is examined after that; the note says how much was left. */
  minutes?: number;
  /** Only files of this model; all where left out. */
  model?: string | undefined;
}): Promise<ReadonlyMap<string, ProductFigures>> {
  mkdirSync(cache, { recursive: true });
  const kept = readCache(path.join(cache, 'seen.jsonl'));
  const stampOf = (model: string) => digestOf(readFileSync(path.join(modelsFolder, model, 'calibration.json'), 'utf8'));
  const stamps = new Map(['synthetic-face', 'synthetic-voice'].map((id) => [id, stampOf(id)]));
  const seen: Seen[] = [];
  await using engine = new EngineHost(() =>
    forkEngine({
      modelsFolder,
      packsFolder: path.join(cache, 'packs'),
      trustFolder: path.join(cache, 'trust'),
      scratchFolder: cache,
      threads: 1,
    }),
  );
  const until = performance.now() + minutes * 60_000;
  const left = new Map<string, number>();
  for (const item of [
    ...faceItems(sharedData, perSource),
    ...modernItems(sharedData, perSource),
    ...voiceItems(sharedData, modelsFolder, perSource),
  ].filter((item) => model === undefined || item.model === model)) {
    for (const condition of conditionsOf(item)) {
      const key = digestOf(`${stamps.get(item.model)}\n${item.file}\n${condition}`);
      const known = kept.get(key);
      if (!known && performance.now() > until) {
        left.set(item.model, (left.get(item.model) ?? 0) + 1);
        continue;
      }
      const answer = known ?? (await examineUnder(engine, item, condition, cache));
      if (!known) appendFileSync(path.join(cache, 'seen.jsonl'), `${JSON.stringify({ key, answer })}\n`);
      seen.push(answer);
    }
  }
  return new Map(
    [...Map.groupBy(seen, (s) => s.model)].map(([model, own]) => [
      model,
      summarise(model, own, perSource, left.get(model) ?? 0),
    ]),
  );
}

async function examineUnder(engine: EngineHost, item: Item, condition: string, cache: string): Promise<Seen> {
  const file = await underCondition(item.file, condition, cache);
  const { model, source, synthetic, language } = item;
  const base = { model, source, condition, synthetic, language };
  try {
    const examination = await engine.examine(
      {
        path: file,
        claimedExtension: path.extname(file),
        sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
        settings: { fps: 2, depth: 'full', ...(item.language ? { language: item.language } : {}) },
        references: [],
        only: [item.model],
      },
      { signal: new AbortController().signal, onProgress: () => {} },
    );
    return { ...base, ...(await answerOf(examination, item.model)) };
  } finally {
    if (file !== item.file) rmSync(file, { force: true });
  }
}

/** The subject that speaks most strongly for synthesis stands for the file, as a reader would take it. */
async function answerOf(examination: Examination, model: string): Promise<Pick<Seen, 'llr' | 'code' | 'ita'>> {
  const outcomes = examination.outcomes.filter((o) => o.analyzer === model);
  const spoken = outcomes.filter((o) => o.llr !== null).toSorted((a, b) => b.llr! - a.llr!);
  const crop = examination.crops[0];
  return {
    llr: spoken[0]?.llr ?? null,
    code: spoken.length > 0 ? null : (outcomes[0]?.reason?.code ?? 'none'),
    ita: crop ? await cheekTone(crop.png) : null,
  };
}

/** Individual typology angle in degrees of both cheeks (Chardon 1991), from a crop of twice the face box: lighter skin is larger. */
async function cheekTone(png: Uint8Array): Promise<number> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const sums = [0, 0, 0];
  let n = 0;
  for (const cx of [0.39, 0.61]) {
    for (let y = Math.round(0.53 * info.height); y < 0.58 * info.height; y++) {
      for (let x = Math.round((cx - 0.025) * info.width); x < (cx + 0.025) * info.width; x++) {
        for (let c = 0; c < 3; c++) sums[c]! += linear(data[(y * info.width + x) * 3 + c]! / 255);
        n++;
      }
    }
  }
  const [r, g, b] = sums.map((s) => s / n) as [number, number, number];
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return (Math.atan2(116 * y - 66, 200 * (y - z)) * 180) / Math.PI;
}

async function underCondition(file: string, condition: string, cache: string): Promise<string> {
  if (condition === 'clean') return file;
  const out = (extension: string) => path.join(cache, `${digestOf(file + condition)}${extension}`);
  const picture = PICTURE_CONDITIONS[condition];
  if (picture) {
    const target = out(condition === 'webp' ? '.webp' : condition === 'screenshot' ? '.png' : '.jpg');
    const input = sharp(file).flatten({ background: '#ffffff' });
    const { width } = await sharp(file).metadata();
    await sharp(await picture(input, width))
      .toFormat(path.extname(target) === '.jpg' ? 'jpeg' : (path.extname(target).slice(1) as 'webp' | 'png'), {
        quality: 100,
      })
      .toFile(target);
    return target;
  }
  const [extension, options] = SOUND_CONDITIONS[condition] ?? ['.mp4', FILM_CONDITIONS[condition]!];
  execFileSync('ffmpeg', ['-y', '-nostdin', '-v', 'error', '-i', file, ...options, out(extension)]);
  return out(extension);
}

function conditionsOf({ model, file }: Item): string[] {
  if (model === 'synthetic-voice') return ['clean', ...Object.keys(SOUND_CONDITIONS)];
  const film = /\.(mp4|mov)$/i.test(file);
  return ['clean', ...Object.keys(film ? FILM_CONDITIONS : PICTURE_CONDITIONS)];
}

function faceItems(data: string, perSource: number): Item[] {
  const rows = manifest(path.join(data, 'faces/manifest.csv'));
  return everyNth(rows, (r) => r.file!.split('/').slice(0, 2).join('/'), perSource).map((r) => ({
    file: path.join(data, 'faces', r.file!),
    model: 'synthetic-face',
    source: r.file!.split('/').slice(0, 2).join('/'),
    synthetic: r.label === 'fake',
    language: null,
  }));
}

function modernItems(data: string, perSource: number): Item[] {
  const rows = manifest(path.join(data, 'modern/manifest.csv'));
  return everyNth(rows, (r) => r.file!.split('/')[0]!, perSource).map((r) => ({
    file: path.join(data, 'modern', r.file!),
    model: 'synthetic-face',
    source: `modern/${r.file!.split('/')[0]}`,
    synthetic: r.label === 'fake',
    language: null,
  }));
}

/** Long enough for two seconds of speech to be left after silence. Seconds. */
const LONG_ENOUGH_S = 3;

/** Clips whose voice, or for synthetic ones whose voice or system, the shipped weights never heard: those that the recipe scored with them. */
function voiceItems(data: string, modelsFolder: string, perSource: number): Item[] {
  const unheard = unheardVoiceClips(modelsFolder);
  const rows = manifest(path.join(data, 'voices/manifest.csv')).filter(
    (r) =>
      Number(r.dur_s) >= LONG_ENOUGH_S && unheard.has(createHash('sha256').update(r.file!).digest('hex').slice(0, 16)),
  );
  const spoken = (r: Record<string, string>) =>
    `${r.language === 'en' ? 'en' : r.language === 'zh' ? 'zh' : 'other'} ${r.label}`;
  return everyNth(rows, spoken, perSource).map((r) => ({
    file: path.join(data, 'voices', r.file!),
    model: 'synthetic-voice',
    source: spoken(r),
    synthetic: r.label !== 'bonafide',
    language: r.language!,
  }));
}

function everyNth<T>(rows: readonly T[], keyOf: (row: T) => string, most: number): T[] {
  return [...Map.groupBy(rows, keyOf).values()].flatMap((own) => {
    const step = Math.max(1, own.length / most);
    return Array.from({ length: Math.min(most, own.length) }, (_, i) => own[Math.floor(i * step)]!);
  });
}

/** RFC 4180, small: quoted cells may hold commas and doubled quotes, no line breaks. */
function manifest(file: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const cells = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '');
  const names = cells(head!);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i]!, cell])));
}

const FACES_NOTE =
  'The shipped weights were trained on most of the genuine sources and on the generated collages (not on modern swaps, talking heads and generated portraits): rows of these show that the path works and how often it abstains, not how well it does on unseen media; the held-out tables above do.';
const VOICES_NOTE =
  'Only clips whose voice the shipped weights never heard; their system and repository may have been heard. A group is what the manifest labels, never guessed.';

function summarise(model: string, seen: readonly Seen[], perSource: number, left: number): ProductFigures {
  const rows = [...Map.groupBy(seen, (s) => `${s.source}\n${s.condition}`)].map(([key, own]): ProductRow => {
    const [source, condition] = key.split('\n') as [string, string];
    const spoke = own.filter((s) => s.llr !== null);
    const count = (llr: number) => spoke.filter((s) => s.llr! >= llr).length;
    const { synthetic } = own[0]!;
    const reasons: Record<string, number> = {};
    for (const { code } of own) if (code !== null) reasons[code] = (reasons[code] ?? 0) + 1;
    return {
      source,
      condition,
      items: own.length,
      spoke: spoke.length,
      reasons,
      limited: count(LIMITED),
      moderate: count(MODERATE),
      upper: synthetic ? null : round(wilson(count(MODERATE), own.length)[1]),
      right: spoke.filter((s) => s.llr! > 0 === synthetic).length,
    };
  });
  return {
    note: `Full pass, at most ${perSource} files a source, evenly spaced in the manifest. ${model === 'synthetic-voice' ? VOICES_NOTE : FACES_NOTE}${left > 0 ? ` Stopped by the time given: ${left} of ${left + seen.length} runs were not made, whole sources among them.` : ''}`,
    rows,
    groups: model === 'synthetic-face' ? toneGroups(seen) : languageGroups(seen),
  };
}

/** Terciles of cheek tone over genuine items, all conditions together. */
function toneGroups(seen: readonly Seen[]): ProductFigures['groups'] {
  const toned = seen.filter((s) => !s.synthetic && s.ita !== null).toSorted((a, b) => a.ita! - b.ita!);
  if (toned.length < 30) return [];
  return [0, 1, 2].map((third) => {
    const own = toned.slice(Math.floor((third * toned.length) / 3), Math.floor(((third + 1) * toned.length) / 3));
    return alarmsOf(`cheek ITA ${Math.round(own[0]!.ita!)} to ${Math.round(own.at(-1)!.ita!)} degrees`, own);
  });
}

/** Genuine clips by the language that the manifest states: clean, and under the condition that alarms most (the same clips stand in each). */
function languageGroups(seen: readonly Seen[]): ProductFigures['groups'] {
  const genuine = seen.filter((s) => !s.synthetic && s.language !== null);
  return [...Map.groupBy(genuine, (s) => s.language!)].sort().flatMap(([language, own]) => {
    const byCondition = [...Map.groupBy(own, (s) => s.condition)].map(([condition, of]) => ({
      condition,
      alarms: alarmsOf(`language ${language}, ${condition}`, of),
    }));
    const [worst] = byCondition
      .filter((c) => c.condition !== 'clean')
      .toSorted((a, b) => b.alarms.moderate - a.alarms.moderate || b.alarms.limited - a.alarms.limited);
    const clean = byCondition.find((c) => c.condition === 'clean');
    return [clean, worst].flatMap((c) => (c ? [c.alarms] : []));
  });
}

function alarmsOf(group: string, own: readonly Seen[]): ProductFigures['groups'][number] {
  const count = (llr: number) => own.filter((s) => s.llr !== null && s.llr >= llr).length;
  return {
    group,
    items: own.length,
    limited: count(LIMITED),
    moderate: count(MODERATE),
    upper: round(wilson(count(MODERATE), own.length)[1]),
  };
}

function readCache(file: string): Map<string, Seen> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => JSON.parse(line) as { key: string; answer: Seen }).map(({ key, answer }) => [key, answer]),
  );
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
