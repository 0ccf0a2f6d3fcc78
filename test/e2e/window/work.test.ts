/** Work seen and steered from the window: paused, stopped, and what becomes of it when the engine or the whole host is killed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { makeWithFfmpeg, temporaryFolder } from '../../fixtures/media.ts';
import { buildRenderer, closeBrowser, dataFolder, endHosts, Host, OpenWindow, testInBrowser } from './browser.ts';

const work = temporaryFolder();
const at = (name: string) => path.join(work, name);
const PICTURES = Array.from({ length: 24 }, (_, n) => `picture ${n}.png`);

/** What stands last takes seconds on any machine: work with it is still in hand when somebody acts. */
const WITH_FILM = ['picture 0.png', 'picture 1.png', 'film.mp4'];

beforeAll(async () => {
  buildRenderer();
  makeWithFfmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=size=960x540:rate=25:duration=60'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', at('film.mp4')],
  );
  for (const [n, name] of PICTURES.entries()) {
    const who = HEADS[n % HEADS.length]!;
    writeFileSync(at(name), await scene(640, 480, [{ who, x: 120 + 4 * n, y: 60, size: 300 + n }]));
  }
});
afterEach(endHosts);
afterAll(closeBrowser);

const TOTAL = PICTURES.length;

/** Chooses the pictures and begins. */
async function begin({ page }: OpenWindow, names: readonly string[] = PICTURES): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(names.map(at));
  await page.getByRole('button', { name: /^(留存并检查|Keep a copy and examine)$/ }).click();
  await page.getByRole('heading', { name: /^(正在检查|Examining)$/ }).waitFor();
}

async function done(window: OpenWindow, atLeast: number): Promise<void> {
  for (;;) {
    const { work: now } = await window.ask('session.state', {});
    if (now.done >= atLeast) return;
    if (now.phase !== 'working') throw new Error(`the work is ${now.phase}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Processes that the host started, by what they run. */
function childrenOf(pid: number, entry: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return Number(parent) === pid && command.includes(entry) ? [Number(name)] : [];
      } catch {
        return [];
      }
    });
}

testInBrowser(
  'work is paused and goes on, is asked for when its page is closed, outlives its engine, and is stopped, from the window',
  async () => {
    const host = await Host.start(dataFolder('steered'));
    const window = await OpenWindow.open(host, { language: 'en' });
    const { page } = window;
    await begin(window);
    await window.button('Pause').click();
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    const { work: paused } = await window.ask('session.state', {});
    expect(paused.done).toBeLessThan(TOTAL);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await window.ask('session.state', {})).work.done).toBe(paused.done);
    await window.screenshot('work-paused-en');
    await window.button('Go on').click();
    await done(window, paused.done + 1);
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();

    const engines = childrenOf(host.child.pid!, 'engine');
    expect(engines.length).toBeGreaterThan(0);
    for (const engine of engines) process.kill(engine, 'SIGKILL');
    await page.getByRole('heading', { name: 'The examination has finished' }).waitFor();
    await page.getByText(`Finished ${TOTAL} of ${TOTAL}, of them 0 that could not be examined`).waitFor();
    expect(await window.button('See the answer').count()).toBe(TOTAL);
    await window.screenshot('work-finished-en');
    await window.ask('case.verify', {});

    await window.button('Examine another file').click();
    await begin(window, WITH_FILM);
    await window.button('Stop').click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    await window.screenshot('work-stopped-en');
    expect((await window.ask('session.state', {})).unfinished).toEqual([]);
    expect(window.faults).toEqual([]);
  },
);

testInBrowser(
  'a host that is killed leaves the case whole, the window says that it is gone, and the next start offers to go on',
  async () => {
    const data = dataFolder('killed');
    const host = await Host.start(data);
    const window = await OpenWindow.open(host, { language: 'zh' });
    await begin(window, WITH_FILM);
    await done(window, 1);
    await host.end('SIGKILL');
    await window.page.getByText('HOST_UNREACHABLE').first().waitFor();
    await window.screenshot('host-killed-zh');
    await window.close();

    const next = await OpenWindow.open(await Host.start(data), { language: 'zh' });
    const { page } = next;
    await page.getByText('上次的检查没有做完').waitFor();
    await next.screenshot('recovered-zh');
    await next.ask('case.verify', {});
    await page.getByRole('button', { name: '继续', exact: true }).click();
    await next.until('done', 'failed');
    const { rows } = await next.ask('items.page', { offset: 0, limit: 50 });
    expect(rows.map(({ name }) => name).sort()).toEqual([...WITH_FILM].sort());
    expect(rows.every(({ examinedAtMs }) => examinedAtMs !== null)).toBe(true);
    await page.getByText('上次的检查没有做完').waitFor({ state: 'hidden' });
    await next.ask('case.verify', {});
    expect(next.faults).toEqual([]);
  },
);

/** Presses Tab until what has the focus is called so. */
async function tabTo({ page }: OpenWindow, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    const focused = page.locator(':focus');
    // A summary has no role of its own: it is known by its words.
    const called = (await focused.count()) > 0 ? `${await focused.ariaSnapshot()} ${await focused.textContent()}` : '';
    if (name.test(called.slice(0, 300))) {
      const ring = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect([name.source, ring]).not.toEqual([name.source, 'none']);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`nothing called ${name} can be reached by Tab`);
}

testInBrowser('from the file to the letters by keyboard alone, with nothing that moves', async () => {
  const window = await OpenWindow.open(await Host.start(dataFolder('keys')), { language: 'en', reducedMotion: true });
  const { page } = window;
  const chosen = page.waitForEvent('filechooser');
  await tabTo(window, /button "Choose files"/);
  await page.keyboard.press('Enter');
  await (await chosen).setFiles(at(PICTURES[0]!));
  await page.getByRole('heading', { name: 'Before the copy' }).waitFor();
  await tabTo(window, /radio "Rather not say"/);
  await page.keyboard.press('ArrowLeft');
  await tabTo(window, /textbox "Where did you get it/);
  await page.keyboard.type('from a friend');
  await tabTo(window, /button "Keep a copy and examine"/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Where does it come from' }).waitFor();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element);
        return `${animationDuration}, ${transitionDuration}`.split(', ').some((time) => Number.parseFloat(time) > 0);
      })
      .map((element) => element.className),
  );
  expect(moving).toEqual([]);
  await tabTo(window, /button "Hold to see/);
  await tabTo(window, /Add my photos or recordings/);
  await page.keyboard.press('Enter');
  await page.getByLabel('Name', { exact: true }).waitFor();
  await tabTo(window, /button "Make the record, fill in letters"/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Report and letters' }).waitFor();
  await tabTo(window, /tab "Record"/);
  await page.keyboard.press('ArrowRight');
  await tabTo(window, /button "Save the draft: Notice to a platform/);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /^Download/ }).waitFor();
  await tabTo(window, /link "Download/);
  expect(window.faults).toEqual([]);
});
