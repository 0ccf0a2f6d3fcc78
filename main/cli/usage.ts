/** What commander says by itself, said by `main/strings`: its faults of usage and the remarks of its help. */
import type { Argument, Command, Option } from 'commander';
import { type Language, say, sentences } from '../strings/index.ts';
import { columnsOf } from './terminal.ts';

/** Commander gives its faults as English text only; the version is fixed, and a test meets each of them. */
const FAULTS: readonly (readonly [id: string, text: RegExp])[] = [
  ['unknown-option', /^unknown option '(?<what>.*)'$/],
  ['unknown-command', /^unknown command '(?<what>.*)'$/],
  ['missing-argument', /^missing required argument '(?<what>.*)'$/],
  ['missing-option', /^required option '(?<what>.*)' not specified$/],
  ['not-together', /^option '(?<what>.*)' cannot be used with option '(?<other>.*)'$/],
  ['missing-value', /^option '(?<what>.*)' argument missing$/],
  ['not-a-choice', /^option '(?<what>.*?)' argument '(?<given>.*)' is invalid\. Allowed choices are (?<known>.*)\.$/s],
  [
    'not-a-choice',
    /^command-argument value '(?<given>.*)' is invalid for argument '(?<what>.*)'\. Allowed choices are (?<known>.*)\.$/s,
  ],
  ['not-of-form', /^option '(?<what>.*?)' argument '(?<given>.*)' is invalid\. (?<form>.*)$/s],
  [
    'too-many-arguments',
    /^too many arguments(?: for '.*')?\. Expected (?<expected>\d+) arguments? but got (?<given>\d+)\.$/,
  ],
];

const SUGGESTION = /\n\(Did you mean (?:one of )?(?<near>.*)\?\)$/;

/** The sentence for commander's own; what the program says itself stays as it is. */
function faultIn(language: Language, message: string): string {
  const text = message.replace(/^error: /, '').trimEnd();
  const near = SUGGESTION.exec(text)?.groups?.near;
  const fault = text.replace(SUGGESTION, '');
  for (const [id, pattern] of FAULTS) {
    const found = pattern.exec(fault);
    if (!found) continue;
    const told = say(language, `cli.usage.${id}`, found.groups);
    return near === undefined ? told : `${told}\n${say(language, 'cli.usage.near', { near })}`;
  }
  return text;
}

/** Description with what can be chosen and what stands where nothing is given. */
function remarksIn(language: Language, one: Option | Argument): string {
  const { argChoices, defaultValue, description } = one;
  const remarks: string[] = [];
  if (argChoices) remarks.push(say(language, 'cli.help.choices', { choices: argChoices.join(', ') }));
  if (defaultValue !== undefined && typeof defaultValue !== 'boolean')
    remarks.push(say(language, 'cli.help.default', { value: String(defaultValue) }));
  return [description, ...remarks].filter(Boolean).join(' ');
}

/** Commander's titles are English; they are the only words of its help that cannot be given one by one. */
function titleIn(language: Language, title: string): string {
  const id = `cli.help.${title.replace(/:$/, '').toLowerCase()}`;
  return sentences.has(id) ? say(language, id) : title;
}

/** To be called before commands are added: they take it over. */
export function speak(program: Command, language: Language): void {
  program.configureOutput({ outputError: (message, write) => write(`${faultIn(language, message)}\n`) });
  program.configureHelp({
    displayWidth: columnsOf,
    styleTitle: (title) => titleIn(language, title),
    styleOptionText: (text) => (text === '[options]' ? say(language, 'cli.help.any-options') : text),
    styleSubcommandText: (text) => (text === '[command]' ? say(language, 'cli.help.any-command') : text),
    optionDescription: (option) => remarksIn(language, option),
    argumentDescription: (argument) => remarksIn(language, argument),
  });
}
