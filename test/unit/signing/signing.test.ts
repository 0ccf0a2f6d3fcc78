import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ReportDocument } from '../../../main/report/document.ts';
import { renderPdf } from '../../../main/report/pdf/index.ts';
import {
  importSigner,
  makeSigner,
  openSigner,
  type Signer,
  signDetached,
  signerCard,
  signPdf,
} from '../../../main/signing/index.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { runTool, testWithTools } from '../../tools.ts';

const work = temporaryFolder();
const at = (name: string) => path.join(work, name);
const NOW = Date.UTC(2026, 10, 20, 12);
const PASSPHRASE = 'correct horse';

const json = Buffer.from('{"form":"jianzhen-report-1"}');

/** Three pages of real Typst output. */
async function report(): Promise<Uint8Array> {
  const document: ReportDocument = {
    language: 'zh',
    title: { id: 'report.title' },
    caseName: '案件一',
    digest: createHash('sha256').update(json).digest('hex'),
    madeAtMs: NOW,
    sections: [
      {
        number: 0,
        title: { id: 'report.title' },
        blocks: [
          {
            kind: 'table',
            head: [{ figure: 1 }, { figure: 2 }],
            widths: [1, 1],
            rows: Array.from({ length: 90 }, (_, row) => [[{ figure: row }], [{ quoted: `文件 ${row}` }]]),
          },
        ],
      },
    ],
    pictures: new Map(),
  };
  const file = at('report.json');
  writeFileSync(file, json);
  return renderPdf(document, { file });
}

let plain: Uint8Array;
let signer: Signer;

beforeAll(async () => {
  plain = await report();
  await makeSigner(at('data-李 四'), { name: '李 四', passphrase: PASSPHRASE, nowMs: NOW });
  signer = await openSigner(at('data-李 四'), PASSPHRASE);
});

test('the key is kept under its passphrase, shown without it, and never replaced', async () => {
  const dataRoot = at('data-张三');
  const card = await makeSigner(dataRoot, { name: '张三', passphrase: PASSPHRASE, nowMs: NOW });
  const own = await openSigner(dataRoot, PASSPHRASE);
  expect(card).toMatchObject({ name: '张三', origin: 'own', notAfterMs: Date.UTC(2036, 10, 20, 12) });
  expect(card.fingerprint).toBe(createHash('sha256').update(own.certificates[0]!).digest('hex'));
  expect(await signerCard(dataRoot)).toEqual(card);
  expect(await signerCard(at('nowhere'))).toBeNull();
  await expect(openSigner(dataRoot, 'incorrect')).rejects.toMatchObject({ code: 'VAULT_WRONG_PASSPHRASE' });
  await expect(openSigner(at('nowhere'), PASSPHRASE)).rejects.toMatchObject({ code: 'SIGNER_MISSING' });
  await expect(makeSigner(dataRoot, { name: 'b', passphrase: 'b', nowMs: NOW })).rejects.toMatchObject({
    code: 'SIGNER_EXISTS',
  });
  for (const name of ['', ' ', 'a\nb', 'x'.repeat(65)])
    await expect(makeSigner(at('refused'), { name, passphrase: 'b', nowMs: NOW })).rejects.toMatchObject({
      code: 'SIGNER_NAME_INVALID',
    });
  writeFileSync(at('data-张三/signer.json'), '{}');
  await expect(signerCard(dataRoot)).rejects.toMatchObject({ code: 'SIGNER_FILE_INVALID' });
});

testWithTools(
  ['pdfsig', 'pdfinfo'],
  'a real report keeps its marker, tags and attachment, and pdfsig finds it valid',
  async () => {
    const signed = await signPdf(plain, { signer, name: '李 四', atMs: NOW });
    expect(Buffer.from(signed.subarray(0, plain.length)).equals(Buffer.from(plain))).toBe(true);
    writeFileSync(at('signed.pdf'), signed);
    const told = runTool('pdfsig', [at('signed.pdf')]).text;
    expect(told).toContain('Signature is Valid');
    expect(told).toContain('Total document signed');
    expect(told).toContain('ETSI.CAdES.detached');
    expect(told).toContain('李 四');
    expect(runTool('pdfinfo', [at('signed.pdf')]).text).toMatch(/Tagged: +yes/);
    const text = Buffer.from(signed).toString('latin1');
    expect(text).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</);
    const root = text.slice(text.lastIndexOf('/Type /Catalog'), text.lastIndexOf('/AcroForm'));
    for (const kept of ['/Metadata', '/OutputIntents', '/StructTreeRoot', '/MarkInfo', '/Lang', '/AF'])
      expect(root).toContain(kept);
    // The identifier of the file stays in the last trailer (ISO 19005-3, 6.1.3).
    expect(text.slice(text.lastIndexOf('trailer'))).toMatch(/\/ID \[.+\/Prev \d+/s);

    for (const changedAt of [100, Math.floor(plain.length / 2), signed.length - 40]) {
      const changed = Uint8Array.from(signed);
      changed[changedAt]! ^= 1;
      writeFileSync(at('changed.pdf'), changed);
      expect(runTool('pdfsig', [at('changed.pdf')]).text).not.toContain('Signature is Valid');
    }
  },
);

test('a file that is not of the form that Typst writes is refused, not spoilt', async () => {
  const signing = { signer, name: '李 四', atMs: NOW };
  await expect(signPdf(Buffer.from('%PDF-1.7\nnothing'), signing)).rejects.toThrow(RangeError);
  const once = await signPdf(plain, signing);
  await expect(signPdf(once, signing)).rejects.toThrow(RangeError);
});

testWithTools(['openssl'], 'openssl verifies the detached signature, and not over other bytes', async () => {
  const content = Buffer.from('manifest\n');
  const digest = createHash('sha256').update(content).digest();
  writeFileSync(at('content'), content);
  writeFileSync(at('other'), 'manifest!');
  writeFileSync(at('content.p7s'), await signDetached(digest, signer, NOW));
  writeFileSync(at('signer.der'), signer.certificates[0]!);
  expect(runTool('openssl', ['x509', '-inform', 'DER', '-in', at('signer.der'), '-out', at('signer.pem')]).code).toBe(
    0,
  );
  const verify = (file: string) =>
    runTool('openssl', [
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      at('content.p7s'),
      '-content',
      at(file),
      '-CAfile',
      at('signer.pem'),
      '-cades',
      '-out',
      at('out'),
    ]);
  expect(verify('content').text).toMatch(/verification successful/i);
  expect(verify('content').code).toBe(0);
  expect(verify('other').code).not.toBe(0);
});

describe('a certificate of one’s own', () => {
  const openssl = (...args: string[]) => expect(runTool('openssl', args)).toMatchObject({ code: 0 });
  const selfSigned = (kind: string, keyArgs: readonly string[]) => {
    openssl(
      'req',
      '-x509',
      '-newkey',
      ...keyArgs,
      '-nodes',
      '-subj',
      `/CN=Own ${kind}/O=Bureau`,
      '-days',
      '30',
      '-keyout',
      at(`${kind}.key`),
      '-out',
      at(`${kind}.pem`),
    );
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      at(`${kind}.key`),
      '-in',
      at(`${kind}.pem`),
      '-passout',
      'pass:secret',
      '-out',
      at(`${kind}.p12`),
    );
  };

  testWithTools(
    ['openssl', 'pdfsig'],
    'RSA and P-256 files are taken and sign; other keys and broken files are refused',
    async () => {
      selfSigned('rsa', ['rsa:2048']);
      selfSigned('ec', ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']);
      selfSigned('ed', ['ed25519']);
      for (const kind of ['rsa', 'ec']) {
        const card = await importSigner(at(`own-${kind}`), at(`${kind}.p12`), 'secret');
        expect(card).toMatchObject({ name: `Own ${kind}`, origin: 'imported' });
        const own = await openSigner(at(`own-${kind}`), 'secret');
        writeFileSync(at(`${kind}.pdf`), await signPdf(plain, { signer: own, name: card.name, atMs: NOW }));
        expect(runTool('pdfsig', [at(`${kind}.pdf`)]).text).toContain('Signature is Valid');
      }
      await expect(importSigner(at('x'), at('rsa.p12'), 'wrong')).rejects.toMatchObject({
        code: 'VAULT_WRONG_PASSPHRASE',
      });
      await expect(importSigner(at('x'), at('ed.p12'), 'secret')).rejects.toMatchObject({ code: 'SIGNER_UNSUPPORTED' });
      await expect(importSigner(at('x'), at('rsa.pem'), 'secret')).rejects.toMatchObject({
        code: 'SIGNER_FILE_INVALID',
      });
      writeFileSync(at('cut.p12'), readFileSync(at('rsa.p12')).subarray(0, 700));
      await expect(importSigner(at('x'), at('cut.p12'), 'secret')).rejects.toMatchObject({
        code: 'SIGNER_FILE_INVALID',
      });
    },
  );
});
