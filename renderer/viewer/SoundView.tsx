/** Sound as waveform, as the spectrogram of a stretch, and with its measured courses; heard only when somebody asks. */
import { Group, Loader, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer, Peaks } from '../../main/contract/ipc.ts';
import { clock } from '../examiner/clock.ts';
import { Details } from '../parts/Details.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { AXIS_PX, LaneChart, useInk } from './LaneChart.tsx';
import { lanesOf, restartsOf } from './lanes.ts';
import { Moments, momentUnder, placeOf, Seconds } from './Moments.tsx';
import { PlaySound } from './PlaySound.tsx';
import { Restarts } from './Restarts.tsx';
import { COLUMNS, SpectrogramPart } from './SpectrogramPart.tsx';
import { useSound } from './sound.ts';
import { following, scaled, widest } from './stretch.ts';
import classes from './Viewer.module.css';
import type { Place } from './Viewer.tsx';

interface SoundViewProps {
  readonly answer: Answer;
  readonly place: Place;
}

const BUCKETS = 1600;
const WAVE_PX = 96;
const STEP_S = 1;

export function SoundView({ answer, place }: SoundViewProps) {
  const { say } = useWords();
  const item = answer.item.sha256;
  const examination = answer.examination!;
  const durationS = examination.durationS ?? 0;
  const [atS, setAtS] = useState(place.atS);
  const [stretch, setStretch] = useState(() => following(widest(durationS), place.atS, durationS));
  // Asked for first: the outline reads the whole recording, the spectrogram a part of it.
  const spectrogram = useRequest('item.spectrogram', { item, ...stretch, columns: COLUMNS });
  const peaks = useRequest('item.peaks', { item, buckets: BUCKETS });
  const lanes = useMemo(() => lanesOf(examination), [examination]);
  const restarts = useMemo(() => restartsOf(examination), [examination]);
  const { ref, width } = useElementSize();
  const plotPx = Math.max(0, width - AXIS_PX);
  const sound = useSound(item, durationS, { passes: setAtS });
  const { register, moved } = place;

  const jump = (to: number) => {
    sound.stop();
    setAtS(Math.min(durationS, Math.max(0, to)));
  };
  const onJump = useRef(jump);
  onJump.current = jump;
  useEffect(() => register((to) => onJump.current(to)), [register]);
  useEffect(() => {
    moved(atS);
    setStretch((shown) => following(shown, atS, durationS));
  }, [moved, atS, durationS]);
  const toggle = () => (sound.heard ? sound.stop() : sound.play(atS));
  const zoom = (factor: number) => setStretch(scaled(stretch, factor, atS, durationS));
  const pressed = (event: KeyboardEvent) => {
    const isPressed = event.target instanceof HTMLButtonElement && event.key === ' ';
    if (isPressed || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      ' ': toggle,
      k: sound.stop,
      ArrowLeft: () => jump(atS - STEP_S),
      ArrowRight: () => jump(atS + STEP_S),
      Home: () => jump(0),
      End: () => jump(durationS),
      '+': () => zoom(0.5),
      '=': () => zoom(0.5),
      '-': () => zoom(2),
      0: () => zoom(Number.MAX_VALUE),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const whole = { fromS: 0, toS: durationS };
  const left = placeOf(stretch.fromS, whole, plotPx);
  const isWhole = stretch.toS - stretch.fromS >= durationS;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the viewer hold wherever in it the focus is.
    <div className={classes.view} onKeyDown={pressed}>
      <Group gap="md">
        <PlaySound sound={sound} toggle={toggle} />
        <Text size="xs" className="figures" data-testid="moment">
          {clock(atS, 3)} / {clock(durationS, 3)}
        </Text>
      </Group>
      {sound.fault ? <FaultNote fault={sound.fault} /> : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the viewer's. */}
      <div
        ref={ref}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the moment is moved by keys.
        tabIndex={0}
        aria-label={`${answer.item.name}. ${say('ui.viewer.keys.sound')}`}
        className={classes.sound}
        onClick={(event) => jump(momentUnder(event, whole, plotPx))}
      >
        {peaks.state === 'failed' ? <FaultNote fault={peaks.fault} /> : null}
        {peaks.value && plotPx > 0 ? <Wave peaks={peaks.value} width={plotPx} /> : <Loader type="dots" />}
        {isWhole ? null : (
          <span
            className={classes.stretch}
            style={{ left, width: placeOf(stretch.toS, whole, plotPx) - left }}
            aria-hidden="true"
          />
        )}
        <Moments at={atS} restarts={restarts} {...whole} width={plotPx} />
      </div>
      <Seconds {...whole} />
      <Restarts at={restarts} jump={jump} />
      {spectrogram.state === 'failed' ? <FaultNote fault={spectrogram.fault} /> : null}
      <SpectrogramPart
        of={spectrogram.value}
        waiting={spectrogram.state === 'waiting'}
        durationS={durationS}
        atS={atS}
        restarts={restarts}
        width={plotPx}
        zoom={zoom}
        jump={jump}
      />
      {lanes.map((lane) => (
        <LaneChart key={lane.id} lane={lane} durationS={durationS} atS={atS} jump={jump} />
      ))}
      {peaks.value ? <Loudness peaks={peaks.value} /> : null}
    </div>
  );
}

function Wave({ peaks, width }: { readonly peaks: Peaks; readonly width: number }) {
  const { say } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useInk();
  useEffect(() => {
    const surface = canvas.current!.getContext('2d')!;
    const ratio = window.devicePixelRatio;
    surface.canvas.width = Math.round(width * ratio);
    surface.canvas.height = Math.round(WAVE_PX * ratio);
    surface.fillStyle = ink;
    const { low, high } = peaks;
    const half = surface.canvas.height / 2;
    for (let x = 0; x < surface.canvas.width; x += 1) {
      const from = Math.floor((x / surface.canvas.width) * low.length);
      const to = Math.max(from + 1, Math.floor(((x + 1) / surface.canvas.width) * low.length));
      const bottom = Math.min(...low.slice(from, to));
      const top = Math.max(...high.slice(from, to));
      surface.fillRect(x, half - top * half, 1, Math.max(1, (top - bottom) * half));
    }
  }, [peaks, width, ink]);
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

/** Rows of the table behind the waveform. */
const LOUDNESS_ROWS = 40;

function Loudness({ peaks: { durationS, low, high } }: { readonly peaks: Peaks }) {
  const { say, number } = useWords();
  const rows = Math.min(LOUDNESS_ROWS, low.length);
  const spans = Array.from({ length: rows }, (_, at) => {
    const from = Math.floor((at / rows) * low.length);
    const to = Math.floor(((at + 1) / rows) * low.length);
    return {
      fromS: (from / low.length) * durationS,
      toS: (to / low.length) * durationS,
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
