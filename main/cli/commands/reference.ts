import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  comparedBefore,
  getPerson,
  itemName,
  listPeople,
  type OpenCase,
  type PersonWithSamples,
  removePerson,
  removeSample,
  type Sample,
  samplesApart,
} from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import type { Person } from '../../contract/item.ts';
import { EngineHost } from '../../jobs/engine-host.ts';
import { addToPerson, enrolPerson, type JudgedSample } from '../../jobs/enrol.ts';
import { forkEngine } from '../../jobs/fork-engine.ts';
import { inARow, sayQuality, sayReason } from '../../strings/index.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';
import type { Terminal } from '../terminal.ts';

/** What a person is enrolled with. */
type Terms = Omit<Person, 'id'>;

type AddFlags = Partial<Terms> & { readonly to?: string };

export function addReference(program: Command, say: Say): void {
  const command = program.command('reference').description(say('cli.reference.about'));
  command
    .command('add')
    .description(say('cli.reference.add'))
    .argument('<files...>')
    .option('--name <name>', say('cli.reference.name'))
    .addOption(new Option('--to <name>', say('cli.reference.to')).conflicts('name'))
    .addOption(new Option('--basis <basis>', say('cli.reference.basis')).choices(['own', 'consent', 'statutory']))
    .option('--purpose <text>', say('cli.reference.purpose'))
    .option('--retain-until <date>', say('cli.reference.retain-until'), isoDate)
    .addOption(
      new Option('--role <role>').choices(['face-donor', 'body-donor', 'voice-donor', 'named']).default('named'),
    )
    .action(add);
  command.command('list').description(say('cli.reference.list')).action(list);
  command.command('expire').description(say('cli.reference.expire')).action(expire);
  command
    .command('remove')
    .argument('<name>')
    .option('--sample <number-or-file>', say('cli.reference.sample'))
    .description(say('cli.reference.remove'))
    .action(remove);
}

async function add(inputs: string[], flags: AddFlags, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  const files = { inputs, cwd: context.cwd };
  const request = flags.to === undefined ? { ...allTerms(flags, command), ...files } : { person: flags.to, ...files };
  using interrupt = interruptible();
  using openCase = await ('person' in request ? context.openCase() : context.openOrCreateCase());
  await using engine = new EngineHost(() => forkEngine(context.engineSettings(openCase.engineScratch)));
  const { signal } = interrupt;
  const onJudged = (judged: JudgedSample) => tell(terminal, judged);
  if ('person' in request) mustAgree(getPerson(openCase, request.person), flags, command);
  const person = await ('person' in request
    ? addToPerson(openCase, engine, request, signal, onJudged)
    : enrolPerson(openCase, engine, request, signal, onJudged));

  for (const { sample, path: outlier, similarity } of person.outliers) {
    const file = printable(path.basename(outlier));
    terminal.line(terminal.say('cli.reference.outlier', { file, similarity }));
    terminal.value({ type: 'outlier', sample, path: outlier, similarity });
  }
  const count = (kind: string) => person.samples.filter((s) => s.kind === 'accepted' && s.sample.kind === kind).length;
  const counts = { name: printable(person.name), faces: count('face'), voices: count('voice') };
  const { retainUntil } = getPerson(openCase, person.name);
  const said = 'person' in request ? 'cli.reference.extended' : 'cli.reference.added';
  terminal.line(terminal.say(said, { ...counts, until: retainUntil }));
  tellComparedBefore(terminal, openCase);
}

const TERMS = ['name', 'basis', 'purpose', 'retainUntil', 'role'] as const;

function optionOf(command: Command, term: string): Option {
  return command.options.find((option) => option.attributeName() === term)!;
}

/** What must be stated of a new person. */
function allTerms({ to: _, ...stated }: AddFlags, command: Command): Terms {
  const missing = TERMS.find((term) => stated[term] === undefined);
  if (missing) command.error(`required option '${optionOf(command, missing).flags}' not specified`);
  return stated as Terms;
}

/** Further samples are kept on the terms of the person: others that are stated are refused, the same ones are none. */
function mustAgree(person: Person, flags: AddFlags, command: Command): void {
  for (const term of TERMS) {
    const stated = command.getOptionValueSource(term) === 'cli' ? flags[term] : undefined;
    if (term === 'name' || stated === undefined || stated === person[term]) continue;
    const option = optionOf(command, term).long!;
    throw new AppError('REFERENCE_STATED_OTHERWISE', { name: person.name, option, stated: person[term] });
  }
}

function tell(terminal: Terminal, judged: JudgedSample): void {
  const file = printable(path.basename(judged.path));
  if (judged.kind === 'accepted') terminal.line(terminal.say('cli.reference.accepted', { file }));
  else terminal.line(terminal.say('cli.reference.refused', { file, why: sayReason(terminal.language, judged.why) }));
  terminal.value({
    type: 'sample',
    path: judged.path,
    sha256: judged.source,
    accepted: judged.kind === 'accepted',
    ...(judged.kind === 'accepted'
      ? { kind: judged.sample.kind, quality: judged.sample.quality }
      : { reason: judged.why }),
  });
}

async function list(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using openCase = await context.openCase();
  const people = listPeople(openCase);
  if (people.length === 0) terminal.line(terminal.say('cli.reference.none'));
  for (const { samples, ...person } of people) {
    const count = (kind: string) => samples.filter((s) => s.accepted && s.kind === kind).length;
    const counts = { faces: count('face'), voices: count('voice') };
    const apart = samplesApart(openCase, person.id);
    const told = samples.map((sample) => ({
      ...sample,
      file: fileOf(openCase, sample),
      apart: apart.get(sample.id) ?? null,
    }));
    terminal.value({ type: 'person', ...person, ...counts, samples: told });
    terminal.line(
      terminal.say('cli.reference.person', { name: printable(person.name), ...counts, until: person.retainUntil }),
    );
    for (const sample of told) tellSample(terminal, sample);
  }
}

/** Null where the photo or recording was erased. */
function fileOf(openCase: OpenCase, { source }: Sample): string | null {
  return source && itemName(openCase, source);
}

type ToldSample = Sample & { readonly file: string | null; readonly apart: number | null };

function tellSample(terminal: Terminal, { id, kind, file, quality, reason, apart }: ToldSample): void {
  const { language } = terminal;
  terminal.line(
    terminal.say('cli.reference.sample-line', {
      number: id,
      kind: terminal.say(`report.sample.${kind}`),
      file: file === null ? terminal.say('report.source-erased') : printable(file),
      quality: inARow(language, [...sayQuality(language, quality), ...(reason ? [sayReason(language, reason)] : [])]),
    }),
  );
  if (apart !== null) terminal.line(`    ${terminal.say('cli.reference.apart', { similarity: apart })}`);
}

async function expire(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  using openCase = await context.openCase();
  const expired = await context.expire(openCase);
  if (expired === 0) context.terminal.line(context.terminal.say('cli.reference.none-expired'));
}

async function remove(name: string, { sample }: { sample?: string }, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using openCase = await context.openCase();
  const person = getPerson(openCase, name);
  if (sample !== undefined) {
    await removeOne(terminal, openCase, person, sample);
    return;
  }
  const { entry } = await removePerson(openCase, person.id);
  terminal.value({ type: 'removed', name, custody: entry });
  terminal.line(terminal.say('cli.reference.removed', { name: printable(name), seq: entry.seq }));
}

/** `named`: the number of a sample, or else the name of a file that one sample alone was taken from. */
async function removeOne(
  terminal: Terminal,
  openCase: OpenCase,
  { id: person, name, samples }: PersonWithSamples,
  named: string,
): Promise<void> {
  const numbered = samples.filter(({ id }) => String(id) === named);
  const meant =
    numbered.length > 0 ? numbered : samples.filter((one) => fileOf(openCase, one) === path.basename(named));
  const [sample] = meant;
  if (!sample || meant.length > 1) throw new AppError('REFERENCE_SAMPLE_NOT_FOUND', { name, sample: named });
  const file = fileOf(openCase, sample);
  const { entry } = await removeSample(openCase, person, sample.id);
  terminal.value({ type: 'sample-removed', name, sample: sample.id, custody: entry });
  terminal.line(
    terminal.say('cli.reference.sample-removed', {
      name: printable(name),
      number: sample.id,
      file: file === null ? terminal.say('report.source-erased') : printable(file),
      seq: entry.seq,
    }),
  );
  tellComparedBefore(terminal, openCase);
}

function tellComparedBefore(terminal: Terminal, openCase: OpenCase): void {
  const { size: count } = comparedBefore(openCase);
  if (count > 0)
    terminal.line(terminal.say('cli.reference.compared-before', { count, case: printable(openCase.name) }));
}

/** A day as YYYY-MM-DD that is on the calendar. */
function isoDate(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) {
    throw new InvalidArgumentError('YYYY-MM-DD');
  }
  return text;
}
