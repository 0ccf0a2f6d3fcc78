// The thread behind `ModelThread`: networks are loaded and computed here, one after the other. What describes them stays with the
// other thread: reading it takes a library that this one need not load.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import { readVerified } from './digest.ts';
import type { RunAnswer, RunRequest } from './model-thread.ts';
import { Sessions } from './sessions.ts';

const sessions = new Sessions(workerData as number);
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: RunRequest) => {
  last = last.then(() => answer(request));
});

async function answer({ number, id, file, sha256, feeds }: RunRequest): Promise<void> {
  try {
    const session = await sessions.of(id, () => readVerified(id, file, sha256));
    const outputs = await session.run(feeds, session.outputs);
    const buffers = Object.values(outputs).map(({ data }) => data.buffer as ArrayBuffer);
    send({ number, outputs }, [...new Set(buffers)]);
  } catch (thrown) {
    if (thrown instanceof AppError) send({ number, error: { code: thrown.code, params: { ...thrown.params } } });
    else send({ number, message: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function send(message: RunAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
