import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { z } from 'zod';
import { fact, reason } from '../../../main/contract/fact.ts';
import type { Finding } from '../../../main/contract/finding.ts';
import { bandSchema, type Outcome, type OutcomeStatus, outcomeStatusSchema } from '../../../main/contract/outcome.ts';
import { forbiddenConclusions, type LawPack, packs } from '../../../main/law/index.ts';
import { composeReport } from '../../../main/report/compose/index.ts';
import { type Block, onUnitSquare, type ReportDocument } from '../../../main/report/document.ts';
import { reportHtml } from '../../../main/report/html.ts';
import { runsOf, type Text, textOf } from '../../../main/report/line.ts';
import {
  type ExaminationRecord,
  type ItemRecord,
  type ReportRecord,
  reportSchema,
} from '../../../main/report/record.ts';
import { type Language, sentences } from '../../../main/strings/index.ts';
import { HOSTILE, itemRecord, OUTCOMES, outcome, partsOf, reportRecord, sha } from '../../fixtures/report-record.ts';

const CHINA = [packs().get('cn')!];

const compose = (record: ReportRecord, language: Language = 'zh', of: readonly LawPack[] = CHINA) =>
  composeReport(partsOf(record), { language, digest: sha('json'), packs: of, pictures: new Map() });

function* textsOf(blocks: readonly Block[]): Generator<Text> {
  for (const block of blocks) {
    if (block.kind === 'heading' || block.kind === 'paragraph') yield block.text;
    else if (block.kind === 'list') yield* block.items;
    else if (block.kind === 'pairs') yield* block.rows.flatMap(([name, cell]) => [name, ...cell]);
    else if (block.kind === 'table') yield* [...block.head, ...block.rows.flat(2)];
    else if (block.kind === 'figure' || block.kind === 'course') yield block.caption;
    else if (block.kind === 'box') yield* textsOf(block.blocks);
  }
}

const allTexts = ({ title, sections }: ReportDocument) => [
  title,
  ...sections.flatMap((section) => [section.title, ...textsOf(section.blocks)]),
];

const section = (document: ReportDocument, number: number) =>
  [...textsOf(document.sections[number]!.blocks)].map((text) => textOf(document.language, text)).join('\n');

test('the record of the fixture has the published form, and the published schema is the one that the program checks by', () => {
  expect(() => reportSchema.parse(reportRecord())).not.toThrow();
  const published = readFileSync(path.join(import.meta.dirname, '../../../main/report/report.schema.json'), 'utf8');
  expect(published).toBe(`${JSON.stringify(z.toJSONSchema(reportSchema), null, 2)}\n`);
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(published));
  expect(check(JSON.parse(JSON.stringify(reportRecord())))).toBe(true);
  expect(check({ ...reportRecord(), custody: null })).toBe(false);
});

test.each(['zh', 'en'] as const)('all nineteen sections stand in order and in words, in %s', (language) => {
  const document = compose(reportRecord(), language);
  expect(document.sections.map(({ number }) => number)).toEqual(Array.from({ length: 19 }, (_, at) => at));
  const all = allTexts(document).map((text) => textOf(language, text));
  expect(all.filter((text) => /\[(report|law|reason|error|custody|fact|term)\.|undefined|\{\{/.test(text))).toEqual([]);
  expect(document.sections.every(({ blocks }) => blocks.length > 0)).toBe(true);
});

test.each(['zh', 'en'] as const)('a reviewer is told to check the document that they read, in %s', (language) => {
  const commands = section(compose(reportRecord(), language), 16);
  expect(commands.match(/report\.\w\w\.pdf/g)).toEqual([`report.${language}.pdf`]);
});

test.each(['zh', 'en'] as const)('no line puts brackets in brackets, in %s', (language) => {
  const noVoices = outcome('synthetic-voice', 'failed', { reason: reason('need-failed', { need: 'voices' }) });
  const said = allTexts(compose(reportRecord([itemRecord(1, [...OUTCOMES, noVoices])]), language)).map((text) =>
    runsOf(language, text)
      .map((run) => (run.kind === 'quoted' ? '“”' : run.text))
      .join(''),
  );
  expect(said.filter((text) => /[（(][^（()）]*[（(]/.test(text))).toEqual([]);
});

test('the same record gives the same document', () => {
  expect(JSON.stringify(compose(reportRecord()))).toBe(JSON.stringify(compose(reportRecord())));
});

test('nothing that the tool says is a forbidden conclusion, though what it quotes may be', () => {
  for (const language of ['zh', 'en'] as const)
    for (const text of allTexts(compose(reportRecord(), language))) {
      const said = runsOf(language, text)
        .map((run) => (run.kind === 'quoted' ? '“”' : run.text))
        .join('');
      expect([said, forbiddenConclusions(said)]).toEqual([said, []]);
    }
});

test('what does not hold is the first thing that is said', () => {
  const changed = itemRecord(1, OUTCOMES, {
    integrity: { state: 'changed', atMs: 0, code: 'FILE_CHANGED_WHILE_READING' },
  });
  const first = (record: ReportRecord) => compose(record, 'en').sections[0]!.blocks[0]!;
  expect(first(reportRecord()).kind).toBe('paragraph');
  expect(first(reportRecord([changed]))).toMatchObject({ kind: 'box', tone: 'notice' });
  expect(section(compose(reportRecord([changed]), 'en'), 0)).toMatch(/^Read this first.*\n.*the original has changed/);
  const broken = { ...reportRecord(), custody: { seq: 3, hash: sha('x'), holds: false, brokenAt: 2 } };
  expect(section(compose(broken, 'en'), 0)).toContain('does not hold from entry 2 on');
});

describe('distinct persons in section 13', () => {
  const kind = {
    method: 'average-linkage' as const,
    models: { 'face-likeness': sha('model') },
    limits: { together: 0.6, apart: 0.2 },
    gates: { sizePx: 32 },
  };
  const faces = { ...kind, kind: 'face' as const, compared: 9, low: 3, high: 5, uncertain: 4, notCompared: [] };
  const left = [{ code: 'speech-too-short', appearances: 2 }];
  const voices = { ...kind, kind: 'voice' as const, compared: 0, low: 0, high: 0, uncertain: 0, notCompared: left };
  const counted = (persons: ReportRecord['counts']['persons'], language: Language = 'en') => {
    const record = reportRecord();
    return section(compose({ ...record, counts: { ...record.counts, persons } }, language), 13);
  };
  const whole = { kinds: [faces, voices], items: 6, notRetained: 1, notExamined: 0, atMs: 0, current: true };

  test('are a range for faces and for voices, with what was left open and left out, and by which model', () => {
    const said = counted(whole);
    expect(said).toContain(
      'Faces: distinct persons, estimated: 3 to 5. Appearances compared: 9; left open to whom they belong: 4',
    );
    expect(said).toContain('Voices: none could be compared; not compared: 2');
    expect(said).toContain('Items that were not compared: 1 of which no features are kept, as asked; 0 not examined');
    const nobody = { ...voices, notCompared: [] };
    expect(counted({ ...whole, kinds: [nobody] })).toContain('Voices: none to compare\n');
    expect(said).toContain(`Model face-likeness, SHA-256 ${sha('model')}`);
    expect(said).not.toContain('The case has changed since');
    expect(counted(whole, 'zh')).toContain('人脸：不同的人估计 3 至 5 个');
  });

  test('never look alike where nothing was grouped, no limits were measured, or the case changed', () => {
    expect(counted(null)).toContain('not estimated');
    const noLimits = counted({ ...whole, kinds: [faces] });
    expect(noLimits).toContain('Voices: not estimated, as no limits were measured');
    expect(counted({ ...whole, current: false })).toContain('The case has changed since');
    expect(new Set([counted(null), noLimits, counted(whole)]).size).toBe(3);
  });

  test('are never related to a number of the law', () => {
    for (const language of ['zh', 'en'] as const) {
      const said = counted(whole, language)
        .split('\n')
        .filter((text) => /distinct persons|不同的人/.test(text));
      expect(said).toHaveLength(1);
      expect(forbiddenConclusions(said.join())).toEqual([]);
      expect(said.join()).not.toMatch(/reach|exceed|threshold|达到|超过/i);
    }
  });
});

test('section 10 names each outcome that left nothing, and an item that was only kept', () => {
  const kept = itemRecord(2, [], { examination: null });
  const listed = section(compose(reportRecord([itemRecord(1, OUTCOMES), kept]), 'en'), 10);
  for (const { analyzer, status } of OUTCOMES.filter((one) => one.status !== 'evidence')) {
    expect(listed).toContain(sentences.get(`analyzer.${analyzer}`)!.en);
    expect(listed).toContain(sentences.get(`status.${status}`)!.en);
  }
  expect(listed).toContain('kept only; no examination was planned');
});

test('an event of a route is printed as people write it, with its number and answer where there are any', () => {
  const record = reportRecord();
  const route = (event: string, at: string, more: object = {}) => ({
    ...record.statements[0]!,
    kind: 'route' as const,
    item: null,
    key: JSON.stringify(['RT-PLATFORM', event]),
    value: { route: 'RT-PLATFORM', event, at, ...more },
  });
  const statements = [
    route('sent', '2026-11-20'),
    route('received', '2026-11-21T09:00:00+08:00', { number: 'A-7', answer: 'will look' }),
    { ...record.statements[0]!, kind: 'answer' as const, item: null, key: 'notice-answered', value: '2026-11-22' },
  ];
  const told = section(compose({ ...record, statements }, 'en'), 15);
  expect(told).toContain('2026-11-22');
  for (const part of ['received by the other side: 2026-11-21 09:00 UTC+08:00', 'number “A-7”', 'answer: “will look”'])
    expect(told).toContain(part);
  expect(told).not.toMatch(/T09:00|number –/);
});

test('what could not be received or whose examination crashed is named with its fault, and not as kept without one', () => {
  const fault = { code: 'ENGINE_CRASHED' as const, params: {} };
  const record = reportRecord([itemRecord(1, OUTCOMES), itemRecord(2, [], { examination: null, fault })]);
  const path = '/in/empty.jpg';
  const notReceived = [{ path, parent: null, error: { code: 'FILE_EMPTY' as const, params: {} } }];
  const document = compose({ ...record, notReceived }, 'en');
  const listed = section(document, 10);
  expect(listed).toContain(path);
  expect(listed).toContain('not received');
  expect(listed).toContain(sentences.get('error.FILE_EMPTY')!.en);
  expect(listed).toContain(sentences.get('error.ENGINE_CRASHED')!.en.replace(/\{\{.*/, ''));
  expect(listed).not.toContain('kept only');
  expect(section(document, 0)).toContain(
    'What was not received: files handed over that could not be read and became no item: 1',
  );
  expect(section(document, 0)).toContain(
    'items kept only: 0; items with parts that have no opinion, were not examined or did not finish: 2',
  );
  expect(section(document, 1)).toMatch(/△ did not finish: 1 \(no. 2\)/);
});

test('the cover counts an item whose question stayed open although all of its examinations ended', () => {
  const noStrength = outcome('synthetic-image', 'evidence', { subject: 'picture', rawScore: 0.4 });
  const document = compose(reportRecord([itemRecord(1, [noStrength])]), 'en');
  expect(section(document, 1)).toContain('◇ no opinion: 1 (no. 1)');
  expect(section(document, 0)).toContain('were not examined or did not finish: 1; see sections 6 to 10');
  const withoutSamples = outcome('face-likeness', 'notApplicable', { reason: reason('no-reference') });
  const compared = compose(reportRecord([itemRecord(1, [withoutSamples])]), 'en');
  expect(section(compared, 0)).toContain('were not examined or did not finish: 0; see sections 6 to 10');
});

test('a comparison that was made is not unresolved, and of none that was made no propositions are printed', () => {
  const compared = section(compose(reportRecord([itemRecord(1, OUTCOMES)]), 'en'), 9);
  expect(compared.slice(compared.indexOf('Unresolved'))).not.toContain('similarity');
  expect(compared).toContain('pairs reach it');
  // A similarity is no reason for a person: low ones stand there too.
  expect(compared.slice(compared.indexOf('For H1'), compared.indexOf('Similarity measured'))).not.toContain(
    'similarity',
  );
  expect(compared).toMatch(/Similarity measured\n.*similarity/);
  const nobody = outcome('face-likeness', 'notApplicable', { reason: reason('no-reference') });
  const likeness = section(compose(reportRecord([itemRecord(1, [nobody])]), 'en'), 8);
  expect(likeness).toContain('held no samples with which');
  expect(likeness).not.toContain('Propositions compared');
});

test('taken together, a reason says of which face or voice it is', () => {
  const voice = (subject: string, llr: number) =>
    outcome('synthetic-voice', 'evidence', {
      subject,
      rawScore: 1,
      llr,
      band: 'limited',
      facts: [fact('llr.voice', llr)],
    });
  const told = section(
    compose(reportRecord([itemRecord(1, [voice('speaker:1', 1.5), voice('speaker:2', 2)])]), 'en'),
    9,
  );
  expect(told).toMatch(/^voice 1: test for synthetic voices.* 1\.5$/m);
  expect(told).toMatch(/^voice 2: test for synthetic voices.* 2$/m);
  const against = compose(reportRecord([itemRecord(1, [voice('speaker:1', 1.5), voice('speaker:2', -0.2)])]), 'en');
  expect(section(against, 9)).toMatch(/^voice 2: test for synthetic voices.* -0\.2$/m);
});

test('only what was read again is said to be as received', () => {
  const notKept = { state: 'not-kept' as const, atMs: 0, code: null };
  const record = reportRecord([itemRecord(1, OUTCOMES), itemRecord(2, OUTCOMES, { integrity: notKept })]);
  const cover = section(compose(record, 'en'), 0);
  expect(cover).toContain('computed again (1 in all)');
  expect(cover).toContain('Further items of which nothing was kept, by choice: 1.');
  expect(section(compose(reportRecord(), 'en'), 0)).not.toContain('nothing was kept');
});

test('methods and reviewer’s page name each program, weights and settings that examined, and commands that the program has', () => {
  const [one, two] = [itemRecord(1, OUTCOMES), itemRecord(2, OUTCOMES)];
  const examination = {
    ...two.examination!,
    app: 'jianzhen/0.0.9',
    models: { 'face-detector': sha('former weights') },
    settings: { fps: 2, depth: 'quick' as const, language: 'en' },
  };
  const document = compose(reportRecord([one, { ...two, examination }]), 'en');
  const methods = section(document, 5);
  for (const told of [sha('weights'), sha('former weights'), 'made by jianzhen/0.0.9, jianzhen/0.1.0 on'])
    expect(methods).toContain(told);
  const review = section(document, 16);
  expect(review).toContain('jianzhen scan --quick --fps 2 --language en FILE');
  expect(review).toContain('jianzhen scan --fps 1 FILE');
  expect(review).toContain('jianzhen case show CASE');
});

test('an item of which one voice has no opinion is not counted with those in which nothing was found', () => {
  const none = (subject: string) =>
    outcome('synthetic-voice', 'evidence', { subject, llr: -0.2, band: 'neither', facts: [fact('llr.voice', -0.2)] });
  const raw = outcome('synthetic-voice', 'evidence', { subject: 'speaker:2', reason: reason('noise-suppressed') });
  const document = compose(
    reportRecord([itemRecord(1, [none('speaker:1'), raw]), itemRecord(2, [none('speaker:1'), none('speaker:2')])]),
    'en',
  );
  const summary = section(document, 1);
  expect(summary).toContain('by the methods used, with parts on which there is no opinion: 1 (no. 1)');
  expect(summary).toContain('by the methods used: 1 (no. 2)');
  expect(summary).toContain('1 more in section 7, of them without an opinion: 1');
});

test('the marks of the states that never look alike differ', () => {
  const ids = [
    'no-opinion',
    'not-run',
    'not-examined',
    'failed',
    'none-found',
    'found',
    'compared',
    'limited',
    'neither',
    'unfinished',
    'not-applicable',
  ];
  const marks = ids.map((id) => sentences.get(`report.mark.${id}`)!.en);
  expect(new Set(marks).size).toBe(ids.length);
});

test('a question that stayed open says how, and not that there was nothing to compare or no opinion', () => {
  const of = (number: number, status: OutcomeStatus, code: string) =>
    itemRecord(number, [
      outcome('synthetic-voice', status, { reason: reason(code) }),
      outcome('face-likeness', 'notApplicable', { reason: reason('no-picture') }),
      outcome('voice-likeness', status, { reason: reason(code) }),
    ]);
  const items = [
    of(1, 'notApplicable', 'no-reference'),
    of(2, 'notApplicable', 'no-speech'),
    of(3, 'failed', 'ANALYZER_CRASHED'),
    of(4, 'notRun', 'model-missing'),
  ];
  const [, states] = compose(reportRecord(items), 'en').sections[1]!.blocks;
  if (states?.kind !== 'pairs') throw new Error('the summary has another form');
  const tallies = states.rows.map(([, cell]) => cell.map((text) => textOf('en', text)));
  expect(tallies[2]).toEqual([
    '— not compared: no samples to compare with when it was examined: 1 (no. 1)',
    '/ does not apply: 1 (no. 2)',
    '△ did not finish: 1 (no. 3)',
    '— not examined: 1 (no. 4)',
  ]);
  expect(tallies[1]).toEqual([
    '/ does not apply: 2 (no. 1–2)',
    '△ did not finish: 1 (no. 3)',
    '— not examined: 1 (no. 4)',
  ]);
  const likeness = section(compose(reportRecord(items), 'en'), 8);
  for (const told of [
    'held no samples with which',
    'it holds no face or voice',
    'did not finish',
    'nothing was compared',
  ])
    expect(likeness).toContain(told);
});

test('the summary counts every questioned item once a question, and shows what stands out most with how many more there are', () => {
  const swapped = (subject: string, llr: number) =>
    outcome('synthetic-face', 'evidence', {
      subject,
      llr,
      band: llr < 0.7 ? 'neither' : 'limited',
      facts: [{ id: 'llr.swap', value: llr, strength: null, says: null, at: null }],
    });
  const two = itemRecord(1, [swapped('face-track:1', 0.2), swapped('face-track:2', 1.9)]);
  const kept = itemRecord(2, [], { examination: null });
  const sample = itemRecord(3, [], { role: 'reference', examination: null });
  const document = compose(reportRecord([two, kept, sample]), 'en');
  const [, states, , rows] = document.sections[1]!.blocks;
  if (states?.kind !== 'pairs' || rows?.kind !== 'table') throw new Error('the summary has another form');
  for (const [, cell] of states.rows) {
    const counts = cell.map((text) => Number(/: (\d+) \(no\. /.exec(textOf('en', text))![1]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  }
  expect(rows.rows).toHaveLength(2);
  const synthesis = rows.rows[0]![2]!.map((text) => textOf('en', text));
  expect(synthesis[0]).toMatch(/^■□□□ face 2.*1\.9/);
  expect(synthesis.at(-1)).toBe('1 more in section 7');
  expect(document.sections[1]!.ownPage).toBe(true);
  expect(section(document, 10)).not.toContain('Item 3');
  expect(section(document, 3)).toContain('Item 3');
});

test('what was measured again and again is printed as its spread and drawn over time, never as a row each', () => {
  const values = [0.5, -1, 2, 0, 3.25];
  const facts = values.map((value, at) => ({
    id: 'face.observation.swapScore',
    value,
    unit: 'sd',
    strength: null,
    says: null,
    at: { from: at, to: at },
  }));
  const document = compose(reportRecord([itemRecord(1, [outcome('synthetic-face', 'evidence', { facts })])]), 'en');
  const { blocks } = document.sections[7]!;
  const told = '5 values: least -1 sd, median 0.5 sd, most 3.25 sd';
  expect([...textsOf(blocks)].filter((text) => textOf('en', text).includes(told))).toHaveLength(2);
  const [course] = blocks.flatMap((block) => (block.kind === 'course' ? [block] : []));
  expect(course!.runs).toEqual([values.map((value, atS) => ({ atS, value }))]);
  expect(onUnitSquare(course!.runs).every((run) => run.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1))).toBe(
    true,
  );
  expect(onUnitSquare([[{ atS: 1, value: 2 }]])).toEqual([[{ x: 0.5, y: 0.5 }]]);
});

test('a course has a line for each run in which it was measured, and its words tell what was not', () => {
  const facts = [0, 1, 2, 9, 10, 11].map((at) =>
    fact('face.observation.swapScore', at, { unit: 'sd', at: { from: at, to: at } }),
  );
  const document = compose(reportRecord([itemRecord(1, [outcome('synthetic-face', 'evidence', { facts })])]), 'en');
  const [course] = document.sections[7]!.blocks.flatMap((block) => (block.kind === 'course' ? [block] : []));
  expect(course!.runs.map((run) => run.map(({ atS }) => atS))).toEqual([
    [0, 1, 2],
    [9, 10, 11],
  ]);
  expect(textOf('en', course!.caption)).toContain(
    'stretches not measured between the values (where the line breaks): 1, the longest 2.00–9.00 s',
  );
  expect([...reportHtml(document)].join('').match(/<polyline/g)).toHaveLength(2);
});

test('what is measured without a strength is printed after what detectors scored, and hashes of scenes are left to the JSON', () => {
  const measured = (id: string, value: number) => fact(id, value, { unit: 'count', at: { from: 0, to: 4 } });
  const steps = [1, 2, 3, 4].map((value) => measured('temporal.step.brightness', value));
  const record = reportRecord([
    itemRecord(1, [
      outcome('face-temporal', 'evidence', { facts: [measured('temporal.frames.brightness', 0.93), ...steps] }),
      outcome('film-recoding', 'evidence', { facts: [measured('recoding.frames', 12)] }),
      outcome('scene-hash', 'evidence', { facts: [measured('scene.frame', 77)] }),
      outcome('synthetic-face', 'evidence', { facts: [measured('face.swapScore', 0.4)] }),
    ]),
  ]);
  const { blocks } = compose(record, 'en').sections[7]!;
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));
  const values = tables.map((rows) => rows.map((row) => textOf('en', row[2]![0]!)));
  expect(values).toEqual([['0.4'], ['0.93', '12']]);
  expect(blocks.some(({ kind }) => kind === 'course')).toBe(false);
  const says = [...textsOf(blocks)].map((text) => textOf('en', text));
  expect(says).toContain(sentences.get('report.synthesis.measures')!.en);
  expect(says).toContain('Further measurements that stand in the JSON only: 4.');
});

test('codes of ours stand in words or as they are, and the same letters from a file in quotation marks', () => {
  const fact = (id: string, value: string) => ({ id, value, strength: null, says: null, at: null });
  const facts = [
    fact('c2pa.trustListsInstalled', 'none'),
    fact('c2pa.state', 'content-changed'),
    fact('aigc.reason', 'missing-ProduceID'),
    fact('aigc.reason', HOSTILE),
    fact('exif.make', 'none'),
    fact('copy.kind', 'camera original'),
    { ...fact('jpeg.scans', ''), value: 3, unit: 'count' },
    { ...fact('face.stability.variants', ''), value: ['jpeg-90', 'half'] },
  ];
  const record = reportRecord([itemRecord(1, [outcome('provenance-c2pa', 'evidence', { facts })])]);
  const values = (language: Language) => {
    const table = compose(record, language).sections[6]!.blocks.find((block) => block.kind === 'table');
    return table?.kind === 'table' ? table.rows.map((row) => textOf(language, row[2]![0]!)) : [];
  };
  expect(values('en')).toEqual([
    'none installed',
    'bytes changed after signing (a platform may have done so)',
    'ProduceID is missing',
    expect.stringMatching(/^“.*”$/s),
    '“none”',
    'like a camera original',
    '3',
    'JPEG at quality 90, halved in size',
  ]);
  expect(values('zh')[0]).toBe('没有安装');
});

test('beside each figure of a face stands how far the method errs under the condition nearest to the item', () => {
  const face = OUTCOMES.filter(({ analyzer }) => analyzer === 'synthetic-face');
  const said = (facts: Outcome['facts'], media: object = {}, language: Language = 'en') => {
    const item = itemRecord(1, [...face, outcome('provenance-container', 'evidence', { facts })]);
    const examination = { ...item.examination!, media: { ...item.examination!.media, ...media } };
    return section(compose(reportRecord([{ ...item, examination }]), language), 7);
  };
  const quality = (value: number) => [{ id: 'jpeg.ijgQuality', value, strength: null, says: null, at: null }];
  expect(said(quality(85))).toContain(
    'swapped faces, under the condition nearest to this item (JPEG at quality 90), synthetic 41, ordinary 51: AUC 0.680 [0.600, 0.800], equal error rate 0.300 [0.200, 0.400]',
  );
  expect(said(quality(40))).toContain('(JPEG at quality 50), synthetic 42');
  expect(said([], { mediaType: 'image/png' })).toContain('(not compressed again), synthetic 40');
  expect(said([], { kind: 'video' })).toContain('compression like that of this item was not measured');
  expect(said([])).toContain('compression like that of this item was not measured');
  const captured = [{ id: 'copy.kind', value: 'screen capture', strength: null, says: null, at: null }];
  expect(said(captured, { mediaType: 'image/png' })).toContain('(resampled as by a screenshot), synthetic 43');
  // How strongly a film was compressed is not read: both measured strengths are told.
  const film = said([], { kind: 'video', codecs: ['h264', 'aac'] });
  expect(film).toContain('on frames coded as H.264 at a constant rate factor of 23, synthetic 44');
  expect(film).toContain('on frames coded as H.264 at a constant rate factor of 32, synthetic 45');
  expect(film).not.toContain('not measured');
  expect(said(quality(85), {}, 'zh')).toContain('“JPEG 质量 90”');
});

test('what points to a camera is the basis of its headline in the summary, and nothing against it', () => {
  const camera = { ...fact('exif.make', 'NIKON'), strength: 'S1' as const, says: 'captured' as const };
  const item = itemRecord(1, [outcome('provenance-exif', 'evidence', { facts: [camera] })]);
  const summary = section(compose(reportRecord([item]), 'en'), 1);
  expect(summary).toContain('points to a camera or recorder');
  expect(summary).toContain('Basis: maker of the device = “NIKON”');
  expect(summary).not.toContain('Against, or a limit: maker of the device');
});

test('pictures a second are told of films alone, and a language of what can hold sound', () => {
  const settings = { depth: 'quick' as const, fps: 4, language: 'en' };
  const said = (kind: 'image' | 'video' | 'audio') => {
    const { examination, ...item } = itemRecord(1, OUTCOMES);
    const media = { ...examination!.media, kind };
    return section(compose(reportRecord([{ ...item, examination: { ...examination!, settings, media } }]), 'en'), 5);
  };
  expect(said('video')).toMatch(/at least 4 pictures a second\nlanguage as stated: English/);
  expect(said('audio')).toContain('language as stated: English');
  expect(said('audio')).not.toContain('pictures a second');
  expect(said('image')).not.toMatch(/pictures a second|language as stated/);
});

test('a rule stands in one row with all of its numbers, each beside its kind of information', () => {
  const { blocks } = compose(reportRecord(), 'en').sections[13]!;
  const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
  const told = rows.map((row) => row.map((cell) => cell.map((text) => textOf('en', text))));
  const rule = told.find(([name]) => name?.[0] === 'Interpretation of 2017, article 5, paragraph 1');
  expect(rule?.[1]?.map((one) => one.split(': ').at(-1))).toEqual(['50', '500', '5,000']);
  expect(told.flatMap(([, kinds]) => kinds ?? [])).toContain('Voiceprint: no number');
});

test('a listening sheet that nobody filled in has lines to write on', () => {
  const heard = outcome('voice-likeness', 'evidence', { subject: 'speaker:1', reference: 'An' });
  const { blocks } = compose(reportRecord([itemRecord(1, [heard])]), 'en').sections[12]!;
  const sheet = blocks.find(
    (block) => block.kind === 'table' && textOf('en', block.head[0]!) === 'Name' && block.head.length === 6,
  );
  const rows = sheet?.kind === 'table' ? sheet.rows : [];
  expect(rows.map((row) => row.map((cell) => cell.length))).toEqual(Array(3).fill(Array(6).fill(2)));
});

test('what a calibration rests on stands in words, and repositories in one line', () => {
  const made = reportRecord();
  made.calibrations[0]!.scores[0]!.genuine = { 'real/lfw': 3474, 'owner/one': 24, 'owner/two': 232 };
  const told = section(compose(made, 'en'), 5);
  expect(told).toContain('in all: 3,730\nnews photographs of LFW: 3,474\n');
  expect(told).toContain('examples in GitHub repositories, 2 in number: 256 (owner/one 24, owner/two 232)');
});

test('every source of the calibrations that come with the program has words, or is a repository', () => {
  const sources = globSync(path.join(import.meta.dirname, '../../../models/*/calibration.json')).flatMap((file) => {
    const { scores = [] } = JSON.parse(readFileSync(file, 'utf8')) as {
      scores?: { fittedOn: Record<'genuine' | 'synthetic', Record<string, number>> }[];
    };
    return scores.flatMap(({ fittedOn: { genuine, synthetic } }) => [
      ...Object.keys(genuine),
      ...Object.keys(synthetic),
    ]);
  });
  expect(sources).toContain('real/lfw');
  const ours = sources.filter((source) => /^(real|fake|modern|local)\b/.test(source) || !source.includes('/'));
  expect(ours.filter((source) => !sentences.has(`report.source.${source}`))).toEqual([]);
});

test('where a finding supports synthesis, it stands how many held-out items of either class came as far, and of which genuine source most did', () => {
  const record = itemRecord(1, OUTCOMES);
  const said = (
    llr: number | null,
    band: Finding['band'],
    language: Language = 'en',
    synthetic = { items: 41, limited: 30, moderate: 9 },
    outcomes = record.examination!.outcomes,
  ) => {
    const findings = record
      .examination!.findings.filter(({ subject, question }) => subject === 'face-track:1' && question === 'synthesis')
      .map((finding) => ({ ...finding, llr, band }));
    const item = { ...record, examination: { ...record.examination!, findings, outcomes } };
    const made = reportRecord([item]);
    for (const score of made.calibrations.flatMap(({ scores }) => scores))
      if (score.reached) score.reached = { ...score.reached, synthetic };
    return section(compose(made, language), 7);
  };
  const words = 'as much support as here or more was reached by';
  // Of the smallest source one of two items came as far, which says less than twelve of forty.
  expect(said(1, 'limited')).toContain(
    `swapped faces: of held-out material not compressed again, ${words} 33 of 442 ordinary items (most often of a: 12 of 40, a share of 0.300 [0.181, 0.454]) and by 30 of 41 synthetic ones`,
  );
  expect(said(3, 'moderate')).toContain(`${words} 1 of 442 ordinary items (most often of a: 1 of 40`);
  expect(said(3, 'moderate')).toContain('and by 9 of 41 synthetic ones');
  // Twelve of forty is less than thirty of forty-one; one of forty is less than nine of forty-one.
  const alike = 'for an item like those, this much support tells nothing';
  expect(said(1, 'limited')).not.toContain(alike);
  expect(said(1, 'limited', 'en', { items: 41, limited: 12, moderate: 9 })).toContain(alike);
  expect(said(0.3, 'neither')).not.toContain(words);
  expect(said(-2, 'limited')).not.toContain(words);
  expect(said(null, null)).not.toContain(words);
  expect(said(1, 'limited', 'zh')).toContain('普通拍摄或录制的 442 份中有 33 份');
  // The model held no opinion: what supports the finding is a detector that the user brought, of which these counts say nothing.
  const silent = record.examination!.outcomes.map((own) =>
    own.analyzer === 'synthetic-face' ? { ...own, status: 'abstained' as const, llr: null, band: null } : own,
  );
  const alone = said(1, 'limited', 'en', undefined, silent);
  expect(alone).not.toContain(words);
  expect(alone).not.toContain('AUC');
});

test('past its day of checking, that stands beside the provision wherever it is named', () => {
  const late = { ...reportRecord(), today: '2031-01-01' };
  const marked = (record: ReportRecord) => {
    const { sections } = compose(record, 'en');
    const named = [12, 13, 14].flatMap((number) => [...textsOf(sections[number]!.blocks)]);
    return named.filter((text) => textOf('en', text).includes('was due for checking by')).length;
  };
  const provisions = CHINA[0]!.provisions.length;
  expect(marked(late)).toBeGreaterThan(provisions);
  expect(marked({ ...late, today: CHINA[0]!.asOf })).toBe(0);
});

test('each provision with records names its sources, which are listed once with the day on which they were read', () => {
  const [cn] = CHINA;
  const text = section(compose(reportRecord(), 'en'), 12);
  const used = new Set(text.match(/\[\d+\]/g));
  expect(used.size).toBeGreaterThan(5);
  const listed = text.split('\n').filter((one) => /^\[\d+\] .*read on \d{4}-\d\d-\d\d/.test(one));
  expect(listed).toHaveLength(used.size);
  for (const { en } of cn!.notFound) expect(text).toContain(en);
});

test('each code of what stays unknown that a table prints has its words in the section, once', () => {
  const { blocks } = compose(reportRecord(), 'en').sections[12]!;
  const last = blocks.flatMap((block) => (block.kind === 'table' && block.head.length === 5 ? block.rows : []));
  const codes = new Set(
    last.flatMap((row) => row[3]!.map((text) => textOf('en', text))).filter((code) => /^N-/.test(code)),
  );
  expect(codes.size).toBeGreaterThan(3);
  const lines = blocks.flatMap((block) => (block.kind === 'list' ? block.items.map((item) => textOf('en', item)) : []));
  for (const code of codes) expect(lines.filter((said) => said.startsWith(`${code} `))).toHaveLength(1);
});

test('what is stated of a duty that no pack lists is printed all the same', () => {
  const value = { duty: 'xx.duty', actor: 'ACTOR', asStated: 'not', facts: 'FACTS' };
  const stated = { kind: 'duty', item: null, key: 'y', value, atMs: 0 };
  const record = reportRecord();
  const text = section(compose({ ...record, statements: [...record.statements, stated] }, 'en'), 14);
  expect(text).toContain('“ACTOR”: Not fulfilled, says the user – “FACTS”');
  expect(section(compose(record, 'en'), 14)).not.toContain('do not list');
});

/** Everything that stands in a report came from the catalogue, a checked law pack, or the record. */
test('over every combination of outcomes, what is printed is catalogue, pack, figure, or quoted; and each opinion has its outcome', () => {
  const analyzers = ['provenance-exif', 'synthetic-face', 'synthetic-voice', 'face-likeness', 'scene-hash'];
  const one = fc.record({
    analyzer: fc.constantFrom(...analyzers),
    status: fc.constantFrom(...outcomeStatusSchema.options),
    subject: fc.constantFrom('file', 'face-track:1', 'speaker:1'),
    llr: fc.option(fc.double({ min: -2, max: 6, noNaN: true })),
    text: fc.string({ unit: 'binary', maxLength: 30 }),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), fc.constantFrom<Language>('zh', 'en'), (made, language) => {
      const outcomes: Outcome[] = made.map(({ analyzer, status, subject, llr, text }) =>
        outcome(analyzer, status, {
          subject,
          llr: status === 'evidence' ? llr : null,
          reference: analyzer === 'face-likeness' ? text : null,
          reason: status === 'evidence' ? null : reason('model-missing', { model: text }),
          facts:
            status === 'evidence' ? [{ id: 'exif.make', value: text, strength: 'S0', says: 'captured', at: null }] : [],
        }),
      );
      const item = itemRecord(1, outcomes);
      // The law's own sections do not depend on how outcomes combine, and are long.
      const document = compose(reportRecord([item]), language, []);
      for (const text of allTexts(document))
        for (const run of runsOf(language, text)) {
          if (run.kind === 'words') expect(WORDS[language].has(run.text) || isPart(language, run.text)).toBe(true);
          expect(run.text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        }
      const opinions = section(document, 7).match(language === 'zh' ? /支持——/g : / support for /g)?.length ?? 0;
      expect(opinions).toBeLessThanOrEqual(outcomes.filter(({ llr }) => llr !== null).length * 2);
      if (outcomes.every(({ llr }) => llr === null)) expect(opinions).toBe(0);
    }),
    { numRuns: 60 },
  );
});

/** Every shape that a finding can have: each question, each band and none, every reason that the catalogue knows, for and against, each state of what is open. */
const REASONS = [...sentences.keys()].filter((id) => id.startsWith('reason.')).map((id) => id.slice('reason.'.length));

const generatedFinding = (): fc.Arbitrary<Finding> => {
  const text = fc.constantFrom(HOSTILE, '同一人', 'is fake', 'synthetic-face');
  const params = fc.dictionary(
    fc.constantFrom('subject', 'similarity', 'model', 'analyzer', 'value', 'answer', 'llr', 'fact', 'pairs'),
    fc.oneof(text, fc.double({ noNaN: true, min: -9, max: 9 }), fc.constant(null), fc.boolean()),
  );
  const reasons = fc.array(fc.record({ code: fc.constantFrom(...REASONS), params }), { maxLength: 3 });
  const pairs = {
    origin: ['origin.generated-or-edited-with-ai', 'origin.captured'],
    synthesis: ['synthesis.swapped-or-generated', 'synthesis.ordinary-recording'],
    likeness: ['likeness.this-person', 'likeness.another-person'],
  } as const;
  const open = fc.record({
    analyzer: fc.constantFrom('synthetic-face', 'provenance-c2pa', 'voice-likeness'),
    status: fc.constantFrom(...outcomeStatusSchema.exclude(['evidence']).options),
    reason: fc.option(fc.record({ code: fc.constantFrom(...REASONS), params })),
  });
  return fc
    .record({
      question: fc.constantFrom('origin', 'synthesis', 'likeness'),
      subject: fc.constantFrom('file', 'picture', 'face-track:1', 'speaker:2'),
      reference: fc.option(text),
      band: fc.option(fc.constantFrom(...bandSchema.options)),
      llr: fc.option(fc.double({ noNaN: true, min: -9, max: 9 })),
      for: reasons,
      against: reasons,
      notExamined: fc.array(open, { maxLength: 3 }),
    })
    .map((one) => ({
      ...one,
      propositions: pairs[one.question as keyof typeof pairs].map((code) => ({ code })),
    })) as unknown as fc.Arbitrary<Finding>;
};

test('over every combination of findings, our own words are the catalogue’s and draw no conclusion, and what others said is quoted', () => {
  fc.assert(
    fc.property(
      fc.array(generatedFinding(), { maxLength: 6 }),
      fc.constantFrom<Language>('zh', 'en'),
      (findings, language) => {
        const item = itemRecord(1, OUTCOMES);
        const generated = { ...item, examination: { ...item.examination!, findings } };
        for (const text of allTexts(compose(reportRecord([generated]), language, []))) {
          const runs = runsOf(language, text);
          for (const run of runs)
            if (run.kind === 'words') expect(WORDS[language].has(run.text) || isPart(language, run.text)).toBe(true);
          const own = runs.map((run) => (run.kind === 'quoted' ? '“”' : run.text)).join('');
          expect([own, forbiddenConclusions(own)]).toEqual([own, []]);
          expect(own).not.toContain(HOSTILE.slice(0, 12));
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('a method is named in sections 5 to 10 only where the record holds what became of it', () => {
  const names = new Map(
    [...sentences].flatMap(([id, sentence]) => (id.startsWith('analyzer.') ? [[sentence.en, id.slice(9)]] : [])),
  );
  const statuses = outcomeStatusSchema.options.map((status) => sentences.get(`status.${status}`)!.en);
  fc.assert(
    fc.property(fc.subarray([...OUTCOMES]), (outcomes) => {
      const record = reportRecord([itemRecord(1, outcomes)]);
      // A method that came later is named as one that was not there.
      const analyzers = Object.fromEntries(outcomes.map(({ analyzer, version }) => [analyzer, version]));
      const document = compose({ ...record, installed: { ...record.installed, analyzers } }, 'en', []);
      const runs = document.sections
        .filter(({ number }) => number >= 5 && number <= 10)
        .flatMap(({ blocks }) => [...textsOf(blocks)].flatMap((text) => runsOf('en', text)));
      const named = new Set(runs.flatMap(({ kind, text }) => (kind === 'value' ? (names.get(text) ?? []) : [])));
      // Faces and voices were searched for in any case, and the rules made findings of whatever there was.
      const ran = new Set([...outcomes.map(({ analyzer }) => analyzer), 'perception', 'fusion']);
      expect([...named].filter((analyzer) => !ran.has(analyzer))).toEqual([]);
      const told = new Set(runs.flatMap(({ text }) => (statuses.includes(text) ? [text] : [])));
      const states = new Set(outcomes.map(({ status }) => sentences.get(`status.${status}`)!.en));
      expect([...told].filter((status) => !states.has(status))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('the search for faces and voices is named of pictures, films and sound alone', () => {
  const one = itemRecord(1, []);
  const searched = (kind: 'image' | 'other', perception: string | null) => {
    const examination = { ...one.examination!, media: { ...one.examination!.media, kind }, perception };
    const { sections } = compose(reportRecord([{ ...one, examination }]), 'en', []);
    const texts = sections.flatMap(({ blocks }) => [...textsOf(blocks)].flatMap((text) => runsOf('en', text)));
    return texts.some(({ text }) => text === 'search for faces and voices');
  };
  expect([searched('image', '1'), searched('other', null)]).toEqual([true, false]);
});

/** Words that a run may hold: pieces of the catalogue's sentences, texts of the packs, what joins sentences. */
const WORDS: Readonly<Record<Language, ReadonlySet<string>>> = { zh: wordsOf('zh'), en: wordsOf('en') };

function wordsOf(language: Language): Set<string> {
  const pieces = [...sentences.values()].flatMap((sentence) => sentence[language].split(/\{\{\w+\}\}/));
  const packTexts: string[] = [];
  JSON.stringify([...packs().values()], (_, value) => {
    if (value && typeof value === 'object' && typeof value.zh === 'string') packTexts.push(value[language]);
    return value;
  });
  return new Set([...pieces, ...packTexts, '；', '; ', '、', ', ']);
}

/** A sentence that was joined with others has lost its full stop or colon. */
function isPart(language: Language, text: string): boolean {
  return ['.', '。', ':', '：'].some((stop) => WORDS[language].has(`${text}${stop}`));
}

test('a quotation mark in a name does not end the quotation, and pairs of them stay', () => {
  const printed = (name: string) =>
    section(compose(reportRecord([itemRecord(1, OUTCOMES, { name })]), 'en'), 3).split('\n');
  expect(printed('a” strong support “b.png')).toContain('Item 1: “a\\u{201d} strong support \\u{201c}b.png”');
  expect(printed('照片“我的”.png')).toContain('Item 1: “照片“我的”.png”');
});

test('hostile text stands in quotation marks, in one line, with its controls shown', () => {
  const quoted = allTexts(compose(reportRecord())).flatMap((text) =>
    runsOf('zh', text).filter((run) => run.kind === 'quoted'),
  );
  expect(quoted.length).toBeGreaterThan(8);
  for (const { text } of quoted) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\n]/u);
  expect(quoted.some(({ text }) => text.includes(HOSTILE.slice(0, 20)))).toBe(true);
});

describe('a case of more items than are printed one by one', () => {
  const quiet = OUTCOMES.filter(({ llr, analyzer }) => llr === null && !analyzer.endsWith('-likeness')).map((one) => ({
    ...one,
    facts: [],
  }));
  const loud = (llr: number) => OUTCOMES.map((one) => (one.llr === null ? one : { ...one, llr }));
  // Of each seven, three have something to tell, the later ones more.
  const many = Array.from({ length: 700 }, (_, at) =>
    itemRecord(at + 1, at % 7 > 3 ? loud(1 + at / 400) : quiet, { name: `file ${at + 1}` }),
  );
  const parts = partsOf(reportRecord(many));
  const { sections } = compose(reportRecord(many), 'en');
  const printed = parts.items.length;
  const said = (number: number) => [...textsOf(sections[number]!.blocks)].map((text) => textOf('en', text));

  test('prints those first of which most is told, in the order of receipt, and at least one', () => {
    expect(printed).toBeGreaterThan(30);
    expect(printed).toBeLessThan(300);
    const numbers = parts.items.map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    const loudest = many.filter((_, at) => at % 7 > 3).slice(-printed);
    expect(numbers).toEqual(loudest.map(({ number }) => number));
    const [huge] = [itemRecord(1, Array.from({ length: 900 }, () => OUTCOMES).flat())];
    expect(partsOf(reportRecord([huge!, huge!])).items.length).toBeGreaterThan(0);
  });

  test('says in the summary and in each section by item what it left to the JSON and how it chose', () => {
    const told = sections.filter(({ number }) =>
      said(number).some((text) => text.includes(`prints ${printed} items one by one; the same records of the other`)),
    );
    expect(told.map(({ number }) => number)).toEqual([3, 5, 6, 7, 8, 9, 10]);
    expect(told.every(({ blocks: [first] }) => first!.kind === 'paragraph')).toBe(true);
    expect(said(1).join('\n')).toContain(`print ${printed} one by one: those with support for synthesis first`);
    expect(said(0).join('\n')).toContain('examined or kept: 700; reference samples: 0');
  });

  test('gives every item with a finding a row, and every item its number under each question; the summary stays short', () => {
    const tables = (number: number) =>
      sections[number]!.blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));
    const numbersOf = (rows: readonly (readonly (readonly Text[])[])[]) =>
      rows.map(([cell]) => Number(/Item (\d+)/.exec(textOf('en', cell![0]!))![1]));
    const told = many.filter((_, at) => at % 7 > 3).map(({ number }) => number);
    const [rows] = tables(1);
    expect(numbersOf(rows!)).toEqual(told.slice(-14));
    expect(said(1).join('\n')).toContain('The table above has the 14 items of which most is told');
    const [brief] = tables(9);
    const inRows = [...parts.items.map(({ number }) => number), ...numbersOf(brief!)];
    expect(inRows.toSorted((a, b) => a - b)).toEqual(told);
    const states = sections[1]!.blocks.find((block) => block.kind === 'pairs');
    if (states?.kind !== 'pairs') throw new Error('the summary has another form');
    for (const [, cell] of states.rows) {
      const numbers = cell.flatMap((text) => numbersIn(/\(no. (.*)\)$/.exec(textOf('en', text))![1]!));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(many.map(({ number }) => number));
    }
  });
});

/** `1–3, 7` */
function numbersIn(ranges: string): number[] {
  return ranges.split(', ').flatMap((range) => {
    const [from, to = from] = range.split('–').map(Number) as [number, number?];
    return Array.from({ length: to! - from + 1 }, (_, at) => from + at);
  });
}

describe('items that other versions examined', () => {
  const item = (number: number, more: Partial<ExaminationRecord> = {}) => {
    const record = itemRecord(number, OUTCOMES);
    return { ...record, examination: { ...record.examination!, ...more } };
  };
  const earlier = OUTCOMES.map((one) => (one.analyzer === 'synthetic-face' ? { ...one, version: '0.9.0' } : one));
  const removed = outcome('synthetic-image:own', 'abstained');
  const signed = outcome('provenance-exif', 'evidence', { facts: [fact('c2pa.trustListsInstalled', 'none')] });
  const said = (items: readonly ItemRecord[], language: Language = 'en') => {
    const document = compose(reportRecord(items), language);
    return { cover: section(document, 0), methods: section(document, 5) };
  };

  test('are not spoken of where there are none, and that all were examined with the same versions is said', () => {
    const { cover, methods } = said([item(1), item(2)]);
    expect(cover).not.toContain('versions');
    expect(methods).toContain(
      'All items were examined with the versions of methods, models and trust lists that the program',
    );
    const kept = said([itemRecord(1, [], { examination: null })]);
    expect(kept.methods).not.toContain('All items were examined');
  });

  test('are named with what they were examined with and what is there now', () => {
    const { cover, methods } = said([
      item(1, { outcomes: earlier }),
      item(2),
      item(3, { outcomes: [...earlier, removed], models: { 'face-detector': sha('former') } }),
      item(4, { fusion: '0', perception: '0' }),
      item(5, { outcomes: [...OUTCOMES, signed] }),
    ]);
    expect(cover).toContain('than the program that composed this record has: 4.');
    expect(cover).toContain('answers of different versions stand side by side');
    const row = (...cells: readonly string[]) => expect(methods).toContain(cells.join('\n'));
    row('test for synthetic faces [synthetic-face]', '0.9.0', '1', '1, 3');
    row('[synthetic-image:own]', '1', 'not installed', '3');
    row('search for faces and voices [perception]', '0', '1', '4');
    row('rules that make findings of results [fusion]', '0', '1', '4');
    row('trust list (official C2PA list)', 'not there then', '2026-08-14 1a2b3c4d', '5');
    row('Model [face-detector]', `${sha('former').slice(0, 12)}…`, `${sha('weights').slice(0, 12)}…`, '3');
    expect(methods).not.toContain('All items were examined');
  });

  test('are no mixture where all of them are of one version, nor where only a further method is installed now', () => {
    const { cover } = said([item(1, { outcomes: earlier }), item(2, { outcomes: earlier })], 'zh');
    expect(cover).toContain('有 2 份材料检查时所用方法、模型或信任名单的版本，与编写本记录的程序所安装的不同');
    expect(cover).not.toContain('并列');
    const before = OUTCOMES.filter(({ analyzer }) => analyzer !== 'voice-likeness');
    const { cover: then, methods } = said([item(1, { outcomes: before }), item(2)]);
    expect(then).toContain('record has: 1.');
    expect(then).not.toContain('side by side');
    expect(methods).toContain('not there then');
  });
});
