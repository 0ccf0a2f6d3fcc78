/** `jianzhen signer`: makes, shows or brings the key that signs reports and packages. */
import path from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../contract/errors.ts';
import { importSigner, makeSigner, type SignerCard, signerCard } from '../../signing/index.ts';
import { printable } from '../../strings/printable.ts';
import { Context, firstLineOf } from '../context.ts';
import type { Say } from '../program.ts';

export interface SignerSecret {
  readonly signerPassphraseFile?: string;
}

export function addSigner(program: Command, say: Say): void {
  const signer = program.command('signer').description(say('cli.signer.about'));
  const secret = ['--signer-passphrase-file <file>', say('cli.option.signer-passphrase-file')] as const;
  signer
    .command('create')
    .requiredOption('--name <name>', say('cli.option.signer-name'))
    .option(...secret)
    .description(say('cli.signer.create.about'))
    .action(create);
  signer.command('show').description(say('cli.signer.show.about')).action(show);
  signer
    .command('import')
    .argument('<file>')
    .option(...secret)
    .description(say('cli.signer.import.about'))
    .action(importFile);
}

/** Throws AppError `BAD_USAGE` where none was given. */
export function signerPassphrase(context: Context, { signerPassphraseFile }: SignerSecret): string {
  const given = signerPassphraseFile
    ? firstLineOf(path.resolve(context.cwd, signerPassphraseFile))
    : process.env.JIANZHEN_SIGNER_PASSPHRASE;
  if (!given) throw new AppError('BAD_USAGE', { detail: context.terminal.say('cli.signer.needs-passphrase') });
  return given;
}

async function create(options: SignerSecret & { readonly name: string }, command: Command): Promise<void> {
  const context = new Context(command);
  const passphrase = signerPassphrase(context, options);
  sayCard(context, await makeSigner(context.dataRoot, { name: options.name, passphrase, nowMs: Date.now() }));
}

async function show(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const card = await signerCard(context.dataRoot);
  if (card) return sayCard(context, card);
  context.terminal.value({ type: 'signer', signer: null });
  context.terminal.line(context.terminal.say('cli.signer.none'));
}

async function importFile(file: string, options: SignerSecret, command: Command): Promise<void> {
  const context = new Context(command);
  const passphrase = signerPassphrase(context, options);
  sayCard(context, await importSigner(context.dataRoot, path.resolve(context.cwd, file), passphrase));
}

function sayCard({ terminal }: Context, card: SignerCard): void {
  terminal.value({ type: 'signer', signer: card });
  const until = new Date(card.notAfterMs).toISOString().slice(0, 10);
  terminal.line(terminal.say('cli.signer.card', { name: printable(card.name), origin: card.origin, until }));
  terminal.line(terminal.say('cli.signer.fingerprint', { fingerprint: card.fingerprint }));
  terminal.line(terminal.say('cli.signer.tell'));
}
