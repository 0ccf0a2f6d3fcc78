/** The sound of an item from a moment on, as the host decodes it. It never starts by itself. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fault } from '../../main/contract/ipc.ts';
import { LONGEST_SOUND_S } from '../../main/contract/viewer.ts';
import { request } from '../host/bridge.ts';
import { useAct } from '../state/request.ts';
import { soundOf } from './decode.ts';

export interface Sound {
  /** Whether it is heard at this moment. */
  readonly heard: boolean;
  readonly busy: boolean;
  readonly fault: Fault | null;
  /** From a moment on, at most as long as the host gives at once; from the beginning where the moment is the end. */
  play(atS: number): void;
  stop(): void;
}

interface Told {
  /** The first of it is heard. */
  begins?(): void;
  /** The moment that is heard. */
  passes?(atS: number): void;
  /** It came to its end; stopping it is not told. */
  ends?(): void;
}

export function useSound(item: string, durationS: number, told: Told): Sound {
  const player = useRef<HTMLAudioElement | null>(null);
  const wanted = useRef(0);
  const [heard, setHeard] = useState(false);
  const silence = useCallback(() => {
    wanted.current += 1;
    player.current?.pause();
    if (player.current) URL.revokeObjectURL(player.current.src);
    player.current = null;
  }, []);
  const stop = useCallback(() => {
    silence();
    setHeard(false);
  }, [silence]);
  useEffect(() => silence, [silence]);
  const listen = useAct(async (atS: number) => {
    silence();
    const mine = wanted.current;
    const fromS = atS >= durationS ? 0 : atS;
    const toS = Math.min(durationS, fromS + LONGEST_SOUND_S);
    const { wav, fromS: begins } = await request('item.sound', { item, fromS, toS });
    if (mine !== wanted.current) return;
    const audio = new Audio(URL.createObjectURL(soundOf(wav)));
    audio.ontimeupdate = () => told.passes?.(begins + audio.currentTime);
    audio.onended = () => {
      stop();
      told.ends?.();
    };
    player.current = audio;
    setHeard(true);
    await audio.play();
    if (mine === wanted.current) told.begins?.();
  });
  return { heard, busy: listen.busy, fault: listen.fault, play: (atS) => void listen.run(atS), stop };
}
