/** What recognised lines mean: the words of GB 45438-2025 section 5, names of generators, and whether a screen shows personal information. */

export type Wording = 'gb45438' | 'other-language';

/** The AI element and the generation element of section 5.2 in one line. The recogniser takes I for l, 1 or 工, or leaves it out. */
const CHINESE =
  /(人工智能|A\s?[Iil1|丨工]).{0,8}?(生成|合成)|(^|[^A-Za-z])A(生成|合成)|(生成|合成).{0,6}?(人工智能|A\s?[Iil1|丨工])/i;
const ENGLISH =
  /\b(A[Il1][\s-]?(generated|synthesi[sz]ed|created)|(generated|made|created|synthesi[sz]ed) (by|with|using) A[Il1]\b)/i;

export function wordingOf(line: string): Wording | null {
  const compact = line.replace(/\s+/g, '');
  if (CHINESE.test(compact)) return 'gb45438';
  return ENGLISH.test(line) ? 'other-language' : null;
}

/** Marks that products draw into a corner. Names that are everyday words count only as the whole line. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/豆包/, 'ByteDance Doubao'],
  [/即梦/, 'ByteDance Jimeng'],
  [/可灵|kling\s?ai/i, 'Kuaishou Kling'],
  [/海螺\s?AI|hailuo/i, 'MiniMax Hailuo'],
  [/通义(万相|千问)?/, 'Alibaba Tongyi'],
  [/文心(一格|一言)/, 'Baidu Wenxin'],
  [/腾讯(混元|元宝)|混元生成/, 'Tencent Hunyuan'],
  [/智谱清言|清影/, 'Zhipu'],
  [/星火(绘画|生成)/, 'iFlytek Spark'],
  [/^@?sora$/i, 'OpenAI Sora'],
  [/pixverse/i, 'PixVerse'],
  [/^vidu(\s?ai)?$/i, 'Vidu'],
  [/^(runway|gen-?[234])$/i, 'Runway'],
  [/^pika(\.art)?$/i, 'Pika'],
  [/^luma(\s?ai)?$/i, 'Luma'],
  [/heygen/i, 'HeyGen'],
  [/^synthesia$/i, 'Synthesia'],
  [/^meta\s?ai$/i, 'Meta AI'],
  [/^(veo|google\s?veo)$/i, 'Google Veo'],
  [/midjourney/i, 'Midjourney'],
];
const LONGEST_MARK = 24;

export function vendorOf(line: string): string | null {
  const text = line.trim();
  if (text.length > LONGEST_MARK) return null;
  return MARKS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

export type Personal = 'phone-number' | 'identity-number' | 'identity-card' | 'chat';

const CHAT =
  /撤回了一条消息|对方正在输入|聊天信息|按住\s?说话|\[语音\]|\[图片\]|发消息|已读|未读消息|通过了你的朋友验证|以下是新消息|语音通话|视频通话/;
const CARD = /居民身份证|公民身份号码|签发机关|有效期限/;

/** Kinds only: the text itself is never kept. */
export function personalInformation(lines: readonly string[]): Personal[] {
  const found = new Set<Personal>();
  for (const line of lines) {
    const compact = line.replace(/[\s-]+/g, '');
    if (/(?<!\d)1[3-9]\d{9}(?!\d)/.test(compact)) found.add('phone-number');
    for (const match of compact.matchAll(/(?<!\d)\d{17}[\dXx](?!\d)/g))
      if (isIdentityNumber(match[0])) found.add('identity-number');
    if (CARD.test(compact)) found.add('identity-card');
    if (CHAT.test(compact)) found.add('chat');
  }
  return [...found];
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: check character by ISO 7064 modulo 11-2. */
function isIdentityNumber(value: string): boolean {
  const sum = WEIGHTS.reduce((s, w, i) => s + w * Number(value[i]), 0);
  return '10X98765432'[sum % 11] === value[17]!.toUpperCase();
}

/** The text without its longer numbers: what stands beside a label on the same line may be a telephone or identity number. */
export function withoutNumbers(text: string): string {
  return text.replace(/\d(?:[\s-]?\d){5,}[Xx]?/g, '…');
}
