import { helpLanguage } from '../../../main/cli/program.ts';

const former = process.env.LC_ALL;
beforeEach(() => {
  process.env.LC_ALL = 'zh_CN.UTF-8';
});
afterAll(() => {
  if (former === undefined) delete process.env.LC_ALL;
  else process.env.LC_ALL = former;
});

test.each([
  [['--lang', 'en', 'scan'], 'en'],
  [['--lang=en', 'scan'], 'en'],
  [['scan', 'a.jpg', '--lang=en'], 'en'],
  [['scan', 'a.jpg'], 'zh'],
])('help and faults of %j are told in %s on a Chinese system', (argv, language) => {
  expect(helpLanguage(argv)).toBe(language);
});
