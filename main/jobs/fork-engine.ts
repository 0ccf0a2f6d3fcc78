import { fork } from 'node:child_process';
import path from 'node:path';
import type { EngineEvent, EngineRequest, EngineSettings } from '../contract/engine.ts';
import type { EngineProcess } from './engine-host.ts';
import { COMPILED_FOLDER } from './installation.ts';

/** The JavaScript heap of the engine; pixels and models live outside it. The whole process is to stay under 600 MB. Megabytes. */
const HEAP_LIMIT_MB = 256;

/**
 * Pixels count towards the heap's growth: from a small first size the collector marks the whole heap once a picture, which takes
 * a fifth of all its time. Megabytes.
 */
const FIRST_HEAP_MB = 80;

/** Pools of memory that glibc keeps for the process: one a thread, its default, holds 60 MB more at the peak. Ignored elsewhere. */
const MALLOC_POOLS = '2';

/**
 * Large pages for that memory (glibc 2.35; ignored elsewhere). Starting a decoder forks, and each page written to afterwards faults once:
 * of 4 kB they are 47,000 in a film of 20 s, a tenth of its time on a virtual machine; of 2 MB a few thousand.
 */
const MALLOC_TUNABLES = 'glibc.malloc.hugetlb=1';

/** Starts the analysis process as a child of plain Node. `execPath` is this Node, so the child has the same addons. */
export function forkEngine(settings: EngineSettings): EngineProcess & { readonly pid: number | undefined } {
  const entry = path.join(import.meta.dirname, '../engine/index.ts');
  const child = fork(entry, [JSON.stringify(settings)], {
    serialization: 'advanced',
    // As main/inference/no-telemetry.ts: set from outside too, whatever is loaded first.
    env: {
      ...process.env,
      ORT_DISABLE_TELEMETRY: '1',
      MALLOC_ARENA_MAX: MALLOC_POOLS,
      GLIBC_TUNABLES: MALLOC_TUNABLES,
      NODE_COMPILE_CACHE: COMPILED_FOLDER,
    },
    execArgv: [`--max-old-space-size=${HEAP_LIMIT_MB}`, `--initial-old-space-size=${FIRST_HEAP_MB}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let ended = false;
  const exitListeners: (() => void)[] = [];
  const finish = () => {
    if (ended) return;
    ended = true;
    for (const listener of exitListeners) listener();
  };
  child.once('exit', finish);
  child.once('error', finish);
  return {
    pid: child.pid,
    send: (request: EngineRequest) => {
      if (child.connected) child.send(request, () => {});
    },
    onEvent: (listener) => child.on('message', (event) => listener(event as EngineEvent)),
    onExit: (listener) => {
      exitListeners.push(listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
