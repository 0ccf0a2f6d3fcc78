import type { Catalogue } from './catalogue.ts';

/** What the check of a package says, on the command line and in the page that lies in the package. */
export const verifySentences: Catalogue = {
  'cli.verify.progress': { zh: '已检查 {{percent}}%', en: '{{percent}} % checked' },
  'verify.page.title': { zh: '检查证据包', en: 'Check an evidence package' },
  'verify.page.what': {
    zh: '看一个证据包是否与打包时相同：哪些文件完好，哪些被改动、缺失、多出，由谁签名，何时加盖时间戳。',
    en: 'Whether an evidence package is as it was packed: which files are intact, changed, missing or added, who signed it, and when it was time-stamped.',
  },
  'verify.page.drop': {
    zh: '把证据包（ZIP 文件）拖到这里，或点击选择',
    en: 'Drop the package (a ZIP file) here, or click to choose it',
  },
  'verify.page.trust': {
    zh: '可信的检查页面来自本程序的发布页，那里公布了这个页面的散列值（SHA-256）。包内附带的页面可能与内容一同被改，只作方便之用。',
    en: 'A trustworthy copy of this page comes from the release of the program, which publishes its digest (SHA-256). The copy in a package may have been changed together with the content and is for convenience only.',
  },
  'verify.page.local': {
    zh: '文件只在本机读取；这个页面不能联网。',
    en: 'The file is read on this machine only; this page cannot use a network.',
  },
  'verify.page.fingerprint': {
    zh: '请把这串指纹与签名人另行告知的核对：',
    en: 'Compare this fingerprint with the one that the signer told you by another way:',
  },
  'verify.page.unreadable': { zh: '文件无法读取。', en: 'The file cannot be read.' },
  'verify.intact': {
    zh: '完好：{{intact}} 个文件与清单逐一相符，没有缺失，没有多出。',
    en: 'Intact: {{intact}} files match the list one by one, none is missing, none was added.',
  },
  'verify.deviates': {
    zh: '不完好：发现 {{count}} 处不符。列出的 {{listed}} 个文件中，{{intact}} 个相符。',
    en: 'Not intact; deviations found: {{count}}. Of {{listed}} files listed, {{intact}} match.',
  },
  'verify.unread': {
    zh: '没有读出证据包：其中的文件、签名和时间戳都没有核对。',
    en: 'No package could be read from this file: neither files nor signature nor time stamp were checked.',
  },
  'verify.more': { zh: '另有 {{more}} 处，没有逐一列出。', en: '{{more}} more are not named one by one.' },
  'verify.case': { zh: '案件标识 {{caseId}}', en: 'Identifier of the case {{caseId}}' },
  'verify.log': {
    zh: '保管记录：{{seq}} 条，末条散列 {{hash}}。',
    en: 'Custody log: {{seq}} entries, hash of the last {{hash}}.',
  },
  'verify.signature.none': {
    zh: '没有签名：清单能发现改动，但改动的人也能重写清单。',
    en: 'Not signed: the lists find changes, but whoever changes files can write the lists anew.',
  },
  'verify.signature.holds': {
    zh: '签名与所签清单相符。签名人 “{{name}}”，证书指纹（SHA-256）{{fingerprint}}。',
    en: 'The signature fits the list that was signed. Signer “{{name}}”, fingerprint of the certificate (SHA-256) {{fingerprint}}.',
  },
  'verify.signature.mismatch': {
    zh: '签名与所签清单不符。其中的证书写着 “{{name}}”，指纹 {{fingerprint}}。',
    en: 'The signature does not fit the list that was signed. Its certificate says “{{name}}”, fingerprint {{fingerprint}}.',
  },
  'verify.signature.unreadable': { zh: '签名无法读取。', en: 'The signature cannot be read.' },
  'verify.signature.self': {
    zh: '证书由签名人自己签发，姓名是其自称，没有机构核实。请通过另一条途径向签名人核对指纹。',
    en: 'The signer issued the certificate to themselves: the name is as they state it, checked by nobody. Compare the fingerprint with the signer by another way.',
  },
  'verify.signature.issued': {
    zh: '证书由他人签发；签发者是否可信，这里没有检查。',
    en: 'The certificate was issued by somebody else; whether the issuer is to be trusted was not checked here.',
  },
  'verify.signature.time': {
    zh: '签名人称签于 {{time}}（签名人的时钟，无人担保）。',
    en: 'Signed, as the signer states, at {{time}} (by the signer’s clock; nobody vouches for it).',
  },
  'verify.timestamp.none': { zh: '没有时间戳。', en: 'Not time-stamped.' },
  'verify.timestamp.holds': {
    zh: '时间戳相符：“{{authority}}” 称在 {{time}} 见过所盖的签名或清单，证书指纹 {{fingerprint}}。该机构是否可信，这里没有检查。',
    en: 'The time stamp fits: “{{authority}}” states that it saw the stamped signature or list at {{time}}, fingerprint of its certificate {{fingerprint}}. Whether the authority is to be trusted was not checked here.',
  },
  'verify.timestamp.mismatch': {
    zh: '时间戳与所盖的签名或清单不符（“{{authority}}”，{{time}}）。',
    en: 'The time stamp does not fit the stamped signature or list (“{{authority}}”, {{time}}).',
  },
  'verify.timestamp.unreadable': { zh: '时间戳无法读取。', en: 'The time stamp cannot be read.' },
  'verify.means': {
    zh: '“完好”只说明这些文件与打包时相同，不说明其中的内容是怎么来的；解压程序显示的日期和权限不在签名之内。',
    en: '“Intact” says that the files are as they were packed, and nothing of how their content came about; dates and permissions that an unpacking program shows are not signed.',
  },
  'deviation.not-an-archive': {
    zh: '这不是完整的 ZIP 文件，或其目录已经损坏。',
    en: 'This is no whole ZIP file, or its directory is damaged.',
  },
  'deviation.name-unsafe': {
    zh: '文件名 “{{file}}” 会写到包外，没有读取。',
    en: 'The name “{{file}}” would lead out of the package; it was not read.',
  },
  'deviation.name-twice': { zh: '“{{file}}” 出现了不止一次。', en: '“{{file}}” is there more than once.' },
  'deviation.names-disagree': {
    zh: '“{{file}}”：文件前的说明与目录不一致。',
    en: '“{{file}}”: what stands before the file and the directory disagree.',
  },
  'deviation.name-other': {
    zh: '“{{file}}” 另带一个名称 “{{other}}”：有的解压程序会用后者。',
    en: '“{{file}}” carries another name besides, “{{other}}”, which some unpacking programs use.',
  },
  'deviation.no-plain-file': {
    zh: '“{{file}}” 解压后会成为链接、文件夹或设备，而不是文件。',
    en: '“{{file}}” would unpack as a link, a folder or a device and not as a file.',
  },
  'deviation.encrypted': {
    zh: '“{{file}}” 被加密，包中不应有这样的文件。',
    en: '“{{file}}” is encrypted; a package holds no such files.',
  },
  'deviation.packed-unknown': {
    zh: '“{{file}}” 的压缩方式无法识别。',
    en: '“{{file}}” is packed in an unknown way.',
  },
  'deviation.packed-broken': {
    zh: '“{{file}}” 无法按所标长度解开。',
    en: '“{{file}}” does not unpack to the length stated.',
  },
  'deviation.hidden-bytes': {
    zh: '第 {{at}} 字节处有不属于任何文件的内容。',
    en: 'At byte {{at}} there is content that belongs to no file.',
  },
  'deviation.too-large': {
    zh: '解开后的大小与压缩包极不相称，没有解开。',
    en: 'Unpacked, it would be out of all proportion to the archive; it was not unpacked.',
  },
  'deviation.changed': { zh: '“{{file}}” 已被改动。', en: '“{{file}}” was changed.' },
  'deviation.swapped': {
    zh: '“{{file}}” 的内容是 “{{other}}” 的：两者被调换或复制。',
    en: '“{{file}}” holds what belongs to “{{other}}”: they were swapped or copied.',
  },
  'deviation.seal-differs': {
    zh: '“{{file}}” 与 “{{seal}}” 中的散列不符：两者之一已被改动。',
    en: '“{{file}}” does not have the digest in “{{seal}}”: one of the two was changed.',
  },
  'deviation.missing': { zh: '缺少 “{{file}}”。', en: '“{{file}}” is missing.' },
  'deviation.added': { zh: '“{{file}}” 不在清单中，是后加的。', en: '“{{file}}” is not on the list: it was added.' },
  'deviation.unreadable': { zh: '清单 “{{file}}” 的写法不对。', en: 'The list “{{file}}” is not of the right form.' },
  'deviation.count-differs': {
    zh: 'data 中有 {{files}} 个文件、{{bytes}} 字节，而 “{{file}}” 写的是 {{stated}}（字节.文件数）。',
    en: 'There are {{files}} files with {{bytes}} bytes under data, but “{{file}}” states {{stated}} (bytes.files).',
  },
  'deviation.case-missing': {
    zh: '“{{file}}” 没有写明 {{field}}：保管记录无法核对。',
    en: '“{{file}}” does not state {{field}}: the custody log could not be checked.',
  },
  'deviation.log-broken': {
    zh: '保管记录第 {{seq}} 条已被改动。',
    en: 'Entry {{seq}} of the custody log was changed.',
  },
  'deviation.log-order': {
    zh: '保管记录第 {{seq}} 条的位置上是第 {{found}} 条：记录被调换、删去或插入。',
    en: 'Entry {{found}} of the custody log stands in place {{seq}}: entries were reordered, removed or inserted.',
  },
  'deviation.log-cut': {
    zh: '保管记录止于第 {{seq}} 条，而说明中的末条是第 {{expected}} 条：末尾被截去，或说明被改动。',
    en: 'The custody log ends with entry {{seq}}, but the last is stated to be {{expected}}: its end was cut off, or the statement was changed.',
  },
  'deviation.signature-missing': {
    zh: '说明中写有签名人（{{fingerprint}}），但签名不在包中。',
    en: 'A signer is stated ({{fingerprint}}), but the signature is not in the package.',
  },
  'deviation.signature-mismatch': {
    zh: '签名与所签清单不符。',
    en: 'The signature does not fit the list that was signed.',
  },
  'deviation.signature-unreadable': {
    zh: '“{{file}}” 不是可读的签名。',
    en: '“{{file}}” is no readable signature.',
  },
  'deviation.signer-differs': {
    zh: '签名用的证书是 {{found}}，而说明中写的是 {{stated}}。',
    en: 'Signed with the certificate {{found}}, but {{stated}} is stated.',
  },
  'deviation.timestamp-mismatch': {
    zh: '时间戳与所盖的签名或清单不符。',
    en: 'The time stamp does not fit the stamped signature or list.',
  },
  'deviation.timestamp-unreadable': {
    zh: '“{{file}}” 不是可读的时间戳。',
    en: '“{{file}}” is no readable time stamp.',
  },
};
