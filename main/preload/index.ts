/** The bridge of a sandboxed page: requests, events and the place of a dropped file. Nothing of Electron itself reaches the page. */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { AnyEvent, Bridge } from '../contract/ipc.ts';

const bridge: Bridge = {
  request: (name, message) => ipcRenderer.invoke('request', name, message),
  onEvent: (listener) => {
    const take = (_: IpcRendererEvent, event: AnyEvent) => listener(event);
    ipcRenderer.on('event', take);
    return () => ipcRenderer.removeListener('event', take);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('jianzhen', bridge);
