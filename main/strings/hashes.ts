import type { Catalogue } from './catalogue.ts';

/** The sheet of hashes that a victim can hand to a platform. */
export const hashSentences: Catalogue = {
  'hashes.title': { zh: '可以交给平台的指纹（哈希值）', en: 'Hashes to hand to a platform' },
  'hashes.what': {
    zh: '指纹由本机从文件算出。把指纹而不是图片、视频本身交给平台，平台就能在自己那里查找、拦截相同的内容，别人不会因此多看到一次。',
    en: 'These hashes were computed on this machine from the files. Handing over a hash instead of the picture or clip lets a platform look for the same content on its side, and nobody sees it once more for that.',
  },
  'hashes.not': {
    zh: '指纹不说明内容是怎么来的，也不说明画面中是谁。从指纹还原不出画面；但已经持有同一画面的人能凭指纹认出它，所以请只交给您要求处理的平台。',
    en: 'A hash tells neither how the content came about nor who is shown. The picture cannot be made again from it; but whoever already holds the same picture can recognise it by the hash, so hand it only to the platform that is to act.',
  },
  'hashes.exact': {
    zh: 'MD5、SHA-1、SHA-256：只与逐字节相同的文件相符；文件经转发、压缩、截屏后就不再相符。',
    en: 'MD5, SHA-1, SHA-256: match files that are the same byte for byte; a forwarded, compressed or captured copy does not match.',
  },
  'hashes.pdq': {
    zh: 'PDQ：按画面计算的 256 位指纹，压缩、缩放后通常仍然相近；与它相差不超过 31 位一般视为同一画面。视频按抽取的画面逐一给出；未按 vPDQ 公布的样例核对，因此不称为 vPDQ。',
    en: 'PDQ: a 256-bit hash of what is shown, usually still close after compression and resizing; within 31 bits it is commonly taken for the same picture. Of clips it is given frame by frame; this was not checked against the published samples of vPDQ, and is therefore not called vPDQ.',
  },
  'hashes.where': {
    zh: '由平台决定接受哪一种、通过什么渠道接受；本程序不发送任何内容。',
    en: 'Which of them is accepted, and by which way, is for the platform to say; this program sends nothing.',
  },
  'hashes.file': {
    zh: '文件 “{{name}}”（{{bytes}} 字节，{{mediaType}}）',
    en: 'File “{{name}}” ({{bytes}} bytes, {{mediaType}})',
  },
  'hashes.quality': { zh: '（PDQ 质量 {{quality}}，满分 100）', en: '(PDQ quality {{quality}} of 100)' },
  'hashes.frames': {
    zh: 'PDQ，逐帧 {{count}} 行：秒,质量,指纹',
    en: 'PDQ of frames, {{count}} lines: seconds,quality,hash',
  },
  'hashes.no-pdq': {
    zh: '没有 PDQ：这个文件没有画面，或检查时没有记录画面特征（快速检查不看视频画面）。',
    en: 'No PDQ: the file has no picture, or its scenes were not recorded (a quick pass does not look at those of clips).',
  },
  'hashes.too-plain': {
    zh: '没有 PDQ：画面的细节太少，这样的指纹会与许多不同的画面相符。',
    en: 'No PDQ: too little is in the picture; such a hash would match many different pictures.',
  },
  'cli.hashes.about': {
    zh: '给出文件的指纹（MD5、SHA-1、SHA-256、PDQ），供平台查找和拦截相同内容；不发送任何东西。',
    en: 'Hashes of files (MD5, SHA-1, SHA-256, PDQ) by which platforms find and block the same content; sends nothing.',
  },
  'cli.option.out-text': { zh: '写入这个文本文件', en: 'write to this text file' },
  'cli.hashes.written': {
    zh: '已写入 {{file}}（{{count}} 个文件的指纹）。',
    en: 'Written to {{file}} (files hashed: {{count}}).',
  },
};
