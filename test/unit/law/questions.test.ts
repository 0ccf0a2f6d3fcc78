import {
  MEASURED_CODES,
  packs,
  questions,
  STATED_CODES,
  statedSchema,
  UNKNOWN_CODES,
} from '../../../main/law/index.ts';
import { sentences } from '../../../main/strings/index.ts';

const ITEM = 'b'.repeat(64);

test('every question, answer and code has its sentence in both languages', () => {
  const wanted = [
    ...questions().map(({ id }) => `law.question.${id}`),
    ...questions().flatMap(({ answers }) => answers.map((value) => `law.answer.${value}`)),
    ...MEASURED_CODES.map((code) => `law.record.${code}`),
    ...STATED_CODES.map((code) => `law.stated.${code}`),
    ...UNKNOWN_CODES.map((code) => `law.unknown.${code}`),
  ];
  expect(wanted.filter((id) => !sentences.get(id)?.zh || !sentences.get(id)?.en)).toEqual([]);
});

test('every sentence of a question or answer is used', () => {
  const used = new Set([
    ...questions().map(({ id }) => `law.question.${id}`),
    ...questions().flatMap(({ answers }) => answers.map((value) => `law.answer.${value}`)),
  ]);
  const idle = [...sentences.keys()].filter((id) => /^law\.(question|answer)\./.test(id) && !used.has(id));
  expect(idle).toEqual([]);
});

test('levels and standings that packs use have sentences', () => {
  const used = [...packs().values()].flatMap((p) =>
    p.provisions.flatMap(({ standing, versions }) => [
      `law.standing.${standing}`,
      ...versions.map(({ level }) => `law.level.${level}`),
    ]),
  );
  expect([...new Set(used)].filter((id) => !sentences.has(id))).toEqual([]);
});

test('how material was public is asked for each source item, in four classes', () => {
  const publicity = questions().find(({ id }) => id === 'publicity');
  expect(publicity).toMatchObject({
    scope: 'source-item',
    answers: ['voluntary', 'compulsory', 'unlawful', 'not-public-or-unclear'],
  });
});

test('an element asks only for what is asked, and each answer that can fill an element carries a code', () => {
  const asked = new Map(questions().map((q) => [q.id, q]));
  for (const pack of packs().values())
    for (const { elements } of pack.provisions)
      for (const id of elements.flatMap(({ stated }) => stated)) expect(asked.get(id)).toBeDefined();
  expect(
    questions()
      .filter(({ record }) => record === null)
      .map(({ id }) => id),
  ).toEqual(['place', 'act-date']);
});

test.each([
  [{ question: 'place', item: null, value: 'CN' }, true],
  [{ question: 'place', item: null, value: 'Mars' }, false],
  [{ question: 'act-date', item: null, value: '2026-01-01' }, true],
  [{ question: 'act-date', item: null, value: { from: '2025-12-20', to: '2026-01-10' } }, true],
  [{ question: 'act-date', item: null, value: { from: '2026-01-10', to: '2025-12-20' } }, false],
  [{ question: 'act-date', item: null, value: '2026-02-30' }, false],
  [{ question: 'act-kinds', item: null, value: ['made', 'published'] }, true],
  [{ question: 'act-kinds', item: null, value: ['made', 'murdered'] }, false],
  [{ question: 'act-kinds', item: null, value: 'made' }, false],
  [{ question: 'publicity', item: ITEM, value: 'voluntary' }, true],
  [{ question: 'publicity', item: null, value: 'voluntary' }, false],
  [{ question: 'consent', item: ITEM, value: 'none' }, false],
  [{ question: 'voice-type', item: null, value: 'training' }, true],
  [{ question: 'views', item: null, value: 3000 }, true],
  [{ question: 'views', item: null, value: -1 }, false],
  [{ question: 'witnesses', item: null, value: '' }, false],
  [{ question: 'witnesses', item: null, value: 'x'.repeat(10_001) }, false],
  [{ question: 'guilty', item: null, value: 'yes' }, false],
])('%j is accepted: %s', (answer, accepted) => {
  expect(statedSchema.safeParse(answer).success).toBe(accepted);
});
