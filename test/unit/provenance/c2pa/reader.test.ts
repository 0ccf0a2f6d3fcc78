import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReadJob } from '../../../../main/provenance/c2pa/protocol.ts';
import { C2paReader } from '../../../../main/provenance/c2pa/reader.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'jz-child-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A child that behaves as told once it gets a job. */
function childThat(behaviour: string): () => ChildProcess {
  const file = path.join(folder, `${behaviour.length}-${Math.abs(behaviour.charCodeAt(0))}.mjs`);
  writeFileSync(
    file,
    `process.on('disconnect', () => process.exit(0));\nprocess.on('message', () => { ${behaviour} });\nprocess.send({ kind: 'ready' });\n`,
  );
  return () => fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

const JOB: ReadJob = {
  kind: 'read',
  mediaType: 'image/jpeg',
  path: null,
  bytes: new Uint8Array(4),
  store: new Uint8Array(4),
  validateAtMs: 0,
  reads: [{ list: 'none', settings: null }],
};
const never = new AbortController().signal;

test('limits: five seconds up to 64 MB, one more for each further 64 MB', () => {
  const mb = 1024 ** 2;
  expect([1, 64 * mb, 64 * mb + 1, 128 * mb, 600 * mb].map(C2paReader.limitMs)).toEqual([
    5000, 5000, 6000, 6000, 14_000,
  ]);
});

test('a child that hangs is killed at its limit and the next one is ready', async () => {
  const children: ChildProcess[] = [];
  const start = childThat('for (;;) {}');
  const sizes: number[] = [];
  using reader = new C2paReader(
    () => {
      const child = start();
      children.push(child);
      return child;
    },
    (bytes) => {
      sizes.push(bytes);
      return 300;
    },
  );
  expect(await reader.read(JOB, 7, never)).toEqual({ results: null, reason: 'time-limit' });
  expect(sizes).toEqual([7]);
  expect(children[0]!.killed).toBe(true);
  expect(children).toHaveLength(2);
});

test('a child that dies, and one that ends itself over memory, are told apart', async () => {
  using dying = new C2paReader(childThat('process.exit(7)'));
  expect((await dying.read(JOB, 1, never)).reason).toBe('reader-crashed');
  if (process.platform === 'win32') return;
  using large = new C2paReader(childThat("process.kill(process.pid, 'SIGUSR2')"));
  expect((await large.read(JOB, 1, never)).reason).toBe('memory-limit');
});

test('cancelling ends the wait at once, for a child that works as for one that has not started', async () => {
  using working = new C2paReader(childThat('setInterval(() => {}, 1000)'));
  await working.warm();
  await cancelsAtOnce(working);
  using starting = new C2paReader(() => fork(path.join(folder, 'never-ready.mjs'), [], { stdio: 'ignore' }));
  writeFileSync(path.join(folder, 'never-ready.mjs'), 'setInterval(() => {}, 1000);\n');
  await cancelsAtOnce(starting);
  await expect(starting.read(JOB, 1, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
});

async function cancelsAtOnce(reader: C2paReader): Promise<void> {
  const controller = new AbortController();
  const reading = expect(reader.read(JOB, 1, controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  setTimeout(() => controller.abort(), 300);
  const began = performance.now();
  await reading;
  expect(performance.now() - began).toBeLessThan(3000);
}
