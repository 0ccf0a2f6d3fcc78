/** The commands and their options. Parsing is commander's; every text is from `main/strings`. */
import { Command, type CommanderError, Option } from 'commander';
import { type Language, languageOf, say } from '../strings/index.ts';
import { addCase } from './commands/case.ts';
import { addDoctor } from './commands/doctor.ts';
import { addHashes } from './commands/hashes.ts';
import { addLaw } from './commands/law.ts';
import { addLetters } from './commands/letters.ts';
import { addMatch } from './commands/match.ts';
import { addModels } from './commands/models.ts';
import { addPackage } from './commands/package.ts';
import { addPlace } from './commands/place.ts';
import { addProvenance } from './commands/provenance.ts';
import { addRedact } from './commands/redact.ts';
import { addReference } from './commands/reference.ts';
import { addReport } from './commands/report.ts';
import { addScan } from './commands/scan.ts';
import { addSchema } from './commands/schema.ts';
import { addSigner } from './commands/signer.ts';
import { addTimestampCommand } from './commands/timestamp.ts';
import { addTrust } from './commands/trust.ts';
import { addVerify } from './commands/verify.ts';
import { EXIT } from './exit.ts';
import { speak } from './usage.ts';

/** A sentence in the language of the help. */
export type Say = (id: string) => string;

export function buildProgram(language: Language): Command {
  const sayIn: Say = (id) => say(language, id);
  const program = new Command('jianzhen')
    .description(sayIn('cli.about'))
    .addOption(new Option('--lang <language>', sayIn('cli.option.lang')).choices(['zh', 'en']))
    .option('--data <folder>', sayIn('cli.option.data'))
    .option('--case <name>', sayIn('cli.option.case'))
    .option('--passphrase-file <file>', sayIn('cli.option.passphrase-file'))
    .option('--json', sayIn('cli.option.json'))
    .addHelpText('after', `\n${sayIn('cli.exit-codes')}`)
    .showHelpAfterError()
    .enablePositionalOptions()
    .exitOverride();
  speak(program, language);
  for (const add of [
    addScan,
    addProvenance,
    addMatch,
    addHashes,
    addLetters,
    addRedact,
    addReport,
    addPackage,
    addVerify,
    addTimestampCommand,
    addSigner,
    addCase,
    addReference,
    addModels,
    addTrust,
    addLaw,
    addPlace,
    addDoctor,
    addSchema,
  ])
    add(program, sayIn);
  for (const command of [program, ...descendants(program)]) {
    command.helpOption('-h, --help', sayIn('cli.help.option'));
    if (command.commands.length > 0) command.helpCommand('help [command]', sayIn('cli.help.option'));
  }
  return program;
}

/** Options that stand after the command's name mean the same as before it: `scan --case a x.jpg`. */
export function liftGlobals(program: Command): Command {
  for (const command of [program, ...descendants(program)]) {
    command.exitOverride();
    if (command === program) continue;
    const own = new Set(command.options.map(({ long }) => long));
    for (const option of program.options) if (!own.has(option.long)) command.addOption(option);
  }
  return program;
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}

/** The exit code of what commander throws: help and version are answers, everything else is bad usage. */
export function exitCodeOfParsing(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT.examined : EXIT.badUsage;
}

/** `--lang` counts for the help too, so it is looked for before parsing. */
export function helpLanguage(argv: readonly string[]): Language {
  const at = argv.findIndex((one) => one === '--lang' || one.startsWith('--lang='));
  if (at === -1) return languageOf(process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG);
  return languageOf(argv[at] === '--lang' ? argv[at + 1] : argv[at]!.slice('--lang='.length));
}
