// The languages there are, each loaded when it is used. A further one is its own folder and a line here.
import { english } from './en';
import type { Language } from './render';

/** By their tags (BCP 47). English is there always: documents are written in it. */
export const languages = {
  en: async (): Promise<Language> => english,
  de: async (): Promise<Language> => (await import('./de')).german,
} as const;

export type LanguageTag = keyof typeof languages;
export const languageTags = Object.keys(languages) as readonly LanguageTag[];

/** For a locale as systems write it ("de_AT.UTF-8", "de-CH", "C"); English where there is no such language, or none is told. */
export function languageFor(locale: string | undefined): LanguageTag {
  const [word = ''] = (locale ?? '').toLowerCase().split(/[-_.@]/);
  return languageTags.find((tag) => tag === word) ?? 'en';
}
