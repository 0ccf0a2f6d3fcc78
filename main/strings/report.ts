/** The report: headings, what each section states, column heads, marks, and the glossary. No sentence concludes. */
import { type Catalogue, prefixed, type Sentence } from './catalogue.ts';

const front: Catalogue = {
  'report.title': {
    zh: '技术检测与情况记录（供参考，非鉴定意见、非法律意见）',
    en: 'Record of technical examination (for reference; not a forensic expert opinion, not legal advice)',
  },
  'report.header': { zh: '案件 “{{name}}”', en: 'Case “{{name}}”' },
  'report.attachment': { zh: '本报告的数据（JSON）', en: 'The data of this report (JSON)' },
  'report.contents': { zh: '目录', en: 'Contents' },
  'report.picture-left-out': { zh: '按选择没有放入图片', en: 'the picture was left out by choice' },
  'report.section.cover': { zh: '首页', en: 'Cover' },
  'report.section.summary': { zh: '摘要', en: 'Summary' },
  'report.section.request': { zh: '委托与问题', en: 'Request and questions' },
  'report.section.preservation': { zh: '检材固定与保全', en: 'Items and their preservation' },
  'report.section.samples': { zh: '样本', en: 'Reference samples' },
  'report.section.methods': { zh: '方法与设备', en: 'Methods and equipment' },
  'report.section.provenance': { zh: '元数据检验', en: 'Provenance' },
  'report.section.synthesis': { zh: '特征检测与分析', en: 'Signs of synthesis' },
  'report.section.likeness': { zh: '比对', en: 'Likeness' },
  'report.section.together': { zh: '综合分析', en: 'Taken together' },
  'report.section.not-examined': {
    zh: '未检查、不适用、未作判断、未完成',
    en: 'Not examined, not applicable, no opinion, not finished',
  },
  'report.section.opinion': { zh: '意见栏', en: 'Opinion' },
  'report.section.elements': { zh: '法律要素对照', en: 'Elements of provisions' },
  'report.section.counts': { zh: '数量情况', en: 'Counts' },
  'report.section.duties': { zh: '责任主体与义务', en: 'Actors and duties' },
  'report.section.routes': { zh: '途径与期限', en: 'Routes and clocks' },
  'report.section.review': { zh: '复核页', en: 'Reviewer’s page' },
  'report.section.custody': { zh: '保管记录', en: 'Custody log' },
  'report.section.glossary': { zh: '术语', en: 'Glossary' },

  'report.case-name': { zh: '案件名称', en: 'Case' },
  'report.case-number': { zh: '案件编号', en: 'Case number' },
  'report.made-at': { zh: '出具时间', en: 'Made' },
  'report.requested-by': { zh: '请求人（陈述）', en: 'Requested by, as stated' },
  'report.made-by': { zh: '制作人（陈述）', en: 'Made by, as stated' },
  'report.zone': { zh: '本机时区：UTC{{zone}}', en: 'zone of the machine: UTC{{zone}}' },
  'report.made-with': { zh: '软件与版本', en: 'Software and version' },
  'report.machine': { zh: '运行环境', en: 'Machine' },
  'report.item-count': { zh: '材料数量', en: 'Items' },
  'report.item-count-value': {
    zh: '被检查或留存的 {{questioned}} 份，本人样本 {{reference}} 份',
    en: 'examined or kept: {{questioned}}; reference samples: {{reference}}',
  },
  'report.log-head': { zh: '保管记录末条', en: 'Head of the custody log' },
  'report.log-head-value': { zh: '第 {{seq}} 条，{{hash}}', en: 'entry {{seq}}, {{hash}}' },
  'report.json-digest': { zh: '本报告数据（JSON）的 SHA-256', en: 'SHA-256 of this report’s JSON' },
  'report.cover.asked': {
    zh: '委托检查的问题：从哪里来；有没有合成迹象；像不像所提供的人。三个问题分别回答，不合并。',
    en: 'What was asked: where it comes from; whether it shows signs of synthesis; whose likeness it is. The three are answered apart.',
  },
  'report.cover.examined': {
    zh: '检查了什么：{{items}} 份材料中的 {{examined}} 份；每份做了哪些检查见第 5 节。',
    en: 'What was examined: {{examined}} of {{items}}; which examinations each had stands in section 5.',
  },
  'report.cover.mixed': {
    zh: '各份材料并非都由相同版本的方法和模型检查：不同版本的回答并列于此，各项版本见第 5 节。',
    en: 'Not all items were examined with the same versions of methods and models: answers of different versions stand side by side. Section 5 names them.',
  },
  'report.cover.other-versions': {
    zh: '有 {{count}} 份材料检查时所用方法、模型或信任名单的版本，与编写本记录的程序所安装的不同。当时的回答原样列出，并不因此有误；见第 5 节。',
    en: 'Items examined with other versions of methods, models or trust lists than the program that composed this record has: {{count}}. Their answers stand as they were given, and are not wrong for it; see section 5.',
  },
  'report.cover.not-examined': {
    zh: '没有检查什么：{{unexamined}} 份材料只做了留存；{{incomplete}} 份材料有未作判断、未检查或未完成的部分，见第 6 至 10 节。',
    en: 'What was not examined: items kept only: {{unexamined}}; items with parts that have no opinion, were not examined or did not finish: {{incomplete}}; see sections 6 to 10.',
  },
  'report.cover.not-received': {
    zh: '没有收到什么：交来而无法读取、没有成为材料的文件 {{count}} 个，逐个见第 10 节。',
    en: 'What was not received: files handed over that could not be read and became no item: {{count}}, each listed in section 10.',
  },
  'report.cover.limits': {
    zh: '本记录由软件按执行记录编写，供参考；不是司法鉴定意见，不是法律意见。使用者陈述的内容未经核实，均以引号标出。',
    en: 'This record was composed by software from its own execution records, for reference; it is neither a forensic expert opinion nor legal advice. What users state was not verified and stands in quotation marks.',
  },
  'report.integrity.all': {
    zh: '出具前已对留有副本或原文件的 {{items}} 份材料重新计算校验值，均与接收时一致，结果逐份列于第 3 节；保管记录逐条核对相符。',
    en: 'Before this record was made, the digest of each item of which a copy or the original remains was computed again ({{items}} in all) and is as received, each result in section 3; the custody log was recomputed and holds.',
  },
  'report.integrity.not-kept': {
    zh: '另有 {{count}} 份材料按选择没有留存内容：其校验值只在接收时算过，现在无法核对。',
    en: 'Further items of which nothing was kept, by choice: {{count}}. Their digests were computed at receipt and cannot be checked now.',
  },
  'report.integrity.wrong': {
    zh: '请先阅读：出具前的核对发现下列不符。',
    en: 'Read this first: the check before this record was made found the following.',
  },
  'report.integrity.log': {
    zh: '保管记录从第 {{seq}} 条起对不上。',
    en: 'The custody log does not hold from entry {{seq}} on.',
  },
  'report.integrity.changed': {
    zh: '{{item}}（{{sha256}}）：原文件的内容已经改变，接收时没有留存副本。',
    en: '{{item}} ({{sha256}}): the original has changed, and no copy was kept when it was received.',
  },
  'report.integrity.gone': {
    zh: '{{item}}（{{sha256}}）：原文件已不在原处，接收时没有留存副本。',
    en: '{{item}} ({{sha256}}): the original is no longer where it was, and no copy was kept when it was received.',
  },
  'report.integrity.more': {
    zh: '还有 {{count}} 份同样不符，见 report.json。',
    en: 'Further items that do not agree either: {{count}}; see report.json.',
  },
  'report.integrity.unreadable': {
    zh: '{{item}}（{{sha256}}）：无法读取，代码 {{code}}。',
    en: '{{item}} ({{sha256}}): could not be read, code {{code}}.',
  },

  'report.summary.how': {
    zh: '先按问题列出各种结果的材料数，再逐份列出：每个问题只列最突出的一项，附一条理由和一条限制，其余见第 6 至 9 节。标记说明支持的程度，或没有结论的状态。',
    en: 'First the number of items by answer, then one row an item: of each question what stands out most, with one reason and one limit; the rest is in sections 6 to 9. Marks tell the strength of support, or the state without an opinion.',
  },
  'report.summary.for': { zh: '依据：{{reason}}', en: 'Basis: {{reason}}' },
  'report.summary.against': { zh: '不支持或限制：{{reason}}', en: 'Against, or a limit: {{reason}}' },
  'report.summary.tally': {
    zh: '{{state}}：{{count}} 份（材料 {{items}}）',
    en: '{{state}}: {{count}} (no. {{items}})',
  },
  'report.summary.chosen': {
    zh: '案件有 {{items}} 份材料，全部逐份打印会有数千页，因此第 1、3 和 5 至 10 节只逐份打印 {{printed}} 份：先是有合成痕迹支持的，由强到弱；再是有相似度的；再是有来源信息的；再按接收顺序排列其余的。没有逐份打印，不表示没有发现。下表按结果列出每一份材料的编号；其他有发现的材料在第 9 节末的表中各占一行。每一份材料的完整记录在 report.json 中，它附在 PDF 内，也与 HTML 放在一起，其校验值见首页。',
    en: 'The case holds {{items}} items. All of them one by one would be thousands of pages, so sections 1, 3 and 5 to 10 print {{printed}} one by one: those with support for synthesis first, the strongest before the weaker; then those with a similarity; then those with something on their origin; then the others in the order of receipt. That an item is not printed one by one does not mean that nothing was found. The table below names each item by number under its result, and every other item with a finding has a row in the table at the end of section 9. The whole record of each item is in report.json, which is attached to the PDF and lies beside the HTML; its digest is on the cover.',
  },
  'report.summary.rows': {
    zh: '上表只列信息最多的 {{rows}} 份；每一份的结果按编号列在前一个表中，逐份的内容在第 3 至 10 节。',
    en: 'The table above has the {{rows}} items of which most is told; the result of each is in the table before it by number, and what was recorded item by item in sections 3 to 10.',
  },
  'report.summary.brief': {
    zh: '有发现但没有逐份打印的材料',
    en: 'Items with findings that are not printed one by one',
  },
  'report.summary.brief-more': {
    zh: '还有 {{count}} 份有发现的材料只在第 1 节的表中按编号列出；其完整记录在 report.json 中。',
    en: 'Further items with findings that are named by number alone, in the table of section 1: {{count}}. Their whole records are in report.json.',
  },
  'report.summary.others': {
    zh: '另有 {{count}} 项，见第 {{section}} 节',
    en: '{{count}} more in section {{section}}',
  },
  'report.summary.others-open': {
    zh: '另有 {{count}} 项（其中 {{open}} 项没有结论），见第 {{section}} 节',
    en: '{{count}} more in section {{section}}, of them without an opinion: {{open}}',
  },
  'report.summary.limits': {
    zh: '没有发现合成迹象，不排除本工具不认识的方法；没有来源标识，什么也说明不了；相似不说明画面或声音录自本人。',
    en: 'That no sign of synthesis was found does not exclude methods unknown to this tool; the absence of a label says nothing; resemblance does not tell that the person was recorded.',
  },
  'report.request.questions': { zh: '检查的问题：', en: 'Questions examined:' },
  'report.request.stated': {
    zh: '使用者的陈述（未经核实；R- 为记录类别）：',
    en: 'Statements of the user (not verified; R- is the kind of record):',
  },
  'report.request.nothing-stated': { zh: '使用者没有陈述。', en: 'The user stated nothing.' },
  'report.not-stated': { zh: '未陈述', en: 'not stated' },
};

/** Codings by which detectors look whether an answer stays; the window lists none. */
const codings: Readonly<Record<string, Sentence>> = {
  'jpeg-90': { zh: 'JPEG 质量 90', en: 'JPEG at quality 90' },
  'jpeg-70': { zh: 'JPEG 质量 70', en: 'JPEG at quality 70' },
  'jpeg-50': { zh: 'JPEG 质量 50', en: 'JPEG at quality 50' },
  'webp-75': { zh: 'WebP 质量 75', en: 'WebP at quality 75' },
  half: { zh: '缩小一半', en: 'halved in size' },
  'opus-16k': { zh: 'Opus 16 kbit/s', en: 'Opus at 16 kbit/s' },
  'mp3-48k': { zh: 'MP3 48 kbit/s', en: 'MP3 at 48 kbit/s' },
  'aac-32k': { zh: 'AAC 32 kbit/s', en: 'AAC at 32 kbit/s' },
};

/** What models were calibrated on, by the names in their calibrations. */
const calibrationSources: Readonly<Record<string, Sentence>> = {
  'real/dfdc': { zh: 'DFDC 数据集未换脸的截图', en: 'face crops of DFDC that are not swapped' },
  'real/lfw': { zh: 'LFW 数据集的新闻照片', en: 'news photographs of LFW' },
  'real/congress': { zh: '美国国会议员的肖像照片', en: 'portrait photographs of members of the US Congress' },
  'modern/real': {
    zh: '换脸等方法（2019—2026 年）公布的原始画面',
    en: 'originals published with swaps and similar methods of 2019–2026',
  },
  'modern/swap': { zh: '2019—2026 年各种方法的换脸画面', en: 'swaps by named methods of 2019–2026' },
  'modern/generated': { zh: '2024—2025 年生成模型的人像', en: 'portraits by generators of 2024–2025' },
  'fake/dfdc': { zh: 'DFDC 数据集的换脸截图', en: 'swapped face crops of DFDC' },
  'fake/t2i_sfhq': {
    zh: 'FLUX、SDXL、DALL·E 3 的人像（SFHQ-T2I）',
    en: 'portraits by FLUX, SDXL and DALL·E 3 (SFHQ-T2I)',
  },
  'fake/stylegan2_sfhq': { zh: 'StyleGAN2 的人像（SFHQ）', en: 'portraits by StyleGAN2 (SFHQ)' },
  'local:espeak-en': { zh: '本项目用 eSpeak 合成的语音', en: 'speech synthesised here by eSpeak' },
  'local:festival-kal': { zh: '本项目用 Festival（kal）合成的语音', en: 'speech synthesised here by Festival (kal)' },
  'local:flite-awb': { zh: '本项目用 Flite（awb）合成的语音', en: 'speech synthesised here by Flite (awb)' },
  'local:flite-kal16': { zh: '本项目用 Flite（kal16）合成的语音', en: 'speech synthesised here by Flite (kal16)' },
  'local:flite-rms': { zh: '本项目用 Flite（rms）合成的语音', en: 'speech synthesised here by Flite (rms)' },
  'local:flite-slt': { zh: '本项目用 Flite（slt）合成的语音', en: 'speech synthesised here by Flite (slt)' },
  folder: { zh: '使用者自己的文件夹', en: 'the user’s own folder' },
};

const marks: Catalogue = {
  'report.mark.neither': { zh: '□□□□', en: '□□□□' },
  'report.mark.limited': { zh: '■□□□', en: '■□□□' },
  'report.mark.moderate': { zh: '■■□□', en: '■■□□' },
  'report.mark.moderately-strong': { zh: '■■■□', en: '■■■□' },
  'report.mark.strong': { zh: '■■■■', en: '■■■■' },
  'report.mark.none-found': { zh: '○', en: '○' },
  'report.mark.found': { zh: '●', en: '●' },
  'report.mark.nothing': { zh: '○', en: '○' },
  'report.mark.compared': { zh: '◆', en: '◆' },
  'report.mark.no-opinion': { zh: '◇', en: '◇' },
  'report.mark.unfinished': { zh: '△', en: '△' },
  'report.mark.nobody': { zh: '—', en: '—' },
  'report.mark.not-applicable': { zh: '／', en: '/' },
  'report.mark.not-run': { zh: '—', en: '—' },
  'report.mark.not-examined': { zh: '— 只留存，未检查', en: '— kept, not examined' },
  'report.mark.failed': { zh: '△ 检查未完成：{{why}}', en: '△ did not finish: {{why}}' },
  'report.state.neither': {
    zh: '{{mark}} 各方法的结果不一致，对两种情况均无明显支持',
    en: '{{mark}} the methods point apart and together support neither proposition',
  },
  'report.state.neither-in-part': {
    zh: '{{mark}} 各方法的结果不一致，对两种情况均无明显支持，另有部分没有结论',
    en: '{{mark}} the methods point apart and together support neither proposition, with parts on which there is no opinion',
  },
  'report.state.limited': { zh: '{{mark}} 有限支持换脸或合成', en: '{{mark}} limited support for synthesis' },
  'report.state.moderate': { zh: '{{mark}} 中等支持换脸或合成', en: '{{mark}} moderate support for synthesis' },
  'report.state.moderately-strong': {
    zh: '{{mark}} 较强支持换脸或合成',
    en: '{{mark}} moderately strong support for synthesis',
  },
  'report.state.strong': { zh: '{{mark}} 强支持换脸或合成', en: '{{mark}} strong support for synthesis' },
  'report.state.failed': { zh: '△ 检查未完成', en: '△ did not finish' },
  'report.state.none-found': {
    zh: '{{mark}} 所用方法没有发现合成迹象',
    en: '{{mark}} no sign of synthesis found by the methods used',
  },
  'report.state.none-found-in-part': {
    zh: '{{mark}} 所用方法没有发现合成迹象，但有部分没有结论',
    en: '{{mark}} no sign of synthesis found by the methods used, with parts on which there is no opinion',
  },
  'report.state.found': { zh: '{{mark}} 有指向来源的信息', en: '{{mark}} something tells of its origin' },
  'report.state.nothing': { zh: '{{mark}} 没有指向来源的信息', en: '{{mark}} nothing tells of its origin' },
  'report.state.compared': { zh: '{{mark}} 已比对，见相似度', en: '{{mark}} compared; see the similarity' },
  'report.state.nobody': {
    zh: '{{mark}} 没有比对：检查时没有可以比对的样本',
    en: '{{mark}} not compared: no samples to compare with when it was examined',
  },
  'report.state.not-applicable': { zh: '{{mark}} 不适用', en: '{{mark}} does not apply' },
  'report.state.not-run': { zh: '{{mark}} 未检查', en: '{{mark}} not examined' },
  'report.state.no-opinion': { zh: '{{mark}} 未作判断', en: '{{mark}} no opinion' },
  'report.marked': { zh: '{{mark}} {{text}}', en: '{{mark}} {{text}}' },
  'report.open': { zh: '{{analyzer}}：{{status}}', en: '{{analyzer}}: {{status}}' },
  'report.open-because': { zh: '{{analyzer}}：{{status}}——{{why}}', en: '{{analyzer}}: {{status}} – {{why}}' },
};

const holdings: Catalogue = {
  'report.preservation.how': {
    zh: '每份材料以只读方式打开，接收时计算 SHA-256 和 SM3；留存的副本加密保存，原文件不改动。名称、路径和取得方式来自文件系统或使用者，未经核实。',
    en: 'Each item was opened read-only and its SHA-256 and SM3 computed at receipt; kept copies are encrypted, originals untouched. Names, paths and how an item was obtained come from the file system or the user and were not verified.',
  },
  'report.some-only': {
    zh: '这一节逐份打印 {{printed}} 份材料；其余 {{left}} 份的同样记录在 report.json 中。选取的方法见第 1 节。',
    en: 'This section prints {{printed}} items one by one; the same records of the other {{left}} are in report.json. Section 1 tells how they were chosen.',
  },
  'report.preservation.none': { zh: '案件中没有材料。', en: 'The case holds no item.' },
  'report.item-number': { zh: '材料 {{number}}', en: 'Item {{number}}' },
  'report.item-title': { zh: '材料 {{number}}：{{name}}', en: 'Item {{number}}: {{name}}' },
  'report.role': { zh: '性质', en: 'Role' },
  'report.role.questioned': { zh: '被质疑的材料', en: 'questioned' },
  'report.role.reference': { zh: '本人样本', en: 'reference sample' },
  'report.role.suspected-source': { zh: '疑似母体', en: 'suspected source' },
  'report.role.context': { zh: '背景材料', en: 'context' },
  'report.media-type': { zh: '按内容识别的类型', en: 'Type by content' },
  'report.type-not-looked-at': { zh: '没有检查，未识别', en: 'not examined, so not determined' },
  'report.bytes': { zh: '接收的字节数', en: 'Bytes received' },
  'report.sha256': { zh: 'SHA-256', en: 'SHA-256' },
  'report.sm3': { zh: 'SM3', en: 'SM3' },
  'report.received': { zh: '接收时间', en: 'Received' },
  'report.sightings': { zh: '出现过的位置', en: 'Seen at' },
  'report.sighting': { zh: '{{at}}：{{path}}', en: '{{at}}: {{path}}' },
  'report.sighting-stated': {
    zh: '{{at}}：{{path}}；取得方式（陈述）：{{how}}',
    en: '{{at}}: {{path}}; obtained, as stated: {{how}}',
  },
  'report.path-unknown': { zh: '原路径不详', en: 'original path unknown' },
  'report.kept': { zh: '留存方式', en: 'What is kept' },
  'report.kept.copy': { zh: '加密副本', en: 'an encrypted copy' },
  'report.kept.reference': { zh: '只留路径和校验值', en: 'path and digest only' },
  'report.kept.none': { zh: '不留内容，只留结果', en: 'no content, results only' },
  'report.integrity': { zh: '出具前的核对', en: 'Check before this record' },
  'report.integrity-state.copy': { zh: '{{at}}：副本与接收时一致', en: '{{at}}: the copy is as received' },
  'report.integrity-state.original': { zh: '{{at}}：原文件与接收时一致', en: '{{at}}: the original is as received' },
  'report.integrity-state.changed': { zh: '{{at}}：原文件已改变', en: '{{at}}: the original has changed' },
  'report.integrity-state.gone': { zh: '{{at}}：原文件已不在原处', en: '{{at}}: the original is gone' },
  'report.integrity-state.not-kept': {
    zh: '{{at}}：按选择没有留存，无法核对',
    en: '{{at}}: by choice nothing was kept, so there is nothing to check',
  },
  'report.integrity-state.unreadable': { zh: '{{at}}：无法读取', en: '{{at}}: could not be read' },
  'report.parent': { zh: '包含它的材料', en: 'Found inside' },
  'report.notes': { zh: '备注', en: 'Notes' },
  'report.note': { zh: '{{at}}：{{text}}', en: '{{at}}: {{text}}' },
  'report.samples.none': { zh: '案件中没有登记用于比对的人。', en: 'Nobody is enrolled in this case.' },
  'report.samples.how': {
    zh: '样本用于与材料比对。本节只列来源和质量，不印模板。',
    en: 'Samples are what items are compared with. Their sources and quality are listed; templates are never printed.',
  },
  'report.person-role': { zh: '在材料中的位置', en: 'Part in the items' },
  'report.person-role.face-donor': { zh: '面部', en: 'face' },
  'report.person-role.body-donor': { zh: '身体或场景', en: 'body or scene' },
  'report.person-role.voice-donor': { zh: '声音', en: 'voice' },
  'report.person-role.named': { zh: '被提及的人', en: 'named person' },
  'report.basis': { zh: '处理依据（陈述）', en: 'Basis, as stated' },
  'report.purpose': { zh: '目的（陈述）', en: 'Purpose, as stated' },
  'report.retain-until': { zh: '保留到', en: 'Kept until' },
};

const examination: Catalogue = {
  'report.methods.how': {
    zh: '检查由 {{apps}} 在保管此案的机器上完成，不联网；本记录由 {{app}} 在本机（{{platform}}）编写。案件若曾从别的机器导入，见第 17 节。下表列出执行过的每个方法、版本和结果状态的数量。',
    en: 'The examinations were made by {{apps}} on the machine that kept the case, without a network; this record was composed by {{app}} on this one ({{platform}}). Where the case came from another machine, section 17 has its import. Each method that was run, its version, and how its outcomes ended:',
  },
  'report.methods.models': { zh: '使用的模型和权重校验值：', en: 'Models used, with the digests of their weights:' },
  'report.methods.no-models': { zh: '没有使用模型。', en: 'No model was used.' },
  'report.methods.same-versions': {
    zh: '所有材料检查时所用方法、模型和信任名单的版本，都与编写本记录的程序所安装的相同。',
    en: 'All items were examined with the versions of methods, models and trust lists that the program that composed this record has.',
  },
  'report.methods.other-versions': {
    zh: '下列材料检查时所用方法、模型或信任名单的版本，与编写本记录的程序所安装的不同。当时的回答原样列出，并不因此有误；再检查一次并重新编写记录，可得到同一版本的回答。',
    en: 'These items were examined with other versions of methods, models or trust lists than the program that composed this record has. Their answers stand as they were given, and are not wrong for it; examined again, and with the record composed anew, all answers are of one version.',
  },
  'report.model-name': { zh: '模型 [{{id}}]', en: 'Model [{{id}}]' },
  'report.version.not-there': { zh: '当时还没有', en: 'not there then' },
  'report.version.gone': { zh: '没有安装', en: 'not installed' },
  'report.methods.calibrations': {
    zh: '校准：原始分换算成 ln LR 所依据的样本。代价（Cllr）为 1 比特时，等于什么也没有说明；ln LR 不会超出样本数所能支持的上下限。',
    en: 'Calibrations: the items on which turning a raw score into ln LR rests. A cost (Cllr) of 1 bit tells as much as knowing nothing; ln LR never leaves the bounds that the counts bear out.',
  },
  'report.methods.no-calibrations': { zh: '没有使用校准。', en: 'No calibration was used.' },
  'report.calibration.count': { zh: '共 {{count}} 项', en: 'in all: {{count}}' },
  'report.calibration.source': { zh: '{{source}}：{{count}}', en: '{{source}}: {{count}}' },
  'report.calibration.examples': {
    zh: '{{repositories}} 个 GitHub 代码库中的样例：{{count}}（{{list}}）',
    en: 'examples in GitHub repositories, {{repositories}} in number: {{count}} ({{list}})',
  },
  'report.source.repository': {
    zh: 'GitHub 代码库 {{name}} 中的样例',
    en: 'examples in the GitHub repository {{name}}',
  },
  ...prefixed('report.source', calibrationSources),
  ...prefixed('fact-value.face.stability.variants', codings),
  ...prefixed('fact-value.voice.stability.variants', codings),
  'report.calibration.cllr': { zh: 'Cllr {{cllr}} 比特', en: 'Cllr {{cllr}} bits' },
  'report.calibration.bounds': {
    zh: 'ln LR 限于 {{least}} 至 {{most}}',
    en: 'ln LR kept within {{least}} to {{most}}',
  },
  'report.calibration.unusable': { zh: '不用于支持程度', en: 'gives no strength' },
  'report.domain.face': { zh: '人脸短边 {{least}}–{{most}} 像素', en: 'shorter side of a face {{least}}–{{most}} px' },
  'report.domain.sharpness': { zh: '清晰度至少 {{least}}', en: 'sharpness at least {{least}}' },
  'report.domain.speech': { zh: '语音至少 {{least}} 秒', en: 'at least {{least}} s of speech' },
  'report.domain.rate': { zh: '采样率至少 {{least}} Hz', en: 'sampled at {{least}} Hz or more' },
  'report.domain.codecs': { zh: '编码 {{codecs}}', en: 'codecs {{codecs}}' },
  'report.domain.suppression': { zh: '语音未经降噪', en: 'no noise suppressed in the speech' },
  'report.domain.languages': { zh: '语言 {{languages}}', en: 'languages {{languages}}' },
  'report.setting.fps': { zh: '每秒至少看 {{fps}} 幅', en: 'at least {{fps}} pictures a second' },
  'report.setting.language': { zh: '语言（陈述）：{{language}}', en: 'language as stated: {{language}}' },
  'report.methods.cards': {
    zh: '各模型在不同来源、不同条件下的错误率、样本数和区间见程序内的模型说明；超出测试范围的材料不换算支持程度。',
    en: 'Error rates of each model by source and condition, with counts and intervals, stand in its card in the program; no strength is drawn outside what was measured.',
  },
  'report.analyzer-name': { zh: '{{name}} [{{id}}]', en: '{{name}} [{{id}}]' },
  'report.status-count': { zh: '{{status}} {{count}}', en: '{{status}} {{count}}' },
  'report.provenance.how': {
    zh: '文件中读到的来源信息，附位置（偏移、长度）和强度（S0 最易写入或移植，S4 为经验证的签名）。标识可以被写入、移植或清除，单独不能证明来源。',
    en: 'Information on origin read from the file, with its place (offset, length) and strength (S0 is written or transplanted most easily, S4 a verified signature). A label can be written, transplanted or removed; alone it shows no origin.',
  },
  'report.synthesis.pair': {
    zh: '似然比比较两种情况：材料经换脸或合成；材料是普通拍摄或录制（含压缩、转发）。ln LR 为其自然对数，只在校准覆盖此类材料时给出。原始分只在同一模型内可以比较；单位为标准差的，表示与该模型所用普通材料的平均值相差多少。',
    en: 'A likelihood ratio compares two propositions: the item was swapped or synthesised; it is an ordinary recording, compressed and forwarded. ln LR is its natural logarithm, given only where a calibration covers such items. Raw scores can be compared within one model alone; those in sd tell how many standard deviations they lie from the mean of that model’s ordinary material.',
  },
  'report.synthesis.measures': {
    zh: '以下只是测量值，没有强度：有标注的样片太少，还不能说明各值在证据上的分量。',
    en: 'What follows is measured and has no strength: labelled clips are too few to tell what each value is worth as evidence.',
  },
  'report.likeness.spoof-first': {
    zh: '先看第 7 节：存在合成迹象或对合成没有结论时，相似不说明画面或声音录自本人。换脸、克隆也会相似。',
    en: 'Section 7 comes first: where synthesis is supported or was not settled, resemblance does not tell that the person was recorded. A swap or a clone resembles too.',
  },
  'report.likeness.nobody-now': {
    zh: '案件中现在没有登记用于比对的人；以下是此前与后来删除的人所作的比对，不再记其姓名。',
    en: 'Nobody is enrolled in this case now; what follows was compared with people who have been removed since and are no longer named.',
  },
  'report.likeness.nobody': {
    zh: '案件中没有登记用于比对的人，因此没有比对。',
    en: 'Nobody is enrolled in this case, so nothing was compared.',
  },
  'report.no-finding': { zh: '这一问题没有执行检查。', en: 'Nothing was run on this question.' },
  'report.finding': { zh: '结果', en: 'Finding' },
  'report.propositions': { zh: '比较的两种情况', en: 'Propositions compared' },
  'report.proposition-pair': { zh: 'H1 {{first}}；H2 {{second}}', en: 'H1 {{first}}; H2 {{second}}' },
  'report.ratio': { zh: 'ln LR（校准值）', en: 'ln LR (calibrated)' },
  'report.rates-of': { zh: '方法本身的差错（留出的材料）', en: 'How far the method errs (held-out material)' },
  'report.rates': {
    zh: '{{score}}，与本材料最接近的条件“{{condition}}”，合成的 {{synthetic}} 份、普通拍摄或录制的 {{genuine}} 份：AUC {{auc}}，等错误率 {{eer}}',
    en: '{{score}}, under the condition nearest to this item ({{condition}}), synthetic {{synthetic}}, ordinary {{genuine}}: AUC {{auc}}, equal error rate {{eer}}',
  },
  'report.rates.film': {
    zh: '{{score}}，按 {{condition}} 编码的画面，合成的 {{synthetic}} 份、普通拍摄或录制的 {{genuine}} 份：AUC {{auc}}，等错误率 {{eer}}',
    en: '{{score}}, on frames coded as {{condition}}, synthetic {{synthetic}}, ordinary {{genuine}}: AUC {{auc}}, equal error rate {{eer}}',
  },
  'report.rates.other': {
    zh: '{{score}}，没有测过本材料这样的压缩；“{{condition}}”的材料，合成的 {{synthetic}} 份、普通拍摄或录制的 {{genuine}} 份：AUC {{auc}}，等错误率 {{eer}}',
    en: '{{score}}; compression like that of this item was not measured; on material {{condition}}, synthetic {{synthetic}}, ordinary {{genuine}}: AUC {{auc}}, equal error rate {{eer}}',
  },
  'report.rates.reached': {
    zh: '{{score}}：未再压缩的留出材料中，达到本项程度或更高的，普通拍摄或录制的 {{items}} 份中有 {{count}} 份（最多的来源是 {{source}}：{{of}} 份中 {{worst}} 份，比例 {{share}}），合成的 {{synthetic}} 份中有 {{found}} 份',
    en: '{{score}}: of held-out material not compressed again, as much support as here or more was reached by {{count}} of {{items}} ordinary items (most often of {{source}}: {{worst}} of {{of}}, a share of {{share}}) and by {{found}} of {{synthetic}} synthetic ones',
  },
  'report.rates.condition.clean': { zh: '未再压缩', en: 'not compressed again' },
  'report.rates.condition.half': { zh: '缩小一半', en: 'at half size' },
  'report.rates.condition.jpeg90': { zh: 'JPEG 质量 90', en: 'JPEG at quality 90' },
  'report.rates.condition.jpeg70': { zh: 'JPEG 质量 70', en: 'JPEG at quality 70' },
  'report.rates.condition.jpeg50': { zh: 'JPEG 质量 50', en: 'JPEG at quality 50' },
  'report.rates.condition.webp': { zh: 'WebP', en: 'WebP' },
  'report.rates.condition.screen': { zh: '屏幕截图式的缩放', en: 'resampled as by a screenshot' },
  'report.rates.condition.h264-23': { zh: 'H.264（恒定质量系数 23）', en: 'H.264 at a constant rate factor of 23' },
  'report.rates.condition.h264-32': { zh: 'H.264（恒定质量系数 32）', en: 'H.264 at a constant rate factor of 32' },
  'report.rates.condition.opus-16k': { zh: 'Opus 16 kbit/s', en: 'Opus at 16 kbit/s' },
  'report.rates.condition.mp3-48k': { zh: 'MP3 48 kbit/s', en: 'MP3 at 48 kbit/s' },
  'report.rates.condition.aac-32k': { zh: 'AAC 32 kbit/s', en: 'AAC at 32 kbit/s' },
  'report.rates.score.swap': { zh: '换脸', en: 'swapped faces' },
  'report.rates.score.generated': { zh: '生成的人脸', en: 'generated faces' },
  'report.rates.score.voice': { zh: '合成的声音', en: 'synthetic voices' },
  'report.rates.score.picture': { zh: '生成的画面', en: 'generated pictures' },
  'report.ratio-none': { zh: '没有适用的校准，不给出', en: 'no calibration covers it; none is given' },
  'report.for': { zh: '支持 H1 的理由', en: 'For H1' },
  'report.similarity': { zh: '测得的相似度', en: 'Similarity measured' },
  'report.against': { zh: '不支持 H1 的理由，或限制', en: 'Against H1, and limits' },
  'report.open-rows': { zh: '没有结论的检查', en: 'Without an opinion' },
  'report.fact-name': { zh: '{{name}} [{{id}}]', en: '{{name}} [{{id}}]' },
  'report.with-unit': { zh: '{{value}} {{unit}}', en: '{{value}} {{unit}}' },
  'report.series': {
    zh: '{{count}} 个值：最小 {{least}}，中位 {{median}}，最大 {{most}}',
    en: '{{count}} values: least {{least}}, median {{median}}, most {{most}}',
  },
  'report.course': {
    zh: '{{subject}}，{{what}}，随时间（{{span}}）；{{spread}}',
    en: '{{subject}}, {{what}}, over time ({{span}}); {{spread}}',
  },
  'report.course-gaps': {
    zh: '值与值之间有 {{count}} 段没有测量（图中断开处），最长的一段为 {{longest}}',
    en: 'stretches not measured between the values (where the line breaks): {{count}}, the longest {{longest}}',
  },
  'report.more-facts': {
    zh: '另有 {{count}} 项测量只列在 JSON 中。',
    en: 'Further measurements that stand in the JSON only: {{count}}.',
  },
  'report.crop': {
    zh: '{{subject}}，{{at}}，{{size}}（检查所用的截取）',
    en: '{{subject}}, {{at}}, {{size}} (as examined)',
  },
  'report.together.how': {
    zh: '各项理由并列，不相加：同一画面或声音上的多个检测结果互相关联，合并时取似然比的平均，不重复计算。H1 对文件的自述是第 6 节的，对检测结果是第 7 节的。',
    en: 'Reasons stand side by side and are not added up: several detectors on the same picture or voice depend on each other, so their ratios are averaged, never multiplied. H1 is that of section 6 for what a file says of itself, and that of section 7 for what was scored.',
  },
  'report.about-subject': { zh: '{{subject}}：{{text}}', en: '{{subject}}: {{text}}' },
  'report.unresolved': { zh: '没有结论', en: 'Unresolved' },
  'report.none': { zh: '无', en: 'none' },
  'report.assessment': { zh: '检查人的评估（高于机器结果）', en: 'Examiner’s assessment (above the machine’s)' },
  'report.assessment-by': { zh: '{{examiner}}，{{at}} 签署', en: '{{examiner}}, signed {{at}}' },
  'report.assessment-band': {
    zh: '{{question}}：{{band}}（{{side}}）——{{text}}',
    en: '{{question}}: {{band}} ({{side}}) – {{text}}',
  },
  'report.assessment-none': { zh: '{{question}}：不作判断——{{text}}', en: '{{question}}: no opinion – {{text}}' },
  'report.side.0': { zh: '支持 H1', en: 'towards H1' },
  'report.side.1': { zh: '支持 H2', en: 'towards H2' },
  'report.not-examined.how': {
    zh: '计划过而没有得到结果的全部项目。“不适用”“未作判断”“未检查”“检查未完成”含义不同，不能互换。',
    en: 'Everything that was planned and left no result. “Does not apply”, “no opinion”, “not examined” and “did not finish” differ and are not interchangeable.',
  },
  'report.not-examined.all': { zh: '计划的项目全部得到了结果。', en: 'Everything planned left a result.' },
  'report.not-received': { zh: '没有收到', en: 'not received' },
  'report.part-of': { zh: '{{item}} 里的一部分', en: 'a part inside {{item}}' },
  'report.not-received.more': {
    zh: '还有 {{count}} 个没有收到的文件只列在 report.json 中。',
    en: 'Further files that were not received and stand in report.json only: {{count}}.',
  },
  'report.only-kept': { zh: '只留存，未安排检查', en: 'kept only; no examination was planned' },
  'report.opinion.blank': {
    zh: '本栏留白，由有资格的检查人手写并签名。软件不在此处填写任何内容。',
    en: 'Left blank for a qualified examiner to fill in and sign by hand. The software writes nothing here.',
  },
  'report.opinion.signature': {
    zh: '签名：____________  日期：____________',
    en: 'Signature: ____________  Date: ____________',
  },
};

const law: Catalogue = {
  'report.elements.how': {
    zh: '每条规定拆成要素：M 为本工具测得（括号内为记录的份数），R 为使用者陈述，N 为仍不清楚；最后一栏由主管机关填写。测得的记录只与要素有关，不说明规定是否适用。规定名称之下先是本工具的概括，引号内才是原文。',
    en: 'Each provision is taken apart into elements: M measured by this tool (the number of records in brackets), R stated by the user, N still unknown; the last column is for the authority. A record bears on an element and never tells whether the provision applies. Under its name each provision is summed up in words of this program; its own words follow in quotation marks, in the original language.',
  },
  'report.elements.no-date': {
    zh: '使用者没有陈述行为日期：按今日有效的规定列出，每条均可能晚于行为。',
    en: 'No date of the act was stated: provisions in force today are listed, each of which the act may predate.',
  },
  'report.elements.date': {
    zh: '行为日期（陈述）：{{date}}。只列当时有效的规定。',
    en: 'Date of the act, as stated: {{date}}. Provisions in force then are listed.',
  },
  'report.elements.pack': {
    zh: '资料截至 {{asOf}}，以官方文本为准。',
    en: 'As of {{asOf}}; the official text prevails.',
  },
  'report.elements.refused': {
    zh: '使用者带入的法律资料包 {{name}}（文件 SHA-256：{{sha256}}）不合本版本的格式，本报告没有使用它；以下来自随程序提供的资料包。',
    en: 'The law pack {{name}} that the user brought (file SHA-256 {{sha256}}) does not have the form that this version takes and was not used; what follows comes from the packs of the program.',
  },
  'report.elements.imported': {
    zh: '这份法律资料由使用者从文件导入（SHA-256 {{sha256}}），不是本软件所附。',
    en: 'This law pack was brought in by the user from a file (SHA-256 {{sha256}}); it did not come with the program.',
  },
  'report.elements.not-found': {
    zh: '资料截止日查过而未见的规定（不能说明没有）：',
    en: 'Looked for on the day of the pack and not found (which proves nothing):',
  },
  'report.with-warning': { zh: '{{text}}——{{warning}}', en: '{{text}} – {{warning}}' },
  'report.elements.sources': { zh: '以上规定的来源：', en: 'Sources of the provisions above:' },
  'report.sources-of': { zh: '来源 {{marks}}', en: 'Sources {{marks}}' },
  'report.source': { zh: '{{number}} {{name}}，查阅于 {{day}}', en: '{{number}} {{name}}, read on {{day}}' },
  'report.source-at': {
    zh: '{{number}} {{name}}，{{url}}，查阅于 {{day}}',
    en: '{{number}} {{name}}, {{url}}, read on {{day}}',
  },
  'report.leads': { zh: '线索，不算测得：{{codes}}', en: 'leads, not counted: {{codes}}' },
  'report.elements.without-records': {
    zh: '当时有效、但本案没有测得或陈述的记录涉及其要素的规定：',
    en: 'In force then, with no measured or stated record that bears on their elements:',
  },
  'report.elements.other-standing': {
    zh: '尚不适用、有待国内法、施行未核实、指南、草案（不作为适用的规定）：',
    en: 'Not yet applicable, awaiting national law, commencement not verified, guides, bills (not as applicable law):',
  },
  'report.elements.not-in-force': {
    zh: '当时还没有、已经失效，或者日期未核实：',
    en: 'Not yet or no longer in force then, or of a date that was not verified:',
  },
  'report.not-in-force.later': {
    zh: '{{provision}} {{article}}：自 {{from}} 起',
    en: '{{provision}}, {{article}}: from {{from}}',
  },
  'report.not-in-force.earlier': {
    zh: '{{provision}} {{article}}：至 {{until}} 止',
    en: '{{provision}}, {{article}}: until {{until}}',
  },
  'report.not-in-force.date-not-known': {
    zh: '{{provision}} {{article}}：日期未核实',
    en: '{{provision}}, {{article}}: date not verified',
  },
  'report.provision': {
    zh: '{{instrument}} {{article}}（{{standing}}，自 {{from}} 起；{{level}}）',
    en: '{{instrument}}, {{article}} ({{standing}}, from {{from}}; {{level}})',
  },
  'report.element': { zh: '{{status}}　{{text}}', en: '{{status}}  {{text}}' },
  'report.measured': { zh: '{{code}} {{text}}（{{count}}）', en: '{{code}} {{text}} ({{count}})' },
  'report.with-code': { zh: '{{code}} {{text}}', en: '{{code}} {{text}}' },
  'report.recognisability.how': {
    zh: '五种标准各有不同的判断者，不能互换；最后一栏留给判断者。',
    en: 'Each test has its own judge, and none stands for another; the last column is theirs.',
  },
  'report.publicity.scope': {
    zh: '使用是否在合理范围内，由主管机关或法院判断。',
    en: 'Whether a use stayed within a reasonable scope is for the authorities or the court.',
  },
  'report.voice-sheet.more': {
    zh: '另有 {{count}} 项声音比对没有打印辨认表，可照上表填写；比对记录在 report.json 中。',
    en: 'Voice comparisons for which no further sheet is printed: {{count}}; the one above may be copied. Their records are in report.json.',
  },
  'report.voice-sheet.how': {
    zh: '{{item}} 有声音相似度的记录。法律看人能否听出是谁：请由认识本人的人听辨后填写；相似度只在旁边，不能代替。',
    en: 'A voice similarity is on record for {{item}}. The law asks whether people recognise the voice: to be filled in by those who know the person; the similarity stands beside it, never instead.',
  },
  'report.academic.how': {
    zh: '以下是论文的观点及与现行法律的差异，不是现行法律。论文：{{paper}}',
    en: 'Views of a paper and where they differ from the law; they are not the law in force. Paper: {{paper}}',
  },
  'report.counts.how': {
    zh: '计数与规定的数字并列，不作比较。重复的文件、相近的画面、浏览和转发不等于“条”；法律意义上的条数由办案机关认定。',
    en: 'Counts stand beside the numbers of the law and are not compared. Repeated files, near-duplicates, views and reposts are not items; the number in the legal sense is for the authority.',
  },
  'report.files': { zh: '被质疑的文件', en: 'Questioned files' },
  'report.distinct': { zh: '内容不同的文件', en: 'Distinct files' },
  'report.groups': { zh: '画面相近的合为一组后的组数', en: 'Groups, with near-duplicates as one' },
  'report.without-scenes': {
    zh: '其中 {{count}} 份没有画面特征，各自成组',
    en: 'of them {{count}} without a hash of their scenes, each a group of its own',
  },
  'report.persons': { zh: '估计的不同人数', en: 'Distinct persons, estimated' },
  'report.persons-none': { zh: '没有估计', en: 'not estimated' },
  'report.persons.face': {
    zh: '人脸：不同的人估计 {{range}} 个。比较了 {{compared}} 处，其中 {{uncertain}} 处归属未定（计数时下限视为同属、上限视为分属），另有 {{left}} 处没有比较。',
    en: 'Faces: distinct persons, estimated: {{range}}. Appearances compared: {{compared}}; left open to whom they belong: {{uncertain}} (joined at the lower end, apart at the upper); not compared: {{left}}.',
  },
  'report.persons.voice': {
    zh: '声音：不同的人估计 {{range}} 个。比较了 {{compared}} 处，其中 {{uncertain}} 处归属未定（计数时下限视为同属、上限视为分属），另有 {{left}} 处没有比较。',
    en: 'Voices: distinct persons, estimated: {{range}}. Appearances compared: {{compared}}; left open to whom they belong: {{uncertain}} (joined at the lower end, apart at the upper); not compared: {{left}}.',
  },
  'report.persons.face.none': {
    zh: '人脸：没有可以比较的（{{left}} 处没有比较）',
    en: 'Faces: none could be compared; not compared: {{left}}',
  },
  'report.persons.voice.none': {
    zh: '声音：没有可以比较的（{{left}} 处没有比较）',
    en: 'Voices: none could be compared; not compared: {{left}}',
  },
  'report.persons.face.nothing': { zh: '人脸：没有可以比较的', en: 'Faces: none to compare' },
  'report.persons.voice.nothing': { zh: '声音：没有可以比较的', en: 'Voices: none to compare' },
  'report.persons.face.no-limits': {
    zh: '人脸：没有估计，这一版模型没有测定过分组的界限',
    en: 'Faces: not estimated, as no limits were measured for this version of the model',
  },
  'report.persons.voice.no-limits': {
    zh: '声音：没有估计，这一版模型没有测定过分组的界限',
    en: 'Voices: not estimated, as no limits were measured for this version of the model',
  },
  'report.persons.items-left': {
    zh: '材料中有 {{notRetained}} 份按要求没有保存特征，{{notExamined}} 份没有检查，都没有比较',
    en: 'Items that were not compared: {{notRetained}} of which no features are kept, as asked; {{notExamined}} not examined',
  },
  'report.persons.changed': {
    zh: '分组之后案件有变化，以上数字没有反映',
    en: 'The case has changed since, which these figures do not reflect',
  },
  'report.persons.how': {
    zh: '只按相似程度分组（平均连接法），不说明是谁；亲属、镜像、换脸和仿冒的声音也会相似。看得见脸又听得见声音的人在两项中各计一次。',
    en: 'Grouped by likeness alone (average linkage), which does not show who somebody is; relatives, mirrors, swapped faces and imitated voices resemble too. Whoever is both seen and heard is counted in each.',
  },
  'report.persons.model': { zh: '模型 {{model}}，SHA-256 {{sha256}}', en: 'Model {{model}}, SHA-256 {{sha256}}' },
  'report.authority-count': { zh: '办案机关认定', en: 'For the authority' },
  'report.tier': { zh: '{{of}}：{{count}} 条', en: '{{of}}: {{count}}' },
  'report.tier-none': { zh: '{{of}}：没有数字', en: '{{of}}: no number' },
  'report.counts.schemes': { zh: '有关数字的规定：', en: 'Numbers in the law:' },
  'report.counts.academic': {
    zh: '论文的建议或理解，不是现行法律：',
    en: 'Proposals and readings of a paper, not the law in force:',
  },
  'report.act-predates': { zh: '行为可能早于该规定', en: 'the act may predate it' },
  'report.duties.how': {
    zh: '义务、来源和记录并列；是否履行只列使用者的陈述。',
    en: 'Duties, their sources and the records that bear on them; whether one was fulfilled is told as the user states it.',
  },
  'report.duties.other': {
    zh: '关于这些资料包没有列出的义务的陈述：',
    en: 'Stated of duties that these packs do not list:',
  },
  'report.duty-source': { zh: '{{instrument}} {{article}}', en: '{{instrument}}, {{article}}' },
  'report.duty-entry': { zh: '{{actor}}：{{state}}——{{facts}}', en: '{{actor}}: {{state}} – {{facts}}' },
  'report.routes.how': {
    zh: '可以选择的途径，没有先后次序；期限按陈述的日期推算，节假日可能使末日顺延。',
    en: 'Routes that are open, in no order of precedence; clocks are computed from the days stated, and holidays may move the last day.',
  },
  'report.contact-checked': { zh: '{{contact}}', en: '{{contact}}' },
  'report.contact-unchecked': { zh: '{{contact}}（未核实）', en: '{{contact}} (not verified)' },
  'report.route-event': { zh: '{{event}}：{{at}}', en: '{{event}}: {{at}}' },
  'report.route-number': { zh: '编号 {{number}}', en: 'number {{number}}' },
  'report.route-answer': { zh: '答复内容：{{answer}}', en: 'answer: {{answer}}' },
  'report.event.sent': { zh: '发出', en: 'sent' },
  'report.event.received': { zh: '对方收到', en: 'received by the other side' },
  'report.event.filed': { zh: '递交并被接收（受理）', en: 'filed and accepted' },
  'report.event.decided': { zh: '作出决定', en: 'decided' },
  'report.event.measure-taken': { zh: '采取措施', en: 'measure taken' },
  'report.event.provided': { zh: '生成服务提供内容', en: 'content provided by the generation service' },
  'report.event.answered': { zh: '答复', en: 'answered' },
  'report.event.refusal-received': { zh: '收到不予立案通知书', en: 'notice of refusal to file received' },
  'report.event.review-requested': { zh: '申请复议', en: 'review requested' },
  'report.clock.due': { zh: '{{clock}}：{{at}}', en: '{{clock}}: {{at}}' },
  'report.clock.no-fixed-period': { zh: '{{clock}}（没有固定天数）', en: '{{clock}} (no fixed period)' },
  'report.clock.start-unknown': {
    zh: '{{clock}}：未陈述“{{needs}}”的时间',
    en: '{{clock}}: the day of “{{needs}}” was not stated',
  },
};

const review: Catalogue = {
  'report.review.how': {
    zh: '下列命令可以在没有本软件的机器上核对证据包，或用本软件重做每一步：',
    en: 'These commands check the package on a machine without this software, or repeat each step with it:',
  },
  'report.review.digests': { zh: '核对证据包中每个文件的校验值', en: 'Check the digest of every file in the package' },
  'report.review.package': { zh: '用本软件核对证据包', en: 'Check the package with this software' },
  'report.review.signature': { zh: '查看 PDF 与证据包的签名', en: 'Show the signatures of PDF and package' },
  'report.review.pdfsig': {
    zh: 'pdfsig data/report/report.zh.pdf',
    en: 'pdfsig data/report/report.en.pdf',
  },
  'report.review.token': {
    zh: '核对时间戳（没有签名的证据包，-data 之后写 tagmanifest-sha256.txt）',
    en: 'Verify the time stamp (of a package without a signature -data is tagmanifest-sha256.txt)',
  },
  'report.review.scan': { zh: '重做检查（{{depth}}）', en: 'Examine again ({{depth}})' },
  'report.review.log': { zh: '核对保管记录', en: 'Recompute the custody log' },
  'report.review.digest': {
    zh: '本报告数据的 SHA-256：{{digest}}',
    en: 'SHA-256 of the data of this report: {{digest}}',
  },
  'report.review.same': {
    zh: '同一版本（{{app}}）、同一模型校验值、同一设置下，重做得到相同的测量值。',
    en: 'With the same version ({{app}}), the same digests of models and the same settings, the same measurements come back.',
  },
  'report.custody.how': {
    zh: '每条记录包含前一条的校验值；删除或改动任何一条都会使其后的校验值对不上。本报告出具前的末条：第 {{seq}} 条，{{hash}}。时间来自本机时钟，未经第三方证明。',
    en: 'Each entry holds the digest of the one before; removing or changing one breaks all that follow. Last entry before this record: {{seq}}, {{hash}}. Times are of this machine’s clock, which nobody vouches for.',
  },
  'report.custody.cut': {
    zh: '这里打印最后的记录；较早的 {{left}} 条在 report.json 和证据包的保管记录文件中。',
    en: 'The last entries are printed; the {{left}} before them stand in report.json and in the log file of the package.',
  },
};

const command: Catalogue = {
  'cli.report.about': {
    zh: '出具技术检测与情况记录（PDF、HTML、JSON），先重新核对每份材料',
    en: 'write the record of technical examination (PDF, HTML, JSON), after checking every item again',
  },
  'cli.report.option.made-by': {
    zh: '制作人，印在首页（按其陈述）',
    en: 'who makes it, printed on the cover as stated',
  },
  'cli.report.option.lang': { zh: '语言；both 为中英各一份', en: 'language; both gives a document each' },
  'cli.report.option.pictures': {
    zh: '人脸截取：blurred 模糊，shown 原样，none 不放',
    en: 'face crops: blurred, shown as they are, or none',
  },
  'cli.report.checking': { zh: '核对材料 {{done}}/{{total}}', en: 'Checking items {{done}}/{{total}}' },
  'cli.report.writing': { zh: '已写 {{file}}', en: 'Written {{file}}' },
  'cli.report.mismatches': {
    zh: '{{mismatches}} 份材料与接收时不一致或无法核对，报告的第一部分已写明。',
    en: 'Items that do not hold or could not be checked: {{mismatches}}; the report names them first.',
  },
  'cli.report.written': { zh: '已写入 {{file}}', en: 'Written to {{file}}' },
  'cli.report.digest': { zh: '报告数据的 SHA-256：{{digest}}', en: 'SHA-256 of the report’s data: {{digest}}' },
};

const holders: Readonly<Record<string, Sentence>> = {
  anyone: { zh: '任何人', en: 'Anyone' },
  user: { zh: '使用者', en: 'User of a service' },
  'data-supplier': { zh: '数据提供者', en: 'Data supplier' },
  'model-developer': { zh: '模型开发者', en: 'Model developer' },
  'service-provider': { zh: '服务提供者', en: 'Service provider' },
  platform: { zh: '平台', en: 'Platform' },
  reposter: { zh: '转发者', en: 'Reposter' },
  'tool-supplier': { zh: '工具提供者', en: 'Tool supplier' },
  'information-handler': { zh: '信息处理者', en: 'Information handler' },
  authority: { zh: '主管机关', en: 'Authority' },
  'this-tool': { zh: '使用本工具的一方', en: 'Whoever uses this tool' },
};

export const reportSentences: Catalogue = {
  ...front,
  ...marks,
  ...holdings,
  ...examination,
  ...law,
  ...review,
  ...command,
  ...prefixed('law.holder', holders),
};
