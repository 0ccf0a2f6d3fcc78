/**
 * Takes the place of main/strings/catalogues.ts in the page (renderer/vite.config.ts): the ids are there at once, the texts of
 * a language when it is first shown.
 */
import ids from 'virtual:sentence-ids';
import type { Catalogue, Language } from '../../main/strings/index.ts';

const sentences = ids.map(() => ({ zh: '', en: '' }));

export const CATALOGUES: readonly Catalogue[] = [Object.fromEntries(ids.map((id, at) => [id, sentences[at]!]))];

const TEXTS = { zh: () => import('virtual:sentences/zh'), en: () => import('virtual:sentences/en') };

/** Called before anything is said in the language. */
export async function loadLanguage(language: Language): Promise<void> {
  const { default: texts } = await TEXTS[language]();
  texts.forEach((text, at) => {
    sentences[at]![language] = text;
  });
}
