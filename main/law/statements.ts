/** What a user states, in the form in which it is given, kept and handed to the tables of this room. Only its form is checked here. */
import { z } from 'zod';
import { ROUTE_EVENTS } from '../contract/route-events.ts';
import { type DutyEntry, dutyStatementSchema } from './duties.ts';
import { type QuestionId, type Stated, statedSchema } from './questions.ts';
import type { RouteEvents } from './routes.ts';
import { type Witness, witnessSchema } from './sheets.ts';

const text = z.string().max(10_000);

const dutyEntrySchema: z.ZodType<DutyEntry> = z.strictObject({
  duty: z.string().min(1).max(80),
  actor: z.string().min(1).max(200),
  asStated: dutyStatementSchema,
  facts: text,
});

/** An event of a route: a day, or an instant with its zone where a clock runs in hours; `number` is the case or receipt number. */
const routeEventSchema = z.strictObject({
  route: z.string().regex(/^RT-[A-Z0-9-]+$/),
  event: z.enum(ROUTE_EVENTS),
  at: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
  number: z.string().max(200).optional(),
  answer: text.optional(),
});
export type RouteEvent = z.infer<typeof routeEventSchema>;

/** One statement as a user or a file gives it. */
export const statementSchema = z.union([
  z.strictObject({ answer: statedSchema }),
  z.strictObject({ duty: dutyEntrySchema }),
  z.strictObject({ route: routeEventSchema }),
  z.strictObject({ witness: witnessSchema }),
]);
export type Statement = z.infer<typeof statementSchema>;

/** How a statement is kept: `item`, `kind` and `key` name it, and a later one of the same name stands in its place. */
export interface KeptStatement {
  readonly kind: 'answer' | 'duty' | 'route' | 'witness';
  readonly item: string | null;
  readonly key: string;
  readonly value: unknown;
}

export function keptForm(statement: Statement): KeptStatement {
  if ('answer' in statement) {
    const { question, item, value } = statement.answer;
    return { kind: 'answer', item, key: question, value };
  }
  if ('duty' in statement) {
    const { duty, actor } = statement.duty;
    return { kind: 'duty', item: null, key: JSON.stringify([duty, actor]), value: statement.duty };
  }
  if ('route' in statement) {
    const { route, event } = statement.route;
    return { kind: 'route', item: null, key: JSON.stringify([route, event]), value: statement.route };
  }
  const { item, name } = statement.witness;
  return { kind: 'witness', item, key: name, value: statement.witness };
}

export interface Statements {
  readonly answers: readonly Stated[];
  readonly duties: readonly DutyEntry[];
  readonly routes: readonly RouteEvent[];
  readonly witnesses: readonly Witness[];
  /** Kept by another version of the program in a form that is not known here; nothing is made of them. */
  readonly unread: number;
}

/** What was kept, sorted by what it is; the order within each stays. */
export function readStatements(kept: readonly KeptStatement[]): Statements {
  const read = kept.map(({ kind, item, key, value }) =>
    statementSchema.safeParse(kind === 'answer' ? { answer: { question: key, item, value } } : { [kind]: value }),
  );
  const sound = read.flatMap(({ data }) => data ?? []);
  return {
    answers: sound.flatMap((one) => ('answer' in one ? [one.answer] : [])),
    duties: sound.flatMap((one) => ('duty' in one ? [one.duty] : [])),
    routes: sound.flatMap((one) => ('route' in one ? [one.route] : [])),
    witnesses: sound.flatMap((one) => ('witness' in one ? [one.witness] : [])),
    unread: read.length - sound.length,
  };
}

/** Questions that ask for the day of an event: who answers them has stated it of its route too. */
const DAYS_OF_EVENTS: readonly (readonly [QuestionId, Pick<RouteEvent, 'route' | 'event'>])[] = [
  ['notice-sent', { route: 'RT-PLATFORM', event: 'sent' }],
  ['notice-received', { route: 'RT-PLATFORM', event: 'received' }],
  ['notice-answered', { route: 'RT-PLATFORM', event: 'answered' }],
  ['deletion-requested', { route: 'RT-PI-HANDLER', event: 'sent' }],
  ['deletion-answered', { route: 'RT-PI-HANDLER', event: 'answered' }],
];

/** What was stated of routes: event by event, or as an answer where the event itself was not. */
export function routeEvents({ answers, routes }: Pick<Statements, 'answers' | 'routes'>): readonly RouteEvent[] {
  const answered = DAYS_OF_EVENTS.flatMap(([id, { route, event }]) => {
    const at = answers.findLast(({ question }) => question === id)?.value;
    const known = routes.some((one) => one.route === route && one.event === event);
    return typeof at === 'string' && !known ? [{ route, event, at }] : [];
  });
  return [...answered, ...routes];
}

/** The events of one route, as its clocks take them; the last of each kind counts. */
export function eventsOf(route: string, events: readonly RouteEvent[]): RouteEvents {
  return Object.fromEntries(events.filter((one) => one.route === route).map(({ event, at }) => [event, at]));
}
