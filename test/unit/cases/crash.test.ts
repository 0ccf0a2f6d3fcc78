import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { openCase } from '../../../main/cases/case.ts';
import { type Comparable, dumpComparable } from '../../../main/cases/comparable.ts';
import { listCustody } from '../../../main/cases/custody.ts';
import { verifyCustody } from '../../../main/cases/custody-check.ts';
import { openJobs } from '../../../main/cases/job-store.ts';
import { Bench, bytesOf, plan } from './support.ts';

const WORKER = path.join(import.meta.dirname, 'children', 'work-case.ts');

/** Starts the worker; kills it after a time counted from when it had the case open. Returns what it printed. */
async function work(
  dataRoot: string,
  name: string,
  killAfterMs: number | null,
): Promise<{ printed: string; ms: number }> {
  const worker = spawn(process.execPath, [WORKER, dataRoot, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  let openedAt = 0;
  worker.stdout.setEncoding('utf8');
  worker.stdout.on('data', (text: string) => {
    if (printed === '') openedAt = performance.now();
    if (printed === '' && killAfterMs !== null) setTimeout(() => worker.kill('SIGKILL'), killAfterMs);
    printed += text;
  });
  await once(worker, 'close');
  return { printed, ms: performance.now() - openedAt };
}

async function planned(bench: Bench, name: string, files: readonly (string | Buffer)[]): Promise<void> {
  const c = await bench.newCase(name);
  plan(c, files);
  c.close();
}

async function inspected(bench: Bench, name: string): Promise<Comparable> {
  const c = bench.keep(await openCase(bench.dataRoot, name));
  expect(openJobs(c)).toEqual([]);
  expect(verifyCustody(c).entries).toBe(listCustody(c).length);
  const referred = c.db.all<{ id: string }>('SELECT id FROM vaultFiles').map(({ id }) => id);
  const lying = readdirSync(path.join(c.folder, 'vault'), { recursive: true, withFileTypes: true });
  expect(
    lying
      .filter((at) => at.isFile())
      .map((at) => at.name)
      .sort(),
  ).toEqual(referred.sort());
  const compared = await dumpComparable(c);
  c.close();
  return compared;
}

test('work killed at ten moments goes on where it was and ends with the same rows as undisturbed work', async () => {
  using bench = new Bench();
  const files = Array.from({ length: 24 }, (_, n) =>
    bench.write(`${n}.bin`, bytesOf(40_000 + n * 30_001, (n % 20) + 1)),
  );
  files.push(bench.write('again.bin', bytesOf(40_000, 1)), path.join(bench.folder, '0.bin'));
  await planned(bench, 'calm', files);
  const undisturbed = await work(bench.dataRoot, 'calm', null);
  expect(undisturbed.printed).toBe('open\ndone\n');
  const calm = await inspected(bench, 'calm');
  expect(calm.items!.length).toBeGreaterThan(24);

  await planned(bench, 'troubled', files);
  let killed = 0;
  // Short enough that ten kills fall into unfinished work even where the machine was busier during the undisturbed run.
  for (let kill = 0; kill < 10; kill += 1) {
    const { printed } = await work(bench.dataRoot, 'troubled', Math.random() * (undisturbed.ms / 12));
    killed += printed === 'open\n' ? 1 : 0;
  }
  expect(killed).toBeGreaterThanOrEqual(3);
  const c = bench.keep(await openCase(bench.dataRoot, 'troubled'));
  const unfinished = openJobs(c).length === 1;
  c.close();
  if (unfinished) expect((await work(bench.dataRoot, 'troubled', null)).printed).toBe('open\ndone\n');
  expect(await inspected(bench, 'troubled')).toEqual(calm);
});
