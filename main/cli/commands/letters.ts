/** `jianzhen letters`: drafts as editable files, filled from the record of a case. Nothing is sent. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { AppError } from '../../contract/errors.ts';
import { letterRecord } from '../../dossier/letters.ts';
import {
  blanksIn,
  composeLetter,
  LETTER_KINDS,
  type LetterKind,
  letterDocx,
  lettersIn,
} from '../../report/letters/index.ts';
import { Context } from '../context.ts';
import type { Say } from '../program.ts';

export function addLetters(program: Command, say: Say): void {
  program
    .command('letters')
    .argument('[case]')
    .requiredOption('--out <folder>', say('cli.option.out-folder'))
    .addOption(new Option('--kind <kind>', say('cli.option.letter-kind')).choices([...LETTER_KINDS]))
    .description(say('cli.letters.about'))
    .action(letters);
}

async function letters(
  name: string | undefined,
  { out, kind }: { out: string; kind?: LetterKind },
  command: Command,
): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  const { language } = terminal;
  using openCase = await context.openCase(name);
  const record = letterRecord(openCase, localDay(new Date()));
  const folder = path.resolve(context.cwd, out);
  await mkdir(folder, { recursive: true });
  for (const one of kind ? [kind] : lettersIn(language)) {
    // TAKE IT DOWN is a request to be made in English, whatever the language of the terminal.
    const letter = composeLetter(one, record, lettersIn(language).includes(one) ? language : 'en');
    const file = path.join(folder, `${one}.${letter.language}.docx`);
    // A draft that is there may have been worked on: it is not written over.
    await writeFile(file, await letterDocx(letter), { flag: 'wx' }).catch((thrown: NodeJS.ErrnoException) => {
      throw thrown.code === 'EEXIST' ? new AppError('ARCHIVE_EXISTS') : thrown;
    });
    const blanks = blanksIn(letter);
    terminal.value({ type: 'letter', kind: one, language: letter.language, file, blanks });
    terminal.line(terminal.say('cli.letters.written', { file, title: terminal.say(`letter.${one}`), blanks }));
  }
}

/** The day at the user's place, ISO. */
function localDay(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
