/** Which measured courses stand in one chart: those of one subject, analyzer and unit, with more than one point. */
import { gapsOf, type Stretch } from '../../main/contract/course.ts';
import type { Answer, Series } from '../../main/contract/ipc.ts';

export interface Lane {
  readonly id: string;
  readonly analyzer: string;
  readonly subject: string;
  readonly unit: string | null;
  readonly series: readonly Series[];
}

export interface Moment {
  readonly subject: string;
  readonly fact: string;
  readonly fromS: number;
  readonly toS: number;
  readonly value: number;
  readonly unit: string | null;
}

type Examination = NonNullable<Answer['examination']>;

/** Moments at which the file's own clock starts again: nothing that was measured over time. */
const RESTART = 'container.clockRestart';

export function restartsOf({ series }: Pick<Examination, 'series'>): number[] {
  return series.flatMap(({ fact, points }) => (fact === RESTART ? points.map(({ fromS }) => fromS) : []));
}

export function lanesOf({ series }: Pick<Examination, 'series'>): Lane[] {
  const courses = series.filter(({ fact, points }) => fact !== RESTART && points.length > 1);
  return [...Map.groupBy(courses, (s) => JSON.stringify([s.subject, s.analyzer, s.unit]))].map(([id, all]) => ({
    id,
    analyzer: all[0]!.analyzer,
    subject: all[0]!.subject,
    unit: all[0]!.unit,
    series: all,
  }));
}

/** The highest scores of detectors, one a frame or stretch, the highest first. Raw scores are comparable only within a course. */
export function heaviest(lane: Lane, most: number): Moment[] {
  const { subject, unit } = lane;
  const all = lane.series.flatMap(({ fact, points }) => points.map((point) => ({ ...point, subject, fact, unit })));
  const chosen: Moment[] = [];
  for (const moment of all.toSorted((a, b) => b.value - a.value)) {
    if (chosen.length === most) break;
    if (!chosen.some(({ fromS }) => fromS === moment.fromS)) chosen.push(moment);
  }
  return chosen;
}

/** Values fewer than these have no quartiles worth drawing. */
const LEAST_VALUES = 4;

export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Lower quartile, median and upper quartile of a course, linear between values; null where there are too few. */
export function spreadOf({ points }: Pick<Series, 'points'>): Spread | null {
  if (points.length < LEAST_VALUES) return null;
  const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/**
 * Moments of all series, and the value of each there; a stretch stands at its middle. As the chart reads it, nothing (undefined) is a moment
 * of another series, over which the line goes on, and null is a gap, where it breaks.
 */
export function chartOf({ series }: Lane): [number[], ...(number | null | undefined)[][]] {
  const columns = series.map(
    ({ points }) =>
      new Map<number, number | null>([
        ...gapsOf(points).map((gap) => [middle(gap), null] as const),
        ...points.map((point) => [middle(point), point.value] as const),
      ]),
  );
  const times = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  return [times, ...columns.map((column) => times.map((time) => column.get(time)))];
}

const middle = ({ fromS, toS }: Stretch) => (fromS + toS) / 2;
