/** The parts of Electron that the shell uses, so that its settings can be checked against a recording stand-in. */
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Menu,
  Protocol,
  Session,
  UtilityProcess,
} from 'electron';

export interface Electron {
  readonly app: App;
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly dialog: Dialog;
  readonly ipcMain: IpcMain;
  readonly Menu: typeof Menu;
  readonly protocol: Protocol;
  readonly session: { fromPartition(partition: string, options?: { cache: boolean }): Session };
  readonly utilityProcess: {
    fork(file: string, args: string[], options: { serviceName: string; stdio: 'ignore' }): UtilityProcess;
  };
}
