import { randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCase, recordExamination } from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { DEFAULT_PREFERENCES } from '../../../main/contract/ipc.ts';
import { forkEngine } from '../../../main/jobs/fork-engine.ts';
import type { WindowHost } from '../../../main/window/host.ts';
import { WindowSession } from '../../../main/window/session.ts';
import { scene } from '../../fixtures/heads.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { until } from '../../fixtures/until.ts';
import { examinationOf, receiveOne } from '../cases/support.ts';

const folder = temporaryFolder();
const former = process.env.FFMPEG_PATH;
afterEach(() => {
  if (former === undefined) delete process.env.FFMPEG_PATH;
  else process.env.FFMPEG_PATH = former;
});

/** Phases of the work that the window was told of, in order. */
let phases: string[] = [];
beforeEach(() => {
  phases = [];
});

function sessionOn(dataRoot: string): WindowSession {
  const host = {
    kind: 'browser',
    dataRoot,
    cwd: folder,
    capabilities: [],
    secret: {},
    locate: (source: { paths: string[] }) => ({ inputs: source.paths, receivedAs: null, release: async () => {} }),
    emit: (name: string, { phase }: { phase?: string }) => {
      if (name === 'work') phases.push(phase!);
    },
    startEngine: forkEngine,
  };
  return new WindowSession(host as unknown as WindowHost);
}

async function finished(): Promise<void> {
  await until(() => ['done', 'failed'].includes(phases.at(-1)!), 120_000);
  phases = [];
}

const start = { keep: 'copy', role: 'questioned', depth: 'quick', receivedAs: null } as const;

test('a kept file of which a part could not be read is not told as examined, and an ffmpeg chosen later reads it', async () => {
  const speech = path.join(folder, 'speech.opus');
  copyFileSync(path.join(import.meta.dirname, '../../fixtures/speech/en-low.opus'), speech);
  const whole = path.join(folder, 'whole.png');
  writeFileSync(whole, await scene(160, 120, []));
  const cut = path.join(folder, 'cut.png');
  const bytes = readFileSync(whole);
  writeFileSync(cut, bytes.subarray(0, bytes.length - 20));
  await using session = sessionOn(path.join(folder, 'parts'));
  const { handlers } = session;
  await handlers['preferences.set']({ ...DEFAULT_PREFERENCES, ffmpeg: '/no/such/ffmpeg' });
  await handlers['scan.start']({ ...start, source: { from: 'paths', paths: [speech, cut, whole] } } as never);
  await finished();
  const kept = async () => {
    const { items } = await handlers['items.kept']({ before: null });
    return Object.fromEntries(items.map(({ name, examined }) => [name, examined]));
  };
  expect(await kept()).toEqual({ 'speech.opus': 'partly', 'cut.png': 'partly', 'whole.png': 'whole' });
  await handlers['preferences.set']({ ...DEFAULT_PREFERENCES, ffmpeg: null });
  const { items } = await handlers['items.kept']({ before: null });
  await handlers['scan.again']({ item: items.find(({ name }) => name === 'speech.opus')!.sha256 } as never);
  await finished();
  expect((await kept())['speech.opus']).toBe('whole');
});

test('examining again keeps the settings that the item was examined with', async () => {
  const dataRoot = path.join(folder, 'again');
  const picture = path.join(folder, 'again.png');
  writeFileSync(picture, await scene(160, 120, []));
  let sha256 = '';
  {
    using c = await createCase(dataRoot, 'default', { app: 'test' });
    const { entry, item } = await receiveOne(c, picture);
    const examination = examinationOf(item);
    await recordExamination(c, {
      entry,
      examination,
      settings: { ...DEFAULT_SETTINGS, fps: 2, depth: 'quick' },
      startedAtMs: 1,
    });
    sha256 = item.sha256;
  }
  await using session = sessionOn(dataRoot);
  await session.handlers['scan.again']({ item: sha256 } as never);
  await finished();
  const { examination } = await session.handlers['item.answer']({ item: sha256 });
  expect(examination!.settings).toEqual({ fps: 2, depth: 'quick' });
  expect(examination!.startedAtMs).toBeGreaterThan(1);
});

test('a sample is not taken out under an examination that compares with it', async () => {
  const picture = path.join(folder, 'compared.png');
  writeFileSync(picture, await scene(160, 120, []));
  await using session = sessionOn(path.join(folder, 'compared'));
  const { handlers } = session;
  const takeOut = () => handlers['person.removeSample']({ person: randomUUID(), sample: 1 });
  await handlers['scan.start']({ ...start, source: { from: 'paths', paths: [picture] } } as never);
  await expect(takeOut()).rejects.toMatchObject({ code: 'WORK_IN_PROGRESS' });
  await finished();
  await expect(takeOut()).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
});
