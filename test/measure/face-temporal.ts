/**
 * `node test/measure/face-temporal.ts [--cache FOLDER]`: how the measures over time of real clips, swaps and talking heads of
 * ../shared/data/modern differ, fakes against reals of their own repository, and writes main/detectors/TEMPORAL.md.
 * A clip's measures are kept in the cache: a stopped run goes on.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS } from '../../main/contract/analyzer.ts';
import type { AnalyzerOutcome } from '../../main/contract/outcome.ts';
import { type Faces, mostSeen } from '../../main/contract/perception.ts';
import { faceTemporal } from '../../main/detectors/face-temporal.ts';
import { ModelStore } from '../../main/inference/index.ts';
import { openMedia } from '../../main/media/index.ts';
import { findFaces } from '../../main/perception/index.ts';
import { type Clip, clips, modern, ownSourceAuc, quartiles } from './modern-clips.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: { cache: { type: 'string', default: path.join(os.tmpdir(), 'jianzhen-temporal') } },
});

/** Value of each measure of the longest track; null where nothing could be measured, with the code. */
interface Measured extends Clip {
  readonly values: Readonly<Record<string, number>> | null;
  readonly why: string | null;
}

const MEASURES: Readonly<Record<string, string>> = {
  brightnessChange: 'luma a step',
  colourChange: 'chroma a step',
  detailChange: 'octaves a step',
  shapeChange: 'eye distances a step',
  movementChange: 'eye distances a step',
  ownLikenessLowest: 'cosine',
  ownLikeness: 'cosine',
  detailBeside: 'octaves',
  noiseBeside: 'octaves',
  lightAgreement: 'correlation',
  driftWithPose: 'cosine distance for 10 degrees',
  driftWithTime: 'cosine distance a second',
  driftUnexplained: 'cosine distance',
  'frames.brightness': 'luma, second difference',
  'frames.colour': 'chroma, second difference',
  'frames.detail': 'octaves, second difference',
  'frames.shape': 'eye distances a frame',
  'frames.pixels': 'octaves',
  'frames.identity': 'cosine distance',
};
const REPEATS = 1000;
const LEAST_REPOSITORIES = 3;

function keptFile(cache: string, { file }: Clip): string {
  return path.join(cache, `${file.replaceAll('/', '__')}.json`);
}

/** Measures of one clip by the analyzer of the product. */
async function measuresOf(faces: Faces): Promise<Pick<Measured, 'values' | 'why'>> {
  const input = { media: null as never, sha256: '', faces, voices: null };
  const context = {
    signal: new AbortController().signal,
    progress: () => {},
    random: () => 0,
    models: null as never,
    references: [],
    settings: DEFAULT_SETTINGS,
  };
  const outcomes = await faceTemporal.run(input, context);
  const longest = mostSeen(faces.tracks, 1)[0]?.id ?? 'file';
  return valuesOf(outcomes.find(({ subject }) => subject === longest) ?? outcomes[0]!);
}

function valuesOf({ status, reason, facts }: AnalyzerOutcome): Pick<Measured, 'values' | 'why'> {
  if (status !== 'evidence') return { values: null, why: reason?.code ?? status };
  const whole = facts.filter(({ id }) => !/^temporal\.(step|run)\./.test(id));
  const values = whole.flatMap(({ id, value }) => {
    const name = id.slice('temporal.'.length);
    if (Array.isArray(value)) return [[`${name}Lowest`, Number(value[0])] as const, [name, Number(value[1])] as const];
    return [[name, Number(value)] as const];
  });
  return { values: Object.fromEntries(values), why: null };
}

async function measureAll(): Promise<Measured[]> {
  mkdirSync(options.cache, { recursive: true });
  await using models = new ModelStore({ modelsFolder: path.join(root, 'models'), packsFolder: options.cache });
  const measured: Measured[] = [];
  for (const clip of clips()) {
    const file = keptFile(options.cache, clip);
    if (!existsSync(file)) {
      await using media = await openMedia(path.join(modern, clip.file));
      const { signal } = new AbortController();
      const faces = await findFaces(media, {
        fps: DEFAULT_SETTINGS.fps,
        closely: true,
        models,
        signal,
        progress: () => {},
      });
      writeFileSync(file, JSON.stringify(await measuresOf(faces)));
    }
    measured.push({ ...clip, ...(JSON.parse(readFileSync(file, 'utf8')) as Pick<Measured, 'values' | 'why'>) });
  }
  return measured;
}

/** Repositories are drawn with repetition, as their clips share scenes; with fewer than three, clips are, which makes it too narrow. */
function interval(fakes: readonly Measured[], reals: readonly Measured[], name: string): [number, number] | null {
  const shared = [...new Set(fakes.map((f) => f.repository))].filter((r) => reals.some((m) => m.repository === r));
  let state = 9;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const draws: number[] = [];
  for (let n = 0; n < REPEATS; n++) {
    if (shared.length < LEAST_REPOSITORIES) {
      const take = (all: readonly Measured[]) => all.map(() => all[Math.floor(random() * all.length)]!);
      const auc = ownSourceAuc(take(fakes), take(reals.filter((m) => shared.includes(m.repository))), name);
      if (auc !== null) draws.push(auc);
      continue;
    }
    const drawn = shared.map((_, k) => ({ of: shared[Math.floor(random() * shared.length)]!, as: String(k) }));
    const take = (all: readonly Measured[]) =>
      drawn.flatMap(({ of, as }) => all.filter((m) => m.repository === of).map((m) => ({ ...m, repository: as })));
    const auc = ownSourceAuc(take(fakes), take(reals), name);
    if (auc !== null) draws.push(auc);
  }
  draws.sort((a, b) => a - b);
  if (draws.length === 0) return null;
  return [draws[Math.floor(0.025 * draws.length)]!, draws[Math.floor(0.975 * draws.length)]!];
}

function page(all: readonly Measured[]): string {
  const of = (kind: Clip['kind']) => all.filter((m) => m.kind === kind);
  const reals = of('real');
  const cell = (kind: 'swap' | 'talking', name: string) => {
    const auc = ownSourceAuc(of(kind), reals, name);
    if (auc === null) return '–';
    const ends = interval(of(kind), reals, name);
    return `${auc.toFixed(2)}${ends ? ` [${ends.map((e) => e.toFixed(2)).join(', ')}]` : ''}`;
  };
  const values = (kind: Clip['kind'], name: string) => of(kind).flatMap((m) => m.values?.[name] ?? []);
  const counts = (kind: Clip['kind']) => {
    const own = of(kind);
    const why = [
      ...Map.groupBy(
        own.filter((m) => m.why),
        (m) => m.why!,
      ),
    ].map(([code, m]) => `${code} ${m.length}`);
    const measured = own.filter((m) => m.values).length;
    return `${kind} ${measured} of ${own.length} clips${why.length > 0 ? ` (${why.join(', ')})` : ''}`;
  };
  const shared = (kind: 'swap' | 'talking') =>
    new Set(
      of(kind)
        .filter((m) => m.values && reals.some((r) => r.values && r.repository === m.repository))
        .map((m) => m.repository),
    ).size;
  return [
    '# Faces over time: what was measured',
    '',
    'Written by `node test/measure/face-temporal.ts` over the clips of `../shared/data/modern`, at four sampled frames a second (full pass), the longest track of each clip.',
    '',
    `Measured: ${(['real', 'swap', 'talking'] as const).map(counts).join('; ')}. Repositories that hold both a fake and a real clip: swaps ${shared('swap')}, talking heads ${shared('talking')}.`,
    '',
    '**These are facts and carry no likelihood ratio.** The clips are too few, their repositories share targets and scenes, and real and fake of one repository differ in size and in how often they were encoded. ' +
      'An area under the curve below says how often a fake has the larger value than a real clip of its own repository; .5 is chance. Intervals: 95 %, repositories drawn with repetition; with fewer than three, clips are drawn, which share targets, so that those intervals are too narrow.',
    '',
    '| measure | unit | real: quartiles | swap | talking head | swap against own reals | talking head against own reals |',
    '|---|---|---|---|---|---|---|',
    ...Object.entries(MEASURES).map(
      ([name, unit]) =>
        `| ${name} | ${unit} | ${(['real', 'swap', 'talking'] as const).map((kind) => quartiles(values(kind, name))).join(' | ')} | ${cell('swap', name)} | ${cell('talking', name)} |`,
    ),
    '',
    '## How to read it',
    `- With ${Object.keys(MEASURES).length} measures and two kinds of fake, one or two intervals leave .5 out by chance. At four frames a second nothing holds. In consecutive frames the swaps flicker in brightness, colour and mesh more than their own reals: one repository, four methods over the same targets, decoded and coded again together with them; that their face vector flickers too (.66) is within chance. Talking heads drift less with time than their reals: what generates them holds the identity still, but short loops and calm scenes would too.`,
    '- Neither has been seen on a second repository of swaps: leads to follow, not evidence.',
    '',
    '## What is measured how',
    '- `…Change`: steps of a quarter of a second to a second. `frames.…`: up to 16 consecutive frames of the film from the largest look on, followed by the mesh; second differences, so that what changes steadily leaves nothing. `frames.identity`: a frame’s face vector against the mean of those before and after it. Frames that a film shows twice halve them.',
    '- `drift…`: least squares of the cosine distance of each pair of looks against their difference in yaw and pitch and against the time between them; `driftUnexplained` is what is left. Tracks of fewer than six looks with a vector, or that hardly turn, have none.',
    '',
    '## What is not measured',
    '- A track of more than 24 looks keeps the best of each of 24 equal spans: beyond some 24 s its looks lie more than a second apart, and nothing is told from look to look. Likeness, drift, sharpness, noise and light stay, and so do the runs of consecutive frames, one for each 10 s and at most three.',
    '- No clip here is longer than 8.5 s: what the measures are worth in long tracks, where drift runs over minutes and the median of several runs stands for one, is unknown.',
    '- Only the four faces of a film that are seen most have a vector of each look and a run of frames: it bounds the cost.',
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(root, 'main/detectors/TEMPORAL.md'), page(await measureAll()));
}
