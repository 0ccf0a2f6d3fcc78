import path from 'node:path';
import type { Command } from 'commander';
import { sha256OfFile } from '../../cases/index.ts';
import { DEFAULT_SETTINGS } from '../../contract/analyzer.ts';
import { EngineHost } from '../../jobs/engine-host.ts';
import { forkEngine } from '../../jobs/fork-engine.ts';
import { FileSource } from '../../media/index.ts';
import { formatProvenance, provenanceAnalyzers, provenanceReport } from '../../provenance/index.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';
import { withScratchFolder } from '../scratch.ts';

export function addProvenance(program: Command, say: Say): void {
  program.command('provenance').argument('<file>').description(say('cli.provenance.about')).action(provenance);
}

/** Reads one file where it lies: no case, no copy. Every fact with its place, to be checked with a hex editor. */
async function provenance(file: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  const absolute = path.resolve(context.cwd, file);
  await using source = await FileSource.open(absolute);
  using interrupt = interruptible();
  const { outcomes } = await withScratchFolder(async (scratch) => {
    await using engine = new EngineHost(() => forkEngine(context.engineSettings(scratch)));
    return await engine.examine(
      {
        path: absolute,
        claimedExtension: path.extname(absolute).toLowerCase(),
        sha256: await sha256OfFile(absolute),
        settings: DEFAULT_SETTINGS,
        references: [],
        only: provenanceAnalyzers.map((a) => a.id),
      },
      { signal: interrupt.signal, onProgress: () => {} },
    );
  });
  const branches = await provenanceReport(outcomes, source);
  for (const branch of branches) terminal.value({ type: 'provenance', ...branch });
  terminal.line(formatProvenance(branches, terminal.language));
}
