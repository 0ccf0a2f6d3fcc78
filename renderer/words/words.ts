/** The catalogue's sentences in the language of the person, switched without a reload. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Params } from '../../main/contract/errors.ts';
import type { Reason } from '../../main/contract/fact.ts';
import type { Fault } from '../../main/contract/ipc.ts';
import {
  type Language,
  languageOf,
  say,
  sayReason,
  saySubject,
  sentences,
  sizeText,
} from '../../main/strings/index.ts';
import { loadLanguage } from './catalogues.ts';

const useLanguage = create<{ readonly language: Language }>(() => ({ language: languageOf(navigator.language) }));

/** Called once, before anything is drawn. */
export async function startWords(): Promise<void> {
  const { language } = useLanguage.getState();
  await loadLanguage(language);
  show(language);
}

/** Null: the machine's own. The language before stays until the words of this one are here. */
export function useFollowedLanguage(chosen: Language | null): void {
  const language = chosen ?? languageOf(navigator.language);
  useEffect(() => {
    let wanted = true;
    void loadLanguage(language).then(() => wanted && show(language));
    return () => {
      wanted = false;
    };
  }, [language]);
}

function show(language: Language): void {
  useLanguage.setState({ language });
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

export function useWords(): Words {
  const language = useLanguage((state) => state.language);
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return {
    language,
    say: (id, params) => say(language, id, params),
    has: (id) => sentences.has(id),
    sayReason: (reason) => sayReason(language, reason),
    sayFault: (fault) => say(language, `error.${fault.code}`, fault.params),
    saySubject: (subject) => saySubject(language, subject),
    day: (atMs) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs),
    moment: (atMs) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(atMs),
    number: (value, digits = 0) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    bytes: (value) => sizeText(language, value),
  };
}
