import { type Command, InvalidArgumentError, Option } from 'commander';
import { itemName, type OpenCase } from '../../cases/index.ts';
import { DEFAULT_SETTINGS } from '../../contract/analyzer.ts';
import { AppError } from '../../contract/errors.ts';
import type { ItemRole } from '../../contract/item.ts';
import { SCAN_SCHEMA_VERSION } from '../../contract/scan-lines.ts';
import { embeddingNetworks } from '../../inference/index.ts';
import { EngineHost } from '../../jobs/engine-host.ts';
import { forkEngine } from '../../jobs/fork-engine.ts';
import { MODELS_FOLDER } from '../../jobs/installation.ts';
import { renewals } from '../../jobs/renew.ts';
import { type ScanEvent, type ScanRequest, scan } from '../../jobs/scan.ts';
import { ScanMeter } from '../../jobs/scan-meter.ts';
import { printable } from '../../strings/printable.ts';
import { APP_NAME, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';
import { ScanReport, tellHowToRenew } from '../scan-report.ts';
import type { Terminal } from '../terminal.ts';

interface ScanFlags {
  readonly vault: 'copy' | 'reference';
  readonly retain: boolean;
  readonly role: ItemRole;
  readonly fps: number;
  readonly quick?: boolean;
  readonly language?: string;
}

export function addScan(program: Command, say: Say): void {
  program
    .command('scan')
    .description(say('cli.scan.about'))
    .argument('<files...>')
    .addOption(new Option('--vault <mode>', say('cli.scan.vault')).choices(['copy', 'reference']).default('copy'))
    .option('--no-retain', say('cli.scan.no-retain'))
    .addOption(
      new Option('--role <role>', say('cli.scan.role'))
        .choices(['questioned', 'suspected-source', 'context'])
        .default('questioned'),
    )
    .option('--fps <number>', say('cli.scan.fps'), frameRate, DEFAULT_SETTINGS.fps)
    .option('--quick', say('cli.scan.quick'))
    .option('--language <code>', say('cli.scan.language'), languageCode)
    .action(runScan);
}

export function addRenew(program: Command, say: Say): void {
  program.command('renew').description(say('cli.renew.about')).argument('[case]').action(runRenewal);
}

async function runScan(inputs: string[], flags: ScanFlags, command: Command): Promise<void> {
  const context = new Context(command);
  using openCase = await context.openOrCreateCase();
  await run(context, openCase, [
    {
      inputs,
      cwd: context.cwd,
      role: flags.role,
      retention: flags.retain ? flags.vault : 'none',
      settings: {
        fps: flags.fps,
        depth: flags.quick ? 'quick' : 'full',
        ...(flags.language ? { language: flags.language } : {}),
      },
      networks: embeddingNetworks(MODELS_FOLDER),
    },
  ]);
}

async function runRenewal(name: string | undefined, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  using openCase = await context.openCase(name);
  const { requests, gone } = await renewals(openCase, context.installed(), embeddingNetworks(MODELS_FOLDER));
  await run(context, openCase, requests, gone);
}

/** Scans one after the other, told as one, and what could not be examined again because its bytes are gone. */
async function run(
  context: Context,
  openCase: OpenCase,
  requests: readonly ScanRequest[],
  gone: readonly string[] = [],
): Promise<void> {
  const { terminal } = context;
  using interrupt = interruptible();
  await context.expire(openCase);
  await using engine = new EngineHost(() => forkEngine(context.engineSettings(openCase.engineScratch)));
  const report = new ScanReport(terminal, openCase, context.installed());
  terminal.value({ type: 'run', schema: SCAN_SCHEMA_VERSION, app: APP_NAME, startedAt: new Date().toISOString() });
  try {
    for (const request of requests) {
      const meter = new ScanMeter();
      await scan(openCase, engine, request, {
        signal: interrupt.signal,
        onEvent: (event) => show(event, meter),
      });
    }
    const summary = report.summary();
    terminal.status('');
    terminal.value({ type: 'summary', ...summary, ...(gone.length > 0 ? { gone } : {}) });
    const told = requests.length > 0 || gone.length > 0 ? 'cli.scan.summary' : 'cli.renew.none';
    terminal.line(terminal.say(told, { ...summary, case: openCase.name, folder: openCase.folder }));
    tellHowToRenew(terminal, openCase, report.examinedOtherwise);
    if (gone.length > 0) terminal.line(terminal.say('cli.renew.gone', { count: gone.length }));
    for (const sha256 of gone)
      terminal.line(`    ${printable(itemName(openCase, sha256))}  SHA-256 ${sha256.slice(0, 16)}…`);
    process.exitCode = summary.failed + gone.length > 0 ? EXIT.someFailed : EXIT.examined;
  } catch (thrown) {
    terminal.status('');
    if (!(thrown instanceof AppError) || thrown.code !== 'CANCELLED') throw thrown;
    terminal.error(terminal.say('cli.scan.stopped'));
    process.exitCode = EXIT.stopped;
  }

  function show(event: ScanEvent, meter: ScanMeter): void {
    meter.take(event);
    terminal.status(meterLine(terminal, meter));
    if (event.kind === 'planned') {
      terminal.line(
        terminal.say(event.resumed ? 'cli.scan.resumed' : 'cli.scan.planned', { total: event.total, done: event.done }),
      );
    } else if (event.kind === 'expired') {
      terminal.line(terminal.say('cli.reference.expired', { name: event.person.name, date: event.person.retainUntil }));
    } else if (event.kind === 'finished') {
      report.entry(event.entry, `[${meter.finished}/${meter.total}]`);
    }
  }
}

/** The line at the bottom: how far, what was seen, and the time left by the pace of this run. */
function meterLine(terminal: Terminal, meter: ScanMeter): string {
  const left = meter.leftS();
  return terminal.say('cli.scan.progress', {
    done: meter.finished,
    total: meter.total,
    faces: meter.current?.faces ?? 0,
    seconds: Math.round(meter.current?.seconds ?? 0),
    left: left === null ? '–' : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`,
  });
}

/** 0.1 to 60 frames a second. */
function frameRate(text: string): number {
  const value = Number(text);
  if (!(value >= 0.1 && value <= 60)) throw new InvalidArgumentError('0.1 – 60');
  return value;
}

/** ISO 639-1; a region after it is left aside. */
function languageCode(text: string): string {
  const [code = ''] = text.toLowerCase().split(/[-_]/);
  if (!/^[a-z]{2}$/.test(code)) throw new InvalidArgumentError('en, zh, pt, …');
  return code;
}
