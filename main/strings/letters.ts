/** Drafts of letters. They state what the record holds and ask; what is missing is marked as a blank. Never sent by the program. */
import type { Catalogue } from './catalogue.ts';

const frame: Catalogue = {
  'letter.draft': {
    zh: '这是由鉴真根据案件记录填写的草稿，请逐条核对、补全标黄的空白后再使用。程序不会替您发送任何内容；草稿不是法律意见。',
    en: 'This draft was filled in by Jianzhen from the records of the case. Check each line and complete the marked blanks before use. The program sends nothing; the draft is not legal advice.',
  },
  'letter.to': { zh: '致：{{receiver}}', en: 'To: {{receiver}}' },
  'letter.sender': {
    zh: '姓名：{{name}}；身份：{{role}}；证件类型和号码：{{number}}；联系方式：{{contact}}',
    en: 'Name: {{name}}; capacity: {{role}}; identity document: {{number}}; contact: {{contact}}',
  },
  'letter.for': {
    zh: '代为提出，权利人姓名：{{person}}；监护、亲属或授权的证明：{{proof}}',
    en: 'On behalf of (the person concerned): {{person}}; proof of guardianship, kinship or authority: {{proof}}',
  },
  'letter.asks': { zh: '请求', en: 'What is asked' },
  'letter.basis': {
    zh: '依据（今日有效的规定）',
    en: 'Basis (provisions in force today, quoted in the original language)',
  },
  'letter.no-files': { zh: '案件中没有被质疑的文件。', en: 'The case holds no questioned file.' },
  'letter.signed': { zh: '签名：', en: 'Signature:' },
  'letter.dated': { zh: '日期：', en: 'Date:' },
  'letter.provision': {
    zh: '{{instrument}} {{article}}（自 {{from}} 起施行；{{level}}）',
    en: '{{instrument}}, {{article}} (in force from {{from}}; {{level}})',
  },
  'letter.provision-quote': { zh: '“{{text}}”', en: '“{{text}}”' },
  'letter.kind.image': { zh: '图片', en: 'picture' },
  'letter.kind.video': { zh: '视频', en: 'video' },
  'letter.kind.audio': { zh: '音频', en: 'sound' },
  'letter.kind.other': { zh: '其他', en: 'other' },
  'letter.column.address': { zh: '链接', en: 'Address (URL)' },
  'letter.column.account': { zh: '账号', en: 'Account' },
  'letter.column.time': { zh: '看到的时间', en: 'When it was seen' },
  'letter.column.item': { zh: '文件', en: 'File' },
  'letter.column.received': { zh: '接收时间', en: 'Received' },
  'letter.column.obtained': { zh: '取得方式（陈述）', en: 'How obtained, as stated' },
  'letter.column.findings': { zh: '检测情况（供参考）', en: 'What was measured (for reference)' },
  'letter.column.open': { zh: '没有得到意见的检查', en: 'Examinations without an opinion' },
  'letter.column.actor': { zh: '主体（陈述）', en: 'Actor, as stated' },
  'letter.column.holder': { zh: '所在环节', en: 'Part in the chain' },
  'letter.column.duty': { zh: '义务', en: 'Duty' },
  'letter.column.as-stated': { zh: '履行情况（陈述）', en: 'What became of it, as stated' },
  'letter.column.facts': { zh: '事实和凭证（陈述）', en: 'Facts and evidence, as stated' },
  'letter.column.when': { zh: '时间', en: 'When' },
  'letter.column.what': { zh: '事项', en: 'What' },
  'letter.column.record': { zh: '类别', en: 'Record' },
  'letter.column.person': { zh: '姓名或代号', en: 'Name or code' },
  'letter.column.role': { zh: '在材料中的位置', en: 'Part in the items' },
  'letter.column.basis': { zh: '处理依据（陈述）', en: 'Basis, as stated' },
  'letter.column.purpose': { zh: '目的（陈述）', en: 'Purpose, as stated' },
  'letter.column.samples': { zh: '样本', en: 'Samples' },
  'letter.column.until': { zh: '保留到', en: 'Kept until' },
  'letter.column.entry': { zh: '保管记录', en: 'Log entry' },
  'letter.column.act': { zh: '事项', en: 'Act' },
  'letter.page': { zh: '第 {{page}} 页', en: 'Page {{page}}' },
};

const blanks: Catalogue = {
  'letter.blank': { zh: '【请填写：{{what}}】', en: '[fill in: {{what}}]' },
  'letter.blank.unnamed': { zh: '内容', en: 'content' },
  'letter.blank.platform': { zh: '平台名称和投诉渠道', en: 'name of the platform and its channel for notices' },
  'letter.blank.handler': { zh: '服务提供者或其他处理者的名称', en: 'name of the provider or other handler' },
  'letter.blank.police': { zh: '公安机关名称', en: 'name of the police authority' },
  'letter.blank.name': { zh: '真实姓名', en: 'true name' },
  'letter.blank.person': { zh: '权利人姓名', en: 'full name of the person concerned' },
  'letter.blank.proof': { zh: '证明文件名称，随附复印件', en: 'name of the document, with a copy' },
  'letter.blank.id-number': { zh: '证件类型和号码，只交接收方', en: 'type and number, for the receiver only' },
  'letter.blank.contact': { zh: '电话、地址或邮箱', en: 'telephone, address or e-mail' },
  'letter.blank.address': { zh: '完整链接', en: 'full address' },
  'letter.blank.account': { zh: '账号名称和编号', en: 'name and number of the account' },
  'letter.blank.authority': { zh: '接收机关名称', en: 'name of the receiving authority' },
  'letter.blank.officer': {
    zh: '个人信息保护负责人（如有）',
    en: 'officer responsible for personal information, where there is one',
  },
  'letter.blank.assessment': { zh: '处理者的评估', en: 'assessment of the handler' },
  'letter.blank.time': { zh: '日期和时间', en: 'day and time' },
};

const handOver: Catalogue = {
  'letter.hand-over.what': {
    zh: '以下材料供接收机关核对、复制。M 为软件测得或记录，R 为陈述；均不说明行为的性质。完整记录见《技术检测与情况记录》及证据包，可用公开工具核对。',
    en: 'For the receiving authority to check and copy. M was measured or recorded by the software, R is stated; neither tells what an act amounts to. The full record is the record of technical examination with its evidence package, which public tools can check.',
  },
  'letter.hand-over.actors': {
    zh: '对方（陈述）：{{kinds}}；所处环节（陈述）：{{layers}}。',
    en: 'The other side, as stated: {{kinds}}; part of the chain, as stated: {{layers}}.',
  },
  'letter.hand-over.day.act-date': { zh: '行为开始', en: 'the act began' },
  'letter.hand-over.day.act-ended': { zh: '行为结束', en: 'the act ended' },
  'letter.hand-over.captured': {
    zh: '材料怎样保存下来（陈述）：{{how}}',
    en: 'How the material was saved, as stated: {{how}}',
  },
  'letter.hand-over.day.found-on': { zh: '首次看到', en: 'first seen' },
  'letter.hand-over.day.notice-sent': { zh: '发出通知', en: 'notice sent' },
  'letter.hand-over.day.notice-received': { zh: '通知送达', en: 'notice received' },
  'letter.hand-over.day.notice-answered': { zh: '通知得到答复', en: 'notice answered' },
  'letter.hand-over.day.deletion-requested': { zh: '请求删除', en: 'deletion requested' },
  'letter.hand-over.day.deletion-answered': { zh: '删除请求得到答复', en: 'request for deletion answered' },
  'letter.hand-over.among-others': {
    zh: '在本工具测试的不同人之间（{{population}}；所测各组中上限最高的一组），{{pairs}} 对中有 {{matches}} 对达到这一相似度，按置信上限每 1,000 对至多约 {{upperPerThousand}} 对',
    en: 'among different people tested with this tool ({{population}}; of the groups tested the one with the highest limit), {{matches}} of {{pairs}} pairs reach this similarity, at the upper confidence limit about {{upperPerThousand}} in 1,000',
  },
  'letter.hand-over.route': { zh: '{{route}}：{{event}}', en: '{{route}}: {{event}}' },
  'letter.hand-over.received': { zh: '接收 {{name}}', en: '{{name}} was received' },
  'letter.hand-over.order': {
    zh: '写明时区的时间按实际先后排列。只有日期或未写明时区的，按协调世界时（UTC）的同一时刻排入；与前后相差不到两天的，先后不能确定。',
    en: 'In the order of instants where a zone is stated. A day alone, or a time without a zone, stands where it would be in UTC: beside entries less than two days away its order is not certain.',
  },
  'letter.hand-over.without-zone': { zh: '{{at}}（未写明时区）', en: '{{at}}, zone not stated' },
  'letter.hand-over.file-time': { zh: '{{name}} 所载：{{fact}} {{value}}', en: '{{name}} states: {{fact}} {{value}}' },
};

const processing: Catalogue = {
  'letter.processing.how': {
    zh: '按个人信息保护影响评估和处理活动记录通常的栏目整理（个人信息保护法第五十五条、第五十六条；GDPR 第三十条）。软件只填写案件中有记录的内容，其余由处理者填写。',
    en: 'In the order usual for impact assessments and records of processing activities (PIPL 55 and 56, GDPR 30). The software fills in what the case has on record; the rest is for the handler.',
  },
  'letter.processing.heading.handler': { zh: '一、处理者', en: '1. Handler' },
  'letter.processing.handler': {
    zh: '名称：{{name}}；联系方式：{{contact}}；负责人：{{officer}}。',
    en: 'Name: {{name}}; contact: {{contact}}; officer: {{officer}}.',
  },
  'letter.processing.heading.people': { zh: '二、登记用于比对的人', en: '2. People enrolled for comparison' },
  'letter.processing.nobody': { zh: '没有登记任何人。', en: 'Nobody is enrolled.' },
  'letter.processing.samples': { zh: '人脸 {{faces}}，声音 {{voices}}', en: 'faces {{faces}}, voices {{voices}}' },
  'letter.processing.heading.data': { zh: '三、所处理的信息', en: '3. What is processed' },
  'letter.processing.data': {
    zh: '被质疑的材料：图片 {{images}}，视频 {{videos}}，音频 {{sounds}}，其他 {{others}}。',
    en: 'Questioned items: pictures {{images}}, video {{videos}}, sound {{sounds}}, other {{others}}.',
  },
  'letter.processing.biometric': {
    zh: '从人脸和声音算出的特征属于生物识别信息；只用于比对，逐人加密，不印出、不导出到报告。',
    en: 'Features computed from faces and voices are biometric information; they serve comparison alone, are sealed person by person, and never stand in a report.',
  },
  'letter.processing.heading.recipients': { zh: '四、提供和导出', en: '4. Disclosure and export' },
  'letter.processing.local': {
    zh: '检查在本机完成，软件不向任何人发送内容。导出的记录如下，之后交给了谁由处理者另记。',
    en: 'Everything was examined on this machine; the software sends content to nobody. Exports are listed; to whom they went then is for the handler to note.',
  },
  'letter.processing.no-exports': { zh: '没有导出。', en: 'Nothing was exported.' },
  'letter.processing.heading.erasure': { zh: '五、保存期限和删除', en: '5. Retention and erasure' },
  'letter.processing.retention': {
    zh: '到期的人在下一次打开案件工作之前抹除；抹除的是密钥和副本，保管记录只留下发生过抹除。',
    en: 'Who is past the date is erased before the case is next worked on; keys and copies go, and the custody log keeps that it happened.',
  },
  'letter.processing.no-erasures': { zh: '没有抹除过。', en: 'Nothing was erased.' },
  'letter.processing.heading.measures': { zh: '六、保护措施', en: '6. Measures' },
  'letter.processing.sealed': {
    zh: '副本、特征、陈述逐项加密（AES-256-GCM），每份材料、每个人各有密钥。',
    en: 'Copies, features and statements are sealed one by one (AES-256-GCM), with a key for each item and each person.',
  },
  'letter.processing.opened': { zh: '打开案件的方式：{{ways}}。', en: 'The case is opened by: {{ways}}.' },
  'letter.processing.offline': {
    zh: '检查时不联网；只有使用者明确要求下载模型、信任名单或请求时间戳时才连接。',
    en: 'No connection is made while examining; one is made only when a download or a time stamp is asked for.',
  },
  'letter.processing.logged': {
    zh: '每件事记入保管记录，末条为第 {{seq}} 条，{{hash}}。',
    en: 'Every act stands in the custody log, whose last entry is {{seq}}, {{hash}}.',
  },
  'letter.processing.heading.assessment': {
    zh: '七、影响评估（由处理者填写）',
    en: '7. Impact assessment (for the handler)',
  },
  'letter.processing.necessity': {
    zh: '处理目的、方式是否合法、正当、必要：{{answer}}',
    en: 'Whether purpose and manner are lawful, legitimate and necessary: {{answer}}',
  },
  'letter.processing.impact': {
    zh: '对个人权益的影响和安全风险：{{answer}}',
    en: 'Effects on the rights of individuals, and risks: {{answer}}',
  },
  'letter.processing.adequate': {
    zh: '保护措施是否合法、有效并与风险相适应：{{answer}}',
    en: 'Whether the measures are lawful, effective and fit the risk: {{answer}}',
  },
};

const notice: Catalogue = {
  'letter.notice.sender': { zh: '一、权利人的真实身份信息', en: '1. True identity of the person concerned' },
  'letter.notice.content': { zh: '二、请求处理的内容', en: '2. Content concerned' },
  'letter.notice.where': { zh: '所在位置：', en: 'Where it is:' },
  'letter.notice.files': { zh: '文件清单和校验值：', en: 'Files, with their digests:' },
  'letter.notice.evidence': { zh: '三、初步证据', en: '3. Prima facie evidence' },
  'letter.notice.identity': {
    zh: '与材料中的人的关系（陈述）：{{identity}}',
    en: 'Relation to the person shown or heard, as stated: {{identity}}',
  },
  'letter.notice.recognised': {
    zh: '由谁认出、怎样认出（陈述）：{{witnesses}}',
    en: 'Who recognised the person, and how, as stated: {{witnesses}}',
  },
  'letter.notice.consent': { zh: '本人是否同意（陈述）：{{consent}}', en: 'Consent, as stated: {{consent}}' },
  'letter.notice.intimate': {
    zh: '是否涉及私密内容（陈述）：{{intimate}}',
    en: 'Intimate content, as stated: {{intimate}}',
  },
  'letter.notice.found': {
    zh: '发现时间：{{day}}；保存方式：{{how}}',
    en: 'First seen: {{day}}; how it was saved: {{how}}',
  },
  'letter.notice.kept': {
    zh: '副本于 {{day}} 起留存，共 {{count}} 个文件；保管记录末条序号 {{seq}}，校验值 {{hash}}。',
    en: 'Copies kept from {{day}} on, {{count}} in number; last entry of the custody log {{seq}}, digest {{hash}}.',
  },
  'letter.notice.not-kept': {
    zh: '未留存副本、只记录校验值的文件于 {{day}} 起记录，共 {{count}} 个；保管记录末条序号 {{seq}}，校验值 {{hash}}。',
    en: 'Digests alone, without copies, recorded from {{day}} on, of files {{count}} in number; last entry of the custody log {{seq}}, digest {{hash}}.',
  },
  'letter.notice.report': {
    zh: '如附有《技术检测与情况记录》，它供参考，非鉴定意见；技术检测只是上述各项的补充。',
    en: 'Where a record of technical examination is attached, it is for reference and no forensic opinion; it only adds to the points above.',
  },
  'letter.notice.ask-remove': {
    zh: '对上列内容采取删除、屏蔽、断开链接等必要措施。',
    en: 'Take the measures needed on the content listed: delete it, block it or disconnect its addresses.',
  },
  'letter.notice.ask-copies': {
    zh: '按所附指纹（哈希值）查找平台内相同的内容并一并处理。',
    en: 'Look for the same content on the platform by the hashes attached, and treat it likewise.',
  },
  'letter.notice.ask-forward': {
    zh: '将本通知转送相关网络用户。',
    en: 'Forward this notice to the user concerned.',
  },
  'letter.notice.ask-logs': {
    zh: '保存发布账号、发布时间、网络地址和传播记录，供有关机关依法调取。',
    en: 'Keep the account, times, network addresses and records of spread for the authorities to call for.',
  },
  'letter.notice.ask-answer': { zh: '书面告知处理结果和时间。', en: 'Say in writing what was done, and when.' },
  'letter.notice.liability': {
    zh: '通知人知悉：因错误通知造成网络用户或者平台损害的，应当承担责任。以上陈述由通知人自行核对。',
    en: 'The sender knows that whoever causes harm by a wrong notice is liable for it. The statements above are the sender’s to check.',
  },
};

const handler: Catalogue = {
  'letter.handler.about': { zh: '二、所涉个人信息', en: '2. Information concerned' },
  'letter.handler.what': {
    zh: '权利人的面部图像、声音或其他个人信息可能由贵方处理。已知的取得方式（请求人陈述）：{{how}}',
    en: 'The face, voice or other personal information of the person concerned may be handled by you. How it was obtained, as stated: {{how}}',
  },
  'letter.handler.no-consent': {
    zh: '本人是否同意（请求人陈述）：{{consent}}',
    en: 'Consent, as stated: {{consent}}',
  },
  'letter.handler.consent': {
    zh: '本人是否同意（请求人陈述）：{{consent}}；形式：{{form}}',
    en: 'Consent, as stated: {{consent}}; form: {{form}}',
  },
  'letter.handler.ask-access': {
    zh: '告知是否处理权利人的个人信息，并提供查阅、复制：种类、目的、方式、保存期限、提供给谁。',
    en: 'Say whether you handle personal information of the person concerned, and give access and a copy: kinds, purposes, means, period of storage, receivers.',
  },
  'letter.handler.ask-source': {
    zh: '说明信息的来源，以及是否用于生成、编辑或者训练。',
    en: 'Say where it came from, and whether it is used for generation, editing or training.',
  },
  'letter.handler.ask-delete': {
    zh: '删除权利人的面部、声音信息和由其生成的内容、模板。',
    en: 'Delete the face and voice information of the person concerned, and content and templates made from it.',
  },
  'letter.handler.ask-stop': {
    zh: '技术上难以删除的，停止除存储和必要的安全保护措施之外的处理，并书面告知范围。',
    en: 'Where deletion is technically hard, stop all handling but storage and protection, and say so in writing.',
  },
  'letter.handler.ask-reasons': {
    zh: '拒绝任何一项的，书面说明理由。',
    en: 'Give reasons in writing for whatever is refused.',
  },
  'letter.handler.ask-log': {
    zh: '保存与所列文件有关的生成记录、使用者信息和日志，供有关机关依法调取。',
    en: 'Keep the records of generation, of users and the logs on the files listed, for the authorities to call for.',
  },
  'letter.handler.model': {
    zh: '说明：生成内容与权利人相像，单独不能说明其信息在训练材料中；请以贵方的记录答复。',
    en: 'Note: that content looks or sounds like a person does not by itself tell that the person’s information was training material; please answer from your records.',
  },
};

const police: Catalogue = {
  'letter.police.who': { zh: '一、说明人', en: '1. Person making the statement' },
  'letter.police.facts': { zh: '二、经过（说明人陈述）', en: '2. What happened, as stated' },
  'letter.police.when': { zh: '发生时间：{{day}}', en: 'When: {{day}}' },
  'letter.police.deed': { zh: '对方做了什么：{{deed}}', en: 'What was done: {{deed}}' },
  'letter.police.found': {
    zh: '何时、何处、怎样发现和保存：{{day}}；{{where}}；{{how}}',
    en: 'When, where and how it was found and saved: {{day}}; {{where}}; {{how}}',
  },
  'letter.police.consent': { zh: '是否同意：{{consent}}', en: 'Consent: {{consent}}' },
  'letter.police.reach': {
    zh: '传播情况：{{reach}}；页面显示浏览 {{views}}、转发 {{reposts}}',
    en: 'Spread: {{reach}}; views displayed {{views}}, reposts {{reposts}}',
  },
  'letter.police.threats': { zh: '威胁、要挟、骚扰：{{threats}}', en: 'Threats, blackmail, harassment: {{threats}}' },
  'letter.police.money': { zh: '钱款：{{money}}', en: 'Payments: {{money}}' },
  'letter.police.harm': { zh: '损害和支出：{{harm}}', en: 'Harm and expenses: {{harm}}' },
  'letter.police.other-side': { zh: '已知的对方情况：{{who}}', en: 'What is known of the other side: {{who}}' },
  'letter.police.reports': {
    zh: '此前的举报、报案和回执：{{reports}}',
    en: 'Earlier reports and receipts: {{reports}}',
  },
  'letter.police.items': { zh: '三、电子数据清单', en: '3. List of electronic data' },
  'letter.police.kept': {
    zh: '文件自 {{day}} 起以只读方式复制、计算校验值并留存，共 {{count}} 个；保管记录末条序号 {{seq}}，校验值 {{hash}}。',
    en: 'Files were copied read-only, hashed and kept from {{day}} on, {{count}} in number; last entry of the custody log {{seq}}, digest {{hash}}.',
  },
  'letter.police.not-kept': {
    zh: '未留存副本的文件自 {{day}} 起以只读方式读取并计算校验值，共 {{count}} 个；保管记录末条序号 {{seq}}，校验值 {{hash}}。',
    en: 'Files of which no copy is kept were opened read-only and hashed from {{day}} on, {{count}} in number; last entry of the custody log {{seq}}, digest {{hash}}.',
  },
  'letter.police.examined': {
    zh: '检测情况见《技术检测与情况记录》（供参考，非鉴定意见）；是否合成、是否本人，请依法调查、鉴定。',
    en: 'What was examined stands in the record of technical examination (for reference, no forensic opinion); whether anything was synthesised, and who is shown, is for investigation and forensic examination.',
  },
  'letter.police.ask-receive': { zh: '接受本材料并出具受案回执。', en: 'Accept this material and give a receipt.' },
  'letter.police.ask-preserve': {
    zh: '依法调取并固定平台和服务提供者保存的账号、日志、生成记录。',
    en: 'Call for and preserve the accounts, logs and records of generation that platforms and providers keep.',
  },
  'letter.police.ask-examine': {
    zh: '必要时扣押、封存原始存储介质，送有资质的机构鉴定。',
    en: 'Where needed, seal the original media and have them examined by a qualified institution.',
  },
  'letter.police.open': {
    zh: '以上为说明人陈述，行为的性质由办案机关认定。',
    en: 'These are statements of the person who makes them; what they amount to is for the authority.',
  },
};

const report: Catalogue = {
  'letter.12377.where': {
    zh: '下面的文字可以复制到 www.12377.cn 的举报表中；也可以拨打 12377。不要上传私密原件，除非对方明确要求并说明用途。',
    en: 'The text below can be copied into the form at www.12377.cn, or told by telephone to 12377. Do not upload intimate originals unless asked to, with the purpose told.',
  },
  'letter.12377.text': { zh: '举报内容', en: 'Text of the report' },
  'letter.12377.what': {
    zh: '举报人于 {{day}} 在 {{where}} 发现疑似利用人工智能处理权利人面部或声音的内容，请求核查处理。',
    en: 'On {{day}} content was found at {{where}} that may use AI on the face or voice of the person concerned; I ask that it be looked into.',
  },
  'letter.12377.why': {
    zh: '举报人与材料中的人的关系：{{identity}}；本人是否同意：{{consent}}。',
    en: 'Relation to the person shown: {{identity}}; consent: {{consent}}.',
  },
  'letter.12377.minor': { zh: '是否涉及未成年人：{{minor}}。', en: 'Minor concerned: {{minor}}.' },
  'letter.12377.label': {
    zh: '发布者是否声明为生成内容：{{declared}}。',
    en: 'Whether the poster declared it as generated: {{declared}}.',
  },
  'letter.12377.ask': {
    zh: '请求依法核查，要求平台处理并保存记录，告知处理结果。',
    en: 'I ask that it be looked into, that the platform act and keep its records, and to be told the result.',
  },
  'letter.12377.attach': { zh: '可以附上的文件（清单）', en: 'Files that can be attached (list)' },
};

const keep: Catalogue = {
  'letter.keep.now': { zh: '现在就做', en: 'Now' },
  'letter.keep.do-not-delete': {
    zh: '不删除聊天、帖子、邮件和原始文件，不清理手机。',
    en: 'Delete no chats, posts, mails or original files; do not clean up the telephone.',
  },
  'letter.keep.no-forward': {
    zh: '不转发该内容；需要给别人看时给指纹或链接。',
    en: 'Do not forward the content; give a hash or an address instead.',
  },
  'letter.keep.page': {
    zh: '录屏：从打开应用开始，显示时间、完整链接、账号主页、发布时间、浏览量、评论。',
    en: 'Record the screen from opening the app on: time, full address, account page, time of posting, views, comments.',
  },
  'letter.keep.account': {
    zh: '记下账号名称、编号、主页链接；截图包含整个页面。',
    en: 'Note the account’s name, number and address; capture whole pages.',
  },
  'letter.keep.chat': {
    zh: '威胁、要挟的聊天：导出或完整录屏，保留对方账号信息。',
    en: 'Threats in chats: export or record them whole, with the other account’s details.',
  },
  'letter.keep.payment': {
    zh: '转账：保存凭证和对方收款账号。',
    en: 'Payments: keep receipts and the receiving account.',
  },
  'letter.keep.device': {
    zh: '收到内容的手机、电脑是原始载体，不重置、不出售。',
    en: 'The telephone or computer that received it is the original carrier: do not reset or sell it.',
  },
  'letter.keep.file': { zh: '文件', en: 'The file' },
  'letter.keep.original': {
    zh: '尽量取得最早、最清楚的一份；用“原图”“文件”方式接收，不经聊天压缩。',
    en: 'Get the earliest and clearest copy; receive it as a file, not compressed by a chat.',
  },
  'letter.keep.digests': {
    zh: '记录下表的校验值，抄写或打印一份另存。',
    en: 'Keep the digests below, written down or printed, in another place.',
  },
  'letter.keep.case': {
    zh: '导出案件并存到另一处（例如移动硬盘），保管恢复码。',
    en: 'Export the case to another place, such as an external disk, and keep the recovery code.',
  },
  'letter.keep.report': {
    zh: '出具《技术检测与情况记录》并一起保存。',
    en: 'Make the record of technical examination and keep it with the case.',
  },
  'letter.keep.notary': { zh: '公证、时间戳、鉴定', en: 'Notary, time stamp, forensic examination' },
  'letter.keep.notary-open': {
    zh: '页面还能打开时就联系公证机构；删除后无法补做。',
    en: 'Call a notary while the page can still be opened; it cannot be made up for later.',
  },
  'letter.keep.notary-bring': {
    zh: '带上身份证件、原始设备、链接清单。',
    en: 'Bring identity document, original device and the list of addresses.',
  },
  'letter.keep.notary-process': {
    zh: '请公证人员在其设备上按“打开—浏览—下载—计算校验值”的顺序操作并记录。',
    en: 'Ask that it be opened, viewed, downloaded and hashed on the notary’s device, and recorded.',
  },
  'letter.keep.timestamp': {
    zh: '可以对证据包申请可信时间戳；时间戳只说明当时已有这份数据。',
    en: 'A time stamp can be had for the evidence package; it tells only that these data existed then.',
  },
  'letter.keep.forensic': {
    zh: '需要鉴定意见的，由登记的司法鉴定机构出具；交原始文件和样本。',
    en: 'A forensic opinion comes from a registered institution: give it originals and samples.',
  },
  'letter.keep.logs': { zh: '日志与诉前保全', en: 'Logs and preservation before suit' },
  'letter.keep.logs-ask': {
    zh: '生成合成服务的有关日志至少留存六个月：尽早请求平台、服务提供者保存，或由办案机关调取。',
    en: 'Some logs of generation services are kept for six months at least: ask platforms and providers early to keep them, or have the authority call for them.',
  },
  'letter.keep.preservation-court': {
    zh: '证据可能灭失的，可以向人民法院申请证据保全。',
    en: 'Where evidence may be lost, a court can be asked to preserve it.',
  },
};

const tida: Catalogue = {
  'letter.tida.request': { zh: '移除请求', en: 'Request for removal' },
  'letter.tida.about': {
    zh: '请求移除未经权利人同意公布的私密影像（包括数字伪造）。',
    en: 'I request the removal of an intimate visual depiction of the identifiable individual named below, which may be a digital forgery, published without that individual’s consent.',
  },
  'letter.tida.intimate': {
    zh: '内容是否私密（陈述）：{{intimate}}。该法只涉及私密影像。',
    en: 'Intimate content, as stated: {{intimate}}. The Act is about intimate visual depictions only.',
  },
  'letter.tida.locate': { zh: '内容的位置', en: 'Identification and location of the depiction' },
  'letter.tida.statement': { zh: '善意声明', en: 'Statement of good faith' },
  'letter.tida.good-faith': {
    zh: '签名人善意相信上列影像未经权利人同意。陈述：{{consent}}',
    en: 'I believe in good faith that the depiction identified above is not consensual. Consent, as stated: {{consent}}',
  },
  'letter.tida.sender': {
    zh: '姓名：{{name}}；身份：{{role}}；联系方式：{{contact}}',
    en: 'Name: {{name}}; capacity: {{role}}; contact: {{contact}}',
  },
  'letter.tida.contact': { zh: '联系方式', en: 'Contact' },
  'letter.tida.ask-remove': {
    zh: '尽快、至迟在收到有效请求后 48 小时内移除。',
    en: 'Remove it as soon as possible, and not later than 48 hours after receiving a valid request.',
  },
  'letter.tida.ask-copies': {
    zh: '尽合理努力查找并移除已知的相同副本。',
    en: 'Make reasonable efforts to find and remove known identical copies.',
  },
  'letter.tida.scope': {
    zh: '是否属于受规制的平台、内容是否属于该法所指的私密影像，由接收方和主管机关判断。',
    en: 'Whether the receiver is a covered platform, and the content an intimate visual depiction under the Act, is for the receiver and the authorities.',
  },
};

const program: Catalogue = {
  'cli.letters.about': {
    zh: '根据案件记录写出可编辑的信函草稿（DOCX），空白处标黄；不发送。',
    en: 'Write drafts of letters (editable DOCX) from the records of the case, blanks marked; nothing is sent.',
  },
  'cli.option.out-folder': { zh: '写入这个文件夹', en: 'write into this folder' },
  'cli.option.letter-kind': { zh: '只写这一种', en: 'only this kind' },
  'cli.letters.written': {
    zh: '已写入 {{file}}：{{title}}，空白 {{blanks}} 处',
    en: 'Written to {{file}}: {{title}}, blanks: {{blanks}}',
  },
};

export const letterSentences: Catalogue = {
  ...frame,
  ...blanks,
  ...handOver,
  ...processing,
  ...notice,
  ...handler,
  ...police,
  ...report,
  ...keep,
  ...tida,
  ...program,
};
