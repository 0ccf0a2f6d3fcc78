/**
 * JSON written by strangers: size and depth are checked before the parser sees it, and objects come back as Maps,
 * so that no key of a file ever becomes a property (`__proto__`, `constructor`).
 */

export type Json = string | number | boolean | null | readonly Json[] | ReadonlyMap<string, Json>;

export interface JsonRead {
  readonly value: Json;
  /** Keys that stood twice in one object; `JSON.parse` would silently keep the last. */
  readonly repeatedKeys: readonly string[];
}

/** SIGNALS.md section 12. */
const MAX_LENGTH = 2 * 1024 * 1024;
const MAX_DEPTH = 64;

export class JsonRefused extends Error {
  readonly code: 'json-too-long' | 'json-too-deep' | 'json-malformed';
  constructor(code: 'json-too-long' | 'json-too-deep' | 'json-malformed') {
    super(code);
    this.name = 'JsonRefused';
    this.code = code;
  }
}

/**
 * Parses JSON (RFC 8259), and with `lenient` also Python's `NaN`, `Infinity` and `-Infinity` (read as null), which ComfyUI writes.
 * Throws JsonRefused.
 */
export function parseJson(source: string, lenient = false): JsonRead {
  if (source.length > MAX_LENGTH) throw new JsonRefused('json-too-long');
  const parser = new Parser(source, lenient);
  return { value: parser.document(), repeatedKeys: parser.repeated };
}

/** As `parseJson`, or null where the text is not JSON. */
export function tryJson(source: string, lenient = true): Json | undefined {
  try {
    return parseJson(source, lenient).value;
  } catch (thrown) {
    if (thrown instanceof JsonRefused) return undefined;
    throw thrown;
  }
}

export function asMap(value: Json | undefined): ReadonlyMap<string, Json> | null {
  return value instanceof Map ? value : null;
}

export function asString(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function asNumber(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Back to text, for values quoted in a fact. */
export function jsonText(value: Json): string {
  if (value instanceof Map) return `{${[...value].map(([k, v]) => `${JSON.stringify(k)}:${jsonText(v)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  return JSON.stringify(value);
}

class Parser {
  readonly repeated: string[] = [];
  readonly #text: string;
  readonly #lenient: boolean;
  #at = 0;

  constructor(text: string, lenient: boolean) {
    this.#text = text;
    this.#lenient = lenient;
  }

  document(): Json {
    const value = this.#value(0);
    this.#blank();
    if (this.#at !== this.#text.length) throw new JsonRefused('json-malformed');
    return value;
  }

  #value(depth: number): Json {
    if (depth > MAX_DEPTH) throw new JsonRefused('json-too-deep');
    this.#blank();
    const c = this.#text[this.#at];
    if (c === '{') return this.#object(depth);
    if (c === '[') return this.#array(depth);
    if (c === '"') return this.#string();
    return this.#scalar();
  }

  #object(depth: number): Json {
    const map = new Map<string, Json>();
    this.#at++;
    this.#blank();
    if (this.#take('}')) return map;
    for (;;) {
      this.#blank();
      if (this.#text[this.#at] !== '"') throw new JsonRefused('json-malformed');
      const key = this.#string();
      this.#blank();
      if (!this.#take(':')) throw new JsonRefused('json-malformed');
      if (map.has(key) && this.repeated.length < 16) this.repeated.push(key);
      map.set(key, this.#value(depth + 1));
      this.#blank();
      if (this.#take('}')) return map;
      if (!this.#take(',')) throw new JsonRefused('json-malformed');
    }
  }

  #array(depth: number): Json {
    const list: Json[] = [];
    this.#at++;
    this.#blank();
    if (this.#take(']')) return list;
    for (;;) {
      list.push(this.#value(depth + 1));
      this.#blank();
      if (this.#take(']')) return list;
      if (!this.#take(',')) throw new JsonRefused('json-malformed');
    }
  }

  /** Finds the end of the literal and lets the built-in parser decode its escapes. */
  #string(): string {
    const from = this.#at;
    let at = from + 1;
    while (at < this.#text.length) {
      const c = this.#text.charCodeAt(at);
      if (c === 0x22) {
        this.#at = at + 1;
        return decodeString(this.#text.slice(from, at + 1));
      }
      at += c === 0x5c ? 2 : 1;
    }
    throw new JsonRefused('json-malformed');
  }

  #scalar(): Json {
    SCALAR.lastIndex = this.#at;
    const found = SCALAR.exec(this.#text)?.[0];
    if (found === undefined) throw new JsonRefused('json-malformed');
    this.#at += found.length;
    if (found === 'true') return true;
    if (found === 'false') return false;
    if (found === 'null') return null;
    if (!/[0-9]/.test(found)) {
      if (this.#lenient) return null;
      throw new JsonRefused('json-malformed');
    }
    return Number(found);
  }

  #blank(): void {
    while (BLANK.has(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #take(c: string): boolean {
    if (this.#text[this.#at] !== c) return false;
    this.#at++;
    return true;
  }
}

function decodeString(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    throw new JsonRefused('json-malformed');
  }
}

const SCALAR = /true|false|null|NaN|-?Infinity|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
