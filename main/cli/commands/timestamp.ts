/** `jianzhen timestamp`: an authority's word on when a package existed; without a network by way of two files. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { writeNew } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import { addTimestamp, requestFor } from '../../dossier/package-file.ts';
import { askTimestamp } from '../../net/timestamp.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';

interface TimestampOptions {
  readonly request?: string;
  readonly reply?: string;
  readonly server?: string;
}

export function addTimestampCommand(program: Command, say: Say): void {
  program
    .command('timestamp')
    .argument('<file>')
    .option('--request <file>', say('cli.timestamp.option.request'))
    .option('--reply <file>', say('cli.timestamp.option.reply'))
    .option('--server <address>', say('cli.timestamp.option.server'))
    .description(say('cli.timestamp.about'))
    .action(timestamp);
}

async function timestamp(given: string, options: TimestampOptions, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  if (
    Object.values({ request: options.request, reply: options.reply, server: options.server }).filter(Boolean).length !==
    1
  )
    throw new AppError('BAD_USAGE', { detail: terminal.say('cli.timestamp.one-of') });
  using interrupt = interruptible();
  const { signal } = interrupt;
  const at = (file: string) => path.resolve(context.cwd, file);
  const file = at(given);
  if (options.request) return writeRequest(context, file, at(options.request));
  const reply = options.reply
    ? await readFile(at(options.reply))
    : await askTimestamp(options.server!, await requestFor(file), { signal });
  const { authority, atMs } = await addTimestamp(file, reply, signal);
  terminal.value({ type: 'timestamp', file, authority, atMs });
  const time = atMs === null ? null : new Date(atMs).toISOString();
  terminal.line(terminal.say('cli.timestamp.added', { authority: printable(authority ?? ''), time }));
}

async function writeRequest({ terminal }: Context, file: string, request: string): Promise<void> {
  await writeNew(request, await requestFor(file));
  terminal.value({ type: 'timestamp-request', file: request });
  const name = path.basename(request);
  const command = `curl -H "Content-Type: application/timestamp-query" --data-binary @${name} SERVER -o reply.tsr`;
  terminal.line(terminal.say('cli.timestamp.requested', { file: request, command }));
}
