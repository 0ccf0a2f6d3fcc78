/** Sections 0-2: cover, summary, request and questions. */
import type { Finding, Question } from '../../contract/finding.ts';
import { question as askedQuestion, QUESTION_IDS } from '../../law/index.ts';
import type { Block, Cell, Section } from '../document.ts';
import { findingLines, markOf } from '../finding-lines.ts';
import { type Line, line, lineOf, type Text } from '../line.ts';
import type { ItemRecord } from '../record.ts';
import { type Composing, columns, figure, itemNumber, moment, pair, paragraph, quoted, small } from './composing.ts';
import { statedValue } from './stated.ts';

export function cover({ head, items, statements, digest }: Composing): Section {
  const own = items.filter(({ role }) => role !== 'reference');
  const examined = own.filter(({ examination }) => examination !== null);
  const incomplete = examined.filter(({ examination }) =>
    examination!.outcomes.some(({ status }) => status !== 'evidence' && status !== 'notApplicable'),
  );
  return {
    number: 0,
    title: line('report.section.cover'),
    blocks: [
      ...integrityFirst(head, items),
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
              questioned: figure(own.length),
              reference: figure(items.length - own.length),
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
      paragraph('cover.examined', { examined: figure(examined.length), items: figure(own.length) }),
      paragraph('cover.not-examined', {
        unexamined: figure(own.length - examined.length),
        incomplete: figure(incomplete.length),
      }),
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

/** What does not hold is the first thing that is said. */
function integrityFirst({ custody }: Composing['head'], items: readonly ItemRecord[]): Block[] {
  const wrong = items.filter(({ integrity }) => ['changed', 'gone', 'unreadable'].includes(integrity.state));
  const lines: Text[] = [
    ...(custody.holds ? [] : [line('report.integrity.log', { seq: figure(custody.brokenAt ?? '–') })]),
    ...wrong.map((item) =>
      line(`report.integrity.${item.integrity.state}`, {
        item: { lines: [itemNumber(item)] },
        sha256: figure(item.sha256),
        code: figure(item.integrity.code ?? '–'),
      }),
    ),
  ];
  if (lines.length === 0) return [paragraph('integrity.all', { items: figure(items.length) })];
  return [{ kind: 'box', tone: 'notice', blocks: [paragraph('integrity.wrong'), { kind: 'list', items: lines }] }];
}

const QUESTIONS: readonly Question[] = ['origin', 'synthesis', 'likeness'];

/** First how often each answer was given, then one row an item. Begins a page: a small case fits on it. */
export function summary({ head, items, all }: Composing): Section {
  const nobodyEnrolled = head.people.length === 0;
  const questioned = (some: readonly ItemRecord[]) => some.filter(({ role }) => role !== 'reference');
  const own = questioned(items);
  return {
    number: 1,
    title: line('report.section.summary'),
    ownPage: true,
    blocks: [
      paragraph('summary.how'),
      {
        kind: 'pairs',
        rows: QUESTIONS.map((question): readonly [Text, Cell] => [
          line(`question.${question}`),
          tally(questioned(all), question),
        ]),
      },
      {
        kind: 'table',
        head: [...columns('item'), ...QUESTIONS.map((question) => line(`question.${question}`))],
        widths: [16, 24, 29, 31],
        rows: own.map((item) => [
          [itemNumber(item), quoted(item.name)],
          ...QUESTIONS.map((question) => answerCell(item, question, nobodyEnrolled)),
        ]),
      },
      small('summary.limits'),
    ],
  };
}

/** The states of one question over all items, each item counted once by what speaks loudest in it. */
function tally(items: readonly ItemRecord[], question: Question): Cell {
  const states = items.map((item) => stateOf(item, question));
  return [...Map.groupBy(states, (state) => JSON.stringify(state))].map(([key, own]) =>
    line('report.summary.tally', { state: { lines: [JSON.parse(key) as Line] }, count: figure(own.length) }),
  );
}

function stateOf(item: ItemRecord, question: Question): Line {
  const without = withoutFinding(item, question);
  if (without) return without;
  const mark = markOf(strongestFirst(findingsOf(item, question))[0]!);
  return line(`report.state.${mark.id.replace('report.mark.', '')}`, { mark: { lines: [mark] } });
}

const findingsOf = ({ examination }: ItemRecord, question: Question): readonly Finding[] =>
  examination?.findings.filter((finding) => finding.question === question) ?? [];

/** Why there is no finding at all; null where there is one. */
function withoutFinding(item: ItemRecord, question: Question): Line | null {
  const { examination } = item;
  if (!examination) return line('report.mark.not-examined');
  if (examination.fault && question !== 'origin')
    return line('report.mark.failed', { why: { lines: [lineOf(examination.fault)] } });
  return findingsOf(item, question).length === 0 ? line('report.mark.not-run') : null;
}

/** By the calibrated figure, then by similarity; what has neither comes last, in the order of the record. */
function strongestFirst(findings: readonly Finding[]): readonly Finding[] {
  const weight = ({ llr, for: reasons }: Finding): number => {
    const similarity = reasons[0]?.params.similarity;
    return llr ?? (typeof similarity === 'number' ? similarity : Number.NEGATIVE_INFINITY);
  };
  return findings.toSorted((a, b) => compare(weight(b), weight(a)));
}

const compare = (a: number, b: number): number => (a < b ? -1 : Number(a > b));

const SECTION_OF: Readonly<Record<Question, number>> = { origin: 6, synthesis: 7, likeness: 8 };

/** Mark and headline of the strongest finding with its first reason for and against, and how many others there are. */
function answerCell(item: ItemRecord, question: Question, nobodyEnrolled: boolean): Cell {
  const without = withoutFinding(item, question);
  if (without) return [without];
  const [first, ...others] = strongestFirst(findingsOf(item, question)) as readonly [Finding, ...Finding[]];
  const { headline, for: reasons, against } = findingLines(first, nobodyEnrolled);
  return [
    line('report.marked', { mark: { lines: [markOf(first)] }, text: { lines: [headline] } }),
    ...reasons.slice(0, 1).map((reason) => line('report.summary.for', { reason: { lines: [reason] } })),
    ...against.slice(0, 1).map((reason) => line('report.summary.against', { reason: { lines: [reason] } })),
    ...(others.length > 0
      ? [line('report.summary.others', { count: figure(others.length), section: figure(SECTION_OF[question]) })]
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
