/** `jianzhen verify`: whether a package is as it was packed, and everything in which it is not. */
import path from 'node:path';
import type { Command } from 'commander';
import { verifyFile } from '../../dossier/package-file.ts';
import { printable } from '../../strings/printable.ts';
import { linesOf } from '../../verify/words.ts';
import { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';

export function addVerify(program: Command, say: Say): void {
  program.command('verify').argument('<file>').description(say('cli.verify.about')).action(verify);
}

async function verify(file: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using interrupt = interruptible();
  const found = await verifyFile(path.resolve(context.cwd, file), {
    signal: interrupt.signal,
    onProgress: (done, total) =>
      terminal.status(terminal.say('cli.verify.progress', { percent: Math.floor((done / Math.max(1, total)) * 100) })),
  });
  terminal.status('');
  terminal.value({ type: 'verification', ...found });
  for (const { id, params } of linesOf(found)) {
    const safe = Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? printable(value) : value,
    ]);
    terminal.line(terminal.say(id, Object.fromEntries(safe)));
  }
  process.exitCode = found.deviations.length === 0 ? EXIT.examined : EXIT.deviates;
}
