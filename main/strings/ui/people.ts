import type { Catalogue } from '../catalogue.ts';

/** People and their samples. */
export const peopleSentences: Catalogue = {
  'ui.people.title': { zh: '用来比对的人', en: 'People to compare with' },
  'ui.people.lead': {
    zh: '照片和录音只用于比对，只留在这台电脑上；过期的在下次打开案件时删除，也随时可以删除，删除后留下凭据。',
    en: 'Photos and recordings serve comparison alone and stay on this computer. Past their day they are erased when the case is next opened; they can be removed at any time, and removal leaves a proof.',
  },
  'ui.people.none': { zh: '还没有登记任何人。', en: 'Nobody is enrolled yet.' },
  'ui.people.line': {
    zh: '{{basis}} · 保留到 {{until}} · 人脸 {{faces}} · 声音 {{voices}}',
    en: '{{basis}} · kept until {{until}} · faces {{faces}} · voices {{voices}}',
  },
  'ui.people.purpose': { zh: '目的：{{purpose}}', en: 'Purpose: {{purpose}}' },
  'ui.people.expired': { zh: '已到期，不再用于比对。', en: 'Its day has passed; it is not compared any more.' },
  'ui.people.expired-some': { zh: '有样本已到期。', en: 'Some samples are past their day.' },
  'ui.people.expire': { zh: '删除到期的样本', en: 'Remove what is past its day' },
  'ui.people.samples': { zh: '样本（{{count}}）', en: 'Samples ({{count}})' },
  'ui.people.samples-of': { zh: '{{name}} 的样本', en: 'Samples of {{name}}' },
  'ui.people.file': { zh: '文件', en: 'File' },
  'ui.people.apart': {
    zh: '与其余样本差异较大，比对时不用；请核对是否选对了文件',
    en: 'differs from the other samples and is left out of comparisons; please check that it is the right file',
  },
  'ui.people.last-sample': {
    zh: '最后一份可用的样本只能随此人一起删除。',
    en: 'The last sample that can be used is removed with the person.',
  },
  'ui.people.take-out': { zh: '删除样本', en: 'Take out' },
  'ui.people.take-out-of': { zh: '删除样本 {{sample}}', en: 'Take out sample {{sample}}' },
  'ui.people.take-out-title': {
    zh: '删除“{{name}}”的样本 {{sample}}',
    en: 'Take out sample {{sample}} of “{{name}}”',
  },
  'ui.people.take-out-text': {
    zh: '这份样本和只为它留存的文件都会删除，不能恢复。“{{name}}”的其余样本保留。此前的比对结果不变，并会注明样本有增减；要与其余样本比对，请对文件再检查一次。',
    en: 'The sample and a file that was kept for it alone are erased and cannot be had back. The other samples of “{{name}}” stay. Answers from before stand and say that samples changed since; to compare a file with the others, examine it again.',
  },
  'ui.people.taken-out': {
    zh: '已删除样本 {{sample}}。',
    en: 'Sample {{sample}} was taken out.',
  },
  'ui.people.remove': { zh: '删除', en: 'Remove' },
  'ui.people.remove-title': { zh: '删除“{{name}}”的样本', en: 'Remove the samples of “{{name}}”' },
  'ui.people.remove-text': {
    zh: '样本和密钥都会删除，不能恢复；已经出具的报告不受影响。',
    en: 'Samples and their key are erased and cannot be had back; reports that were made are not changed.',
  },
  'ui.people.removed': {
    zh: '已删除 {{samples}} 份样本、{{items}} 个只为它留存的文件。',
    en: 'Removed: samples {{samples}}, files kept for them alone {{items}}.',
  },
  'ui.people.proof': { zh: '保管记录第 {{seq}} 条：', en: 'Entry {{seq}} of the custody log:' },
  'ui.queue.waiting': { zh: '之后还有 {{count}} 项在等', en: 'waiting after this: {{count}}' },
};
