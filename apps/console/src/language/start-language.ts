import { type Language, languageSchema } from '@strongroom/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './english.ts';
import { korean } from './korean.ts';

const storageKey = 'strongroom-language';

function readLanguage(): Language {
  const browsers = navigator.language.startsWith('ko') ? 'ko' : 'en';
  return languageSchema.catch(browsers).parse(localStorage.getItem(storageKey));
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
  void i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === 'ko' ? 'ko' : 'en';
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

void i18next.use(initReactI18next).init({
  lng: readLanguage(),
  fallbackLng: 'en',
  resources: { en: { translation: english }, ko: { translation: korean } },
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});
