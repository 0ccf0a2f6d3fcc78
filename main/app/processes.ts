/** Engine and viewer as utility processes of Electron, spoken to as the forked children of plain Node are. */
import path from 'node:path';
import type { UtilityProcess } from 'electron';
import type { EngineEvent, EngineSettings } from '../contract/engine.ts';
import type { ViewAnswer } from '../contract/viewer.ts';
import type { EngineProcess } from '../jobs/engine-host.ts';
import type { ViewerProcess } from '../window/viewer-host.ts';
import type { Electron } from './electron.ts';

/** What a utility process is told first: which entry to load, and its argument. */
export interface Errand {
  readonly entry: 'engine' | 'viewer';
  readonly argument: string;
}

const ENTRY = path.join(import.meta.dirname, 'process-entry.ts');

export function startEngine(electron: Electron, settings: EngineSettings): EngineProcess {
  const child = start(electron, { entry: 'engine', argument: JSON.stringify(settings) });
  return { ...common(child), onEvent: (listener) => child.on('message', (event) => listener(event as EngineEvent)) };
}

export function startViewer(electron: Electron, scratchFolder: string): ViewerProcess {
  const child = start(electron, { entry: 'viewer', argument: scratchFolder });
  return { ...common(child), onAnswer: (listener) => child.on('message', (answer) => listener(answer as ViewAnswer)) };
}

function start({ utilityProcess }: Electron, errand: Errand): UtilityProcess {
  const child = utilityProcess.fork(ENTRY, [], { serviceName: `Jianzhen ${errand.entry}`, stdio: 'ignore' });
  child.postMessage(errand);
  return child;
}

function common(child: UtilityProcess) {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  return {
    send: (message: unknown) => {
      if (!ended) child.postMessage(message);
    },
    onExit: (listener: () => void) => {
      child.once('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
