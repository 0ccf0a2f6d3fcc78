/** Numbers of articles as Chinese statutes write them, for readers of English: 第二百五十三条之一 is article 253-1. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** What stands after a number, and what English puts before it. */
const KINDS: Readonly<Record<string, string>> = {
  条: 'art. ',
  款: 'para. ',
  项: 'item ',
  章: 'chapter ',
  节: 'section ',
  批: 'batch ',
};

/** Words around numbers that articles use, longest first. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/指导性案例(\d+)号/g, 'guiding case $1'],
  [/(\d{4})年第三次修正/g, 'third amendment of $1'],
  [/^刑法修正案$/g, 'amendments'],
  [/(\d{4})年/g, '$1'],
  [/^全文|^全部/g, 'whole text'],
  [/^定义$/g, 'definitions'],
  [/^标识义务$/g, 'labelling duties'],
  [/条号在二手资料间不一致/g, 'numbers differ between secondary sources'],
  [/条号未核实|旧条号未核对/g, 'numbers not verified'],
  [/^存储、同意、评估等条/g, 'on storage, consent, assessment and others'],
  [/只核对到范围和步骤/g, 'scope and steps checked only'],
  [/只核对到名称和日期/g, 'name and date checked only'],
  [/只核对到名称/g, 'name checked only'],
  [/从重处罚情形/g, 'heavier punishment'],
  [/、/g, ', '],
  [/，/g, ', '],
  [/；/g, '; '],
  [/至/g, ' to '],
  [/和|及/g, ' and '],
  [/附录\s*/g, 'annex '],
  [/（/g, ' ('],
  [/）/g, ')'],
  [/ {2,}/g, ' '],
];

/** Cases as the packs name them. The name by which one is found stays, in brackets. */
const CASES: Readonly<Record<string, string>> = {
  杭州市萧山区检察院诉虞某某案: 'procuratorate of Xiaoshan, Hangzhou, against Yu (杭州市萧山区检察院诉虞某某案)',
  '杭州市中级人民法院张某、王某案': 'Zhang and Wang, Intermediate Court of Hangzhou (杭州市中级人民法院张某、王某案)',
  '（2023）京0491民初12142号': 'Yin, Beijing Internet Court, (2023) Jing 0491 Min Chu No. 12142',
  '廖某案（北京互联网法院）': 'Liao, Beijing Internet Court (廖某案)',
  '赵某案（广东，2025年1月7日发布）': 'Zhao, Guangdong, published on 7 January 2025 (赵某案)',
  '彭某某案（2025年6月发布）': 'Peng, published in June 2025 (彭某某案)',
  '身体形象案（2023年11月2日发布）': 'figure of the body, published on 2 November 2023 (身体形象案)',
  '程某诉孙某案（2025年8月22日发布）': 'Cheng against Sun, published on 22 August 2025 (程某诉孙某案)',
  '配音师声音案（2025年5月19日评述）': 'voice of a dubbing artist, commentary of 19 May 2025 (配音师声音案)',
};

/** `第一千零一十九条` → `art. 1019`; names of cases that are not known here and whatever else is no number stay as they are, those behind a number in their brackets. */
export function articleInEnglish(article: string): string {
  const named = CASES[article];
  if (named !== undefined) return named;
  const numbered = article.replace(
    /第([零一二三四五六七八九十百千]+(?:[、至和][零一二三四五六七八九十百千]+)*)([条款项章节批])(?:之([一二三四五六七八九十]+))?/g,
    (_, numbers: string, kind: string, inserted?: string) => {
      const figures = numbers.replace(/[零一二三四五六七八九十百千]+/g, (one) => String(numeralValue(one)));
      return ` ${KINDS[kind]}${figures}${inserted ? `-${numeralValue(inserted)}` : ''}`;
    },
  );
  const english = WORDS.reduce((text, [from, to]) => text.replace(from, to), numbered).trim();
  return /\p{Script=Han}/u.test(english.replace(/\([^)]*\)/g, '')) ? article : english;
}

function numeralValue(numeral: string): number {
  let sum = 0;
  let digit = 0;
  for (const char of numeral) {
    const unit = UNITS[char];
    if (unit === undefined) digit = DIGITS[char]!;
    else {
      sum += (digit || 1) * unit;
      digit = 0;
    }
  }
  return sum + digit;
}
