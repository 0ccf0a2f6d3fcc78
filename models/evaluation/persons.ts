/**
 * `node models/evaluation/persons.ts`: chooses the limits at which persons are grouped over a case on one half of the people whom the
 * embeddings never saw, measures them on the other half, and writes persons.json and a part of the card of each embedding.
 * Options: `--cache FOLDER` (a stopped run goes on).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { groupedPersons, joinsOf, type Limits } from '../../main/identity/persons.ts';
import { embeddingNetworks, ModelStore } from '../../main/inference/index.ts';
import { type PersonVector, personVectors, type VectorSet } from './persons-vectors.ts';

const modelsFolder = path.resolve(import.meta.dirname, '..');
const sharedData = path.resolve(modelsFolder, '../../shared/data');
const { values: options } = parseArgs({
  options: { cache: { type: 'string', default: path.join(os.tmpdir(), 'jianzhen-persons') } },
});

/** A case drawn from people of one population. */
interface Drawing {
  readonly population: string;
  readonly condition: string;
  readonly people: number;
  /** Whether each person appears once, or as often as there is material. */
  readonly once: boolean;
}

export interface Row extends Drawing {
  readonly draws: number;
  readonly appearances: number;
  /** B-cubed of the groups (Bagga and Baldwin 1998), means over draws. */
  readonly precision: number;
  readonly recall: number;
  readonly f: number;
  /** Mean ends of the interval, and the share of draws in which the true number lies within it. */
  readonly low: number;
  readonly high: number;
  readonly covered: number;
  /** Share of appearances in groups that are left open. */
  readonly uncertain: number;
}

const SIZES = [5, 20, 80, 200];
/** Draws of a case; larger ones cost more and differ less. */
const drawsOf = (people: number) => (people <= 20 ? 100 : 40);
/** The choice holds each end of the interval in at least this share of the draws of every kind of case. */
const HELD = 0.975;
/** Limits tried, .02 apart. */
const GRID = Array.from({ length: 48 }, (_, n) => Math.round(n * 2) / 100);

interface Plan {
  readonly kind: 'face' | 'voice';
  readonly model: string;
  readonly set: VectorSet;
  readonly conditions: readonly string[];
  readonly populations: readonly string[];
  /** Measured with the chosen limits, never chosen on. */
  readonly also: readonly { readonly set: VectorSet; readonly name: string }[];
}

const PLANS: readonly Plan[] = [
  {
    kind: 'face',
    model: 'face-likeness',
    set: 'lfw',
    conditions: ['clean', 'jpeg70'],
    populations: ['general', 'east-asian'],
    also: [{ set: 'dfdc', name: 'dfdc-actors' }],
  },
  {
    kind: 'voice',
    model: 'speaker-embedding',
    set: 'speakers',
    conditions: ['clean', 'opus-16k'],
    populations: ['voices-all', 'voices-en'],
    also: [],
  },
];

/** What is redrawn of a card. */
const [BEGIN, END] = ['<!-- persons: written by models/evaluation/persons.ts -->', '<!-- persons: end -->'];

await using models = new ModelStore({ modelsFolder, packsFolder: path.join(options.cache, 'packs') });
for (const plan of PLANS) await measure(plan);

async function measure(plan: Plan): Promise<void> {
  const load = (set: VectorSet, condition: string) =>
    personVectors(set, condition, { models, sharedData, cache: options.cache });
  const byCondition = new Map<string, PersonVector[]>();
  for (const condition of plan.conditions) byCondition.set(condition, await load(plan.set, condition));
  const drawings = plan.populations.flatMap((population) =>
    plan.conditions.flatMap((condition) =>
      SIZES.flatMap((people) => [false, true].map((once) => ({ population, condition, people, once }))),
    ),
  );
  const peopleOf = ({ population, condition }: Drawing, half: 0 | 1) =>
    grouped(byCondition.get(condition)!.filter((v) => isOf(v, population) && halfOf(v.person) === half));
  const choosing = drawings.filter((d) => d.people <= peopleOf(d, 0).length);
  const limits = choose(choosing.map((d) => ({ drawing: d, people: peopleOf(d, 0) })));
  const rows = drawings.filter((d) => d.people <= peopleOf(d, 1).length).map((d) => rowOf(d, peopleOf(d, 1), limits));
  for (const { set, name } of plan.also) {
    const people = grouped(await load(set, 'clean'));
    for (const size of SIZES.filter((s) => s <= people.length))
      rows.push(rowOf({ population: name, condition: 'clean', people: size, once: false }, people, limits));
  }
  const counts = (half: 0 | 1) =>
    Object.fromEntries(
      plan.populations.map((population) => {
        const people = peopleOf({ population, condition: plan.conditions[0]!, people: 0, once: false }, half);
        return [population, { people: people.length, appearances: people.flat().length }];
      }),
    );
  const written = {
    schema: 1,
    kind: plan.kind,
    models: embeddingNetworks(modelsFolder)[plan.kind],
    limits,
    chosenOn: { people: counts(0), held: HELD, kindsOfCase: choosing.length },
    measuredOn: counts(1),
    rows,
  };
  writeFileSync(path.join(modelsFolder, plan.model, 'persons.json'), `${JSON.stringify(written, null, 1)}\n`);
  drawCard(path.join(modelsFolder, plan.model, 'card.md'), plan, limits, rows, counts(0), counts(1));
  process.stdout.write(`${plan.model}: together ${limits.together}, apart ${limits.apart}\n`);
}

function isOf({ population }: PersonVector, wanted: string): boolean {
  return population === wanted || wanted === 'general' || wanted === 'voices-all';
}

function halfOf(person: string): 0 | 1 {
  return createHash('sha256').update(`half ${person}`).digest()[0]! < 128 ? 0 : 1;
}

/** Appearances by person, in an order of its own. */
function grouped(vectors: readonly PersonVector[]): PersonVector[][] {
  return [...Map.groupBy(vectors, (v) => v.person)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => own);
}

/**
 * The narrowest interval that holds on the choosing half: the lowest upper limit at which the groups are hardly ever fewer than the people,
 * and the highest lower limit at which the wide groups are hardly ever more.
 */
function choose(kinds: readonly { drawing: Drawing; people: PersonVector[][] }[]): Limits {
  const shares = kinds.map(({ drawing, people }) => {
    const cases = drawn(drawing, people);
    const joins = cases.map((c) => joinsOf(c.map(bare)));
    return GRID.map((limit) => {
      const counts = cases.map((c, n) => c.length - joins[n]!.filter((alike) => alike >= limit).length);
      const share = (holds: (count: number) => boolean) => counts.filter(holds).length / counts.length;
      return { enough: share((n) => n >= drawing.people), few: share((n) => n <= drawing.people) };
    });
  });
  const together = GRID.find((_, at) => shares.every((kind) => kind[at]!.enough >= HELD));
  const apart = GRID.findLast((_, at) => shares.every((kind) => kind[at]!.few >= HELD));
  if (together === undefined) throw new Error('no limit keeps people apart');
  return { together, apart: Math.min(together, apart ?? 0) };
}

function bare({ vector }: PersonVector) {
  return { vector, seenWith: [] };
}

function rowOf(drawing: Drawing, people: PersonVector[][], limits: Limits): Row {
  const cases = drawn(drawing, people);
  const each = cases.map((c) => {
    const { group, wide } = groupedPersons(c.map(bare), limits);
    const groups = [...new Set(group)];
    const ofWide = Map.groupBy(groups, (g) => wide[group.indexOf(g)]!);
    return {
      ...bCubed(
        group,
        c.map((v) => v.person),
      ),
      low: ofWide.size,
      high: groups.length,
      covered: ofWide.size <= drawing.people && drawing.people <= groups.length ? 1 : 0,
      uncertain: wide.filter((w) => ofWide.get(w)!.length > 1).length / c.length,
      appearances: c.length,
    };
  });
  const mean = (of: (one: (typeof each)[number]) => number) =>
    Math.round((each.reduce((sum, one) => sum + of(one), 0) / each.length) * 1000) / 1000;
  const [precision, recall] = [mean((e) => e.precision), mean((e) => e.recall)];
  return {
    ...drawing,
    draws: cases.length,
    appearances: mean((e) => e.appearances),
    precision,
    recall,
    f: Math.round((2000 * precision * recall) / (precision + recall)) / 1000,
    low: mean((e) => e.low),
    high: mean((e) => e.high),
    covered: mean((e) => e.covered),
    uncertain: mean((e) => e.uncertain),
  };
}

function bCubed(group: readonly number[], person: readonly string[]): { precision: number; recall: number } {
  const count = new Map<string | number, number>();
  const add = (key: string | number) => count.set(key, (count.get(key) ?? 0) + 1);
  for (const [i, g] of group.entries()) for (const key of [g, person[i]!, `${g} ${person[i]!}`]) add(key);
  const of = (key: string | number) => count.get(key)!;
  const both = group.map((g, i) => of(`${g} ${person[i]!}`));
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  return {
    precision: mean(both.map((n, i) => n / of(group[i]!))),
    recall: mean(both.map((n, i) => n / of(person[i]!))),
  };
}

/** The same cases at every run. */
function drawn({ people: size, once, population, condition }: Drawing, people: PersonVector[][]): PersonVector[][] {
  const random = generator(`${population} ${condition} ${size} ${once}`);
  return Array.from({ length: drawsOf(size) }, () =>
    shuffled(people, random)
      .slice(0, size)
      .flatMap((own) => (once ? shuffled(own, random).slice(0, 1) : own)),
  );
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

function generator(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

type Counts = Readonly<Record<string, { readonly people: number; readonly appearances: number }>>;

function drawCard(
  file: string,
  plan: Plan,
  { together, apart }: Limits,
  rows: readonly Row[],
  chosen: Counts,
  measured: Counts,
): void {
  const what = plan.kind === 'face' ? 'photos' : 'recordings';
  const people = (counts: Counts) =>
    Object.entries(counts)
      .map(([name, c]) => `${name} ${c.people} people, ${c.appearances} ${what}`)
      .join('; ');
  const text = [
    BEGIN,
    '## Persons over a case',
    '',
    'Average-linkage groups of single appearances (main/identity/persons.ts). Mean cosine from which two groups are put together: ' +
      `${together}; below ${apart} they are kept apart; between, it is left open, and the number of persons is told as an interval.`,
    '',
    `Chosen on half of the people never trained on (${people(chosen)}): the narrowest limits at which each end of the interval held in ` +
      `${HELD * 100} of 100 drawn cases of every kind. Measured on the other half (${people(measured)}). Draws of one row share people, so they are not independent. ` +
      '*once*: everybody appears once, the hardest case for the upper end.',
    '',
    '| population, condition | people | appearances | B³ precision | recall | F | interval, mean | true number within | left open |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(
      (r) =>
        `| ${r.population}, ${r.condition}${r.once ? ', once' : ''} | ${r.people} | ${r.appearances} | ${r.precision} | ${r.recall} | ${r.f} | ` +
        `${r.low}–${r.high} | ${Math.round(r.covered * r.draws)} of ${r.draws} | ${r.uncertain} |`,
    ),
    '',
    `Cases of more than ${Math.max(...rows.map((r) => r.people))} people were not measured; with their number the interval widens, and more is left open. ` +
      'Each row stands for its own conditions: other cameras, years between the pictures or recordings, relatives and imitations were not drawn.',
    END,
  ].join('\n');
  const card = readFileSync(file, 'utf8');
  const from = card.indexOf(BEGIN);
  writeFileSync(
    file,
    from < 0
      ? `${card.trimEnd()}\n\n${text}\n`
      : card.slice(0, from) + text + card.slice(card.indexOf(END) + END.length),
  );
}
