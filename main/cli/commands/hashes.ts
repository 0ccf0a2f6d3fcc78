/** `jianzhen hashes`: what a victim hands to a platform instead of the picture: digests and PDQ of files or items of the case. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { findItem, withWorkingCopy } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import { type HashSheet, hashText, sharedPdq } from '../../report/hash-sheet.ts';
import { Context } from '../context.ts';
import { digestsOf } from '../digest.ts';
import type { Say } from '../program.ts';
import { hashScenes, namesItem, recordedScenes } from '../scenes.ts';

export function addHashes(program: Command, say: Say): void {
  program
    .command('hashes')
    .argument('<file-or-item...>')
    .option('--out <file>', say('cli.option.out-text'))
    .description(say('cli.hashes.about'))
    .action(hashes);
}

async function hashes(given: readonly string[], { out }: { out?: string }, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  const sheets: HashSheet[] = [];
  for (const one of given) {
    const sheet = namesItem(one, context.cwd) ? await sheetOfItem(one, context) : await sheetOfFile(one, context);
    terminal.value({ type: 'hashes', ...sheet });
    sheets.push(sheet);
  }
  const text = hashText(terminal.language, sheets);
  if (!out) {
    terminal.line(text.trimEnd());
    return;
  }
  const target = path.resolve(context.cwd, out);
  // A sheet that is there already may have been handed over: it is not written over.
  await writeFile(target, text, { flag: 'wx' }).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'EEXIST' ? new AppError('ARCHIVE_EXISTS') : thrown;
  });
  terminal.line(terminal.say('cli.hashes.written', { file: target, count: sheets.length }));
}

const ALGORITHMS = ['md5', 'sha1', 'sha256'] as const;

async function sheetOfFile(given: string, context: Context): Promise<HashSheet> {
  const file = path.resolve(context.cwd, given);
  const digests = await digestsOf(file, ALGORITHMS);
  const { info, facts } = await hashScenes(file, digests.sha256, context);
  return {
    name: path.basename(file),
    bytes: info.bytes,
    mediaType: info.mediaType,
    digests,
    ...sharedPdq(facts ?? []),
  };
}

async function sheetOfItem(given: string, context: Context): Promise<HashSheet> {
  using openCase = await context.openCase();
  const item = findItem(openCase, given);
  if (!item) throw new AppError('ITEM_NOT_FOUND', { sha256: given });
  return {
    name: `${item.sha256.slice(0, 16)}…`,
    bytes: item.bytes,
    mediaType: item.mediaType,
    digests: await withWorkingCopy(openCase, item.sha256, (file) => digestsOf(file, ALGORITHMS)),
    ...sharedPdq(recordedScenes(openCase, item.sha256)?.facts ?? []),
  };
}
