import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { packs } from '../../../main/law/index.ts';
import { composeReport } from '../../../main/report/compose/index.ts';
import { glyphTest } from '../../../main/report/pdf/font.ts';
import { renderPdf } from '../../../main/report/pdf/index.ts';
import { pageOf } from '../../../main/report/pdf/page.ts';
import { type Language, say } from '../../../main/strings/index.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { itemRecord, OUTCOMES, partsOf, reportRecord, sha } from '../../fixtures/report-record.ts';

const work = temporaryFolder();
const attached = '{"form":"jianzhen-report-1"}\n';
const attachment = { file: path.join(work, 'to-attach', 'report.json') };
mkdirSync(path.dirname(attachment.file));
writeFileSync(attachment.file, attached);
const png = await (await import('sharp'))
  .default({ create: { width: 40, height: 50, channels: 3, background: '#876' } })
  .png()
  .toBuffer();

const crop = {
  id: 1,
  name: 'crop-1.png',
  subject: 'face-track:1',
  timeS: 0,
  box: { x: 1, y: 2, w: 40, h: 50 },
  quality: {},
};
const item = itemRecord(1, OUTCOMES);
const record = reportRecord([{ ...item, examination: { ...item.examination!, crops: [crop] } }]);

const document = (language: Language) =>
  composeReport(partsOf(record), {
    language,
    digest: sha('json'),
    packs: [packs().get('cn')!],
    pictures: new Map([['crop-1.png', { png, width: 40, height: 50 }]]),
  });

const made = new Map<Language, string>();
async function pdf(language: Language): Promise<string> {
  const known = made.get(language);
  if (known) return known;
  const file = path.join(work, `${language}.pdf`);
  writeFileSync(file, await renderPdf(document(language), attachment));
  made.set(language, file);
  return file;
}

const poppler = spawnSync('pdftotext', ['-v']).status === 0 ? test : test.skip;

test('the file is tagged PDF/A-3b, and the same document gives the same bytes', async () => {
  const bytes = readFileSync(await pdf('zh'));
  const text = bytes.toString('latin1');
  expect(text.slice(0, 5)).toBe('%PDF-');
  expect(text).toMatch(/pdfaid:part>3</);
  expect(text).toMatch(/pdfaid:conformance>B</);
  expect(text).toContain('/MarkInfo');
  expect(text).toContain('/StructTreeRoot');
  expect(text).toMatch(/AFRelationship\s*\/Data/);
  expect(Buffer.from(await renderPdf(document('zh'), attachment)).equals(bytes)).toBe(true);
});

poppler.each(['zh', 'en'] as const)(
  'pdftotext reads every heading, hostile text as text, and missing characters as their numbers, in %s',
  async (language) => {
    const text = execFileSync('pdftotext', [await pdf(language), '-'], { encoding: 'utf8' });
    const flat = text.replace(/\s+/g, '');
    for (const { title } of document(language).sections) expect(flat).toContain(wordsOf(language, title.id));
    expect(flat).toContain('<script>alert(1)</script>#eval("1")\\u{202e}exe.gnp');
    expect(flat).toContain('U+20BB7');
    expect(flat).toContain('龘');
  },
);

test('digests and ids may break within a line, and words of ours may not', () => {
  const page = JSON.stringify(pageOf(document('en'), 'report.json', () => true));
  const long = [...page.matchAll(/\["long",(\["[^\]]*"\])\]/g)].map(([, portions]) => JSON.parse(portions!).join(''));
  expect(long).toContain(sha('json'));
  for (const file of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
    expect(page).toContain(JSON.stringify(['long', [file]]));
  expect(long.filter((text) => /^[a-z]+(-[a-z]+)?[,.]?$/i.test(text))).toEqual([]);
});

poppler('the attached JSON comes out as it went in', async () => {
  const file = await pdf('en');
  execFileSync('pdfdetach', ['-saveall', '-o', work, file]);
  expect(readFileSync(path.join(work, 'report.json'), 'utf8')).toBe(attached);
});

poppler('a name without a place to break stays within its column of the summary', async () => {
  const named = { ...record, items: record.items.map((one) => ({ ...one, name: 'openai_2_original.png' })) };
  const made = composeReport(partsOf(named), { language: 'zh', digest: sha('json'), packs: [], pictures: new Map() });
  const file = path.join(work, 'names.pdf');
  writeFileSync(file, await renderPdf({ ...made, sections: made.sections.slice(0, 2) }, attachment));
  const words = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
  const placed = [...words.matchAll(/xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)</g)];
  const name = placed.filter(([, , , word]) => /openai_|ginal\.png/.test(word!));
  const column = placed.filter(([, , , word]) => word === '从哪里来').at(-1)!;
  expect(name.length).toBeGreaterThan(1);
  for (const [, , right] of name) expect(Number(right)).toBeLessThan(Number(column[1]));
});

poppler(
  'a text longer than a page goes on over pages, in a list of pairs and in a table, and none of it is lost',
  async () => {
    const words = (mark: string) => Array.from({ length: 2500 }, (_, at) => `${mark}${at}`).join(' ');
    const long = composeReport(partsOf(record), {
      language: 'zh',
      digest: sha('json'),
      packs: [],
      pictures: new Map(),
    });
    const [first] = long.sections;
    const blocks = [
      { kind: 'pairs', rows: [[{ figure: 'x' }, [{ quoted: words('p') }]]] },
      {
        kind: 'table',
        head: [{ figure: 1 }, { figure: 2 }],
        widths: [1, 3],
        rows: [[[{ figure: 1 }], [{ quoted: words('t') }]]],
      },
    ] as const;
    const file = path.join(work, 'long.pdf');
    writeFileSync(file, await renderPdf({ ...long, sections: [{ ...first!, blocks }] }, attachment));
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).replace(
      /[\s\u200b]/g,
      '',
    );
    for (const mark of ['p', 't'])
      for (let at = 0; at < 2500; at += 100) expect(text).toContain(`${mark}${at}${mark}${at + 1}`);
    expect(text).toContain('p2499');
    expect(text).toContain('t2499');
  },
);

test('the font tells which characters it can draw', () => {
  const font = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  );
  const has = glyphTest(readFileSync(font));
  const drawn = (text: string) => [...text].map((char) => has(char.codePointAt(0)!));
  expect(drawn('真A㐂龘■□○●◆◇△—“”').every(Boolean)).toBe(true);
  expect(drawn('𠮷\u{10ffff}\u{e000}').some(Boolean)).toBe(false);
});

function wordsOf(language: Language, id: string): string {
  return say(language, id).replace(/\s+/g, '');
}
