/** Sections 5-10: methods, provenance, signs of synthesis, likeness, all taken together, and what was not examined. */
import { measuredRuns, type Stretch, unmeasuredOf } from '../../contract/course.ts';
import type { Fact } from '../../contract/fact.ts';
import type { Finding, Question } from '../../contract/finding.ts';
import { median } from '../../contract/median.ts';
import { openEndOf } from '../../contract/open-end.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { OtherVersions } from '../../contract/versions.ts';
import { figureOf, sentences } from '../../strings/index.ts';
import type { Block, Section } from '../document.ts';
import { findingLines, isOpen, markOf, openLine } from '../finding-lines.ts';
import { analyzerName, type Filling, type Line, line, lineOf, type Text } from '../line.ts';
import { type Overview, QUESTIONS } from '../overview.ts';
import type { ExaminationRecord, ItemRecord } from '../record.ts';
import {
  type Composing,
  columns,
  factName,
  factNameFillings,
  factValue,
  figure,
  hasWords,
  itemNumber,
  moment,
  numberRanges,
  pair,
  paragraph,
  place,
  quoted,
  small,
  sourceName,
  subheading,
} from './composing.ts';
import { errorRates } from './error-rates.ts';

type Examined = ItemRecord & { readonly examination: ExaminationRecord };

const examinedOf = (items: readonly ItemRecord[]) =>
  items.filter((item): item is Examined => item.examination !== null);

const titleOf = (item: ItemRecord): Block =>
  subheading(line('report.item-title', { number: figure(item.number), name: quoted(item.name) }));

export function methods({ head, items, overview }: Composing): Section {
  const { models, apps } = overview;
  return {
    number: 5,
    title: line('report.section.methods'),
    blocks: [
      paragraph('methods.how', {
        apps: figure([...apps].sort().join(', ') || '–'),
        app: figure(head.app),
        platform: figure(head.machine.platform),
      }),
      {
        kind: 'table',
        head: columns('analyzer', 'version', 'run-on', 'outcomes'),
        widths: [38, 12, 14, 36],
        rows: analyzerRows(overview),
      },
      paragraph('methods.models'),
      models.size > 0
        ? {
            kind: 'table',
            head: columns('model', 'sha256'),
            widths: [30, 70],
            rows: [...models]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([id, digests]) => [[figure(id)], [...digests].sort().map((sha256) => figure(sha256))]),
          }
        : paragraph('methods.no-models'),
      ...otherVersions(overview),
      {
        kind: 'table',
        head: columns('item', 'media', 'depth', 'started', 'ended'),
        widths: [10, 33, 23, 17, 17],
        rows: examinedOf(items).map((item) => {
          const { media, settings, startedAtMs, endedAtMs } = item.examination;
          return [
            [itemNumber(item)],
            [figure(mediaText(media))],
            settingsCell(settings, media.kind),
            [moment(startedAtMs)],
            [moment(endedAtMs)],
          ];
        }),
      },
      paragraph('methods.calibrations'),
      ...calibrationTable(head.calibrations),
      small('methods.cards'),
    ],
  };
}

/** Characters of a digest that tell it from others: the whole stands in the table of models and in the JSON. */
const DIGEST_HEAD = 12;

/** What items were examined with that is not what the program that makes the report has. */
function otherVersions({ otherVersions: others, apps }: Overview): Block[] {
  if (apps.size === 0) return [];
  if (others.length === 0) return [paragraph('methods.same-versions')];
  const version = (kind: keyof OtherVersions, value: string) =>
    figure(kind === 'models' ? `${value.slice(0, DIGEST_HEAD)}…` : value);
  return [
    paragraph('methods.other-versions'),
    {
      kind: 'table',
      head: columns('analyzer', 'version-then', 'version-now', 'item'),
      widths: [38, 20, 20, 22],
      rows: others.map(({ kind, id, examined, installed, numbers }) => [
        [versionedName(kind, id)],
        [examined === null ? line('report.version.not-there') : version(kind, examined)],
        [installed === null ? line('report.version.gone') : version(kind, installed)],
        [figure(numberRanges(numbers))],
      ]),
    },
  ];
}

function versionedName(kind: keyof OtherVersions, id: string): Line {
  if (kind === 'models') return line('report.model-name', { id: figure(id) });
  if (kind === 'trustLists') return line('versions.trust-list', { name: { answers: [`trust-list.${id}`] } });
  return line('report.analyzer-name', { name: analyzerName(id), id: figure(id) });
}

/** The pass; of films the fewest pictures a second that were looked at, of what can hold sound the language that the user stated. */
function settingsCell(
  { depth, fps, language }: ExaminationRecord['settings'],
  kind: ExaminationRecord['media']['kind'],
): Text[] {
  const heard = kind === 'video' || kind === 'audio';
  return [
    { answers: [`report.depth.${depth}`] },
    ...(kind === 'video' ? [line('report.setting.fps', { fps: figure(fps) })] : []),
    ...(heard && typeof language === 'string'
      ? [line('report.setting.language', { language: languageNames([language]) })]
      : []),
  ];
}

/** On what each model's calibration rests: counts by class and source, how much it tells, and what it covers. */
function calibrationTable(calibrations: Composing['head']['calibrations']): Block[] {
  if (calibrations.length === 0) return [paragraph('methods.no-calibrations')];
  return [
    {
      kind: 'table',
      head: columns('model', 'genuine', 'synthetic', 'tells', 'covers'),
      widths: [13, 27, 27, 17, 16],
      rows: calibrations.flatMap(({ model, domain, scores }) =>
        scores.map(({ id, usable, genuine, synthetic, llrMin, llrMax, cllr }): Text[][] => [
          [figure(model), figure(id)],
          sourcesCell(genuine),
          sourcesCell(synthetic),
          [
            line('report.calibration.cllr', { cllr: figure(cllr.toFixed(2)) }),
            line('report.calibration.bounds', { least: figure(llrMin.toFixed(1)), most: figure(llrMax.toFixed(1)) }),
            ...(usable ? [] : [line('report.calibration.unusable')]),
          ],
          domainCell(domain),
        ]),
      ),
    },
  ];
}

/** How many items in all, then by source: repositories, of which there are many, in one line. */
function sourcesCell(sources: Readonly<Record<string, number>>): Text[] {
  const all = Object.entries(sources);
  const repositories = all.filter(([source]) => source.includes('/') && !hasWords(source));
  const named = all.filter((one) => !repositories.includes(one));
  const total = (some: typeof all) => figure(some.reduce((sum, [, count]) => sum + count, 0));
  return [
    line('report.calibration.count', { count: total(all) }),
    ...named.map(([source, count]) =>
      line('report.calibration.source', { source: sourceName(source), count: figure(count) }),
    ),
    ...(repositories.length === 0
      ? []
      : [
          line('report.calibration.examples', {
            repositories: figure(repositories.length),
            count: total(repositories),
            list: figure(repositories.map(([source, count]) => `${source} ${count}`).join(', ')),
          }),
        ]),
  ];
}

function domainCell(domain: Composing['head']['calibrations'][number]['domain']): Text[] {
  const { facePx, minSharpness, minSpeechS, minSampleRate, codecs, languages, mostSuppression } = domain;
  return [
    ...(facePx ? [line('report.domain.face', { least: figure(facePx[0]), most: figure(facePx[1]) })] : []),
    ...(minSharpness === null ? [] : [line('report.domain.sharpness', { least: figure(minSharpness) })]),
    ...(minSpeechS === null ? [] : [line('report.domain.speech', { least: figure(minSpeechS) })]),
    ...(minSampleRate === null ? [] : [line('report.domain.rate', { least: figure(minSampleRate) })]),
    ...(codecs ? [line('report.domain.codecs', { codecs: figure(codecs.join(', ')) })] : []),
    ...(languages ? [line('report.domain.languages', { languages: languageNames(languages) })] : []),
    ...(mostSuppression === undefined ? [] : [line('report.domain.suppression')]),
  ];
}

function languageNames(codes: readonly string[]): Filling {
  const ids = codes.map((code) => `language.${code}`);
  return ids.every((id) => sentences.has(id)) ? { answers: ids } : figure(codes.join(', '));
}

function mediaText({ mediaType, durationS, width, height, codecs }: ExaminationRecord['media']): string {
  const size = width !== null && height !== null ? [`${width}×${height}`] : [];
  return [mediaType, ...size, ...(durationS === null ? [] : [`${durationS.toFixed(1)} s`]), ...codecs].join(', ');
}

/** One row an analyzer and version: on how many items it was planned, and how its outcomes ended. */
function analyzerRows({ analyzers }: Composing['overview']): Text[][][] {
  return analyzers.map(({ analyzer, version, items, outcomes }) => [
    [line('report.analyzer-name', { name: analyzerName(analyzer), id: figure(analyzer) })],
    [figure(version)],
    [figure(items)],
    [...outcomes].map(([status, count]) =>
      line('report.status-count', { status: { answers: [`status.${status}`] }, count: figure(count) }),
    ),
  ]);
}

export function provenance({ head, items }: Composing): Section {
  return {
    number: 6,
    title: line('report.section.provenance'),
    blocks: [
      paragraph('provenance.how'),
      ...examinedOf(items).flatMap((item) => [
        titleOf(item),
        ...findingBlocks(item, 'origin', head),
        ...factTable(item.examination.outcomes.filter((outcome) => bearsOn(outcome) === 'origin')),
      ]),
    ],
  };
}

export function synthesis({ head, items }: Composing): Section {
  return {
    number: 7,
    title: line('report.section.synthesis'),
    blocks: [
      paragraph('synthesis.pair'),
      ...examinedOf(items).flatMap((item) => [
        titleOf(item),
        ...findingBlocks(item, 'synthesis', head),
        ...cropFigures(item),
        ...signs(item.examination.outcomes.filter((outcome) => bearsOn(outcome) === 'synthesis')),
      ]),
    ],
  };
}

export function likeness({ head, items }: Composing): Section {
  const nobodyEnrolled = head.people.length === 0;
  // Whoever was removed since was compared with all the same.
  const compared = examinedOf(items).filter(({ examination: { findings } }) =>
    findings.some(({ question, reference }) => question === 'likeness' && reference !== null),
  );
  const shown = nobodyEnrolled ? compared : examinedOf(items);
  return {
    number: 8,
    title: line('report.section.likeness'),
    blocks: [
      paragraph('likeness.spoof-first'),
      ...(nobodyEnrolled ? [paragraph(compared.length > 0 ? 'likeness.nobody-now' : 'likeness.nobody')] : []),
      ...shown.flatMap((item) => [
        titleOf(item),
        ...findingBlocks(item, 'likeness', head),
        ...factTable(item.examination.outcomes.filter((outcome) => bearsOn(outcome) === 'likeness')),
      ]),
    ],
  };
}

/** The question under which an outcome's facts are printed; none for hashes of scenes, which only a machine compares: the JSON has them. */
function bearsOn({ analyzer }: Outcome): Question | null {
  if (analyzer.startsWith('provenance-')) return 'origin';
  if (analyzer.endsWith('-likeness')) return 'likeness';
  return analyzer === 'scene-hash' ? null : 'synthesis';
}

/**
 * What detectors scored, drawn over time, and apart from it what is measured without any figure of what it is worth: there, of what was
 * measured again and again the median alone, which is a fact of its own.
 */
function signs(outcomes: readonly Outcome[]): Block[] {
  const { scored = [], measured = [] } = Object.groupBy(outcomes, ({ analyzer }) =>
    analyzer.startsWith('synthetic-') ? 'scored' : 'measured',
  );
  const once = measured.map((outcome) => ({ ...outcome, facts: [...seriesApart(outcome.facts, 2).single] }));
  const left = measured.reduce((sum, { facts }, at) => sum + facts.length - once[at]!.facts.length, 0);
  const measures = factTable(once);
  return [
    ...factTable(scored),
    ...(measures.length > 0 ? [paragraph('synthesis.measures'), ...measures] : []),
    ...(left > 0 ? [small('more-facts', { count: figure(left) })] : []),
  ];
}

function findingBlocks({ examination }: Examined, question: Question, head: Composing['head']): Block[] {
  const findings = examination.findings.filter((finding) => finding.question === question);
  if (findings.length === 0) return [paragraph('no-finding')];
  return findings.map((finding) => ({ kind: 'pairs', rows: findingRows(finding, examination, head) }));
}

function findingRows(finding: Finding, examination: ExaminationRecord, { people, calibrations }: Composing['head']) {
  const lines = findingLines(finding, people.length === 0);
  const pairOf = finding.propositions.map(({ code }) => line(`proposition.${code}`));
  const whenAny = (id: string, texts: readonly Line[]) => (texts.length > 0 ? [pair(id, ...texts)] : []);
  const end = openEndOf(finding);
  const nothingToCompare = end === 'notApplicable' || end === 'nobody';
  const rates = finding.question === 'synthesis' ? errorRates(finding, examination, calibrations) : [];
  return [
    pair('finding', line('report.marked', { mark: { lines: [markOf(finding)] }, text: { lines: [lines.headline] } })),
    ...(nothingToCompare
      ? []
      : [
          pair(
            'propositions',
            line('report.proposition-pair', { first: { lines: [pairOf[0]!] }, second: { lines: [pairOf[1]!] } }),
          ),
          pair('ratio', finding.llr === null ? line('report.ratio-none') : figure(figureOf('llr', finding.llr))),
        ]),
    ...whenAny('rates-of', rates),
    ...whenAny(forOf(finding), lines.for),
    ...whenAny('against', lines.against),
    ...whenAny('open-rows', lines.open),
  ];
}

/** A similarity is measured; whether it speaks for a person is told by a ratio alone. */
const forOf = ({ question }: Finding) => (question === 'likeness' ? 'similarity' : 'for');

/** Facts printed of one analyzer and subject; the JSON has all. */
const MAX_FACTS = 40;

function factTable(outcomes: readonly Outcome[]): Block[] {
  const sorted = outcomes.map((outcome) => ({ ...outcome, ...seriesApart(outcome.facts) }));
  const rows = sorted.flatMap(({ analyzer, subject, single, series }) => {
    const who = [analyzerName(analyzer), ...(subject === 'file' ? [] : [{ subject }])];
    return [
      ...single
        .slice(0, MAX_FACTS)
        .map((fact): Text[][] => [
          who,
          [factName(fact)],
          [factValue(fact)],
          [
            fact.strength === null ? figure('–') : figure(fact.strength),
            ...(fact.says ? [line(`says.${fact.says}`)] : []),
          ],
          [place(fact.at)],
        ]),
      ...series.map((own): Text[][] => [who, [factName(own[0]!)], [seriesLine(own)], [figure('–')], [spanOf(own)]]),
    ];
  });
  const hidden = sorted.reduce((sum, { single }) => sum + Math.max(0, single.length - MAX_FACTS), 0);
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      head: columns('analyzer', 'fact', 'value', 'strength', 'where'),
      widths: [21, 26, 25, 12, 16],
      rows,
    },
    ...(hidden > 0 ? [small('more-facts', { count: figure(hidden) })] : []),
    ...sorted.flatMap(({ subject, series }) => series.flatMap((own) => courseOf(subject, own))),
  ];
}

/** Facts with a number, in the order of an analyzer. */
type Measure = Fact & { readonly value: number };

/** Fewer values of a kind are printed one by one. */
const LEAST_SERIES = 4;

/** What was measured again and again (frames, stretches, squares) apart from what was measured once: it is printed as its spread. */
function seriesApart(
  facts: readonly Fact[],
  least = LEAST_SERIES,
): {
  readonly single: readonly Fact[];
  readonly series: readonly (readonly Measure[])[];
} {
  const byId = Map.groupBy(facts, ({ id }) => id);
  const isSeries = (own: readonly Fact[]) => own.length >= least && own.every(isMeasure);
  return {
    single: facts.filter(({ id }) => !isSeries(byId.get(id)!)),
    series: [...byId.values()].filter(isSeries).map((own) => own.filter(isMeasure)),
  };
}

function isMeasure(fact: Fact): fact is Measure {
  return typeof fact.value === 'number';
}

function seriesLine(own: readonly Measure[]): Line {
  const values = own.map(({ value }) => value).sort((a, b) => a - b);
  const [{ id, unit }] = own as readonly [Measure];
  const told = (value: number) => factValue(unit === undefined ? { id, value } : { id, value, unit });
  return line('report.series', {
    count: figure(values.length),
    least: told(values[0]!),
    median: told(median(values)),
    most: told(values.at(-1)!),
  });
}

/** The whole time that a series covers; nothing where its places are not times. */
function spanOf(own: readonly Measure[]): Filling {
  const times = timesOf(own);
  return times.length < own.length ? figure('–') : place({ from: times[0]!.from, to: times.at(-1)!.to });
}

function timesOf(own: readonly Measure[]) {
  return own
    .flatMap(({ at, value }) => (at !== null && 'from' in at ? [{ ...at, value }] : []))
    .sort((a, b) => a.from - b.from);
}

function courseOf(subject: string, own: readonly Measure[]): Block[] {
  const times = timesOf(own);
  if (times.length < own.length) return [];
  const course = times.map(({ from, to, value }) => ({ fromS: from, toS: to, value }));
  return [
    {
      kind: 'course',
      caption: line('report.course', {
        subject: { subject },
        what: { lines: [line('report.fact-name', factNameFillings(own[0]!))] },
        spread: { lines: [seriesLine(own), ...gapLines(course)] },
        span: spanOf(own),
      }),
      runs: measuredRuns(course).map((run) => run.map(({ fromS, toS, value }) => ({ atS: (fromS + toS) / 2, value }))),
    },
  ];
}

function gapLines(course: readonly Stretch[]): Line[] {
  const gaps = unmeasuredOf(course);
  if (!gaps) return [];
  const { count, longest } = gaps;
  return [
    line('report.course-gaps', { count: figure(count), longest: place({ from: longest.fromS, to: longest.toS }) }),
  ];
}

/** Faces shown of one item. */
export const MAX_CROPS = 4;

function cropFigures({ examination: { crops } }: Examined): Block[] {
  return crops.slice(0, MAX_CROPS).map(({ name, subject, timeS, box }) => ({
    kind: 'figure',
    picture: name,
    caption: line('report.crop', {
      subject: { subject },
      at: figure(`${timeS.toFixed(2)} s`),
      size: figure(`${Math.round(box.w)}×${Math.round(box.h)} px`),
    }),
  }));
}

export function together({ head, items, overview }: Composing): Section {
  const nobodyEnrolled = head.people.length === 0;
  return {
    number: 9,
    title: line('report.section.together'),
    blocks: [
      paragraph('together.how'),
      ...examinedOf(items).flatMap((item): Block[] => {
        const { findings } = item.examination;
        const told = findings.map((finding) => ({ finding, lines: findingLines(finding, nobodyEnrolled) }));
        const { for: supporting = [], similarity = [] } = Object.groupBy(
          told.flatMap(({ finding, lines }) =>
            lines.for.map((reason) => ({ row: forOf(finding), reason: aboutSubject(finding, reason) })),
          ),
          ({ row }) => row,
        );
        // Limits are often those of several faces or voices alike, and stand once; a figure is that of one.
        const against = told.flatMap(({ finding, lines }) =>
          lines.against.map((reason) => (FIGURES.has(reason.id) ? aboutSubject(finding, reason) : reason)),
        );
        const unresolved = told
          .filter(({ finding }) => finding.question !== 'origin' && isOpen(finding))
          .map(({ lines }) => lines.headline);
        return [
          titleOf(item),
          {
            kind: 'pairs',
            rows: [
              pair('for', ...orNone(supporting.map(({ reason }) => reason))),
              ...(similarity.length > 0 ? [pair('similarity', ...unique(similarity.map(({ reason }) => reason)))] : []),
              pair('against', ...orNone(against)),
              pair('unresolved', ...orNone(unresolved)),
              ...assessmentRows(item),
            ],
          },
        ];
      }),
      ...briefTable(items, overview),
    ],
  };
}

const FIGURES: ReadonlySet<string> = new Set(['reason.synthesis.score', 'reason.synthesis.answer']);

/** Beside those of other faces and voices a reason says whose it is. */
function aboutSubject({ question, subject }: Finding, reason: Line): Line {
  if (question === 'origin') return reason;
  return line('report.about-subject', { subject: { subject }, text: { lines: [reason] } });
}

/** Rows for items that are not printed one by one; further ones are named by their numbers alone. */
const MAX_BRIEF = 1000;

/** Each item with something told of it stands in a row at least, also where its record is left to the JSON. */
function briefTable(items: readonly ItemRecord[], { brief }: Overview): Block[] {
  const printed = new Set(items.map(({ sha256 }) => sha256));
  const others = brief.filter(({ sha256 }) => !printed.has(sha256));
  if (others.length === 0) return [];
  const left = others.length - MAX_BRIEF;
  return [
    subheading(line('report.summary.brief')),
    {
      kind: 'table',
      head: [...columns('item'), ...QUESTIONS.map((question) => line(`question.${question}`))],
      widths: [40, 20, 20, 20],
      rows: others
        .slice(0, MAX_BRIEF)
        .map(({ number, name, states }) => [
          [line('report.item-title', { number: figure(number), name: quoted(name) })],
          ...states.map((state) => [state]),
        ]),
    },
    ...(left > 0 ? [paragraph('summary.brief-more', { count: figure(left) })] : []),
  ];
}

const orNone = (lines: readonly Line[]): readonly Text[] => (lines.length > 0 ? unique(lines) : [line('report.none')]);

/** The same reason given for two subjects is said once. */
function unique(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((one) => [JSON.stringify(one), one])).values()];
}

function assessmentRows({ assessments }: ItemRecord) {
  return assessments.map(({ examiner, signedAtMs, opinions }) =>
    pair(
      'assessment',
      line('report.assessment-by', { examiner: quoted(examiner), at: moment(signedAtMs) }),
      ...opinions.map(({ question, towards, band, text }) =>
        line(towards === null || band === null ? 'report.assessment-none' : 'report.assessment-band', {
          question: { answers: [`question.${question}`] },
          band: band === null ? figure('–') : { answers: [`band.${band}`] },
          side: { answers: [`report.side.${towards ?? 0}`] },
          text: quoted(text),
        }),
      ),
    ),
  );
}

/** Files printed that could not be received: all of them stand in the JSON. */
const MAX_NOT_RECEIVED = 500;

/** Everything planned that left no evidence, with its reason: never empty by omission. Samples are in section 4. */
export function notExamined({ items, head, overview }: Composing): Section {
  const left = head.notReceived.length - MAX_NOT_RECEIVED;
  const never = head.notReceived.slice(0, MAX_NOT_RECEIVED).map(({ path, parent, error }): Text[][] => {
    const holder = parent === null ? undefined : overview.numbers.get(parent);
    const part =
      holder === undefined ? [] : [line('report.part-of', { item: { lines: [itemNumber({ number: holder })] } })];
    return [[figure('–')], path === null ? part : [quoted(path)], [line('report.not-received')], [lineOf(error)]];
  });
  const rows = items
    .filter(({ role, examination }) => role !== 'reference' || examination)
    .flatMap((item): Text[][][] => {
      if (!item.examination && item.fault)
        return [[[itemNumber(item)], [figure('–')], [line('status.failed')], [lineOf(item.fault)]]];
      if (!item.examination)
        return [[[itemNumber(item)], [figure('–')], [line('report.mark.not-examined')], [line('report.only-kept')]]];
      const { fault, outcomes } = item.examination;
      const open = outcomes.filter(({ status }) => status !== 'evidence');
      return [
        ...(fault ? [[[itemNumber(item)], [figure('–')], [line('status.failed')], [lineOf(fault)]]] : []),
        ...open.map((outcome): Text[][] => [
          [itemNumber(item)],
          [analyzerName(outcome.analyzer), ...(outcome.subject === 'file' ? [] : [{ subject: outcome.subject }])],
          [line(`status.${outcome.status}`)],
          outcome.reason ? [lineOf(outcome.reason)] : [openLine(outcome)],
        ]),
      ];
    });
  return {
    number: 10,
    title: line('report.section.not-examined'),
    blocks: [
      paragraph('not-examined.how'),
      rows.length + never.length > 0
        ? {
            kind: 'table',
            head: columns('item', 'analyzer', 'state', 'reason'),
            widths: [10, 27, 15, 48],
            rows: [...never, ...rows],
          }
        : paragraph('not-examined.all'),
      ...(left > 0 ? [paragraph('not-received.more', { count: figure(left) })] : []),
    ],
  };
}

export function opinion(): Section {
  return {
    number: 11,
    title: line('report.section.opinion'),
    blocks: [paragraph('opinion.blank'), { kind: 'ruled', lines: 8 }, paragraph('opinion.signature')],
  };
}
