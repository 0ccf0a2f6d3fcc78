/** The catalogue's sentences in the language of the person, switched without a reload. */
import i18next from 'i18next';
import { useLayoutEffect } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Params } from '../../main/contract/errors.ts';
import type { Reason } from '../../main/contract/fact.ts';
import type { Fault } from '../../main/contract/ipc.ts';
import {
  type Language,
  languageOf,
  reasonId,
  reasonParams,
  sentences,
  sizeText,
  valueText,
} from '../../main/strings/index.ts';

const LANGUAGES: readonly Language[] = ['zh', 'en'];

/** Called once, before anything is drawn. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: languageOf(navigator.language),
    fallbackLng: false,
    resources: Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        { translation: Object.fromEntries([...sentences].map(([id, sentence]) => [id, sentence[language]])) },
      ]),
    ),
    // Ids contain dots; React escapes what it draws; values from files are text in which nothing is looked up.
    keySeparator: false,
    nsSeparator: false,
    returnEmptyString: false,
    parseMissingKeyHandler: (id) => `[${id}]`,
    missingInterpolationHandler: () => '–',
    interpolation: {
      escapeValue: false,
      skipOnVariables: true,
    },
  });
  follow(i18next.language as Language);
}

/** Null: the machine's own. */
export function useFollowedLanguage(chosen: Language | null): void {
  const language = chosen ?? languageOf(navigator.language);
  // Before anything is painted, but not while drawing: whatever shows words is drawn anew by it.
  useLayoutEffect(() => {
    if (i18next.language === language) return;
    void i18next.changeLanguage(language);
    follow(language);
  }, [language]);
}

function follow(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export interface Words {
  readonly language: Language;
  /** The sentence of an id, its values filled in. */
  say(id: string, params?: Params): string;
  /** Whether there is such a sentence. */
  has(id: string): boolean;
  sayReason(reason: Reason): string;
  sayFault(fault: Fault): string;
  /** `face-track:2` as the second face. */
  saySubject(subject: string): string;
  day(atMs: number): string;
  moment(atMs: number): string;
  number(value: number, digits?: number): string;
  bytes(value: number): string;
}

/** Values as the catalogue says them. They go in as replacements only: as options, some names would change what is looked up. */
function inWords(language: Language, params: Params): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, valueText(language, name, value)]));
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const say = (id: string, params: Params = {}): string => t(id, { replace: inWords(language, params) });
  return {
    language,
    say,
    has: (id) => sentences.has(id),
    sayReason: (reason) => say(reasonId(reason), reasonParams(language, reason)),
    sayFault: (fault) => say(`error.${fault.code}`, fault.params),
    saySubject: (subject) => {
      const [kind, n] = subject.split(':');
      return sentences.has(`subject.${kind}`) ? say(`subject.${kind}`, { n: n ?? null }) : subject;
    },
    day: (atMs) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs),
    moment: (atMs) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(atMs),
    number: (value, digits = 0) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    bytes: (value) => sizeText(language, value),
  };
}
