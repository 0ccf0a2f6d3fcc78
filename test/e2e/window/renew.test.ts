/** What an earlier program examined: said in simple and examiner mode, and examined again from both. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openCase } from '../../../main/cases/index.ts';
import { ANALYZER_VERSIONS } from '../../../main/contract/versions.ts';
import { examinedByAnEarlierProgram } from '../../fixtures/earlier-case.ts';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { buildRenderer, closeBrowser, dataFolder, endHosts, Host, OpenWindow, testInBrowser } from './browser.ts';

const work = temporaryFolder();
const files = ['first.png', 'second.png', 'third.png'].map((name) => path.join(work, name));

const sample = path.join(work, 'sample.png');

beforeAll(async () => {
  buildRenderer();
  for (const [n, file] of files.entries())
    writeFileSync(file, await scene(320, 320, [{ who: HEADS[n]!, x: 20, y: 20, size: 280 }]));
  writeFileSync(sample, await scene(520, 520, [{ who: HEADS[0]!, x: 40, y: 40, size: 400 }]));
});
afterEach(endHosts);
afterAll(closeBrowser);

const SAID = 'It was examined with other versions than those installed now.';

async function mode(window: OpenWindow, chosen: 'victim' | 'examiner'): Promise<void> {
  await window.ask('preferences.set', { language: 'en', theme: 'light', mode: chosen });
  await window.page.reload();
}

testInBrowser(
  'an older answer says so, with what differs, and is examined again from its card or all at once',
  async () => {
    const data = dataFolder('renewed');
    const settings = { fps: 4, depth: 'quick' } as const;
    await examinedByAnEarlierProgram(data, 'default', { files, examined: 3, cwd: work, settings });
    const window = await OpenWindow.open(await Host.start(data), { language: 'en' });
    const { page } = window;
    await mode(window, 'victim');
    await window.go('My files');
    await window.button(/first\.png/).click();
    await page.getByText(SAID).waitFor();
    await page.getByText('What differs').click();
    await page.getByText(`test for synthetic faces: 1.0.0 then, ${ANALYZER_VERSIONS['synthetic-face']} now`).waitFor();
    await page.getByText('model face-features: aaaaaaaaaaaa then').waitFor();
    await window.screenshot('answer-other-versions-en');
    expect(await window.accessibilityFaults()).toEqual([]);
    await window.button('Examine it again').click();
    await page.getByText(SAID).waitFor({ state: 'detached' });

    await mode(window, 'examiner');
    await window.go('Items');
    const rows = page.getByRole('grid').locator('tbody tr');
    await rows.filter({ hasText: 'by other versions' }).nth(1).waitFor();
    expect(await rows.filter({ hasText: 'by other versions' }).count()).toBe(2);
    await rows.filter({ hasText: 'second.png' }).click();
    const pane = page.getByRole('complementary', { name: 'Inspector' });
    await pane.getByText(SAID).waitFor();
    await window.screenshot('items-other-versions-en');
    await pane.getByRole('tab', { name: 'Outcomes' }).click();
    await pane.getByText('Version installed now').first().waitFor();

    await window.button('Filter').click();
    await page.getByLabel('examined with other versions').click();
    await page.keyboard.press('Escape');
    await page.getByText('2 of 3').waitFor();
    await window.screenshot('items-renew-en');
    await window.button('Examine all of them again').click();
    await page.getByText('0 of 3').waitFor();
    await window.until('done');
    expect(window.faults).toEqual([]);
  },
);

testInBrowser('what cannot be examined again because its bytes are gone is counted apart and named', async () => {
  const data = dataFolder('gone');
  const settings = { fps: 4, depth: 'quick' } as const;
  await examinedByAnEarlierProgram(data, 'default', { files, examined: 3, cwd: work, settings });
  {
    using c = await openCase(data, 'default');
    const { id } = c.db.get<{ id: string }>("SELECT id FROM vaultFiles WHERE kind = 'copy' ORDER BY rowid LIMIT 1")!;
    rmSync(path.join(c.folder, 'vault', id.slice(0, 2), id));
  }
  const window = await OpenWindow.open(await Host.start(data), { language: 'en' });
  await mode(window, 'examiner');
  await window.go('Items');
  await window.page.getByText(/than those of now: 2\./).waitFor();
  await window.page.getByText(/their bytes are gone .+: 1 \(first\.png\)\./).waitFor();
  expect(await window.accessibilityFaults()).toEqual([]);
  await window.screenshot('items-gone-en');
  expect(window.faults).toEqual([]);
});

testInBrowser(
  'what was examined while nobody was enrolled is offered for comparison once somebody is, and compared all at once',
  async () => {
    const window = await OpenWindow.open(await Host.start(dataFolder('enrolled-later')), { language: 'en' });
    const { page } = window;
    const source = (...paths: string[]) => ({ from: 'paths' as const, paths });
    await window.ask('scan.start', { source: source(...files), keep: 'copy', depth: 'quick' });
    const lines = (await window.until('done')).items;
    await mode(window, 'examiner');
    await window.go('People to compare with');
    await page.getByText('Nobody is enrolled yet.').waitFor();
    expect(await window.button('Examine all of them again').count()).toBe(0);

    await page.getByText('Add my photos or recordings to compare with').click();
    await page.getByLabel('Name', { exact: true }).fill('An');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      window.button('Choose photos or recordings').click(),
    ]);
    await chooser.setFiles(sample);
    await window.button('Add').click();
    await page.getByText('sample.png: can be used').waitFor();
    await page.getByText(/compared with other samples, than those of now: 3\./).waitFor();
    expect(await window.accessibilityFaults()).toEqual([]);
    await window.button('Examine all of them again').scrollIntoViewIfNeeded();
    await window.screenshot('people-renewable-en');

    await window.go('Items');
    const rows = page.getByRole('grid').locator('tbody tr');
    await rows.filter({ hasText: 'samples changed since' }).nth(2).waitFor();
    await window.screenshot('items-renewable-en');
    await window.button('Examine all of them again').click();
    await window.button('Examine all of them again').waitFor({ state: 'detached' });
    for (const { sha256 } of lines) {
      const { examination } = await window.ask('item.answer', { item: sha256! });
      expect(examination!.findings.map(({ reference }) => reference)).toContain('An');
    }
    expect(await rows.filter({ hasText: 'samples changed since' }).count()).toBe(0);
    expect(window.faults).toEqual([]);
  },
);
