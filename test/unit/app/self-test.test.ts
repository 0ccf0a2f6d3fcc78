import { readFileSync } from 'node:fs';
import path from 'node:path';
import { selfTest } from '../../../main/app/self-test.ts';
import { forkEngine } from '../../../main/jobs/fork-engine.ts';
import { forkViewer } from '../../../main/window/viewer-host.ts';
import { temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';

const folder = temporaryFolder();

testWithFfmpeg('the self-test does vault, database, picture, clip and voice, and writes what came of it', async () => {
  const file = path.join(folder, 'result.json');
  const result = await selfTest(file, { startEngine: forkEngine, startViewer: forkViewer });
  expect(result.steps.filter((s) => !s.ok)).toEqual([]);
  expect(result.steps.map((s) => s.step)).toEqual(['vault', 'scan', 'picture', 'clip', 'voice', 'viewer', 'database']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(result);
  expect(result.versions.electron).toBeUndefined();
});

test('an engine that does not start is told with a code, not thrown', async () => {
  const file = path.join(folder, 'failed.json');
  const dead = () => ({
    send: () => {},
    onEvent: () => {},
    onAnswer: () => {},
    onExit: (l: () => void) => setTimeout(l),
    kill: () => {},
  });
  const result = await selfTest(file, { startEngine: dead, startViewer: dead });
  expect(result.ok).toBe(false);
  expect(result.steps.find((s) => s.step === 'vault')?.ok).toBe(true);
  expect(result.steps.find((s) => s.step === 'picture')?.ok).toBe(false);
});
