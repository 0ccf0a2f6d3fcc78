import type { Command } from 'commander';
import { z } from 'zod';
import { scanLineSchema } from '../../contract/scan-lines.ts';
import type { Say } from '../program.ts';

export function addSchema(program: Command, say: Say): void {
  program
    .command('schema')
    .description(say('cli.schema.about'))
    .action(() => {
      process.stdout.write(scanJsonSchema());
    });
}

/** The JSON Schema (draft 2020-12) of one line of `scan --json`, as published in `main/contract/scan-line.schema.json`. */
export function scanJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(scanLineSchema), null, 2)}\n`;
}
