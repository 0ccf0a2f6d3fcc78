import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES } from '../../../main/contract/errors.ts';
import {
  citedFigure,
  languageOf,
  repeatedIds,
  say,
  sayReason,
  saySubject,
  sentences,
} from '../../../main/strings/index.ts';
import { CATALOGUES as screenCatalogues } from '../../../main/strings/screen.ts';

test('every error code has a sentence in both languages', () => {
  const missing = ERROR_CODES.filter(
    (code) => !sentences.get(`error.${code}`)?.zh || !sentences.get(`error.${code}`)?.en,
  );
  expect(missing).toEqual([]);
});

test('no id stands in two catalogues', () => {
  expect(repeatedIds()).toEqual([]);
});

test('both languages of a sentence quote the same parameters', () => {
  const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
  const unequal = [...sentences]
    .filter(([, s]) => placeholders(s.zh).join() !== placeholders(s.en).join())
    .map(([id]) => id);
  expect(unequal).toEqual([]);
});

test('what the product never says stands in no sentence', () => {
  // ../shared/design/REPORT.md, "Wording that never occurs"; UI.md, principle 4.
  const forbidden =
    /系伪造|认定为\s*AI\s*生成|同一人(?!的)|鉴定意见为|条结论|达到入罪标准|真实无伪造|\bis (fake|genuine|real)\b|\bproven\b|identical person|\d\s?%|!|！/;
  const found = [...sentences].filter(([, s]) => forbidden.test(s.zh) || forbidden.test(s.en)).map(([id]) => id);
  expect(found).toEqual([]);
});

test('every unit of a fact has words, except of a number of things', () => {
  const root = path.resolve(import.meta.dirname, '../../../main');
  const rooms = ['detectors', 'forensics', 'identity', 'provenance', 'fusion'];
  const units = globSync(`{${rooms.join(',')}}/**/*.ts`, { cwd: root }).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bunit: '([^']+)'/g)].map((match) => match[1]!),
  );
  expect(units.length).toBeGreaterThan(30);
  expect([...new Set(units)].filter((unit) => unit !== 'count' && !sentences.has(`unit.${unit}`))).toEqual([]);
});

test('every count of what an analyzer looked at has words', () => {
  const root = path.resolve(import.meta.dirname, '../../../main');
  const counts = globSync('{detectors,forensics,identity}/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/`([a-zA-Z]+):\$\{/g)].map((match) => match[1]!),
  );
  expect(counts).toContain('runs');
  expect(counts.filter((count) => !sentences.has(`examined.${count}`))).toEqual([]);
});

test('parameters are filled in, and an unknown id shows itself', () => {
  expect(say('en', 'error.CASE_EXISTS', { name: 'a' })).toBe('A case named “a” already exists.');
  expect(say('zh', 'no.such.id')).toBe('[no.such.id]');
});

test('codes among the parameters are said in words, figures keep three decimals, what is missing is a dash', () => {
  const said = say('en', 'reason.likeness.similarity', { similarity: 0.123456, population: 'east-asian', pairs: 10 });
  expect(said).toContain('0.123;');
  expect(said).toContain('East Asian people');
  expect(said).toContain('– of 10 pairs');
  expect(saySubject('zh', 'face-track:2')).toBe('人脸 2');
});

test('the value of a fact that a reason cites is said in words where it is a code, and as it stands where a file says it', () => {
  const cite = (fact: string, value: string) =>
    sayReason('zh', { code: 'origin.fact', params: { fact, value, strength: 'S0', analyzer: 'provenance-container' } });
  expect(cite('copy.kind', 'camera original')).toContain('“像是相机原件”');
  expect(cite('exif.make', 'camera original')).toContain('“camera original”');
  expect(cite('exif.makerNote', '3298')).toContain('厂商注释 = “3,298 字节”');
  expect(cite('exif.gpsPosition', '43.46744833333334, 11.885126666663888')).toContain('“43.467448, 11.885127 度”');
  const unread = { code: 'container-not-read-through', params: { problem: 'truncated' } };
  expect(sayReason('zh', unread)).toBe('文件结构没有读到底（文件提前结束）：没有找到，不等于没有');
});

test('the words in which a reason tells a figure are among those that the window has', () => {
  const shown = new Set(screenCatalogues.flatMap((catalogue) => Object.keys(catalogue)));
  const cited = ['exif.makerNote', 'exif.gpsPosition'].map((fact) => citedFigure(fact, '1')!.unit);
  expect(cited.filter((id) => !shown.has(id))).toEqual([]);
  expect(sayReason('en', { code: 'origin.fact', params: { fact: 'exif.makerNote', value: '3298' } })).toContain(
    '“3,298 bytes”',
  );
});

test.each([
  ['zh_CN.UTF-8', 'zh'],
  ['zh-Hant-TW', 'zh'],
  ['zh', 'zh'],
  ['en_US.UTF-8', 'en'],
  ['C', 'en'],
  [undefined, 'en'],
])('language of %s is %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

/** Where the number is always two or more. */
const SEVERAL = new Set([
  ...['reason.several-faces', 'reason.several-speakers', 'report.series', 'report.calibration.set'],
  ...['report.summary.chosen', 'report.some-only', 'report.rates.reached', 'cli.groups.pictures', 'ui.reached'],
  ...['verify.intact', 'verify.deviates', 'deviation.count-differs', 'hashes.frames', 'custody.case-imported'],
  ...['ui.settings.moved', 'cli.place.moved', 'reason.face-enhanced', 'report.summary.rows'],
]);

test('no English sentence puts a number that can be one before a plural', () => {
  const numbers =
    'added|all|appearances|blanks|clips|compared|count|entries|faces|files|items|minutes|mismatches|pages|pictures|printed|samples|total|voices';
  const plural = new RegExp(`\\{\\{(${numbers})\\}\\} ([a-z-]+ )?[a-z]+s\\b`);
  const wrong = [...sentences].filter(([id, { en }]) => plural.test(en) && !SEVERAL.has(id)).map(([, { en }]) => en);
  expect(wrong).toEqual([]);
});

test('no sentence has brackets in brackets, nor takes between its brackets words that have some', () => {
  /** `examined.turns` are not looked up by the name of a value: in sentences `examined` is a number. */
  const words = [...sentences].filter(([id]) => !id.startsWith('examined.'));
  const nested = [...sentences].flatMap(([id, sentence]) =>
    (['zh', 'en'] as const)
      .filter((language) => {
        const inside = [...sentence[language].matchAll(/[（(]([^（()）]*)[)）]/g)].flatMap(([, text]) =>
          [...text!.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!),
        );
        return (
          /[（(][^（()）]*[（(]/.test(sentence[language]) ||
          inside.some((name) => words.some(([own, said]) => own.startsWith(`${name}.`) && /[（(]/.test(said[language])))
        );
      })
      .map((language) => `${language} ${id}: ${sentence[language]}`),
  );
  expect(nested).toEqual([]);
});

test('no two questions read alike: record and letters print each without those before it', () => {
  const questions = [...sentences].filter(([id]) => id.startsWith('law.question.'));
  for (const language of ['zh', 'en'] as const)
    expect(new Set(questions.map(([, sentence]) => sentence[language])).size).toBe(questions.length);
});

test('the name of a method does not read as what it would find', () => {
  const claims = [...sentences].filter(
    ([id, { en }]) => id.startsWith('analyzer.') && /^(synthetic|generated)/.test(en),
  );
  expect(claims.map(([id, { en }]) => `${id}: ${en}`)).toEqual([]);
});

/** Names of the program and of a language, in their own characters. */
const OWN_CHARACTERS = new Set(['ui.name', 'ui.settings.language.zh']);
/** The mark of the record for what was not looked at. */
const MARK = /^—/;

test('English has its own punctuation: none as wide as a Han character, and one apostrophe', () => {
  const foreign = [...sentences].filter(
    ([id, { en }]) =>
      !OWN_CHARACTERS.has(id) && /[\u3000-\u303f\uff00-\uffef'—]|\p{Script=Han}/u.test(en.replace(MARK, '')),
  );
  expect(foreign.map(([id, { en }]) => `${id}: ${en}`)).toEqual([]);
});

test('what stands inside sentences begins small, but for a name', () => {
  const inside = ['analyzer', 'law.level', 'law.standing', 'law.record'];
  const capital = [...sentences].filter(
    ([id, { en }]) => inside.some((kind) => id.startsWith(`${kind}.`)) && /^(?!C2PA|Content Credentials)[A-Z]/.test(en),
  );
  expect(capital.map(([id, { en }]) => `${id}: ${en}`)).toEqual([]);
});

test('how well a wording is known points to no list: letters have none', () => {
  const grades = [...sentences].filter(([id]) => id.startsWith('law.level.'));
  expect(grades.filter(([, { zh, en }]) => /所列|named/.test(zh + en)).map(([id]) => id)).toEqual([]);
});

test('every id that the program says, and every reason that it gives, has a sentence', () => {
  const root = path.resolve(import.meta.dirname, '../../../main');
  const missing = globSync('**/*.ts', { cwd: root, exclude: ['strings/**'] }).flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const said = [...text.matchAll(/\bsay\(\s*(?:language,\s*|this\.\w+,\s*)?'([\w.-]+)'/g)].map((m) => m[1]!);
    const givesReasons = /import .*\breason\b.* from '.*contract\/fact\.ts'/.test(text);
    const reasons = [...text.matchAll(/\breason\('([\w.-]+)'/g)].map((m) => m[1]!);
    return [
      ...said.filter((id) => !sentences.has(id)),
      ...(givesReasons ? reasons : []).filter(
        (code) => !sentences.has(`reason.${code}`) && !sentences.has(`error.${code}`),
      ),
    ].map((id) => `${file}: ${id}`);
  });
  expect(missing).toEqual([]);
});
