/** The outline of a recording as a waveform and as a table; what has not been read yet stays empty and is said. */
import { Loader, Table, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { clock } from '../examiner/clock.ts';
import { Details } from '../parts/Details.tsx';
import { useWords } from '../words/words.ts';
import { AXIS_PX, useInk } from './LaneChart.tsx';
import { type Outline, SPANS } from './outline.ts';
import classes from './Viewer.module.css';

const WAVE_PX = 96;

export function Wave({ of, width }: { readonly of: Outline; readonly width: number }) {
  const { say } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useInk();
  useEffect(() => {
    const surface = canvas.current!.getContext('2d')!;
    const ratio = window.devicePixelRatio;
    surface.canvas.width = Math.round(width * ratio);
    surface.canvas.height = Math.round(WAVE_PX * ratio);
    surface.fillStyle = ink;
    const { low, high } = of;
    const half = surface.canvas.height / 2;
    for (let x = 0; x < surface.canvas.width; x += 1) {
      const from = Math.floor((x / surface.canvas.width) * SPANS);
      const to = Math.max(from + 1, Math.floor(((x + 1) / surface.canvas.width) * SPANS));
      if (to > low.length) return;
      const bottom = Math.min(...low.slice(from, to));
      const top = Math.max(...high.slice(from, to));
      surface.fillRect(x, half - top * half, 1, Math.max(1, (top - bottom) * half));
    }
  }, [of, width, ink]);
  return (
    <div className={classes.plot}>
      <span className={classes.axis} style={{ width: AXIS_PX, height: WAVE_PX }}>
        <span>1</span>
        <span>0</span>
        <span>−1</span>
      </span>
      <canvas
        ref={canvas}
        role="img"
        aria-label={say('ui.viewer.wave')}
        className={classes.wave}
        style={{ width, height: WAVE_PX }}
      />
    </div>
  );
}

interface OutlineProps {
  readonly of: Outline;
  readonly durationS: number;
}

/** How far the waveform is drawn while it is still being read, or where reading came to its end. */
export function Outlined({ of: { untilS, fault }, durationS }: OutlineProps) {
  const { say } = useWords();
  if (untilS >= durationS) return null;
  return (
    <div className={classes.plot}>
      <Text size="xs" className="figures" pl={AXIS_PX} pr={8}>
        {say('ui.viewer.wave.until', { until: clock(untilS), of: clock(durationS) })}
      </Text>
      {fault ? null : <Loader type="dots" size="xs" />}
    </div>
  );
}

/** Rows of the table behind the waveform. */
const LOUDNESS_ROWS = 40;

export function Loudness({ of: { low, high }, durationS }: OutlineProps) {
  const { say, number } = useWords();
  const spans = Array.from({ length: LOUDNESS_ROWS }, (_, at) => {
    const from = (at / LOUDNESS_ROWS) * SPANS;
    const to = ((at + 1) / LOUDNESS_ROWS) * SPANS;
    return {
      fromS: (from / SPANS) * durationS,
      toS: (to / SPANS) * durationS,
      low: Math.min(...low.slice(from, to)),
      high: Math.max(...high.slice(from, to)),
    };
  });
  return (
    <Details
      summary={
        <Text component="span" size="xs">
          {say('ui.viewer.wave.table')}
        </Text>
      }
    >
      <Table fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('ui.viewer.from')}</Table.Th>
            <Table.Th>{say('ui.viewer.to')}</Table.Th>
            <Table.Th>{say('ui.viewer.lowest')}</Table.Th>
            <Table.Th>{say('ui.viewer.highest')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {spans.map((span) => (
            <Table.Tr key={span.fromS}>
              <Table.Td>{clock(span.fromS, 2)}</Table.Td>
              <Table.Td>{clock(span.toS, 2)}</Table.Td>
              <Table.Td>{number(span.low, 3)}</Table.Td>
              <Table.Td>{number(span.high, 3)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Details>
  );
}
