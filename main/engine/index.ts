/**
 * The analysis process: the only one that decodes suspect media and holds model sessions. It talks with its parent by
 * messages of `contract/engine.ts`, examines what it is given, and ends itself when the parent is gone.
 */
import { flushCompileCache } from 'node:module';
import { Worker } from 'node:worker_threads';
import type {
  EngineEvent,
  EngineProgress,
  EngineRequest,
  EngineSettings,
  Step,
  WorkRequest,
} from '../contract/engine.ts';
import { toErrorRecord } from '../contract/errors.ts';
import { ModelThread, readCalibrations, readImported } from '../inference/index.ts';
import { createAnalyzers, createImported } from '../pipeline/analyzers.ts';
import { enrol } from '../pipeline/enrol.ts';
import { examine } from '../pipeline/examine.ts';
import { locate } from '../pipeline/locate.ts';
import { Turns } from '../pipeline/turns.ts';

/** Shortest time between two progress messages of one item. Milliseconds. */
const PROGRESS_INTERVAL_MS = 100;

const settings = JSON.parse(process.argv[2] ?? '') as EngineSettings;
const models = new ModelThread({
  modelsFolder: settings.modelsFolder,
  packsFolder: settings.packsFolder,
  threads: settings.threads,
});
const turns = new Turns();
const analyzers = [...createAnalyzers(settings.trustFolder), ...createImported(readImported(settings.packsFolder))];
const calibrations = readCalibrations(settings.modelsFolder, settings.packsFolder);
const running = new Map<number, AbortController>();

endWithParent();
process.on('disconnect', () => process.exit(0));
process.on('message', (message: EngineRequest) => {
  if (message.kind === 'cancel') running.get(message.id)?.abort();
  else void answer(message);
});
send({ kind: 'ready' });
// Written when a process ends by itself, which this one rarely does.
flushCompileCache();

async function answer(request: WorkRequest): Promise<void> {
  const controller = new AbortController();
  running.set(request.id, controller);
  let reportedAt = 0;
  try {
    const tools = {
      analyzers,
      models,
      calibrations,
      turns,
      scratchFolder: settings.scratchFolder,
      signal: controller.signal,
      onStep: (step: Step, silenceLimitS: number) => send({ kind: 'step', id: request.id, step, silenceLimitS }),
      onProgress: (progress: EngineProgress) => {
        const now = performance.now();
        if (now - reportedAt < PROGRESS_INTERVAL_MS) return;
        reportedAt = now;
        send({ kind: 'progress', id: request.id, progress });
      },
    };
    if (request.kind === 'enrol') send({ kind: 'enrolled', id: request.id, enrolment: await enrol(request, tools) });
    else if (request.kind === 'locate') send({ kind: 'located', id: request.id, looks: await locate(request, tools) });
    else send({ kind: 'examined', id: request.id, examination: await examine(request, tools) });
  } catch (thrown) {
    send({ kind: 'failed', id: request.id, error: toErrorRecord(thrown) });
  } finally {
    running.delete(request.id);
  }
}

/** To a parent that was killed nothing can be written: no fault of this process, so it ends without a stack, and with a code that is none of success. */
function send(event: EngineEvent): void {
  const written = (error: Error | null) => {
    if (error) process.exit(1);
  };
  if (process.connected) process.send?.(event, undefined, undefined, written);
}

/**
 * `disconnect` is not delivered while native code blocks the event loop, so a thread watches the parent's id too:
 * an orphan is adopted by another process.
 */
function endWithParent(): void {
  const watch = `
    const parent = process.ppid;
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 500);
  `;
  new Worker(watch, { eval: true }).unref();
}
