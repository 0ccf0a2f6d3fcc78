import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGE, PAGE_ORIGIN } from '../../../main/app/hardening.ts';
import { startEngine, startViewer } from '../../../main/app/processes.ts';
import { startShell } from '../../../main/app/shell.ts';
import { writeRenderer } from '../../fixtures/loopback.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { until } from '../../fixtures/until.ts';
import { FakeContents, FakeWindow, fakeElectron } from './fake-electron.ts';

const folder = temporaryFolder();
const rendererFolder = writeRenderer(path.join(folder, 'renderer'));

async function started(settings: Parameters<typeof fakeElectron>[0] = {}, dataRoot = path.join(folder, 'data')) {
  const fake = fakeElectron(settings);
  await startShell(fake.electron, { dataRoot, cwd: folder, secret: {}, rendererFolder });
  const window = FakeWindow.all[0]!;
  const request = (name: unknown, message: unknown, event: object = {}) =>
    fake.handlers.get('request')!(
      { sender: window.webContents, senderFrame: window.webContents.mainFrame, ...event },
      name,
      message,
    );
  const end = async () => {
    await request('session.end', {});
    await until(() => fake.app.calls.includes('quit'));
  };
  return { ...fake, window, request, end };
}

/** Emits an event and says whether its default was prevented. */
function prevented(target: { emit(name: string, ...args: unknown[]): boolean }, name: string): boolean {
  let stopped = false;
  target.emit(name, { preventDefault: () => (stopped = true) }, 'https://example.org/');
  return stopped;
}

describe('before the program is ready', () => {
  test('every renderer is sandboxed, Chromium’s own services are silenced, one scheme is known, there is no menu', async () => {
    const { app, schemes, menus } = await started();
    const ready = app.calls.indexOf('whenReady');
    expect(app.calls.indexOf('enableSandbox')).toBeLessThan(ready);
    expect(app.calls.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0);
    expect(app.calls.slice(0, ready)).toEqual(
      expect.arrayContaining(['switch disable-background-networking', 'switch disable-component-update']),
    );
    expect(schemes).toEqual([{ scheme: 'jianzhen', privileges: { standard: true, secure: true } }]);
    expect(menus).toEqual([null]);
  });

  test('a second instance opens nothing and ends', async () => {
    const fake = fakeElectron({ first: false });
    await startShell(fake.electron, { dataRoot: folder, cwd: folder, secret: {}, rendererFolder });
    expect(fake.app.calls).toEqual(['quit']);
    expect(FakeWindow.all).toEqual([]);
  });
});

describe('the window', () => {
  test.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webviewTag', false],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['navigateOnDragDrop', false],
    ['spellcheck', false],
    ['devTools', false],
    ['autoplayPolicy', 'document-user-activation-required'],
  ] as const)('has %s %s', async (name, value) => {
    const { window } = await started();
    expect(window.options.webPreferences?.[name]).toBe(value);
  });

  test('has developer tools from the checkout only, and the bundled preload', async () => {
    const { window } = await started({ packaged: false });
    expect(window.options.webPreferences?.devTools).toBe(true);
    expect(window.options.webPreferences?.preload).toMatch(/[\\/]preload[\\/]index\.cjs$/);
  });

  test('shows our page and keeps its title', async () => {
    const { window } = await started();
    expect(window.loaded).toBe(PAGE);
    expect(window.options.title).toBe('Jianzhen 鉴真');
    expect(prevented(window, 'page-title-updated')).toBe(true);
  });

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'refuses %s, in every web contents there is',
    async (name) => {
      const { window, app } = await started();
      expect(prevented(window.webContents, name)).toBe(true);
      const other = new FakeContents();
      app.emit('web-contents-created', {}, other);
      expect(prevented(other, name)).toBe(true);
      expect(other.openHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
    },
  );

  test('comes forward when the program is started again, and is not opened twice', async () => {
    const { app, window } = await started();
    app.emit('second-instance');
    expect(FakeWindow.all).toHaveLength(1);
    expect(window.calls.filter((c) => c === 'focus')).toHaveLength(2);
  });
});

describe('the session of the page', () => {
  test('keeps nothing on the disk', async () => {
    const { partitions } = await started();
    expect(partitions).toEqual([{ name: 'jianzhen', options: { cache: false } }]);
    expect(partitions[0].name.startsWith('persist:')).toBe(false);
  });

  test('grants no permission, device, screen, spell checker or download', async () => {
    const { pageSession } = await started();
    const granted: unknown[] = [];
    pageSession.permissionRequest(null, 'media', (yes: boolean) => granted.push(yes));
    expect(granted).toEqual([false]);
    expect(pageSession.permissionCheck(null, 'clipboard-read')).toBe(false);
    expect(pageSession.device({})).toBe(false);
    pageSession.displayMedia({}, (streams: object) => granted.push(streams));
    expect(granted[1]).toEqual({});
    expect(pageSession.spellChecker).toBe(false);
    expect(prevented(pageSession, 'will-download')).toBe(true);
  });

  test.each([
    ['jianzhen://app/assets/a.js', false],
    ['data:image/png;base64,AA', false],
    [`blob:${PAGE_ORIGIN}/1`, false],
    ['https://example.org/', true],
    ['http://127.0.0.1:1/', true],
    ['file:///etc/passwd', true],
    ['jianzhen://application/', true],
    ['blob:https://example.org/1', true],
    ['ws://example.org/', true],
  ])('asked for %s it cancels: %s', async (url, cancel) => {
    const { pageSession } = await started();
    let decided: unknown;
    pageSession.beforeRequest({ url }, (decision: unknown) => (decided = decision));
    expect(decided).toEqual({ cancel });
  });

  test('serves the renderer’s files under a policy that lets the page connect nowhere', async () => {
    const { pageSession } = await started();
    expect(pageSession.handled).toBe('jianzhen');
    const page = pageSession.handler!(new Request(PAGE));
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    const [, nonce] = /content="([^"]+)"/.exec(await page.text())!;
    expect(policy).toContain(`'nonce-${nonce}'`);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    'jianzhen://app/secret.txt',
    'jianzhen://app/..%2fsecret.txt',
    'jianzhen://other/',
    'jianzhen://app/assets',
  ])('has nothing at %s', async (url) => {
    const { pageSession } = await started();
    expect(pageSession.handler!(new Request(url)).status).toBe(404);
  });
});

describe('requests', () => {
  const refused = { ok: false, fault: { code: 'REFUSED_ORIGIN', params: {} } };

  test('of our page are answered', async () => {
    const { request, end } = await started({}, path.join(folder, 'answered'));
    const answer = await request('session.state', {});
    expect(answer).toMatchObject({
      ok: true,
      value: {
        capabilities: ['paths', 'saveDialog', 'report', 'package', 'letters', 'groups', 'persons'],
        case: { name: 'default' },
      },
    });
    await end();
  });

  test('of another web contents, another frame or another address are refused', async () => {
    const { request, window } = await started();
    const stranger = new FakeContents();
    expect(await request('session.state', {}, { sender: stranger, senderFrame: stranger.mainFrame })).toEqual(refused);
    expect(await request('session.state', {}, { senderFrame: { url: PAGE } })).toEqual(refused);
    window.webContents.mainFrame.url = 'https://example.org/';
    expect(await request('session.state', {})).toEqual(refused);
  });

  test('that are unknown or malformed are refused with a code', async () => {
    const { request } = await started();
    const code = async (name: unknown, message: unknown) => (await request(name, message)).fault.code;
    expect(await code('case.steal', {})).toBe('REQUEST_UNKNOWN');
    expect(await code({}, {})).toBe('REQUEST_MALFORMED');
    expect(await code('session.state', { more: 1 })).toBe('REQUEST_MALFORMED');
    const upload = { from: 'uploads', ids: [crypto.randomUUID()] };
    expect(await code('models.import', { source: upload })).toBe('UPLOAD_UNKNOWN');
  });

  test('save where the person chose, and nowhere when they gave up', async () => {
    const { request, answers, dialogs, end } = await started({}, path.join(folder, 'saved'));
    await request('case.create', { name: 'a', passphrase: 'a long passphrase' });
    const gaveUp = await request('case.export', { to: null });
    expect(gaveUp).toMatchObject({ ok: true, value: { file: null, download: null, sha256: null } });
    const filePath = path.join(folder, 'chosen.jzcase');
    answers.push({ canceled: false, filePath });
    expect(await request('case.export', { to: null })).toMatchObject({ ok: true, value: { file: filePath } });
    expect(dialogs).toHaveLength(2);
    expect(existsSync(filePath)).toBe(true);
    // The dialog asked whether what is there may go; without a place of its own nothing is written over.
    const first = readFileSync(filePath);
    answers.push({ canceled: false, filePath });
    expect(await request('case.export', { to: null })).toMatchObject({ ok: true, value: { file: filePath } });
    expect(readFileSync(filePath).equals(first)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('former'))).toEqual([]);
    await end();
  });
});

describe('closing', () => {
  test('asks while work runs, and ends when the page says so', async () => {
    const { request, window, app, utilities } = await started({}, path.join(folder, 'closing'));
    await request('session.state', {});
    const file = path.join(rendererFolder, 'index.html');
    await request('scan.start', { source: { from: 'paths', paths: [file] }, keep: 'copy' });
    expect(prevented(window, 'close')).toBe(true);
    expect(window.webContents.sent.at(-1)).toEqual({ channel: 'event', message: { name: 'closing', event: {} } });
    for (const { child } of utilities) child.emit('exit');
    await request('session.end', {});
    await until(() => app.calls.includes('quit'));
    expect(prevented(window, 'close')).toBe(false);
  });

  test('asks nothing where nothing runs', async () => {
    const { window } = await started();
    expect(prevented(window, 'close')).toBe(false);
  });
});

test('engine and viewer are utility processes that are told first what to load, and nothing after their end', () => {
  const { electron, utilities } = fakeElectron();
  const settings = { modelsFolder: 'm', packsFolder: 'p', trustFolder: 't', scratchFolder: 's', threads: 1 };
  const engine = startEngine(electron, settings);
  const viewer = startViewer(electron, 'scratch');
  expect(utilities.map((u) => u.child.posted[0])).toEqual([
    { entry: 'engine', argument: JSON.stringify(settings) },
    { entry: 'viewer', argument: 'scratch' },
  ]);
  expect(utilities.map((u) => u.options.stdio)).toEqual(['ignore', 'ignore']);
  expect(existsSync(utilities[0]!.file)).toBe(true);
  const heard: unknown[] = [];
  engine.onEvent((event) => heard.push(event));
  engine.onExit(() => heard.push('exit'));
  utilities[0]!.child.emit('message', { kind: 'ready' });
  utilities[0]!.child.emit('exit');
  engine.send({ kind: 'cancel', id: 1 });
  expect(heard).toEqual([{ kind: 'ready' }, 'exit']);
  expect(utilities[0]!.child.posted).toHaveLength(1);
  viewer.kill();
  expect(utilities[1]!.child.killed).toBe(true);
});
