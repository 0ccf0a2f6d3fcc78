/** `jianzhen letters`: drafts as editable files, filled from the record of a case. Nothing is sent. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { outFolder, writeNew } from '../../cases/index.ts';
import { letterRecord } from '../../dossier/letters.ts';
import {
  blanksIn,
  composeLetter,
  LETTER_KINDS,
  type Letter,
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
  await outFolder(folder);
  const drafts = (kind ? [kind] : lettersIn(language)).map((one) => {
    // TAKE IT DOWN is a request to be made in English, whatever the language of the terminal.
    const letter = composeLetter(one, record, lettersIn(language).includes(one) ? language : 'en');
    return { letter, file: path.join(folder, `${one}.${letter.language}.docx`) };
  });
  await writeAll(drafts);
  for (const { letter, file } of drafts) {
    const blanks = blanksIn(letter);
    terminal.value({ type: 'letter', kind: letter.kind, language: letter.language, file, blanks });
    terminal.line(terminal.say('cli.letters.written', { file, title: terminal.say(`letter.${letter.kind}`), blanks }));
  }
}

/** All of them or none; a draft that is there may have been worked on, and is not written over. */
async function writeAll(drafts: readonly { readonly letter: Letter; readonly file: string }[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { letter, file } of drafts) {
      await writeNew(file, await letterDocx(letter));
      written.push(file);
    }
  } catch (thrown) {
    for (const file of written) await rm(file, { force: true });
    throw thrown;
  }
}

/** The day at the user's place, ISO. */
function localDay(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
