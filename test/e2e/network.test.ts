import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../fixtures/folder.ts';
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
  180_000,
);

(canTrace ? test : test.skip)('the trace would show an internet socket (needs strace and leave to trace)', () => {
  const log = path.join(work, 'positive');
  const open = `require('node:dgram').createSocket('udp4').bind(0, '127.0.0.1', function () { this.close(); })`;
  execFileSync('strace', ['-f', '-qq', '-e', 'trace=socket', '-o', log, process.execPath, '-e', open]);
  expect(readFileSync(log, 'utf8')).toMatch(/socket\(AF_INET\b/);
});
