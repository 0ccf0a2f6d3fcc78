/** `jianzhen law`: the law packs that reports print from, and one brought from a file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type InstalledPack, importLawPack, installedLaw, type RefusedPack } from '../../dossier/law-packs.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import type { Say } from '../program.ts';

export function addLaw(program: Command, say: Say): void {
  const command = program.command('law').description(say('cli.law.about'));
  command.command('list').description(say('cli.law.list')).action(list);
  command.command('import').argument('<file>').description(say('cli.law.import')).action(importOne);
}

async function list(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { packs, refused } = installedLaw(context.dataRoot);
  for (const installed of packs.values()) sayPack(context, installed);
  for (const one of refused) sayRefused(context, one);
}

async function importOne(file: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  sayPack(context, importLawPack(context.dataRoot, await readFile(path.resolve(context.cwd, file))));
}

/** `stale`: provisions past their day of checking. */
function sayPack({ terminal }: Context, { pack, imported }: InstalledPack): void {
  const today = new Date().toISOString().slice(0, 10);
  const stale = pack.provisions.filter(({ versions }) => versions.at(-1)!.checkBy < today).length;
  const { id, jurisdiction, asOf, provisions } = pack;
  const told = { id, jurisdiction, asOf, provisions: provisions.length, stale };
  terminal.value({ type: 'law-pack', ...told, imported });
  terminal.line(terminal.say('cli.law.one', { ...told, name: printable(pack.name[terminal.language]) }));
  if (imported) terminal.line(terminal.say('cli.law.imported', { sha256: imported }));
}

function sayRefused({ terminal }: Context, { id, sha256, why }: RefusedPack): void {
  terminal.value({ type: 'law-pack-refused', id, sha256, why });
  terminal.line(
    terminal.say('cli.law.refused', { id: printable(id), sha256, why: terminal.say(`error.${why.code}`, why.params) }),
  );
}
