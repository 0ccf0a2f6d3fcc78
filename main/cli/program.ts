/** The commands and their options. Parsing is commander's; every text is from `main/strings`. */
import { Command, type CommanderError, Option } from 'commander';
import { type Language, languageOf, say } from '../strings/index.ts';
import { EXIT } from './exit.ts';
import { speak } from './usage.ts';

/** A sentence in the language of the help. */
export type Say = (id: string) => string;

type Add = (program: Command, say: Say) => void;

/** What adds each command, in the order of the help. Loaded by name: most need few of the rooms and packages that another needs. */
const COMMANDS: ReadonlyMap<string, () => Promise<Add>> = new Map([
  ['scan', async () => (await import('./commands/scan.ts')).addScan],
  ['renew', async () => (await import('./commands/scan.ts')).addRenew],
  ['provenance', async () => (await import('./commands/provenance.ts')).addProvenance],
  ['match', async () => (await import('./commands/match.ts')).addMatch],
  ['hashes', async () => (await import('./commands/hashes.ts')).addHashes],
  ['letters', async () => (await import('./commands/letters.ts')).addLetters],
  ['redact', async () => (await import('./commands/redact.ts')).addRedact],
  ['report', async () => (await import('./commands/report.ts')).addReport],
  ['package', async () => (await import('./commands/package.ts')).addPackage],
  ['verify', async () => (await import('./commands/verify.ts')).addVerify],
  ['timestamp', async () => (await import('./commands/timestamp.ts')).addTimestampCommand],
  ['signer', async () => (await import('./commands/signer.ts')).addSigner],
  ['case', async () => (await import('./commands/case.ts')).addCase],
  ['erase', async () => (await import('./commands/case.ts')).addErase],
  ['reference', async () => (await import('./commands/reference.ts')).addReference],
  ['models', async () => (await import('./commands/models.ts')).addModels],
  ['trust', async () => (await import('./commands/trust.ts')).addTrust],
  ['law', async () => (await import('./commands/law.ts')).addLaw],
  ['place', async () => (await import('./commands/place.ts')).addPlace],
  ['doctor', async () => (await import('./commands/doctor.ts')).addDoctor],
  ['schema', async () => (await import('./commands/schema.ts')).addSchema],
]);

/** With the command that the first word names alone; with all where it names none, as help and suggestions need them. */
export async function buildProgram(language: Language, argv: readonly string[]): Promise<Command> {
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
  const named = COMMANDS.get(argv[0] ?? '');
  for (const load of named ? [named] : COMMANDS.values()) (await load())(program, sayIn);
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
