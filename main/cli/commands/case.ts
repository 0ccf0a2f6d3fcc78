import path from 'node:path';
import type { Command } from 'commander';
import {
  addPassphrase,
  addRecoveryCode,
  caseSummary,
  eraseAll,
  eraseCase,
  exportCase,
  importCase,
  LivePhotos,
  latestExamination,
  listCases,
  listItems,
  listSlots,
  removeSlot,
  verifyCustody,
} from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import { otherVersions } from '../../contract/versions.ts';
import { asPeopleAreNow } from '../../dossier/people-now.ts';
import { sizeText } from '../../strings/index.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';
import { otherVersionsLine, tellHowToRenew } from '../scan-report.ts';
import { addFacts } from './facts.ts';
import { groups } from './match.ts';
import { persons } from './persons.ts';

export function addCase(program: Command, say: Say): void {
  const command = program.command('case').description(say('cli.case.about'));
  command.command('list').description(say('cli.case.list')).action(list);
  command.command('show').argument('[name]').description(say('cli.case.show')).action(show);
  command.command('groups').argument('[name]').description(say('cli.case.groups')).action(groups);
  command.command('persons').argument('[name]').description(say('cli.case.persons')).action(persons);
  addFacts(command, say);
  command.command('protect').argument('<name>').description(say('cli.case.protect')).action(protect);
  command
    .command('export')
    .argument('<name>')
    .requiredOption('--out <file>')
    .description(say('cli.case.export'))
    .action(exportOne);
  command
    .command('import')
    .argument('<file>')
    .option('--as <name>')
    .description(say('cli.case.import'))
    .action(importOne);
  command.command('erase').argument('<name>').option('--yes').description(say('cli.case.erase')).action(eraseOne);
}

export function addErase(program: Command, say: Say): void {
  program
    .command('erase')
    .requiredOption('--all')
    .option('--yes')
    .description(say('cli.erase.about'))
    .action(eraseEverything);
}

async function list(_: unknown, command: Command): Promise<void> {
  const { terminal, dataRoot } = new Context(command);
  const cases = await listCases(dataRoot);
  if (cases.length === 0) terminal.line(terminal.say('cli.case.none'));
  for (const found of cases) {
    terminal.value(found);
    terminal.line(
      `${printable(found.name)}  ${found.folder}${found.locked ? `  (${terminal.say('cli.case.locked')})` : ''}`,
    );
  }
}

async function show(name: string | undefined, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using openCase = await context.openCase(name);
  const summary = caseSummary(openCase);
  const { entries, head } = verifyCustody(openCase);
  const { items, examined, people, openJobs, custody } = summary;
  terminal.value({ type: 'case', ...summary, custodyVerified: { entries, head } });
  terminal.line(
    terminal.say('cli.case.summary', {
      name: summary.name,
      items,
      examined,
      people,
      openJobs,
      seq: custody.seq,
      hash: custody.hash,
    }),
  );
  terminal.line(terminal.say('cli.case.verified', { entries }));
  const livePhotos = LivePhotos.of(openCase);
  const installed = context.installed();
  const asNow = asPeopleAreNow(openCase);
  let examinedOtherwise = 0;
  for (let after: number | undefined; ; ) {
    const page = listItems(openCase, { ...(after === undefined ? {} : { after }), limit: 200 });
    for (const item of page) {
      const companion = livePhotos.partnerOf(item.sha256);
      const stored = latestExamination(openCase, item.sha256);
      const examination = stored && asNow(stored);
      const others = examination && otherVersions(examination, installed);
      if (others) examinedOtherwise++;
      terminal.value({
        type: 'item',
        ...item,
        ...(companion ? { companion: { sha256: companion, relation: 'live-photo' } } : {}),
        findings: examination?.findings ?? null,
        otherVersions: others,
      });
      const role = terminal.say(`item-role.${item.role}`);
      const type = stored ? item.mediaType : terminal.say('report.type-not-looked-at');
      terminal.line(`  ${item.sha256.slice(0, 16)}…  ${type}  ${sizeText(terminal.language, item.bytes)}  ${role}`);
      if (item.parent) terminal.line(`    ${terminal.say('cli.case.part-of', { digest: item.parent.slice(0, 16) })}`);
      const half = livePhotos.halfOf(item.sha256);
      if (half && companion)
        terminal.line(`    ${terminal.say(`live-photo.${half}.with`, { name: `${companion.slice(0, 16)}…` })}`);
      else if (half) terminal.line(`    ${terminal.say(`live-photo.${half}.alone`)}`);
      if (others) terminal.line(`    ${otherVersionsLine(terminal, others)}`);
    }
    const last = page.at(-1);
    if (!last) break;
    after = last.ordinal;
  }
  tellHowToRenew(terminal, openCase, examinedOtherwise);
}

/** Puts a passphrase and a recovery code in the place of the key file. The code is shown once and kept nowhere. */
async function protect(name: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  const passphrase = context.passphrase();
  if (!passphrase) throw new AppError('BAD_USAGE', { detail: terminal.say('cli.option.passphrase-file') });
  using openCase = await context.openCase(name);
  const former = listSlots(openCase);
  await addPassphrase(openCase, passphrase);
  const { code: recoveryCode } = await addRecoveryCode(openCase);
  for (const slot of former) await removeSlot(openCase, slot.id);
  terminal.value({ type: 'protected', name, recoveryCode });
  terminal.line(terminal.say('cli.case.protected', { name: printable(name) }));
  terminal.line(`  ${recoveryCode}`);
}

async function exportOne(name: string, flags: { out: string }, command: Command): Promise<void> {
  const context = new Context(command);
  using interrupt = interruptible();
  using openCase = await context.openCase(name);
  const passphrase = context.passphrase();
  const { file, sha256 } = await exportCase(openCase, {
    out: path.resolve(context.cwd, flags.out),
    ...(passphrase ? { passphrase } : {}),
    signal: interrupt.signal,
  });
  context.terminal.value({ type: 'exported', file, sha256 });
  context.terminal.line(context.terminal.say('cli.case.exported', { file: printable(file), sha256 }));
}

async function importOne(file: string, flags: { as?: string }, command: Command): Promise<void> {
  const context = new Context(command);
  using interrupt = interruptible();
  const imported = await importCase(context.dataRoot, {
    file: path.resolve(context.cwd, file),
    ...(flags.as ? { as: flags.as } : {}),
    signal: interrupt.signal,
  });
  context.terminal.value({ type: 'imported', ...imported });
  context.terminal.line(context.terminal.say('case.imported', { name: printable(imported.name) }));
  const { left } = imported;
  if (left > 0) context.terminal.line(context.terminal.say('case.imported.left', { count: left }));
}

async function eraseOne(name: string, flags: { yes?: boolean }, command: Command): Promise<void> {
  const context = new Context(command);
  confirmed(context, flags);
  report(context, await eraseCase(context.dataRoot, name));
}

async function eraseEverything(flags: { yes?: boolean }, command: Command): Promise<void> {
  const context = new Context(command);
  confirmed(context, flags);
  report(context, await eraseAll(context.dataRoot));
}

function confirmed({ terminal }: Context, { yes }: { yes?: boolean }): void {
  if (!yes) throw new AppError('BAD_USAGE', { detail: terminal.say('cli.erase.confirm') });
}

function report({ terminal }: Context, erased: { removed: readonly string[]; kept: readonly string[] }): void {
  terminal.value({ type: 'erased', ...erased });
  terminal.line(terminal.say('cli.erase.done', { count: erased.removed.length }));
  for (const kept of erased.kept) terminal.line(`  ${printable(kept)}`);
}
