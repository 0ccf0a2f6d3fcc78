/** Sound as waveform and spectrogram over one axis of seconds, with its measured courses; heard only when somebody asks. */
import { Button, Group, Loader, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer, Peaks, Spectrogram } from '../../main/contract/ipc.ts';
import { clock } from '../examiner/clock.ts';
import { request } from '../host/bridge.ts';
import { Details } from '../parts/Details.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { useAct, useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { bytesOf, soundOf } from './decode.ts';
import { AXIS_PX, LaneChart, useInk } from './LaneChart.tsx';
import { lanesOf, restartsOf } from './lanes.ts';
import { levelColour } from './level-colour.ts';
import { Restarts } from './Restarts.tsx';
import classes from './Viewer.module.css';
import type { Place } from './Viewer.tsx';

interface SoundViewProps {
  readonly answer: Answer;
  readonly place: Place;
}

const BUCKETS = 1600;
const COLUMNS = 1024;
const WAVE_PX = 96;
const SPECTROGRAM_PX = 220;
/** Longest stretch of sound that the host gives at once. Seconds. */
const MAX_SOUND_S = 120;
const STEP_S = 1;
/** Frequencies named beside the spectrogram. Hz. */
const TICK_HZ = 2000;

export function SoundView({ answer, place }: SoundViewProps) {
  const { say } = useWords();
  const item = answer.item.sha256;
  const examination = answer.examination!;
  const durationS = examination.durationS ?? 0;
  const [atS, setAtS] = useState(place.atS);
  const peaks = useRequest('item.peaks', { item, buckets: BUCKETS });
  const spectrogram = useRequest('item.spectrogram', { item, fromS: 0, toS: durationS, columns: COLUMNS });
  const lanes = useMemo(() => lanesOf(examination), [examination]);
  const restarts = useMemo(() => restartsOf(examination), [examination]);
  const { ref, width } = useElementSize();
  const plotPx = Math.max(0, width - AXIS_PX);
  const player = useRef<HTMLAudioElement | null>(null);
  const [heard, setHeard] = useState(false);
  const { register, moved } = place;

  const stop = () => {
    player.current?.pause();
    if (player.current) URL.revokeObjectURL(player.current.src);
    player.current = null;
    setHeard(false);
  };
  const jump = (to: number) => {
    stop();
    setAtS(Math.min(durationS, Math.max(0, to)));
  };
  const onJump = useRef(jump);
  onJump.current = jump;
  useEffect(() => register((to) => onJump.current(to)), [register]);
  useEffect(() => moved(atS), [moved, atS]);
  useEffect(
    () => () => {
      player.current?.pause();
      if (player.current) URL.revokeObjectURL(player.current.src);
    },
    [],
  );
  const listen = useAct(async () => {
    const fromS = atS >= durationS ? 0 : atS;
    const { wav, fromS: begins } = await request('item.sound', {
      item,
      fromS,
      toS: Math.min(durationS, fromS + MAX_SOUND_S),
    });
    const audio = new Audio(URL.createObjectURL(soundOf(wav)));
    audio.ontimeupdate = () => setAtS(begins + audio.currentTime);
    audio.onended = stop;
    player.current = audio;
    setHeard(true);
    await audio.play();
  });
  const toggle = () => (heard ? stop() : void listen.run());
  const pressed = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLButtonElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      ' ': toggle,
      k: stop,
      ArrowLeft: () => jump(atS - STEP_S),
      ArrowRight: () => jump(atS + STEP_S),
      Home: () => jump(0),
      End: () => jump(durationS),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const clicked = (event: MouseEvent) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    jump(((event.clientX - left - AXIS_PX) / plotPx) * durationS);
  };
  const placeOf = (momentS: number) => AXIS_PX + (durationS > 0 ? (momentS / durationS) * plotPx : 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the viewer hold wherever in it the focus is.
    <div className={classes.view} onKeyDown={pressed}>
      <Group gap="md">
        <Button size="compact-sm" variant="default" loading={listen.busy} onClick={toggle}>
          {say(heard ? 'ui.viewer.sound.stop' : 'ui.viewer.sound.play')}
        </Button>
        <Text size="xs" className="figures" data-testid="moment">
          {clock(atS, 3)} / {clock(durationS, 3)}
        </Text>
      </Group>
      {listen.fault ? <FaultNote fault={listen.fault} /> : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the viewer's. */}
      <div
        ref={ref}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the moment is moved by keys.
        tabIndex={0}
        aria-label={`${answer.item.name}. ${say('ui.viewer.keys.sound')}`}
        className={classes.sound}
        onClick={clicked}
      >
        {peaks.state === 'failed' ? <FaultNote fault={peaks.fault} /> : null}
        {peaks.value && plotPx > 0 ? <Wave peaks={peaks.value} width={plotPx} /> : <Loader type="dots" />}
        {spectrogram.state === 'failed' ? <FaultNote fault={spectrogram.fault} /> : null}
        {spectrogram.value && plotPx > 0 ? <Spectrum of={spectrogram.value} width={plotPx} /> : null}
        {restarts.map((momentS) => (
          <span key={momentS} className={classes.restart} style={{ left: placeOf(momentS) }} aria-hidden="true" />
        ))}
        <span className={classes.cursor} style={{ left: placeOf(atS) }} aria-hidden="true" />
      </div>
      <Seconds durationS={durationS} />
      <Restarts at={restarts} jump={jump} />
      {spectrogram.value ? <Legend of={spectrogram.value} /> : null}
      {lanes.map((lane) => (
        <LaneChart key={lane.id} lane={lane} durationS={durationS} atS={atS} jump={jump} />
      ))}
      {peaks.value ? <Loudness peaks={peaks.value} /> : null}
    </div>
  );
}

/** Moments named below the waveform and the spectrogram. */
const MOMENTS = 5;

function Seconds({ durationS }: { readonly durationS: number }) {
  const moments = Array.from({ length: MOMENTS }, (_, at) => (at / (MOMENTS - 1)) * durationS);
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
      <span className={classes.ticks} style={{ width: AXIS_PX, height: SPECTROGRAM_PX }}>
        {ticks.map((hz) => (
          <span key={hz} style={{ bottom: `${((hz - of.fromHz) / (of.toHz - of.fromHz)) * 100}%` }}>
            {hz / 1000} kHz
          </span>
        ))}
      </span>
      <canvas
        ref={canvas}
        role="img"
        aria-label={say('ui.viewer.spectrogram')}
        style={{ width, height: SPECTROGRAM_PX }}
      />
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
