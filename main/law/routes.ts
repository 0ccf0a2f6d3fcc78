/** Where a person can turn, and when an answer falls due. Dates are computed; whether somebody is late is for the reader. */
import type { Clock } from './pack.ts';

/** Instants of a route as the user recorded them: ISO dates, or ISO instants with a zone where a clock runs in hours. */
export type RouteEvents = Readonly<Partial<Record<Clock['from'], string>>>;

export type Due =
  | {
      readonly state: 'due';
      /** ISO date for days, months and years; ISO instant (UTC) for hours. */
      readonly at: string;
      /** The last day may move where it is a public holiday or a day off there; holidays are not known here. */
      readonly mayMove: boolean;
    }
  | { readonly state: 'no-fixed-period' }
  /** The event from which it runs was not recorded, or only its day where hours count. */
  | { readonly state: 'start-unknown'; readonly needs: Clock['from'] };

/**
 * When a clock runs out. The day of the event is not counted (Civil Code 201, Criminal Procedure Law 105; Regulation 1182/71 in the EU);
 * months and years end on the day of the same number, or the last day of a shorter month.
 */
export function dueDate(clock: Clock, events: RouteEvents): Due {
  if (!clock.period) return { state: 'no-fixed-period' };
  const start = events[clock.from];
  if (start === undefined) return { state: 'start-unknown', needs: clock.from };
  const { amount, unit } = clock.period;
  if (unit === 'hours') {
    const instant = INSTANT.test(start) ? Date.parse(start) : Number.NaN;
    if (Number.isNaN(instant)) return { state: 'start-unknown', needs: clock.from };
    return { state: 'due', at: new Date(instant + amount * MS_PER_HOUR).toISOString(), mayMove: false };
  }
  const day = dayOf(start);
  if (!day) return { state: 'start-unknown', needs: clock.from };
  if (unit === 'days') day.setUTCDate(day.getUTCDate() + amount);
  else addMonths(day, unit === 'years' ? amount * 12 : amount);
  return { state: 'due', at: day.toISOString().slice(0, 10), mayMove: true };
}

/** Parts of the pack that is handed over to an authority. Sentences: `law.hand-over.<part>`. */
export const HAND_OVER_PARTS = ['file-list', 'acquisition', 'findings', 'limits', 'actors', 'time-line'] as const;

/** Columns of its file list: those of the list of electronic data, so that officers can copy it (Fa Fa 2016 No. 22, article 14). */
export const HAND_OVER_COLUMNS = ['name', 'category', 'format', 'bytes', 'sha256', 'sm3'] as const;

const MS_PER_HOUR = 3_600_000;

/** An instant needs its zone; a day alone is no instant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** The calendar day as written, whatever the zone: a deadline in days follows the day at the place. */
function dayOf(text: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(T|$)/.exec(text);
  if (!match) return null;
  const day = new Date(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10) ? null : day;
}

function addMonths(day: Date, months: number): void {
  const wanted = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() + months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(wanted, last));
}
