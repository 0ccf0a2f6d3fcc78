// The figures of one calibrated score over its held-out rows: overall, by condition, by generator against genuine source, within a source.
import type { CalibratedScore } from '../../main/contract/calibration.ts';
import { wilson } from '../../main/contract/wilson.ts';
import { balanced, round } from '../../main/fusion/fit.ts';
import { auc, bootstrap, cllr, detectionAt, equalErrorRate, minCllr } from '../../main/fusion/metrics.ts';
import { leastOf } from '../../main/fusion/scale.ts';
import type { Row } from './records.ts';

export type Held = Row & { readonly llr: number };

export interface Figures {
  readonly synthetic: number;
  readonly genuine: number;
  readonly auc: Measured;
  readonly eer: Measured;
  readonly at1: Measured;
  readonly at5: Measured;
  readonly cllr: number | null;
  readonly minCllr: number | null;
}

/** A figure with its 95 % bootstrap interval over whole persons, voices or repositories; null ends where too few draws have one. */
export type Measured = readonly [value: number | null, low: number | null, high: number | null];

/** Draws of each interval: the ends move by about .01 with another seed. */
const ROUNDS = 100;

export function figuresOf(rows: readonly Held[]): Figures {
  const measured = (figure: (sample: readonly Held[]) => number): Measured => [
    number(figure(rows)),
    ...(bootstrap(rows, (r) => `${r.synthetic}${r.group}`, figure, { rounds: ROUNDS }).map(number) as [number, number]),
  ];
  const ratios = balanced(rows.map(({ source, synthetic, llr }) => ({ source, synthetic, score: llr })));
  return {
    synthetic: rows.filter((r) => r.synthetic).length,
    genuine: rows.filter((r) => !r.synthetic).length,
    auc: measured(auc),
    eer: measured(equalErrorRate),
    at1: measured((s) => detectionAt(s, 0.01)),
    at5: measured((s) => detectionAt(s, 0.05)),
    cllr: number(cllr(ratios)),
    minCllr: number(minCllr(ratios)),
  };
}

export interface Alarms {
  readonly source: string;
  readonly condition: string;
  readonly items: number;
  /** Genuine items with moderate support or stronger for synthesis, and the upper Wilson end of their share. */
  readonly moderate: number;
  readonly upper: number;
  readonly limited: number;
}

export interface SetFigures {
  readonly score: string;
  readonly usable: boolean;
  readonly byCondition: Readonly<Record<string, Figures>>;
  readonly byGenerator: readonly { generator: string; figures: Figures }[];
  /** Synthetic items against genuine ones of the same repository. */
  readonly ownSource: { sources: number; synthetic: number; auc: number | null };
  readonly alarms: readonly Alarms[];
  readonly synthetic: { limited: number; moderate: number; items: number };
  /** Of the clean items: mean predicted probability under even odds, share synthetic and counts, by bins of the ratio. */
  readonly reliability: readonly { from: number; to: number; predicted: number; observed: number; items: number }[];
}

/** Thresholds of the scale in words: limited, moderate (UI.md). */
const [LIMITED, MODERATE] = [leastOf('limited'), leastOf('moderate')];

export function setFigures(score: CalibratedScore, rows: readonly Held[]): SetFigures {
  const clean = rows.filter((r) => r.condition === 'clean');
  const fakes = clean.filter((r) => r.synthetic);
  const reals = clean.filter((r) => !r.synthetic);
  const reached = (own: readonly Held[], llr: number) => (score.usable ? own.filter((r) => r.llr >= llr).length : 0);
  return {
    score: score.id,
    usable: score.usable,
    byCondition: Object.fromEntries(
      [...Map.groupBy(rows, (r) => r.condition)].sort().map(([condition, own]) => [condition, figuresOf(own)]),
    ),
    byGenerator: [...Map.groupBy(fakes, (r) => r.generator)]
      .filter(([, own]) => own.length >= 10)
      .map(([generator, own]) => ({ generator, figures: figuresOf([...own, ...reals]) })),
    ownSource: ownSource(clean),
    alarms: [
      ...Map.groupBy(
        rows.filter((r) => !r.synthetic),
        (r) => `${r.source}\n${r.condition}`,
      ),
    ].map(([key, own]) => {
      const [source, condition] = key.split('\n') as [string, string];
      const moderate = reached(own, MODERATE);
      return {
        source,
        condition,
        items: own.length,
        moderate,
        upper: round(wilson(moderate, own.length)[1]),
        limited: reached(own, LIMITED),
      };
    }),
    synthetic: { limited: reached(fakes, LIMITED), moderate: reached(fakes, MODERATE), items: fakes.length },
    reliability: reliability(clean),
  };
}

/** Mean over repositories that hold both classes, weighted by their synthetic items. */
function ownSource(clean: readonly Held[]): SetFigures['ownSource'] {
  const home = (r: Held) => (r.source.startsWith('modern/') ? r.group : r.source.replace(/^(real|fake)\//, ''));
  const both = [...Map.groupBy(clean, home).values()].filter(
    (own) => own.some((r) => r.synthetic) && own.some((r) => !r.synthetic),
  );
  const synthetic = both.map((own) => own.filter((r) => r.synthetic).length);
  const total = synthetic.reduce((sum, n) => sum + n, 0);
  const mean = both.reduce((sum, own, i) => sum + auc(own) * synthetic[i]!, 0) / total;
  return { sources: both.length, synthetic: total, auc: number(mean) };
}

function reliability(clean: readonly Held[]): SetFigures['reliability'] {
  const weighted = balanced(clean.map(({ source, synthetic, llr }) => ({ source, synthetic, score: llr })));
  const total = { true: 0, false: 0 };
  for (const { synthetic, weight } of weighted) total[`${synthetic}`] += weight;
  const edges = [-4, -2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5, 2, 3, 5];
  return edges.slice(1).flatMap((to, i) => {
    const from = edges[i]!;
    const own = weighted.filter((r) => r.score >= from && r.score < to);
    if (own.length < 10) return [];
    const mass = own.map((r) => r.weight / total[`${r.synthetic}`]);
    const all = mass.reduce((sum, m) => sum + m, 0);
    const share = (f: (i: number) => number) => round(own.reduce((sum, _, k) => sum + mass[k]! * f(k), 0) / all);
    return [
      {
        from,
        to,
        predicted: share((k) => 1 / (1 + Math.exp(-own[k]!.score))),
        observed: share((k) => Number(own[k]!.synthetic)),
        items: own.length,
      },
    ];
  });
}

/** Rounded, or null where there is none: JSON knows no NaN. */
export function number(value: number): number | null {
  return Number.isFinite(value) ? round(value) : null;
}
