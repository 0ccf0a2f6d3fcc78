/** `jianzhen redact`: a picture of the case with faces covered, its AI label kept, to be handed on. */
import path from 'node:path';
import { type Command, Option } from 'commander';
import { findItem } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import { type Cover, exportRedacted } from '../../dossier/redaction.ts';
import { coveredCopy } from '../../media/index.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';

export function addRedact(program: Command, say: Say): void {
  program
    .command('redact')
    .argument('<item>')
    .requiredOption('--out <file>', say('cli.option.out-file'))
    .addOption(new Option('--cover <what>', say('cli.redact.option.cover')).choices(['faces', 'all']).default('faces'))
    .description(say('cli.redact.about'))
    .action(redact);
}

async function redact(given: string, { out, cover }: { out: string; cover: Cover }, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using interrupt = interruptible();
  using openCase = await context.openCase();
  const item = findItem(openCase, given);
  if (!item) throw new AppError('ITEM_NOT_FOUND', { sha256: given });
  const made = await exportRedacted(openCase, item.sha256, {
    out: path.resolve(context.cwd, out),
    cover,
    coveredCopy,
    signal: interrupt.signal,
  });
  terminal.value({ type: 'redacted', ...made });
  terminal.line(terminal.say(made.faces === null ? 'cli.redact.all' : 'cli.redact.faces', { ...made, head: null }));
  if (made.labelled) terminal.line(terminal.say('cli.redact.labelled'));
  terminal.line(terminal.say('cli.redact.look'));
}
