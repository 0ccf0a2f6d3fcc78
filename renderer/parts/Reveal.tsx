/**
 * A questioned picture: blurred until somebody presses and holds, with the pointer or with Space. The first look is told to the
 * custody log by the host, which gives nothing unblurred before.
 */
import { Stack, Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Picture } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { useWords } from '../words/words.ts';
import classes from './Reveal.module.css';
import { urlOf } from './Thumbnail.tsx';

interface RevealProps {
  readonly item: string;
  readonly kind: 'image' | 'video' | 'audio' | 'other';
  readonly durationS: number | null;
}

/** Longer side of what is asked for, in pixels. */
const SIDE = 720;

export function Reveal({ item, kind, durationS }: RevealProps) {
  const { say } = useWords();
  const [blurred, setBlurred] = useState<Picture | null>(null);
  const [clear, setClear] = useState<Picture | null>(null);
  const [holding, setHolding] = useState(false);
  useEffect(() => {
    let wanted = true;
    setBlurred(null);
    setClear(null);
    request('item.thumbnail', { item, maxSide: 512 }).then(
      (picture) => wanted && setBlurred(picture),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [item]);
  if (kind !== 'image' && kind !== 'video') return null;
  const hold = async () => {
    setHolding(true);
    if (clear) return;
    await request('item.revealed', { item });
    setClear(
      kind === 'image'
        ? await request('item.picture', { item, maxSide: SIDE })
        : await request('item.frame', { item, atS: (durationS ?? 0) / 2, maxSide: SIDE }),
    );
  };
  const release = () => setHolding(false);
  const key = (event: KeyboardEvent, act: () => void) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) act();
  };
  const shown = holding && clear ? clear : blurred;
  return (
    <Stack gap={8} align="flex-start">
      <button
        type="button"
        className={classes.frame}
        aria-label={say('ui.reveal.hold')}
        aria-pressed={holding}
        onPointerDown={() => void hold().catch(release)}
        onPointerUp={release}
        onPointerLeave={release}
        onBlur={release}
        onKeyDown={(event) => key(event, () => void hold().catch(release))}
        onKeyUp={(event) => key(event, release)}
        onContextMenu={(event) => event.preventDefault()}
      >
        {shown ? <img src={urlOf(shown)} alt="" draggable={false} className={classes.picture} /> : null}
      </button>
      <Text size="xs" c="dimmed">
        {say('ui.reveal.hint')}
      </Text>
    </Stack>
  );
}
