/** The spectrogram of a stretch, over an axis of its own that says which stretch it is; nearer, wider, and a moment by a click. */
import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Spectrogram } from '../../main/contract/ipc.ts';
import { LONGEST_SPECTROGRAM_S } from '../../main/contract/viewer.ts';
import { clock } from '../examiner/clock.ts';
import { useWords } from '../words/words.ts';
import { bytesOf } from './decode.ts';
import { AXIS_PX } from './LaneChart.tsx';
import { levelColour } from './level-colour.ts';
import { Moments, momentUnder, Seconds } from './Moments.tsx';
import classes from './Viewer.module.css';

interface SpectrogramPartProps {
  /** What is drawn: of the stretch before while the next is computed; null before the first. */
  readonly of: Spectrogram | null;
  readonly waiting: boolean;
  readonly durationS: number;
  readonly atS: number;
  readonly restarts: readonly number[];
  readonly width: number;
  zoom(factor: number): void;
  jump(atS: number): void;
}

/** Columns asked for. */
export const COLUMNS = 1024;
const HEIGHT_PX = 220;
/** Frequencies named beside the spectrogram. Hz. */
const TICK_HZ = 2000;

export function SpectrogramPart(props: SpectrogramPartProps) {
  const { of, waiting, durationS, atS, restarts, width, zoom, jump } = props;
  const { say } = useWords();
  if (!of || width <= 0) return waiting ? <Loader type="dots" /> : null;
  const { fromS, toS } = of;
  return (
    <>
      <Group gap="md">
        <Button.Group>
          <Button size="compact-sm" variant="default" onClick={() => zoom(0.5)}>
            {say('ui.viewer.zoom.in')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => zoom(2)}>
            {say('ui.viewer.zoom.out')}
          </Button>
        </Button.Group>
        <Text size="xs" className="figures" role="status">
          {say('ui.viewer.spectrogram.of', { from: clock(fromS), to: clock(toS), of: clock(durationS) })}
          {durationS > LONGEST_SPECTROGRAM_S
            ? ` (${say('ui.viewer.spectrogram.longest', { minutes: LONGEST_SPECTROGRAM_S / 60 })})`
            : ''}
        </Text>
        {waiting ? <Loader type="dots" size="xs" /> : null}
      </Group>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the keys are the viewer's. */}
      <div className={classes.sound} onClick={(event) => jump(momentUnder(event, of, width))}>
        <Spectrum of={of} width={width} />
        <Moments at={atS} restarts={restarts} fromS={fromS} toS={toS} width={width} />
      </div>
      <Seconds fromS={fromS} toS={toS} />
      <Legend of={of} />
    </>
  );
}

function Spectrum({ of, width }: { readonly of: Spectrogram; readonly width: number }) {
  const { say } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const surface = canvas.current!.getContext('2d')!;
    const { columns, rows } = of;
    surface.canvas.width = columns;
    surface.canvas.height = rows;
    const levels = bytesOf(of.data);
    const drawn = surface.createImageData(columns, rows);
    for (let column = 0; column < columns; column += 1)
      for (let row = 0; row < rows; row += 1)
        drawn.data.set(levelColour(levels[column * rows + row]! / 255), ((rows - 1 - row) * columns + column) * 4);
    surface.putImageData(drawn, 0, 0);
  }, [of]);
  const ticks: number[] = [];
  for (let hz = Math.ceil(of.fromHz / TICK_HZ) * TICK_HZ; hz <= of.toHz; hz += TICK_HZ) ticks.push(hz);
  return (
    <div className={classes.plot}>
      <span className={classes.ticks} style={{ width: AXIS_PX, height: HEIGHT_PX }}>
        {ticks.map((hz) => (
          <span key={hz} style={{ bottom: `${((hz - of.fromHz) / (of.toHz - of.fromHz)) * 100}%` }}>
            {hz / 1000} kHz
          </span>
        ))}
      </span>
      <canvas ref={canvas} role="img" aria-label={say('ui.viewer.spectrogram')} style={{ width, height: HEIGHT_PX }} />
    </div>
  );
}

function Legend({ of: { lowDb, highDb } }: { readonly of: Spectrogram }) {
  const { say, number } = useWords();
  const stops = [0, 0.25, 0.5, 0.75, 1].map((level) => {
    const [red, green, blue] = levelColour(level);
    return `rgb(${red} ${green} ${blue})`;
  });
  return (
    <Group gap={8}>
      <Text size="xs" className="figures">
        {number(lowDb)} dB
      </Text>
      <span
        className={classes.ramp}
        style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }}
        aria-hidden="true"
      />
      <Text size="xs" className="figures">
        {number(highDb)} dB
      </Text>
      <Text size="xs" c="dimmed">
        {say('ui.viewer.db')}
      </Text>
    </Group>
  );
}
