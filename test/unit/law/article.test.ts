import { articleInEnglish, packs } from '../../../main/law/index.ts';

test.each([
  ['第一千零一十九条', 'art. 1019'],
  ['第二百五十三条之一', 'art. 253-1'],
  ['第十九、二十二、二十四条', 'art. 19, 22, 24'],
  ['第二条至第五条', 'art. 2 to art. 5'],
  ['第一千零二十三条第二款', 'art. 1023 para. 2'],
  ['第五条第一款第三项', 'art. 5 para. 1 item 3'],
  ['2004年第一、三条；2010年第一条', '2004 art. 1, 3; 2010 art. 1'],
  ['指导性案例195号', 'guiding case 195'],
  ['指导性案例192号（李开祥案）', 'guiding case 192 (李开祥案)'],
  ['赵某案（广东，2025年1月7日发布）', 'Zhao, Guangdong, published on 7 January 2025 (赵某案)'],
  ['王某案（某法院）', '王某案（某法院）'],
  ['2025年第三次修正', 'third amendment of 2025'],
  ['第十条', 'art. 10'],
  ['第一百零五条', 'art. 105'],
  ['（2023）京0491民初12142号', 'Yin, Beijing Internet Court, (2023) Jing 0491 Min Chu No. 12142'],
  ['第六章、附录B、附录E', 'chapter 6, annex B, annex E'],
  ['第五章（条号在二手资料间不一致）', 'chapter 5 (numbers differ between secondary sources)'],
  ['全文（只核对到范围和步骤）', 'whole text (scope and steps checked only)'],
  ['Article 50(2)', 'Article 50(2)'],
])('%s is written %s', (article, english) => {
  expect(articleInEnglish(article)).toBe(english);
});

test('no article or case of the packs keeps Chinese outside brackets in English', () => {
  const articles = [...packs().values()].flatMap(({ provisions }) =>
    provisions.flatMap(({ versions }) => versions.map(({ article }) => articleInEnglish(article))),
  );
  expect(articles.filter((article) => /\p{Script=Han}/u.test(article.replace(/\([^)]*\)/g, '')))).toEqual([]);
});

test('of the articles of China’s statutes none keeps a Han numeral in English', () => {
  const articles = packs()
    .get('cn')!
    .provisions.flatMap(({ versions }) => versions.map(({ article }) => article));
  const numbered = articles.filter((article) => /^第[零一二三四五六七八九十百千、至和]+条(之一)?$/.test(article));
  expect(numbered.length).toBeGreaterThan(60);
  expect(numbered.filter((article) => /\p{Script=Han}/u.test(articleInEnglish(article)))).toEqual([]);
});
