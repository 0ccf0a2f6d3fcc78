/** Runs beside the WASM in the child, which blocks its main thread: ends the process when it grows too large or its parent is gone. */
import { parentPort, workerData } from 'node:worker_threads';

const { limit, parent } = workerData as { limit: number; parent: number };
const POLL_MS = 50;
/** Told from a crash by its signal; Windows has no such signals. */
const SIGNAL = process.platform === 'win32' ? 'SIGKILL' : 'SIGUSR2';

setInterval(() => {
  if (process.memoryUsage.rss() > limit) process.kill(process.pid, SIGNAL);
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, POLL_MS);
parentPort?.postMessage('watching');
