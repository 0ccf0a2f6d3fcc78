import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dumpComparable, listItems, openCase, openJobs } from '../../main/cases/index.ts';
import { AppError } from '../../main/contract/errors.ts';
import { makeFolder } from '../fixtures/folder.ts';
import { sequence } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { until } from '../fixtures/until.ts';
import { cli, startCli } from './cli.ts';

const work = temporaryFolder();
const media = path.join(work, 'media');

/** What is resumed are items and their rows, not steps within an item: the quick pass has as many of them in half the time. */
const SCAN = ['scan', '--quick', media];

/** How often the scan is killed. */
const KILLS = 20;

beforeAll(() => makeFolder(media));

async function rows(data: string) {
  using c = await openCase(data, 'default');
  return await dumpComparable(c);
}

/** Whether the scan of this data folder has nothing left to do; false too where it was killed before its plan was stored. */
async function finished(data: string): Promise<boolean> {
  try {
    using c = await openCase(data, 'default');
    return openJobs(c).length === 0 && listItems(c, { limit: 1 }).length > 0;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'CASE_NOT_FOUND') return false;
    throw thrown;
  }
}

async function killedAfter(data: string, delayMs: number): Promise<boolean> {
  const child = startCli([...SCAN, '--json', '--data', data]);
  child.stdout?.resume();
  const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

test('a scan killed at twenty random moments ends with the rows of an undisturbed one', async () => {
  const whole = path.join(work, 'whole');
  const startedAt = performance.now();
  expect((await cli([...SCAN, '--json', '--data', whole])).code).toBe(3);
  const undisturbedMs = performance.now() - startedAt;
  const expected = await rows(whole);
  expect(expected.examinations!.length).toBeGreaterThan(4);

  const random = sequence(20);
  let kills = 0;
  for (let round = 0; kills < KILLS; round++) {
    const data = path.join(work, `killed-${round}`);
    // Each resumed scan is killed again until one gets through, or was killed after its last row.
    while (kills < KILLS && (await killedAfter(data, random() * undisturbedMs))) {
      kills++;
      if (await finished(data)) break;
    }
    if (!(await finished(data))) expect((await cli([...SCAN, '--json', '--data', data])).code).toBe(3);
    expect(await rows(data)).toEqual(expected);
  }
});

test('the engine is gone without a stack when its parent is gone, and what is asked for again says that it goes on', async () => {
  const data = path.join(work, 'orphan');
  const child = startCli([...SCAN, '--data', data, '--lang', 'en']);
  // The engine writes to where its parent does.
  let err = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const engine = await childOf(child.pid!);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  await until(() => !alive(engine));
  expect(err).not.toMatch(/EPIPE|^ +at /m);
  const again = await cli([...SCAN, '--data', data, '--lang', 'en']);
  expect(again.out).toContain('Going on with an unfinished scan');
});

test('Ctrl-C stops cleanly and says how to go on', async () => {
  const data = path.join(work, 'interrupted');
  const child = startCli([...SCAN, '--data', data, '--lang', 'en']);
  let err = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdout!.resume();
  await childOf(child.pid!);
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(130);
  expect(err).toContain('run the same command again to go on');
});

/** The first child process of a process, awaited. Linux only, as the machines that run these tests. */
async function childOf(pid: number): Promise<number> {
  let found = 0;
  await until(() => {
    try {
      found = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
    } catch {
      found = 0;
    }
    return found > 0;
  });
  return found;
}

function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
