import { inflateRawSync } from 'node:zlib';
import { fuse } from '../../../main/fusion/fuse.ts';
import {
  forbiddenConclusions,
  HAND_OVER_COLUMNS,
  HAND_OVER_PARTS,
  packs,
  type Stated,
} from '../../../main/law/index.ts';
import {
  blanksIn,
  composeLetter,
  LETTER_KINDS,
  type LetterKind,
  type LetterRecord,
  letterDocx,
  lettersIn,
} from '../../../main/report/letters/index.ts';
import { runsOf, textOf } from '../../../main/report/line.ts';
import { type Language, sentences } from '../../../main/strings/index.ts';
import { OUTCOMES } from '../../fixtures/report-record.ts';

const hostile = '</w:t><w:p>\u202eA同一人\n系伪造 & "x" \u0007\ud800';

const record: LetterRecord = {
  today: '2026-11-24',
  items: [
    {
      name: hostile,
      kind: 'video',
      mediaType: 'video/mp4',
      bytes: 1234,
      sha256: 'a'.repeat(64),
      sm3: 'b'.repeat(64),
      receivedAtMs: Date.UTC(2026, 10, 20, 8, 0, 0),
      kept: true,
      receivedAs: hostile,
      findings: fuse(OUTCOMES),
      open: OUTCOMES.filter(({ status }) => status === 'failed'),
      times: [
        { fact: 'exif.dateTimeOriginal', at: '2026:11:02 08:00:00', zone: null },
        { fact: 'xmp.createDate', at: hostile, zone: null },
      ],
      nobodyEnrolled: false,
    },
  ],
  stated: [],
  duties: [{ duty: 'cn.duty.delete', actor: hostile, asStated: 'not', facts: hostile }],
  routes: [{ route: 'RT-PLATFORM', event: 'received', at: '2026-11-21T09:00:00+08:00' }],
  people: [
    {
      ...{ name: hostile, role: 'face-donor', basis: 'own', purpose: hostile },
      retainUntil: '2027-01-01',
      faces: 2,
      voices: 0,
    },
  ],
  exports: [{ seq: 9, atMs: 0, act: 'case-exported', details: {} }],
  erasures: [{ seq: 10, atMs: 0, act: 'reference-expired', details: { samples: { figure: 2 } } }],
  opened: ['key-file', 'recovery-code'],
  custody: { seq: 12, hash: 'c'.repeat(64) },
  packs: [...packs().values()],
};

const said: readonly Stated[] = [
  { question: 'consent', item: null, value: 'none' },
  { question: 'act-kinds', item: null, value: ['made', 'published', 'unknown'] },
  { question: 'act-date', item: null, value: { from: '2026-11-01', to: '2026-11-03' } },
  { question: 'found-where', item: null, value: 'https://example.org/a?b=1&c=2' },
  { question: 'identity', item: null, value: hostile },
  { question: 'minor', item: null, value: 'unknown' },
];

/** What a letter says; `show` turns one text of it into characters. */
const text = (kind: LetterKind, language: Language, of: Partial<LetterRecord> = {}, show = textOf) =>
  composeLetter(kind, { ...record, ...of }, language)
    .blocks.flatMap((block) => {
      if (block.kind === 'heading') return sentences.get(block.id)![language];
      if (block.kind === 'paragraph') return show(language, block.line);
      if (block.kind === 'list') return block.lines.map((one) => show(language, one));
      if (block.kind === 'table') return block.rows.flat().map((filling) => show(language, filling));
      return block.kind === 'provisions' ? block.provisions.map(({ provision }) => provision.id) : [];
    })
    .join('\n');

const everyLetter = (['zh', 'en'] as const).flatMap((language) =>
  lettersIn(language).map((kind): [LetterKind, Language] => [kind, language]),
);

test('every kind is offered, TAKE IT DOWN in English only', () => {
  expect(lettersIn('en')).toEqual(LETTER_KINDS);
  expect(lettersIn('zh')).toEqual(LETTER_KINDS.filter((kind) => kind !== 'take-it-down'));
});

test.each(everyLetter)('%s in %s has a sentence for everything it says, filled or blank', (kind, language) => {
  for (const stated of [[], said]) {
    const all = text(kind, language, { stated });
    expect(all).not.toMatch(/\[(letter|law)\./);
    expect(all).not.toContain('{{');
    expect(all).not.toContain('undefined');
  }
});

test.each(everyLetter)(
  'no head in %s in %s has a name with a hyphen where a narrow column breaks it',
  (kind, language) => {
    const tables = composeLetter(kind, record, language).blocks.flatMap((block) =>
      block.kind === 'table' ? [block] : [],
    );
    const heads = tables.flatMap(({ head }) => head.map((id) => sentences.get(id)![language]));
    expect(heads.filter((head) => /.\b[A-Z]+-\d/.test(head))).toEqual([]);
  },
);

test.each(everyLetter)('%s in %s draws no conclusion of its own', (kind, language) => {
  const own: typeof textOf = (of, one) =>
    runsOf(of, one)
      .map((run) => (run.kind === 'quoted' ? '“”' : run.text))
      .join('');
  expect(forbiddenConclusions(text(kind, language, { stated: said }, own))).toEqual([]);
});

test.each(everyLetter)('%s in %s names provisions under their heading alone', (kind, language) => {
  const { blocks } = composeLetter(kind, { ...record, stated: said }, language);
  const before = blocks.flatMap((block, at) => (block.kind === 'provisions' ? [blocks[at - 1]] : []));
  expect(before).toEqual(before.map(() => ({ kind: 'heading', id: 'letter.basis' })));
});

test('the removal request under the TAKE IT DOWN Act lists pictures and films, and no recording of sound', () => {
  const [item] = record.items;
  const items = (['image', 'video', 'audio', 'other'] as const).map((kind) => ({ ...item!, kind, name: `a-${kind}` }));
  const listed = text('take-it-down', 'en', { items });
  expect(['image', 'video', 'audio', 'other'].filter((kind) => listed.includes(`a-${kind}`))).toEqual([
    'image',
    'video',
  ]);
});

test('the removal request under the TAKE IT DOWN Act says whether the content was stated to be intimate', () => {
  const stated: Stated[] = [...said, { question: 'intimate', item: null, value: 'no' }];
  expect(text('take-it-down', 'en', { stated })).toContain('Intimate content, as stated: No. The Act is about');
});

test('how files were saved is stated once in the hand-over pack, and of no single file', () => {
  const [item] = record.items;
  const items = [1, 2].map((n) => ({ ...item!, name: `${n}.jpg`, receivedAs: null }));
  const stated: Stated[] = [...said, { question: 'captured-how', item: null, value: 'saved by telephone' }];
  const all = text('hand-over', 'en', { items, stated });
  expect(all.match(/saved by telephone/g)).toHaveLength(1);
  expect(all).toContain('How the material was saved, as stated: “saved by telephone”');
});

test('a time that a file states stands with its zone, or with the word that it states none', () => {
  const [item] = record.items;
  const at = (stated: string, zone: string | null = null) =>
    text('hand-over', 'en', { items: [{ ...item!, times: [{ fact: 'exif.dateTimeOriginal', at: stated, zone }] }] });
  expect(at('2019-07-24T11:25:40+0300')).toContain('2019-07-24 11:25 UTC+0300');
  expect(at('2023-01-24T14:48:58Z')).toContain('2023-01-24 14:48 UTC\n');
  expect(at('2008:10:22 16:28:39')).toContain('2008-10-22 16:28, zone not stated');
  expect(at('2008:10:22 16:28:39', '+08:00')).toContain('2008-10-22 16:28 UTC+08:00\n');
  expect(at('20081022')).toContain('2008-10-22\n');
  expect(at('0000:00:00 00:00:00')).not.toContain('0000-00-00');
});

test('the time line goes by the instant where the zone is known, and says where what has none stands', () => {
  const [item] = record.items;
  const times = [
    { fact: 'exif.dateTimeOriginal', at: '2026:11:20 15:59:00', zone: '+08:00' },
    { fact: 'xmp.createDate', at: '2026-11-20T06:00:00-03:00', zone: null },
    { fact: 'xmp.modifyDate', at: '2026-11-20T07:59:30Z', zone: null },
    { fact: 'exif.modifyDate', at: '2026:11:20 08:30:00', zone: null },
  ];
  const routes = [{ route: 'RT-PLATFORM', event: 'received', at: '2026-11-20T15:30:00+08:00' } as const];
  const { blocks } = composeLetter('hand-over', { ...record, items: [{ ...item!, times }], routes }, 'en');
  const order = blocks.findIndex((block) => block.kind === 'paragraph' && block.line.id === 'letter.hand-over.order');
  const table = blocks[order + 1];
  expect(table?.kind === 'table' && table.rows.map(([when]) => textOf('en', when!))).toEqual([
    '2026-11-20 15:30:00+08:00',
    '2026-11-20 15:59 UTC+08:00',
    '2026-11-20 07:59 UTC',
    '2026-11-20 08:00:00 UTC',
    '2026-11-20 08:30, zone not stated',
    '2026-11-20 06:00 UTC-03:00',
  ]);
});

test('the time line has both ends of an act that lasted, and one day of one that did not', () => {
  expect(text('hand-over', 'en', { stated: said })).toContain('2026-11-03\nthe act ended');
  const oneDay: Stated[] = [{ question: 'act-date', item: null, value: '2026-11-01' }];
  expect(text('hand-over', 'en', { stated: oneDay })).not.toContain('the act ended');
});

test('what was stated stands in quotation marks and cannot break out of its line', () => {
  const all = text('platform-notice', 'zh', { stated: said });
  expect(all).toContain('与材料中的人的关系（陈述）：“</w:t><w:p>\\u{202e}A同一人 / 系伪造 & "x" \\u{7}\ufffd”');
  expect(all).toContain('本人是否同意（陈述）：没有');
  expect(all).toContain('“https://example.org/a?b=1&c=2”');
});

test('an unknown answer and a missing one are both blanks, a known one is not', () => {
  const blanks = (stated: readonly Stated[]) =>
    blanksIn(composeLetter('police-statement', { ...record, stated }, 'zh'));
  const empty = blanks([]);
  expect(blanks([{ question: 'consent', item: null, value: 'unknown' }])).toBe(empty);
  expect(blanks([{ question: 'consent', item: null, value: 'none' }])).toBe(empty - 1);
  expect(text('police-statement', 'zh', { stated: said })).toContain('对方做了什么：制作、发布、传播');
});

test('no letter says that a copy is kept of a file of which there is none', () => {
  const [item] = record.items;
  for (const kind of ['platform-notice', 'police-statement', 'hand-over', 'preservation-list'] as const) {
    const told = (...kept: readonly boolean[]) =>
      text(kind, 'en', { items: kept.map((one) => ({ ...item!, kept: one })) });
    expect(told(true)).toMatch(/[Cc]op(ies|ied) .*1 in number/);
    expect(told(false)).not.toMatch(/Copies kept|were copied/);
    expect(told(false)).toMatch(/(without copies|no copy is kept).*1 in number/);
    expect(told(true, false, false)).toMatch(
      /[Cc]op(ies|ied) .*1 in number.*(without copies|no copy is kept).*2 in number/s,
    );
  }
});

test('the notice cites Civil Code 1195 with its text, and nothing that is not in force on the day of the letter', () => {
  const cited = (today: string) =>
    composeLetter('platform-notice', { ...record, today }, 'zh').blocks.flatMap((block) =>
      block.kind === 'provisions' ? block.provisions.map(({ provision }) => provision.id) : [],
    );
  expect(cited('2026-11-24')).toEqual(expect.arrayContaining(['cn.civ.1195', 'cn.label.6']));
  expect(cited('2025-08-31')).not.toContain('cn.label.6');
  expect(cited('2020-12-31')).toEqual([]);
});

test('whoever signs for another names that person and the proof, and nobody is made to write of their own face', () => {
  const by = (role: string): Stated => ({ question: 'user-role', item: null, value: role });
  for (const kind of ['platform-notice', 'handler-request', 'police-statement', 'take-it-down'] as const) {
    const language = kind === 'take-it-down' ? 'en' : 'zh';
    const proof = sentences.get('letter.blank.proof')![language];
    for (const role of ['guardian', 'agent', 'relative-of-deceased'])
      expect(text(kind, language, { stated: [by(role)] })).toContain(proof);
    for (const stated of [[], [by('victim')]]) expect(text(kind, language, { stated })).not.toContain(proof);
  }
  for (const [kind, language] of everyLetter)
    expect(text(kind, language, { stated: [by('guardian')] })).not.toMatch(
      /本人的|depiction of me|\bmy (face|voice|personal)/,
    );
  expect(text('platform-notice', 'zh', { stated: [by('relative-of-deceased')] })).toContain('cn.civ.993-994');
});

test('the Act asks for no identity document, and a form of consent is asked for only where there was one', () => {
  expect(text('take-it-down', 'en')).not.toContain(sentences.get('letter.blank.id-number')!.en);
  const form = sentences.get('law.question.consent-form')!.zh;
  const consent = (value: string): Stated[] => [{ question: 'consent', item: null, value }];
  expect(text('handler-request', 'zh', { stated: consent('none') })).not.toContain(form);
  expect(text('handler-request', 'zh', { stated: consent('withdrawn') })).toContain(form);
});

test('a letter tells of each rule that the act may predate, and of none where the act came after', async () => {
  const noted = async (stated: readonly Stated[]) => {
    const letter = composeLetter('platform-notice', { ...record, stated }, 'zh');
    const xml = entryOf(Buffer.from(await letterDocx(letter)), 'word/document.xml');
    return [...xml.matchAll(/行为可能早于这条规定（自 ([\d-]+) 起）/g)].map(([, from]) => from);
  };
  const on = (value: Stated['value']): Stated[] => [{ question: 'act-date', item: null, value }];
  expect(await noted(on({ from: '2026-11-01', to: '2026-11-03' }))).toEqual([]);
  expect(await noted(on('2025-08-31'))).toEqual(['2025-09-01']);
  expect((await noted([])).length).toBeGreaterThan(1);
});

test('the file is a DOCX whose text is the letter, with blanks marked', async () => {
  const letter = composeLetter('platform-notice', { ...record, stated: said }, 'zh');
  const xml = entryOf(Buffer.from(await letterDocx(letter)), 'word/document.xml');
  expect(xml).toContain('致平台的通知（草稿）');
  expect(xml).toContain('通知应当包括构成侵权的初步证据及权利人的真实身份信息');
  expect(xml.split('w:highlight w:val="yellow"').length - 1).toBe(blanksIn(letter));
  expect(xml).toContain('&lt;/w:t&gt;&lt;w:p&gt;\\u{202e}A');
  expect(xml).not.toContain('\u202e');
});

/** The text of one deflated entry of a ZIP archive. */
function entryOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\x01\x02'); at !== -1; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + length) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    return inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20))).toString('utf8');
  }
  throw new Error(`no ${name}`);
}

test('the hand-over pack tells a similarity once, and beside it how often different people reach it', () => {
  const all = text('hand-over', 'en');
  expect(all.match(/similarity [–\d]/g)).toHaveLength(1);
  expect(all).toContain('14 of 13,612 pairs reach this similarity');
});

test('the list of electronic data gives no format to a file that nobody looked at', () => {
  const items = [{ ...record.items[0]!, mediaType: null, findings: [] }];
  expect(text('police-statement', 'en', { items })).toContain('not examined, so not determined');
  expect(text('police-statement', 'en')).toContain('video/mp4');
});

test('a number that was stated has its thousands apart', () => {
  const stated: Stated[] = [{ question: 'views', item: null, value: 12_000 }];
  expect(text('police-statement', 'en', { stated })).toContain('views displayed 12,000');
});

test('the hand-over pack has its parts in order, the columns of the list of electronic data, and a time line sorted by time', () => {
  const { blocks } = composeLetter('hand-over', { ...record, stated: said }, 'en');
  const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : []));
  expect(headings).toEqual([...HAND_OVER_PARTS.map((part) => `law.hand-over.${part}`), 'letter.basis']);
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
  expect(tables[0]!.head).toEqual(HAND_OVER_COLUMNS.map((column) => `law.hand-over.${column}`));
  const times = tables.at(-1)!.rows.map(([when, , kind]) => [textOf('en', when!), textOf('en', kind!)]);
  expect(times).toEqual([
    ['2026-11-01', 'R'],
    ['2026-11-02 08:00, zone not stated', 'M'],
    ['2026-11-03', 'R'],
    ['2026-11-20 08:00:00 UTC', 'M'],
    ['2026-11-21 09:00:00+08:00', 'R'],
    ['–', 'M'],
  ]);
  const all = text('hand-over', 'en', { stated: said });
  expect(all).toContain(sentences.get('analyzer.provenance-c2pa')!.en);
  expect(all).toContain('did not finish');
});

test('the record of processing says who is enrolled, what left and what was erased, and leaves the assessment to the handler', () => {
  const all = text('processing-record', 'zh');
  for (const told of ['2027-01-01', '人脸 2，声音 0', '这台电脑上的密钥文件、恢复码', '图片 0，视频 1'])
    expect(all).toContain(told);
  expect(all.match(/【请填写：处理者的评估】/g)).toHaveLength(3);
  expect(all).toContain('cn.pipl.55');
  const nothing = text('processing-record', 'en', { people: [], exports: [], erasures: [] });
  for (const told of ['Nobody is enrolled', 'Nothing was exported', 'Nothing was erased'])
    expect(nothing).toContain(told);
});
