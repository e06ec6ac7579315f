import type { Language } from '@strongroom/contracts';

const loaders = {
  en: () => import('./texts-in-english.ts'),
  ko: () => import('./texts-in-korean.ts'),
} as const;

/** Only the language in use is fetched: one is as large as half of the console. */
export function loadTexts(language: Language) {
  return loaders[language]();
}
