/** What a window asks of the work of examining: to begin, pause, go on, stop, repeat, and take up what was interrupted. */
import { finishJob, getItem, latestExamination, openJobs } from '../cases/index.ts';
import { DEFAULT_SETTINGS, type ScanSettings } from '../contract/analyzer.ts';
import { AppError } from '../contract/errors.ts';
import { type Handlers, Refusal, type RequestValue } from '../contract/ipc.ts';
import { embeddingNetworks } from '../inference/index.ts';
import { MODELS_FOLDER } from '../jobs/installation.ts';
import { renewals } from '../jobs/renew.ts';
import type { ScanRequest } from '../jobs/scan.ts';
import type { WindowHost } from './host.ts';
import type { Seat } from './seat.ts';

export function scanHandlers(host: WindowHost, seat: Seat) {
  return {
    'scan.start': (input: RequestValue<'scan.start'>) => start(host, seat, input),
    'scan.pause': async () => {
      (await seat.open()).work.interrupt('pause');
      return {};
    },
    'scan.resume': async () => {
      (await seat.open()).work.resume();
      return {};
    },
    'scan.stop': async () => {
      (await seat.open()).work.interrupt('stop');
      return {};
    },
    'scan.again': async ({ item, ...stated }: RequestValue<'scan.again'>) => {
      const { desk, work } = await seat.open();
      const { retention, role } = getItem(desk.case, item);
      const request = requestOf(host, role, 'full');
      // As it was asked for the last time, but for what is stated now.
      const settings = { ...request.settings, ...latestExamination(desk.case, item)?.settings, ...stated };
      work.add({
        kind: 'again',
        request: { ...request, settings, inputs: [], items: [item], retention },
        located: null,
      });
      return {};
    },
    'scan.renew': async () => {
      const { desk, work } = await seat.open();
      const { requests } = await renewals(desk.case, desk.installed, embeddingNetworks(MODELS_FOLDER));
      for (const request of requests) work.add({ kind: 'again', request, located: null });
      return {};
    },
    'scan.renewable': async () => (await seat.desk()).index.renewable(),
    'scan.recover': ({ job }: RequestValue<'scan.recover'>) => recover(host, seat, job),
    'scan.discard': async ({ job }: RequestValue<'scan.discard'>) => {
      finishJob((await seat.desk()).case, job, 'cancelled');
      return {};
    },
    'scan.entries': async ({ after, limit }: RequestValue<'scan.entries'>) => ({
      entries: (await seat.open()).work.entries(after, limit),
    }),
  } satisfies Partial<Handlers>;
}

async function start(
  host: WindowHost,
  seat: Seat,
  { source, keep, role, depth, receivedAs, language }: RequestValue<'scan.start'>,
) {
  if (source.from === 'uploads' && keep === 'reference') throw new Refusal('REQUEST_MALFORMED');
  const { work } = await seat.open();
  const located = host.locate(source);
  const how = [located.receivedAs, receivedAs].filter(Boolean).join(': ');
  const request: ScanRequest = {
    ...requestOf(host, role, depth, language),
    inputs: located.inputs,
    ...(how ? { receivedAs: how } : {}),
    retention: keep,
  };
  work.add({ kind: 'scan', request, located });
  return {};
}

async function recover(host: WindowHost, seat: Seat, id: string) {
  const { desk, work } = await seat.open();
  const job = openJobs(desk.case).find((open) => open.id === id);
  if (!job || !work.unfinished().some((open) => open.job === id)) throw new AppError('ITEM_NOT_FOUND', { sha256: '' });
  const settings = job.settings as ScanSettings;
  const request: ScanRequest = {
    ...requestOf(host, job.role, settings.depth),
    settings,
    inputs: [],
    job: id,
    retention: job.retention,
  };
  work.add({ kind: 'recovered', request, located: null });
  return {};
}

function requestOf(host: WindowHost, role: ScanRequest['role'], depth: ScanSettings['depth'], language?: string) {
  return {
    cwd: host.cwd,
    role,
    settings: { ...DEFAULT_SETTINGS, depth, ...(language ? { language } : {}) },
    networks: embeddingNetworks(MODELS_FOLDER),
  };
}
