import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Params } from '../../../main/contract/errors.ts';
import { say } from '../../../main/strings/index.ts';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { buildRenderer, closeBrowser, dataFolder, endHosts, Host, OpenWindow, testInBrowser } from './browser.ts';

const work = temporaryFolder();
const at = (name: string) => path.join(work, name);

beforeAll(async () => {
  buildRenderer();
  const head = (n: number, size: number, yaw: number) =>
    scene(520, 520, [{ who: HEADS[0]!, x: 40, y: 40, size, pose: { yaw } }], n);
  for (const [n, yaw] of [0, 8, -8, 4].entries())
    writeFileSync(at(`own-${n}.png`), await head(n + 1, 400 + 10 * n, yaw));
  writeFileSync(at('questioned.png'), await head(9, 430, -4));
});
afterEach(endHosts);
afterAll(closeBrowser);

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  const words = (id: string, params: Params = {}) => say(language, id, params);

  testInBrowser(
    `a person gets a further sample and loses one by keyboard, and an answer from before says so, in ${language}`,
    async () => {
      const window = await OpenWindow.open(await Host.start(dataFolder(`people-${language}`)), { language });
      const { page } = window;
      const source = (...names: string[]) => ({ from: 'paths' as const, paths: names.map(at) });
      const terms = { name: '小安', basis: 'own', purpose: 'p', retainUntil: '2099-01-01' } as const;
      await window.ask('person.add', { ...terms, source: source('own-0.png', 'own-1.png') });
      await window.ask('scan.start', { source: source('questioned.png'), keep: 'copy', depth: 'quick' });
      const item = (await window.until('done')).items[0]!.sha256!;

      await window.go(words('ui.way.people'));
      await page.getByText(words('ui.reference.add-to', { name: terms.name })).press('Enter');
      await page
        .getByText(words('ui.reference.same-terms', { until: language === 'zh' ? '2099年1月1日' : '1 Jan 2099' }))
        .waitFor();
      await choose(window, words('ui.reference.choose'), 'own-0.png', 'own-2.png');
      await window.button(words('ui.reference.act-only')).press('Enter');
      await page.getByText(words('ui.reference.taken', { name: 'own-2.png' })).waitFor();
      const refused = words('ui.reference.refused', { name: 'own-0.png', why: words('reason.sample-known') });
      expect(await page.getByText(refused).count()).toBe(1);

      await page.getByText(words('ui.people.samples', { count: 3 })).press('Enter');
      await page.getByRole('cell', { name: 'own-2.png', exact: true }).waitFor();
      expect(await page.locator('tbody tr td:nth-child(2)').allTextContents()).toEqual([
        'own-0.png',
        'own-1.png',
        'own-2.png',
      ]);
      expect(await window.accessibilityFaults()).toEqual([]);
      await window.screenshot(`people-samples-${language}`);

      await window.button(words('ui.people.take-out-of', { sample: '1 (own-0.png)' })).press('Enter');
      await page.getByText(words('ui.people.take-out-text', { name: terms.name })).waitFor();
      await page.waitForFunction((cancel) => document.activeElement?.textContent === cancel, words('ui.cancel'));
      await window.screenshot(`people-take-out-${language}`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText(words('ui.people.taken-out', { sample: 1 })).waitFor();
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'status');
      await window.button(words('ui.people.take-out-of', { sample: '2 (own-1.png)' })).press('Enter');
      await page.waitForFunction((cancel) => document.activeElement?.textContent === cancel, words('ui.cancel'));
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText(words('ui.people.last-sample')).waitFor();
      expect(await window.button(new RegExp(words('ui.people.take-out'))).count()).toBe(0);
      expect(await window.accessibilityFaults()).toEqual([]);
      await window.screenshot(`people-last-sample-${language}`);
      expect(await window.ask('person.list', {})).toMatchObject({
        people: [{ ...terms, samples: [{ id: 3, name: 'own-2.png', apart: null }] }],
      });

      await window.go(words('ui.way.mine'));
      await page.getByText('questioned.png').first().click();
      const changed = page.getByText(words('reason.likeness.samples-changed'));
      await changed.waitFor();
      await page.getByText(words('ui.reference.add-another')).press('Enter');
      await page.getByLabel(terms.name, { exact: true }).waitFor();
      await choose(window, words('ui.reference.choose'), 'own-3.png');
      await window.screenshot(`people-answer-${language}`);
      await window.button(words('ui.examine-again')).press('Enter');
      await changed.waitFor({ state: 'detached' });
      expect(await samplesComparedWith(window, item)).toBe(1);
      await window.button(words('ui.reference.act')).press('Enter');
      await page.getByText(words('ui.reference.taken', { name: 'own-3.png' })).waitFor();
      while ((await samplesComparedWith(window, item)) !== 2) await page.waitForTimeout(200);

      await changed.waitFor({ state: 'detached' });
      await page.getByLabel(words('ui.reference.somebody-new')).check();
      await page.getByLabel(words('ui.reference.name'), { exact: true }).waitFor();
      expect(await window.accessibilityFaults()).toEqual([]);

      const [person] = (await window.ask('person.list', {})).people;
      await window.ask('person.removeSample', { person: person!.id, sample: 3 });
      await window.ask('preferences.set', { language, theme: 'dark', mode: 'examiner' });
      await page.reload();
      await window.go(words('ui.way.items'));
      await page.getByRole('grid').getByText(words('ui.items.samples-changed')).waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.press('Enter');
      await window.button(words('ui.examine-again')).waitFor();
      expect(await changed.count()).toBe(1);
      expect(await window.accessibilityFaults()).toEqual([]);
      await window.screenshot(`people-inspector-${language}`);
      expect(window.faults).toEqual([]);
      await window.close();
    },
  );
});

/** Of the face of the item, in its last examination. */
async function samplesComparedWith(window: OpenWindow, item: string): Promise<number> {
  const { examination } = await window.ask('item.answer', { item });
  const compared = examination!.outcomes.find(({ analyzer }) => analyzer === 'face-likeness');
  return Number(compared?.examined.find((one) => one.startsWith('samples:'))?.slice('samples:'.length));
}

async function choose(window: OpenWindow, button: string, ...names: readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([window.page.waitForEvent('filechooser'), window.button(button).first().click()]);
  await chooser.setFiles(names.map(at));
}
