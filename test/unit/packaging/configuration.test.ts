import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { compile } from '../../../packaging/build-app.ts';
import { FFMPEG_BUILDS } from '../../../packaging/fetch-ffmpeg.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);
const builder = createRequire(require.resolve('app-builder-lib/package.json'));
const { load } = builder('js-yaml') as { load(text: string): Record<string, unknown> };
const configuration = load(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));

test('electron-builder.yml is valid for the electron-builder that is installed', () => {
  const schema = JSON.parse(readFileSync(require.resolve('app-builder-lib/scheme.json'), 'utf8'));
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  expect(validate(configuration) ? [] : validate.errors).toEqual([]);
});

test('it names Linux, Windows and macOS, the last for Apple silicon alone', () => {
  const arch = (platform: string) => (configuration[platform] as { target: { arch: string[] }[] }).target[0]!.arch;
  expect(arch('linux')).toEqual(['x64', 'arm64']);
  expect(arch('win')).toEqual(['x64', 'arm64']);
  expect(arch('mac')).toEqual(['arm64']);
});

test('every fuse that can be blown without losing the decoders is', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: true,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
});

test('compiling takes the types out and names the compiled files, and nothing else', () => {
  const source = [
    `import type { A } from './a.ts';`,
    `import { b } from '../room/b.ts';`,
    `const child = fork(path.join(import.meta.dirname, 'child.ts'));`,
    `const worker = new Worker(new URL('./worker.ts', import.meta.url));`,
    `const said: string = 'see notes.ts in the folder';`,
  ].join('\n');
  const compiled = compile(source);
  expect(compiled).not.toContain('import type');
  expect(compiled).toContain(`from '../room/b.js'`);
  expect(compiled).toContain(`'child.js'`);
  expect(compiled).toContain(`new URL('./worker.js'`);
  expect(compiled).toContain(`'see notes.ts in the folder'`);
});

test('the ffmpeg that is fetched is an LGPL build at a dated address with a digest', () => {
  for (const build of Object.values(FFMPEG_BUILDS)) {
    expect(build.url).toMatch(/^https:\/\/.*\/autobuild-\d{4}-\d{2}-\d{2}-.*lgpl/);
    expect(build.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(build.licence).toMatch(/^LGPL/);
  }
});
