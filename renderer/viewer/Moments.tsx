/** Moments over a drawing whose axis is seconds: where the viewer stands, where the clock starts again, and what the ends are called. */
import { Group, Text } from '@mantine/core';
import type { MouseEvent } from 'react';
import type { Stretch } from '../../main/contract/course.ts';
import { clock } from '../examiner/clock.ts';
import { AXIS_PX } from './LaneChart.tsx';
import { holds, shareOf } from './stretch.ts';
import classes from './Viewer.module.css';

/** Pixels from the left of a drawing of `width` and its axis of values. */
export function placeOf(momentS: number, stretch: Stretch, width: number): number {
  return AXIS_PX + shareOf(stretch, momentS) * width;
}

/** The moment that was clicked. */
export function momentUnder({ clientX, currentTarget }: MouseEvent, { fromS, toS }: Stretch, width: number): number {
  const { left } = currentTarget.getBoundingClientRect();
  return fromS + ((clientX - left - AXIS_PX) / width) * (toS - fromS);
}

interface MomentsProps extends Stretch {
  readonly at: number;
  readonly restarts: readonly number[];
  /** Of the drawing without its axis of values. Pixels. */
  readonly width: number;
}

/** Lines over the drawing that stands in the same positioned box. */
export function Moments({ at, restarts, width, ...stretch }: MomentsProps) {
  const left = (momentS: number) => placeOf(momentS, stretch, width);
  return (
    <>
      {restarts
        .filter((momentS) => holds(stretch, momentS))
        .map((momentS) => (
          <span key={momentS} className={classes.restart} style={{ left: left(momentS) }} aria-hidden="true" />
        ))}
      {holds(stretch, at) ? <span className={classes.cursor} style={{ left: left(at) }} aria-hidden="true" /> : null}
    </>
  );
}

/** Moments named below a drawing. */
const NAMED = 5;

export function Seconds({ fromS, toS }: Stretch) {
  const moments = Array.from({ length: NAMED }, (_, at) => fromS + (at / (NAMED - 1)) * (toS - fromS));
  return (
    <Group justify="space-between" pl={AXIS_PX} className="figures" aria-hidden="true">
      {moments.map((momentS, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: moments of a recording without a length are all the same.
        <Text key={at} size="xs" c="dimmed">
          {clock(momentS)}
        </Text>
      ))}
    </Group>
  );
}
