import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { custodyHead, listCustody, openCase } from '../../main/cases/index.ts';
import { toErrorRecord } from '../../main/contract/errors.ts';
import { makePackage } from '../../main/dossier/make-package.ts';
import { COMMANDS } from '../../main/dossier/package-readme.ts';
import { fingerprintOf, makeSigner, openSigner, signDetached } from '../../main/signing/index.ts';
import { say } from '../../main/strings/index.ts';
import { FILES, INFO, parseDigests, parseInfo, type Verification, verifyPackage } from '../../main/verify/index.ts';
import { linesOf } from '../../main/verify/words.ts';
import { FOLDER, makeFolder } from '../fixtures/folder.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import {
  changedIn,
  type Files,
  listsRewritten,
  sourceOf,
  type Tampering,
  takenApart,
  tamperings,
  zipped,
} from '../fixtures/package.ts';
import { TimestampAuthority } from '../fixtures/timestamp-authority.ts';
import { CHROMIUM, runTool, testWithTools } from '../tools.ts';
import { cli } from './cli.ts';

const root = path.resolve(import.meta.dirname, '../..');
const work = temporaryFolder();
const at = (name: string) => path.join(work, name);
const data = at('data');
const media = at('media');
const secret = { JIANZHEN_SIGNER_PASSPHRASE: 'correct horse' };
const OPENSSL = !spawnSync('openssl', ['version']).error;

let files: Files;
let fingerprint: string;
/** What was told of the second package, whose originals are sealed. */
let sealed: Record<string, unknown>;

async function made(...args: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await cli(['package', '--data', data, '--json', ...args], secret);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out.trim().split('\n').at(-1)!);
}

interface Spoilt extends Tampering {
  readonly zip: string;
  readonly deviations: Verification['deviations'];
}

let spoiltOnes: Promise<readonly Spoilt[]> | undefined;

/** Every way to spoil the package, packed once for command and page, with the deviations that the check names. */
function everySpoilt(): Promise<readonly Spoilt[]> {
  spoiltOnes ??= (async () => {
    const all: Spoilt[] = [];
    for (const tampering of tamperings(files)) {
      const bytes = await zipped(tampering.files);
      const zip = at(`spoilt-${all.length}.zip`);
      writeFileSync(zip, bytes);
      all.push({ ...tampering, zip, deviations: (await verified(bytes)).deviations });
    }
    return all;
  })();
  return spoiltOnes;
}

const verified = (bytes: Uint8Array): Promise<Verification> => verifyPackage(sourceOf(bytes));
const named = ({ deviations }: Pick<Verification, 'deviations'>): string[] =>
  deviations.map(({ code, params }) => [code, params.file, params.seal].filter((part) => part).join(' '));

beforeAll(async () => {
  spawnSync(process.execPath, ['packaging/build-verifier.ts'], { cwd: root, stdio: 'inherit' });
  await makeFolder(media);
  await cli(['scan', '--quick', path.join(media, FOLDER.portrait), path.join(media, FOLDER.pair), '--data', data]);
  const signer = await cli(['signer', 'create', '--name', '张三 Zhang San', '--data', data, '--json'], secret);
  ({ fingerprint } = JSON.parse(signer.out).signer);
  await made('--out', at('a.zip'), '--lang', 'both', '--originals', 'plain', '--pictures', 'shown');
  if (OPENSSL) {
    const authority = new TimestampAuthority(at('authority'));
    expect((await cli(['timestamp', at('a.zip'), '--request', at('a.tsq')])).code).toBe(0);
    authority.answer(at('a.tsq'), at('a.tsr'));
    expect((await cli(['timestamp', at('a.zip'), '--reply', at('a.tsr')])).code).toBe(0);
  }
  writeFileSync(at('pass'), 'open sesame\n');
  const withSealed = ['--originals', 'sealed', '--originals-passphrase-file', at('pass')];
  sealed = await made('--out', at('b.zip'), '--lang', 'en', '--pictures', 'none', ...withSealed);
  files = await takenApart(at('a.zip'));
  for (const [name, content] of files) {
    mkdirSync(path.dirname(at(`bag/${name}`)), { recursive: true });
    writeFileSync(at(`bag/${name}`), content);
  }
});

test('the package holds report, pictures, log and originals, and the command finds it intact', async () => {
  const names = [...files.keys()];
  for (const name of ['report.json', 'report.zh.pdf', 'report.en.pdf', 'report.zh.html', 'report.en.html'])
    expect(names).toContain(`data/report/${name}`);
  expect(names.filter((name) => name.startsWith('data/pictures/')).length).toBeGreaterThanOrEqual(3);
  const portrait = createHash('sha256')
    .update(readFileSync(path.join(media, FOLDER.portrait)))
    .digest('hex');
  expect(names).toContain(`data/originals/${portrait}.png`);
  const { code, out } = await cli(['verify', at('a.zip'), '--json']);
  expect(code).toBe(0);
  const found: Verification = JSON.parse(out);
  expect(found).toMatchObject({ deviations: [], intact: names.length - 1, listed: names.length - 1 });
  expect(found.signature).toMatchObject({ state: 'holds', name: '张三 Zhang San', fingerprint, selfSigned: true });
  expect(found.timestamp).toMatchObject(OPENSSL ? { state: 'holds', authority: 'Test time-stamping authority' } : {});
});

test('the report names every picture of the package, and its log is the beginning of the log of the package', () => {
  const report = JSON.parse(files.get('data/report/report.json')!.toString());
  const pictures = report.items.flatMap(({ examination }: { examination: { crops: { name: string }[] } }) =>
    examination.crops.map(({ name }) => `data/pictures/${name}`),
  );
  expect(pictures.toSorted()).toEqual([...files.keys()].filter((name) => name.startsWith('data/pictures/')).sort());
  const log = files.get(FILES.log)!.toString().trim().split('\n');
  expect(report.log).toEqual(log.slice(0, report.log.length).map((line) => JSON.parse(line)));
});

describe('public tools', () => {
  const inBag = (tool: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(tool, args, { cwd: at('bag'), encoding: 'utf8' });
    return { code: status, text: `${stdout}${stderr}` };
  };
  const run = (command: string) => {
    const [tool, ...args] = command.split(' ');
    return inBag(tool!, args);
  };

  testWithTools(['sha256sum'], 'sha256sum agrees, and finds a changed file', async () => {
    for (const command of COMMANDS.digests) expect(run(command)).toMatchObject({ code: 0 });
    const changed = at('bag/data/report/report.json');
    writeFileSync(changed, ' ');
    expect(COMMANDS.digests.map((command) => run(command).code)).toEqual([0, 0, 1]);
    writeFileSync(changed, files.get('data/report/report.json')!);
  });

  testWithTools(['openssl'], 'openssl verifies signature and time stamp, and tells the same fingerprint', async () => {
    const [verify, print] = COMMANDS.signature;
    expect(run(verify!).text).toMatch(/verification successful/i);
    const told = run(print!).text.replaceAll(':', '').toLowerCase();
    expect(told).toContain(fingerprint);
    const stamped = run(COMMANDS.timestamp(FILES.signature)[0]!.replace('authority.pem', at('authority/root.pem')));
    expect(stamped.text).toContain('Verification: OK');
    writeFileSync(at(`bag/${FILES.tagManifest}`), 'x');
    expect(run(verify!).code).not.toBe(0);
    writeFileSync(at(`bag/${FILES.tagManifest}`), files.get(FILES.tagManifest)!);
  });

  testWithTools(['pdfsig'], 'pdfsig finds both reports signed by the same certificate', async () => {
    for (const language of ['zh', 'en']) {
      const { text } = run(`pdfsig data/report/report.${language}.pdf`);
      expect(text).toContain('Signature is Valid');
      expect(text).toContain('张三 Zhang San');
    }
  });
});

test('every change of any file, and of the log with all lists rewritten, is found and named', async () => {
  const all = await everySpoilt();
  expect(all.length).toBeGreaterThan(60);
  for (const { name, named: expected, ...found } of all)
    expect([name, named(found)]).toEqual([name, expect.arrayContaining([expect.stringContaining(expected)])]);
});

test('who rewrites all lists without the key breaks the signature; with another key, another signer is told', async () => {
  const rewritten = listsRewritten(changedIn(files, 'data/report/report.en.html', () => 'other'));
  const broken = await verified(await zipped(rewritten));
  expect(named(broken)).toContain('signature-mismatch signature.p7s');
  expect(broken.signature?.state).toBe('mismatch');
  if (OPENSSL) {
    // The time stamp is over the signature, which is still there.
    expect(broken.timestamp?.state).toBe('holds');
  }

  await makeSigner(at('other'), { name: '张三 Zhang San', passphrase: 'x', nowMs: Date.now() });
  const signer = await openSigner(at('other'), 'x');
  const list = createHash('sha256').update(rewritten.get(FILES.tagManifest)!).digest();
  const signed = new Map(rewritten).set(FILES.signature, Buffer.from(await signDetached(list, signer, Date.now())));
  const resigned = await verified(await zipped(listsRewritten(signed)));
  expect(resigned.signature).toMatchObject({ state: 'holds', fingerprint: fingerprintOf(signer.certificates[0]!) });
  expect(named(resigned)).toContain('signer-differs');
  if (OPENSSL) expect(named(resigned)).toContain('timestamp-mismatch timestamp.tsr');
});

test('a package without a signature says so, and a signature that was stripped is missed', async () => {
  await made('--out', at('unsigned.zip'), '--unsigned', '--lang', 'en');
  const plain = await verified(readFileSync(at('unsigned.zip')));
  expect(plain).toMatchObject({ deviations: [], signature: null, timestamp: null });
  // The package before it is an act of the case, in the log of this one.
  const log = (await takenApart(at('unsigned.zip'))).get(FILES.log)!.toString();
  expect(log).toMatch(/"act":"package-exported".*"signedBy":"[0-9a-f]{64}"/);
  const stripped = new Map([...files].filter(([name]) => name !== FILES.signature));
  expect(named(await verified(await zipped(listsRewritten(stripped))))).toContain('signature-missing');
});

test('the lists stand in the order of the archive, and say who signed', () => {
  expect(parseInfo(files.get(FILES.info)!.toString()).get(INFO.signedBy)).toBe(fingerprint);
  const listed = [...parseDigests(files.get(FILES.manifest)!.toString())!.keys()];
  expect(listed).toEqual([...files.keys()].filter((name) => name.startsWith('data/')));
});

testWithTools(['openssl'], 'sealed originals open with openssl and the passphrase alone', async () => {
  expect(sealed).toMatchObject({ originals: 2, originalsLeftOut: 0 });
  const parts = await takenApart(at('b.zip'));
  writeFileSync(at('originals.zip.enc'), parts.get('data/originals.zip.enc')!);
  const [, ...args] = COMMANDS.originals[0]!.replace('data/originals.zip.enc', at('originals.zip.enc'))
    .replace('-out originals.zip', `-out ${at('originals.zip')}`)
    .split(' ');
  expect(runTool('openssl', [...args, '-pass', 'pass:wrong']).code).not.toBe(0);
  expect(runTool('openssl', [...args, '-pass', 'pass:open sesame'])).toMatchObject({ code: 0 });
  const originals = await takenApart(at('originals.zip'));
  for (const [name, content] of originals)
    expect(name.slice(0, 64)).toBe(createHash('sha256').update(content).digest('hex'));
  expect(originals.size).toBe(2);
});

test('replies that are refusals, broken, of other content or come twice are not put in', async () => {
  const before = readFileSync(at('b.zip'));
  writeFileSync(at('junk.tsr'), randomBytes(500));
  writeFileSync(at('refusal.tsr'), Buffer.from('30053003020102', 'hex'));
  const replies = ['junk.tsr', 'refusal.tsr', ...(OPENSSL ? ['a.tsr'] : [])];
  for (const reply of replies) {
    const { code, err } = await cli(['timestamp', at('b.zip'), '--reply', at(reply)]);
    expect([reply, code]).toEqual([reply, 3]);
    expect(err).toContain('TIMESTAMP_INVALID');
  }
  expect(readFileSync(at('b.zip')).equals(before)).toBe(true);
  if (OPENSSL)
    expect((await cli(['timestamp', at('a.zip'), '--reply', at('a.tsr')])).err).toContain('TIMESTAMP_EXISTS');
  expect((await cli(['timestamp', at('b.zip')])).code).toBe(2);
  expect((await cli(['package', '--data', data, '--out', at('b.zip')], secret)).err).toContain('ARCHIVE_EXISTS');
});

test.each([['report.json'], ['report.en.pdf'], [FILES.log], ['data/report/report.json']])(
  'stopped when %s was written, nothing is left behind',
  async (last) => {
    const folder = at(`stopped-${last.replaceAll('/', '-')}`);
    mkdirSync(folder);
    using openedCase = await openCase(data, 'default', { app: 'test' });
    const before = custodyHead(openedCase).seq;
    const stop = new AbortController();
    const making = makePackage(openedCase, {
      app: 'test',
      installed: { analyzers: {}, models: {}, trustLists: {} },
      nowMs: Date.now(),
      madeBy: null,
      out: path.join(folder, 'x.zip'),
      languages: ['en'],
      pictures: 'none',
      originals: 'plain',
      signer: null,
      page: Buffer.from('page'),
      signal: stop.signal,
      blur: async (png) => png,
      onFile: (file) => {
        if (file === last) stop.abort();
      },
    });
    const outcome = await making.catch((thrown: unknown) => toErrorRecord(thrown).code);
    expect(outcome).toBe('CANCELLED');
    expect(readdirSync(folder)).toEqual([]);
    const acts = listCustody(openedCase, { after: before }).map(({ act }) => act);
    expect(acts).not.toContain('package-exported');
  },
);

describe('hostile archives', () => {
  const LOCAL = 0x04034b50;
  /** A ZIP written by hand, so that it can lie. */
  function forged(
    entries: readonly {
      name: string;
      content: Buffer;
      size?: number;
      flags?: number;
      method?: number;
      localName?: string;
      prefix?: Buffer;
    }[],
  ): Buffer {
    const parts: Buffer[] = [];
    const central: Buffer[] = [];
    let offset = 0;
    for (const {
      name,
      content,
      size = content.length,
      flags = 0x800,
      method = 0,
      localName = name,
      prefix,
    } of entries) {
      if (prefix) parts.push(prefix);
      offset += prefix?.length ?? 0;
      const local = Buffer.alloc(30);
      local.writeUInt32LE(LOCAL, 0);
      local.writeUInt16LE(flags, 6);
      local.writeUInt16LE(method, 8);
      local.writeUInt32LE(content.length, 18);
      local.writeUInt32LE(size, 22);
      local.writeUInt16LE(Buffer.byteLength(localName), 26);
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(0x02014b50, 0);
      entry.writeUInt16LE(flags, 8);
      entry.writeUInt16LE(method, 10);
      entry.writeUInt32LE(content.length, 20);
      entry.writeUInt32LE(size, 24);
      entry.writeUInt16LE(Buffer.byteLength(name), 28);
      entry.writeUInt32LE(offset, 42);
      central.push(entry, Buffer.from(name));
      parts.push(local, Buffer.from(localName), content);
      offset += 30 + Buffer.byteLength(localName) + content.length;
    }
    const directory = Buffer.concat(central);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(entries.length, 8);
    end.writeUInt16LE(entries.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...parts, directory, end]);
  }
  const content = Buffer.from('x');

  test.each([
    ['a name that leads out', [{ name: '../evil', content }], 'name-unsafe ../evil'],
    ['an absolute name', [{ name: '/etc/passwd', content }], 'name-unsafe /etc/passwd'],
    ['a name of another system', [{ name: 'C:\\evil', content }], 'name-unsafe C:\\evil'],
    [
      'one name twice',
      [
        { name: 'a', content },
        { name: 'a', content },
      ],
      'name-twice a',
    ],
    ['an encrypted file', [{ name: 'a', content, flags: 1 }], 'encrypted a'],
    ['an unknown packing', [{ name: 'a', content, method: 12 }], 'packed-unknown a'],
    ['two names for one file', [{ name: 'a', content, localName: 'b' }], 'names-disagree a'],
    [
      'bytes between files',
      [
        { name: 'a', content },
        { name: 'b', content, prefix: Buffer.from('hidden') },
      ],
      'hidden-bytes b',
    ],
    ['bytes before files', [{ name: 'a', content, prefix: Buffer.from('hidden') }], 'hidden-bytes a'],
    ['a stored file of two lengths', [{ name: 'a', content, size: 5 }], 'packed-broken a'],
  ])('%s is named', async (_, entries, expected) => {
    expect(named(await verified(forged(entries)))).toContain(expected);
  });

  test('a bomb is not unpacked, whether it declares its size or not', async () => {
    const bomb = deflateRawSync(Buffer.alloc(300 << 20));
    const declared = forged([{ name: FILES.log, content: bomb, size: 300 << 20, method: 8 }]);
    expect(named(await verified(declared))).toEqual(['too-large']);
    const silent = forged([{ name: FILES.log, content: bomb, size: 10, method: 8 }]);
    const before = process.memoryUsage().rss;
    expect(named(await verified(silent))).toContain(`packed-broken ${FILES.log}`);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
  });

  test('an archive cut anywhere, and noise, are told as no archive, without a throw', async () => {
    const whole = await zipped(files);
    for (const length of [0, 1, 21, 22, 100, Math.floor(whole.length / 2), whole.length - 1])
      expect(named(await verified(whole.subarray(0, length)))).toEqual(['not-an-archive']);
    for (let round = 0; round < 50; round += 1)
      expect((await verified(randomBytes(4096))).deviations.length).toBeGreaterThan(0);
  });

  test('of a file that is no archive nothing is said of signature, time stamp or files', async () => {
    const whole = await zipped(files);
    const found = await verified(whole.subarray(0, whole.length >> 1));
    expect(linesOf(found).map(({ id }) => id)).toEqual(['verify.unread', 'deviation.not-an-archive']);
  });

  test('a byte changed anywhere in the archive itself never makes the check throw', async () => {
    const whole = await zipped([...files].filter(([name]) => !name.startsWith('data/') && name !== FILES.page));
    for (let at = 0; at < whole.length; at += 61) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x55;
      expect(Array.isArray((await verified(changed)).deviations)).toBe(true);
    }
  });

  test('a package that was packed again by another program is read as well', async () => {
    const again = forged(
      [...files].map(([name, own]) => ({ name, content: deflateRawSync(own), size: own.length, method: 8 })),
    );
    expect((await verified(again)).deviations).toEqual([]);
  });
});

describe('the page in a browser', () => {
  let browser: Browser | undefined;
  let page: Page;
  const asked: string[] = [];

  const inBrowser = (name: string, run: () => Promise<void>) =>
    testWithTools([CHROMIUM], name, async () => {
      if (!browser) {
        browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
        page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(`file://${at(`bag/${FILES.page}`)}`);
      }
      await run();
    });

  afterAll(async () => browser?.close());

  async function dropped(file: string): Promise<{ className: string; text: string }> {
    await page.setInputFiles('#file', file);
    await page.waitForSelector('#result', { state: 'visible' });
    const result = page.locator('#result');
    return { className: (await result.getAttribute('class')) ?? '', text: (await result.textContent()) ?? '' };
  }

  inBrowser(
    'the copy in the package says what the command says, in both languages, and asks for nothing else',
    async () => {
      const found = await verified(readFileSync(at('a.zip')));
      const { className, text } = await dropped(at('a.zip'));
      expect(className).toBe('intact');
      for (const { id, params } of linesOf(found)) expect(text).toContain(say('zh', id, params));
      expect(text.replaceAll(' ', '')).toContain(fingerprint);
      await page.click('[data-language=en]');
      expect(await page.textContent('#result')).toContain('Intact: ');
      expect(await page.textContent('main')).toContain('publishes its digest');
      await page.click('[data-language=zh]');
      expect(asked.filter((url) => !url.startsWith('file://'))).toEqual([]);
      const refused = await page.evaluate(() =>
        fetch('https://example.com').then(
          () => 'sent',
          () => 'refused',
        ),
      );
      expect(refused).toBe('refused');
    },
  );

  inBrowser('what the command names of each kind of change, the page names in the same words', async () => {
    const shown = new Set<string>();
    for (const { name, zip, deviations } of await everySpoilt()) {
      // The page runs the same check; what it may get wrong is how it shows a kind of deviation.
      if (deviations.every(({ code }) => shown.has(code))) continue;
      for (const { code } of deviations) shown.add(code);
      const { className, text } = await dropped(zip);
      expect([name, className]).toEqual([name, 'broken']);
      for (const { code, params } of deviations) expect(text).toContain(say('zh', `deviation.${code}`, params));
    }
    expect(shown.size).toBeGreaterThan(12);
  });

  inBrowser('markup in the names of a hostile archive stays text', async () => {
    const name = '<img src=x onerror="document.title=1">.txt';
    writeFileSync(at('markup.zip'), await zipped(new Map([...files, [name, Buffer.from('x')]])));
    expect((await dropped(at('markup.zip'))).text).toContain(name);
    expect(await page.$('#result img')).toBeNull();
  });
});
