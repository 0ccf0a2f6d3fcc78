import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LoopbackHost, startLoopbackHost } from '../../main/loopback/host.ts';
import { say } from '../../main/strings/index.ts';
import { FILES } from '../../main/verify/index.ts';
import { FOLDER, makeFolder } from '../fixtures/folder.ts';
import { Page, raw, writeRenderer } from '../fixtures/loopback.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { takenApart } from '../fixtures/package.ts';
import { TimestampAuthority } from '../fixtures/timestamp-authority.ts';

const root = path.resolve(import.meta.dirname, '../..');
const work = temporaryFolder();
const at = (name: string) => path.join(work, name);
const OPENSSL = spawnSync('openssl', ['version']).error ? test.skip : test;

let host: LoopbackHost;
let page: Page;
let item: string;

beforeAll(async () => {
  spawnSync(process.execPath, ['packaging/build-verifier.ts', '--quiet'], { cwd: root, stdio: 'inherit' });
  await makeFolder(at('media'));
  mkdirSync(at('out'));
  host = await startLoopbackHost({
    dataRoot: at('data'),
    cwd: at('out'),
    secret: {},
    rendererFolder: writeRenderer(at('renderer')),
  });
  page = await Page.open(host);
  const paths = [path.join(at('media'), FOLDER.portrait)];
  await page.ask('scan.start', { source: { from: 'paths', paths }, keep: 'copy', depth: 'quick' });
  const { items } = await page.until('done', 'failed');
  item = items[0]!.sha256!;
});
afterAll(() => host[Symbol.asyncDispose]());

test('what is stated in a window is checked, stands in the list, is replaced and withdrawn', async () => {
  const { questions, duties, routes, statements } = await page.ask('facts.list', {});
  expect(statements).toEqual([]);
  expect([questions.length, duties.length, routes.length].every((count) => count > 10)).toBe(true);
  const consent = (value: string) => ({ answer: { question: 'consent', item: null, value } });
  await page.ask('facts.state', {
    statements: [
      consent('none'),
      { duty: { duty: duties[0]!.id, actor: '甲公司 <b>', asStated: 'not', facts: '没有答复' } },
    ],
  });
  const wrong = [
    consent('given'),
    { duty: { duty: 'cn.duty.nothing', actor: 'x', asStated: 'not' as const, facts: '' } },
  ];
  expect(await page.response('facts.state', { statements: wrong })).toMatchObject({
    ok: false,
    fault: { code: 'STATEMENT_INVALID', params: { at: 2, question: 'cn.duty.nothing' } },
  });
  const after = await page.ask('facts.state', { statements: [consent('withdrawn')] });
  expect(after.statements.map(({ kind, value }) => [kind, kind === 'answer' ? value : null])).toEqual([
    ['duty', null],
    ['answer', 'withdrawn'],
  ]);
  const { statements: left } = await page.ask('facts.withdraw', { id: after.statements[1]!.id });
  expect(left.map(({ kind }) => kind)).toEqual(['duty']);
});

test('a report is made once, shown page by page, and each of its files saved as it was shown', async () => {
  const made = await page.ask('report.make', { languages: ['en'], pictures: 'none' });
  expect(made.files.map(({ name }) => name)).toEqual(['report.json', 'report.en.html', 'report.en.pdf']);
  expect(made.mismatches).toBe(0);
  const { custody } = await page.ask('case.detail', {});
  expect(made.head).toEqual(custody);
  for (const { name, bytes } of made.files) {
    const saved = await page.ask('report.save', { id: made.id, file: name, to: name });
    const written = readFileSync(at(`out/${name}`));
    expect([saved.file, saved.bytes, written.length]).toEqual([at(`out/${name}`), bytes, bytes]);
    if (name.endsWith('html')) expect(written.toString()).toContain(made.digest);
    if (name.endsWith('json')) expect(made.digest).toBe(saved.sha256);
  }
  expect(readdirSync(at('out')).sort()).toEqual(['report.en.html', 'report.en.pdf', 'report.json']);
  const { count } = made.pages[0]!;
  const { svg } = await page.ask('report.page', { id: made.id, language: 'en', page: count });
  expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 59\d/);
  const missing = [
    ['report.page', { id: made.id, language: 'en', page: count + 1 }],
    ['report.page', { id: made.id, language: 'zh', page: 1 }],
    ['report.save', { id: made.id, file: '../../case.json', to: 'x' }],
    ['report.save', { id: crypto.randomUUID(), file: 'report.json', to: 'x' }],
  ] as const;
  for (const [name, input] of missing)
    expect(await page.response(name, input)).toMatchObject({ fault: { code: 'FILE_NOT_FOUND' } });
  const kept = path.join(at('data'), 'cases', 'default', 'scratch', 'made');
  expect(readdirSync(kept)).toEqual([made.id]);
  const next = await page.ask('report.make', { languages: ['zh'], pictures: 'none' });
  expect(readdirSync(kept)).toEqual([next.id]);
});

test('a report waits for the work in hand', async () => {
  await page.ask('scan.again', { item });
  const made = await page.ask('report.make', { languages: ['zh'] });
  const { entries } = await page.ask('case.custody', { after: 0, limit: 1000 });
  const acts = entries.map(({ act }) => act);
  expect(acts.lastIndexOf('item-examined')).toBeLessThan(acts.lastIndexOf('report-exported'));
  expect(made.head.seq).toBe(entries.at(-1)!.seq);
});

test('letters are told with their blanks, saved as DOCX, and never written over', async () => {
  const { letters } = await page.ask('letter.list', { language: 'zh' });
  expect(letters.map(({ kind }) => kind)).not.toContain('take-it-down');
  for (const { kind, blanks } of letters) {
    const saved = await page.ask('letter.save', { to: `${kind}.docx`, kind, language: 'zh' });
    expect(saved.blanks).toBe(blanks);
    expect(readFileSync(saved.file!).subarray(0, 2).toString()).toBe('PK');
  }
  expect(await page.response('letter.save', { to: 'x.docx', kind: 'take-it-down', language: 'zh' })).toMatchObject({
    fault: { code: 'REQUEST_MALFORMED' },
  });
  expect(
    await page.response('letter.save', { to: 'police-statement.docx', kind: 'police-statement', language: 'zh' }),
  ).toMatchObject({ fault: { code: 'ARCHIVE_EXISTS' } });
});

test('a covered copy is saved from the window, the log names it, and what does not fit is refused', async () => {
  const saved = await page.ask('redaction.save', { item, to: 'covered.png', cover: 'all' });
  expect(saved).toMatchObject({ file: at('out/covered.png'), faces: null, looks: null, labelled: false });
  expect(readFileSync(at('out/covered.png')).subarray(1, 4).toString()).toBe('PNG');
  const { entries } = await page.ask('case.custody', { after: 0, limit: 1000 });
  expect(entries.some(({ act, details }) => act === 'redaction-exported' && details.copy === saved.sha256)).toBe(true);
  const silences = [{ fromS: 0, toS: 1 }];
  expect(await page.response('redaction.save', { item, to: 'no.png', cover: 'all', silences })).toMatchObject({
    ok: false,
    fault: { code: 'REDACTION_UNFIT' },
  });
  expect(existsSync(at('out/no.png'))).toBe(false);
});

test('hashes of an item are a text that can be saved or fetched', async () => {
  const { text } = await page.ask('hashes.text', { item, language: 'en' });
  expect(text).toContain(item);
  const { download } = await page.ask('hashes.save', { to: null, item, language: 'en' });
  const fetched = await raw(page.origin, { path: `/download/${download}`, headers: { cookie: page.cookie } });
  expect(fetched.body).toBe(text);
});

test('a package is signed, checked whole and changed, and each deviation is named', async () => {
  expect(await page.ask('signer.state', {})).toEqual({ signer: null });
  const { signer } = await page.ask('signer.create', { name: '张三', passphrase: 'correct horse' });
  expect(await page.response('signer.create', { name: 'other', passphrase: 'x' })).toMatchObject({
    fault: { code: 'SIGNER_EXISTS' },
  });
  const wrong = { to: 'w.zip', languages: ['zh' as const], signerPassphrase: 'wrong' };
  expect(await page.response('package.save', wrong)).toMatchObject({ fault: { code: 'VAULT_WRONG_PASSPHRASE' } });
  const made = await page.ask('package.save', {
    to: 'case.zip',
    languages: ['zh'],
    pictures: 'blurred',
    originals: 'plain',
    signerPassphrase: 'correct horse',
  });
  expect(made).toMatchObject({ originals: 1, originalsLeftOut: 0, mismatches: 0, signedBy: signer!.fingerprint });
  const check = (file: string) => page.ask('package.verify', { source: { from: 'paths', paths: [file] } });
  const whole = await check('case.zip');
  expect(whole.deviations).toBe(0);
  const files = await takenApart(at('out/case.zip'));
  const bytes = readFileSync(at('out/case.zip'));
  const log = files.get(FILES.log)!;
  bytes[bytes.indexOf(log) + 10]! ^= 1;
  writeFileSync(at('out/changed.zip'), bytes);
  const changed = await check('changed.zip');
  expect(changed.deviations).toBeGreaterThan(0);
  expect(changed.lines.map(({ id, params }) => say('en', id, params)).join('\n')).toContain(FILES.log);
  expect(existsSync(at('out/w.zip'))).toBe(false);
});

OPENSSL('a time stamp goes into a copy by way of two files', async () => {
  const source = { from: 'paths' as const, paths: ['case.zip'] };
  const { file } = await page.ask('package.request', { source, to: 'request.tsq' });
  const authority = new TimestampAuthority(at('authority'));
  authority.answer(file!, at('out/reply.tsr'));
  const reply = { from: 'paths' as const, paths: ['reply.tsr'] };
  const stamped = await page.ask('package.stamp', { source, reply, to: 'stamped.zip' });
  expect(stamped.atMs).not.toBeNull();
  const { deviations, lines } = await page.ask('package.verify', { source: { from: 'paths', paths: ['stamped.zip'] } });
  expect(deviations).toBe(0);
  expect(lines.map(({ id }) => id)).toContain('verify.timestamp.holds');
  expect(await page.response('package.stamp', { source, reply: source, to: 'bad.zip' })).toMatchObject({
    fault: { code: 'TIMESTAMP_INVALID' },
  });
  expect(existsSync(at('out/bad.zip'))).toBe(false);
});
