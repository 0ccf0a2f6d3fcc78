import type { Catalogue } from './catalogue.ts';

/** Who signs, and what it is worth. */
export const signingSentences: Catalogue = {
  'cli.signer.about': { zh: '给报告和证据包签名的密钥', en: 'the key that signs reports and evidence packages' },
  'cli.signer.create.about': {
    zh: '生成签名密钥和证书，用口令保护；姓名按签名人所称写入，没有机构核实',
    en: 'make a signing key and certificate, kept under a passphrase; the name is as its holder states it, checked by nobody',
  },
  'cli.signer.show.about': { zh: '显示签名人、指纹和有效期', en: 'show signer, fingerprint and validity' },
  'cli.signer.import.about': {
    zh: '导入自己的证书（PKCS#12 文件）；密钥用该文件的口令保存',
    en: 'bring your own certificate (PKCS#12 file); the key is kept under the passphrase of the file',
  },
  'cli.option.signer-name': { zh: '写进证书的姓名', en: 'name to stand in the certificate' },
  'cli.option.signer-passphrase-file': {
    zh: '从文件第一行读取签名口令（也可用环境变量 JIANZHEN_SIGNER_PASSPHRASE）',
    en: 'read the passphrase of the signing key from the first line of a file (or set JIANZHEN_SIGNER_PASSPHRASE)',
  },
  'cli.signer.none': { zh: '还没有签名密钥。', en: 'There is no signing key yet.' },
  'cli.signer.needs-passphrase': {
    zh: '需要签名口令：--signer-passphrase-file 或环境变量 JIANZHEN_SIGNER_PASSPHRASE',
    en: 'the passphrase of the signing key is needed: --signer-passphrase-file, or set JIANZHEN_SIGNER_PASSPHRASE',
  },
  'cli.signer.card': {
    zh: '签名人 “{{name}}”（{{origin}}），证书有效期至 {{until}}',
    en: 'Signer “{{name}}” ({{origin}}), certificate valid until {{until}}',
  },
  'cli.signer.fingerprint': {
    zh: '证书指纹（SHA-256）{{fingerprint}}',
    en: 'Fingerprint of the certificate (SHA-256) {{fingerprint}}',
  },
  'cli.signer.tell': {
    zh: '请通过另一条途径把指纹告诉收件人：对方核对指纹，才知道签名是您的。',
    en: 'Tell the recipient this fingerprint by another way: only by comparing it do they know that the signature is yours.',
  },
  'origin.own': { zh: '姓名为签名人自称', en: 'name as stated by the signer' },
  'origin.imported': { zh: '姓名来自导入的证书', en: 'name from the imported certificate' },
};
