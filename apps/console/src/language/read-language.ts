import type { Language } from '@strongroom/contracts';

const storageKey = 'strongroom-language';

/** What this browser chose last, else what it is set to. Without schemas: it is read before they are loaded. */
export function readLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  if (kept === 'en' || kept === 'ko') return kept;
  return navigator.language.startsWith('ko') ? 'ko' : 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}
