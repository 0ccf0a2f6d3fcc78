import type { Catalogue } from '../catalogue.ts';

/** What stands around every screen of the window. */
export const shellSentences: Catalogue = {
  'ui.name': { zh: '鉴真', en: 'Jianzhen 鉴真' },
  'ui.again': { zh: '再试一次', en: 'Try again' },
  'ui.shell.skip': { zh: '跳到内容', en: 'Skip to the content' },
  'ui.network.off': { zh: '网络：关闭', en: 'Network: off' },
  'ui.network.fetching': { zh: '网络：正在下载您要求的模型', en: 'Network: fetching the model you asked for' },
};
