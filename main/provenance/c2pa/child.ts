/**
 * A process that reads the C2PA manifests of one file and ends. The library is native code over hostile bytes: it can panic, hang or
 * grow, so it never runs inside the engine. It has no network: the library is told not to fetch, and the means to are taken away.
 */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { initSync, WasmReader } from '@contentauth/c2pa-wasm';
import { IN_MEMORY, MEMORY_LIMIT, type ReadJob, type ReadResult, type TrustSettings } from './protocol.ts';
import { WARM_UP } from './warm-up.ts';

for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) Reflect.deleteProperty(globalThis, name);

const WATCH_EVERY_MS = 50;

const require = createRequire(import.meta.url);
watchOver();
process.on('disconnect', () => process.exit(0));
process.on('message', (job: ReadJob) => {
  void answer(job);
});

initSync({ module: readFileSync(require.resolve('@contentauth/c2pa-wasm/c2pa.wasm')) });
await warmUp();
process.send?.({ kind: 'ready' });

/**
 * The library blocks this thread, so another ends the process when it grows too large, told from a crash by its signal (Windows has no
 * such signals), or when its parent is gone. It is given as plain JavaScript: a file of TypeScript costs each child a second loading of
 * what removes types, a sixth of its start.
 */
function watchOver(): void {
  const watch = `
    const parent = process.ppid;
    const signal = process.platform === 'win32' ? 'SIGKILL' : 'SIGUSR2';
    setInterval(() => {
      if (process.memoryUsage.rss() > ${MEMORY_LIMIT}) process.kill(process.pid, signal);
      if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    }, ${WATCH_EVERY_MS});
  `;
  new Worker(watch, { eval: true }).unref();
}

/** The first read compiles most of the library; a picture of our own takes that cost before a file waits for it. */
async function warmUp(): Promise<void> {
  const reader = await WasmReader.fromBytes('image/jpeg', Buffer.from(WARM_UP, 'base64'), settings(null)).catch(
    () => null,
  );
  reader?.free();
}

/** Bytes hashed beforehand, several times, so that a large file meets compiled code. */
const HEAT_BYTES = 4 * 1024 * 1024;
const HEATS = 4;
const HEAT_PAUSE_MS = 60;

/**
 * V8 runs a WebAssembly function in its quick, slow form until it has been called often enough, and never changes a call that is under way:
 * the library hashes up to 256 MB in one call, which was ten times slower than need be.
 */
async function heatUp(): Promise<void> {
  const large = Buffer.concat([Buffer.from(WARM_UP, 'base64'), Buffer.alloc(HEAT_BYTES)]);
  for (let n = 0; n < HEATS; n++) {
    const reader = await WasmReader.fromBytes('image/jpeg', large, settings(null)).catch(() => null);
    reader?.free();
    await new Promise((resolve) => setTimeout(resolve, HEAT_PAUSE_MS));
  }
}

async function answer(job: ReadJob): Promise<void> {
  setClock(job.validateAtMs);
  const results: ReadResult[] = [];
  for (const [index, { list, settings: trust }] of job.reads.entries()) {
    const result = await readOnce(list, () =>
      index === 0 ? open(job, trust) : WasmReader.fromBytes('application/c2pa', job.store, settings(trust)),
    );
    results.push(result);
    if (result.json === null || result.json.includes('"signingCredential.trusted"')) break;
  }
  process.send?.({ kind: 'done', results }, () => process.exit(0));
}

async function readOnce(list: string, make: () => Promise<WasmReader>): Promise<ReadResult> {
  try {
    const reader = await make();
    const json = reader.json();
    reader.free();
    return { list, json, error: null };
  } catch (thrown) {
    return { list, json: null, error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

async function open(job: ReadJob, trust: TrustSettings | null): Promise<WasmReader> {
  if (job.bytes) return WasmReader.fromBytes(job.mediaType, job.bytes, settings(trust));
  const file = job.path!;
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  if (size <= IN_MEMORY) {
    const bytes = readFileSync(descriptor);
    closeSync(descriptor);
    return WasmReader.fromBytes(job.mediaType, bytes, settings(trust));
  }
  await heatUp();
  provideFileReader();
  return WasmReader.fromBlob(job.mediaType, new FileBlob(descriptor, 0, size), settings(trust));
}

function settings(trust: TrustSettings | null): string {
  return JSON.stringify({
    verify: { verify_trust: true, remote_manifest_fetch: false, ocsp_fetch: false },
    trust: trust
      ? {
          trust_anchors: trust.anchors,
          ...(trust.allowed ? { allowed_list: trust.allowed } : {}),
          ...(trust.config ? { trust_config: trust.config } : {}),
        }
      : {},
  });
}

/** The library asks the host for the time; certificates are judged at the time the caller names. */
function setClock(now: number): void {
  const Real = Date;
  class Fixed extends Real {
    constructor(value?: number | string) {
      super(value ?? now);
    }
    static override now(): number {
      return now;
    }
  }
  globalThis.Date = Fixed as unknown as DateConstructor;
}

/** Bytes of an open file behind the face of a Blob: the library reads slices of it one after the other. */
class FileBlob extends Blob {
  readonly descriptor: number;
  readonly from: number;
  readonly to: number;

  constructor(descriptor: number, from: number, to: number) {
    super([]);
    this.descriptor = descriptor;
    this.from = from;
    this.to = to;
  }

  override get size(): number {
    return this.to - this.from;
  }

  override slice(from = 0, to = this.size): Blob {
    return new FileBlob(this.descriptor, this.from + from, Math.min(this.to, this.from + to));
  }

  readSync(): ArrayBuffer {
    const bytes = new Uint8Array(this.size);
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(this.descriptor, bytes, filled, bytes.length - filled, this.from + filled);
      if (read === 0) break;
      filled += read;
    }
    return bytes.buffer;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.readSync();
  }
}

/** The one browser class that the library needs for streaming. */
function provideFileReader(): void {
  Reflect.set(globalThis, 'WorkerGlobalScope', class WorkerGlobalScope {});
  Reflect.set(
    globalThis,
    'FileReaderSync',
    class FileReaderSync {
      readAsArrayBuffer(blob: FileBlob): ArrayBuffer {
        return blob.readSync();
      }
    },
  );
}
