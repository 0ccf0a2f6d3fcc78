import { inflateRawSync } from 'node:zlib';
import { forbiddenConclusions, packs, type Stated } from '../../../main/law/index.ts';
import {
  blanksIn,
  composeLetter,
  LETTER_KINDS,
  type LetterKind,
  type LetterRecord,
  letterDocx,
  lettersIn,
} from '../../../main/report/letters/index.ts';
import { textOf } from '../../../main/report/line.ts';
import { type Language, sentences } from '../../../main/strings/index.ts';

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
    },
  ],
  stated: [],
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

const text = (kind: LetterKind, language: Language, of: Partial<LetterRecord> = {}) =>
  composeLetter(kind, { ...record, ...of }, language)
    .blocks.flatMap((block) => {
      if (block.kind === 'heading') return sentences.get(block.id)![language];
      if (block.kind === 'paragraph') return textOf(language, block.line);
      if (block.kind === 'list') return block.lines.map((one) => textOf(language, one));
      if (block.kind === 'table') return block.rows.flat().map((filling) => textOf(language, filling));
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

test.each(everyLetter)('%s in %s draws no conclusion of its own', (kind, language) => {
  expect(forbiddenConclusions(text(kind, language, { items: [{ ...record.items[0]!, name: 'clip.mp4' }] }))).toEqual(
    [],
  );
});

test('what was stated stands in quotation marks and cannot break out of its line', () => {
  const all = text('platform-notice', 'zh', { stated: said });
  expect(all).toContain('为什么是本人：“</w:t><w:p>\\u{202e}A同一人 / 系伪造 & "x" \\u{7}\ufffd”');
  expect(all).toContain('是否同意（权利人陈述）：没有');
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

test('the notice cites Civil Code 1195 with its text, and nothing that is not in force on the day of the letter', () => {
  const cited = (today: string) =>
    composeLetter('platform-notice', { ...record, today }, 'zh').blocks.flatMap((block) =>
      block.kind === 'provisions' ? block.provisions.map(({ provision }) => provision.id) : [],
    );
  expect(cited('2026-11-24')).toEqual(expect.arrayContaining(['cn.civ.1195', 'cn.label.6']));
  expect(cited('2025-08-31')).not.toContain('cn.label.6');
  expect(cited('2020-12-31')).toEqual([]);
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
