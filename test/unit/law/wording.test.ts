import { forbiddenConclusions, packs } from '../../../main/law/index.ts';
import { sentences } from '../../../main/strings/index.ts';

/** Restated from ../shared/law/provisions.json, `hard_rules` 5 and 6, and ../shared/design/REPORT.md; kept apart from the room's own list. */
const NEVER = [
  '达到入罪标准',
  '构成犯罪',
  '构成侵权',
  '构成违法',
  '犯罪成立',
  '侵权成立',
  '违法成立',
  '认定为AI生成',
  '认定为 AI 生成',
  '同一人',
  '鉴定结论',
  '鉴定意见为',
  '系伪造',
  '真实无伪造',
  '构成情节严重',
  '已达五百条',
  'threshold reached',
  'is fake',
  'is genuine',
  'proven',
  'identical person',
  'constitutes',
  'is guilty',
  'is unlawful',
];

/** Every text of a pack that is ours: all but quotations, titles of instruments and names of sources. */
function ownTexts(): string[] {
  const texts: string[] = [];
  const walk = (value: unknown, key = ''): void => {
    if (['quotation', 'sources', 'instrument', 'instruments'].includes(key)) return;
    if (typeof value === 'string') texts.push(value);
    else if (Array.isArray(value)) for (const one of value) walk(one, key);
    else if (value && typeof value === 'object') for (const [inner, one] of Object.entries(value)) walk(one, inner);
  };
  for (const pack of packs().values()) walk(pack);
  return texts;
}

test('no text of ours draws a conclusion', () => {
  const texts = [
    ...ownTexts(),
    ...[...sentences].filter(([id]) => id.startsWith('law.')).flatMap(([, s]) => [s.zh, s.en]),
  ];
  expect(texts.length).toBeGreaterThan(1500);
  expect(
    texts.flatMap((text) => NEVER.filter((never) => text.toLowerCase().includes(never)).map((n) => [n, text])),
  ).toEqual([]);
  expect(texts.filter((text) => forbiddenConclusions(text).length > 0)).toEqual([]);
});

test.each([
  '该行为构成侵犯公民个人信息罪',
  '侵权要件均已满足',
  '数量已达到入罪标准',
  '本视频系伪造',
  '视频中的人是同一人',
  '鉴定意见为不是本人',
  '认定为AI生成',
  'The threshold has been reached.',
  'This clip is fake.',
  'The provision is met.',
  'This constitutes an infringement.',
])('%s is recognised as a conclusion', (text) => {
  expect(forbiddenConclusions(text)).not.toEqual([]);
});

test.each([
  '情节严重的，处三年以下有期徒刑',
  '本报告不是鉴定意见。',
  '由主管机关填写',
  'Whether the public may be confused',
  'Counts beside the numbers of the law, not compared',
])('%s draws none', (text) => {
  expect(forbiddenConclusions(text)).toEqual([]);
});
