import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../contract/errors.ts';
import {
  importPack,
  listModels,
  type ModelStatus,
  ModelStore,
  planFetch,
  verifyModels,
} from '../../inference/index.ts';
import { fetchPack } from '../../net/fetch-pack.ts';
import { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';
import type { Terminal } from '../terminal.ts';

export function addModels(program: Command, say: Say): void {
  const command = program.command('models').description(say('cli.models.about'));
  command.command('list').description(say('cli.models.list')).action(list);
  command.command('verify').description(say('cli.models.verify')).action(verify);
  command.command('import').argument('<file>').description(say('cli.models.import')).action(importOne);
  command.command('fetch').argument('<id>').option('--yes').description(say('cli.models.fetch')).action(fetchOne);
}

async function list(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  for (const status of await listModels(store(context))) print(context.terminal, status);
}

async function verify(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const statuses = await verifyModels(store(context));
  for (const status of statuses) print(context.terminal, status);
  const verified = statuses.filter((s) => s.state === 'verified').length;
  context.terminal.line(context.terminal.say('cli.models.verified', { count: verified }));
  const faulty = statuses.some(
    ({ state, entry }) =>
      state === 'mismatch' || state === 'unreadable' || (state === 'missing' && entry.kind !== 'pack'),
  );
  if (faulty) process.exitCode = EXIT.fault;
}

function print(terminal: Terminal, { entry, state, file }: ModelStatus): void {
  const { id, version, licence, sha256 } = entry;
  terminal.value({
    type: 'model',
    id,
    kind: entry.kind,
    version,
    licence,
    sha256,
    dataTerms: entry.dataTerms,
    state,
    file,
  });
  const known = state === 'present' || state === 'verified' ? 'ok' : state === 'missing' ? 'missing' : 'mismatch';
  terminal.line(
    `${id} ${version}  ${licence}  ${terminal.say(`cli.models.state.${known}`)}  SHA-256 ${sha256.slice(0, 16)}…`,
  );
}

async function importOne(file: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { id, sha256 } = await importPack(store(context), path.resolve(context.cwd, file));
  context.terminal.value({ type: 'imported', id, sha256 });
  context.terminal.line(context.terminal.say('cli.models.imported', { id }));
}

/** Says first what would be contacted; connects only with `--yes`. */
async function fetchOne(id: string, flags: { yes?: boolean }, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  const models = store(context);
  const plan = planFetch(models, id);
  terminal.value({ type: 'fetch-plan', ...plan });
  if (plan.kind === 'importOnly') throw new AppError('PACK_IMPORT_ONLY', { pack: id, sha256: plan.sha256 });
  const { host, bytes, licence, sha256 } = plan;
  terminal.line(terminal.say('cli.models.fetch-plan', { id, host, bytes, licence, sha256 }));
  if (!flags.yes) {
    process.exitCode = EXIT.badUsage;
    return;
  }
  using interrupt = interruptible();
  const file = await fetchPack(plan, {
    folder: context.packsFolder,
    ask: async () => true,
    record: (entry) => terminal.value({ type: 'connection', ...entry }),
    signal: interrupt.signal,
  });
  try {
    await importPack(models, file);
  } finally {
    await rm(file, { force: true });
  }
  terminal.line(terminal.say('cli.models.imported', { id }));
}

function store({ modelsFolder, packsFolder }: Context): ModelStore {
  return new ModelStore({ modelsFolder, packsFolder });
}
