import type { Catalogue } from '../catalogue.ts';

/** The path from a dropped file to three answers. */
export const victimSentences: Catalogue = {
  'ui.start.title': { zh: '把文件放在这里，先为您留存一份', en: 'Put the file here; first a copy is kept for you' },
  'ui.start.drop': { zh: '把图片、视频或录音拖到这里', en: 'Drag pictures, videos or recordings here' },
  'ui.start.choose': { zh: '选择文件', en: 'Choose files' },
  'ui.start.stays': { zh: '文件不会离开这台电脑', en: 'The file does not leave this computer' },
  'ui.start.unchanged': { zh: '原文件不会被改动', en: 'The original is not changed' },
  'ui.start.stop': { zh: '可以随时停下', en: 'You can stop at any time' },
};
