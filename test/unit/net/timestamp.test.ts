import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askTimestamp } from '../../../main/net/timestamp.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`;
}

const REQUEST = Uint8Array.of(0x30, 3, 2, 1, 1);

test('sends the request and nothing else, and gives the reply as it came', async () => {
  const seen: { method?: string; type?: string; cookie?: string; body: Buffer } = { body: Buffer.alloc(0) };
  const server = await serving((request, response) => {
    Object.assign(seen, {
      method: request.method,
      type: request.headers['content-type'],
      cookie: request.headers.cookie,
    });
    request.on('data', (portion: Buffer) => {
      seen.body = Buffer.concat([seen.body, portion]);
    });
    request.on('end', () => response.end(Buffer.from('reply')));
  });
  expect(Buffer.from(await askTimestamp(server, REQUEST)).toString()).toBe('reply');
  expect(seen).toEqual({
    method: 'POST',
    type: 'application/timestamp-query',
    cookie: undefined,
    body: Buffer.from(REQUEST),
  });
});

test.each([
  ['an error', ((_, response) => response.writeHead(500).end()) as RequestListener],
  [
    'a redirection',
    ((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()) as RequestListener,
  ],
  ['a reply without end', ((_, response) => response.end(Buffer.alloc(1 << 20))) as RequestListener],
])('%s is a failed connection', async (_, answer) => {
  const server = await serving(answer);
  await expect(askTimestamp(server, REQUEST)).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
});

test('other schemes are refused before anything is sent, and a stop is a stop', async () => {
  for (const address of ['file:///etc/passwd', 'ftp://a/b', 'nonsense'])
    await expect(askTimestamp(address, REQUEST)).rejects.toMatchObject({ code: 'NETWORK_REFUSED' });
  const server = await serving(() => undefined);
  const signal = AbortSignal.timeout(100);
  await expect(askTimestamp(server, REQUEST, { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
});
