/**
 * The pack that is handed over to an authority: list of electronic data, how it was obtained, what was measured and with which limits,
 * actors, and a time line. Columns of the list are those of Fa Fa 2016 No. 22, article 14. Nothing in it decides.
 */
import { HAND_OVER_PARTS } from '../../law/index.ts';
import { findingLines, markOf, openLine } from '../finding-lines.ts';
import { type Filling, type Line, line } from '../line.ts';
import type { LetterBlock } from './letter.ts';
import { actBegan, actEnded, answer, type LetterItem, type LetterRecord, statedValue } from './record.ts';

type Part = (typeof HAND_OVER_PARTS)[number];

/** `files`: the list of electronic data, `fixed`: the sentences on when and how items were kept, as in other letters. */
export function handOver(
  record: LetterRecord,
  files: LetterBlock,
  fixed: readonly LetterBlock[],
): readonly LetterBlock[] {
  const parts: Readonly<Record<Part, readonly LetterBlock[]>> = {
    'file-list': [files],
    acquisition: [...fixed, ...acquisition(record)],
    findings: [table(['item', 'findings'], record.items.map(findingsRow))],
    limits: [{ kind: 'paragraph', line: line('report.summary.limits') }, ...limits(record)],
    actors: actors(record),
    'time-line': [{ kind: 'paragraph', line: line('letter.hand-over.order') }, timeLine(record)],
  };
  return HAND_OVER_PARTS.flatMap((part) => [{ kind: 'heading', id: `law.hand-over.${part}` }, ...parts[part]]);
}

const table = (columns: readonly string[], rows: readonly (readonly Filling[])[]): LetterBlock => ({
  kind: 'table',
  head: columns.map((column) => `letter.column.${column}`),
  rows,
});

/** How files were saved is stated once for the case; of a single file only how it reached the user. */
function acquisition(record: LetterRecord): readonly LetterBlock[] {
  const told = record.items.some(({ receivedAs }) => receivedAs !== null);
  return [
    { kind: 'paragraph', line: line('letter.hand-over.captured', { how: answer(record, 'captured-how') }) },
    table(
      told ? ['item', 'received', 'obtained'] : ['item', 'received'],
      record.items.map(({ name, receivedAtMs, receivedAs }) => [
        { quoted: name },
        { figure: utc(receivedAtMs) },
        ...(told ? [receivedAs === null ? { figure: '–' } : { quoted: receivedAs }] : []),
      ]),
    ),
  ];
}

/** Mark and headline of every finding, as the report has them. */
function findingsRow({ name, findings, nobodyEnrolled }: LetterItem): readonly Filling[] {
  const lines = findings.flatMap((finding) => {
    const { headline, for: reasons } = findingLines(finding, nobodyEnrolled);
    const marked = line('report.marked', { mark: { lines: [markOf(finding)] }, text: { lines: [headline] } });
    // A similarity never stands without how often different people reach it.
    return finding.question === 'likeness' ? [marked, ...reasons.slice(0, 1).map(amongOthers)] : [marked];
  });
  return [{ quoted: name }, { lines: lines.length > 0 ? lines : [line('report.mark.not-examined')] }];
}

/** The similarity itself stands in the headline. */
function amongOthers(reason: Line): Line {
  return reason.id === 'reason.likeness.similarity' ? { ...reason, id: 'letter.hand-over.among-others' } : reason;
}

function limits({ items }: LetterRecord): readonly LetterBlock[] {
  const open = items.filter((item) => item.open.length > 0);
  if (open.length === 0) return [];
  return [
    table(
      ['item', 'open'],
      open.map(({ name, open: outcomes }) => [{ quoted: name }, { lines: outcomes.map(openLine) }]),
    ),
  ];
}

function actors(record: LetterRecord): readonly LetterBlock[] {
  const duties = record.packs.flatMap((pack) => pack.duties);
  const rows = record.duties.flatMap(({ duty, actor, asStated, facts }): readonly (readonly Filling[])[] => {
    const known = duties.find(({ id }) => id === duty);
    return [
      [
        { quoted: actor },
        known ? { answers: [`law.holder.${known.holder}`] } : { figure: '–' },
        known ? { pack: known.text } : { figure: duty },
        { answers: [`law.duty.${asStated}`] },
        { quoted: facts },
      ],
    ];
  });
  const who = line('letter.hand-over.actors', {
    kinds: answer(record, 'actor-kinds'),
    layers: answer(record, 'actor-layers'),
  });
  return [
    { kind: 'paragraph', line: who },
    ...(rows.length > 0 ? [table(['actor', 'holder', 'duty', 'as-stated', 'facts'], rows)] : []),
  ];
}

interface Moment {
  /** For the order: the instant where the zone is known, else what it would be in UTC; NaN of what is no time. */
  readonly atMs: number;
  readonly shown: Filling;
  readonly what: Filling;
  /** `R`: stated by the user; `M`: read or recorded by this tool. */
  readonly kind: 'M' | 'R';
}

const STATED_DAYS = [
  'found-on',
  'notice-sent',
  'notice-received',
  'notice-answered',
  'deletion-requested',
  'deletion-answered',
] as const;

/** What was stated and what was recorded, in the order of time; what a file says of itself is in its words. */
function timeLine(record: LetterRecord): LetterBlock {
  const stated = STATED_DAYS.flatMap((id): readonly Moment[] => {
    const value = statedValue(record, id);
    return typeof value === 'string' ? [statedDay(id, value)] : [];
  });
  const [began, ended] = [actBegan(record), actEnded(record)];
  const acts = [
    ...(began === null ? [] : [statedDay('act-date', began)]),
    ...(ended === null ? [] : [statedDay('act-ended', ended)]),
  ];
  const routes = record.routes.map(({ route, event, at }): Moment => {
    const known = record.packs.flatMap((pack) => pack.routes).find(({ code }) => code === route);
    const what = line('letter.hand-over.route', {
      route: known ? { pack: known.name } : { figure: route },
      event: { answers: [`report.event.${event}`] },
    });
    return { atMs: Date.parse(at), shown: written(at), what: { lines: [what] }, kind: 'R' };
  });
  const items = record.items.flatMap(({ name, receivedAtMs, times }): readonly Moment[] => [
    {
      atMs: receivedAtMs,
      shown: { figure: utc(receivedAtMs) },
      what: { lines: [line('letter.hand-over.received', { name: { quoted: name } })] },
      kind: 'M',
    },
    ...times.map(({ fact, at, zone }): Moment => {
      const fillings = { name: { quoted: name }, fact: { answers: [`fact.${fact}`] }, value: { quoted: at } };
      return { ...fileTime(at, zone), what: { lines: [line('letter.hand-over.file-time', fillings)] }, kind: 'M' };
    }),
  ]);
  const last = ({ atMs }: Moment) => (Number.isNaN(atMs) ? Number.MAX_VALUE : atMs);
  const moments = [...acts, ...stated, ...routes, ...items].toSorted((a, b) => last(a) - last(b));
  return table(
    ['when', 'what', 'record'],
    moments.map(({ shown, what, kind }) => [shown, what, { figure: kind }]),
  );
}

function statedDay(id: (typeof STATED_DAYS)[number] | 'act-date' | 'act-ended', day: string): Moment {
  return { atMs: Date.parse(day), shown: written(day), what: { answers: [`letter.hand-over.day.${id}`] }, kind: 'R' };
}

const written = (at: string): Filling => ({ figure: at.replace(/(\d)T(\d)/, '$1 $2') });

/** Date, time, seconds and zone in the form of EXIF (2026:11:01 08:00:00), XMP or IPTC (20261101). */
const FILE_TIME = /^(\d{4})([:-]?)(\d{2})\2(\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?/;

/** A time as a file states it: with its zone, or with the word that it states none. `zone` is what the file states of it elsewhere. */
function fileTime(text: string, zone: string | null): Pick<Moment, 'atMs' | 'shown'> {
  const [, year, , month, day, time, seconds = '', ownZone] = FILE_TIME.exec(text.trim()) ?? [];
  const date = `${year}-${month}-${day}`;
  const stated = ownZone ?? zone;
  const isoZone = stated === null ? 'Z' : stated.replace(/(\d{2}):?(\d{2})$/, '$1:$2');
  const atMs = Date.parse(time === undefined ? date : `${date}T${time}${seconds}${isoZone}`);
  if (Number.isNaN(atMs)) return { atMs, shown: { figure: '–' } };
  if (time === undefined) return { atMs, shown: { figure: date } };
  const at = `${date} ${time}`;
  if (stated === null)
    return { atMs, shown: { lines: [line('letter.hand-over.without-zone', { at: { figure: at } })] } };
  return { atMs, shown: { figure: `${at} UTC${stated === 'Z' ? '' : stated}` } };
}

/** To the second, with the zone named. */
function utc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
