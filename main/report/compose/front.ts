/** Sections 0-2: cover, summary, request and questions. */
import type { Question } from '../../contract/finding.ts';
import { question as askedQuestion, QUESTION_IDS } from '../../law/index.ts';
import type { Block, Cell, Section } from '../document.ts';
import { findingLines, markOf } from '../finding-lines.ts';
import { type Line, line, type Text } from '../line.ts';
import type { ItemRecord } from '../record.ts';
import { type Composing, columns, figure, itemNumber, moment, pair, paragraph, quoted, small } from './composing.ts';
import { statedValue } from './stated.ts';

export function cover({ head, items, digest }: Composing): Section {
  const examined = items.filter(({ examination }) => examination !== null);
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
          pair('made-at', moment(head.madeAtMs), line('report.zone', { minutes: figure(head.zoneMinutes) })),
          pair('made-with', figure(head.app)),
          pair('machine', figure(`${head.machine.platform}, Node ${head.machine.node}`)),
          pair('item-count', figure(items.length)),
          pair(
            'log-head',
            line('report.log-head-value', { seq: figure(head.custody.seq), hash: figure(head.custody.hash) }),
          ),
          pair('json-digest', figure(digest)),
        ],
      },
      paragraph('cover.asked'),
      paragraph('cover.examined', { examined: figure(examined.length), items: figure(items.length) }),
      paragraph('cover.not-examined', {
        unexamined: figure(items.length - examined.length),
        incomplete: figure(incomplete.length),
      }),
      small('cover.limits'),
    ],
  };
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

export function summary({ head, items }: Composing): Section {
  const nobodyEnrolled = head.people.length === 0;
  return {
    number: 1,
    title: line('report.section.summary'),
    blocks: [
      paragraph('summary.how'),
      {
        kind: 'table',
        head: [...columns('item'), ...QUESTIONS.map((question) => line(`question.${question}`))],
        widths: [19, 27, 27, 27],
        rows: items.map((item) => [
          [itemNumber(item), quoted(item.name)],
          ...QUESTIONS.map((question) => answerCell(item, question, nobodyEnrolled)),
        ]),
      },
      small('summary.limits'),
    ],
  };
}

/** Marks and headlines of one question, then the strongest reason for and against; the states without a finding say which they are. */
function answerCell({ examination }: ItemRecord, question: Question, nobodyEnrolled: boolean): Cell {
  if (!examination) return [line('report.mark.not-examined')];
  if (examination.fault && question !== 'origin')
    return [line('report.mark.failed', { code: figure(examination.fault.code) })];
  const findings = examination.findings.filter((finding) => finding.question === question);
  if (findings.length === 0) return [line('report.mark.not-run')];
  return findings.flatMap((finding): Text[] => {
    const { headline, for: reasons, against } = findingLines(finding, nobodyEnrolled);
    const told: Line[] = [
      ...reasons.slice(0, 1).map((reason) => line('report.summary.for', { reason: { lines: [reason] } })),
      ...against.slice(0, 1).map((reason) => line('report.summary.against', { reason: { lines: [reason] } })),
    ];
    return [line('report.marked', { mark: { lines: [markOf(finding)] }, text: { lines: [headline] } }), ...told];
  });
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
