/** `jianzhen package`: a case as one signed archive that an outsider can check without this program. */
import path from 'node:path';
import { type Command, Option } from 'commander';
import { AppError } from '../../contract/errors.ts';
import { makePackage, type Originals } from '../../dossier/make-package.ts';
import type { PictureChoice } from '../../dossier/make-report.ts';
import { verifierPage } from '../../dossier/verifier-page.ts';
import { openSigner } from '../../signing/index.ts';
import { printable } from '../../strings/printable.ts';
import { APP_NAME, Context, firstLineOf } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';
import { type SignerSecret, signerPassphrase } from './signer.ts';

interface PackageCommandOptions extends SignerSecret {
  readonly out: string;
  readonly lang?: 'zh' | 'en' | 'both';
  readonly madeBy?: string;
  readonly pictures: PictureChoice;
  readonly originals: 'none' | 'plain' | 'sealed';
  readonly originalsPassphraseFile?: string;
  readonly unsigned?: boolean;
}

export function addPackage(program: Command, say: Say): void {
  program
    .command('package')
    .argument('[case]')
    .requiredOption('--out <file>', say('cli.option.out-file'))
    .addOption(new Option('--lang <language>', say('cli.report.option.lang')).choices(['zh', 'en', 'both']))
    .addOption(
      new Option('--pictures <how>', say('cli.report.option.pictures'))
        .choices(['blurred', 'shown', 'none'])
        .default('blurred'),
    )
    .addOption(
      new Option('--originals <how>', say('cli.package.option.originals'))
        .choices(['none', 'plain', 'sealed'])
        .default('none'),
    )
    .option('--originals-passphrase-file <file>', say('cli.package.option.originals-passphrase-file'))
    .option('--signer-passphrase-file <file>', say('cli.option.signer-passphrase-file'))
    .option('--unsigned', say('cli.package.option.unsigned'))
    .option('--made-by <name>', say('cli.report.option.made-by'))
    .description(say('cli.package.about'))
    .action(makeOne);
}

async function makeOne(name: string | undefined, options: PackageCommandOptions, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using interrupt = interruptible();
  const originals = originalsOf(context, options);
  const page = verifierPage();
  const signer = options.unsigned ? null : await openSigner(context.dataRoot, signerPassphrase(context, options));
  using openCase = await context.openCase(name);
  await context.expire(openCase);
  const made = await makePackage(openCase, {
    app: APP_NAME,
    installed: context.installed(),
    nowMs: Date.now(),
    madeBy: options.madeBy ?? null,
    out: path.resolve(context.cwd, options.out),
    languages: options.lang === 'both' ? ['zh', 'en'] : [terminal.language],
    pictures: options.pictures,
    originals,
    signer,
    page,
    signal: interrupt.signal,
    blur: async (png) => (await import('../../media/blur.ts')).blurPng(png),
    onChecked: (done, total) => terminal.status(terminal.say('cli.report.checking', { done, total })),
    onFile: (file) => terminal.status(terminal.say('cli.package.writing', { file })),
  });
  terminal.status('');
  terminal.value({ type: 'package', ...made, signedBy: signer?.card.fingerprint ?? null });
  if (made.mismatches > 0) terminal.line(terminal.say('cli.report.mismatches', { mismatches: made.mismatches }));
  terminal.line(terminal.say('cli.package.written', { file: made.file, bytes: made.bytes }));
  terminal.line(terminal.say('cli.package.digest', { sha256: made.sha256 }));
  if (originals !== 'none')
    terminal.line(terminal.say('cli.package.originals', { added: made.originals, leftOut: made.originalsLeftOut }));
  terminal.line(terminal.say('cli.package.head', { ...made.head }));
  if (!signer) return terminal.line(terminal.say('cli.package.unsigned'));
  const { name: signedBy, fingerprint } = signer.card;
  terminal.line(terminal.say('cli.package.signed', { name: printable(signedBy), fingerprint }));
}

function originalsOf(context: Context, { originals, originalsPassphraseFile: file }: PackageCommandOptions): Originals {
  if (originals !== 'sealed') return originals;
  const passphrase = file && firstLineOf(path.resolve(context.cwd, file));
  if (!passphrase) throw new AppError('BAD_USAGE', { detail: context.terminal.say('cli.package.needs-passphrase') });
  return { passphrase };
}
