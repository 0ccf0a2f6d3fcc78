/** Where the command line writes and in which language; the only place that touches standard output. */
import type { Params } from '../contract/errors.ts';
import { type Language, languageOf, say } from '../strings/index.ts';

export class Terminal {
  readonly language: Language;
  readonly json: boolean;
  readonly #interactive: boolean;
  #status = '';

  constructor(options: { language: string | undefined; json: boolean }) {
    this.language = languageOf(options.language ?? process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG);
    this.json = options.json;
    this.#interactive = !options.json && process.stderr.isTTY === true;
  }

  say(id: string, params: Params = {}): string {
    return say(this.language, id, params);
  }

  /** One line for a person; nothing in JSON mode. */
  line(text = ''): void {
    if (this.json) return;
    this.#clear();
    process.stdout.write(`${text}\n`);
    this.#draw();
  }

  /** One JSON line; nothing for a person. */
  value(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** The line at the bottom that is overwritten; not shown where output is not a terminal. */
  status(text: string): void {
    if (!this.#interactive || text === this.#status) return;
    this.#clear();
    this.#status = text;
    this.#draw();
  }

  error(text: string): void {
    this.#clear();
    process.stderr.write(`${text}\n`);
    this.#draw();
  }

  #clear(): void {
    if (this.#status) process.stderr.write('\r\x1b[2K');
  }

  #draw(): void {
    if (this.#status) process.stderr.write(cutToWidth(this.#status, process.stderr.columns || 80));
  }
}

/** Columns that a text takes; Han characters take two. */
export function columnsOf(text: string): number {
  return [...text].reduce((columns, char) => columns + columnsOfOne(char), 0);
}

function columnsOfOne(char: string): number {
  return char.codePointAt(0)! >= 0x1100 ? 2 : 1;
}

function cutToWidth(text: string, columns: number): string {
  let used = 0;
  let out = '';
  for (const char of text) {
    used += columnsOfOne(char);
    if (used >= columns) break;
    out += char;
  }
  return out;
}
