/** Sound as waveform, as the spectrogram of a stretch, and with its measured courses; heard only when somebody asks. */
import { Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer } from '../../main/contract/ipc.ts';
import { clock } from '../examiner/clock.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { AXIS_PX, LaneChart } from './LaneChart.tsx';
import { lanesOf, restartsOf } from './lanes.ts';
import { Moments, momentUnder, placeOf, Seconds } from './Moments.tsx';
import { useOutline } from './outline.ts';
import { PlaySound } from './PlaySound.tsx';
import { Restarts } from './Restarts.tsx';
import { COLUMNS, SpectrogramPart } from './SpectrogramPart.tsx';
import { useSound } from './sound.ts';
import { following, scaled, widest } from './stretch.ts';
import classes from './Viewer.module.css';
import type { Place } from './Viewer.tsx';
import { Loudness, Outlined, Wave } from './Wave.tsx';

interface SoundViewProps {
  readonly answer: Answer;
  readonly place: Place;
}

const STEP_S = 1;

export function SoundView({ answer, place }: SoundViewProps) {
  const { say } = useWords();
  const item = answer.item.sha256;
  const examination = answer.examination!;
  const durationS = examination.durationS ?? 0;
  const [atS, setAtS] = useState(place.atS);
  const [stretch, setStretch] = useState(() => following(widest(durationS), place.atS, durationS));
  const spectrogram = useRequest('item.spectrogram', { item, ...stretch, columns: COLUMNS });
  const outline = useOutline(item, durationS);
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
        {outline.fault ? <FaultNote fault={outline.fault} /> : null}
        <Wave of={outline} width={plotPx} />
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
      <Outlined of={outline} durationS={durationS} />
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
      {outline.untilS < durationS ? null : <Loudness of={outline} durationS={durationS} />}
    </div>
  );
}
