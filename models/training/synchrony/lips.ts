/**
 * `node models/training/synchrony/lips.ts [--cache FOLDER]`: teaches how lips move to a sound, measures with each repository left out in turn
 * whether a mouth's own sound goes with it better than those of other films, and writes models/lip-movement.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  agreementOf,
  type Comparable,
  comparable,
  type LipFilter,
  strengthOf,
} from '../../../main/detectors/lip-agreement.ts';
import { STEP_S } from '../../../main/detectors/sound-bands.ts';
import { auc, bootstrap } from '../../../main/fusion/metrics.ts';
import { ModelStore } from '../../../main/inference/index.ts';
import { type Clip, clips } from '../../../test/measure/modern-clips.ts';
import { CONDITIONS, type Condition, type Run, runOf } from './dataset.ts';
import { fitFilter } from './fit.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'models/lip-movement');
const { values: options } = parseArgs({
  options: { cache: { type: 'string', default: path.join(os.tmpdir(), 'jianzhen-lips') } },
});

/** One mouth with one sound. */
interface Pair {
  readonly file: string;
  readonly kind: string;
  readonly repository: string;
  /** File of the film that the sound is of. */
  readonly sound: string;
  /** The mouth's own sound, as against that of a film of another repository. */
  readonly own: boolean;
  readonly seconds: number;
  readonly score: number;
  readonly correlation: number;
  readonly lagS: number;
  readonly weight: number;
}

interface Film extends Run {
  readonly rows: Comparable;
}

/** A sound of another film for a mouth: cut, or begun again where it is at least so much of the length. */
const LEAST_SOUND = 0.7;
const SHARES = [0.01, 0.05];

async function filmsUnder(condition: Condition, all: readonly Clip[]): Promise<Film[]> {
  await using models = new ModelStore({ modelsFolder: path.join(root, 'models'), packsFolder: options.cache });
  const films: Film[] = [];
  for (const clip of all) {
    const run = await runOf(clip, condition, { models, cache: options.cache });
    if (run) films.push({ ...run, rows: comparable(run.movement, run.samples) });
  }
  return films;
}

function pairsOf(film: Film, films: readonly Film[], filter: LipFilter): Pair[] {
  const { lips } = film.rows;
  const steps = lips[0]!.length;
  const others = films
    .filter(({ repository }) => repository !== film.repository)
    .filter(({ rows: { sound } }) => sound[0]!.length >= LEAST_SOUND * film.rows.sound[0]!.length);
  const pair = (other: Film, sound: Comparable['sound']): Pair => {
    const { correlation, lagS } = agreementOf({ lips, sound }, filter);
    const { file, kind, repository } = film;
    const own = other === film;
    const weight = own ? 1 : 1 / others.length;
    const score = strengthOf(correlation, steps);
    return {
      ...{ file, kind, repository, sound: other.file, own },
      ...{ seconds: steps * STEP_S, score, correlation, lagS, weight },
    };
  };
  const length = film.rows.sound[0]!.length;
  const cut = (sound: Comparable['sound']) =>
    sound.map((row) => Float64Array.from({ length }, (_, n) => row[n % row.length]!));
  return [pair(film, film.rows.sound), ...others.map((other) => pair(other, cut(other.rows.sound)))];
}

/** Every pair by the filter that saw no film of the mouth's repository. */
function heldOut(films: readonly Film[], filters: ReadonlyMap<string, LipFilter>): Pair[] {
  return films.flatMap((film) => pairsOf(film, films, filters.get(film.repository)!));
}

const round = (value: number) => Math.round(value * 1000) / 1000;
/** How often a mouth's own sound goes with it better than a foreign one. */
function aucOf(pairs: readonly Pair[]): number {
  return auc(pairs.map(({ own, score, weight }) => ({ synthetic: own, score, weight })));
}

/** Of two mouths, the one whose sound it is and one of another film, how often it goes better with its own. */
function ofTwoMouths(pairs: readonly Pair[]): { readonly right: number; readonly of: number } {
  const own = new Map(pairs.filter((pair) => pair.own).map(({ file, score }) => [file, score]));
  const foreign = pairs.filter((pair) => !pair.own);
  return { right: foreign.filter(({ sound, score }) => own.get(sound)! > score).length, of: foreign.length };
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

function quartiles(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.25, 0.5, 0.75].map((q) => round(quantile(sorted, q)));
}

/** Loudness alone against the gap between the lips: what a filter of no training would reach. */
function byLoudness(films: readonly Film[]): Pair[] {
  const even: LipFilter = films[0]!.rows.lips.map(() => films[0]!.rows.sound.flatMap(() => [0, 0, 0, 1, 0, 0, 0, 0]));
  return films.flatMap((film) => pairsOf(film, films, even));
}

interface Group {
  readonly films: number;
  readonly repositories: number;
  /** With the ends of its interval. */
  readonly auc: readonly number[];
  readonly foreign: number;
  /** Quartiles. */
  readonly correlation: readonly number[];
  readonly foreignCorrelation: readonly number[];
  readonly lagS: readonly number[];
  /** Pairs above what a share of the foreign clean pairs exceed. */
  readonly reached: readonly { readonly share: number; readonly own: number; readonly foreign: number }[];
}

/** @param others strengths of the foreign clean pairs, in rising order. */
function groupOf(pairs: readonly Pair[], others: readonly number[]): Group {
  const own = pairs.filter((pair) => pair.own);
  const foreign = pairs.filter((pair) => !pair.own);
  return {
    films: own.length,
    repositories: new Set(pairs.map(({ repository }) => repository)).size,
    auc: [aucOf(pairs), ...bootstrap(pairs, ({ repository }) => repository, aucOf)].map(round),
    foreign: foreign.length,
    correlation: quartiles(own.map((p) => p.correlation)),
    foreignCorrelation: quartiles(foreign.map((p) => p.correlation)),
    lagS: quartiles(own.map((p) => p.lagS)),
    reached: SHARES.map((share) => {
      const above = ({ score }: Pair) => score > quantile(others, 1 - share);
      return { share, own: own.filter(above).length, foreign: foreign.filter(above).length };
    }),
  };
}

const GROUPS: Readonly<Record<string, (pair: Pair) => boolean>> = {
  all: () => true,
  real: ({ kind }) => kind === 'real',
  talking: ({ kind }) => kind === 'talking',
  'below 3 s': ({ seconds }) => seconds < 3,
  'from 3 s': ({ seconds }) => seconds >= 3,
};

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const clean = await filmsUnder(
    'clean',
    clips().filter(({ kind }) => kind !== 'swap'),
  );
  const repositories = [...new Set(clean.map(({ repository }) => repository))];
  const filters = new Map(
    repositories.map((left) => [left, fitFilter(clean.filter((f) => f.repository !== left).map((f) => f.rows))]),
  );
  const pairs = heldOut(clean, filters);
  const others = pairs
    .filter(({ own }) => !own)
    .map(({ score }) => round(score))
    .sort((a, b) => a - b);
  const byCondition: Record<string, Record<string, Group>> = {};
  for (const condition of CONDITIONS) {
    const tested = condition === 'clean' ? pairs : heldOut(await filmsUnder(condition, clean), filters);
    byCondition[condition] = Object.fromEntries(
      Object.entries(GROUPS).map(([name, belongs]) => [name, groupOf(tested.filter(belongs), others)]),
    );
    console.log(condition, byCondition[condition].all!.auc.join(' '));
  }
  const loud = byLoudness(clean);
  const loudness = ['real', 'talking'].map((kind) =>
    groupOf(
      loud.filter((p) => p.kind === kind),
      others,
    ),
  );
  const items = pairs
    .filter(({ own }) => own)
    .map(({ file, seconds, correlation, lagS, score }) => ({
      id: createHash('sha256').update(file).digest('hex').slice(0, 16),
      seconds: round(seconds),
      correlation: round(correlation),
      lagS: round(lagS),
      othersAsHigh: round(others.filter((other) => other >= score).length / others.length),
    }));
  const filter = fitFilter(clean.map((f) => f.rows)).map((weights) => weights.map((w) => Number(w.toPrecision(5))));
  writeFileSync(path.join(folder, 'model.json'), `${JSON.stringify({ filter, others, films: clean.length })}\n`);
  const twoMouths = ofTwoMouths(pairs);
  writeFileSync(
    path.join(folder, 'evaluation.json'),
    `${JSON.stringify({ byCondition, loudness, twoMouths, items }, null, 1)}\n`,
  );
  drawCard(byCondition, loudness);
  console.log('of two mouths', twoMouths.right, twoMouths.of);
}

/** The tables of the card, drawn from what was measured. */
function drawCard(measured: Readonly<Record<string, Readonly<Record<string, Group>>>>, loudness: Group[]): void {
  const file = path.join(folder, 'card.md');
  const row = (condition: string, name: string, { films, repositories, auc: [value, low, high], ...g }: Group) =>
    `| ${condition} | ${name} | ${films} (${repositories}) | ${g.foreign} | ${value} [${low}, ${high}] | ${g.reached.map((r) => `${r.own} / ${r.foreign}`).join(' · ')} | ${g.correlation.join(' / ')} | ${g.foreignCorrelation.join(' / ')} | ${g.lagS.join(' / ')} |`;
  const lines = [
    '| condition | mouths | own (repositories) | foreign | AUC | found: own / foreign, 1 % · 5 % | correlation, own: quartiles | foreign | lag, s |',
    '|---|---|---|---|---|---|---|---|---|',
    ...Object.entries(measured).flatMap(([condition, groups]) =>
      Object.entries(groups).map(([name, group]) => row(condition, name, group)),
    ),
    ...loudness.map((group, n) => row('clean, loudness alone', ['real', 'talking'][n]!, group)),
  ];
  const card = readFileSync(file, 'utf8');
  const between = /(<!-- figures -->\n).*(<!-- end of figures -->)/s;
  writeFileSync(
    file,
    card.replace(between, (_, from, to) => `${from}${lines.join('\n')}\n${to}`),
  );
}

await main();
