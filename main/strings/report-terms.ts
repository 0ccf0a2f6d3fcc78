/** Words of the report that a window shows as well: column heads, what a sample is, and the glossary. */
import { type Catalogue, prefixed, type Sentence } from './catalogue.ts';

const columnHeads: Readonly<Record<string, Sentence>> = {
  item: { zh: '材料', en: 'Item' },
  asked: { zh: '问题', en: 'Question' },
  stated: { zh: '陈述', en: 'Statement' },
  record: { zh: '类别', en: 'Record' },
  kind: { zh: '种类', en: 'Kind' },
  source: { zh: '来源', en: 'Source' },
  usable: { zh: '可用', en: 'Usable' },
  quality: { zh: '质量', en: 'Quality' },
  added: { zh: '添加时间', en: 'Added' },
  analyzer: { zh: '方法', en: 'Method' },
  version: { zh: '版本', en: 'Version' },
  'version-then': { zh: '检查时', en: 'When examined' },
  'version-now': { zh: '现在安装', en: 'Installed now' },
  'run-on': { zh: '涉及材料数', en: 'Items' },
  outcomes: { zh: '结果状态', en: 'Outcomes' },
  model: { zh: '模型', en: 'Model' },
  genuine: { zh: '普通拍摄、录制的', en: 'Ordinary' },
  synthetic: { zh: '合成的', en: 'Synthetic' },
  tells: { zh: '能说明多少', en: 'How much it tells' },
  covers: { zh: '覆盖范围', en: 'What it covers' },
  sha256: { zh: 'SHA-256', en: 'SHA-256' },
  media: { zh: '媒体', en: 'Media' },
  depth: { zh: '检查方式', en: 'Pass' },
  started: { zh: '开始', en: 'Started' },
  ended: { zh: '结束', en: 'Ended' },
  fact: { zh: '测得或读到', en: 'Measured or read' },
  value: { zh: '值', en: 'Value' },
  strength: { zh: '强度与指向', en: 'Strength, direction' },
  where: { zh: '位置', en: 'Place' },
  state: { zh: '状态', en: 'State' },
  reason: { zh: '原因', en: 'Reason' },
  test: { zh: '标准', en: 'Test' },
  'answered-by': { zh: '由谁判断', en: 'Judged by' },
  'we-add': { zh: '本工具能补充的', en: 'What this tool adds' },
  'on-record': { zh: '相关记录', en: 'On record' },
  answer: { zh: '判断者填写', en: 'For the judge' },
  section: { zh: '章节', en: 'Section' },
  view: { zh: '论文的观点', en: 'View of the paper' },
  law: { zh: '现行法律', en: 'Law in force' },
  files: { zh: '文件数', en: 'Files' },
  scheme: { zh: '规定', en: 'Rule' },
  tiers: { zh: '条数，按信息的种类', en: 'Number of items, by kind of information' },
  entry: { zh: '序号', en: 'Entry' },
  holder: { zh: '主体', en: 'Actor' },
  duty: { zh: '义务', en: 'Duty' },
  'duty-source': { zh: '来源', en: 'Source' },
  'as-stated': { zh: '使用者的陈述', en: 'As stated' },
  route: { zh: '途径', en: 'Route' },
  bring: { zh: '带什么', en: 'Bring' },
  events: { zh: '经过（陈述）', en: 'Events, as stated' },
  clocks: { zh: '期限', en: 'Clocks' },
  step: { zh: '步骤', en: 'Step' },
  command: { zh: '命令', en: 'Command' },
  when: { zh: '时间', en: 'Time' },
  act: { zh: '事项', en: 'Act' },
  hash: { zh: '校验值', en: 'Digest' },
  term: { zh: '术语', en: 'Term' },
  means: { zh: '含义', en: 'What it means' },
  'does-not-mean': { zh: '不表示', en: 'What it does not mean' },
};

/** A term: name, what it means, what it does not mean. The window's glossary is the same. */
const terms: Readonly<Record<string, readonly [name: Sentence, means: Sentence, not: Sentence]>> = {
  sha256: [
    { zh: 'SHA-256', en: 'SHA-256' },
    {
      zh: '由文件全部字节算出的指纹；任何一个字节改变，指纹就不同。',
      en: 'A digest of all bytes of a file: change one byte and it differs.',
    },
    {
      zh: '不说明内容从哪里来，也不说明内容真假。',
      en: 'It tells neither where content comes from nor whether it is true.',
    },
  ],
  sm3: [
    { zh: 'SM3', en: 'SM3' },
    {
      zh: '国家密码标准的指纹算法（GB/T 32905），用途与 SHA-256 相同。',
      en: 'The digest of the Chinese standard GB/T 32905, used as SHA-256 is.',
    },
    { zh: '同上。', en: 'As above.' },
  ],
  llr: [
    { zh: 'ln LR（似然比的自然对数）', en: 'ln LR (log-likelihood ratio)' },
    {
      zh: '测得的结果在一种情况下比在另一种情况下更常见多少；0 表示两种情况下同样常见。',
      en: 'How much more often such a result occurs under one proposition than under the other; 0 means equally often.',
    },
    { zh: '不是“经过合成的概率”。', en: 'It is not the probability that something was synthesised.' },
  ],
  scale: [
    { zh: '支持程度', en: 'Strength of support' },
    {
      zh: 'ln LR 的文字说法：小于 0.7 无明显支持，0.7–2.3 有限，2.3–4.6 中等，4.6–6.9 较强，更大为强。',
      en: 'ln LR in words: below 0.7 neither, 0.7–2.3 limited, 2.3–4.6 moderate, 4.6–6.9 moderately strong, above strong.',
    },
    { zh: '不是结论，也不能把几项相加。', en: 'It is no conclusion, and several do not add up.' },
  ],
  proposition: [
    { zh: '比较的两种情况（H1、H2）', en: 'Propositions (H1, H2)' },
    { zh: '每个支持程度都相对于明确写出的两种情况。', en: 'Every strength is relative to two stated propositions.' },
    { zh: '不表示只有这两种可能。', en: 'It does not mean that nothing else is possible.' },
  ],
  abstention: [
    { zh: '未作判断', en: 'No opinion' },
    { zh: '检查了，但质量或范围不允许给出意见。', en: 'It was examined, and its quality or kind forbids an opinion.' },
    { zh: '不等于没有问题，也不等于有问题。', en: 'It is neither a clearance nor a suspicion.' },
  ],
  'false-match': [
    { zh: '误识比例', en: 'False-match rate' },
    {
      zh: '在测试过的不同人之间，达到同样相似度的对数及其区间。',
      en: 'Among pairs of different people tested, how many reach the same similarity, with an interval.',
    },
    { zh: '不是“不是此人的概率”。', en: 'It is not the probability that it is somebody else.' },
  ],
  label: [
    { zh: '生成合成标识', en: 'AI label' },
    {
      zh: '画面、声音或文件数据中说明内容由人工智能生成的标记。',
      en: 'A mark in picture, sound or file data that tells of generation by AI.',
    },
    {
      zh: '没有标识不说明不是生成的；有标识也可能是写入或移植的。',
      en: 'Its absence does not tell that nothing was generated; its presence may be written or transplanted.',
    },
  ],
  c2pa: [
    { zh: 'C2PA 内容凭证', en: 'C2PA credentials' },
    { zh: '随文件携带、带签名的来源和编辑记录。', en: 'A signed record of origin and edits carried with a file.' },
    {
      zh: '签名有效说明记录没有被改动，不说明所记内容属实。',
      en: 'A valid signature tells that the record is unchanged, not that it is true.',
    },
  ],
  metadata: [
    { zh: '元数据', en: 'Metadata' },
    { zh: '文件中关于设备、时间、软件的说明。', en: 'What a file says of device, time and software.' },
    { zh: '容易写入和清除，单独不能证明来源。', en: 'Easily written and removed; alone it shows no origin.' },
  ],
  boxed: [
    { zh: '方框中的 U+…', en: 'U+… in a box' },
    {
      zh: 'PDF 所用字体没有这个字（多见于人名、地名用字），所以印出它在 Unicode 中的编号；HTML 和 JSON 中是这个字本身。',
      en: 'The font of the PDF has no such character (mostly of names), so its number in Unicode is printed; HTML and JSON have the character itself.',
    },
    { zh: '不是对名称的改动，也不是涂抹。', en: 'Neither a change of the name nor a redaction.' },
  ],
  custody: [
    { zh: '保管记录', en: 'Custody log' },
    {
      zh: '对材料做过的每件事，一条连着一条，改动会被发现。',
      en: 'Everything done to the items, entry chained to entry, so that a change is found.',
    },
    {
      zh: '不说明材料到达本工具之前发生过什么。',
      en: 'It does not tell what happened before an item reached this tool.',
    },
  ],
};

export const reportTermSentences: Catalogue = {
  'report.basis.own': { zh: '本人', en: 'the person themselves' },
  'report.basis.consent': { zh: '本人同意', en: 'consent of the person' },
  'report.basis.statutory': { zh: '法定依据', en: 'a statutory basis' },
  'report.sample.face': { zh: '人脸', en: 'face' },
  'report.sample.voice': { zh: '声音', en: 'voice' },
  'report.quality.sizePx': { zh: '人脸短边 {{value}} 像素', en: 'shorter side of the face {{value}} px' },
  'report.quality.sharpness': { zh: '清晰度 {{value}}', en: 'sharpness {{value}}' },
  'report.quality.luma': { zh: '亮度 {{value}}（0–255）', en: 'brightness {{value}} (0–255)' },
  'report.quality.yaw': { zh: '左右转头 {{value}} 度', en: 'turned sideways by {{value}} degrees' },
  'report.quality.pitch': { zh: '俯仰 {{value}} 度', en: 'turned up or down by {{value}} degrees' },
  'report.quality.roll': { zh: '歪头 {{value}} 度', en: 'tilted by {{value}} degrees' },
  'report.quality.speechS': { zh: '讲话 {{value}} 秒', en: '{{value}} s of speech' },
  'report.quality.share': { zh: '占全部讲话的 {{value}}（1 为全部）', en: 'share of all speech {{value}} (1 is all)' },
  'report.source-erased': { zh: '来源已删除', en: 'source erased' },
  'report.depth.quick': { zh: '快速检查', en: 'quick pass' },
  'report.depth.full': { zh: '完整检查', en: 'full pass' },
  ...prefixed('report.column', columnHeads),
  ...Object.fromEntries(
    Object.entries(terms).flatMap(([id, [name, means, not]]) => [
      [`term.${id}.name`, name],
      [`term.${id}.means`, means],
      [`term.${id}.not`, not],
    ]),
  ),
};
