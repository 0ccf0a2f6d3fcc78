import type { CustodyAct } from '../contract/custody.ts';
import type { ConsentBasis, ItemRole, PersonRole, Retention } from '../contract/item.ts';
import type { Catalogue, Sentence } from './catalogue.ts';

const custodySentences: Readonly<Record<`custody.${CustodyAct}`, Sentence>> = {
  'custody.case-created': { zh: '建立案件', en: 'Case created' },
  'custody.case-opened-by-newer-version': {
    zh: '由更新版本的程序打开，数据库格式由 {{from}} 升级到 {{to}}',
    en: 'Opened by a newer version of the program; database form {{from}} became {{to}}',
  },
  'custody.case-exported': {
    zh: '导出案件（{{bytes}} 字节，SHA-256 {{archive}}）',
    en: 'Case exported ({{bytes}} bytes, SHA-256 {{archive}})',
  },
  'custody.case-imported': {
    zh: '导入案件，此前有 {{seq}} 条记录',
    en: 'Case imported, with {{seq}} entries before this one',
  },
  'custody.item-received': {
    zh: '收到材料（{{bytes}} 字节，SM3 {{sm3}}）',
    en: 'Item received ({{bytes}} bytes, SM3 {{sm3}})',
  },
  'custody.item-sighted-again': {
    zh: '又收到相同内容（{{bytes}} 字节）',
    en: 'The same content received again ({{bytes}} bytes)',
  },
  'custody.item-original-verified': {
    zh: '读取后再次核对原文件，指纹一致',
    en: 'The original was read again and its digest is the same',
  },
  'custody.item-original-changed': {
    zh: '原文件与收到时的指纹不再一致',
    en: 'The original no longer has the digest it had when received',
  },
  'custody.item-sealed': { zh: '加密副本已存入案件', en: 'Encrypted copy kept in the case' },
  'custody.item-examined': {
    zh: '完成检查：{{outcomes}} 项结果，{{findings}} 条发现',
    en: 'Examined: outcomes {{outcomes}}, findings {{findings}}',
  },
  'custody.item-failed': { zh: '未能完成（{{code}}）：{{why}}', en: 'Not completed ({{code}}): {{why}}' },
  'custody.item-erased': {
    zh: '已删除密钥、副本和全部结果，只保留指纹',
    en: 'Key, copy and all results erased; only the digest stays',
  },
  'custody.item-role-set': {
    zh: '材料的性质由“{{from}}”改为“{{to}}”',
    en: 'Role of the item changed from “{{from}}” to “{{to}}”',
  },
  'custody.item-revealed': { zh: '查看了材料内容', en: 'Content of the item was shown' },
  'custody.bookmark-added': { zh: '添加书签', en: 'Bookmark added' },
  'custody.bookmark-removed': { zh: '删除书签', en: 'Bookmark removed' },
  'custody.assessment-written': {
    zh: '检查人写下评估意见（第 {{assessment}} 号）',
    en: 'Examiner’s assessment written (no. {{assessment}})',
  },
  'custody.assessment-signed': {
    zh: '检查人签署评估意见（第 {{assessment}} 号）',
    en: 'Examiner’s assessment signed (no. {{assessment}})',
  },
  'custody.note-added': { zh: '添加备注', en: 'Note added' },
  'custody.statement-recorded': { zh: '记录了使用者的陈述', en: 'Statement of the user recorded' },
  'custody.statement-withdrawn': { zh: '撤回了使用者的陈述', en: 'Statement of the user withdrawn' },
  'custody.persons-grouped': {
    zh: '按相似程度把人脸和声音分组：{{items}} 份材料，人脸 {{faces}} 处，声音 {{voices}} 处',
    en: 'Faces and voices grouped by likeness: items {{items}}, faces {{faces}}, voices {{voices}}',
  },
  'custody.reference-added': { zh: '添加本人样本', en: 'A sample of a person was added' },
  'custody.reference-removed': {
    zh: '移除本人样本（{{samples}} 份），密钥已删除',
    en: 'A person’s samples were removed ({{samples}}); the key is erased',
  },
  'custody.reference-sample-removed': {
    zh: '移除本人的一份样本，此人的其余样本保留',
    en: 'One sample of a person was removed; the person’s others stay',
  },
  'custody.reference-expired': {
    zh: '本人样本到期（{{samples}} 份），密钥已删除',
    en: 'A person’s samples expired ({{samples}}); the key is erased',
  },
  'custody.report-exported': { zh: '导出报告', en: 'Report exported' },
  'custody.package-exported': { zh: '导出证据包', en: 'Evidence package exported' },
  'custody.redaction-exported': {
    zh: '导出遮盖后的副本（SHA-256 {{copy}}）',
    en: 'A covered copy was exported (SHA-256 {{copy}})',
  },
  'custody.key-slot-added': { zh: '添加一种打开方式（{{kind}}）', en: 'A way to open the case was added ({{kind}})' },
  'custody.key-slot-removed': {
    zh: '移除一种打开方式（{{kind}}）',
    en: 'A way to open the case was removed ({{kind}})',
  },
  'custody.clock-ran-backwards': {
    zh: '本机时钟比上一条记录倒退了 {{byMs}} 毫秒',
    en: 'The clock of this machine was {{byMs}} milliseconds behind the entry before',
  },
};

/** Acts that tell of more than one thing. */
const furtherCustodySentences: Catalogue = {
  'custody.reference-added.person': {
    zh: '登记用于比对的人，保存到 {{retainUntil}}',
    en: 'Person enrolled for comparison, kept until {{retainUntil}}',
  },
  'custody.reference-added.refused': { zh: '所给的样本未采用', en: 'A sample was given and not used' },
};

const itemRoleSentences: Readonly<Record<`item-role.${ItemRole}`, Sentence>> = {
  'item-role.questioned': { zh: '待查材料', en: 'questioned' },
  'item-role.reference': { zh: '本人样本', en: 'a person’s own reference' },
  'item-role.suspected-source': { zh: '疑似母体', en: 'suspected source' },
  'item-role.context': { zh: '背景材料', en: 'context' },
};

const personRoleSentences: Readonly<Record<`person-role.${PersonRole}`, Sentence>> = {
  'person-role.face-donor': { zh: '脸部来源', en: 'face donor' },
  'person-role.body-donor': { zh: '身体或场景来源', en: 'body or scene donor' },
  'person-role.voice-donor': { zh: '声音来源', en: 'voice donor' },
  'person-role.named': { zh: '被点名的人', en: 'named person' },
};

const basisSentences: Readonly<Record<`consent-basis.${ConsentBasis}`, Sentence>> = {
  'consent-basis.own': { zh: '本人自己的样本', en: 'one’s own samples' },
  'consent-basis.consent': { zh: '本人同意', en: 'consent' },
  'consent-basis.statutory': { zh: '法定职责', en: 'statutory duty' },
};

const retentionSentences: Readonly<Record<`retention.${Retention}`, Sentence>> = {
  'retention.copy': { zh: '保存加密副本', en: 'an encrypted copy is kept' },
  'retention.reference': { zh: '只记录指纹和位置，不保存副本', en: 'digest and place only, no copy' },
  'retention.none': {
    zh: '只记录指纹和检查结果，不保存副本、截图和特征',
    en: 'digest and results only: no copy, crop or template',
  },
};

const importSentences: Catalogue = {
  'case.imported': {
    zh: '已导入案件“{{name}}”。打开它要用导出时的口令，或它的恢复码。',
    en: 'Imported the case “{{name}}”. It is opened with the passphrase of its export, or its recovery code.',
  },
  'case.imported.left': {
    zh: '导出时扫描还没有做到的文件：{{count}} 个。它们的路径指向案件原来所在之处，这里不读取；案件里把它们列为未接收。请指定文件现在的位置再扫描。',
    en: 'Files that an open scan had not come to: {{count}}. Their paths lead to where the case came from and are not read here; the case names them as not received. Scan them from where they lie now.',
  },
};

const keySentences: Catalogue = {
  'key-slot.key-file': {
    zh: '密钥文件：能登录本机此账户的人都可以打开案件',
    en: 'Key file: whoever can use this account on this machine can open the case',
  },
  'key-slot.passphrase': { zh: '口令', en: 'Passphrase' },
  'key-slot.recovery-code': { zh: '打印的恢复码', en: 'Printed recovery code' },
  'erase.may-remain': {
    zh: '磁盘本身和以前的备份可能仍留有加密内容；密钥已删除，没有另存的密钥、口令或恢复码就无法读出。',
    en: 'The disk itself and earlier backups may still hold encrypted content; the key is erased, and without a key, passphrase or recovery code kept elsewhere it cannot be read.',
  },
  'case.name-is-readable': {
    zh: '案件名称在磁盘上不加密，请不要用真实姓名命名。',
    en: 'The name of a case is not encrypted on the disk; do not use a real name for it.',
  },
};

/** What the case store keeps and did, in words. */
export const caseSentences: Catalogue = {
  ...custodySentences,
  ...furtherCustodySentences,
  ...itemRoleSentences,
  ...personRoleSentences,
  ...basisSentences,
  ...retentionSentences,
  ...importSentences,
  ...keySentences,
};
