/** Record, letters, statements, hashes and package made in the window alone, and the package checked there. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { buildRenderer, closeBrowser, dataFolder, endHosts, Host, OpenWindow, testInBrowser } from './browser.ts';

const work = temporaryFolder();
const at = (name: string) => path.join(work, name);
const NAME = '</script>photo "1".png';

beforeAll(async () => {
  buildRenderer();
  execFileSync(process.execPath, [path.resolve('packaging/build-verifier.ts'), '--quiet']);
  writeFileSync(at('photo.png'), await scene(700, 700, [{ who: HEADS[0]!, x: 140, y: 100, size: 400 }]));
});
afterEach(endHosts);
afterAll(closeBrowser);

testInBrowser(
  'a case is made into record, letters, hashes and a signed package in the window, and a changed package is found out',
  async () => {
    const window = await OpenWindow.open(await Host.start(dataFolder('dossier')), { language: 'en' });
    const { page } = window;
    const file = at(path.basename(NAME));
    writeFileSync(file, readFileSync(at('photo.png')));
    await window.ask('scan.start', {
      source: { from: 'paths', paths: [file] },
      keep: 'copy',
      depth: 'full',
    });
    await window.until('done', 'failed');
    await window.go('Report and letters');

    await page.getByRole('tab', { name: 'What you state' }).click();
    await page.getByText(/^Where it was seen/).click();
    await page.getByLabel('Where was it found', { exact: false }).first().fill('a <b>chat</b> group');
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await page.getByText(/^Where it was seen \(answered 1 of/).waitFor();
    await page.getByText(/^Who recognised it \(0\)/).click();
    const sheet = page.locator('form').filter({ hasText: 'no result changes by it' });
    await sheet.getByLabel('Which item').click();
    await page.getByRole('option', { name: path.basename(NAME) }).click();
    await sheet.getByLabel('Name').fill('Aunt <b>Wang</b>');
    await sheet.getByLabel('Recognised').click();
    await page.getByRole('option', { name: 'not sure' }).click();
    await sheet.getByLabel('By what').fill('the way she laughs');
    await sheet.getByLabel('Told beforehand').click();
    await page.getByRole('option', { name: 'told beforehand', exact: true }).click();
    await sheet.getByRole('button', { name: 'Record it' }).click();
    await page.getByText(/^Who recognised it \(1\)/).waitFor();
    await page.getByText(/Aunt <b>Wang<\/b> · not sure · the way she laughs · told beforehand$/).waitFor();
    await window.screenshot('witness-en');

    await page.getByRole('tab', { name: 'Record', exact: true }).click();
    await page.getByRole('tabpanel').getByLabel('English').check();
    await window.button('Make the record').click();
    const shown = page.getByRole('img', { name: /^Page 1 of \d+$/ });
    await shown.waitFor();
    expect(await shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(400);
    await window.button('Next page').click();
    await page.getByRole('img', { name: /^Page 2 of \d+$/ }).waitFor();
    await window.screenshot('record-page-en');
    const pdf = await saved(window, /^Save report\.en\.pdf/);
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    const json = JSON.parse((await saved(window, /^Save report\.json/)).toString('utf8'));
    expect(JSON.stringify(json.statements)).toContain('a <b>chat</b> group');
    expect(JSON.stringify(json)).toContain('the way she laughs');
    await page
      .getByText(
        createHash('sha256')
          .update(await saved(window, /^Save report\.json/))
          .digest('hex'),
      )
      .first()
      .waitFor();

    await page.getByRole('tab', { name: 'Letters' }).click();
    const letter = await saved(window, /^Save the draft: Notice to a platform/);
    expect(letter.subarray(0, 2).toString('latin1')).toBe('PK');

    await page.getByRole('tab', { name: 'Hashes for platforms' }).click();
    await page.getByLabel(path.basename(NAME)).check();
    await window.button('Compute the hashes').click();
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    await page.getByText(sha256).waitFor();
    expect((await saved(window, 'Save as text')).toString('utf8')).toMatch(/PDQ {6}[0-9a-f]{64}/);

    await page.getByRole('tab', { name: 'Evidence package' }).click();
    await page.getByLabel('Name of the signer').fill('Dr. <i>Lin</i>');
    await page.getByLabel('Passphrase of the new key').fill('a key of my own');
    await window.button('Make a key').click();
    await page.getByLabel('Signed with the key of “Dr. <i>Lin</i>”').check();
    await page.getByLabel('Passphrase of the signing key').fill('wrong');
    await window.button('Make the package').click();
    await page.getByText('VAULT_WRONG_PASSPHRASE').waitFor();
    await page.getByLabel('Passphrase of the signing key').fill('a key of my own');
    await window.button('Make the package').click();
    await page.getByText('Fingerprint of the signature').waitFor();
    const made = await fetched(window, () => page.getByRole('link', { name: /^Download/ }).click());
    await window.screenshot('package-en');

    await page.getByRole('tab', { name: 'Check a package' }).click();
    writeFileSync(at('case.zip'), made);
    await page.locator('input[type=file]').first().setInputFiles(at('case.zip'));
    await page.getByText(/^Intact/).waitFor();
    expect(await page.locator('main').innerText()).toContain('“Dr. <i>Lin</i>”');
    const changed = Buffer.from(made);
    changed[Math.floor(changed.length / 2)]! ^= 1;
    writeFileSync(at('changed.zip'), changed);
    await page.locator('input[type=file]').first().setInputFiles(at('changed.zip'));
    await page.getByText('changed.zip').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/^Intact/m);
    expect(await page.locator('main i, main b').count()).toBe(0);
    expect(window.faults).toEqual([]);
  },
);

testInBrowser('a certificate of one’s own is imported under its passphrase, and is named as what it is', async () => {
  const [key, pem, file] = ['own.key', 'own.pem', 'own.p12'].map(at);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
    ...['-subj', '/CN=Bureau <b>7', '-keyout', key!, '-out', pem!],
  );
  openssl('pkcs12', '-export', '-inkey', key!, '-in', pem!, '-passout', 'pass:secret', '-out', file!);
  const window = await OpenWindow.open(await Host.start(dataFolder('bring')), { language: 'en' });
  const { page } = window;
  await window.ask('case.create', { name: 'bring' });
  await window.go('Report and letters');
  await page.getByRole('tab', { name: 'Evidence package' }).click();
  await page.locator('input[type=file]').setInputFiles(file!);
  await page.getByLabel('Passphrase of this file').fill('wrong');
  await window.button('Use this certificate').click();
  await page.getByText('VAULT_WRONG_PASSPHRASE').waitFor();
  await page.getByLabel('Passphrase of this file').fill('secret');
  await window.button('Use this certificate').click();
  await page.getByText('Signer “Bureau <b>7” (of the certificate that was imported)').waitFor();
  await page.getByLabel('Signed with the key of “Bureau <b>7”').check();
  expect(window.faults).toEqual([]);
});

/** Presses a button that makes a file, then the link that fetches it. */
async function saved(window: OpenWindow, button: string | RegExp): Promise<Buffer> {
  const link = window.page.getByRole('link', { name: /^Download/ });
  const before = (await link.count()) > 0 ? await link.first().getAttribute('href') : null;
  await window.button(button).click();
  await window.page.waitForFunction(
    (former) => [...document.querySelectorAll('a[href^="/download/"]')].some((a) => a.getAttribute('href') !== former),
    before,
  );
  return fetched(window, () => link.first().click());
}

async function fetched(window: OpenWindow, click: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([window.page.waitForEvent('download'), click()]);
  return readFileSync((await download.path())!);
}
