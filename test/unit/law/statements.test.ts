import { eventsOf, keptForm, readStatements, routeEvents, statementSchema } from '../../../main/law/index.ts';

const item = 'a'.repeat(64);
const given = [
  { answer: { question: 'consent', item: null, value: 'none' } },
  { answer: { question: 'publicity', item, value: 'voluntary' } },
  { duty: { duty: 'cn.duty.notice', actor: 'A platform', asStated: 'not', facts: 'no answer' } },
  { route: { route: 'RT-PLATFORM', event: 'sent', at: '2026-11-20' } },
  { route: { route: 'RT-PLATFORM', event: 'received', at: '2026-11-21T08:00:00+08:00', number: '17' } },
  {
    witness: { item, name: 'B', relation: 'sister', on: '2026-11-22', recognised: 'yes', by: 'laugh', told: 'no' },
  },
];

test('what is kept reads back as what was given', () => {
  const kept = given.map((one) => keptForm(statementSchema.parse(one)));
  expect(new Set(kept.map(({ kind, item: about, key }) => JSON.stringify([kind, about, key]))).size).toBe(given.length);
  expect(readStatements(kept)).toEqual({
    answers: [given[0]!.answer, given[1]!.answer],
    duties: [given[2]!.duty],
    routes: [given[3]!.route, given[4]!.route],
    witnesses: [given[5]!.witness],
    unread: 0,
  });
});

test('clocks of a route get its own events, the last of a kind', () => {
  const { routes } = readStatements(given.map((one) => keptForm(statementSchema.parse(one))));
  const later = { route: 'RT-PLATFORM', event: 'sent', at: '2026-11-23' } as const;
  expect(eventsOf('RT-PLATFORM', [...routes, later])).toEqual({
    sent: '2026-11-23',
    received: '2026-11-21T08:00:00+08:00',
  });
  expect(eventsOf('RT-POLICE', routes)).toEqual({});
});

test('a day that was answered is an event of its route, where the event itself was not stated', () => {
  const answer = (question: string, value: string) => ({ answer: { question, item: null, value } });
  const all = [
    ...given,
    answer('notice-sent', '2026-11-04'),
    answer('notice-answered', '2026-11-10'),
    answer('deletion-requested', '2026-11-12'),
  ];
  const events = routeEvents(readStatements(all.map((one) => keptForm(statementSchema.parse(one)))));
  expect(eventsOf('RT-PLATFORM', events)).toEqual({
    sent: '2026-11-20',
    received: '2026-11-21T08:00:00+08:00',
    answered: '2026-11-10',
  });
  expect(eventsOf('RT-PI-HANDLER', events)).toEqual({ sent: '2026-11-12' });
});

test('a form that is not known is counted and nothing is made of it', () => {
  const kept = [
    { kind: 'answer', item: null, key: 'question-of-a-later-version', value: 'x' },
    { kind: 'duty', item: null, key: 'x', value: { duty: 'x' } },
  ] as const;
  expect(readStatements(kept)).toMatchObject({ answers: [], duties: [], unread: 2 });
});

test.each([
  { answer: { question: 'consent', item: null, value: 'perhaps' } },
  { answer: { question: 'consent', item, value: 'none' } },
  { answer: { question: 'act-date', item: null, value: { from: '2026-11-03', to: '2026-11-01' } } },
  { duty: { duty: 'x', actor: '', asStated: 'not', facts: '' } },
  { route: { route: 'platform', event: 'sent', at: '2026-11-20' } },
  { route: { route: 'RT-PLATFORM', event: 'sent', at: 'yesterday' } },
  { answer: { question: 'consent', item: null, value: 'none' }, duty: {} },
])('refused: %j', (one) => {
  expect(statementSchema.safeParse(one).success).toBe(false);
});
