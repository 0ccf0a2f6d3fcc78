/** `jianzhen case facts`: what the user states of the case, for the report and the letters. A statement is quoted, never judged. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { findItem, listStatements, type OpenCase, type StoredStatement, withdrawStatement } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import { stateFacts } from '../../dossier/facts.ts';
import { installedLaw, routesOf } from '../../dossier/law-packs.ts';
import {
  type AskedQuestion,
  QUESTION_IDS,
  type QuestionId,
  question,
  questions,
  readStatements,
} from '../../law/index.ts';
import { statedValue } from '../../report/compose/stated.ts';
import { textOf } from '../../report/line.ts';
import { type Language, say, sentences } from '../../strings/index.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import type { Say } from '../program.ts';
import type { Terminal } from '../terminal.ts';

interface FactsOptions {
  readonly questions?: boolean;
  readonly set: readonly string[];
  readonly import?: string;
  readonly withdraw?: number;
}

export function addFacts(command: Command, say: Say): void {
  command
    .command('facts')
    .argument('[name]')
    .option('--questions', say('cli.facts.option.questions'))
    .option('--set <question=answer>', say('cli.facts.option.set'), (one: string, all: string[]) => [...all, one], [])
    .option('--import <file>', say('cli.facts.option.import'))
    .option('--withdraw <number>', say('cli.facts.option.withdraw'), wholeNumber)
    .description(say('cli.facts.about'))
    .action(facts);
}

async function facts(name: string | undefined, options: FactsOptions, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  if (options.questions) {
    for (const asked of questions()) sayQuestion(terminal, asked);
    sayStatable(context);
    return;
  }
  using openCase = await context.openCase(name);
  const given = [
    ...(options.import ? readFile(path.resolve(context.cwd, options.import)) : []),
    ...assignments(openCase, options.set),
  ];
  stateFacts(openCase, given);
  if (options.withdraw !== undefined) withdrawStatement(openCase, options.withdraw);
  const standing = listStatements(openCase);
  if (standing.length === 0) terminal.line(terminal.say('cli.facts.none'));
  for (const statement of standing) sayStatement(terminal, statement);
}

function readFile(file: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new AppError('STATEMENT_INVALID', { at: 0, question: null }, { cause });
    throw cause;
  }
  return Array.isArray(parsed) ? parsed : [parsed];
}

/** A question that takes several answers may be given answer by answer. */
function assignments(openCase: OpenCase, all: readonly string[]): Assignment[] {
  const asked: Assignment[] = [];
  for (const one of all) {
    const { answer } = assignment(openCase, one);
    const at = asked.findIndex(
      ({ answer: { question: id, item, value } }) =>
        id === answer.question && item === answer.item && Array.isArray(value),
    );
    if (at === -1) asked.push({ answer });
    else asked[at] = { answer: { ...answer, value: [asked[at]!.answer.value, answer.value].flat() } };
  }
  return asked;
}

interface Assignment {
  readonly answer: { readonly question: string; readonly item: string | null; readonly value: unknown };
}

/** `consent=none`, `act-kinds=made,published`, `act-date=2026-11-01..2026-11-03`, `publicity@3f9a21=voluntary`. */
function assignment(openCase: OpenCase, given: string): Assignment {
  const [, id = '', digest, text = ''] = /^([a-z-]+)(?:@([0-9a-f]+))?=(.*)$/s.exec(given) ?? [];
  if (!QUESTION_IDS.includes(id as QuestionId))
    throw new AppError('STATEMENT_INVALID', { at: 1, question: printable(given) });
  const item = digest === undefined ? null : (findItem(openCase, digest)?.sha256 ?? null);
  if (digest !== undefined && item === null) throw new AppError('ITEM_NOT_FOUND', { sha256: digest });
  return { answer: { question: id, item, value: valueFrom(question(id as QuestionId), text) } };
}

function valueFrom({ form }: AskedQuestion, text: string): unknown {
  if (form === 'choices') return text.split(',');
  if (form === 'number') return Number(text);
  const [, from, to] = /^(\S+)\.\.(\S+)$/.exec(text) ?? [];
  return form === 'dates' && from && to ? { from, to } : text;
}

function sayQuestion(terminal: Terminal, { id, scope, form, answers }: AskedQuestion): void {
  terminal.value({ type: 'question', id, scope, form, answers });
  const each = scope === 'source-item' ? `@${terminal.say('cli.facts.item')}` : '';
  terminal.line(`${id}${each}  ${terminal.say(`law.question.${id}`)}`);
  const allowed = answers.map((answer) => `${answer} (${terminal.say(`law.answer.${answer}`)})`);
  terminal.line(`    ${answers.length > 0 ? allowed.join(', ') : terminal.say(`cli.facts.form.${form}`)}`);
}

/** Duties and routes are stated by a file (`--import`): their ids, pack after pack. */
function sayStatable({ terminal, dataRoot }: Context): void {
  const { language } = terminal;
  const packs = [...installedLaw(dataRoot).packs.values()].map(({ pack }) => pack);
  for (const { id, holder, text } of packs.flatMap(({ duties }) => duties)) {
    terminal.value({ type: 'duty', id, holder, text });
    terminal.line(`${id}  ${terminal.say(`law.holder.${holder}`)}: ${printable(text[language])}`);
  }
  for (const route of routesOf(packs)) {
    terminal.value({ type: 'route', ...route });
    terminal.line(`${route.code}  ${printable(route.name[language])}`);
  }
}

function sayStatement(terminal: Terminal, statement: StoredStatement): void {
  terminal.value({ type: 'statement', ...statement });
  terminal.line(statementLine(terminal.language, statement));
}

/** A statement with the number by which it is taken back: an answer as the record has it, after its question. */
export function statementLine(language: Language, statement: StoredStatement): string {
  const { id, kind, item, key, value } = statement;
  const asked = say(language, kind === 'answer' ? `law.question.${key}` : `cli.facts.kind.${kind}`);
  const about = item === null ? asked : `${asked} (${item.slice(0, 12)}…)`;
  const [answer] = readStatements([statement]).answers;
  const told = answer ? statedValue(answer).map((text) => textOf(language, text)) : [sayValue(language, value)];
  return `${String(id).padStart(5)}  ${about}${/[?？]$/.test(about) ? ' ' : ': '}${told.join(', ')}`;
}

/** Codes of statements that have words: what became of a duty, events of a route, what a listener said. */
const WORDED = ['law.duty', 'report.event', 'law.witness'];

function sayValue(language: Language, value: unknown): string {
  const worded = WORDED.map((kind) => `${kind}.${value}`).find((id) => sentences.has(id));
  if (typeof value === 'string' && worded) return say(language, worded);
  if (typeof value === 'string') return `“${printable(value)}”`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value)
    .map((one) => sayValue(language, one))
    .join(' · ');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('1, 2, …');
  return Number(text);
}
