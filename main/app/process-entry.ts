/**
 * Entry of a utility process: gives the engine or the viewer the channel that a forked child of Node has, then loads it. Children
 * of its own (decoders) are plain Node under the same program.
 */
import type { MessageEvent, ParentPort } from 'electron';
import type { Errand } from './processes.ts';

const { parentPort } = process as NodeJS.Process & { parentPort: ParentPort };

parentPort.once('message', ({ data }: MessageEvent) => void begin(data as Errand));

async function begin({ entry, argument }: Errand): Promise<void> {
  const early: unknown[] = [];
  let loaded = false;
  parentPort.on('message', ({ data }: MessageEvent) => {
    if (loaded) process.emit('message', data, undefined);
    else early.push(data);
  });
  process.env.ELECTRON_RUN_AS_NODE = '1';
  process.argv[2] = argument;
  process.connected = true;
  process.send = (message: unknown) => {
    parentPort.postMessage(message);
    return true;
  };
  await (entry === 'engine' ? import('../engine/index.ts') : import('../viewer/index.ts'));
  loaded = true;
  for (const message of early) process.emit('message', message, undefined);
}
