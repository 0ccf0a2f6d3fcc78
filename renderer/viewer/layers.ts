/** What can be laid over a picture: boxes of faces, and measured values of its patches, each with its unit and its range. */
import type { Answer } from '../../main/contract/ipc.ts';
import type { Region } from './placing.ts';

export interface Mark {
  readonly region: Region;
  readonly subject: string;
  /** 0-1 between the lowest and the highest of the layer; null where nothing is measured. */
  readonly level: number | null;
}

export interface Layer {
  readonly id: string;
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

/** A face was measured at this moment where the frame shown is no further away. Seconds. */
const SAME_MOMENT_S = 0.02;

export function layersOf(examination: NonNullable<Answer['examination']>, atS: number): Layer[] {
  const faces = examination.crops
    .filter(({ timeS }) => examination.kind === 'image' || Math.abs(timeS - atS) <= SAME_MOMENT_S)
    .map(({ box, subject }) => ({ region: box, subject, level: null }));
  const maps = Map.groupBy(
    examination.outcomes.flatMap(({ subject, facts }) =>
      facts.flatMap(({ id, value, unit, at }) =>
        typeof value === 'number' && at && 'x' in at ? [{ id, value, unit: unit ?? null, region: at, subject }] : [],
      ),
    ),
    ({ id }) => id,
  );
  return [
    ...(examination.crops.length > 0 ? [{ id: 'faces', marks: faces, range: null, unit: null }] : []),
    ...[...maps]
      .filter(([, all]) => all.length > 1)
      .map(([id, all]) => {
        const values = all.map(({ value }) => value);
        const low = Math.min(...values);
        const high = Math.max(...values);
        return {
          id,
          unit: all[0]!.unit,
          range: [low, high] as const,
          marks: all.map(({ region, subject, value }) => ({
            region,
            subject,
            level: high === low ? 0.5 : (value - low) / (high - low),
          })),
        };
      }),
  ];
}
