import { jest } from '@jest/globals';
import type { EngineEvent, EngineRequest, Examination, ExamineRequest } from '../../../main/contract/engine.ts';
import { EngineHost, type EngineProcess } from '../../../main/jobs/engine-host.ts';

type Script = (request: EngineRequest, emit: (event: EngineEvent) => void, die: () => void) => void;

/** A process that follows a script; each start takes the next script of the list. */
function scripted(...scripts: Script[]) {
  const received: EngineRequest[] = [];
  let starts = 0;
  const start = (): EngineProcess => {
    const script = scripts[Math.min(starts++, scripts.length - 1)]!;
    const events: ((event: EngineEvent) => void)[] = [];
    const exits: (() => void)[] = [];
    const emit = (event: EngineEvent) =>
      queueMicrotask(() => {
        for (const listener of events) listener(event);
      });
    const die = () =>
      queueMicrotask(() => {
        for (const listener of exits) listener();
      });
    setTimeout(() => emit({ kind: 'ready' }));
    return {
      send: (request) => {
        received.push(request);
        script(request, emit, die);
      },
      onEvent: (listener) => events.push(listener),
      onExit: (listener) => exits.push(listener),
      kill: die,
    };
  };
  return { host: new EngineHost(start), received, starts: () => starts };
}

const examination = { outcomes: [] } as unknown as Examination;
const answer: Script = (request, emit) => emit({ kind: 'examined', id: request.id, examination });
const request: Omit<ExamineRequest, 'kind' | 'id' | 'knownFailures'> = {
  path: '/x',
  claimedExtension: '',
  sha256: 'ab'.repeat(32),
  settings: { fps: 4, depth: 'full' },
  references: [],
  only: [],
};
const options = (signal = new AbortController().signal) => ({ signal, onProgress: () => {} });

test('one process serves item after item', async () => {
  const { host, starts } = scripted(answer);
  await host.examine(request, options());
  expect(await host.examine(request, options())).toBe(examination);
  expect(starts()).toBe(1);
});

test('a step that kills the process is recorded as failed on the next try, by a fresh process', async () => {
  const { host, received, starts } = scripted((r, emit, die) => {
    emit({ kind: 'step', id: r.id, step: 'synthetic-face', silenceLimitS: 5 });
    die();
  }, answer);
  expect(await host.examine(request, options())).toBe(examination);
  expect(starts()).toBe(2);
  expect(received[1]).toMatchObject({ knownFailures: { 'synthetic-face': { code: 'ENGINE_CRASHED' } } });
});

test('a process that dies while opening the item fails the item, and the next item is served', async () => {
  const { host } = scripted((_, __, die) => die(), answer);
  await expect(host.examine(request, options())).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  expect(await host.examine(request, options())).toBe(examination);
});

test('silence past the limit of a step is a time-out of that step', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  try {
    const { host, received } = scripted(
      (r, emit) => emit({ kind: 'step', id: r.id, step: 'voices', silenceLimitS: 5 }),
      answer,
    );
    const pending = host.examine(request, options());
    await jest.advanceTimersByTimeAsync(20_000);
    expect(await pending).toBe(examination);
    expect(received[1]).toMatchObject({
      knownFailures: { voices: { code: 'ANALYZER_TIMEOUT', params: { seconds: 5 } } },
    });
  } finally {
    jest.useRealTimers();
  }
});

test('cancelling asks the engine, and ends with CANCELLED', async () => {
  const controller = new AbortController();
  const { host, received } = scripted((r, emit) => {
    if (r.kind === 'examine') controller.abort();
    else emit({ kind: 'failed', id: r.id, error: { code: 'CANCELLED', params: {} } });
  });
  await expect(host.examine(request, options(controller.signal))).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(received.map((r) => r.kind)).toEqual(['examine', 'cancel']);
});

test('of two items in a process that dies neither is blamed: each is tried again alone, and the one that kills is found', async () => {
  let open = 0;
  let most = 0;
  const killer: Script = (r, emit, die) => {
    if (r.kind !== 'examine') return;
    most = Math.max(most, ++open);
    const isKiller = r.path === '/8' && !('faces' in r.knownFailures);
    if (isKiller) emit({ kind: 'step', id: r.id, step: 'faces', silenceLimitS: 5 });
    if (open === 2 || (isKiller && received.length > 2)) {
      open = 0;
      die();
    } else if (received.length > 2) {
      open--;
      emit({ kind: 'examined', id: r.id, examination });
    }
  };
  const { host, received, starts } = scripted(killer);
  const both = ['/7', '/8'].map((path) => host.examine({ ...request, path }, options()));
  expect(await Promise.all(both)).toEqual([examination, examination]);
  expect(received.map((r) => [(r as ExamineRequest).path, Object.keys((r as ExamineRequest).knownFailures)])).toEqual([
    ['/7', []],
    ['/8', []],
    ['/7', []],
    ['/8', []],
    ['/8', ['faces']],
  ]);
  expect([most, starts()]).toEqual([2, 3]);
});

test('tells the answers to those who ask at once apart, whatever they ask', async () => {
  const { host, received } = scripted((_, emit) => {
    if (received.length < 3) return;
    for (const { kind, id } of received) {
      if (kind === 'examine') emit({ kind: 'examined', id, examination });
      else if (kind === 'locate') emit({ kind: 'located', id, looks: [{ timeS: id, boxes: [] }] });
    }
  });
  const film = { path: '/y', claimedExtension: '', sha256: 'cd'.repeat(32) };
  const asked = [host.examine(request, options()), host.locate(film, options()), host.locate(film, options())];
  expect(await Promise.all(asked)).toEqual([
    examination,
    [{ timeS: received[1]!.id, boxes: [] }],
    [{ timeS: received[2]!.id, boxes: [] }],
  ]);
});

test('a start that took too long and ends at last takes nothing of its successor with it', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  try {
    const exits: (() => void)[][] = [];
    const killed: number[] = [];
    const host = new EngineHost(() => {
      const n = exits.length;
      const listeners: ((event: EngineEvent) => void)[] = [];
      const tell = (event: EngineEvent, afterMs: number) =>
        setTimeout(() => {
          for (const listener of listeners) listener(event);
        }, afterMs);
      exits.push([]);
      if (n > 0) tell({ kind: 'ready' }, 0);
      return {
        send: ({ id }) => tell({ kind: 'examined', id, examination }, 50),
        onEvent: (listener) => listeners.push(listener),
        onExit: (listener) => exits[n]!.push(listener),
        kill: () => killed.push(n),
      };
    });
    const late = expect(host.examine(request, options())).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
    await jest.advanceTimersByTimeAsync(60_000);
    await late;
    const next = host.examine(request, options());
    await jest.advanceTimersByTimeAsync(10);
    for (const ended of exits[0]!) ended();
    await jest.advanceTimersByTimeAsync(100);
    expect(await next).toBe(examination);
    await host[Symbol.asyncDispose]();
    expect([exits.length, killed]).toEqual([2, [0, 1]]);
  } finally {
    jest.useRealTimers();
  }
});

test('what changed at a start reaches the next item, and the item in hand ends where it is', async () => {
  const held = Promise.withResolvers<void>();
  const slow: Script = (r, emit) => void held.promise.then(() => answer(r, emit, () => {}));
  const { host, starts } = scripted(slow, answer);
  const first = host.examine(request, options());
  await new Promise((resolve) => setTimeout(resolve, 20));
  host.renew();
  const second = host.examine(request, options());
  held.resolve();
  expect(await Promise.all([first, second])).toEqual([examination, examination]);
  expect(starts()).toBe(2);
  await host.examine(request, options());
  expect(starts()).toBe(2);
});
