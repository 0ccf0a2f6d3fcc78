/**
 * The app as electron-builder packs it, against a stand-in distribution: no binary of Electron can be had everywhere, but what is in
 * the archive, what lies beside it and which fuses are set is decided here.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { writeRenderer } from '../fixtures/loopback.ts';
import { temporaryFolder } from '../fixtures/media.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();
const output = path.join(folder, 'packages');
const supported = process.platform === 'linux' && process.arch === 'x64';
const unpacked = path.join(output, 'linux-unpacked');
const asar = path.join(unpacked, 'resources', 'app.asar');
const packagedTest = supported ? test : test.skip;

/** What electron-builder expects of a distribution; the fuse wire as Electron's binaries carry it: sentinel, version, length, fuses. */
function standIn(): string {
  const dist = path.join(folder, 'electron-dist');
  mkdirSync(path.join(dist, 'resources'), { recursive: true });
  mkdirSync(path.join(dist, 'locales'), { recursive: true });
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 9]),
    Buffer.from('101100011'),
  ]);
  writeFileSync(path.join(dist, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\n'), wire, Buffer.from('\n')]));
  chmodSync(path.join(dist, 'electron'), 0o755);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(path.join(dist, name), '45.4.1');
  writeFileSync(path.join(dist, 'locales', 'en-US.pak'), '');
  return dist;
}

function packWith(dist: string, to: string) {
  const script = path.join(import.meta.dirname, 'children/pack.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, dist, to], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const renderer = path.join(root, 'dist/renderer');
const built = existsSync(path.join(renderer, 'index.html'));
afterAll(() => {
  if (supported && !built) rmSync(renderer, { recursive: true });
});

let packed: readonly string[] = [];

beforeAll(() => {
  if (!supported) return;
  if (!built) writeRenderer(renderer);
  const { status, said } = packWith(standIn(), output);
  if (status !== 0) throw new Error(said);
  packed = listPackage(asar, { isPack: false });
});

packagedTest('the archive holds the compiled rooms, the bridge, the renderer and the models’ registry', () => {
  for (const file of [
    '/package.json',
    '/main/app/index.js',
    '/main/app/process-entry.js',
    '/main/app/self-test-media.json',
    '/main/preload/index.cjs',
    '/main/engine/index.js',
    '/main/viewer/index.js',
    '/main/provenance/c2pa/child.js',
    '/main/law/packs/cn.json',
    '/dist/renderer/index.html',
    '/models/registry.json',
    '/THIRD-PARTY-NOTICES.txt',
  ])
    expect(packed).toContain(file);
  expect(packed.filter((file) => /^\/main\/.*\.ts$/.test(file))).toEqual([]);
  expect(JSON.parse(extractFile(asar, 'package.json').toString()).main).toBe('main/app/index.js');
});

packagedTest('no development dependency and no other Node is in it', () => {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; dev?: boolean }>;
  };
  const names = new Set(packed.map((f) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(f)?.[1] ?? ''));
  names.delete('');
  expect(names.size).toBeGreaterThan(10);
  // By version: what the lock file nests below a dependency the packer lays at the top, where a development dependency has the same name.
  const needed = new Set(
    Object.entries(packages)
      .filter(([, { dev }]) => !dev)
      .map(([place, { version }]) => `${place.split('node_modules/').at(-1)}@${version}`),
  );
  const versioned = [...names].map((name) => {
    const { version } = JSON.parse(extractFile(asar, `node_modules/${name}/package.json`).toString('utf8'));
    return `${name}@${version}`;
  });
  expect(versioned.filter((name) => !needed.has(name))).toEqual([]);
  expect([...names].filter((name) => /^node-(linux|win|darwin|bin)/.test(name))).toEqual([]);
  for (const name of ['react', 'electron', 'vite', '@vladmandic/human', 'jest']) expect(names).not.toContain(name);
});

packagedTest('native code is that of the platform alone, and lies outside the archive', () => {
  const beside = `${asar}.unpacked`;
  const native = packed.filter((file) => /\.(node|so(\.[\d.]+)?|dll|dylib)$/.test(file));
  expect(native.length).toBeGreaterThan(2);
  expect(native.filter((file) => !existsSync(path.join(beside, file)))).toEqual([]);
  expect(native.filter((file) => /win32|darwin|arm64|musl/.test(file))).toEqual([]);
  const one = (pattern: RegExp) => native.filter((file) => pattern.test(file)).length;
  expect(one(/better-sqlite3\/prebuilds\/linux-x64\.node$/)).toBe(1);
  expect(one(/onnxruntime-node\/bin\/napi-v6\/linux\/x64\/onnxruntime_binding\.node$/)).toBe(1);
  expect(one(/@img\/sharp-linux-x64\//)).toBe(1);
});

packagedTest('every model of the registry lies outside the archive, and no recipe is shipped', () => {
  const { models } = JSON.parse(readFileSync(path.join(root, 'models/registry.json'), 'utf8')) as {
    models: { kind: string; file?: string; card: string }[];
  };
  const files = models.flatMap((m) => [...(m.kind === 'pack' ? [] : [m.file!]), m.card]);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(path.join(`${asar}.unpacked`, 'models', file)))).toEqual([]);
  expect(packed.filter((file) => /^\/models\/(training|build|evaluation)/.test(file))).toEqual([]);
});

packagedTest('the fuses are set in the program', async () => {
  const wire = await getCurrentFuseWire(path.join(unpacked, 'jianzhen'));
  const on = (fuse: FuseV1Options) => wire[fuse] === '1'.charCodeAt(0);
  expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
  expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
  expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
  expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
  expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
});

packagedTest('a program without a fuse wire is not packed', () => {
  const dist = path.join(folder, 'without-fuses');
  cpSync(standIn(), dist, { recursive: true });
  writeFileSync(path.join(dist, 'electron'), '#!/bin/sh\n');
  const { status, said } = packWith(dist, path.join(folder, 'failed'));
  expect(status).not.toBe(0);
  expect(said).toMatch(/fuse|sentinel/i);
});
