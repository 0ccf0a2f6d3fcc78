/** `jianzhen place`: where everything is kept, and moving it. */
import path from 'node:path';
import type { Command } from 'commander';
import { moveData } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';

export function addPlace(program: Command, say: Say): void {
  const place = program.command('place').description(say('cli.place.about'));
  place.command('show').description(say('cli.place.show')).action(show);
  place.command('move').argument('<folder>').description(say('cli.place.move')).action(move);
}

function show(_: unknown, command: Command): void {
  const { terminal, dataRoot } = new Context(command);
  terminal.value({ type: 'place', dataRoot });
  terminal.line(dataRoot);
}

async function move(folder: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  if (context.dataChosen) throw new AppError('BAD_USAGE', { detail: terminal.say('cli.place.data-chosen') });
  using interrupt = interruptible();
  const moved = await moveData(context.dataRoot, path.resolve(context.cwd, folder), { signal: interrupt.signal });
  terminal.value({ type: 'moved', ...moved });
  terminal.line(terminal.say('cli.place.moved', { path: printable(moved.to), files: moved.files, bytes: moved.bytes }));
}
