import { Argument, type Command } from 'commander';
import { z } from 'zod';
import { scanLineSchema } from '../../contract/scan-lines.ts';
import { reportSchema } from '../../report/record.ts';
import type { Say } from '../program.ts';

export function addSchema(program: Command, say: Say): void {
  program
    .command('schema')
    .addArgument(new Argument('[what]').choices(['scan', 'report']).default('scan'))
    .description(say('cli.schema.about'))
    .action((what: 'scan' | 'report') => {
      process.stdout.write(what === 'report' ? reportJsonSchema() : scanJsonSchema());
    });
}

/** The JSON Schema (draft 2020-12) of one line of `scan --json`, as published in `main/contract/scan-line.schema.json`. */
export function scanJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(scanLineSchema), null, 2)}\n`;
}

/** The JSON Schema (draft 2020-12) of `report.json`, as published in `main/report/report.schema.json`. */
export function reportJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(reportSchema), null, 2)}\n`;
}
