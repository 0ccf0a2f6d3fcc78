import { type Clock, dueDate, HAND_OVER_COLUMNS, HAND_OVER_PARTS, packs } from '../../../main/law/index.ts';
import { sentences } from '../../../main/strings/index.ts';

const clock = (id: string) =>
  [...packs().values()].flatMap((p) => p.routes.flatMap(({ clocks }) => clocks)).find((c) => c.id === id)!;

const period = (amount: number, unit: NonNullable<Clock['period']>['unit']): Clock => ({
  ...clock('eu.gdpr.month'),
  period: { amount, unit },
});

test('a refused complainant has seven days from receipt, the day of receipt not counted', () => {
  expect(dueDate(clock('cn.police.review'), { 'refusal-received': '2026-11-24' })).toEqual({
    state: 'due',
    at: '2026-12-01',
    mayMove: true,
  });
});

test('no clock of a review runs before there was a refusal: that the police received or accepted a report is none', () => {
  const events = { sent: '2026-11-20', received: '2026-11-21', filed: '2026-11-22', decided: '2026-11-23' };
  for (const id of ['cn.police.review', 'cn.police.review-decided'])
    expect(dueDate(clock(id), events).state).toBe('start-unknown');
  expect(dueDate(clock('cn.police.review-decided'), { ...events, 'review-requested': '2026-11-24' })).toMatchObject({
    at: '2026-12-24',
  });
});

test('an event of a route is called the same in the window, where it is stated, and in the report', () => {
  const events = [...sentences.keys()].flatMap((id) => /^report\.event\.(.+)$/.exec(id)?.[1] ?? []);
  expect(events.length).toBe(9);
  for (const event of events)
    expect(sentences.get(`ui.facts.event.${event}`)).toEqual(sentences.get(`report.event.${event}`));
});

test('a platform under the TAKE IT DOWN Act has 48 hours from the instant of receipt', () => {
  const removal = clock('us.tida.removal');
  expect(dueDate(removal, { received: '2026-11-24T23:30:00-05:00' })).toEqual({
    state: 'due',
    at: '2026-11-27T04:30:00.000Z',
    mayMove: false,
  });
  expect(dueDate(removal, { received: '2026-11-24' })).toEqual({ state: 'start-unknown', needs: 'received' });
  expect(dueDate(removal, { sent: '2026-11-24T23:30:00Z' })).toEqual({ state: 'start-unknown', needs: 'received' });
});

test('where the law names no number there is no date', () => {
  expect(dueDate(clock('cn.platform.measures'), { received: '2026-11-24' })).toEqual({ state: 'no-fixed-period' });
});

test('logs of six months run from the day of provision', () => {
  expect(dueDate(clock('cn.label.log'), { provided: '2026-08-31' })).toMatchObject({ at: '2027-02-28' });
});

test.each([
  ['2026-12-30', 3, 'days', '2027-01-02'],
  ['2028-02-28', 1, 'days', '2028-02-29'],
  ['2026-02-28', 1, 'days', '2026-03-01'],
  ['2026-01-31', 1, 'months', '2026-02-28'],
  ['2028-01-31', 1, 'months', '2028-02-29'],
  ['2026-11-30', 3, 'months', '2027-02-28'],
  ['2028-02-29', 3, 'years', '2031-02-28'],
  ['2026-11-24T23:59:59+08:00', 7, 'days', '2026-12-01'],
] as const)('%s plus %d %s is %s', (received, amount, unit, at) => {
  expect(dueDate(period(amount, unit), { received })).toMatchObject({ state: 'due', at });
});

test.each(['2026-02-30', 'yesterday', '', '2026-13-01', '24.11.2026', '2026-11-24x'])('%j is no day', (received) => {
  expect(dueDate(period(7, 'days'), { received })).toEqual({ state: 'start-unknown', needs: 'received' });
});

test('every route of a provision exists, and every clock rests on a provision that names its period', () => {
  for (const pack of packs().values())
    for (const { clocks } of pack.routes)
      for (const { provision } of clocks) expect(pack.provisions.map(({ id }) => id)).toContain(provision);
});

test('parts and columns of the hand-over pack have sentences', () => {
  const ids = [...HAND_OVER_PARTS, ...HAND_OVER_COLUMNS].map((id) => `law.hand-over.${id}`);
  expect(ids.filter((id) => !sentences.has(id))).toEqual([]);
});
