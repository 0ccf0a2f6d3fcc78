/**
 * `node test/measure/film-recoding.ts [--cache FOLDER]`: films joined from the real clips of ../shared/data/modern, shrunk so that little of their own
 * coding is left, are coded once and twice by us and read by `codingRhythm`; so are the clips as they came. Writes main/forensics/RECODING.md.
 * What is in the cache is not made again.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CodingRhythm, codingRhythm } from '../../main/forensics/coding-rhythm.ts';
import { openMedia } from '../../main/media/index.ts';
import { type Clip, clips, modern, ownSourceAuc, quartiles, type Valued } from './modern-clips.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: { cache: { type: 'string', default: path.join(os.tmpdir(), 'jianzhen-recoding') } },
});

const FILMS = 6;
/** Constant rate factors of the last coding, and key frame distance and rate factor of the one before. */
const LAST = [20, 26];
const BEFORE = [
  { distance: 12, rate: 23 },
  { distance: 30, rate: 26 },
  { distance: 50, rate: 23 },
];
/** Decimal orders from which a rhythm is counted as found below. */
const FOUND = 1;

function ffmpeg(args: readonly string[], file: string): void {
  if (existsSync(file)) return;
  const made = path.join(path.dirname(file), `made-${path.basename(file)}`);
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-threads', '1', ...args, made]);
  renameSync(made, file);
}

const coded = (rate: number) => ['-c:v', 'libx264', '-threads', '1', '-pix_fmt', 'yuv420p', '-an', '-crf', `${rate}`];

interface Made {
  readonly file: string;
  readonly last: number;
  /** Null: coded once. */
  readonly distance: number | null;
}

function makeFilms(): Made[] {
  mkdirSync(options.cache, { recursive: true });
  const reals = clips().filter(({ kind }) => kind === 'real');
  return Array.from({ length: FILMS }, (_, n) => n).flatMap((n) => {
    const own = reals.filter((_, k) => k % FILMS === n).map(({ file }) => path.join(modern, file));
    const at = (name: string) => path.join(options.cache, `${n}_${name}`);
    const even = own.map((_, k) => `[${k}:v]scale=256:192:flags=area,fps=25,setsar=1[v${k}]`).join(';');
    const joined = `${even};${own.map((_, k) => `[v${k}]`).join('')}concat=n=${own.length}[o]`;
    const lossless = ['-map', '[o]', '-c:v', 'libx264', '-qp', '0', '-preset', 'ultrafast'];
    ffmpeg([...own.flatMap((file) => ['-i', file]), '-filter_complex', joined, ...lossless], at('o.mkv'));
    const once = LAST.map((last) => ({ file: at(`s${last}.mp4`), last, distance: null }));
    for (const { file, last } of once) ffmpeg(['-i', at('o.mkv'), ...coded(last)], file);
    const twice = BEFORE.flatMap(({ distance, rate }) => {
      const keys = ['-g', `${distance}`, '-keyint_min', `${distance}`, '-sc_threshold', '0'];
      ffmpeg(['-i', at('o.mkv'), ...coded(rate), ...keys], at(`f${distance}.mp4`));
      return LAST.map((last) => {
        const file = at(`d${distance}_${last}.mp4`);
        ffmpeg(['-i', at(`f${distance}.mp4`), ...coded(last)], file);
        return { file, last, distance };
      });
    });
    return [...once, ...twice];
  });
}

async function rhythmOf(file: string): Promise<CodingRhythm | null> {
  await using media = await openMedia(file);
  return media.info.video[0]?.codec === 'h264' ? codingRhythm(await media.packets!()) : null;
}

async function ofFilms(): Promise<string[]> {
  const rows: string[] = [];
  const measured = [];
  for (const made of makeFilms()) measured.push({ ...made, rhythm: (await rhythmOf(made.file))! });
  for (const [name, own] of Map.groupBy(measured, ({ distance, last }) => `${distance ?? 'none'} | ${last}`)) {
    const found = own.filter(({ rhythm }) => rhythm.surprise >= FOUND);
    const right = found.filter(({ rhythm, distance }) => distance !== null && rhythm.spacing % distance === 0);
    const orders = own.map(({ rhythm }) => rhythm.surprise.toFixed(1)).join(', ');
    rows.push(`| ${name} | ${found.length} of ${own.length} | ${right.length} | ${orders} |`);
  }
  return rows;
}

async function ofClips(): Promise<string[]> {
  const measured: (Clip & Valued)[] = [];
  for (const clip of clips()) {
    const rhythm = await rhythmOf(path.join(modern, clip.file));
    measured.push({ ...clip, values: rhythm && { surprise: rhythm.surprise } });
  }
  const of = (kind: 'real' | 'swap' | 'talking') => measured.filter((m) => m.kind === kind);
  return (['real', 'swap', 'talking'] as const).map((kind) => {
    const values = of(kind).flatMap(({ values }) => values?.surprise ?? []);
    const auc = kind === 'real' ? null : ownSourceAuc(of(kind), of('real'), 'surprise');
    const found = values.filter((v) => v >= FOUND).length;
    return `| ${kind} | ${values.length} of ${of(kind).length} | ${quartiles(values)} | ${found} | ${auc?.toFixed(2) ?? '–'} |`;
  });
}

writeFileSync(
  path.join(root, 'main/forensics/RECODING.md'),
  [
    '# Films compressed again: what was measured',
    '',
    'Written by `node test/measure/film-recoding.ts`.',
    '',
    '**A fact without a likelihood ratio.** Nearly every film that reaches an examiner was compressed more than once; that it was says nothing of forgery. It says that this file is no original of its camera, and with which distance of key frames it was coded before.',
    '',
    `## Coded by us: ${FILMS} films of about 40 seconds, 256 x 192, 25 frames a second (x264, medium)`,
    '',
    `Found: ${FOUND} decimal order or more beyond chance. Right: the distance told is the former one or a multiple.`,
    '',
    '| key frames before | last rate factor | found | right | decimal orders |',
    '|---|---|---|---|---|',
    ...(await ofFilms()),
    '',
    'The measure was shaped on these films (predicted frames alone, none beside a key frame): what it finds in others may be less.',
    '',
    'A film of four seconds seldom has forty predicted frames away from key frames and cuts: below that nothing is told. Coarser last coding, longer former distances and resizing in between hide the rhythm.',
    '',
    '## The clips of ../shared/data/modern as they came (H.264, 2 to 8 seconds)',
    '',
    '| kind | measured | decimal orders: quartiles | 1 or more | fake above a real of its own repository |',
    '|---|---|---|---|---|',
    ...(await ofClips()),
    '',
    '## Not measured',
    'Other codings than H.264 (their frames lie in layers whose sizes alternate by themselves), other coders than x264, films resized or cut between the two codings, a real corpus of films known to be originals.',
    '',
  ].join('\n'),
);
