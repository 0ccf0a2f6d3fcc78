import type { ErrorCode } from '../contract/errors.ts';
import { type Catalogue, prefixed, type Sentence } from './catalogue.ts';

/** What went wrong, and what to do next, for every error code. */
export const errorSentences: Readonly<Record<`error.${ErrorCode}`, Sentence>> = {
  'error.FILE_NOT_FOUND': {
    zh: '找不到这个文件。请检查路径是否写对。',
    en: 'This file was not found. Check the path.',
  },
  'error.FILE_UNREADABLE': {
    zh: '文件读不出来，可能是磁盘有故障。请先把它复制到另一块磁盘再试。',
    en: 'The file could not be read; the disk may be faulty. Copy it to another disk and try again.',
  },
  'error.FILE_EMPTY': {
    zh: '文件是空的（0 字节）。请向发送方重新索取，或找更早的一份。',
    en: 'The file is empty (0 bytes). Ask for it again, or look for an earlier copy.',
  },
  'error.FILE_CHANGED_WHILE_READING': {
    zh: '文件在读取过程中发生了变化。请等下载或复制完成后再试。',
    en: 'The file changed while it was being read. Wait until the download or copy has finished and try again.',
  },
  'error.NOT_A_REGULAR_FILE': {
    zh: '这不是普通文件（例如设备或管道），没有打开。',
    en: 'This is not a regular file (a device or a pipe, for example); it was not opened.',
  },
  'error.FOLDER_LOOP': {
    zh: '链接指回了自己，或者文件夹层数超过 64 层，已跳过。请直接指定里面的文件。',
    en: 'A link leads back to itself, or folders lie more than 64 deep: this was skipped. Name the files inside directly.',
  },
  'error.FORMAT_UNKNOWN': {
    zh: '不认识这种文件内容：记录了指纹，只检查了文件里的来源信息。',
    en: 'The content of this file was not recognised. Its fingerprint is recorded, and only what its bytes say of its origin was examined.',
  },
  'error.FORMAT_UNSUPPORTED': {
    zh: '认识这种格式（{{mediaType}}），但本程序不能解码它。可以用其他软件转换后再检查，并保留原文件。',
    en: 'The format ({{mediaType}}) is known but cannot be decoded here. Convert it with another program, and keep the original.',
  },
  'error.MEDIA_TRUNCATED': {
    zh: '文件不完整，后面的部分缺失。请重新获取完整的一份；已能读出的部分仍会检查。',
    en: 'The file is cut short. Get a complete copy; what can be read is still examined.',
  },
  'error.MEDIA_CORRUPT': {
    zh: '文件内容损坏，无法解码。请找另一份副本。',
    en: 'The content is damaged and cannot be decoded. Look for another copy.',
  },
  'error.MEDIA_TOO_LARGE': {
    zh: '画面尺寸或展开后的数据量超过安全上限，没有解码。',
    en: 'The picture size or the unpacked amount of data is over the safe limit; it was not decoded.',
  },
  'error.REDACTION_UNFIT': {
    zh: '这样的遮盖不适用于这份材料：图片没有秒数和声音，录音没有画面，没有声音的影片无法消音。',
    en: 'This item cannot be covered like that: a picture has no seconds and no sound, a recording no picture, and a film without sound none to silence.',
  },
  'error.REDACTION_NAME_UNFIT': {
    zh: '这份材料的遮盖副本是 {{ending}} 文件，请给它一个以 {{ending}} 结尾的名字。没有写出任何文件。',
    en: 'The covered copy of this item is a {{ending}} file: give it a name that ends in {{ending}}. Nothing was written.',
  },
  'error.REDACTION_NOT_EXAMINED': {
    zh: '这份材料没有检查过人脸，或者没有留下人脸的位置，无法只遮盖人脸。请先检查，或遮盖整个画面（命令行：--cover all）。',
    en: 'This item was not examined for faces, or their places were not kept, so that faces alone cannot be covered. Examine it first, or cover all of it (command line: --cover all).',
  },
  'error.MEDIA_NO_STREAMS': {
    zh: '文件里没有可以解码的画面或声音。',
    en: 'The file holds no picture or sound that can be decoded.',
  },
  'error.MEDIA_REFUSED_REFERENCE': {
    zh: '文件内容指向其他文件或网络地址（播放列表）。为安全起见没有打开；请提供其中的媒体文件本身。',
    en: 'The file points to other files or network addresses (a playlist). It was not opened, for safety; give the media file itself.',
  },
  'error.DECODE_TIMEOUT': {
    zh: '解码超过时间限制，已停止。其他文件继续检查。',
    en: 'Decoding went over its time limit and was stopped. The other files go on.',
  },
  'error.DECODER_CRASHED': {
    zh: '解码程序在读这个文件时意外退出。其他文件继续检查。',
    en: 'The decoder stopped unexpectedly on this file. The other files go on.',
  },
  'error.FFMPEG_MISSING': {
    zh: '没有找到 ffmpeg，无法检查视频和大多数录音（图片和 WAV 不受影响）。Debian/Ubuntu：sudo apt-get install ffmpeg；macOS：brew install ffmpeg；Windows：winget install ffmpeg。也可以用环境变量 FFMPEG_PATH 指定。',
    en: 'ffmpeg was not found, so video and most recordings cannot be examined (pictures and WAV still can). Debian/Ubuntu: sudo apt-get install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg. Or set FFMPEG_PATH.',
  },
  'error.FFMPEG_FAILED': {
    zh: 'ffmpeg 无法处理这个文件（退出码 {{exit}}）。请找另一份副本。',
    en: 'ffmpeg could not process this file (exit code {{exit}}). Look for another copy.',
  },
  'error.MODEL_MISSING': {
    zh: '没有模型 {{model}}。自带的模型随程序安装，可选的模型包和自己的检测器由文件导入（命令行：npm run build:models；models import 文件；models import 文件 --as 类别 --contract 说明文件）。',
    en: 'There is no model {{model}}. Those of the program come with it; an optional pack, or a detector of your own, is imported from a file (command line: npm run build:models; models import FILE; models import FILE --as ROLE --contract FILE).',
  },
  'error.MODEL_DIGEST_MISMATCH': {
    zh: '模型 {{model}} 的指纹与登记不符，没有使用。请重新安装或重新导入。',
    en: 'The digest of the model {{model}} does not match the registry; it was not used. Install or import it again.',
  },
  'error.MODEL_INVALID': {
    zh: '模型 {{model}} 不能用：内容无法加载，或者给不出所说明的数值。',
    en: 'The model {{model}} cannot be used: its content cannot be loaded, or it does not give the values declared.',
  },
  'error.PACK_UNKNOWN': {
    zh: '这个文件的指纹不在登记的模型包之列，没有导入。自己的检测器要连同说明文件导入（命令行：--as 类别 --contract 说明文件）。',
    en: 'The digest of this file is not that of any registered pack; it was not imported. A detector of your own is imported together with its declaration (command line: --as ROLE --contract FILE).',
  },
  'error.PACK_DIGEST_MISMATCH': {
    zh: '下载的内容与登记的指纹不符，已删除。请稍后重试，或从文件导入。',
    en: 'What was downloaded does not match the registered digest and was deleted. Try later, or import from a file.',
  },
  'error.CALIBRATION_TOO_SMALL': {
    zh: '能够计分的文件太少（普通 {{genuine}} 个，合成 {{synthetic}} 个；每类至少 {{least}} 个）',
    en: 'too few files gave a score (ordinary {{genuine}}, synthetic {{synthetic}}; at least {{least}} of each are needed)',
  },
  'error.CALIBRATION_SAME_FILES': {
    zh: '两个文件夹里有 {{files}} 个内容相同的文件，没有测量：同一个文件不能既算普通又算合成。',
    en: 'The two folders share files with the same content ({{files}}), so nothing was measured: a file cannot count as ordinary and as synthetic.',
  },
  'error.DETECTOR_CONTRACT_INVALID': {
    zh: '检测器没有导入，说明文件与规定的形式或与网络本身不符（{{place}}：{{fault}}{{furtherFaults}}；共 {{faults}} 处）。',
    en: 'The detector was not imported: the file that declares it does not fit the required form or the network itself ({{place}}: {{fault}}{{furtherFaults}}; faults: {{faults}}).',
  },
  'error.TRUST_LIST_INVALID': {
    zh: '这个文件不是已登记的信任名单，也不含 PEM 格式的证书，没有导入。',
    en: 'This file is no registered trust list and holds no certificates in PEM; it was not imported.',
  },
  'error.PACK_IMPORT_ONLY': {
    zh: '模型包 {{pack}} 的上游发布的是另一种格式，不能直接下载。请导入 SHA-256 为 {{sha256}} 的文件（命令行：models import）。',
    en: 'Upstream publishes the pack {{pack}} in another form, so it cannot be fetched. Import the file with the SHA-256 {{sha256}} (command line: models import).',
  },
  'error.LAW_PACK_INVALID': {
    zh: '这份法律资料包不符合规定的形式，没有使用（{{place}}：{{fault}}{{furtherFaults}}；共 {{faults}} 处）。请向提供者索取更正后的文件。',
    en: 'This law pack does not have the required form and was not used ({{place}}: {{fault}}{{furtherFaults}}; faults: {{faults}}). Ask whoever supplied it for a corrected file.',
  },
  'error.NETWORK_REFUSED': {
    zh: '没有得到联网许可，没有连接。',
    en: 'Permission to use the network was not given; no connection was made.',
  },
  'error.NETWORK_FAILED': {
    zh: '与 {{host}} 的连接没有成功。请检查网络，或从文件导入。',
    en: 'The connection to {{host}} did not succeed. Check the network, or import from a file.',
  },
  'error.ENGINE_CRASHED': {
    zh: '分析进程在检查这个文件时意外退出，已重新启动；这个文件没有检查完。',
    en: 'The analysis process stopped unexpectedly on this file and was restarted; this file was not fully examined.',
  },
  'error.ANALYZER_CRASHED': {
    zh: '这一项检查出现内部错误，没有完成；其他检查不受影响。',
    en: 'This check met an internal error and did not finish; the others are not affected.',
  },
  'error.ANALYZER_TIMEOUT': {
    zh: '这一项检查超过 {{seconds}} 秒的时间限制，没有完成。',
    en: 'This check went over its limit of {{seconds}} seconds and did not finish.',
  },
  'error.SCAN_LEFT_ELSEWHERE': {
    zh: '案件移到这里时，扫描还没有做到这一项；路径指向案件原来所在之处，因此没有读取。请指定文件现在的位置再扫描，已接收的请再检查一次。',
    en: 'The scan had not come to this when the case was brought here. Its path leads to where the case came from, so nothing was read: name the file where it lies now, or have what was received examined again.',
  },
  'error.CANCELLED': { zh: '已按要求停止。', en: 'Stopped as asked.' },
  'error.CASE_LOCKED': {
    zh: '这个案件正被另一个窗口或命令使用。请先关闭它再试。',
    en: 'This case is in use by another window or command. Close that first.',
  },
  'error.CASE_NOT_FOUND': {
    zh: '没有名为“{{name}}”的案件。请查看已有的案件（命令行：case list）。',
    en: 'There is no case named “{{name}}”. See which there are (command line: case list).',
  },
  'error.CASE_EXISTS': { zh: '名为“{{name}}”的案件已经存在。', en: 'A case named “{{name}}” already exists.' },
  'error.CASE_NAME_INVALID': {
    zh: '案件名称不能为空，不能含有 / \\ 或控制字符，最长 100 个字符。',
    en: 'A case name must not be empty, must not hold / \\ or control characters, and has at most 100 characters.',
  },
  'error.CASE_FROM_NEWER_VERSION': {
    zh: '案件由更新版本的程序写入（格式 {{found}}，本程序支持到 {{supported}}）。为免损坏没有打开；请更新程序。',
    en: 'The case was written by a newer version (format {{found}}, this program reads up to {{supported}}). It was not opened, to keep it intact; update the program.',
  },
  'error.CASE_CORRUPT': {
    zh: '案件数据库损坏，无法打开。请从导出的备份恢复；不要删除现有文件夹。',
    en: 'The case database is damaged and cannot be opened. Restore it from an export; do not delete the folder.',
  },
  'error.CASE_READ_ONLY': {
    zh: '案件文件夹不可写。请检查权限或磁盘，或换一个位置（命令行：--data）。',
    en: 'The case folder cannot be written. Check permissions or the disk, or choose another place (command line: --data).',
  },
  'error.CASE_NETWORK_FILE_SYSTEM': {
    zh: '案件不能放在网络文件系统上，那里的锁不可靠。请放在本机磁盘上（命令行：--data）。',
    en: 'A case cannot live on a network file system, where locks are not reliable. Choose a local disk (command line: --data).',
  },
  'error.PLACE_UNSUITABLE': {
    zh: '不能移到 {{path}}：请给出完整路径，文件夹必须是新的或空的，并且不在现在的位置之内。什么都没有移动。',
    en: 'Nothing was moved to {{path}}: give a complete path to a folder that is new or empty and does not lie inside the present one.',
  },
  'error.PLACE_MISSING': {
    zh: '数据保存在 {{path}}，现在找不到这个文件夹。请接上那块磁盘后再启动，或换一个位置（命令行：--data）。',
    en: 'Everything is kept in {{path}}, which is not there now. Attach that disk and start again, or choose another place (command line: --data).',
  },
  'error.PLACE_MOVED': {
    zh: '数据已经移到别处。请关闭程序，再启动一次。',
    en: 'Everything was moved to another place. Close the program and start it again.',
  },
  'error.VAULT_KEY_MISSING': {
    zh: '案件没有可用的密钥文件。请给出口令或恢复码（命令行：--passphrase-file 或环境变量 JIANZHEN_PASSPHRASE）；若原本用密钥文件，请找回它。',
    en: 'No key file opens this case. Give its passphrase or its recovery code (command line: --passphrase-file or JIANZHEN_PASSPHRASE); if it was kept by a key file, restore that file.',
  },
  'error.VAULT_WRONG_PASSPHRASE': { zh: '口令不正确。', en: 'The passphrase is not correct.' },
  'error.VAULT_CORRUPT': {
    zh: '保存的内容与其校验不符，可能被改动或损坏，没有使用。',
    en: 'A stored content does not match its check value: it may have been changed or damaged. It was not used.',
  },
  'error.VAULT_LAST_SLOT': {
    zh: '这是打开案件的最后一种方式，没有移除。请先添加口令、恢复码或密钥文件。',
    en: 'This is the last way to open the case and was not removed. Add a passphrase, a recovery code or a key file first.',
  },
  'error.VAULT_EXPORT_NEEDS_PASSPHRASE': {
    zh: '案件只能用本机的密钥文件打开，导出后将无法解密。请为导出的文件设定口令。',
    en: 'Only the key file on this machine opens the case, so an export could not be decrypted elsewhere. Set a passphrase for the export.',
  },
  'error.CUSTODY_BROKEN': {
    zh: '保管记录第 {{seq}} 条核对不符：这一条或它所记的内容被改动过。请保留现状，并与另存的链头核对。',
    en: 'Entry {{seq}} of the custody log does not hold: it, or what it tells of, was changed. Keep everything as it is and compare with a head kept elsewhere.',
  },
  'error.NO_SPACE': {
    zh: '磁盘空间不足。已完成的部分都已保存；腾出空间后可以继续（命令行：再次运行同一命令）。',
    en: 'The disk is full. What was finished is saved; free some space to go on (command line: run the same command again).',
  },
  'error.SYSTEM_EXHAUSTED': {
    zh: '系统暂时没有余力再打开文件或启动进程，这一步没有完成。请关闭一些程序后再试。',
    en: 'The system had no room for another open file or process, so this did not finish. Close some programs and try again.',
  },
  'error.PERMISSION_DENIED': {
    zh: '没有读取或写入的权限。请检查文件权限。',
    en: 'Reading or writing is not permitted. Check the permissions.',
  },
  'error.SIGNER_MISSING': {
    zh: '还没有签名密钥。请先做一个密钥，或导入自己的证书；也可以不签名（命令行：signer create --name 姓名；signer import；--unsigned）。',
    en: 'There is no signing key yet. Make a key first, or import your certificate; a signature can also be left out (command line: signer create --name NAME; signer import; --unsigned).',
  },
  'error.SIGNER_EXISTS': {
    zh: '已有签名密钥，没有替换：替换后，过去的签名就对不上签名人了。',
    en: 'There is a signing key already and it was not replaced: earlier signatures would lose their signer.',
  },
  'error.SIGNER_NAME_INVALID': {
    zh: '签名人姓名不能为空，不能含控制字符，最长 64 个字符。',
    en: 'The name of a signer must not be empty, must not hold control characters, and has at most 64 characters.',
  },
  'error.SIGNER_FILE_INVALID': {
    zh: '这个文件不含可用的密钥和对应的证书，或已经损坏。',
    en: 'This file does not hold a usable key with its certificate, or it is damaged.',
  },
  'error.SIGNER_UNSUPPORTED': {
    zh: '不支持这种密钥；可用 P-256 或 RSA。',
    en: 'Keys of this kind are not supported; P-256 and RSA are.',
  },
  'error.PACKAGE_INVALID': {
    zh: '这不是本程序写成的证据包，或已经损坏。请核对它，看哪里不符（命令行：verify）。',
    en: 'This is no evidence package of this program, or it is damaged. Check it to see what deviates (command line: verify).',
  },
  'error.TIMESTAMP_INVALID': {
    zh: '答复被时间戳机构拒绝、无法读取，或不是针对这个证据包的；没有放入。',
    en: 'The reply is a refusal, cannot be read, or is for other content than this package; it was not put in.',
  },
  'error.TIMESTAMP_EXISTS': { zh: '证据包里已有时间戳。', en: 'There is a time stamp in the package already.' },
  'error.VERIFIER_MISSING': {
    zh: '检查页面还没有生成。请在项目文件夹生成它（命令行：npm run build:verifier）。',
    en: 'The page that checks packages was not built. Build it in the project folder (command line: npm run build:verifier).',
  },
  'error.ARCHIVE_INVALID': {
    zh: '这不是本程序导出的案件文件，或已经损坏。',
    en: 'This is not a case exported by this program, or it is damaged.',
  },
  'error.ARCHIVE_EXISTS': {
    zh: '这个位置已有同名文件，没有覆盖。请换一个文件名。',
    en: 'A file of this name is already there and was not overwritten. Choose another name.',
  },
  'error.STATEMENT_NOT_FOUND': {
    zh: '没有编号为 {{id}} 的有效陈述。请查看现有的陈述（命令行：case facts）。',
    en: 'No standing statement has the number {{id}}. Look at what is stated (command line: case facts).',
  },
  'error.STATEMENT_INVALID': {
    zh: '第 {{at}} 项不符合问题“{{question}}”的要求，什么也没有记录。请查看可以填写的内容（命令行：case facts --questions）。',
    en: 'Entry {{at}} does not fit the question “{{question}}”; nothing was recorded. See what can be answered (command line: case facts --questions).',
  },
  'error.ITEM_NOT_FOUND': {
    zh: '案件中没有指纹为 {{sha256}} 的材料。',
    en: 'There is no item with the digest {{sha256}} in the case.',
  },
  'error.REFERENCE_NOT_FOUND': {
    zh: '案件中没有名为“{{name}}”的人。',
    en: 'There is no person named “{{name}}” in the case.',
  },
  'error.REFERENCE_EXISTS': {
    zh: '案件中已有名为“{{name}}”的人。要给此人增加样本，请添加到此人名下（命令行：reference add --to）；如果是另一个人，请换一个称呼。',
    en: 'A person named “{{name}}” is already in the case. Further samples are added to that person (command line: reference add --to); for somebody else choose another name.',
  },
  'error.REFERENCE_NO_USABLE_SAMPLE': {
    zh: '提供的照片或录音都不能用作新的样本。请换还没有添加过的：清晰、只有本人的照片（人脸不小于 64 像素）或 5 秒以上的讲话录音。',
    en: 'None of the given photos or recordings can serve as a new sample. Use ones that were not added yet: clear photos of the person alone (face of at least 64 pixels) or recordings with 5 seconds of speech or more.',
  },
  'error.REFERENCE_EXPIRED': {
    zh: '“{{name}}”的样本已过保存期限（{{date}}），没有使用。',
    en: 'The samples of “{{name}}” are past their retention date ({{date}}) and were not used.',
  },
  'error.REFERENCE_STATED_OTHERWISE': {
    zh: '“{{name}}”登记时写明的是 {{option}} {{stated}}，新增的样本也按此处理，什么也没有添加。请去掉 {{option}}；要改变它，只能删除此人后重新登记。',
    en: 'At enrolment {{option}} {{stated}} was stated for “{{name}}”, and it holds for further samples; nothing was added. Leave {{option}} out; to change it, remove the person and enrol them anew.',
  },
  'error.REFERENCE_SAMPLE_NOT_FOUND': {
    zh: '“{{name}}”没有恰好一份编号或文件名为“{{sample}}”的样本，什么也没有删除。请查看样本的编号（命令行：reference list）。',
    en: '“{{name}}” has not exactly one sample of the number or file name “{{sample}}”; nothing was removed. See the numbers of samples (command line: reference list).',
  },
  'error.REFERENCE_LAST_SAMPLE': {
    zh: '这是“{{name}}”的最后一份可用样本，没有删除。没有样本就无法比对：要删除它，请删除此人。',
    en: 'This is the last usable sample of “{{name}}” and was not removed. Without one there is nothing to compare with: to remove it, remove the person.',
  },
  'error.BAD_USAGE': { zh: '命令用法不对：{{detail}}', en: 'The command is not used as it should be: {{detail}}' },
  'error.NODE_TOO_OLD': {
    zh: '需要 Node 22 或更新的版本（当前 {{found}}）。请从 nodejs.org 安装新版，或在项目文件夹启动（命令行：npm run）。',
    en: 'Node 22 or newer is needed (this is {{found}}). Install a newer one from nodejs.org, or start in the project folder (command line: npm run).',
  },
  'error.INTERNAL': {
    zh: '程序内部错误（{{kind}}）。已完成的部分都已保存；请附上诊断信息（doctor）报告这个问题。',
    en: 'An internal error ({{kind}}). What was finished is saved; please report it with the output of doctor.',
  },
};

/** Where and what the faults of a file are that somebody wrote: the words for `place` and `fault`. */
export const fileFaultSentences: Catalogue = {
  'place.whole-file': { zh: '整个文件', en: 'the whole file' },
  ...prefixed('fault', {
    'not-json': { zh: '不是 UTF-8 编码的 JSON', en: 'not JSON in UTF-8' },
    conclusion: { zh: '文字对案件下了结论', en: 'the text draws a conclusion about a case' },
    'span-upside-down': { zh: '起始日期晚于截止日期', en: 'the first day is after the last' },
    'quotation-not-seen': { zh: '引用了没有见过的原文', en: 'a wording is quoted that nobody saw' },
    'id-twice': { zh: '两条规定用了同一编号', en: 'two provisions have the same id' },
    'unknown-instrument': { zh: '没有这个文件', en: 'there is no such instrument' },
    'unknown-element': { zh: '没有这个要件', en: 'there is no such element' },
    'unknown-route': { zh: '没有这个途径', en: 'there is no such route' },
    'unknown-related': { zh: '没有这条相关规定', en: 'there is no such related provision' },
    'unknown-source': { zh: '没有这个出处', en: 'there is no such source' },
    'unknown-provision': { zh: '没有这条规定', en: 'there is no such provision' },
    'versions-overlap': { zh: '几个版本的生效期间重叠', en: 'the spans of its versions overlap' },
    'id-taken': { zh: '这个名称属于本程序自带的模型', en: 'a model of the program has this id' },
    'not-of-role': { zh: '与 --as 给出的类别不符', en: 'does not fit the role given by --as' },
    'no-such-tensor': { zh: '网络没有这个名称的输入或输出', en: 'the network has no input or output of that name' },
    'does-not-run': { zh: '网络不接受这样的输入', en: 'the network does not take such an input' },
    'no-such-value': { zh: '输出没有这么多数值', en: 'the output has fewer values' },
    'no-number': { zh: '输出的不是数', en: 'what comes out is no number' },
    // What zod finds of single values.
    invalid_type: { zh: '缺少，或类型不对', en: 'missing, or of the wrong type' },
    invalid_value: { zh: '不是允许的值', en: 'not one of the values that are allowed' },
    invalid_format: { zh: '写法不对', en: 'not of the required form' },
    invalid_key: { zh: '名称的写法不对', en: 'a name is not of the required form' },
    too_big: { zh: '超过上限', en: 'more than the limit' },
    too_small: { zh: '低于下限或为空', en: 'less than the limit, or empty' },
    unrecognized_keys: { zh: '多出的项目', en: 'no such field' },
  }),
};
