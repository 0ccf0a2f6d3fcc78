import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { sharedRoot, testWithShared } from '../shared.ts';
import { cli, itemNamed, linesOf, outcomesOf, scanLines } from './cli.ts';

const work = temporaryFolder();
let serial = 0;
const fresh = () => {
  const folder = path.join(work, `t${++serial}`);
  mkdirSync(folder);
  return folder;
};

/** Scans a folder of the given files and tells the error code of each. */
async function errors(files: Readonly<Record<string, Uint8Array | string>>): Promise<Record<string, string | null>> {
  const folder = fresh();
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
  const { out } = await cli(['scan', '--json', '--data', `${folder}-data`, folder]);
  const lines = scanLines(out);
  return Object.fromEntries(Object.keys(files).map((name) => [name, itemNamed(lines, name).error?.code ?? null]));
}

/** A PNG whose header claims the size; nothing else of it is sound. */
function pngClaiming(width: number, height: number): Buffer {
  const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000080200000000000000', 'hex');
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

test('a huge header, a playlist under another name and a lone header each have their own code, and a sound file goes on', async () => {
  const sound = await scene(160, 120, []);
  expect(
    await errors({
      'huge.png': pngClaiming(100_000, 100_000),
      'list.mp4': '#EXTM3U\n#EXTINF:1,\nhttp://example.invalid/a.ts\n',
      'concat.mkv': 'ffconcat version 1.0\nfile /etc/passwd\n',
      'sound.png': sound,
    }),
  ).toEqual({
    'huge.png': 'MEDIA_TOO_LARGE',
    'list.mp4': 'MEDIA_REFUSED_REFERENCE',
    'concat.mkv': 'MEDIA_REFUSED_REFERENCE',
    'sound.png': null,
  });
});

test('a pipe and a missing file are named, not waited for', async () => {
  const folder = fresh();
  execFileSync('mkfifo', [path.join(folder, 'pipe.jpg')]);
  const { code, out } = await cli([
    'scan',
    '--json',
    '--data',
    `${folder}-data`,
    folder,
    path.join(folder, 'gone.jpg'),
  ]);
  const lines = scanLines(out);
  expect(itemNamed(lines, 'pipe.jpg').error?.code).toBe('NOT_A_REGULAR_FILE');
  expect(itemNamed(lines, 'gone.jpg').error?.code).toBe('FILE_NOT_FOUND');
  expect(code).toBe(3);
});

test.each([
  ['provenance', 'gone.jpg'],
  ['hashes', 'gone.jpg'],
  ['match', 'gone.jpg', 'gone.jpg'],
  ['verify', 'gone.zip'],
])('%s of a missing file ends as a scan of it does, not as a fault of the case', async (...args) => {
  const { code, err } = await cli([...args, '--lang', 'en', '--data', `${fresh()}-data`]);
  expect(err).toContain('[FILE_NOT_FOUND]');
  expect(code).toBe(3);
});

test('a name that is not UTF-8 is examined and its bytes are told', async () => {
  const folder = fresh();
  const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff, 0xfe]), Buffer.from('.png')]);
  writeFileSync(name, await scene(160, 120, []));
  const lines = scanLines((await cli(['scan', '--json', '--data', `${folder}-data`, folder])).out);
  const [item] = linesOf(lines, 'item');
  expect(item!.error).toBeUndefined();
  expect(Buffer.from(item!.item.pathBytes!, 'base64')).toEqual(name);
});

test('without ffmpeg pictures and WAV are examined, and the rest names the package to install', async () => {
  const folder = fresh();
  const fixtures = path.join(import.meta.dirname, '../fixtures/speech');
  copyFileSync(path.join(fixtures, 'en-low.opus'), path.join(folder, 'speech.opus'));
  writeFileSync(path.join(folder, 'head.png'), await scene(320, 320, [{ who: HEADS[0]!, x: 20, y: 20, size: 280 }]));
  const bin = `${folder}-bin`;
  mkdirSync(bin);
  const { out, code } = await cli(['scan', '--json', '--data', `${folder}-data`, folder], {
    PATH: bin,
    FFMPEG_PATH: '',
  });
  const lines = scanLines(out);
  expect(itemNamed(lines, 'speech.opus').error?.code).toBe('FFMPEG_MISSING');
  expect(itemNamed(lines, 'head.png').error).toBeUndefined();
  expect(code).toBe(3);
  const words = await cli(['doctor', '--lang', 'en', '--data', `${folder}-data`], { PATH: bin, FFMPEG_PATH: '' });
  expect(words.out).toContain('apt-get install ffmpeg');
});

test('a case in use is refused with its code, and is free again afterwards', async () => {
  const folder = fresh();
  writeFileSync(path.join(folder, 'a.png'), await scene(160, 120, []));
  const data = `${folder}-data`;
  expect((await cli(['scan', '--json', '--data', data, folder])).code).toBe(0);
  const { openCase } = await import('../../main/cases/index.ts');
  {
    using held = await openCase(data, 'default');
    expect(held.name).toBe('default');
    const refused = await cli(['scan', '--json', '--data', data, folder]);
    expect(refused.code).toBe(4);
    expect(refused.err).toContain('CASE_LOCKED');
  }
  expect((await cli(['scan', '--json', '--data', data, folder])).code).toBe(0);
});

test('a model with one byte changed is refused, and the other checks go on', async () => {
  const { cpSync } = await import('node:fs');
  const checkout = fresh();
  const root = path.resolve(import.meta.dirname, '../..');
  for (const part of ['main', 'models', 'package.json']) {
    cpSync(path.join(root, part), path.join(checkout, part), {
      recursive: true,
      filter: (from) => !from.includes('training'),
    });
  }
  execFileSync('ln', ['-s', path.join(root, 'node_modules'), path.join(checkout, 'node_modules')]);
  const model = path.join(checkout, 'models/.built/face-detector.onnx');
  const bytes = readFileSync(model);
  bytes[1000]! ^= 1;
  writeFileSync(model, bytes);
  writeFileSync(path.join(checkout, 'a.png'), await scene(160, 120, []));
  const args = ['scan', '--json', '--data', `${checkout}-data`, path.join(checkout, 'a.png')];
  const { stdout, status } = spawnSync(process.execPath, [path.join(checkout, 'main/cli/index.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const lines = scanLines(stdout);
  expect(itemNamed(lines, 'a.png').error?.code).toBe('MODEL_DIGEST_MISMATCH');
  expect(outcomesOf(lines, 'a.png').find((o) => o.analyzer === 'provenance-container')?.status).toBe('evidence');
  expect(status).toBe(3);
});

(process.getuid?.() === 0 ? test.skip : test)('a folder that cannot be written is named (not as root)', async () => {
  const folder = fresh();
  chmodSync(folder, 0o500);
  const refused = await cli(['scan', '--data', path.join(folder, 'data'), folder]);
  expect(refused.code).toBe(4);
  chmodSync(folder, 0o700);
});

testWithShared(['data/provenance/hostile'], 'every hostile file is examined or has an error with a code', async () => {
  const hostile = path.join(sharedRoot, 'data/provenance/hostile');
  const data = path.join(work, 'hostile-data');
  const { out, code, err } = await cli(['scan', '--json', '--data', data, hostile]);
  expect(err).toBe('');
  expect([0, 3]).toContain(code);
  const lines = scanLines(out);
  expect(linesOf(lines, 'item')).toHaveLength(readdirSync(hostile).length);
  const faults = ['ANALYZER_CRASHED', 'ANALYZER_TIMEOUT', 'ENGINE_CRASHED', 'INTERNAL'];
  const crashed = linesOf(lines, 'outcome').filter((o) => faults.includes(o.reason?.code ?? ''));
  expect(crashed.map((o) => [o.analyzer, o.reason?.code])).toEqual([]);
  rmSync(data, { recursive: true, force: true });
});
