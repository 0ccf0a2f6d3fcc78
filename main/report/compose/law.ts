/** Sections 12-15: elements of provisions, counts, actors and duties, routes. Conclusions are left blank: there is no place for one. */
import {
  type ActDate,
  articleInEnglish,
  question as askedQuestion,
  type Bilingual,
  countsBeside,
  type DutyEntry,
  dueDate,
  dutyLedger,
  type ElementRow,
  elementTable,
  eventsOf,
  type LawPack,
  type Measured,
  measuredOfCase,
  type ProvisionInForce,
  PUBLICITY_COLUMNS,
  provisionsInForce,
  publicitySheet,
  routeEvents,
  type SchemeBeside,
  type Stated,
  UNKNOWN_CODES,
  voiceSheet,
} from '../../law/index.ts';
import type { Block, Cell, Section } from '../document.ts';
import { type Filling, type Line, line, type Text } from '../line.ts';
import {
  type Composing,
  columns,
  figure,
  itemNumber,
  pair,
  paragraph,
  quoted,
  small,
  subheading,
} from './composing.ts';
import { personLines, seenOrHeard } from './persons.ts';
import { statedValue } from './stated.ts';

/** Text of a law pack: ours or its author's, checked at import; both languages are carried, the document's is shown. */
const ofPack = (text: Bilingual): Filling => ({ pack: text });

/** Numbers of articles as each language writes them. */
const articleOf = ({ article }: { readonly article: string }): Filling =>
  ofPack({ zh: article, en: articleInEnglish(article) });

interface Records {
  readonly measured: readonly Measured[];
  readonly stated: readonly Stated[];
}

/** Of questioned items and their sources: samples of a person bear on nothing that somebody did. */
function recordsOf({ head, overview: { measured }, statements }: Composing): Records {
  return { measured: [...measured, ...measuredOfCase(head.counts, measured)], stated: statements.answers };
}

/** The day of the act as stated; null where it is not known. */
function actDate({ statements }: Composing): ActDate | null {
  const value = statements.answers.findLast(({ question }) => question === 'act-date')?.value;
  if (typeof value === 'string') return value;
  return typeof value === 'object' && 'from' in value ? value : null;
}

export function elements(composing: Composing): Section {
  const { packs, imported, refused, head } = composing;
  const act = actDate(composing);
  const records = recordsOf(composing);
  return {
    number: 12,
    title: line('report.section.elements'),
    blocks: [
      ...refused.map(({ id, sha256 }) => paragraph('elements.refused', { name: quoted(id), sha256: figure(sha256) })),
      paragraph('elements.how'),
      {
        kind: 'list',
        tone: 'small',
        items: UNKNOWN_CODES.map((code) => withCode(code, `law.unknown.${code}`)),
      },
      act === null
        ? paragraph('elements.no-date')
        : paragraph('elements.date', { date: figure(typeof act === 'string' ? act : `${act.from} – ${act.to}`) }),
      ...packs.flatMap((pack) => packBlocks(pack, imported.get(pack.id) ?? null, act, head.today, records)),
      ...recognisability(packs, records),
      ...publicity(composing),
      ...voices(composing, records),
      ...academic(packs),
    ],
  };
}

function packBlocks(
  pack: LawPack,
  imported: string | null,
  act: ActDate | null,
  today: string,
  records: Records,
): Block[] {
  const { applicable, proceedings, otherStanding, notInForce } = provisionsInForce(pack, act, today);
  const tables = [...applicable, ...proceedings].map((one) => ({ one, rows: elementTable(one.provision, records) }));
  const numbers = new SourceNumbers();
  const bearing = tables.filter(({ rows }) => rows.some(({ status }) => status !== 'N'));
  const rest = tables.filter(({ rows }) => rows.every(({ status }) => status === 'N'));
  return [
    subheading(ofPack(pack.name)),
    small('elements.pack', { asOf: figure(pack.asOf) }),
    ...(imported === null ? [] : [paragraph('elements.imported', { sha256: figure(imported) })]),
    ...bearing.flatMap(({ one, rows }) => provisionBlocks(numbers, one, rows)),
    ...listed(
      'elements.without-records',
      rest.map(({ one }) => one),
    ),
    ...(bearing.length > 0
      ? [paragraph('elements.sources'), { kind: 'list' as const, tone: 'small' as const, items: numbers.list(pack) }]
      : []),
    ...listed('elements.other-standing', otherStanding),
    ...(notInForce.length > 0
      ? [
          paragraph('elements.not-in-force'),
          {
            kind: 'list' as const,
            tone: 'small' as const,
            items: notInForce.map(({ provision, why, from, until }) =>
              line(`report.not-in-force.${why}`, {
                provision: ofPack(provision.instrument.name),
                article: articleOf(provision.versions.at(-1)!),
                from: figure(from ?? '–'),
                until: figure(until ?? '–'),
              }),
            ),
          },
        ]
      : []),
    ...(pack.notFound.length > 0
      ? [paragraph('elements.not-found'), { kind: 'list' as const, items: pack.notFound.map((text) => ofPack(text)) }]
      : []),
  ];
}

function listed(id: string, provisions: readonly ProvisionInForce[]): Block[] {
  if (provisions.length === 0) return [];
  return [
    paragraph(id),
    { kind: 'list', tone: 'small', items: provisions.map((one) => withWarning(provisionName(one), one)) },
  ];
}

function provisionName({ provision, version }: ProvisionInForce): Line {
  return line('report.provision', {
    instrument: ofPack(provision.instrument.name),
    article: articleOf(version),
    from: figure(version.from ?? '–'),
    standing: { answers: [`law.standing.${provision.standing}`] },
    level: { answers: [`law.level.${version.level}`] },
  });
}

/** Past its day of checking, that stands beside the provision wherever it is named. */
function withWarning(text: Line, { stale, version }: ProvisionInForce): Line {
  if (!stale) return text;
  const warning = line('law.note.stale', { checkBy: figure(version.checkBy) });
  return line('report.with-warning', { text: { lines: [text] }, warning: { lines: [warning] } });
}

/** Numbers of a pack's sources in the order in which provisions name them; listed once at the end of the pack. */
class SourceNumbers {
  readonly #numbers = new Map<string, number>();

  marksOf(ids: readonly string[]): string {
    return ids.map((id) => `[${this.#of(id)}]`).join(' ');
  }

  /** An address that nobody opened says so. */
  list({ sources }: LawPack): readonly Line[] {
    return [...this.#numbers].map(([id, number]) => {
      const { name, url, opened, checkedOn } = sources[id]!;
      const source = line(url === null ? 'report.source' : 'report.source-at', {
        number: figure(`[${number}]`),
        name: { pack: { zh: name, en: name } },
        url: figure(url ?? '–'),
        day: figure(checkedOn),
      });
      if (opened || url === null) return source;
      return line('report.with-warning', {
        text: { lines: [source] },
        warning: { lines: [line('law.note.cited-only')] },
      });
    });
  }

  #of(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.#numbers.size + 1);
    return this.#numbers.size;
  }
}

function provisionBlocks(numbers: SourceNumbers, one: ProvisionInForce, rows: readonly ElementRow[]): Block[] {
  const { provision, version, stale, partly, actPredates } = one;
  const warnings: Text[] = [
    ...(stale ? [line('law.note.stale', { checkBy: figure(version.checkBy) })] : []),
    ...(actPredates ? [line('law.note.act-predates', { from: figure(version.from ?? '–') })] : []),
    ...(partly ? [line('law.note.partly')] : []),
    ...(provision.caution ? [ofPack(provision.caution)] : []),
  ];
  return [
    { kind: 'heading', level: 3, text: provisionName(one) },
    { kind: 'paragraph', text: ofPack(provision.gist) },
    // Wording in the language of the law, as checked; in quotation marks.
    ...version.quotation.map(({ text }): Block => ({ kind: 'paragraph', tone: 'small', text: quoted(text) })),
    small('sources-of', { marks: figure(numbers.marksOf(version.sources)) }),
    ...(warnings.length > 0 ? [{ kind: 'list' as const, items: warnings }] : []),
    {
      kind: 'table',
      head: [
        line('law.heading.element'),
        line('law.heading.measured'),
        line('law.heading.stated'),
        line('law.heading.unknown'),
        line('law.heading.conclusion'),
      ],
      widths: [33, 23, 15, 14, 15],
      rows: rows.map(({ text, status, measured, leads, stated, remains }): Cell[] => [
        [line('report.element', { status: figure(status), text: ofPack(text) })],
        [...byCode(measured), ...leadsLine(leads)],
        statedKinds(stated),
        remains.map((code) => figure(code)),
        [],
      ]),
    },
  ];
}

/** Records of one kind are one line with their number: which items they are of stands in sections 3 to 8. */
function byCode(measured: readonly Measured[]): Cell {
  return [...Map.groupBy(measured, ({ code }) => code)].map(([code, own]) =>
    line('report.measured', {
      code: figure(code),
      text: { answers: [`law.record.${code}`] },
      count: figure(own.length),
    }),
  );
}

/** What bears on an element without showing it, in words. */
function leadsLine(leads: readonly Measured[]): Cell {
  const codes = [...new Set(leads.map(({ code }) => code))];
  return codes.length > 0
    ? [line('report.leads', { codes: { answers: codes.map((code) => `law.record.${code}`) } })]
    : [];
}

/** Statements by kind, of which section 2 has the words. */
function statedKinds(stated: readonly Stated[]): Cell {
  return [...new Set(stated.flatMap(({ question }) => askedQuestion(question).record ?? []))].map((code) =>
    withCode(code, `law.stated.${code}`),
  );
}

function withCode(code: string, words: string): Line {
  return line('report.with-code', { code: figure(code), text: { answers: [words] } });
}

function recognisability(packs: readonly LawPack[], { measured }: Records): Block[] {
  const tests = packs.flatMap((pack) => pack.recognisability);
  if (tests.length === 0) return [];
  return [
    subheading(line('law.heading.recognisability')),
    paragraph('recognisability.how'),
    {
      kind: 'table',
      head: columns('test', 'answered-by', 'we-add', 'on-record', 'answer'),
      widths: [24, 18, 26, 18, 14],
      rows: tests.map((test) => [
        [ofPack(test.name)],
        [ofPack(test.answeredBy)],
        [ofPack(test.weAdd)],
        byCode(measured.filter(({ code }) => test.measured.includes(code))),
        [],
      ]),
    },
  ];
}

function publicity({ overview: { numbers, suspectedSources }, statements }: Composing): Block[] {
  const named = new Set(statements.answers.flatMap(({ item }) => item ?? []));
  const sources = [...numbers.keys()].filter((sha256) => suspectedSources.has(sha256) || named.has(sha256));
  if (sources.length === 0) return [];
  const sheet = publicitySheet(sources, statements.answers);
  return [
    subheading(line('law.heading.publicity')),
    {
      kind: 'table',
      head: [...columns('item'), ...PUBLICITY_COLUMNS.map((id) => line(`law.question.${id}`))],
      widths: [12, 16, 16, 22, 12, 22],
      rows: sheet.map(({ item, answers }) => [
        [itemNumber({ number: numbers.get(item)! })],
        ...PUBLICITY_COLUMNS.map((id): Cell => {
          const value = answers[id];
          return value === null ? [line('report.not-stated')] : statedValue({ question: id, item, value });
        }),
      ]),
    },
    small('publicity.scope'),
  ];
}

/** Witness sheets printed: a case of thousands of recordings would be thousands of empty ones. */
const MAX_SHEETS = 200;

/** A witness sheet beside every voice similarity, with lines to fill in where nobody was asked. Those that were come first. */
function voices({ overview: { numbers }, statements }: Composing, { measured }: Records): Block[] {
  const asked = voiceSheet(measured, statements.witnesses).toSorted((a, b) => b.witnesses.length - a.witnesses.length);
  const left = asked.length - MAX_SHEETS;
  const sheets = asked.slice(0, MAX_SHEETS).flatMap(({ similarity, witnesses }): Block[] => {
    const number = numbers.get(similarity.item ?? '');
    return [
      subheading(line('law.heading.voice-sheet')),
      paragraph('voice-sheet.how', {
        item: number === undefined ? figure('–') : { lines: [itemNumber({ number })] },
      }),
      {
        kind: 'table',
        head: ['name', 'relation', 'on', 'recognised', 'by', 'told'].map((id) => line(`law.witness.${id}`)),
        widths: [18, 14, 14, 12, 28, 14],
        rows: [
          ...witnesses.map((witness): Cell[] => [
            [quoted(witness.name)],
            [quoted(witness.relation)],
            [figure(witness.on ?? '–')],
            [
              {
                answers: [witness.recognised === 'unsure' ? 'law.witness.unsure' : `law.answer.${witness.recognised}`],
              },
            ],
            [quoted(witness.by)],
            [{ answers: [`law.answer.${witness.told}`] }],
          ]),
          ...(witnesses.length === 0 ? Array.from({ length: 3 }, () => blankRow(6)) : []),
        ],
      },
    ];
  });
  return left > 0 ? [...sheets, paragraph('voice-sheet.more', { count: figure(left) })] : sheets;
}

/** To be written into by hand: empty cells would leave no height for it. */
function blankRow(cells: number): Cell[] {
  return Array.from({ length: cells }, (): Cell => [figure(NO_BREAK_SPACE), figure(NO_BREAK_SPACE)]);
}

const NO_BREAK_SPACE = '\u00a0';

function academic(packs: readonly LawPack[]): Block[] {
  return packs.flatMap(({ academic: views }) => {
    if (!views) return [];
    const rows = [...views.views, ...views.differences].map(({ section, view, law }): Cell[] => [
      // Sections of a Chinese paper, in a row.
      [ofPack({ zh: section, en: section.replaceAll('、', ', ') })],
      [ofPack(view)],
      [ofPack(law)],
    ]);
    return [
      {
        kind: 'box' as const,
        tone: 'academic' as const,
        blocks: [
          subheading(line('law.heading.academic')),
          paragraph('academic.how', { paper: quoted(views.paper) }),
          { kind: 'table' as const, head: columns('section', 'view', 'law'), widths: [10, 45, 45], rows },
        ],
      },
    ];
  });
}

export function counts(composing: Composing): Section {
  const { head, packs } = composing;
  const { files, distinct, nearDuplicateGroups, withoutScenes, persons, spread } = head.counts;
  const act = actDate(composing);
  return {
    number: 13,
    title: line('report.section.counts'),
    blocks: [
      paragraph('counts.how'),
      {
        kind: 'pairs',
        rows: [
          pair('files', figure(files)),
          pair('distinct', figure(distinct)),
          pair(
            'groups',
            figure(nearDuplicateGroups),
            ...(withoutScenes > 0 ? [line('report.without-scenes', { count: figure(withoutScenes) })] : []),
          ),
          pair('persons', ...personLines(persons)),
          pair('authority-count'),
        ],
      },
      ...(spread.length > 0
        ? [
            {
              kind: 'table' as const,
              head: columns('source', 'files'),
              widths: [80, 20],
              rows: spread.map(({ source, files: own }) => [[quoted(source)], [figure(own)]]),
            },
          ]
        : []),
      ...packs.flatMap((pack) => {
        const sheet = countsBeside(
          { files, distinct, nearDuplicateGroups, persons: seenOrHeard(persons), spread, declared: [] },
          pack,
          typeof act === 'string' ? act : (act?.from ?? null),
          head.today,
        );
        return [
          ...schemeTable(sheet.schemes, 'counts.schemes'),
          ...(sheet.academic.length > 0
            ? [
                {
                  kind: 'box' as const,
                  tone: 'academic' as const,
                  blocks: schemeTable(sheet.academic, 'counts.academic'),
                },
              ]
            : []),
        ];
      }),
    ],
  };
}

function schemeTable(schemes: readonly SchemeBeside[], id: string): Block[] {
  if (schemes.length === 0) return [];
  return [
    paragraph(id),
    {
      kind: 'table',
      head: columns('scheme', 'tiers'),
      widths: [44, 56],
      // A rule is one row: a number on the next page would stand there without it.
      rows: schemes.map(({ scheme, actPredates, staleSince }): Cell[] => [
        [
          ofPack(scheme.name),
          ...(actPredates ? [line('report.act-predates')] : []),
          ...(staleSince === null ? [] : [line('law.note.stale', { checkBy: figure(staleSince) })]),
        ],
        scheme.tiers.map(({ count, of }) =>
          count === null
            ? line('report.tier-none', { of: ofPack(of) })
            : line('report.tier', { of: ofPack(of), count: figure(count) }),
        ),
      ]),
    },
  ];
}

export function duties(composing: Composing): Section {
  const { packs, head, statements } = composing;
  const records = { ...recordsOf(composing), entries: statements.duties };
  const act = actDate(composing);
  const known = new Set(packs.flatMap((pack) => pack.duties.map(({ id }) => id)));
  const others = statements.duties.filter(({ duty }) => !known.has(duty));
  return {
    number: 14,
    title: line('report.section.duties'),
    blocks: [
      paragraph('duties.how'),
      ...packs.flatMap((pack): Block[] => {
        const ledger = dutyLedger(pack, act, head.today, records);
        if (ledger.length === 0) return [];
        return [
          {
            kind: 'table',
            head: columns('holder', 'duty', 'duty-source', 'on-record', 'as-stated'),
            widths: [12, 25, 26, 21, 16],
            rows: ledger.map(({ duty, sources, measured, entries }): Cell[] => [
              [{ answers: [`law.holder.${duty.holder}`] }],
              [ofPack(duty.text)],
              sources.map((source) =>
                withWarning(
                  line('report.duty-source', {
                    instrument: ofPack(source.provision.instrument.name),
                    article: articleOf(source.version),
                  }),
                  source,
                ),
              ),
              byCode(measured),
              entries.length > 0 ? entries.map((one) => dutyEntry(one)) : [line('report.not-stated')],
            ]),
          },
        ];
      }),
      // Stated of a duty that these packs do not hold: said all the same.
      ...(others.length > 0
        ? [paragraph('duties.other'), { kind: 'list' as const, items: others.map((one) => dutyEntry(one)) }]
        : []),
    ],
  };
}

function dutyEntry({ actor, asStated, facts }: DutyEntry): Line {
  return line('report.duty-entry', {
    actor: quoted(actor),
    state: { answers: [`law.duty.${asStated}`] },
    facts: quoted(facts),
  });
}

/** An instant as people write one, its zone named; a day as it is. */
function atWritten(at: string): string {
  const [, day, time, zone] = /^([\d-]{10})T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(.+)$/.exec(at) ?? [];
  return day ? `${day} ${time} ${zone === 'Z' ? 'UTC' : `UTC${zone}`}` : at;
}

export function routes({ packs, statements }: Composing): Section {
  const events = routeEvents(statements);
  return {
    number: 15,
    title: line('report.section.routes'),
    blocks: [
      paragraph('routes.how'),
      ...packs.map(
        (pack): Block => ({
          kind: 'table',
          head: columns('route', 'bring', 'events', 'clocks'),
          widths: [22, 27, 22, 29],
          rows: pack.routes.map((route): Cell[] => {
            const own = events.filter(({ route: code }) => code === route.code);
            return [
              [
                ofPack(route.name),
                ...(route.contact
                  ? [
                      line(`report.contact-${route.contact.checked ? 'checked' : 'unchecked'}`, {
                        contact: figure(route.contact.text),
                      }),
                    ]
                  : []),
              ],
              route.bring.map(ofPack),
              own.length > 0
                ? own.flatMap(({ event, at, number, answer }) => [
                    line('report.route-event', {
                      event: { answers: [`report.event.${event}`] },
                      at: figure(atWritten(at)),
                    }),
                    ...(number ? [line('report.route-number', { number: quoted(number) })] : []),
                    ...(answer ? [line('report.route-answer', { answer: quoted(answer) })] : []),
                  ])
                : [line('report.not-stated')],
              route.clocks.map((clock) => {
                const due = dueDate(clock, eventsOf(route.code, own));
                const told = line(`report.clock.${due.state}`, {
                  clock: ofPack(clock.text),
                  at: figure(due.state === 'due' ? atWritten(due.at) : '–'),
                  needs: due.state === 'start-unknown' ? { answers: [`report.event.${due.needs}`] } : figure('–'),
                });
                if (due.state !== 'due' || !due.mayMove) return told;
                const warning = line('law.note.may-move');
                return line('report.with-warning', { text: { lines: [told] }, warning: { lines: [warning] } });
              }),
            ];
          }),
        }),
      ),
    ],
  };
}
