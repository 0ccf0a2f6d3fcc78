/** `jianzhen hashes`: what a victim hands to a platform instead of the picture: digests and PDQ of files or items of the case. */
import path from 'node:path';
import type { Command } from 'commander';
import { writeNew } from '../../cases/index.ts';
import { byteDigests, itemHashes } from '../../dossier/item-hashes.ts';
import { type HashSheet, hashText, sharedPdq } from '../../report/hash-sheet.ts';
import { Context } from '../context.ts';
import type { Say } from '../program.ts';
import { hashScenes, namesItem } from '../scenes.ts';

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
  await writeNew(target, text);
  terminal.line(terminal.say('cli.hashes.written', { file: target, count: sheets.length }));
}

async function sheetOfFile(given: string, context: Context): Promise<HashSheet> {
  const file = path.resolve(context.cwd, given);
  const digests = await byteDigests(file);
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
  return await itemHashes(openCase, given);
}
