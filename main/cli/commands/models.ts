import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { type DetectorRole, detectorRoleSchema } from '../../contract/detector.ts';
import { AppError } from '../../contract/errors.ts';
import {
  importDetector,
  importPack,
  listModels,
  type ModelStatus,
  ModelStore,
  planFetch,
  readImported,
  verifyModels,
} from '../../inference/index.ts';
import { fetchPack } from '../../net/fetch-pack.ts';
import { calibrateDetector } from '../calibrate-detector.ts';
import { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';
import type { Terminal } from '../terminal.ts';

export function addModels(program: Command, say: Say): void {
  const command = program.command('models').description(say('cli.models.about'));
  command.command('list').description(say('cli.models.list')).action(list);
  command.command('verify').description(say('cli.models.verify')).action(verify);
  command
    .command('import')
    .argument('<file>')
    .addOption(new Option('--as <role>', say('cli.models.as')).choices(detectorRoleSchema.options))
    .option('--contract <file>', say('cli.models.contract'))
    .description(say('cli.models.import'))
    .action(importOne);
  command
    .command('calibrate')
    .argument('<id>')
    .requiredOption('--genuine <folder>', say('cli.models.genuine'))
    .requiredOption('--synthetic <folder>', say('cli.models.synthetic'))
    .option('--language <code>', say('cli.models.language'))
    .description(say('cli.models.calibrate'))
    .action(calibrateOne);
  command.command('fetch').argument('<id>').option('--yes').description(say('cli.models.fetch')).action(fetchOne);
}

async function list(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  for (const status of await listModels(store(context))) print(context.terminal, status);
  for (const { contract, role, sha256 } of readImported(context.packsFolder)) {
    context.terminal.value({ type: 'imported', id: contract.id, role, licence: contract.licence, sha256 });
    context.terminal.line(`${contract.id} (${role})  ${contract.licence}  SHA-256 ${sha256.slice(0, 16)}…`);
  }
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

interface ImportFlags {
  readonly as?: DetectorRole;
  readonly contract?: string;
}

/** A registered pack by its digest; with `--as` and `--contract` any detector, as declared. */
async function importOne(file: string, flags: ImportFlags, command: Command): Promise<void> {
  const context = new Context(command);
  if (flags.as !== undefined || flags.contract !== undefined) {
    if (flags.as === undefined || flags.contract === undefined) command.error(context.terminal.say('cli.models.both'));
    const { contract, sha256 } = await importDetector(context.packsFolder, {
      file: path.resolve(context.cwd, file),
      role: flags.as!,
      contractFile: path.resolve(context.cwd, flags.contract!),
      taken: store(context)
        .entries()
        .map((entry) => entry.id),
    });
    context.terminal.value({ type: 'imported', id: contract.id, sha256, role: flags.as });
    context.terminal.line(context.terminal.say('cli.models.imported-detector', { id: contract.id }));
    return;
  }
  const { id, sha256 } = await importPack(store(context), path.resolve(context.cwd, file));
  context.terminal.value({ type: 'imported', id, sha256 });
  context.terminal.line(context.terminal.say('cli.models.imported', { id }));
}

interface CalibrateFlags {
  readonly genuine: string;
  readonly synthetic: string;
  readonly language?: string;
}

async function calibrateOne(id: string, flags: CalibrateFlags, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using interrupt = interruptible();
  const result = await calibrateDetector({
    id,
    genuine: path.resolve(context.cwd, flags.genuine),
    synthetic: path.resolve(context.cwd, flags.synthetic),
    language: flags.language ?? null,
    packsFolder: context.packsFolder,
    engineSettings: (scratch) => context.engineSettings(scratch),
    signal: interrupt.signal,
    onProgress: (done, total) => terminal.status(`${done}/${total}`),
    onWithout: (without) => {
      terminal.status('');
      for (const [why, count] of Object.entries(without))
        terminal.line(terminal.say('cli.models.without', { count, why }));
    },
  });
  terminal.value({ type: 'calibrated', ...result });
  const { genuine, synthetic, auc, cllr, llrMin, llrMax } = result;
  terminal.line(
    terminal.say('cli.models.measured', { genuine, synthetic, auc: auc[0], low: auc[1], high: auc[2], cllr }),
  );
  terminal.line(
    result.usable
      ? terminal.say('cli.models.speaks', { id, llrMin, llrMax })
      : terminal.say('cli.models.useless', { id }),
  );
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
