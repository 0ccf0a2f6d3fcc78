/** A film frame by frame, decoded by the engine: exact steps, J-K-L, its measured courses under each other, and its faces. */
import { Button, Group, Slider, Text } from '@mantine/core';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react';
import type { Answer } from '../../main/contract/ipc.ts';
import { clock } from '../examiner/clock.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { FaceStrip } from './FaceStrip.tsx';
import { useFrames } from './frames.ts';
import { LaneChart } from './LaneChart.tsx';
import { LayerPanel } from './LayerPanel.tsx';
import { lanesOf, restartsOf } from './lanes.ts';
import { layersOf } from './layers.ts';
import { PlaySound } from './PlaySound.tsx';
import { natural } from './placing.ts';
import { Restarts } from './Restarts.tsx';
import { Stage } from './Stage.tsx';
import { useSound } from './sound.ts';
import classes from './Viewer.module.css';
import type { Place } from './Viewer.tsx';

interface FilmViewProps {
  readonly answer: Answer;
  readonly place: Place;
}

const FASTEST = 4;
/** Two presentation times no further apart are of the same frame: times travel as decimals. Seconds. */
const SAME_FRAME_S = 1e-4;

export function FilmView({ answer, place }: FilmViewProps) {
  const { say, number } = useWords();
  const item = answer.item.sha256;
  const examination = answer.examination!;
  const durationS = examination.durationS ?? 0;
  const [startS] = useState(place.atS);
  const frames = useFrames(item, startS, durationS);
  const { frame, fault, speed, play } = frames;
  // Both go by the clock: the picture shows what can be decoded in time, the sound as it is.
  const sound = useSound(item, durationS, { begins: () => play(1), ends: () => play(0) });
  const { heard, stop } = sound;
  const times = useRequest('item.times', frame ? { item } : null).value?.timesS ?? null;
  const [opacity, setOpacity] = useState<Readonly<Record<string, number>>>({});
  const atS = frame?.timeS ?? startS;
  const { register, moved } = place;
  const step = (by: 1 | -1) => {
    stop();
    frames.step(by);
  };
  const jump = useCallback(
    (to: number) => {
      stop();
      frames.jump(to);
    },
    [stop, frames.jump],
  );
  const go = (wanted: number) => {
    stop();
    play(wanted);
  };
  useEffect(() => register(jump), [register, jump]);
  useEffect(() => moved(atS), [moved, atS]);
  const layers = useMemo(() => layersOf(examination, atS), [examination, atS]);
  const lanes = useMemo(() => lanesOf(examination), [examination]);
  const restarts = useMemo(() => restartsOf(examination), [examination]);
  const stream = examination.info.video[0];
  const size = frame
    ? natural(frame.image, Math.max(stream?.width ?? 1, stream?.height ?? 1))
    : { width: 0, height: 0 };
  const running = times?.findIndex((time) => Math.abs(time - atS) < SAME_FRAME_S) ?? -1;

  const faster = (direction: 1 | -1) =>
    go(speed * direction > 0 ? direction * Math.min(FASTEST, Math.abs(speed) * 2) : direction);
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const acts: Readonly<Record<string, () => void>> = {
      j: () => faster(-1),
      k: () => go(0),
      l: () => faster(1),
      ',': () => step(-1),
      '.': () => step(1),
      Home: () => jump(0),
      End: () => jump(durationS),
    };
    const act = acts[event.key.toLowerCase()] ?? acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the viewer hold wherever in it the focus is.
    <div className={classes.view} onKeyDown={pressed}>
      {fault ? <FaultNote fault={fault} /> : null}
      {sound.fault ? <FaultNote fault={sound.fault} /> : null}
      <Stage label={answer.item.name} image={frame?.image ?? null} size={size} layers={layers} opacity={opacity} />
      <Group gap={8} wrap="nowrap">
        <Button.Group>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={say('ui.viewer.backwards')}
            onClick={() => faster(-1)}
          >
            J
          </Button>
          <Button size="compact-sm" variant="default" aria-label={say('ui.viewer.step.back')} onClick={() => step(-1)}>
            ‹
          </Button>
          <Button size="compact-sm" variant="default" aria-label={say('ui.viewer.still')} onClick={() => go(0)}>
            K
          </Button>
          <Button size="compact-sm" variant="default" aria-label={say('ui.viewer.step.on')} onClick={() => step(1)}>
            ›
          </Button>
          <Button size="compact-sm" variant="default" aria-label={say('ui.viewer.forwards')} onClick={() => faster(1)}>
            L
          </Button>
        </Button.Group>
        {examination.info.audio.length > 0 ? (
          <PlaySound sound={sound} toggle={() => (heard ? go(0) : sound.play(atS))} />
        ) : null}
        <Slider
          flex={1}
          marks={restarts.map((value) => ({ value }))}
          classNames={{ mark: classes.mark }}
          size="sm"
          min={0}
          max={Math.max(durationS, 0.001)}
          step={0.01}
          value={atS}
          label={(value) => clock(value, 2)}
          thumbLabel={say('ui.viewer.moment')}
          onChange={jump}
        />
        <Text size="xs" className="figures" role="status" data-testid="moment">
          {clock(atS, 3)}
          {times && running >= 0 ? ` · ${say('ui.viewer.frame', { n: running + 1, of: times.length })}` : ''}
          {speed === 0 ? '' : ` · ${number(speed, 0)}×`}
        </Text>
      </Group>
      <Restarts at={restarts} jump={jump} />
      <LayerPanel layers={layers} opacity={opacity} set={setOpacity} />
      <FaceStrip item={item} crops={examination.crops} jump={jump} />
      {lanes.map((lane) => (
        <LaneChart key={lane.id} lane={lane} durationS={durationS} atS={atS} jump={jump} />
      ))}
    </div>
  );
}
