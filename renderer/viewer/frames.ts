/** Frames of a film as the host decodes them, one request at a time: steps are taken one by one and none is left out. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fault } from '../../main/contract/ipc.ts';
import { faultOf, request } from '../host/bridge.ts';
import { bitmapOf } from './decode.ts';

export interface Frame {
  readonly image: ImageBitmap;
  /** Presentation time in seconds. */
  readonly timeS: number;
}

export interface Frames {
  readonly frame: Frame | null;
  readonly fault: Fault | null;
  /** Speed of playing, 1 as recorded, negative backwards, 0 still. */
  readonly speed: number;
  /** One frame on or back, exactly. */
  step(by: 1 | -1): void;
  /** The frame on screen at a moment. */
  jump(atS: number): void;
  play(speed: number): void;
}

/** Longest side of a frame that stands, and of one that passes, in pixels. */
const STILL_SIDE = 4096;
const PASSING_SIDE = 640;

export function useFrames(item: string, startS: number, durationS: number): Frames {
  const [frame, setFrame] = useState<Frame | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [speed, setSpeed] = useState(0);
  const now = useRef(startS);
  const playing = useRef(0);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const gone = useRef(false);

  const show = useCallback(
    async (atS: number, step: 0 | 1 | -1, maxSide: number) => {
      try {
        const picture = await request('item.frame', { item, atS, step, maxSide });
        const image = await bitmapOf(picture);
        if (gone.current) return;
        now.current = picture.timeS;
        setFrame({ image, timeS: picture.timeS });
      } catch (thrown) {
        playing.current = 0;
        setSpeed(0);
        setFault(faultOf(thrown));
      }
    },
    [item],
  );
  const queue = useCallback((act: () => Promise<void>) => {
    chain.current = chain.current.then(() => (gone.current ? undefined : act()));
  }, []);
  const stop = useCallback(() => {
    playing.current = 0;
    setSpeed(0);
  }, []);

  useEffect(() => {
    gone.current = false;
    queue(() => show(startS, 0, STILL_SIDE));
    return () => {
      gone.current = true;
      playing.current = 0;
    };
  }, [queue, show, startS]);

  const run = useCallback(
    async (mine: number) => {
      const fromS = now.current;
      const began = performance.now();
      const on = () => playing.current === mine && !gone.current;
      while (on()) {
        const atS = fromS + (mine * (performance.now() - began)) / 1000;
        await show(Math.min(durationS, Math.max(0, atS)), 0, PASSING_SIDE);
        if (mine > 0 ? atS >= durationS : atS <= 0) stop();
      }
      if (playing.current === 0 && !gone.current) await show(now.current, 0, STILL_SIDE);
    },
    [durationS, show, stop],
  );
  return {
    frame,
    fault,
    speed,
    step: useCallback(
      (by) => {
        stop();
        queue(() => show(now.current, by, STILL_SIDE));
      },
      [queue, show, stop],
    ),
    jump: useCallback(
      (atS) => {
        stop();
        queue(() => show(Math.max(0, atS), 0, STILL_SIDE));
      },
      [queue, show, stop],
    ),
    play: useCallback(
      (wanted) => {
        playing.current = wanted;
        setSpeed(wanted);
        if (wanted !== 0) queue(() => run(wanted));
      },
      [queue, run],
    ),
  };
}
