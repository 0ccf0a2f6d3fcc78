/** Stands in for Electron and records every call that decides what a page may do. It grants nothing by itself. */
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { Electron } from '../../../main/app/electron.ts';

// biome-ignore lint/suspicious/noExplicitAny: the recorder takes whatever Electron's API is given.
type Any = any;

export class FakeContents extends EventEmitter {
  readonly mainFrame: { url: string } = { url: '' };
  readonly sent: { channel: string; message: Any }[] = [];
  openHandler: ((details: Any) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: Any) => { action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, message: Any): void {
    this.sent.push({ channel, message });
  }
}

export class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = [];
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  readonly calls: string[] = [];
  loaded = '';
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    FakeWindow.all.push(this);
    FakeApp.current?.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
    this.webContents.mainFrame.url = url;
  }
  isMinimized = () => false;
  isDestroyed = () => false;
  restore = () => this.calls.push('restore');
  focus = () => this.calls.push('focus');
  show = () => this.calls.push('show');
  reload = () => this.calls.push('reload');
}

class FakeApp extends EventEmitter {
  static current: FakeApp | null = null;
  readonly calls: string[] = [];
  readonly isPackaged: boolean;
  readonly first: boolean;
  readonly commandLine = { appendSwitch: (name: string) => this.calls.push(`switch ${name}`) };
  constructor({ packaged, first }: { packaged: boolean; first: boolean }) {
    super();
    FakeApp.current = this;
    this.isPackaged = packaged;
    this.first = first;
  }
  enableSandbox = () => this.calls.push('enableSandbox');
  requestSingleInstanceLock = () => this.first;
  whenReady = async () => void this.calls.push('whenReady');
  quit = () => this.calls.push('quit');
}

class FakeSession extends EventEmitter {
  permissionRequest: Any = null;
  permissionCheck: Any = null;
  device: Any = null;
  displayMedia: Any = null;
  spellChecker: boolean | null = null;
  beforeRequest: Any = null;
  handler: ((request: Request) => Response) | null = null;
  setPermissionRequestHandler = (handler: Any) => (this.permissionRequest = handler);
  setPermissionCheckHandler = (handler: Any) => (this.permissionCheck = handler);
  setDevicePermissionHandler = (handler: Any) => (this.device = handler);
  setDisplayMediaRequestHandler = (handler: Any) => (this.displayMedia = handler);
  setSpellCheckerEnabled = (on: boolean) => (this.spellChecker = on);
  readonly webRequest = { onBeforeRequest: (handler: Any) => (this.beforeRequest = handler) };
  readonly protocol = {
    handle: (scheme: string, handler: Any) => {
      this.handled = scheme;
      this.handler = handler;
    },
  };
  handled = '';
}

export class FakeUtility extends EventEmitter {
  readonly posted: Any[] = [];
  killed = false;
  postMessage = (message: Any) => this.posted.push(message);
  kill = () => (this.killed = true);
}

export function fakeElectron(settings: { packaged?: boolean; first?: boolean } = {}) {
  FakeWindow.all = [];
  const app = new FakeApp({ packaged: settings.packaged ?? true, first: settings.first ?? true });
  const pageSession = new FakeSession();
  const partitions: Any[] = [];
  const schemes: Any[] = [];
  const handlers = new Map<string, (event: Any, ...args: Any[]) => Promise<Any>>();
  const menus: Any[] = [];
  const utilities: { file: string; options: Any; child: FakeUtility }[] = [];
  const dialogs: Any[] = [];
  const answers: { canceled: boolean; filePath: string }[] = [];
  const electron = {
    app,
    BrowserWindow: FakeWindow,
    dialog: {
      showSaveDialog: async (...args: Any[]) => {
        dialogs.push(args.at(-1));
        return answers.shift() ?? { canceled: true, filePath: '' };
      },
    },
    ipcMain: { handle: (channel: string, handler: Any) => handlers.set(channel, handler) },
    Menu: { setApplicationMenu: (menu: Any) => menus.push(menu) },
    protocol: { registerSchemesAsPrivileged: (list: Any) => schemes.push(...list) },
    session: {
      fromPartition: (name: string, options: Any) => {
        partitions.push({ name, options });
        return pageSession;
      },
    },
    utilityProcess: {
      fork: (file: string, _: string[], options: Any) => {
        const child = new FakeUtility();
        utilities.push({ file, options, child });
        return child;
      },
    },
  } as unknown as Electron;
  return { electron, app, pageSession, partitions, schemes, handlers, menus, utilities, dialogs, answers };
}
