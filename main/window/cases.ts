/** What a window asks of cases: which there are, opening, protecting, moving in and out, and erasing them. */
import path from 'node:path';
import {
  addNote,
  addPassphrase,
  addRecoveryCode,
  caseSummary,
  createCase,
  eraseAll,
  eraseCase,
  exportCase,
  importCase,
  listCases,
  listCustody,
  listSlots,
  type OpenOptions,
  openCase,
  removeSlot,
  verifyCustody,
} from '../cases/index.ts';
import { type Handlers, Refusal, type RequestOutput, type RequestValue, type Session } from '../contract/ipc.ts';
import { APP_NAME } from '../jobs/installation.ts';
import type { WindowHost } from './host.ts';
import type { PreferenceFile } from './preferences.ts';
import type { Seat } from './seat.ts';

/** Word that confirms the erasure of everything. */
const ERASE_ALL = 'erase';

/** The handlers of these requests; `state` tells what the window shows afterwards. */
export function caseHandlers(host: WindowHost, preferences: PreferenceFile, seat: Seat, state: () => Promise<Session>) {
  const exchange = async (open: Parameters<Seat['exchange']>[0]) => {
    await seat.exchange(open);
    host.emit('changed', {});
    return state();
  };
  return {
    'case.list': async () => {
      const open = await seat.opened();
      const cases = await listCases(host.dataRoot);
      return {
        cases: cases.map(({ name, createdAtMs, locked, folder }) => {
          const own = open?.desk.case.folder === folder;
          return { name, createdAtMs, locked: locked && !own, open: own };
        }),
      };
    },
    'case.create': ({ name, passphrase }: RequestValue<'case.create'>) =>
      exchange(() => createCase(host.dataRoot, name, { app: APP_NAME, ...(passphrase ? { passphrase } : {}) })),
    'case.open': ({ name, ...secret }: RequestValue<'case.open'>) =>
      exchange(() => openCase(host.dataRoot, name, { app: APP_NAME, ...given(secret) })),
    'case.close': async () => {
      await seat.mustBeFree();
      await seat.leave();
      return state();
    },
    'case.detail': async () => {
      const { case: c } = await seat.desk();
      const { id, name, folder, createdAtMs, items, examined, people, bytes, ...rest } = caseSummary(c);
      const { sightings, sealedBytes, custody, slots } = rest;
      return {
        ...{ id, name, folder, createdAtMs, items, examined, people, sightings, bytes, sealedBytes, custody },
        slots: [...slots],
      };
    },
    'case.custody': async (page: RequestValue<'case.custody'>) => ({
      entries: listCustody((await seat.desk()).case, page),
    }),
    'case.verify': async () => verifyCustody((await seat.desk()).case),
    'case.protect': ({ passphrase }: RequestValue<'case.protect'>) => protect(seat, passphrase),
    'case.note': async ({ text }: RequestValue<'case.note'>) => {
      addNote((await seat.desk()).case, { item: null, text });
      return {};
    },
    'case.export': (input: RequestValue<'case.export'>) => exportTo(host, seat, input),
    'case.import': (input: RequestValue<'case.import'>) => importFrom(host, input),
    'case.erase': async ({ name, confirm }: RequestValue<'case.erase'>) => {
      if (confirm !== name) throw new Refusal('NOT_CONFIRMED');
      if ((await seat.opened())?.desk.case.name === name) {
        await seat.mustBeFree();
        await seat.leave();
      }
      const report = await eraseCase(host.dataRoot, name);
      if (preferences.read().lastCase === name) preferences.remember(null);
      host.emit('changed', {});
      return mutable(report);
    },
    'erase.all': async ({ confirm }: RequestValue<'erase.all'>) => {
      if (confirm !== ERASE_ALL) throw new Refusal('NOT_CONFIRMED');
      await seat.mustBeFree();
      await seat.leave();
      const report = await eraseAll(host.dataRoot);
      host.emit('changed', {});
      return mutable(report);
    },
  } satisfies Partial<Handlers>;
}

async function protect(seat: Seat, passphrase: string): Promise<RequestOutput<'case.protect'>> {
  const { case: c } = await seat.desk();
  const former = listSlots(c);
  await addPassphrase(c, passphrase);
  const { code } = await addRecoveryCode(c);
  for (const slot of former) await removeSlot(c, slot.id);
  return { recoveryCode: code };
}

async function exportTo(
  host: WindowHost,
  seat: Seat,
  { to, passphrase }: RequestValue<'case.export'>,
): Promise<RequestOutput<'case.export'>> {
  const { case: c } = await seat.desk();
  const out = to === null ? null : path.resolve(host.cwd, to);
  const { file, download, value } = await host.save(`${c.name}.jzcase`, out, (place) =>
    exportCase(c, { out: place, ...(passphrase ? { passphrase } : {}) }),
  );
  const head = value?.head ?? caseSummary(c).custody;
  return {
    file: download === null ? (value?.file ?? file) : null,
    download,
    bytes: value?.bytes ?? 0,
    sha256: value?.sha256 ?? null,
    head,
  };
}

async function importFrom(
  host: WindowHost,
  { source, as }: RequestValue<'case.import'>,
): Promise<RequestOutput<'case.import'>> {
  const located = host.locate(source);
  try {
    const file = path.resolve(host.cwd, located.inputs[0]!);
    const { name, head, left } = await importCase(host.dataRoot, { file, ...(as ? { as } : {}) });
    return { name, head, left };
  } finally {
    await located.release();
  }
}

function given({ passphrase, recoveryCode }: { passphrase?: string; recoveryCode?: string }): OpenOptions {
  return { ...(passphrase ? { passphrase } : {}), ...(recoveryCode ? { recoveryCode } : {}) };
}

function mutable(report: Awaited<ReturnType<typeof eraseCase>>): RequestOutput<'case.erase'> {
  return { removed: [...report.removed], kept: [...report.kept], heads: [...report.heads] };
}
