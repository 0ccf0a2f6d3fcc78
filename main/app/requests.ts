/** Messages of the page: only those of our own page's main frame are heard; everything else is refused before it is read. */
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { toErrorRecord } from '../contract/errors.ts';
import { dispatch, type Handlers, Refusal, type Response } from '../contract/ipc.ts';
import type { Electron } from './electron.ts';
import { PAGE } from './hardening.ts';

export function answerRequests({ ipcMain }: Electron, handlers: Handlers, contents: () => WebContents | null): void {
  ipcMain.handle('request', async (event, name: unknown, message: unknown): Promise<Response> => {
    try {
      if (!isOurPage(event, contents())) throw new Refusal('REFUSED_ORIGIN');
      if (typeof name !== 'string') throw new Refusal('REQUEST_MALFORMED');
      return { ok: true, value: await dispatch(handlers, name, message) };
    } catch (thrown) {
      const fault = thrown instanceof Refusal ? { code: thrown.code, params: {} } : toErrorRecord(thrown);
      return { ok: false, fault };
    }
  });
}

function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, contents: WebContents | null): boolean {
  return contents !== null && sender === contents && senderFrame === contents.mainFrame && senderFrame.url === PAGE;
}
