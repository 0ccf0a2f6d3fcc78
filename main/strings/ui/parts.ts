import type { Catalogue } from '../catalogue.ts';

/** What several screens share: marks, dialogs, the covered picture. */
export const partSentences: Catalogue = {
  'ui.close': { zh: '关闭', en: 'Close' },
  'ui.cancel': { zh: '不了，返回', en: 'No, go back' },
  'ui.back': { zh: '返回', en: 'Back' },
  'ui.secret.show': { zh: '显示或隐藏口令', en: 'Show or hide the passphrase' },
  'ui.save': { zh: '保存', en: 'Save' },
  'ui.term.not': { zh: '不表示：{{text}}', en: 'It does not mean: {{text}}' },
  'ui.mark.found': { zh: '找到', en: 'found' },
  'ui.mark.compared': { zh: '已比对', en: 'compared' },
  'ui.mark.nothing': { zh: '没有找到', en: 'nothing found' },
  'ui.mark.noneFound': { zh: '所用方法未发现', en: 'none found by these methods' },
  'ui.mark.noOpinion': { zh: '未作判断', en: 'no opinion' },
  'ui.mark.notApplicable': { zh: '不适用', en: 'does not apply' },
  'ui.mark.failed': { zh: '检查未完成', en: 'did not finish' },
  'ui.mark.notRun': { zh: '未检查', en: 'not examined' },
  'ui.mark.notExamined': { zh: '只留存，未检查', en: 'kept, not examined' },
  'ui.reveal.hold': { zh: '按住查看画面；松开即遮住', en: 'Hold to see the picture; let go to cover it' },
  'ui.reveal.hint': {
    zh: '画面默认遮住。按住鼠标或空格键查看；第一次查看会写入保管记录。',
    en: 'The picture is covered. Hold the mouse button or Space to see it; the first look is written to the custody log.',
  },
  'ui.renewable': {
    zh: '有 {{count}} 项检查时所用的版本，或比对的样本，与现在不同。当时的回答原样保留，并不因此有误。',
    en: 'Items examined with other versions, or compared with other samples, than those of now: {{count}}. Their answers stand as they were given, and are not wrong for it.',
  },
  'ui.renewable.gone': {
    zh: '不能再检查的有 {{count}} 项（{{names}}），因为字节已不在：案件里的副本或原文件都找不到。当时的回答原样保留。',
    en: 'Not to be examined again, because their bytes are gone (no copy in the case, no file where it lay): {{count}} ({{names}}). Their answers stand as they were given.',
  },
  'ui.renewable.act': { zh: '全部再检查一次', en: 'Examine all of them again' },
  'ui.reached': {
    zh: '留出来测量的材料中，达到这个程度或更高的：普通拍摄或录制的 {{items}} 份中有 {{count}} 份（最容易达到的一类，{{of}} 份中有 {{worst}} 份），合成的 {{synthetic}} 份中有 {{found}} 份',
    en: 'of material held out to measure this, as much support or more was reached by {{count}} of {{items}} ordinary items ({{worst}} of {{of}} of the kind that did so most often) and by {{found}} of {{synthetic}} synthetic ones',
  },
};
