import { JSDOM } from 'jsdom';
import { packs } from '../../../main/law/index.ts';
import { composeReport } from '../../../main/report/compose/index.ts';
import { reportHtml } from '../../../main/report/html.ts';
import { HOSTILE, partsOf, reportRecord, sha } from '../../fixtures/report-record.ts';

const htmlIn = (language: 'zh' | 'en') =>
  [
    ...reportHtml(
      composeReport(partsOf(reportRecord()), {
        language,
        digest: sha('json'),
        packs: [packs().get('cn')!],
        pictures: new Map(),
      }),
    ),
  ].join('');
const html = htmlIn('zh');

test('hostile text is text: no element and no attribute comes of it', () => {
  const page = new JSDOM(html).window.document;
  expect(page.querySelectorAll('script,iframe,object,embed,link,form,[onload],[onerror],[onclick]')).toHaveLength(0);
  expect(page.body.textContent).toContain(HOSTILE.slice(0, 34));
  expect([...page.querySelectorAll('img')].every((img) => img.src.startsWith('data:'))).toBe(true);
});

test('it fetches nothing and says so, has a language, a title and headings in order', () => {
  const page = new JSDOM(html).window.document;
  expect(page.documentElement.lang).toBe('zh-CN');
  expect(page.querySelector('meta[http-equiv="content-security-policy"]')!.getAttribute('content')).toMatch(
    /^default-src 'none'/,
  );
  expect(html).not.toMatch(/(src|href)="(?!#|data:)/);
  const levels = [...page.querySelectorAll('h1,h2,h3,h4')].map(({ tagName }) => Number(tagName[1]));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 2)).toHaveLength(19);
  expect(levels.every((level, at) => at === 0 || level <= levels[at - 1]! + 1)).toBe(true);
  const tables = [...page.querySelectorAll('table')];
  expect(tables.every((table) => table.querySelectorAll('thead th[scope="col"]').length > 0)).toBe(true);
});

test('English is set in the letters of the machine: quotation marks and spaces of a Chinese font are as wide as a character', () => {
  const page = new JSDOM(htmlIn('en')).window.document;
  expect(page.documentElement.lang).toBe('en');
  expect(page.querySelector('h2')!.textContent).toBe('0 Cover');
  expect(page.querySelector('style')!.textContent).toMatch(/:lang\(en\) body\{font-family:system-ui,/);
});
