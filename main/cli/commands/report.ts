/** `jianzhen report`: the record of technical examination as PDF, HTML and JSON, a document each language. */
import path from 'node:path';
import { type Command, Option } from 'commander';
import { makeReport, type PictureChoice } from '../../dossier/make-report.ts';
import { APP_NAME, Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';

interface ReportCommandOptions {
  readonly out: string;
  readonly pictures: PictureChoice;
  readonly lang?: 'zh' | 'en' | 'both';
  readonly madeBy?: string;
}

export function addReport(program: Command, say: Say): void {
  program
    .command('report')
    .argument('[case]')
    .requiredOption('--out <folder>', say('cli.option.out-folder'))
    .addOption(new Option('--lang <language>', say('cli.report.option.lang')).choices(['zh', 'en', 'both']))
    .addOption(
      new Option('--pictures <how>', say('cli.report.option.pictures'))
        .choices(['blurred', 'shown', 'none'])
        .default('blurred'),
    )
    .option('--made-by <name>', say('cli.report.option.made-by'))
    .description(say('cli.report.about'))
    .action(report);
}

async function report(name: string | undefined, options: ReportCommandOptions, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using interrupt = interruptible();
  using openCase = await context.openCase(name);
  await context.expire(openCase);
  const { files, digest, mismatches } = await makeReport(openCase, {
    app: APP_NAME,
    installed: context.installed(),
    nowMs: Date.now(),
    madeBy: options.madeBy ?? null,
    folder: path.resolve(context.cwd, options.out),
    documents: ['html', 'pdf'],
    languages: options.lang === 'both' ? ['zh', 'en'] : [terminal.language],
    pictures: options.pictures,
    signal: interrupt.signal,
    blur: async (png) => (await import('../../media/blur.ts')).blurPng(png),
    onChecked: (done, total) => terminal.status(terminal.say('cli.report.checking', { done, total })),
    onFile: (file) => terminal.status(terminal.say('cli.report.writing', { file })),
  });
  terminal.status('');
  terminal.value({ type: 'report', files, sha256: digest, mismatches });
  if (mismatches > 0) terminal.line(terminal.say('cli.report.mismatches', { mismatches }));
  for (const file of files) terminal.line(terminal.say('cli.report.written', { file }));
  terminal.line(terminal.say('cli.report.digest', { digest }));
}
