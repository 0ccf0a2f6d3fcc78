import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { fetchPack } from '../../net/fetch-pack.ts';
import { importTrustFile, installedTrustLists, TRUST_FILES } from '../../provenance/c2pa/trust-lists.ts';
import { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';

export function addTrust(program: Command, say: Say): void {
  const command = program.command('trust').description(say('cli.trust.about'));
  command.command('list').description(say('cli.trust.list')).action(list);
  command.command('import').argument('<file>').description(say('cli.trust.import')).action(importOne);
  command.command('fetch').option('--yes').description(say('cli.trust.fetch')).action(fetchAll);
}

async function list(_: unknown, command: Command): Promise<void> {
  const { terminal, trustFolder } = new Context(command);
  const lists = installedTrustLists(trustFolder);
  if (lists.length === 0) terminal.line(terminal.say('cli.trust.none'));
  for (const { id, date } of lists) {
    terminal.value({ type: 'trust-list', id, date });
    terminal.line(terminal.say('cli.trust.one', { id, date }));
  }
}

async function importOne(file: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  await take(context, await readFile(path.resolve(context.cwd, file)));
}

/** Says first which files would be fetched from where; connects only with `--yes`. */
async function fetchAll(flags: { yes?: boolean }, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal, packsFolder } = context;
  using interrupt = interruptible();
  for (const { name, url, bytes, licence, sha256 } of TRUST_FILES) {
    const plan = { id: name, host: new URL(url).host, bytes, licence, sha256 };
    terminal.value({ type: 'fetch-plan', ...plan });
    terminal.line(terminal.say('cli.models.fetch-plan', plan));
    if (!flags.yes) continue;
    const file = await fetchPack(
      { id: name, url, bytes, licence, sha256, purpose: 'trust-list' },
      {
        folder: packsFolder,
        ask: async () => true,
        record: (entry) => terminal.value({ type: 'connection', ...entry }),
        signal: interrupt.signal,
      },
    );
    try {
      await take(context, await readFile(file));
    } finally {
      await rm(file, { force: true });
    }
  }
  if (!flags.yes) process.exitCode = EXIT.badUsage;
}

async function take({ terminal, trustFolder }: Context, bytes: Uint8Array): Promise<void> {
  const { list: id, name } = await importTrustFile(trustFolder, bytes, new Date().toISOString().slice(0, 10));
  terminal.value({ type: 'imported', id, name });
  terminal.line(terminal.say('cli.trust.imported', { id, name }));
}
