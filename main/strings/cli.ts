import { type Catalogue, prefixed } from './catalogue.ts';

/** What the command line prints. */
export const cliSentences: Catalogue = {
  'cli.about': {
    zh: '鉴真：在本机检查图片、视频、录音的来源、合成迹象与相似度。不联网；不给真假结论。',
    en: 'Jianzhen: examines images, video and audio on this machine for origin, signs of synthesis and likeness. No network, no yes-or-no answer.',
  },
  'cli.help.usage': { zh: '用法：', en: 'Usage:' },
  'cli.help.options': { zh: '选项：', en: 'Options:' },
  'cli.help.commands': { zh: '命令：', en: 'Commands:' },
  'cli.help.arguments': { zh: '参数：', en: 'Arguments:' },
  'cli.help.option': { zh: '显示帮助', en: 'show help' },
  'cli.help.any-options': { zh: '[选项]', en: '[options]' },
  'cli.help.any-command': { zh: '[命令]', en: '[command]' },
  'cli.help.choices': { zh: '（可选：{{choices}}）', en: '(choices: {{choices}})' },
  'cli.help.default': { zh: '（默认：{{value}}）', en: '(default: {{value}})' },
  'cli.usage.unknown-option': { zh: '没有 {{what}} 这个选项。', en: 'There is no option {{what}}.' },
  'cli.usage.unknown-command': { zh: '没有 {{what}} 这个命令。', en: 'There is no command {{what}}.' },
  'cli.usage.missing-argument': { zh: '缺少参数 <{{what}}>。', en: 'The argument <{{what}}> is missing.' },
  'cli.usage.missing-option': { zh: '必须给出选项 {{what}}。', en: 'The option {{what}} must be given.' },
  'cli.usage.not-together': {
    zh: '选项 {{what}} 和 {{other}} 不能同时使用。',
    en: 'The options {{what}} and {{other}} do not go together.',
  },
  'cli.usage.missing-value': { zh: '选项 {{what}} 后面缺少内容。', en: 'Nothing is given for the option {{what}}.' },
  'cli.usage.not-a-choice': {
    zh: '{{what}} 不能是“{{given}}”；可选：{{known}}。',
    en: '{{what}} cannot be “{{given}}”; it is one of: {{known}}.',
  },
  'cli.usage.not-of-form': {
    zh: '{{what}} 不能是“{{given}}”；应为：{{form}}',
    en: '{{what}} cannot be “{{given}}”; expected: {{form}}',
  },
  'cli.usage.too-many-arguments': {
    zh: '参数太多：最多 {{expected}} 个，给出了 {{given}} 个。',
    en: 'Too many arguments: at most {{expected}}, given {{given}}.',
  },
  'cli.usage.near': { zh: '您要的是不是：{{near}}', en: 'Did you mean: {{near}}' },
  'cli.exit-codes': {
    zh: '退出码：0 已检查；1 证据包不完好；2 用法不对，或所给的名称、位置、回答不合适；3 有文件找不到、读不出、用不了或未能检查；4 案件、保管库或引擎故障；130 按要求停止（再次运行同一命令即可继续）',
    en: 'Exit codes: 0 examined; 1 a package is not intact; 2 bad usage, or a name, place or answer that does not fit; 3 a file is missing, unreadable, unusable or could not be examined; 4 fault of case, vault or engine; 130 stopped as asked (run the same command again to go on)',
  },
  'cli.option.lang': { zh: '输出语言：zh 或 en', en: 'language of the output: zh or en' },
  'cli.option.data': { zh: '案件存放的文件夹', en: 'folder in which cases are kept' },
  'cli.option.case': { zh: '案件名称（默认 default）', en: 'name of the case (default: default)' },
  'cli.option.json': { zh: '每行输出一个 JSON 值', en: 'print one JSON value a line' },
  'cli.option.passphrase-file': {
    zh: '从文件第一行读取口令（也可用环境变量 JIANZHEN_PASSPHRASE）',
    en: 'read the passphrase from the first line of a file (or set JIANZHEN_PASSPHRASE)',
  },
  'cli.scan.about': { zh: '检查文件、文件夹或通配符', en: 'examine files, folders or globs' },
  'cli.scan.vault': {
    zh: 'copy：加密留存副本；reference：只记录路径和指纹',
    en: 'copy: keep a sealed copy; reference: record path and digests only',
  },
  'cli.scan.no-retain': {
    zh: '只从原文件测量，不留副本、截图和缩略图',
    en: 'measure from the original and keep no copy, crop or thumbnail',
  },
  'cli.scan.role': {
    zh: '这些文件在案件中的角色：questioned、suspected-source 或 context',
    en: 'role of these files in the case: questioned, suspected-source or context',
  },
  'cli.scan.fps': { zh: '视频每秒取样帧数', en: 'sampled frames a second of video' },
  'cli.scan.quick': { zh: '快速检查：略去耗时的项目', en: 'quick pass: leave out what takes long' },
  'cli.models.as': { zh: '导入为哪一类检测器', en: 'the kind of detector it is imported as' },
  'cli.models.contract': { zh: '说明其输入与输出的 JSON 文件', en: 'JSON file that declares its input and output' },
  'cli.models.both': { zh: '--as 与 --contract 必须一起给出', en: '--as and --contract go together' },
  'cli.models.calibrate': {
    zh: '用您自己的材料测量已导入的检测器，并写出校准',
    en: 'measure an imported detector on your own material and write its calibration',
  },
  'cli.models.genuine': { zh: '普通拍摄或录制的文件夹', en: 'folder of ordinary recordings' },
  'cli.models.synthetic': { zh: '经合成或换脸的文件夹', en: 'folder of synthetic or swapped material' },
  'cli.models.language': { zh: '录音所讲语言（如 en）', en: 'language spoken in the recordings (such as en)' },
  'cli.models.imported-detector': {
    zh: '{{id}} 已导入；校准之前只给出原始分。',
    en: '{{id}} was imported; until it is calibrated it gives raw scores only.',
  },
  'cli.models.without': {
    zh: '没有得到分数的文件 {{count}} 个：{{why}}',
    en: 'files without a score: {{count}} ({{why}})',
  },
  ...prefixed('why', {
    'no-face': { zh: '没有找到人脸', en: 'no face was found' },
    'face-too-small': { zh: '人脸太小', en: 'the face is too small' },
    'no-picture': { zh: '不是图片或视频', en: 'no picture or film' },
    'no-sound': { zh: '没有声音', en: 'no sound' },
    'no-speech': { zh: '没有找到讲话声', en: 'no speech was found' },
    'speech-too-short': { zh: '讲话太短', en: 'too little speech' },
    'speech-too-quiet': { zh: '讲话声太轻', en: 'the speech is too quiet' },
    'need-failed': { zh: '无法解码', en: 'could not be decoded' },
    unreadable: { zh: '读不出来', en: 'could not be read' },
    MODEL_INVALID: { zh: '检测器给出的不是数', en: 'the detector gave no number' },
  }),
  'cli.models.measured': {
    zh: '普通 {{genuine}} 个，合成 {{synthetic}} 个；AUC {{auc}}（区间 {{low}} 至 {{high}}），Cllr {{cllr}}。',
    en: 'ordinary {{genuine}}, synthetic {{synthetic}}; AUC {{auc}} (interval {{low}} to {{high}}), Cllr {{cllr}}.',
  },
  'cli.models.speaks': {
    zh: '{{id}} 今后在其测试范围内参与结论，ln LR 限于 {{llrMin}} 至 {{llrMax}}。',
    en: '{{id}} now speaks in findings within its domain, ln LR between {{llrMin}} and {{llrMax}}.',
  },
  'cli.models.useless': {
    zh: '{{id}} 在这些文件上没有显示出足够的分辨力，不参与结论，只列原始分。',
    en: '{{id}} does not tell these files apart well enough: it does not speak in findings, its raw score is listed only.',
  },
  'cli.scan.language': {
    zh: '所讲语言（如 en、zh），由您说明；本工具不识别语言',
    en: 'language spoken (en, zh, …), as you state it; the tool recognises none',
  },
  'cli.scan.planned': { zh: '共 {{total}} 个文件。', en: 'Files: {{total}}.' },
  'cli.scan.resumed': {
    zh: '继续上次未完成的检查：共 {{total}} 个文件，已完成 {{done}} 个。',
    en: 'Going on with an unfinished scan: files {{total}}, done {{done}}.',
  },
  'cli.scan.preserved': { zh: '已留存，指纹 {{digest}}…', en: 'preserved, fingerprint {{digest}}…' },
  'cli.scan.progress': {
    zh: '{{done}}/{{total}}　人脸 {{faces}}　媒体 {{seconds}} 秒　剩余约 {{left}}',
    en: '{{done}}/{{total}}  faces {{faces}}  media {{seconds}} s  about {{left}} left',
  },
  'cli.scan.duplicate': { zh: '与已检查的文件内容相同', en: 'same bytes as a file already examined' },
  'cli.scan.summary': {
    zh: '共 {{items}} 个，已检查 {{examined}} 个，未能检查 {{failed}} 个。案件：{{case}}（{{folder}}）',
    en: 'Files {{items}}, examined {{examined}}, not examined {{failed}}. Case: {{case}} ({{folder}})',
  },
  'cli.scan.stopped': {
    zh: '已停止。完成的部分都已保存；再次运行同一命令即可继续。',
    en: 'Stopped. What was finished is saved; run the same command again to go on.',
  },
  'cli.scan.why': { zh: '依据：{{list}}', en: 'for: {{list}}' },
  'cli.scan.measured': { zh: '测得：{{list}}', en: 'measured: {{list}}' },
  'cli.scan.against': { zh: '不支持的方面：{{list}}', en: 'against: {{list}}' },
  'cli.scan.note': { zh: '说明：{{list}}', en: 'note: {{list}}' },
  'cli.join': { zh: '；', en: '; ' },
  'cli.scan.type-mismatch': {
    zh: '文件名所示类型是 {{claimed}}，内容是 {{mediaType}}；按内容检查。',
    en: 'The name claims {{claimed}}, the content is {{mediaType}}; it was examined as what it contains.',
  },
  'cli.scan.cut-short': {
    zh: '文件不完整，后面的部分缺失；只检查了现有的部分。如能取得完整的文件，请重新检查。',
    en: 'The file is cut short; what is there was examined. If a complete copy can be had, examine that.',
  },
  'cli.scan.first-track-only': {
    zh: '文件有 {{tracks}} 条音轨，只检查了第一条。',
    en: 'The file holds {{tracks}} sound tracks; only the first was examined.',
  },
  'part.motion-photo-video': {
    zh: '动态照片“{{name}}”内的视频部分（第 {{offset}} 字节起，{{length}} 字节）',
    en: 'The film inside the motion photo “{{name}}” ({{length}} bytes from byte {{offset}})',
  },
  'part.embedded-file': {
    zh: '“{{name}}”内附带的文件（第 {{offset}} 字节起，{{length}} 字节）',
    en: 'A file inside “{{name}}” ({{length}} bytes from byte {{offset}})',
  },
  'live-photo.still.with': {
    zh: '实况照片的照片部分，与视频“{{name}}”是一对。',
    en: 'The picture of a live photo; its film is “{{name}}”.',
  },
  'live-photo.film.with': {
    zh: '实况照片的视频部分，与照片“{{name}}”是一对。',
    en: 'The film of a live photo; its picture is “{{name}}”.',
  },
  'live-photo.still.alone': {
    zh: '实况照片的照片部分；案件中尚未见到它的视频。',
    en: 'The picture of a live photo; its film has not been seen in this case so far.',
  },
  'live-photo.film.alone': {
    zh: '实况照片的视频部分；案件中尚未见到它的照片。',
    en: 'The film of a live photo; its picture has not been seen in this case so far.',
  },
  'cli.other-versions': {
    zh: '检查时所用的版本与现在安装的不同：{{list}}',
    en: 'examined with other versions than those installed: {{list}}',
  },
  'cli.other-versions.how': {
    zh: '有 {{count}} 项检查时所用的版本与现在安装的不同。当时的回答原样保留，并不因此有误；如需按现在的版本再检查，请运行：renew {{case}}',
    en: 'Items examined with other versions than those installed: {{count}}. Their answers stand as they were given, and are not wrong for it; to have them examined again, run: renew {{case}}',
  },
  'cli.renew.about': {
    zh: '对检查时所用版本与现在安装的不同的材料，以及比对后样本有增减的材料，按上次的设置再检查一次',
    en: 'examine again, as it was asked for the last time, what other versions than those installed examined, and what was compared before samples were added or taken out',
  },
  'cli.renew.none': {
    zh: '没有检查时所用版本与现在安装的不同的材料，也没有比对后样本有增减的材料。案件：{{case}}',
    en: 'Nothing was examined with other versions than those installed, nor compared before samples were added or taken out. Case: {{case}}',
  },
  'cli.renew.gone': {
    zh: '不能再检查的有 {{count}} 项，因为字节已不在：案件里的副本或原文件都找不到。当时的回答原样保留。',
    en: 'Not to be examined again, because their bytes are gone (no copy in the case, no file where it lay): {{count}}. Their answers stand as they were given.',
  },
  'cli.scan.not-examined': { zh: '没有结论的检查：{{list}}', en: 'without an answer: {{list}}' },
  'cli.case.about': { zh: '案件', en: 'cases' },
  'cli.case.list': { zh: '列出案件', en: 'list cases' },
  'cli.case.none': { zh: '还没有案件。', en: 'There are no cases yet.' },
  'cli.case.locked': { zh: '使用中', en: 'in use' },
  'cli.case.show': { zh: '显示案件内容和保管链头', en: 'show what a case holds, and the head of its custody log' },
  'cli.case.summary': {
    zh: '{{name}}：文件 {{items}}（已检查 {{examined}}），人 {{people}}，未完成的检查 {{openJobs}}，保管记录 {{seq}} 条，链头 {{hash}}',
    en: '{{name}}: items {{items}} (examined {{examined}}), people {{people}}, unfinished scans {{openJobs}}, custody entries {{seq}}, head {{hash}}',
  },
  'cli.case.verified': {
    zh: '保管记录共 {{entries}} 条，前后相接。只有与另存的链头比较，才能发现整体替换或截断。',
    en: 'Custody entries {{entries}}, chained without a gap. Replacement or truncation as a whole shows only against a head kept elsewhere.',
  },
  'cli.case.part-of': { zh: '取自 {{digest}}… 内部', en: 'found inside {{digest}}…' },
  'cli.case.protect': {
    zh: '用口令代替密钥文件，并给出一次性显示的恢复码',
    en: 'lock a case by a passphrase instead of the key file, and show a recovery code once',
  },
  'cli.case.protected': {
    zh: '“{{name}}”现在由口令保护。请抄下或打印恢复码，放在安全的地方；它不会再显示（使用时设环境变量 JIANZHEN_RECOVERY_CODE）：',
    en: '“{{name}}” is now locked by the passphrase. Write down or print the recovery code and keep it safe; it is not shown again (to use it, set JIANZHEN_RECOVERY_CODE):',
  },
  'cli.case.export': { zh: '把案件导出为一个加密文件', en: 'export a case as one encrypted file' },
  'cli.case.exported': {
    zh: '已导出 {{file}}（SHA-256 {{sha256}}）。打开它需要口令。',
    en: 'Exported {{file}} (SHA-256 {{sha256}}). A passphrase is needed to open it.',
  },
  'cli.case.import': { zh: '导入案件文件', en: 'import an exported case' },
  'cli.case.erase': { zh: '抹除案件', en: 'erase a case' },
  'cli.erase.about': { zh: '抹除本程序保存的全部内容', en: 'erase everything that this program keeps' },
  'cli.erase.confirm': {
    zh: '抹除后无法恢复。确认请加 --yes。',
    en: 'Erasure cannot be undone. Add --yes to confirm.',
  },
  'cli.erase.done': {
    zh: '已抹除 {{count}} 项。固态硬盘、快照和备份中可能仍有残留的密文。',
    en: 'Erased: {{count}}. Solid-state disks, snapshots and backups may still hold remains of the ciphertext.',
  },
  'cli.reference.about': { zh: '用于比对的人', en: 'people to compare with' },
  'cli.reference.add': { zh: '用照片或录音登记一个人', en: 'enrol a person from photos or recordings' },
  'cli.reference.name': { zh: '姓名或代号', en: 'name or code' },
  'cli.reference.to': {
    zh: '给已登记的人增加样本；依据、目的和保存期限按登记时写明的',
    en: 'add samples to a person who is enrolled; basis, purpose and date stay as they were stated',
  },
  'cli.reference.basis': {
    zh: '处理依据：own 本人、consent 取得同意、statutory 法定',
    en: 'basis: own, consent or statutory',
  },
  'cli.reference.purpose': { zh: '处理目的', en: 'purpose of the processing' },
  'cli.reference.retain-until': { zh: '保存到哪一天（YYYY-MM-DD）', en: 'retained until (YYYY-MM-DD)' },
  'cli.reference.list': { zh: '列出已登记的人', en: 'list enrolled people' },
  'cli.reference.none': { zh: '案件中还没有登记的人。', en: 'No person is enrolled in this case yet.' },
  'cli.reference.person': {
    zh: '{{name}}　人脸样本 {{faces}}　声音样本 {{voices}}　保存到 {{until}}',
    en: '{{name}}  face samples {{faces}}  voice samples {{voices}}  retained until {{until}}',
  },
  'cli.reference.accepted': { zh: '可用：{{file}}', en: 'usable: {{file}}' },
  'cli.reference.refused': { zh: '未采用：{{file}}——{{why}}', en: 'not used: {{file}}: {{why}}' },
  'cli.reference.outlier': {
    zh: '请核对：{{file}} 与其余样本差异较大（相似度 {{similarity}}），可能不是同一个人的样本',
    en: 'please check: {{file}} differs from the other samples (similarity {{similarity}}) and may show someone else',
  },
  'cli.reference.added': {
    zh: '已登记“{{name}}”：人脸样本 {{faces}}，声音样本 {{voices}}。',
    en: 'Enrolled “{{name}}”: face samples {{faces}}, voice samples {{voices}}.',
  },
  'cli.reference.extended': {
    zh: '已给“{{name}}”增加：人脸样本 {{faces}}，声音样本 {{voices}}。仍保存到 {{until}}。',
    en: 'Added to “{{name}}”: face samples {{faces}}, voice samples {{voices}}. Still retained until {{until}}.',
  },
  'cli.reference.compared-before': {
    zh: '此前检查过、有人脸或声音可比对的材料有 {{count}} 项，结果以当时的样本为准；要与现在的样本比对，请运行：renew {{case}}',
    en: 'Items examined before that hold a face or a voice to compare: {{count}}. Their answers rest on the samples of then; to compare them with those of now, run: renew {{case}}',
  },
  'cli.reference.sample': {
    zh: '只删除这一份样本：reference list 给出的编号，或它的文件名',
    en: 'remove this one sample alone: the number that reference list gives it, or the name of its file',
  },
  'cli.reference.sample-line': {
    zh: '  {{number}}　{{kind}}　{{file}}　{{quality}}',
    en: '  {{number}}  {{kind}}  {{file}}  {{quality}}',
  },
  'cli.reference.apart': {
    zh: '与其余样本差异较大（相似度 {{similarity}}），比对时不用；请核对是否选对了文件',
    en: 'differs from the other samples (similarity {{similarity}}) and is left out of comparisons; please check that it is the right file',
  },
  'cli.reference.sample-removed': {
    zh: '已删除“{{name}}”的样本 {{number}}（{{file}}），并已抹除（保管记录第 {{seq}} 条）。',
    en: 'Removed sample {{number}} ({{file}}) of “{{name}}”; it is erased (custody entry {{seq}}).',
  },
  'cli.reference.remove': {
    zh: '删除一个人及其样本，或其中一份样本',
    en: 'remove a person and their samples, or one of these',
  },
  'cli.reference.removed': {
    zh: '已删除“{{name}}”，其密钥和样本已抹除（保管记录第 {{seq}} 条）。',
    en: 'Removed “{{name}}”; key and samples are erased (custody entry {{seq}}).',
  },
  'cli.reference.expired': {
    zh: '“{{name}}”的样本已过保存期限（{{date}}），没有用于比对。',
    en: 'The samples of “{{name}}” are past their retention date ({{date}}) and were not compared.',
  },
  'cli.reference.erased': {
    zh: '“{{name}}”的样本已过保存期限（{{date}}）：密钥和样本已抹除，记入保管记录。',
    en: 'The samples of “{{name}}” are past their retention date ({{date}}): key and samples are erased, as the custody log tells.',
  },
  'cli.reference.expire': {
    zh: '抹除已过保存期限的人（scan、report、package 也会先做）',
    en: 'erase people past their retention date (scan, report and package do so first)',
  },
  'cli.reference.none-expired': { zh: '没有已过保存期限的人。', en: 'Nobody is past their retention date.' },
  'cli.models.about': { zh: '模型', en: 'models' },
  'cli.models.list': { zh: '列出模型、许可和状态', en: 'list models, licences and state' },
  'cli.models.verify': { zh: '核对所有模型的指纹', en: 'check the digest of every model' },
  'cli.models.verified': { zh: '{{count}} 个模型的指纹相符。', en: 'Digests match: {{count}}.' },
  'cli.models.import': { zh: '从文件导入模型包', en: 'import a model pack from a file' },
  'cli.models.imported': { zh: '已导入 {{id}}。', en: 'Imported {{id}}.' },
  'cli.models.fetch': {
    zh: '下载模型包（唯一会联网的操作之一）',
    en: 'download a model pack (one of the few acts that use the network)',
  },
  'cli.models.fetch-plan': {
    zh: '将从 {{host}} 下载 {{id}}（{{bytes}} 字节，许可 {{licence}}，SHA-256 {{sha256}}）。同意请加 --yes。',
    en: '{{id}} would be downloaded from {{host}} ({{bytes}} bytes, licence {{licence}}, SHA-256 {{sha256}}). Add --yes to agree.',
  },
  'cli.models.state.ok': { zh: '可用', en: 'usable' },
  'cli.models.state.missing': { zh: '未安装', en: 'not installed' },
  'cli.models.state.mismatch': { zh: '指纹不符，不会使用', en: 'digest does not match, never used' },
  'cli.doctor.about': { zh: '检查本机装了什么、缺什么', en: 'show what is installed here and what is missing' },
  'cli.doctor.found': { zh: '✓ {{what}} {{version}}', en: '✓ {{what}} {{version}}' },
  'cli.doctor.missing': { zh: '✗ {{what}}', en: '✗ {{what}}' },
  'cli.doctor.packs': {
    zh: '可选模型包未安装：{{packs}}。需要时用 models import 文件，或 models fetch 名称（会联网，先说明再询问）。',
    en: 'Optional model packs not installed: {{packs}}. If wanted: models import FILE, or models fetch ID (uses the network; it says what and asks first).',
  },
  'cli.doctor.data': { zh: '案件存放在 {{folder}}', en: 'Cases are kept in {{folder}}' },
  'cli.doctor.network': {
    zh: '网络：关闭（只有明确要求下载时才连接）',
    en: 'Network: off (used only for a download that you ask for)',
  },
  'cli.trust.about': { zh: '签名信任名单', en: 'trust lists for signatures' },
  'cli.trust.list': { zh: '列出已安装的信任名单', en: 'list installed trust lists' },
  'cli.trust.none': {
    zh: '没有安装信任名单：有效的签名只能显示为“签名者未知”。',
    en: 'No trust list is installed: a valid signature can only be shown as “signer unknown”.',
  },
  'cli.trust.one': { zh: '{{id}}（{{date}}）', en: '{{id}} ({{date}})' },
  'cli.trust.import': { zh: '从文件导入信任名单', en: 'import a trust list from a file' },
  'cli.trust.fetch': { zh: '下载信任名单（会联网）', en: 'download trust lists (uses the network)' },
  'cli.trust.imported': { zh: '已导入 {{name}}（{{id}}）。', en: 'Imported {{name}} ({{id}}).' },
  'cli.redact.about': {
    zh: '导出一份图片、影片或录音，遮盖人脸、画面区域或声音，保留人工智能生成标识，不带其他元数据',
    en: 'export a picture, film or recording with faces, places or sound covered, its AI label kept and no other metadata',
  },
  'cli.redact.option.cover': {
    zh: 'faces：图片中检查找到的人脸，影片中逐帧找到的人脸；all：整个画面；none：只遮盖另外指定的',
    en: 'faces: in a picture those the examination found, in a film those found look after look; all: the whole picture; none: only what is named besides',
  },
  'cli.redact.option.region': {
    zh: '另外遮盖的区域，像素；可加秒数；可重复',
    en: 'a place to cover besides, in pixels, with seconds if not all of the clip; may be repeated',
  },
  'cli.redact.option.silence': { zh: '消去声音的秒数；可重复', en: 'seconds without sound; may be repeated' },
  'cli.redact.option.lower': {
    zh: '降低音调的秒数；可重复（可以还原，不能代替消音）',
    en: 'seconds in a lower pitch; may be repeated (it can be undone and is no substitute for silence)',
  },
  'cli.redact.looking': { zh: '正在查找人脸：已到 {{seconds}} 秒', en: 'looking for faces: {{seconds}} s so far' },
  'cli.redact.written': {
    zh: '已写入 {{file}}（SHA-256 {{sha256}}）。',
    en: 'Written to {{file}} (SHA-256 {{sha256}}).',
  },
  'cli.redact.faces': { zh: '遮盖人脸 {{faces}} 处。', en: 'Faces covered: {{faces}}.' },
  'cli.redact.looks': {
    zh: '每秒查看 10 次，共 {{all}} 次，其中 {{withFaces}} 次看到人脸；每处看到的前后各遮盖半秒。',
    en: 'Times looked at, ten a second: {{all}}, with faces in {{withFaces}} of them; each is covered for half a second before and after.',
  },
  'cli.redact.all': { zh: '整个画面已遮盖。', en: 'All of the picture is covered.' },
  'cli.redact.places': { zh: '另外遮盖区域 {{places}} 处。', en: 'Places covered besides: {{places}}.' },
  'cli.redact.silenced': { zh: '已消去声音 {{seconds}} 秒。', en: 'Seconds without sound: {{seconds}}.' },
  'cli.redact.lowered': {
    zh: '已降低音调 {{seconds}} 秒。音调可以还原：要隐去说话人，请消音。',
    en: 'Seconds in a lower pitch: {{seconds}}. A pitch can be undone: to hide who speaks, use silence.',
  },
  'cli.redact.labelled': {
    zh: '原文件带有人工智能生成标识，已在副本中重新写明。',
    en: 'The original carries an AI label; it is stated again in the copy.',
  },
  'cli.redact.look': {
    zh: '请先从头看一遍再交出：没有遮盖到的人脸、文字、背景和说出的话仍然看得见、听得到。',
    en: 'Look through it before you hand it on: faces, words and surroundings that are not covered can still be seen, and what is said can still be heard.',
  },
  'cli.law.about': { zh: '报告所用的法律资料包', en: 'law packs that reports print from' },
  'cli.law.list': {
    zh: '列出资料包、截至日期和需要复核的规定数',
    en: 'list packs, their days and how many provisions are due for checking',
  },
  'cli.law.import': { zh: '从文件导入资料包', en: 'import a pack from a file' },
  'cli.law.one': {
    zh: '{{id}}  {{name}}（{{jurisdiction}}）：截至 {{asOf}}，规定 {{provisions}} 条，其中 {{stale}} 条已过复核日期',
    en: '{{id}}  {{name}} ({{jurisdiction}}): as of {{asOf}}, provisions: {{provisions}}, past their day of checking: {{stale}}',
  },
  'cli.law.imported': { zh: '    从文件导入，SHA-256 {{sha256}}', en: '    imported from a file, SHA-256 {{sha256}}' },
  'cli.law.refused': {
    zh: '没有使用：{{id}}，导入的文件 SHA-256 {{sha256}}。{{why}}',
    en: 'not used: {{id}}, imported file SHA-256 {{sha256}}. {{why}}',
  },
  'cli.schema.about': {
    zh: '输出 JSON Schema：scan --json 的每一行（默认），或 report.json（report）',
    en: 'print a JSON Schema: of one line of scan --json (default), or of report.json (report)',
  },
  'cli.provenance.about': {
    zh: '列出一个文件的来源信息及其字节位置',
    en: 'print what a file says of its origin, with byte positions',
  },
  'cli.facts.about': {
    zh: '使用者对案件的陈述（地点、时间、同意、公开方式、通知……），写入报告和信函时加引号，不作判断',
    en: 'what the user states of the case (place, time, consent, publicity, notices …): quoted in report and letters, never judged',
  },
  'cli.facts.option.questions': { zh: '列出可以回答的问题', en: 'list the questions that can be answered' },
  'cli.facts.option.set': {
    zh: '记录一项陈述，例如 consent=none、act-kinds=made,published、act-date=2026-11-01..2026-11-03、publicity@指纹开头=voluntary；可重复',
    en: 'record a statement, such as consent=none, act-kinds=made,published, act-date=2026-11-01..2026-11-03, publicity@DIGEST=voluntary; may be repeated',
  },
  'cli.facts.option.import': { zh: '从 JSON 文件读入陈述', en: 'read statements from a JSON file' },
  'cli.facts.option.withdraw': {
    zh: '撤回一项陈述（保管记录中仍保留）',
    en: 'take a statement back (the custody log keeps it)',
  },
  'cli.facts.none': { zh: '还没有陈述。', en: 'Nothing is stated yet.' },
  'cli.facts.item': { zh: '指纹', en: 'DIGEST' },
  'cli.facts.form.date': { zh: '日期，例如 2026-11-24', en: 'a day, such as 2026-11-24' },
  'cli.facts.form.dates': { zh: '日期，或“从..到”', en: 'a day, or FROM..TO' },
  'cli.facts.form.text': { zh: '文字', en: 'text' },
  'cli.facts.form.number': { zh: '数字', en: 'a number' },
  'cli.facts.kind.duty': { zh: '义务的履行情况', en: 'what became of a duty' },
  'cli.facts.kind.route': { zh: '途径的经过', en: 'an event of a route' },
  'cli.facts.kind.witness': { zh: '听辨、辨认', en: 'who recognised it' },
  'cli.place.about': { zh: '案件、密钥和模型包保存在哪里', en: 'where cases, keys and packs are kept' },
  'cli.place.show': { zh: '显示位置', en: 'show the place' },
  'cli.place.move': {
    zh: '把全部数据移到一个新的或空的文件夹，逐个核对后从原处删除',
    en: 'move everything to a folder that is new or empty, compare each file and erase it where it was',
  },
  'cli.place.data-chosen': {
    zh: '给出了 --data：移动只针对平时使用的位置',
    en: '--data was given: only the place of every start can be moved',
  },
  'cli.place.moved': {
    zh: '已移到 {{path}}：{{files}} 个文件，{{bytes}} 字节，内容都已核对。原来的磁盘和备份里可能留有残迹。',
    en: 'Moved to {{path}}: {{files}} files, {{bytes}} bytes, each compared. Traces may remain on the former disk and in backups.',
  },
  'cli.match.about': {
    zh: '比较两个文件是否有相同画面（可疑文件与疑似母体），给出两边的时间和帧号；也可用案件内材料的摘要开头',
    en: 'find scenes that a questioned file shares with a suspected source, with times and frames of both; items of the case by the beginning of their digest',
  },
  'cli.case.groups': {
    zh: '列出案件里画面相同的图片和共有片段的视频',
    en: 'list the pictures of a case that show the same scene, and clips that share scenes',
  },
  'cli.groups.pictures': { zh: '{{count}} 张图片画面相同：', en: '{{count}} pictures show the same scene:' },
  'cli.groups.clips': {
    zh: '视频 {{questioned}} 与 {{source}} 有相同画面：',
    en: 'Clips {{questioned}} and {{source}} share scenes:',
  },
  'cli.groups.none': { zh: '没有找到画面相同的材料。', en: 'No items that show the same scene were found.' },
  'cli.groups.compared': {
    zh: '比较了 {{pictures}} 张图片和 {{clips}} 段视频；{{without}} 件材料没有记录画面特征（声音、快速检查的视频、由其他版本检查、出错或尚未检查）。',
    en: 'Compared: pictures {{pictures}}, clips {{clips}}; items of which no scenes are recorded (sound, clips in the quick pass, examined with another version, faults, not yet examined): {{without}}.',
  },
  'cli.case.persons': {
    zh: '把案件中的人脸和声音按相似程度分组，并估计不同的人数（区间）',
    en: 'group the faces and voices of a case by likeness and tell the number of distinct persons as a range',
  },
  'cli.persons.face': {
    zh: '人脸：比较了 {{compared}} 处，不同的人估计 {{range}} 个；其中 {{uncertain}} 处归属未定。',
    en: 'Faces: {{compared}} compared; distinct persons, estimated: {{range}}; left open to whom they belong: {{uncertain}}.',
  },
  'cli.persons.voice': {
    zh: '声音：比较了 {{compared}} 处，不同的人估计 {{range}} 个；其中 {{uncertain}} 处归属未定。',
    en: 'Voices: {{compared}} compared; distinct persons, estimated: {{range}}; left open to whom they belong: {{uncertain}}.',
  },
  'cli.persons.none.face': { zh: '没有可以比较的人脸。', en: 'No face could be compared.' },
  'cli.persons.none.voice': { zh: '没有可以比较的声音。', en: 'No voice could be compared.' },
  'cli.persons.no-limits.face': {
    zh: '人脸没有分组：这一版模型没有测定过分组的界限。',
    en: 'Faces were not grouped: for this version of the model no limits were measured.',
  },
  'cli.persons.no-limits.voice': {
    zh: '声音没有分组：这一版模型没有测定过分组的界限。',
    en: 'Voices were not grouped: for this version of the model no limits were measured.',
  },
  'cli.persons.open': {
    zh: '是否同属一处，未定：{{groups}}',
    en: 'left open whether they belong together: {{groups}}',
  },
  'cli.persons.left': { zh: '没有比较 {{count}} 处：{{reason}}', en: '{{count}} not compared: {{reason}}' },
  'cli.persons.items': {
    zh: '待查材料 {{items}} 份；{{notRetained}} 份按要求没有保存特征，{{notExamined}} 份没有检查，都没有比较。',
    en: 'Questioned items: {{items}}. Not compared: {{notRetained}} of which no features are kept, as asked; {{notExamined}} not examined.',
  },
  'cli.persons.note': {
    zh: '分组只依据相似程度，不说明是谁。亲属、镜像、换脸和仿冒的声音也会相似；同时看得见脸、听得见声音的人会各计一次。',
    en: 'Groups go by likeness alone and do not show who somebody is. Relatives, mirrors, swapped faces and imitated voices resemble too; whoever is both seen and heard is counted in each.',
  },
};
