// The thread behind `ModelThread`: networks are loaded and computed here, one after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import type { RunAnswer, RunRequest } from './model-thread.ts';
import { ModelStore, type ModelStoreOptions } from './store.ts';

const models = new ModelStore(workerData as ModelStoreOptions);
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: RunRequest) => {
  last = last.then(() => answer(request));
});

async function answer({ number, id, feeds }: RunRequest): Promise<void> {
  try {
    const outputs = await models.run(id, feeds);
    const buffers = Object.values(outputs).map(({ data }) => data.buffer as ArrayBuffer);
    send({ number, sha256: models.loaded()[id]!, outputs }, [...new Set(buffers)]);
  } catch (thrown) {
    if (thrown instanceof AppError) send({ number, error: { code: thrown.code, params: { ...thrown.params } } });
    else send({ number, message: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function send(message: RunAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
