import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type FetchRecord, fetchPack, type PackAddress } from '../../../main/net/fetch-pack.ts';

const BODY = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 31) % 251));
const ADDRESS: PackAddress = {
  id: 'tiny-pack',
  url: 'https://models.example/tiny.bin',
  bytes: BODY.length,
  licence: 'Apache-2.0',
  sha256: createHash('sha256').update(BODY).digest('hex'),
};

let folder: string;
let server: Server;
let answer: RequestListener;
let requests: number;
let records: FetchRecord[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'jianzhen-fetch-'));
  requests = 0;
  records = [];
  answer = (_, response) => response.end(BODY);
  server = createServer((request, response) => {
    requests++;
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true, force: true });
});

/** The real client, with the pinned https address led to the loopback server. */
const loopback: typeof fetch = (_, init) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/tiny.bin`, init);

function run(address: Partial<PackAddress> = {}, options: Partial<Parameters<typeof fetchPack>[1]> = {}) {
  return fetchPack(
    { ...ADDRESS, ...address },
    { folder, fetch: loopback, ask: async () => true, record: (entry) => records.push(entry), ...options },
  );
}

const events = () => records.map(({ event }) => event);

test('fetches the file after asking, tells host, size and licence, and records it', async () => {
  const asked: unknown[] = [];
  const seen: number[] = [];
  const file = await run({}, { ask: async (notice) => asked.push(notice) > 0, progress: (bytes) => seen.push(bytes) });
  expect(await readFile(file)).toEqual(BODY);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(asked).toEqual([
    {
      purpose: 'model-pack',
      id: 'tiny-pack',
      host: 'models.example',
      bytes: BODY.length,
      licence: 'Apache-2.0',
      sha256: ADDRESS.sha256,
    },
  ]);
  expect(seen.at(-1)).toBe(BODY.length);
  expect(events()).toEqual(['asked', 'connecting', 'received']);
});

test('makes no connection when the user says no', async () => {
  await expect(run({}, { ask: async () => false })).rejects.toMatchObject({
    code: 'NETWORK_REFUSED',
    params: { host: 'models.example' },
  });
  expect(requests).toBe(0);
  expect(await readdir(folder)).toEqual([]);
  expect(events()).toEqual(['asked', 'refused']);
});

test('makes no connection but by https', async () => {
  await expect(run({ url: 'http://models.example/tiny.bin' })).rejects.toMatchObject({ code: 'NETWORK_REFUSED' });
  expect(requests).toBe(0);
});

test.each<[string, RequestListener]>([
  ['one byte changed', (_, response) => response.end(BODY.map((byte, at) => (at === 777 ? byte ^ 1 : byte)))],
  ['less than announced', (_, response) => response.end(BODY.subarray(0, -1))],
])('refuses a body with %s and leaves nothing behind', async (_, listener) => {
  answer = listener;
  await expect(run()).rejects.toMatchObject({ code: 'PACK_DIGEST_MISMATCH', params: { pack: 'tiny-pack' } });
  expect(await readdir(folder)).toEqual([]);
  expect(events()).toEqual(['asked', 'connecting', 'failed']);
});

test('stops reading an endless body at the size it was told', async () => {
  let sent = 0;
  answer = (_, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', more);
    more();
  };
  await expect(run()).rejects.toMatchObject({ code: 'PACK_DIGEST_MISMATCH' });
  expect(sent).toBeLessThan(50_000_000);
  expect(await readdir(folder)).toEqual([]);
});

test.each<[string, RequestListener, object]>([
  ['an error of the server', (_, response) => response.writeHead(404).end(), { host: 'models.example', status: 404 }],
  [
    'a redirection',
    (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    { host: 'models.example' },
  ],
  [
    'a connection that breaks',
    (_, response) => response.write(BODY.subarray(0, 100), () => response.destroy()),
    { host: 'models.example' },
  ],
])('%s is a failed connection', async (_, listener, params) => {
  answer = listener;
  await expect(run()).rejects.toMatchObject({ code: 'NETWORK_FAILED', params });
  expect(await readdir(folder)).toEqual([]);
});

test('gives up on a server that falls silent', async () => {
  answer = (_, response) => response.write(BODY.subarray(0, 100));
  await expect(run({}, { stallMs: 150 })).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
  expect(await readdir(folder)).toEqual([]);
});

test('cancels while receiving', async () => {
  const stop = new AbortController();
  answer = (_, response) => response.write(BODY.subarray(0, 100));
  await expect(run({}, { signal: stop.signal, progress: () => stop.abort() })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  expect(await readdir(folder)).toEqual([]);
});

test('a host that nothing listens on is a failed connection', async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  await expect(run({}, { fetch: (_, init) => fetch(`http://127.0.0.1:${port}/`, init) })).rejects.toMatchObject({
    code: 'NETWORK_FAILED',
  });
  server.listen(0, '127.0.0.1');
});
