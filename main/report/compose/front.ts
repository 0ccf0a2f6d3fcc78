/** Sections 0-2: cover, summary, request and questions. */
import type { Finding, Question } from '../../contract/finding.ts';
import { question as askedQuestion, QUESTION_IDS } from '../../law/index.ts';
import type { Block, Cell, Section } from '../document.ts';
import { findingLines, isOpen, markOf } from '../finding-lines.ts';
import { line, type Text } from '../line.ts';
import { findingsOf, mostTold, type Overview, QUESTIONS, strongestFirst, withoutFinding } from '../overview.ts';
import type { ItemRecord } from '../record.ts';
import {
  type Composing,
  columns,
  figure,
  itemNumber,
  moment,
  numberRanges,
  pair,
  paragraph,
  quoted,
  small,
} from './composing.ts';
import { statedValue } from './stated.ts';

export function cover({ head, overview, statements, digest }: Composing): Section {
  const { items, questioned, examined, kept, incomplete } = overview;
  return {
    number: 0,
    title: line('report.section.cover'),
    blocks: [
      ...integrityFirst(head, overview),
      {
        kind: 'pairs',
        rows: [
          pair('case-name', quoted(head.case.name)),
          pair('case-number', figure(head.case.id)),
          pair('requested-by', ...requestedBy(statements.answers)),
          pair('made-by', head.madeBy === null ? line('report.not-stated') : quoted(head.madeBy)),
          pair('made-at', moment(head.madeAtMs), line('report.zone', { zone: figure(zoneText(head.zoneMinutes)) })),
          pair('made-with', figure(head.app)),
          pair('machine', figure(`${head.machine.platform}, Node ${head.machine.node}`)),
          pair(
            'item-count',
            line('report.item-count-value', {
              questioned: figure(questioned),
              reference: figure(items - questioned),
            }),
          ),
          pair(
            'log-head',
            line('report.log-head-value', { seq: figure(head.custody.seq), hash: figure(head.custody.hash) }),
          ),
          pair('json-digest', figure(digest)),
        ],
      },
      paragraph('cover.asked'),
      paragraph('cover.examined', { examined: figure(examined), items: figure(questioned) }),
      ...(overview.mixed ? [paragraph('cover.mixed')] : []),
      ...(overview.examinedOtherwise > 0
        ? [paragraph('cover.other-versions', { count: figure(overview.examinedOtherwise) })]
        : []),
      paragraph('cover.not-examined', {
        unexamined: figure(kept),
        incomplete: figure(incomplete),
      }),
      ...(head.notReceived.length > 0
        ? [paragraph('cover.not-received', { count: figure(head.notReceived.length) })]
        : []),
      small('cover.limits'),
    ],
  };
}

/** The user's part and words, as stated; nobody's identity was looked into. */
function requestedBy(answers: Composing['statements']['answers']): Text[] {
  const stated = (['user-role', 'identity'] as const).flatMap((id) => {
    const one = answers.findLast(({ question }) => question === id);
    return one ? statedValue(one) : [];
  });
  return stated.length > 0 ? stated : [line('report.not-stated')];
}

/** `+08:00` */
function zoneText(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const east = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(east / 60))}:${two(east % 60)}`;
}

/** Items named on the cover whose bytes do not hold. */
const MAX_WRONG = 500;

/** What does not hold is the first thing that is said. */
function integrityFirst({ custody }: Composing['head'], { items, wrong, notKept }: Overview): Block[] {
  const left = wrong.length - MAX_WRONG;
  const lines: Text[] = [
    ...(custody.holds ? [] : [line('report.integrity.log', { seq: figure(custody.brokenAt ?? '–') })]),
    ...wrong.slice(0, MAX_WRONG).map((item) =>
      line(`report.integrity.${item.integrity.state}`, {
        item: { lines: [itemNumber(item)] },
        sha256: figure(item.sha256),
        code: figure(item.integrity.code ?? '–'),
      }),
    ),
    ...(left > 0 ? [line('report.integrity.more', { count: figure(left) })] : []),
  ];
  const unchecked = notKept > 0 ? [paragraph('integrity.not-kept', { count: figure(notKept) })] : [];
  if (lines.length === 0) return [paragraph('integrity.all', { items: figure(items - notKept) }), ...unchecked];
  return [
    { kind: 'box', tone: 'notice', blocks: [paragraph('integrity.wrong'), { kind: 'list', items: lines }] },
    ...unchecked,
  ];
}

/** Items with a row in the summary: it stays a page or two. */
const MAX_ROWS = 14;

/** First how often each answer was given and of which items, then one row an item. Begins a page: a small case fits on it. */
export function summary({ head, items, overview }: Composing): Section {
  const nobodyEnrolled = head.people.length === 0;
  const own = mostTold(
    items.filter(({ role }) => role !== 'reference'),
    MAX_ROWS,
  );
  return {
    number: 1,
    title: line('report.section.summary'),
    ownPage: true,
    blocks: [
      paragraph('summary.how'),
      ...(items.length < overview.items
        ? [paragraph('summary.chosen', { items: figure(overview.items), printed: figure(items.length) })]
        : []),
      {
        kind: 'pairs',
        rows: QUESTIONS.map((question): readonly [Text, Cell] => [
          line(`question.${question}`),
          overview.answersTo(question).map(({ state, numbers }) =>
            line('report.summary.tally', {
              state: { lines: [state] },
              count: figure(numbers.length),
              items: figure(numberRanges(numbers)),
            }),
          ),
        ]),
      },
      small('summary.limits'),
      {
        kind: 'table',
        head: [...columns('item'), ...QUESTIONS.map((question) => line(`question.${question}`))],
        widths: [16, 24, 29, 31],
        rows: own.map((item) => [
          [itemNumber(item), quoted(item.name)],
          ...QUESTIONS.map((question) => answerCell(item, question, nobodyEnrolled)),
        ]),
      },
      ...(own.length < overview.questioned ? [small('summary.rows', { rows: figure(own.length) })] : []),
    ],
  };
}

const SECTION_OF: Readonly<Record<Question, number>> = { origin: 6, synthesis: 7, likeness: 8 };

/** Mark and headline of the strongest finding with its first reason for and against, and how many others there are. */
function answerCell(item: ItemRecord, question: Question, nobodyEnrolled: boolean): Cell {
  const without = withoutFinding(item, question);
  if (without) return [without];
  const [first, ...others] = strongestFirst(findingsOf(item, question)) as readonly [Finding, ...Finding[]];
  const lines = findingLines(first, nobodyEnrolled);
  // Where nothing points to generation, what speaks against it is what the headline rests on.
  const [reasons, against] =
    question === 'origin' && lines.for.length === 0 ? [lines.against, []] : [lines.for, lines.against];
  return [
    line('report.marked', { mark: { lines: [markOf(first)] }, text: { lines: [lines.headline] } }),
    ...reasons.slice(0, 1).map((reason) => line('report.summary.for', { reason: { lines: [reason] } })),
    ...against.slice(0, 1).map((reason) => line('report.summary.against', { reason: { lines: [reason] } })),
    ...(others.length > 0
      ? [
          line(others.some(isOpen) ? 'report.summary.others-open' : 'report.summary.others', {
            count: figure(others.length),
            open: figure(others.filter(isOpen).length),
            section: figure(SECTION_OF[question]),
          }),
        ]
      : []),
  ];
}

export function request({ statements }: Composing): Section {
  const answered = QUESTION_IDS.flatMap((id) =>
    statements.answers.filter((one) => one.question === id && one.item === null).map((one) => ({ id, one })),
  );
  return {
    number: 2,
    title: line('report.section.request'),
    blocks: [
      paragraph('request.questions'),
      { kind: 'list', items: QUESTIONS.map((question) => line(`question.${question}`)) },
      paragraph('request.stated'),
      answered.length > 0
        ? {
            kind: 'table',
            head: columns('asked', 'stated', 'record'),
            widths: [45, 43, 12],
            rows: answered.map(({ id, one }) => [
              [line(`law.question.${id}`)],
              statedValue(one),
              [figure(askedQuestion(id).record ?? '–')],
            ]),
          }
        : paragraph('request.nothing-stated'),
    ],
  };
}
