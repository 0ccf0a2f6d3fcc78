/** Puts session, uploads, downloads and server together: everything that `start:browser` runs, without the command line. */
import { Refusal } from '../contract/ipc.ts';
import { forkEngine } from '../jobs/fork-engine.ts';
import { readAssets } from '../window/assets.ts';
import type { WindowHost } from '../window/host.ts';
import { WindowSession } from '../window/session.ts';
import { forkViewer } from '../window/viewer-host.ts';
import { Downloads } from './downloads.ts';
import { type Loopback, startLoopback } from './server.ts';
import { Uploads } from './uploads.ts';

export interface LoopbackHostOptions extends Pick<WindowHost, 'dataRoot' | 'cwd' | 'secret'> {
  /** The built renderer. */
  readonly rendererFolder: string;
  /** Called when the window asked to end the program. */
  readonly onEnd?: () => void;
}

export interface LoopbackHost extends AsyncDisposable {
  readonly url: string;
  readonly origin: string;
}

/** Throws Refusal `REFUSED_PATH` where the renderer has not been built. */
export async function startLoopbackHost({
  rendererFolder,
  onEnd,
  ...place
}: LoopbackHostOptions): Promise<LoopbackHost> {
  const assets = await readAssets(rendererFolder).catch(() => new Map<string, never>());
  if (!assets.has('/')) throw new Refusal('REFUSED_PATH');
  let server: Loopback | null = null;
  const uploads = new Uploads(() => session.incomingFolder());
  const downloads = new Downloads();
  const session = new WindowSession({
    ...place,
    kind: 'browser',
    capabilities: ['uploads', 'paths', 'report', 'package', 'letters', 'groups', 'persons'],
    locate: (source) =>
      source.from === 'uploads'
        ? uploads.locate(source.ids)
        : { inputs: source.paths, receivedAs: null, release: async () => {} },
    emit: (name, event) => server?.emit(name, event),
    save: async (suggestedName, to, write) =>
      to === null ? downloads.offer(suggestedName, write) : { file: to, download: null, value: await write(to) },
    end: () => onEnd?.(),
    startEngine: forkEngine,
    startViewer: forkViewer,
  });
  server = await startLoopback({ handlers: session.handlers, uploads, downloads, assets });
  const { url, origin } = server;
  return {
    url,
    origin,
    [Symbol.asyncDispose]: async () => {
      await session[Symbol.asyncDispose]();
      await downloads[Symbol.asyncDispose]();
      await server?.close();
    },
  };
}
