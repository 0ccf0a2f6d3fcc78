import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCase, finishJob, recordExamination } from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import type { DerivedTemplate } from '../../../main/contract/engine.ts';
import { embeddingNetworks } from '../../../main/inference/registry.ts';
import { MODELS_FOLDER } from '../../../main/jobs/installation.ts';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { examinationOf, receiveOne } from '../../unit/cases/support.ts';
import { buildRenderer, closeBrowser, dataFolder, endHosts, Host, OpenWindow, testInBrowser } from './browser.ts';

const work = temporaryFolder();

beforeAll(buildRenderer);
afterEach(endHosts);
afterAll(closeBrowser);

const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

/** Pictures of which each is as alike to the first as the cosine of its degrees; the last kept nothing. */
async function caseOf(dataRoot: string, degrees: readonly number[]): Promise<void> {
  const c = await createCase(dataRoot, 'default');
  try {
    for (const [n, turned] of degrees.entries()) {
      const file = path.join(work, `seen-${n}.png`);
      writeFileSync(file, await scene(160, 160, [{ who: HEADS[0]!, x: 10, y: 10, size: 140 }], n + 1));
      const none = n === degrees.length - 1 ? { retention: 'none' as const } : {};
      const { entry, item } = await receiveOne(c, file, none);
      const face: DerivedTemplate = {
        subject: 'face-track:1',
        kind: 'face',
        modelId: 'face-likeness',
        models: embeddingNetworks(MODELS_FOLDER).face,
        quality: { sizePx: 120, sharpness: 40, yaw: 0 },
        seenWith: [],
        vector: at(turned),
      };
      const examination = examinationOf(item, { templates: [face], crops: [] });
      await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
      finishJob(c, entry.jobId, 'done');
    }
  } finally {
    c.close();
  }
}

testInBrowser(
  'who appears over a case: empty, grouped by keyboard, in both languages, and the table by group',
  async () => {
    const data = dataFolder('persons');
    // To the first two, 75 degrees lie between the limits and 160 far below.
    await caseOf(data, [0, 10, 75, 160, 0]);
    const window = await OpenWindow.open(await Host.start(data), { language: 'en' });
    const { page } = window;
    await window.ask('preferences.set', { language: 'en', theme: 'light', mode: 'examiner' });
    await page.reload();
    await window.go('Persons');
    await page.getByText('This case was not grouped yet.').waitFor();
    expect(await window.accessibilityFaults()).toEqual([]);

    await window.button('Group now').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Distinct persons, estimated: 2 to 3. Appearances compared: 4;').waitFor();
    await page.getByText('Left open whether these belong to it: Face group 2').waitFor();
    await page.getByText('No voice could be compared.').waitFor();
    await page.getByText('Questioned items: 5. Not compared: 1 of which no features are kept').waitFor();
    expect(await page.getByText('Face group 3').count()).toBe(0);
    await window.button('Show those that appear once (1)').press('Enter');
    await page.getByText('Face group 3').waitFor();
    await page.locator('summary').first().press('Enter');
    await page.getByText('face-recognition').waitFor();
    expect(await window.accessibilityFaults()).toEqual([]);
    await window.screenshot('persons-en');

    await window.go('Items');
    await page.getByLabel('Grouping').first().click();
    await page.getByRole('option', { name: 'By like face or voice' }).click();
    await page.getByText('Face group 1').waitFor();
    expect(await window.accessibilityFaults()).toEqual([]);

    await window.ask('preferences.set', { language: 'zh', theme: 'dark', mode: 'examiner' });
    await page.reload();
    await window.go('出现的人');
    await page.getByText('不同的人估计 2 至 3 个。比较了 4 处').waitFor();
    expect(await window.accessibilityFaults()).toEqual([]);
    await window.screenshot('persons-zh-dark');
    expect(window.faults).toEqual([]);
  },
);
