/** The outline of a recording, asked for part by part: that of hours takes a minute, and what somebody asks meanwhile comes between. */
import { useEffect, useState } from 'react';
import type { Fault } from '../../main/contract/ipc.ts';
import { faultOf, request } from '../host/bridge.ts';

export interface Outline {
  /** Lowest and highest sample of equal spans over the whole recording, -1 to 1; those up to `untilS` are known. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly untilS: number;
  readonly fault: Fault | null;
}

/** Spans over a whole recording: no screen shows more. */
export const SPANS = 1600;

/** A part is decoded within a few seconds. Seconds of sound. */
const PART_S = 600;

const NOTHING: Outline = { low: [], high: [], untilS: 0, fault: null };

export function useOutline(item: string, durationS: number): Outline {
  const [outline, setOutline] = useState(NOTHING);
  useEffect(() => {
    let wanted = true;
    const spansOfPart = Math.max(1, Math.floor((PART_S / durationS) * SPANS));
    const momentOf = (span: number) => (span / SPANS) * durationS;
    const read = async () => {
      for (let from = 0; from < SPANS && wanted; from += spansOfPart) {
        const to = Math.min(SPANS, from + spansOfPart);
        const untilS = momentOf(to);
        const part = await request('item.peaks', { item, fromS: momentOf(from), toS: untilS, buckets: to - from });
        if (!wanted) return;
        setOutline(({ low, high }) => ({
          low: [...low, ...part.low],
          high: [...high, ...part.high],
          untilS,
          fault: null,
        }));
      }
    };
    setOutline(NOTHING);
    if (durationS > 0)
      read().catch((thrown: unknown) => {
        if (wanted) setOutline((known) => ({ ...known, fault: faultOf(thrown) }));
      });
    return () => {
      wanted = false;
    };
  }, [item, durationS]);
  return outline;
}
