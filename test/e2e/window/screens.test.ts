/**
 * Every screen in every theme: axe-core finds nothing on it, and its picture is kept as a build artefact. The case behind them
 * holds what a case can hold: a picture with faces, a film, a recording, a file that cannot be examined, a person.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestInput } from '../../../main/contract/ipc.ts';
import { say } from '../../../main/strings/index.ts';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { writeNumberedFilm } from '../../fixtures/numbered-film.ts';
import { buildRenderer, closeBrowser, dataFolder, endHosts, Host, OpenWindow, testInBrowser } from './browser.ts';

const work = temporaryFolder();
const at = (name: string) => path.join(work, name);

type Theme = Exclude<RequestInput<'preferences.set'>['theme'], 'system'>;
type Language = 'zh' | 'en';

/** Each theme once, the languages among them. */
const LOOKS: readonly (readonly [Theme, Language])[] = [
  ['light', 'zh'],
  ['dark', 'en'],
  ['contrast', 'en'],
];

/** Each theme by its ground: that it is worn at all. */
const GROUNDS: Readonly<Record<Theme, string>> = {
  light: 'rgb(251, 250, 247)',
  dark: 'rgb(20, 22, 26)',
  contrast: 'rgb(255, 255, 255)',
};

const GROUP_PHOTO = '聚会 party.png';

beforeAll(async () => {
  buildRenderer();
  const [a, b] = HEADS;
  writeFileSync(
    at(GROUP_PHOTO),
    await scene(1200, 800, [
      { who: a!, x: 120, y: 120, size: 420 },
      { who: b!, x: 660, y: 140, size: 400 },
    ]),
  );
  writeFileSync(at('portrait.png'), await scene(800, 800, [{ who: a!, x: 170, y: 120, size: 460 }]));
  writeFileSync(at('me.png'), await scene(800, 800, [{ who: a!, x: 150, y: 120, size: 440 }]));
  writeFileSync(at('broken.jpg'), Buffer.from('ffd8ffe000104a464946', 'hex'));
  writeFileSync(
    at('dialogue.opus'),
    readFileSync(path.resolve(import.meta.dirname, '../../fixtures/speech/dialogue.opus')),
  );
  await writeNumberedFilm(at('clip.mp4'), at('frames'));
});
afterEach(endHosts);
afterAll(closeBrowser);

/** The window with what it says in the language of the look. */
class Walk {
  readonly window: OpenWindow;
  readonly faults: string[] = [];
  #look: readonly [Theme, Language] = LOOKS[0]!;

  constructor(window: OpenWindow) {
    this.window = window;
  }

  say = (id: string): string => say(this.#look[1], id);

  async wear(look: readonly [Theme, Language], mode: 'victim' | 'examiner'): Promise<void> {
    this.#look = look;
    const [theme, language] = look;
    await this.window.ask('preferences.set', { theme, language, mode, examiner: 'Dr. Lin' });
    await this.window.page.reload();
    await this.window.page.locator('h1').first().waitFor();
    const ground = await this.window.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect([theme, ground]).toEqual([theme, GROUNDS[theme]]);
  }

  mustFit(name: string, width: number, room: number): void {
    if (width > room) this.faults.push(`${name}: ${width} px wide in a window of ${room}`);
  }

  async see(name: string): Promise<void> {
    const { page } = this.window;
    await page.waitForFunction(() => !document.querySelector('.mantine-Loader-root, [aria-busy=true]'));
    const [theme, language] = this.#look;
    await this.window.screenshot(`${name}-${theme}-${language}`);
    for (const fault of await this.window.accessibilityFaults()) this.faults.push(`${name} ${theme}: ${fault}`);
  }
}

async function fill(window: OpenWindow): Promise<void> {
  const source = (...names: string[]) => ({ from: 'paths' as const, paths: names.map(at) });
  await window.ask('person.add', {
    source: source('me.png'),
    name: '小安 An',
    basis: 'own',
    purpose: 'comparison with questioned files',
    retainUntil: '2099-01-01',
  });
  await window.ask('scan.start', {
    source: source(GROUP_PHOTO, 'portrait.png', 'clip.mp4', 'dialogue.opus', 'broken.jpg'),
    keep: 'copy',
    depth: 'quick',
    receivedAs: 'group chat, 24 November',
  });
  await window.until('done', 'failed');
}

testInBrowser('every screen of a full case is clean in every theme, and its picture is kept', async () => {
  const window = await OpenWindow.open(await Host.start(dataFolder('screens')), { language: 'zh' });
  const { page } = window;
  await fill(window);
  const walk = new Walk(window);
  const { say: words } = walk;
  for (const look of LOOKS) {
    await walk.wear(look, 'victim');
    await walk.see('start');
    await page.getByText(words('ui.help.title')).click();
    await page.getByText(words('ui.help.women')).waitFor();
    await walk.see('help');
    await page.locator('input[type=file]').first().setInputFiles(at('portrait.png'));
    await page.getByRole('heading', { name: words('ui.before.title') }).waitFor();
    await walk.see('before-copy');
    await window.go(words('ui.way.mine'));
    await page.getByText(GROUP_PHOTO).waitFor();
    await walk.see('my-files');
    await page.getByText(GROUP_PHOTO).click();
    await page.getByRole('heading', { name: words('ui.card.likeness') }).waitFor();
    await page.locator('main img').first().waitFor();
    await window.screenshot(`answer-${look.join('-')}`);
    for (const how of await page.getByText(words('ui.card.how')).all()) await how.click();
    await walk.see('answer-opened');
    await page.getByRole('heading', { name: words('ui.next.title') }).scrollIntoViewIfNeeded();
    await window.screenshot(`next-steps-${look.join('-')}`);
    await window.go(words('ui.way.people'));
    await page.getByRole('heading', { name: '小安 An' }).waitFor();
    await walk.see('people');
    await window.go(words('ui.way.report'));
    for (const part of ['letters', 'facts', 'package', 'hashes', 'cover', 'check', 'record']) {
      await page.getByRole('tab', { name: words(`ui.dossier.part.${part}`), exact: true }).click();
      await walk.see(`report-${part}`);
    }
    await window.go(words('ui.way.case'));
    await page.getByRole('heading', { name: words('ui.custody.title') }).waitFor();
    await walk.see('case');
    await page.getByRole('button', { name: words('ui.erase.case') }).click();
    await page.getByRole('dialog').waitFor();
    await walk.see('erase-dialog');
    await page.keyboard.press('Escape');
    await window.go(words('ui.way.settings'));
    await page.getByText(words('ui.settings.ffmpeg')).first().waitFor();
    await walk.see('settings');

    await walk.wear(look, 'examiner');
    await window.go(words('ui.way.items'));
    const grid = page.getByRole('grid');
    await grid.getByText(GROUP_PHOTO).click();
    await page.getByRole('tab').first().waitFor();
    await walk.see('items');
    for (const [name, picture] of [
      [GROUP_PHOTO, 'picture'],
      ['clip.mp4', 'film'],
      ['dialogue.opus', 'sound'],
      ['broken.jpg', 'failed'],
    ] as const) {
      await grid.getByText(name).dblclick();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      const look = page.getByRole('button', { name: words('ui.viewer.reveal') });
      if (picture !== 'failed' && (await look.isVisible())) {
        if (picture === 'picture') await walk.see('viewer-covered');
        await look.click();
      }
      if (picture === 'picture') await page.locator('canvas').first().waitFor();
      if (picture === 'film') await page.getByTestId('moment').filter({ hasText: '40' }).waitFor();
      if (picture === 'sound') await page.getByRole('img', { name: words('ui.viewer.spectrogram') }).waitFor();
      await walk.see(`viewer-${picture}`);
      if (picture === 'picture') {
        for (const tab of await page.getByRole('tab').all()) {
          await tab.click();
          await walk.see(
            `inspector-${(await page.getByRole('tab').allTextContents()).indexOf((await tab.textContent())!)}`,
          );
        }
      }
      await page.getByRole('button', { name: words('ui.back'), exact: true }).click();
      await grid.waitFor();
    }
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: words('ui.items.compare') }).click();
    await page.getByRole('table').waitFor();
    await walk.see('compare');
    await window.go(words('ui.way.queue'));
    await page.getByText('broken.jpg').waitFor();
    await walk.see('queue');
    await window.go(words('ui.way.cases'));
    await page.getByText(words('ui.case.default')).first().waitFor();
    await walk.see('cases');
    await window.go(words('ui.way.models'));
    await page.getByText(words('ui.models.card')).first().click();
    await page.locator('pre').first().waitFor();
    await walk.see('models');
  }

  // At 320 px everything that is no table stands in one column (WCAG 1.4.10); at 640 px, a window enlarged twice, so do the tables' screens.
  await walk.wear(['light', 'en'], 'victim');
  await page.setViewportSize({ width: 320, height: 640 });
  for (const way of ['start', 'mine', 'people', 'report', 'case', 'settings'] as const) {
    await window.go(words(`ui.way.${way}`));
    await walk.see(`narrow-${way}`);
    walk.mustFit(way, await page.evaluate(() => document.documentElement.scrollWidth), 320);
  }
  await window.go(words('ui.way.mine'));
  await page.getByText(GROUP_PHOTO).click();
  await page.getByRole('heading', { name: words('ui.card.likeness') }).waitFor();
  await walk.see('narrow-answer');
  walk.mustFit('answer', await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.setViewportSize({ width: 640, height: 400 });
  await walk.wear(['light', 'en'], 'examiner');
  for (const way of ['items', 'queue', 'cases', 'models'] as const) {
    await window.go(words(`ui.way.${way}`));
    await walk.see(`twice-${way}`);
    walk.mustFit(way, await page.evaluate(() => document.documentElement.scrollWidth), 640);
  }
  expect(walk.faults).toEqual([]);
  expect(window.faults).toEqual([]);
});

testInBrowser(
  'with nothing in it, without a case, and without its host every screen says what is so and what to do',
  async () => {
    const data = dataFolder('empty');
    const host = await Host.start(data);
    const window = await OpenWindow.open(host, { language: 'en' });
    const { page } = window;
    const walk = new Walk(window);
    const { say: words } = walk;
    await walk.wear(['light', 'en'], 'examiner');
    for (const way of ['items', 'people', 'queue', 'report', 'models'] as const) {
      await window.go(words(way === 'people' ? 'ui.people.title' : `ui.way.${way}`));
      await walk.see(`empty-${way}`);
    }
    await walk.wear(['light', 'en'], 'victim');
    await window.go(words('ui.way.mine'));
    await page.getByText(words('ui.mine.none')).waitFor();
    await walk.see('empty-my-files');

    // The same case in a second window: refused, and said.
    const second = await OpenWindow.open(await Host.start(data), { language: 'en' });
    await second.page.getByText('CASE_LOCKED').waitFor();
    const locked = new Walk(second);
    await locked.wear(['light', 'en'], 'victim');
    await locked.see('case-locked');
    await second.close();

    await window.ask('case.close', {});
    await page.reload();
    for (const way of ['case', 'report'] as const) {
      await window.go(words(`ui.way.${way}`));
      await page.getByText(words('ui.case.none')).waitFor();
      await walk.see(`no-case-${way}`);
    }
    await host.end('SIGKILL');
    await page.getByText('HOST_UNREACHABLE').waitFor();
    await walk.see('host-gone');
    expect([...walk.faults, ...locked.faults]).toEqual([]);
  },
);
