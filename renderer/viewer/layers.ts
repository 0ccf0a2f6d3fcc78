/** What can be laid over a picture: boxes of faces, and measured values of its patches, each with its unit and its range. */
import type { Answer } from '../../main/contract/ipc.ts';
import type { Region } from './placing.ts';

export interface Mark {
  readonly region: Region;
  readonly subject: string;
  /** 0-1 between the lowest and the highest of the layer; null where nothing is measured. */
  readonly level: number | null;
}

/** Points of one face, x and y in turn. */
export interface Dots {
  readonly subject: string;
  readonly points: readonly number[];
}

export interface Layer {
  readonly id: string;
  readonly dots?: readonly Dots[];
  readonly marks: readonly Mark[];
  /** Lowest and highest value, in `unit`; null where the layer measures nothing. */
  readonly range: readonly [number, number] | null;
  readonly unit: string | null;
}

/** Okabe and Ito's colours that hold on light and dark pictures and for eyes that tell few colours apart. */
export const COLOURS = ['#56B4E9', '#E69F00', '#009E73', '#CC79A7', '#D55E00', '#F0E442'] as const;

/** By the number in `face-track:N`, so that a face has one colour everywhere. */
export function colourOf(subject: string): string {
  const n = Number(subject.split(':')[1] ?? 1);
  return COLOURS[(Math.max(1, n) - 1) % COLOURS.length]!;
}

/** Units of what describes the examination itself: nothing of the picture to lay over it. */
const NO_LAYER: ReadonlySet<string | null> = new Set(['count', 'px', 's']);

/**
 * Values of places whose map did not find the place on composites of our own: told in numbers, never drawn
 * (models/synthetic-image/localisation.json, which holds the rule and what was measured).
 */
const NOT_LOCATED: ReadonlySet<string> = new Set(['picture.patch.generatedScore']);

/** A face was measured at this moment where the frame shown is no further away. Seconds. */
const SAME_MOMENT_S = 0.02;

export function layersOf(examination: NonNullable<Answer['examination']>, atS: number): Layer[] {
  const seen = examination.crops.filter(
    ({ timeS }) => examination.kind === 'image' || Math.abs(timeS - atS) <= SAME_MOMENT_S,
  );
  const faces = seen.map(({ box, subject }) => ({ region: box, subject, level: null }));
  const dots = seen.map(({ landmarks, subject }) => ({ subject, points: landmarks }));
  const hasPoints = examination.crops.some(({ landmarks }) => landmarks.length > 0);
  const maps = Map.groupBy(
    examination.outcomes.flatMap(({ subject, facts }) =>
      facts.flatMap(({ id, value, unit, at }) =>
        typeof value === 'number' && at && 'x' in at && !NO_LAYER.has(unit ?? null) && !NOT_LOCATED.has(id)
          ? [{ id, value, unit: unit ?? null, region: at, subject }]
          : [],
      ),
    ),
    ({ id }) => id,
  );
  return [
    ...(examination.crops.length > 0 ? [{ id: 'faces', marks: faces, range: null, unit: null }] : []),
    ...(hasPoints ? [{ id: 'landmarks', marks: [], dots, range: null, unit: null }] : []),
    ...[...maps]
      .filter(([, all]) => all.length > 1)
      .map(([id, all]) => {
        const values = all.map(({ value }) => value);
        const range = [Math.min(...values), Math.max(...values)] as const;
        return { id, unit: all[0]!.unit, range, marks: cellsOf(all, range) };
      }),
  ];
}

interface Patch {
  readonly region: Region;
  readonly subject: string;
  readonly value: number;
}

/** Patches overlap: the picture is cut along all their edges, and each piece has the mean of the patches over it. */
function cellsOf(patches: readonly Patch[], [low, high]: readonly [number, number]): Mark[] {
  const edges = (from: (region: Region) => readonly [number, number]) =>
    [...new Set(patches.flatMap(({ region }) => from(region)))].sort((a, b) => a - b);
  const columns = edges(({ x, w }) => [x, x + w]);
  const rows = edges(({ y, h }) => [y, y + h]);
  return rows.slice(1).flatMap((bottom, row) =>
    columns.slice(1).flatMap((right, column) => {
      const [x, y] = [columns[column]!, rows[row]!];
      const over = patches.filter(({ region: r }) => r.x <= x && r.x + r.w >= right && r.y <= y && r.y + r.h >= bottom);
      if (over.length === 0) return [];
      const mean = over.reduce((sum, { value }) => sum + value, 0) / over.length;
      return [
        {
          region: { x, y, w: right - x, h: bottom - y },
          subject: over[0]!.subject,
          level: high === low ? 0.5 : (mean - low) / (high - low),
        },
      ];
    }),
  );
}

/** Boxes are shown at once; what covers the picture waits until somebody asks for it. */
export function opacityOf(layer: Layer, chosen: Readonly<Record<string, number>>): number {
  return chosen[layer.id] ?? (layer.range === null && !layer.dots ? 1 : 0);
}

/** Of a layer that is switched on: enough to read it by, and the picture below it. */
export function opacityWhenOn(layer: Layer): number {
  return layer.range === null ? 1 : 0.6;
}
