import type { Catalogue } from './catalogue.ts';

/** Making a package, stamping it, and the text that lies in it. */
export const packageSentences: Catalogue = {
  'cli.package.about': {
    zh: '把案件写成一个证据包：报告、图片、保管记录、清单和签名；原始文件按选择放入',
    en: 'write a case as one evidence package: report, pictures, custody log, lists and signature; originals by choice',
  },
  'cli.option.out-file': { zh: '写入这个文件', en: 'write to this file' },
  'cli.package.option.originals': {
    zh: '原始文件：none 不放入；plain 原样放入；sealed 用口令加密后放入',
    en: 'originals: none leaves them out, plain puts them in as they are, sealed under a passphrase',
  },
  'cli.package.option.originals-passphrase-file': {
    zh: '从文件第一行读取加密原始文件的口令',
    en: 'read the passphrase for sealed originals from the first line of a file',
  },
  'cli.package.needs-passphrase': {
    zh: '加密原始文件需要 --originals-passphrase-file',
    en: 'sealed originals need --originals-passphrase-file',
  },
  'cli.package.option.unsigned': { zh: '不签名', en: 'do not sign' },
  'cli.package.writing': { zh: '写入 {{file}}', en: 'writing {{file}}' },
  'cli.package.written': {
    zh: '已写入 {{file}}（{{bytes}} 字节）。',
    en: 'Written to {{file}} ({{bytes}} bytes).',
  },
  'cli.package.digest': { zh: '证据包的 SHA-256：{{sha256}}', en: 'SHA-256 of the package: {{sha256}}' },
  'cli.package.head': {
    zh: '保管记录止于第 {{seq}} 条：{{hash}}。请把它记在别处，日后可证明末尾没有被截去。',
    en: 'The custody log ends with entry {{seq}}: {{hash}}. Keep this elsewhere, to be able to show that nothing was cut off its end.',
  },
  'cli.package.originals': {
    zh: '原始文件放入 {{added}} 个，取不到的 {{leftOut}} 个。',
    en: 'Originals put in: {{added}}; could not be had: {{leftOut}}.',
  },
  'cli.package.signed': {
    zh: '由 “{{name}}” 签名，证书指纹 {{fingerprint}}。',
    en: 'Signed by “{{name}}”, fingerprint of the certificate {{fingerprint}}.',
  },
  'cli.package.unsigned': { zh: '没有签名。', en: 'Not signed.' },
  'cli.verify.about': {
    zh: '检查证据包：哪些完好，哪些被改动、缺失、多出，由谁签名，何时加盖时间戳；完好退出码 0，否则 1',
    en: 'check a package: what is intact, changed, missing or added, signed by whom, time-stamped when; exit code 0 when intact, otherwise 1',
  },
  'cli.timestamp.about': {
    zh: '给证据包加时间戳（RFC 3161）：写出请求文件，读入答复文件，或向您指定的服务器请求',
    en: 'time-stamp a package (RFC 3161): write the request to a file, read the reply from one, or ask the server that you name',
  },
  'cli.timestamp.option.request': {
    zh: '把请求写入这个文件，不联网',
    en: 'write the request to this file; no network',
  },
  'cli.timestamp.option.reply': {
    zh: '从这个文件读入答复，放进证据包',
    en: 'read the reply from this file into the package',
  },
  'cli.timestamp.option.server': {
    zh: '向这个地址发送请求（只发送散列值），这是唯一会联网的用法',
    en: 'send the request (a digest and nothing else) to this address; the only way of use that connects',
  },
  'cli.timestamp.one-of': {
    zh: '--request、--reply、--server 三者须择一',
    en: 'give one of --request, --reply and --server',
  },
  'cli.timestamp.requested': {
    zh: '请求已写入 {{file}}。把它带到联网的机器上，例如：{{command}}',
    en: 'The request was written to {{file}}. Take it to a machine with a network, for example: {{command}}',
  },
  'cli.timestamp.added': {
    zh: '时间戳已放进证据包：“{{authority}}” 称见于 {{time}}。',
    en: 'The time stamp is in the package: “{{authority}}” states that it saw it at {{time}}.',
  },
  'package.readme.title': { zh: '鉴真 证据包', en: 'Jianzhen evidence package' },
  'package.readme.what': {
    zh: 'data/report 是技术检测与情况记录（供参考，非鉴定意见、非法律意见）；data/pictures 是其中的图片；data/custody/log.jsonl 是保管记录；data/originals（如有）是原始文件，以其 SHA-256 为名。',
    en: 'data/report holds the record of technical examination (for reference; not a forensic expert opinion, not legal advice); data/pictures its pictures; data/custody/log.jsonl the custody log; data/originals (where present) the original files, named by their SHA-256.',
  },
  'package.readme.page': {
    zh: '不用安装：从本程序的发布页另取一份 verify.html，核对其公布的散列值，用浏览器打开，把这个 ZIP 拖进去。包内的 verify.html 可能与内容一同被改，只作方便之用。',
    en: 'Without installing anything: take verify.html from the release of this program, compare its published digest, open it in a browser and drop this ZIP on it. The verify.html in the package may have been changed together with it and is for convenience only.',
  },
  'package.readme.program': { zh: '用本程序：', en: 'With this program:' },
  'package.readme.digests': {
    zh: '用公共工具：解开后，在该文件夹中运行以下命令，每一行都应是 OK。（它们看不出多出的文件。）',
    en: 'With public tools: unpack, and in that folder run the following; every line should say OK. (They do not see files that were added.)',
  },
  'package.readme.signed': {
    zh: '签名人 “{{name}}”（{{origin}}），证书指纹（SHA-256）{{fingerprint}}。请通过另一条途径核对指纹。检查签名：',
    en: 'Signer “{{name}}” ({{origin}}), fingerprint of the certificate (SHA-256) {{fingerprint}}. Compare the fingerprint by another way. To check the signature:',
  },
  'package.readme.unsigned': {
    zh: '本包没有签名：清单能发现改动，但改动的人也能重写清单。',
    en: 'This package is not signed: the lists find changes, but whoever changes files can write the lists anew.',
  },
  'package.readme.pdf': { zh: 'PDF 中另有签名：', en: 'The PDFs are signed too:' },
  'package.readme.timestamp': {
    zh: '时间戳（有 timestamp.tsr 时）；authority.pem 是您信任的时间戳机构的根证书：',
    en: 'Time stamp (where there is a timestamp.tsr); authority.pem is the root certificate of the authority that you trust:',
  },
  'package.readme.sealed': {
    zh: '原始文件已加密；口令由打包的人另行告知。解密：',
    en: 'The originals are encrypted; whoever packed them tells the passphrase by another way. To decrypt:',
  },
  'package.readme.log': {
    zh: '保管记录每行一条，hash 是该行其余各项（按 RFC 8785 写法）的 SHA-256，previous 是上一条的 hash；末条的 hash 写在 bag-info.txt；报告首页印的是出报告当时的末条。',
    en: 'The custody log has one entry a line; hash is the SHA-256 of the rest of the line (written as RFC 8785 says), previous the hash of the entry before; the hash of the last stands in bag-info.txt, and the report prints the one of its time.',
  },
};
