/** The life of what is kept, in the window: opened, protected, exported, brought, moved, refused to a second, and erased. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportCase, openCase } from '../../../main/cases/index.ts';
import { examinedByAnEarlierProgram } from '../../fixtures/earlier-case.ts';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { runTool } from '../../tools.ts';
import { cli } from '../cli.ts';
import { buildRenderer, closeBrowser, endHosts, Host, OpenWindow, testInBrowser } from './browser.ts';

const work = temporaryFolder();
const at = (name: string) => path.join(work, name);

beforeAll(buildRenderer);
afterEach(endHosts);
afterAll(closeBrowser);

testInBrowser(
  'a case is protected, exported, brought under another name, refused to a second, and erased with all that is kept',
  async () => {
    writeFileSync(at('photo.png'), await scene(400, 400, [{ who: HEADS[0]!, x: 100, y: 60, size: 220 }]));
    const data = at('data');
    const window = await OpenWindow.open(await Host.start(data), { language: 'en' });
    const { page } = window;
    await window.ask('preferences.set', { language: 'en', theme: 'light', mode: 'examiner' });
    await page.reload();
    await window.go('All cases');
    await page.getByLabel('Name', { exact: true }).fill('Family');
    await window.button('Make the case').click();
    await page.getByRole('heading', { name: 'Family' }).waitFor();
    await window.ask('scan.start', {
      source: { from: 'paths', paths: [at('photo.png')] },
      keep: 'copy',
      depth: 'quick',
    });
    await window.until('done');

    await page.getByLabel('New passphrase').fill('four words of mine');
    await page.getByLabel('Once more').fill('four words of min');
    await page.getByText('The two differ').waitFor();
    await page.getByLabel('Once more').fill('four words of mine');
    await window.button('Open with passphrase and recovery code from now on').click();
    const code = (
      await page
        .locator('pre, code')
        .filter({ hasText: /^([A-Z0-9]{4,}-){3,}/ })
        .first()
        .innerText()
    ).trim();
    writeFileSync(at('sheet.pdf'), await page.pdf({ format: 'A4' }));
    const sheet = runTool('pdftotext', ['-layout', at('sheet.pdf'), '-']).text;
    expect(sheet).toContain(code);
    expect(sheet).toContain('case “Family”');
    expect(sheet).not.toContain('Erase this case');
    expect(sheet.split('\f').filter((text) => text.trim() !== '')).toHaveLength(1);
    await window.screenshot('recovery-sheet-en');
    expect(await window.accessibilityFaults()).toEqual([]);

    const second = await cli(['case', 'show', 'Family', '--data', data, '--lang', 'en'], {
      JIANZHEN_PASSPHRASE: 'four words of mine',
    });
    expect(second.code).toBe(4);
    expect(second.err).toContain('CASE_LOCKED');

    await window.button('Export the case').click();
    const link = page.getByRole('link', { name: /^Download/ });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    writeFileSync(at('family.zip'), readFileSync((await download.path())!));

    await window.go('All cases');
    await window.button('Close the case').click();
    const family = page.getByRole('listitem').filter({ hasText: 'Family' });
    await family.getByRole('button', { name: 'Open' }).click();
    const secret = page.getByLabel('Passphrase or recovery code (Enter opens)');
    await secret.fill('not mine');
    await secret.press('Enter');
    await page.getByText('VAULT_WRONG_PASSPHRASE').waitFor();
    await secret.fill(code);
    await secret.press('Enter');
    await page.getByRole('heading', { name: 'Family' }).waitFor();

    await window.go('All cases');
    const bring = page.locator('input[type=file]');
    expect((await bring.getAttribute('accept'))?.split(',')).toContain(path.extname(download.suggestedFilename()));
    await bring.setInputFiles(at('family.zip'));
    await page.getByText('CASE_EXISTS').waitFor();
    await page.getByLabel('Its name on this computer').fill('Family, brought');
    await bring.setInputFiles(at('family.zip'));
    await page.getByText('Imported the case “Family, brought”.').waitFor();
    expect(await page.getByText('had not come to').count()).toBe(0);
    const line = page.getByRole('listitem').filter({ hasText: 'Family, brought' });
    await line.getByRole('button', { name: 'Open' }).click();
    await secret.fill('four words of mine');
    await secret.press('Enter');
    await page.getByRole('heading', { name: 'Family, brought' }).waitFor();
    expect(await window.ask('case.detail', {})).toMatchObject({ items: 1, examined: 1 });
    await window.screenshot('case-brought-en');

    await window.button('Erase this case').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Type Family, brought to confirm').fill('Family, brought');
    await window.screenshot('erase-case-en');
    await dialog.getByRole('button', { name: 'Erase this case' }).click();
    await page.getByText(/^Erased: \d/).waitFor();
    expect((await window.ask('case.list', {})).cases.map(({ name }) => name)).toEqual(['Family', 'default']);

    await window.go('All cases');
    await page.getByText(/^Traces of the encrypted files may remain/).waitFor();
    await window.button('Erase all cases, keys and packs').click();
    await dialog.getByLabel('Type erase to confirm').fill('erase');
    await dialog.getByRole('button', { name: 'Erase all cases, keys and packs' }).click();
    await page.getByText(/^Erased: \d/).waitFor();
    await window.screenshot('erased-all-en');
    expect(existsSync(path.join(data, 'cases'))).toBe(false);
    expect(existsSync(path.join(data, 'keys'))).toBe(false);
    expect(window.faults).toEqual([]);
    await window.close();
  },
);

testInBrowser('a case that is brought says how many files its scan had not come to where it was', async () => {
  const files = ['came-to.png', 'not-come-to.png', 'nor-to-this.png'].map(at);
  for (const file of files) writeFileSync(file, file);
  const settings = { fps: 4, depth: 'quick' } as const;
  await examinedByAnEarlierProgram(at('elsewhere'), 'begun', { files, examined: 1, cwd: work, settings });
  {
    using c = await openCase(at('elsewhere'), 'begun');
    await exportCase(c, { out: at('begun.zip'), passphrase: 'travel' });
  }
  const window = await OpenWindow.open(await Host.start(at('here')), { language: 'en' });
  const { page } = window;
  await window.ask('preferences.set', { language: 'en', theme: 'light', mode: 'examiner' });
  await page.reload();
  await window.go('All cases');
  await page.getByRole('heading', { name: 'Import a case' }).waitFor();
  await page.locator('input[type=file]').setInputFiles(at('begun.zip'));
  await page.getByText('Imported the case “begun”.').waitFor();
  await page.getByText(/^Files that an open scan had not come to: 2\./).waitFor();
  expect(await window.accessibilityFaults()).toEqual([]);
  await page.getByText(/^Files that an open scan/).scrollIntoViewIfNeeded();
  await window.screenshot('case-brought-left-en');
  expect(window.faults).toEqual([]);
  await window.close();
});

testInBrowser(
  'a case that needs a passphrase asks for it at the start, by its name, and takes the recovery code as well',
  async () => {
    const data = at('locked');
    const first = await Host.start(data);
    const window = await OpenWindow.open(first, { language: 'en' });
    await window.ask('case.create', { name: 'Another' });
    await window.ask('case.create', { name: 'Sealed' });
    const { recoveryCode } = await window.ask('case.protect', { passphrase: 'four words of mine' });
    await window.close();
    await first.end();
    const again = await OpenWindow.open(await Host.start(data), { language: 'zh' });
    await again.page.getByText('案件：“Sealed”').waitFor();
    await again.screenshot('case-locked-zh');
    await again.page.getByLabel('口令或恢复码').fill('not mine');
    await again.button('打开').click();
    await again.page.getByText('VAULT_WRONG_PASSPHRASE').waitFor();
    await again.page.getByLabel('口令或恢复码').fill(recoveryCode);
    await again.button('打开').click();
    await again.page.getByText('案件：“Sealed”').waitFor({ state: 'hidden' });
    expect((await again.ask('session.state', {})).case?.name).toBe('Sealed');
    await again.close();
  },
);

testInBrowser(
  'everything is moved to another folder from the settings, and found there at the next start',
  async () => {
    const home = at('home');
    const window = await OpenWindow.open(await Host.start({ home }), { language: 'en' });
    const { page } = window;
    await window.ask('case.create', { name: 'Moves' });
    await window.go('Settings');
    await page.getByText(`Cases lie in ${path.join(home, 'jianzhen')}`, { exact: false }).waitFor();
    const to = page.getByLabel('Move everything to another folder');
    await to.fill(work);
    await window.button('Move').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.getByText('PLACE_UNSUITABLE').first().waitFor();
    await page.keyboard.press('Escape');
    await to.fill(at('disk/jianzhen'));
    await window.button('Move').click();
    await window.screenshot('move-en');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.getByText(/^Moved to .*, each compared/).waitFor();
    expect(await window.answer('case.list', {})).toMatchObject({ ok: false, fault: { code: 'PLACE_MOVED' } });
    window.faults.splice(0);
    await window.button('End the program').click();
    await new Promise((resolve) => window.host.child.once('exit', resolve));
    expect(readdirSync(path.join(home, 'jianzhen'))).toEqual(['place.json']);
    await window.close();

    const again = await OpenWindow.open(await Host.start({ home }), { language: 'en' });
    expect((await again.ask('case.list', {})).cases.map(({ name }) => name)).toEqual(['Moves', 'default']);
    expect((await again.ask('machine.state', {})).dataRoot).toBe(at('disk/jianzhen'));
    const shown = await cli(['place', 'show'], { XDG_DATA_HOME: home });
    expect(shown.out.trim()).toBe(at('disk/jianzhen'));
    await again.close();
  },
);

testInBrowser(
  'before anything is fetched its place, size, licence and digest are shown, and the network stays off',
  async () => {
    const window = await OpenWindow.open(await Host.start(at('packs')), { language: 'en' });
    const { page } = window;
    await window.ask('preferences.set', { language: 'en', theme: 'light', mode: 'examiner' });
    await page.reload();
    await window.go('Models');
    const { models } = await window.ask('models.list', { verify: false });
    const plans = await Promise.all(
      models.filter(({ kind }) => kind === 'pack').map(({ id }) => window.ask('models.plan', { id })),
    );
    const plan = plans.find(({ kind }) => kind === 'fetch');
    expect(plan).toBeDefined();
    if (plan?.kind !== 'fetch') return;
    await page
      .getByRole('region', { name: plan.id, exact: true })
      .getByRole('button', { name: 'See what would be fetched' })
      .click();
    const dialog = page.getByRole('dialog', { name: `Fetch ${plan.id}` });
    for (const told of [plan.host, plan.licence, plan.sha256, plan.url]) await dialog.getByText(told).first().waitFor();
    expect(await window.accessibilityFaults()).toEqual([]);
    await window.screenshot('fetch-pack-en');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect((await window.ask('session.state', {})).network).toBe('off');
    expect(window.faults).toEqual([]);
    await window.close();
  },
);

testInBrowser('closing a window while work runs is asked about, and both answers do what they say', async () => {
  const window = await OpenWindow.open(await Host.start(at('closing')), { language: 'zh' });
  const { page } = window;
  // A browser's host lets its page be closed; Electron's asks by this event.
  const body = `retry: 3600000\ndata: ${JSON.stringify({ name: 'closing', event: {} })}\n\n`;
  await page.route('**/events', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
  const dialog = page.getByRole('dialog', { name: '检查还没有完成' });
  await page.reload();
  await dialog.waitFor();
  expect(await window.accessibilityFaults()).toEqual([]);
  await window.screenshot('closing-zh');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(window.host.child.exitCode).toBeNull();
  await page.reload();
  const gone = new Promise((resolve) => window.host.child.once('exit', resolve));
  await dialog.getByRole('button', { name: '停下并关闭' }).click();
  expect(await gone).toBe(0);
  await window.close();
});
