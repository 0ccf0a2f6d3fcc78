/** What `jianzhen` does: parses, runs, and turns every fault into one sentence and an exit code. */
import { CommanderError } from 'commander';
import { AppError, toErrorRecord } from '../contract/errors.ts';
import { say } from '../strings/index.ts';
import { exitCodeOf } from './exit.ts';
import { buildProgram, exitCodeOfParsing, helpLanguage, liftGlobals } from './program.ts';

process.umask(0o077);
const argv = process.argv.slice(2);
const language = helpLanguage(argv);

// A reader that closes the pipe early (`| head`) ends the program quietly; what was finished is stored.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4));

try {
  await liftGlobals(await buildProgram(language, argv)).parseAsync(argv, { from: 'user' });
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    process.exitCode = exitCodeOfParsing(thrown);
  } else {
    const error = toErrorRecord(thrown);
    if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ type: 'error', error })}\n`);
    process.stderr.write(`${say(language, `error.${error.code}`, error.params)} [${error.code}]\n`);
    if (!(thrown instanceof AppError) && process.env.JIANZHEN_DEBUG) console.error(thrown);
    process.exitCode = exitCodeOf(error.code);
  }
}
