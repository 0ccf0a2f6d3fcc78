/**
 * What a page may not do, whatever it asks: the answers are given here once for every web contents of the program. The page is our
 * own, but it shows names and values from hostile files.
 */
import type { BrowserWindowConstructorOptions, Session, WebContents } from 'electron';
import { type Asset, serve } from '../window/assets.ts';
import type { Electron } from './electron.ts';

export const SCHEME = 'jianzhen';
export const PAGE_ORIGIN = `${SCHEME}://app`;
export const PAGE = `${PAGE_ORIGIN}/`;

/** In memory only: no cache, cookie or storage of the page is written to the disk. */
const PARTITION = 'jianzhen';

/** Background services of Chromium that would connect by themselves. */
const SILENCED = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-breakpad',
  'no-pings',
] as const;

/** Before the program is ready: every renderer sandboxed, the page's own scheme known, nothing connects by itself. */
export function hardenProgram({ app, protocol, Menu }: Electron): void {
  app.enableSandbox();
  for (const name of SILENCED) app.commandLine.appendSwitch(name);
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
  app.on('web-contents-created', (_, contents) => hardenContents(contents));
  Menu.setApplicationMenu(null);
}

/** No other page, no window, no frame of another kind. */
export function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const refuse = (event: { preventDefault(): void }) => event.preventDefault();
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
}

/** The session of the window: no permission, no device, no download, no address but the page's own. */
export function hardenedSession({ session }: Electron, assets: ReadonlyMap<string, Asset>): Session {
  const own = session.fromPartition(PARTITION, { cache: false });
  own.setPermissionRequestHandler((_, __, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_, decide) => decide({}));
  own.setSpellCheckerEnabled(false);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwn(url) }));
  own.protocol.handle(SCHEME, (request) => answer(request, assets));
  return own;
}

function isOwn(url: string): boolean {
  return url.startsWith(PAGE) || url.startsWith('data:') || url.startsWith(`blob:${PAGE_ORIGIN}/`);
}

/** A file of the renderer that was read at the start; no address reaches the disk. */
function answer(request: Request, assets: ReadonlyMap<string, Asset>): Response {
  const address = new URL(request.url);
  const asset = address.host === 'app' && request.method === 'GET' ? serve(assets, address.pathname, "'none'") : null;
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (!asset) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(asset.body), {
    headers: { ...headers, 'content-type': asset.mediaType, 'content-security-policy': asset.policy },
  });
}

/** `preload` is the bundled bridge. The window has one title: it never carries the name of a file. */
export function windowOptions(
  session: Session,
  preload: string,
  { developing }: { readonly developing: boolean },
): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 860,
    minWidth: 720,
    minHeight: 560,
    show: false,
    title: 'Jianzhen 鉴真',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      autoplayPolicy: 'document-user-activation-required',
      devTools: developing,
    },
  };
}
