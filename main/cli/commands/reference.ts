import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { getPerson, listPeople, removePerson } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import type { Person } from '../../contract/item.ts';
import { EngineHost } from '../../jobs/engine-host.ts';
import { addToPerson, enrolPerson, type JudgedSample } from '../../jobs/enrol.ts';
import { forkEngine } from '../../jobs/fork-engine.ts';
import { sayReason } from '../../strings/index.ts';
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
  command.command('remove').argument('<name>').description(say('cli.reference.remove')).action(remove);
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
    terminal.line(terminal.say('cli.reference.outlier', { file, similarity: similarity.toFixed(2) }));
    terminal.value({ type: 'outlier', sample, path: outlier, similarity });
  }
  const count = (kind: string) => person.samples.filter((s) => s.kind === 'accepted' && s.sample.kind === kind).length;
  const counts = { name: printable(person.name), faces: count('face'), voices: count('voice') };
  const { retainUntil } = getPerson(openCase, person.name);
  const said = 'person' in request ? 'cli.reference.extended' : 'cli.reference.added';
  terminal.line(terminal.say(said, { ...counts, until: retainUntil }));
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
    terminal.value({ type: 'person', ...person, ...counts });
    terminal.line(
      terminal.say('cli.reference.person', { name: printable(person.name), ...counts, until: person.retainUntil }),
    );
  }
}

async function expire(_: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  using openCase = await context.openCase();
  const expired = await context.expire(openCase);
  if (expired === 0) context.terminal.line(context.terminal.say('cli.reference.none-expired'));
}

async function remove(name: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using openCase = await context.openCase();
  const { entry } = await removePerson(openCase, getPerson(openCase, name).id);
  terminal.value({ type: 'removed', name, custody: entry });
  terminal.line(terminal.say('cli.reference.removed', { name: printable(name), seq: entry.seq }));
}

/** A day as YYYY-MM-DD that is on the calendar. */
function isoDate(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) {
    throw new InvalidArgumentError('YYYY-MM-DD');
  }
  return text;
}
