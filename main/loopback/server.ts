/**
 * Serves the window to a browser of this machine: the contract's requests, its events and the built renderer, on 127.0.0.1 only.
 * A one-time token in the address becomes a cookie; every request is checked for host, origin and cookie before anything is done.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { toErrorRecord } from '../contract/errors.ts';
import {
  dispatch,
  type EventName,
  type EventOf,
  type Fault,
  type Handlers,
  Refusal,
  type RefusalCode,
} from '../contract/ipc.ts';
import { say } from '../strings/index.ts';
import { type Asset, serve } from '../window/assets.ts';
import type { Downloads } from './downloads.ts';
import type { Uploads } from './uploads.ts';

export interface Loopback {
  /** With the one-time token. */
  readonly url: string;
  readonly origin: string;
  emit<N extends EventName>(name: N, event: EventOf<N>): void;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly handlers: Handlers;
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  readonly assets: ReadonlyMap<string, Asset>;
}

/** Bytes of token and cookie. */
const SECRET_BYTES = 32;

/** Longest request that is no upload. Bytes. */
const MAX_BODY = 1 << 20;

/** Silence after which a comment keeps the stream of events open. Milliseconds. */
const HEARTBEAT_MS = 20_000;

const STATUS: Readonly<Record<RefusalCode, number>> = {
  REFUSED_TOKEN: 401,
  REFUSED_HOST: 421,
  REFUSED_ORIGIN: 403,
  REFUSED_PATH: 404,
  REFUSED_METHOD: 405,
  REQUEST_UNKNOWN: 404,
  REQUEST_MALFORMED: 400,
  REQUEST_TOO_LARGE: 413,
  UPLOAD_UNKNOWN: 404,
  UPLOAD_INTERRUPTED: 400,
  WORK_IN_PROGRESS: 409,
  NOT_REVEALED: 403,
  NOT_CONFIRMED: 409,
  HOST_UNREACHABLE: 503,
};

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
  'x-frame-options': 'DENY',
} as const;

/** Listens on a free port. `close` ends all connections. */
export async function startLoopback({ handlers, uploads, downloads, assets }: LoopbackOptions): Promise<Loopback> {
  const token = new OneTimeToken();
  const cookie = randomBytes(SECRET_BYTES).toString('base64url');
  const listeners = new Set<ServerResponse>();
  let host = '';

  const server = createServer((request, response) => {
    void answer(request, response).catch((thrown: unknown) => refuse(request, response, thrown));
  });
  // A large upload may take hours; a head that does not arrive is still given up.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const cookieName = `jianzhen-${port}`;
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.write(': \n\n');
  }, HEARTBEAT_MS);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== host) throw new Refusal('REFUSED_HOST');
    if (request.headers.origin !== undefined && request.headers.origin !== origin) throw new Refusal('REFUSED_ORIGIN');
    const address = new URL(request.url ?? '/', origin);
    const { pathname } = address;
    if (request.method === 'GET' && pathname === '/' && address.searchParams.has('t')) {
      const known = sameSecret(cookieOf(request, cookieName), cookie);
      if (!token.spend(address.searchParams.get('t')!) && !known) throw new Refusal('REFUSED_TOKEN');
      welcome(response);
      return;
    }
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('REFUSED_ORIGIN');
    if (!sameSecret(cookieOf(request, cookieName), cookie)) throw new Refusal('REFUSED_TOKEN');
    if (request.method === 'GET') await get(pathname, request, response);
    else if (request.method === 'POST') await post(pathname, request, response);
    else throw new Refusal('REFUSED_METHOD');
  }

  /** Turns the token into the cookie, and goes on to the page without the token in its address. */
  function welcome(response: ServerResponse): void {
    response.writeHead(200, {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'set-cookie': `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/`,
    });
    response.end('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Jianzhen</title>');
  }

  async function get(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (pathname === '/events') {
      listen(request, response);
      return;
    }
    const [, id] = /^\/download\/([0-9a-f-]{36})$/.exec(pathname) ?? [];
    if (id) {
      await download(id, response);
      return;
    }
    const asset = serve(assets, pathname, "'self'");
    if (!asset) throw new Refusal('REFUSED_PATH');
    response.writeHead(200, {
      ...HEADERS,
      'content-type': asset.mediaType,
      'content-security-policy': asset.policy,
    });
    response.end(asset.body);
  }

  /** Once: what was made for the user lies nowhere after they have it. */
  async function download(id: string, response: ServerResponse): Promise<void> {
    await using file = await downloads.take(id);
    response.writeHead(200, {
      ...HEADERS,
      'content-type': 'application/octet-stream',
      'content-length': file.bytes,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
    await pipeline(createReadStream(file.path), response);
  }

  function listen(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(': \n\n');
    listeners.add(response);
    request.once('close', () => listeners.delete(response));
  }

  async function post(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== origin) throw new Refusal('REFUSED_ORIGIN');
    if (pathname === '/upload') {
      reply(response, 200, { ok: true, value: await uploads.receive(fileName(request), request) });
      return;
    }
    const [, name] = /^\/request\/([a-zA-Z.]+)$/.exec(pathname) ?? [];
    if (!name) throw new Refusal('REFUSED_PATH');
    const value = await dispatch(handlers, name, await jsonBody(request));
    reply(response, 200, { ok: true, value });
  }

  return {
    origin,
    url: `${origin}/?t=${token.text}`,
    emit: (name, event) => {
      const line = `data: ${JSON.stringify({ name, event })}\n\n`;
      for (const listener of listeners) listener.write(line);
    },
    close: () => closeServer(server, heartbeat),
  };
}

class OneTimeToken {
  readonly text = randomBytes(SECRET_BYTES).toString('base64url');
  #spent = false;

  /** Whether it is the token, for the first time. */
  spend(offered: string): boolean {
    if (this.#spent || !sameSecret(offered, this.text)) return false;
    this.#spent = true;
    return true;
  }
}

function sameSecret(offered: string, secret: string): boolean {
  const a = Buffer.from(offered);
  const b = Buffer.from(secret);
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieOf(request: IncomingMessage, name: string): string {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return '';
}

/** Percent-encoded in a header of its own, which no page of another origin can send without being asked first. */
function fileName(request: IncomingMessage): string {
  const encoded = request.headers['x-file-name'];
  if (typeof encoded !== 'string' || request.headers['content-type'] !== 'application/octet-stream')
    throw new Refusal('REQUEST_MALFORMED');
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new Refusal('REQUEST_MALFORMED', { cause });
  }
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  if (request.headers['content-type'] !== 'application/json') throw new Refusal('REQUEST_MALFORMED');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) throw new Refusal('REQUEST_TOO_LARGE');
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY) throw new Refusal('REQUEST_TOO_LARGE');
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (cause) {
    throw new Refusal('REQUEST_MALFORMED', { cause });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** A refusal has its own status; a fault of the work is an ordinary answer. What was not read of the request is dropped. */
function refuse(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const fault: Fault = thrown instanceof Refusal ? { code: thrown.code, params: {} } : toErrorRecord(thrown);
  const status = thrown instanceof Refusal ? STATUS[thrown.code] : 200;
  if (!request.complete) response.setHeader('connection', 'close');
  if (thrown instanceof Refusal && request.headers.accept?.includes('text/html')) {
    const text = (['zh', 'en'] as const).map((language) => say(language, `error.${thrown.code}`)).join('\n\n');
    response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n\n[${thrown.code}]\n`);
    return;
  }
  reply(response, status, { ok: false, fault });
}

function closeServer(server: Server, heartbeat: NodeJS.Timeout): Promise<void> {
  clearInterval(heartbeat);
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
