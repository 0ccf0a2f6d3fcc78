/** A sentence in both languages; `{{name}}` is replaced by the parameter of that name. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

export type Catalogue = Readonly<Record<string, Sentence>>;

/** The sentences under `prefix.`. */
export function prefixed(prefix: string, entries: Readonly<Record<string, Sentence>>): Catalogue {
  return Object.fromEntries(Object.entries(entries).map(([id, sentence]) => [`${prefix}.${id}`, sentence]));
}

/** Puts a text for each `{{name}}` of a sentence. */
export function fillSentence(text: string, textFor: (name: string) => string): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => textFor(name));
}
