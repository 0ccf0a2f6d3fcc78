/** What of an examination came from other versions than those installed: an answer of another version is not a wrong one. */
import type { Catalogue } from './catalogue.ts';

export const versionSentences: Catalogue = {
  'versions.changed': {
    zh: '{{name}}：检查时为 {{examined}}，现为 {{installed}}',
    en: '{{name}}: {{examined}} then, {{installed}} now',
  },
  'versions.gone': {
    zh: '{{name}}：检查时为 {{examined}}，现在没有安装',
    en: '{{name}}: {{examined}} then, not installed now',
  },
  'versions.added': {
    zh: '{{name}}：检查时还没有，现为 {{installed}}',
    en: '{{name}}: not there then, {{installed}} now',
  },
  'versions.model': { zh: '模型 {{id}}', en: 'model {{id}}' },
  'versions.trust-list': { zh: '信任名单（{{name}}）', en: 'trust list ({{name}})' },
};
