/** How the page reaches its host: through Electron's preload where there is one, otherwise over HTTP on the page's own origin. */
import type {
  AnyEvent,
  Bridge,
  Fault,
  Response as HostResponse,
  RequestInput,
  RequestName,
  RequestOutput,
  Uploaded,
} from '../../main/contract/ipc.ts';

declare global {
  interface Window {
    readonly jianzhen?: Bridge;
  }
}

/** A request that the host turned away or could not carry out; `fault.code` has its sentence under `error.CODE`. */
export class HostFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.code);
    this.name = 'HostFault';
    this.fault = fault;
  }
}

const UNREACHABLE: Fault = { code: 'HOST_UNREACHABLE', params: {} };

/** Asks the host. Throws HostFault. */
export async function request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  const response = window.jianzhen ? await window.jianzhen.request(name, input) : await post(name, input);
  return answerOf(response) as RequestOutput<N>;
}

async function post(name: RequestName, input: unknown): Promise<HostResponse> {
  const response = await fetch(`/request/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  }).catch(() => {
    throw new HostFault(UNREACHABLE);
  });
  return (await response.json()) as HostResponse;
}

function answerOf(response: HostResponse): unknown {
  if (!response.ok) throw new HostFault(response.fault);
  return response.value;
}

/**
 * Events of the host until the function returned is called. `onLink` hears whether the host can be reached; after a break
 * events may have been missed, so what is shown is to be asked for again.
 */
export function listen(onEvent: (event: AnyEvent) => void, onLink: (reachable: boolean) => void): () => void {
  if (window.jianzhen) return window.jianzhen.onEvent(onEvent);
  const stream = new EventSource('/events');
  stream.onopen = () => onLink(true);
  stream.onerror = () => onLink(false);
  stream.onmessage = (message) => onEvent(JSON.parse(message.data as string) as AnyEvent);
  return () => stream.close();
}

/** Lets a browser ask before the page is left, whenever `mustAsk` says so. Electron's window has a question of its own. */
export function askBeforeLeaving(mustAsk: () => boolean): void {
  if (window.jianzhen) return;
  window.addEventListener('beforeunload', (event) => {
    if (mustAsk()) event.preventDefault();
  });
}

/** Sends one file to a host that takes uploads. `onSent` hears the bytes that have left. Throws HostFault. */
export function upload(file: File, onSent: (bytes: number) => void, signal?: AbortSignal): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of what has been sent.
    const sending = new XMLHttpRequest();
    sending.open('POST', '/upload');
    sending.responseType = 'json';
    sending.setRequestHeader('content-type', 'application/octet-stream');
    sending.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    sending.upload.onprogress = (progress) => onSent(progress.loaded);
    sending.onerror = () => reject(new HostFault(UNREACHABLE));
    sending.onabort = () => reject(new HostFault({ code: 'UPLOAD_INTERRUPTED', params: {} }));
    sending.onload = () => {
      try {
        resolve(answerOf(sending.response as HostResponse) as Uploaded);
      } catch (thrown) {
        reject(thrown);
      }
    };
    signal?.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(file);
  });
}

/** The fault of something that was thrown; what is not the host's is a host that cannot be reached. */
export function faultOf(thrown: unknown): Fault {
  return thrown instanceof HostFault ? thrown.fault : UNREACHABLE;
}
