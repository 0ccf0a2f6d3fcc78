/** The part of a recording whose spectrogram is in view: it is no longer than the host gives at once, and goes where the moment goes. */
import type { Stretch } from '../../main/contract/course.ts';
import { LONGEST_SPECTROGRAM_S } from '../../main/contract/viewer.ts';

/** Shorter ones show no more of a voice. Seconds. */
const SHORTEST_S = 2;

/** The stretch that is shown first: all of a recording, or its beginning. */
export function widest(durationS: number): Stretch {
  return { fromS: 0, toS: Math.min(durationS, LONGEST_SPECTROGRAM_S) };
}

/** The stretch `factor` times as long; the moment, where it lies inside, stays at the same share of it. */
export function scaled(stretch: Stretch, factor: number, atS: number, durationS: number): Stretch {
  const most = widest(durationS).toS;
  const lengthS = Math.min(most, Math.max(Math.min(most, SHORTEST_S), (stretch.toS - stretch.fromS) * factor));
  const share = holds(stretch, atS) ? shareOf(stretch, atS) : 0;
  return inside(atS - share * lengthS, lengthS, durationS);
}

/** The same stretch where the moment is in it, otherwise one as long that begins there. */
export function following(stretch: Stretch, atS: number, durationS: number): Stretch {
  return holds(stretch, atS) ? stretch : inside(atS, stretch.toS - stretch.fromS, durationS);
}

/** How far into the stretch a moment lies, 0 at its beginning and 1 at its end; 0 in one without a length. */
export function shareOf({ fromS, toS }: Stretch, atS: number): number {
  return toS > fromS ? (atS - fromS) / (toS - fromS) : 0;
}

export function holds({ fromS, toS }: Stretch, atS: number): boolean {
  return atS >= fromS && atS <= toS;
}

function inside(fromS: number, lengthS: number, durationS: number): Stretch {
  const begins = Math.max(0, Math.min(fromS, durationS - lengthS));
  return { fromS: begins, toS: begins + lengthS };
}
