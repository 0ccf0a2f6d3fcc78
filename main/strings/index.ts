/** Every sentence a person reads, by id, in both languages. Rooms emit codes; only here do they become words. */
import type { Params } from '../contract/errors.ts';
import type { OtherVersion, OtherVersions } from '../contract/versions.ts';
import { type Catalogue, fillSentence, type Sentence } from './catalogue.ts';
import { CATALOGUES } from './catalogues.ts';
import { factFigure, figureOf } from './figures.ts';

export type Language = 'zh' | 'en';
export { factFigure, figureOf, figureText, measureText, sizeText } from './figures.ts';
export type { Catalogue, Sentence };

/** All sentences. Two catalogues with the same id are a fault found by the tests, not silently merged. */
export const sentences: ReadonlyMap<string, Sentence> = new Map(CATALOGUES.flatMap((c) => Object.entries(c)));

/** Ids that stand in more than one catalogue; empty in a sound build. */
export function repeatedIds(): string[] {
  const ids = CATALOGUES.flatMap((c) => Object.keys(c));
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}

/**
 * The sentence for an id. An unknown id is returned in brackets: it shows on screen and fails the tests,
 * and an examination never stops for a missing sentence.
 */
export function say(language: Language, id: string, params: Params = {}): string {
  const sentence = sentences.get(id);
  if (!sentence) return `[${id}]`;
  return fillSentence(sentence[language], (name) => valueText(language, name, params[name]));
}

/** A code is said in words where it has some (`population.east-asian`); figures have their thousands apart and keep three decimals; what is missing is a dash. */
export function valueText(language: Language, name: string, value: Params[string] | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number') return figureOf(name, value);
  if (name === 'analyzer') return sayAnalyzer(language, String(value));
  if (name === 'furtherFaults') return sayFurtherFaults(language, String(value));
  return sentences.get(`${name}.${value}`)?.[language] ?? String(value);
}

/** Each after a separator, since others were named before it. */
function sayFurtherFaults(language: Language, faults: string): string {
  const [next, is] = language === 'zh' ? ['；', '：'] : ['; ', ': '];
  const words = (kind: string, code: string) => sentences.get(`${kind}.${code}`)?.[language] ?? code;
  return faults.replace(
    /^(.*): (.*)\n?/gm,
    (_, place, code) => next + words('place', place) + is + words('fault', code),
  );
}

/** `synthetic-face:meso-df` is the user's own detector `meso-df` of that kind. */
export function sayAnalyzer(language: Language, analyzer: string): string {
  const [kind, id] = analyzer.split(':');
  const name = sentences.get(`analyzer.${kind}`)?.[language] ?? analyzer;
  return id === undefined ? name : say(language, 'imported-analyzer', { id, kind: name });
}

/** What a finding or outcome is about, in words: `face-track:2` is the second face. */
export function saySubject(language: Language, subject: string): string {
  const [kind, n] = subject.split(':');
  return sentences.has(`subject.${kind}`) ? say(language, `subject.${kind}`, { n: n ?? null }) : subject;
}

/** What an outcome looked at, in a row: `turns:2` is two turns of speech. */
export function sayExamined(language: Language, examined: readonly string[]): string {
  const names = examined.map((one) => {
    const [code, n] = one.split(':');
    return sentences.has(`examined.${code}`) ? say(language, `examined.${code}`, { n: n ?? null }) : one;
  });
  return inARow(language, names);
}

/** zh for any Chinese locale, otherwise en. `locale` is a BCP 47 tag or a POSIX one such as `zh_CN.UTF-8`. */
export function languageOf(locale: string | undefined): Language {
  return /^zh([-_.]|$)/i.test(locale ?? '') ? 'zh' : 'en';
}

/** Id of the sentence of a reason: its own, or that of the error code it carries. */
export function reasonId({ code }: { code: string }): string {
  return sentences.has(`reason.${code}`) ? `reason.${code}` : `error.${code}`;
}

export function sayReason(language: Language, reason: { code: string; params: Params }): string {
  return say(language, reasonId(reason), reasonParams(language, reason));
}

/** Parameters of a reason, the value of the fact that it cites in words where it has some, and with its unit. */
export function reasonParams(language: Language, { params }: { params: Params }): Params {
  const words = factValueId(String(params.fact), params.value);
  if (words) return { ...params, value: say(language, words) };
  const cited = citedFigure(String(params.fact), params.value);
  if (!cited) return params;
  return { ...params, value: `${cited.value} ${say(language, cited.unit)}` };
}

/** Units of the figures that reasons on origin cite: there they are text, and the unit stands with the fact. */
const CITED_UNITS: Readonly<Record<string, string>> = { 'exif.makerNote': 'bytes', 'exif.gpsPosition': 'degrees' };

/** A figure that a reason cites, as the table of facts tells it, and the id of its unit's words; null where it cites none. */
export function citedFigure(fact: string, value: unknown): { readonly value: string; readonly unit: string } | null {
  const unit = CITED_UNITS[fact];
  if (unit === undefined || typeof value !== 'string') return null;
  const figures = value.split(', ').map(Number);
  if (figures.some(Number.isNaN)) return null;
  return {
    value: figures.map((one) => factFigure(fact, one, { inARow: figures.length > 1 })).join(', '),
    unit: `unit.${unit}`,
  };
}

/** Id of the words for a value that is a code of the program's own; null for a figure and for what a file or a person says. */
export function factValueId(fact: string, value: unknown): string | null {
  const id = fact === 'likeness.population' ? `population.${value}` : `fact-value.${fact}.${value}`;
  return sentences.has(id) ? id : null;
}

/** Id of the words for a unit; null where it is told as it stands. */
export function unitId(unit: string): string | null {
  const id = `unit.${unit}`;
  return sentences.has(id) ? id : null;
}

/** Measures of a sample, a text each; a name stands as it is where it has no words. */
export function sayQuality(language: Language, quality: Readonly<Record<string, number>>): string[] {
  return Object.entries(quality).map(([name, value]) => {
    const told = Number(value.toPrecision(3));
    const id = `report.quality.${name}`;
    return sentences.has(id) ? say(language, id, { value: told }) : `${name} ${told}`;
  });
}

const slotWords = ({ kind }: Params) => ({ kind: `ui.case.slot.${kind}` });

const CUSTODY_WORDS: Readonly<Record<string, (details: Params) => Readonly<Record<string, string>>>> = {
  'item-failed': ({ code }) => ({ why: `error.${code}` }),
  'item-role-set': ({ from, to }) => ({ from: `item-role.${from}`, to: `item-role.${to}` }),
  'key-slot-added': slotWords,
  'key-slot-removed': slotWords,
};

/** Ids of the words for the codes in an entry of the custody log, by the name of the value in its sentence. */
export function custodyWords(act: string, details: Params): Readonly<Record<string, string>> {
  const ids = CUSTODY_WORDS[act]?.(details) ?? {};
  return Object.fromEntries(Object.entries(ids).filter(([, id]) => sentences.has(id)));
}

/** Id of the sentence of an entry: one act tells of a person who was enrolled, and of each sample, taken or refused. */
export function custodySentence(act: string, details: Params): string {
  if (act !== 'reference-added') return `custody.${act}`;
  if (!('kind' in details)) return 'custody.reference-added.person';
  return details.accepted === false ? 'custody.reference-added.refused' : 'custody.reference-added';
}

/** An entry of the custody log in words. */
export function sayCustody(language: Language, act: string, details: Params): string {
  const words = Object.entries(custodyWords(act, details)).map(([name, id]) => [name, say(language, id)]);
  return say(language, custodySentence(act, details), { ...details, ...Object.fromEntries(words) });
}

/** Names in a row, with the separator of the language. */
export function inARow(language: Language, names: readonly string[]): string {
  return names.join(language === 'zh' ? '、' : ', ');
}

/** Characters of a digest that tell it from others. */
const DIGEST_HEAD = 12;

/** What an examination was made with that is not what is installed, a text each. */
export function sayOtherVersions(language: Language, { analyzers, models, trustLists }: OtherVersions): string[] {
  const head = (digest: string | null) => digest?.slice(0, DIGEST_HEAD) ?? null;
  const one = (name: string, { examined, installed }: Omit<OtherVersion, 'id'>) => {
    const how = examined === null ? 'added' : installed === null ? 'gone' : 'changed';
    return say(language, `versions.${how}`, { name, examined, installed });
  };
  return [
    ...analyzers.map((other) => one(sayAnalyzer(language, other.id), other)),
    ...models.map(({ id, examined, installed }) =>
      one(say(language, 'versions.model', { id }), { examined: head(examined), installed: head(installed) }),
    ),
    ...trustLists.map((other) =>
      one(say(language, 'versions.trust-list', { name: say(language, `trust-list.${other.id}`) }), other),
    ),
  ];
}
