import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FOLDER, makeFolder } from '../fixtures/folder.ts';
import { temporaryFolder } from '../fixtures/media.ts';

const work = temporaryFolder();
const entry = path.resolve(import.meta.dirname, '../../main/cli/index.ts');

/** Whether this machine has strace and lets it trace. */
const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

(canTrace ? test : test.skip)(
  'under strace a scan of pictures, sound and broken files makes no internet socket (needs strace and leave to trace)',
  async () => {
    const media = await makeFolder(path.join(work, 'media'));
    const log = path.join(work, 'trace');
    const scan = [process.execPath, entry, 'scan', '--json', '--data', path.join(work, 'data'), media];
    const { status } = spawnSync(
      'strace',
      ['-f', '-qq', '-s', '4096', '-e', 'trace=socket,execve', '-o', log, ...scan],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(3);
    const calls = readFileSync(log, 'utf8').split('\n');
    // The engine and ffmpeg were among what was traced, so the absence of sockets means something.
    expect(calls.filter((line) => line.includes('execve(') && line.includes('engine/index.ts'))).not.toEqual([]);
    expect(calls.filter((line) => /socket\(AF_INET6?\b/.test(line))).toEqual([]);
  },
);

test('onnxruntime is told to report nothing before it is loaded, in the engine and wherever models run', async () => {
  const session = readFileSync(path.resolve(import.meta.dirname, '../../main/inference/session.ts'), 'utf8');
  expect(session.indexOf("import './no-telemetry.ts'")).toBeGreaterThanOrEqual(0);
  expect(session.indexOf("import './no-telemetry.ts'")).toBeLessThan(session.indexOf("'onnxruntime-node'"));
  const home = path.join(work, 'home');
  mkdirSync(home);
  const media = await makeFolder(path.join(work, 'quiet'));
  // A machine of continuous integration is spared by onnxruntime itself; a user's is not.
  const { CI: _, ORT_DISABLE_TELEMETRY: __, GITHUB_ACTIONS: ___, TF_BUILD: ____, ...env } = process.env;
  const scan = ['scan', '--quick', '--json', '--data', path.join(work, 'quiet-data'), path.join(media, FOLDER.pair)];
  const { status } = spawnSync(process.execPath, [entry, ...scan], {
    env: { ...env, HOME: home, XDG_CACHE_HOME: path.join(home, '.cache') },
  });
  expect(status).toBe(0);
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});

(canTrace ? test : test.skip)('the trace would show an internet socket (needs strace and leave to trace)', () => {
  const log = path.join(work, 'positive');
  const open = `require('node:dgram').createSocket('udp4').bind(0, '127.0.0.1', function () { this.close(); })`;
  execFileSync('strace', ['-f', '-qq', '-e', 'trace=socket', '-o', log, process.execPath, '-e', open]);
  expect(readFileSync(log, 'utf8')).toMatch(/socket\(AF_INET\b/);
});
