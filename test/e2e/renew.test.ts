import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createJob, finishJob, latestExaminedBy, listItems, openCase, openJobs } from '../../main/cases/index.ts';
import type { ScanSettings } from '../../main/contract/analyzer.ts';
import { ANALYZER_VERSIONS } from '../../main/contract/versions.ts';
import { scanFingerprint } from '../../main/jobs/scan.ts';
import { examinedByAnEarlierProgram } from '../fixtures/earlier-case.ts';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli, itemNamed, scanLines } from './cli.ts';

const FACE = ANALYZER_VERSIONS['synthetic-face'];
const work = temporaryFolder();
const data = path.join(work, 'data');
const pictures = ['one.png', 'two.png'].map((name) => path.join(work, name));
const settings: ScanSettings = { fps: 2, depth: 'quick', language: 'zh' };
const SCAN = ['scan', '--quick', '--fps', '2', '--language', 'zh', '--data', data, ...pictures];

beforeAll(async () => {
  for (const [at, file] of pictures.entries())
    writeFileSync(file, await scene(160, 160, [{ who: HEADS[at]!, x: 10, y: 10, size: 140 }]));
});

/** Of both pictures, ended after the first. */
const leftByAnEarlierProgram = (name: string) =>
  examinedByAnEarlierProgram(data, name, { files: pictures, examined: 1, cwd: work, settings });

const show = async (name: string) => {
  const { out } = await cli(['case', 'show', name, '--json', '--data', data]);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; otherVersions?: { analyzers: { id: string }[] } | null })
    .filter(({ type }) => type === 'item')
    .map(({ otherVersions }) => otherVersions?.analyzers.find(({ id }) => id === 'synthetic-face') ?? null);
};

test('a scan that goes on after an update says which items the earlier program examined, and how to examine them again', async () => {
  await leftByAnEarlierProgram('resumed');
  const resumed = await cli([...SCAN, '--case', 'resumed', '--json'], {}, work);
  const lines = scanLines(resumed.out);
  const other = itemNamed(lines, 'one.png').otherVersions;
  expect(other?.analyzers).toContainEqual({ id: 'synthetic-face', examined: '1.0.0', installed: FACE });
  expect(other?.models.map(({ id, examined }) => [id, examined])).toEqual([['face-features', 'a'.repeat(64)]]);
  expect(itemNamed(lines, 'two.png')).not.toHaveProperty('otherVersions');
  expect(await show('resumed')).toEqual([{ id: 'synthetic-face', examined: '1.0.0', installed: FACE }, null]);

  const words = await cli(['case', 'show', 'resumed', '--lang', 'en', '--data', data]);
  expect(words.out).toContain(`test for synthetic faces: 1.0.0 then, ${FACE} now`);
  expect(words.out).toContain('run: renew resumed');
});

test('what other versions examined is examined again as it was asked for, by name and as often as needed', async () => {
  await leftByAnEarlierProgram('renewed');
  await cli([...SCAN, '--case', 'renewed'], {}, work);
  const renewed = await cli(['renew', 'renewed', '--json', '--data', data]);
  expect(renewed.code).toBe(0);
  const lines = scanLines(renewed.out);
  expect(itemNamed(lines, 'one.png')).not.toHaveProperty('otherVersions');
  expect(lines.at(-1)).toEqual({ type: 'summary', items: 1, examined: 1, failed: 0 });
  expect(await show('renewed')).toEqual([null, null]);
  using c = await openCase(data, 'renewed');
  expect(listItems(c).map(({ sha256 }) => latestExaminedBy(c, sha256)?.settings)).toEqual([settings, settings]);
  c.close();
  const none = await cli(['renew', 'renewed', '--lang', 'en', '--data', data]);
  expect(none.out).toBe(
    'Nothing was examined with other versions than those installed, nor compared before samples were added or taken out. Case: renewed\n',
  );
});

test('a renewal that was interrupted goes on with its own plan', async () => {
  await leftByAnEarlierProgram('interrupted');
  {
    using c = await openCase(data, 'interrupted');
    finishJob(c, openJobs(c)[0]!.id, 'cancelled');
    const { sha256 } = listItems(c)[0]!;
    const request = { inputs: [], cwd: '', role: 'questioned', retention: 'copy', settings, renews: true } as const;
    const fingerprint = scanFingerprint({ ...request, items: [sha256, 'gone'], networks: { face: {}, voice: {} } });
    createJob(c, { ...request, fingerprint, entries: [{ item: sha256 }] });
  }
  const renewed = await cli(['renew', 'interrupted', '--lang', 'en', '--data', data]);
  expect(renewed.out).toContain('Going on with an unfinished scan');
  using c = await openCase(data, 'interrupted');
  expect(openJobs(c)).toEqual([]);
});

test('what cannot be examined again because its bytes are gone is named as that, not tried and failed', async () => {
  await examinedByAnEarlierProgram(data, 'gone', { files: pictures, examined: 2, cwd: work, settings });
  {
    using c = await openCase(data, 'gone');
    for (const { id } of c.db.all<{ id: string }>("SELECT id FROM vaultFiles WHERE kind = 'copy'"))
      rmSync(path.join(c.folder, 'vault', id.slice(0, 2), id));
  }
  const words = await cli(['renew', 'gone', '--lang', 'en', '--data', data]);
  expect(words.out).toContain('their bytes are gone (no copy in the case, no file where it lay): 2.');
  expect(words.out).toMatch(/^ {4}one\.png {2}SHA-256 [0-9a-f]{16}…\n {4}two\.png/m);
  expect(words.code).toBe(3);
  const { out } = await cli(['renew', 'gone', '--json', '--data', data]);
  expect(scanLines(out).slice(1)).toEqual([
    { type: 'summary', items: 0, examined: 0, failed: 0, gone: [expect.any(String), expect.any(String)] },
  ]);
  using c = await openCase(data, 'gone');
  expect(openJobs(c)).toEqual([]);
});
