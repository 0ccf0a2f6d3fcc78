import { existsSync, readdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { type LoopbackHost, startLoopbackHost } from '../../../main/loopback/host.ts';
import { stagedName } from '../../../main/loopback/uploads.ts';
import { Page, type RawRequest, raw, writeRenderer } from '../../fixtures/loopback.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { until } from '../../fixtures/until.ts';

const folder = temporaryFolder();
const dataRoot = path.join(folder, 'data');
let host: LoopbackHost;
let page: Page;

beforeAll(async () => {
  const rendererFolder = writeRenderer(path.join(folder, 'renderer'));
  host = await startLoopbackHost({ dataRoot, cwd: folder, secret: {}, rendererFolder });
  page = await Page.open(host);
});
afterAll(() => host[Symbol.asyncDispose]());

const json = () => ({ cookie: page.cookie, origin: host.origin, 'content-type': 'application/json' });
const state = (change: Partial<RawRequest> & { headers?: Record<string, string> }): RawRequest => ({
  method: 'POST',
  path: '/request/session.state',
  body: '{}',
  ...change,
  headers: { ...json(), ...change.headers },
});

const REFUSED: [string, () => RawRequest, number, string][] = [
  ['no token', () => state({ headers: { cookie: '' } }), 401, 'REFUSED_TOKEN'],
  ['a wrong cookie', () => state({ headers: { cookie: page.cookie.replace(/.$/, '_') } }), 401, 'REFUSED_TOKEN'],
  ['the token a second time', () => ({ path: new URL(host.url).search.replace('?', '/?') }), 401, 'REFUSED_TOKEN'],
  ['another host', () => state({ headers: { host: 'example.org' } }), 421, 'REFUSED_HOST'],
  ['localhost by name', () => state({ headers: { host: 'localhost' } }), 421, 'REFUSED_HOST'],
  ['another origin', () => state({ headers: { origin: 'https://example.org' } }), 403, 'REFUSED_ORIGIN'],
  ['an origin of null', () => state({ headers: { origin: 'null' } }), 403, 'REFUSED_ORIGIN'],
  [
    'another site by fetch metadata',
    () => state({ headers: { 'sec-fetch-site': 'cross-site' } }),
    403,
    'REFUSED_ORIGIN',
  ],
  ['a path upwards', () => ({ path: '/../secret.txt', headers: json() }), 404, 'REFUSED_PATH'],
  ['an encoded path upwards', () => ({ path: '/assets/%2e%2e%2fsecret.txt', headers: json() }), 404, 'REFUSED_PATH'],
  ['a file of another type', () => ({ path: '/secret.txt', headers: json() }), 404, 'REFUSED_PATH'],
  [
    'a download nobody made',
    () => ({ path: `/download/${crypto.randomUUID()}`, headers: json() }),
    404,
    'REFUSED_PATH',
  ],
  ['another method', () => state({ method: 'PUT' }), 405, 'REFUSED_METHOD'],
  ['an unknown request', () => state({ path: '/request/case.steal' }), 404, 'REQUEST_UNKNOWN'],
  ['a name of the prototype', () => state({ path: '/request/constructor' }), 404, 'REQUEST_UNKNOWN'],
  ['no JSON', () => state({ body: '{' }), 400, 'REQUEST_MALFORMED'],
  ['another content type', () => state({ headers: { 'content-type': 'text/plain' } }), 400, 'REQUEST_MALFORMED'],
  ['a key too many', () => state({ body: '{"more":1}' }), 400, 'REQUEST_MALFORMED'],
  [
    'a digest that is none',
    () => state({ path: '/request/item.answer', body: '{"item":"../x"}' }),
    400,
    'REQUEST_MALFORMED',
  ],
  ['an oversize message', () => state({ body: JSON.stringify({ x: 'x'.repeat(1 << 20) }) }), 413, 'REQUEST_TOO_LARGE'],
  ['an upload without a name', () => state({ path: '/upload' }), 400, 'REQUEST_MALFORMED'],
];

test.each(REFUSED)('%s is refused with its code', async (_, request, status, code) => {
  const answer = await raw(host.origin, request());
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toEqual({ ok: false, fault: { code, params: {} } });
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test('a post without an origin is refused', async () => {
  const { origin: _, ...headers } = json();
  const answer = await raw(host.origin, { method: 'POST', path: '/request/session.state', body: '{}', headers });
  expect(JSON.parse(answer.body).fault.code).toBe('REFUSED_ORIGIN');
});

test('it listens on 127.0.0.1 alone', async () => {
  const { port } = new URL(host.origin);
  const reached = (address: string) =>
    new Promise<boolean>((resolve) => {
      const socket = net.connect(Number(port), address);
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  expect(await reached('127.0.0.1')).toBe(true);
  expect(await reached('::1')).toBe(false);
  expect(await reached('127.0.0.2')).toBe(false);
});

test('the page is served under a policy that denies everything else, with a nonce of its own each time', async () => {
  const first = await raw(host.origin, { path: '/', headers: { cookie: page.cookie } });
  const second = await raw(host.origin, { path: '/', headers: { cookie: page.cookie } });
  const policy = String(first.headers['content-security-policy']);
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const [, nonce] = /content="([^"]+)"/.exec(first.body)!;
  expect(policy).toContain(`'nonce-${nonce}'`);
  expect(second.body).not.toContain(nonce);
  expect(first.headers['set-cookie']).toBeUndefined();
});

test('the cookie is out of reach of scripts and other sites', async () => {
  await using other = await startLoopbackHost({
    dataRoot: path.join(folder, 'other'),
    cwd: folder,
    secret: {},
    rendererFolder: path.join(folder, 'renderer'),
  });
  const { pathname, search } = new URL(other.url);
  const welcome = await raw(other.origin, { path: pathname + search });
  expect(welcome.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(welcome.body).not.toContain(search.slice(3));
});

test('an upload that breaks off leaves nothing and is refused', async () => {
  await page.ask('session.state', {});
  const { port } = new URL(host.origin);
  const socket = net.connect(Number(port), '127.0.0.1');
  const head = [
    'POST /upload HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: ${host.origin}`,
    `Cookie: ${page.cookie}`,
    'Content-Type: application/octet-stream',
    'X-File-Name: cut.jpg',
    'Content-Length: 1000000',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${'x'.repeat(1000)}`);
  const incoming = path.join(dataRoot, 'cases', 'default', 'incoming');
  const lying = () => (existsSync(incoming) ? readdirSync(incoming) : []);
  await until(() => lying().length > 0);
  expect(lying()).toHaveLength(1);
  socket.destroy();
  await until(() => lying().length === 0);
});

test('an upload that is not here is refused, and so is one kept by reference', async () => {
  const ids = [crypto.randomUUID()];
  const unknown = page.ask('scan.start', { source: { from: 'uploads', ids }, keep: 'copy' });
  await expect(unknown).rejects.toMatchObject({ code: 'UPLOAD_UNKNOWN' });
  const id = await page.upload('a.jpg', Buffer.from('x'));
  const reference = page.ask('scan.start', { source: { from: 'uploads', ids: [id] }, keep: 'reference' });
  await expect(reference).rejects.toMatchObject({ code: 'REQUEST_MALFORMED' });
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\x.exe', 'x.exe'],
  ['<img src=x onerror=alert(1)>.jpg', '_img src=x onerror=alert(1)_.jpg'],
  ['a\u0000b\n.png', 'a_b_.png'],
  ['', 'file'],
  ['..', 'file'],
  [`${'长'.repeat(200)}.jpeg`, `${'长'.repeat(65)}.jpeg`],
])('a name %j from outside is staged as %j', (name, staged) => {
  expect(stagedName(name)).toBe(staged);
});
