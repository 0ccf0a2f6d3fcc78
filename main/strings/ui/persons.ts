import type { Catalogue } from '../catalogue.ts';

/** Faces and voices over the case. */
export const personsSentences: Catalogue = {
  'ui.persons.lead': {
    zh: '把待查材料中的人脸和声音按相似程度分组，不打开任何文件。分组不说明是谁；亲属、镜像、换脸和仿冒的声音也会相似。',
    en: 'Faces and voices of the questioned items grouped by likeness; no file is opened. A group does not show who somebody is: relatives, mirrors, swapped faces and imitated voices resemble too.',
  },
  'ui.persons.none': { zh: '这个案件还没有分组。', en: 'This case was not grouped yet.' },
  'ui.persons.act': { zh: '现在分组', en: 'Group now' },
  'ui.persons.again': { zh: '重新分组', en: 'Group again' },
  'ui.persons.busy': { zh: '正在比较……', en: 'Comparing…' },
  'ui.persons.made': { zh: '分组于 {{at}}', en: 'Grouped {{at}}' },
  'ui.persons.changed': {
    zh: '之后案件有变化，下面没有反映。',
    en: 'The case has changed since; what follows does not reflect it.',
  },
  'ui.persons.face': { zh: '人脸', en: 'Faces' },
  'ui.persons.voice': { zh: '声音', en: 'Voices' },
  'ui.persons.face.none': { zh: '没有可以比较的人脸。', en: 'No face could be compared.' },
  'ui.persons.voice.none': { zh: '没有可以比较的声音。', en: 'No voice could be compared.' },
  'ui.persons.no-limits': {
    zh: '没有分组：这一版模型没有测定过分组的界限。',
    en: 'Not grouped: for this version of the model no limits were measured.',
  },
  'ui.persons.range': {
    zh: '不同的人估计 {{range}} 个。比较了 {{compared}} 处，其中 {{uncertain}} 处归属未定。',
    en: 'Distinct persons, estimated: {{range}}. Appearances compared: {{compared}}; left open to whom they belong: {{uncertain}}.',
  },
  'ui.persons.left': { zh: '没有比较 {{count}} 处：{{reason}}', en: '{{count}} not compared: {{reason}}' },
  'ui.persons.appearances': { zh: '{{count}} 处', en: 'appearances: {{count}}' },
  'ui.persons.open': { zh: '是否同属一处，未定：{{groups}}', en: 'Left open whether these belong to it: {{groups}}' },
  'ui.persons.open-item': {
    zh: '打开 {{name}}（{{count}} 处）',
    en: 'Open {{name}} (appearances: {{count}})',
  },
  'ui.persons.more': { zh: '另有 {{count}} 份材料', en: 'more items: {{count}}' },
  'ui.persons.single': { zh: '显示只出现一次的（{{count}}）', en: 'Show those that appear once ({{count}})' },
  'ui.persons.fewer': { zh: '收起只出现一次的', en: 'Hide those that appear once' },
  'ui.persons.items': {
    zh: '待查材料 {{items}} 份；{{notRetained}} 份按要求没有保存特征，{{notExamined}} 份没有检查，都没有比较。',
    en: 'Questioned items: {{items}}. Not compared: {{notRetained}} of which no features are kept, as asked; {{notExamined}} not examined.',
  },
  'ui.persons.more-groups': {
    zh: '另有 {{count}} 组没有在这里列出',
    en: 'groups that are not listed here: {{count}}',
  },
  'ui.persons.how': { zh: '怎样分组', en: 'How groups are made' },
  'ui.persons.how-text': {
    zh: '平均连接法，界限在模型从未学习过的人身上测定：平均余弦相似度达到 {{together}} 的归为一组，低于 {{apart}} 的分开，其间未定。下限把未定的都算作同属，上限都算作分属。',
    en: 'Average linkage, with limits measured on people whom the model never saw: from a mean cosine of {{together}} groups are put together, below {{apart}} they are kept apart, between it is left open. The lower end counts all that is open as together, the upper as apart.',
  },
  'ui.items.group.face': { zh: '人脸组 {{group}}', en: 'Face group {{group}}' },
  'ui.items.group.voice': { zh: '声音组 {{group}}', en: 'Voice group {{group}}' },
};
