import type { I18nProviderProps } from '@cloudscape-design/components/i18n';
import type { Language } from '@strongroom/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadTexts } from './load-texts.ts';
import { keepLanguage, readLanguage } from './read-language.ts';

const componentTexts = new Map<Language, I18nProviderProps.Messages>();

/** Until its texts have come, the page stays as it is. @throws where they do not come */
export async function chooseLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  await addTexts(language);
  // Unless another was chosen meanwhile.
  if (readLanguage() === language) await i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === 'ko' ? 'ko' : 'en';
}

/** What the components say of themselves. */
export function currentComponentTexts(): readonly I18nProviderProps.Messages[] {
  const texts = componentTexts.get(currentLanguage());
  return texts === undefined ? [] : [texts];
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

/** @throws where the texts do not come */
export async function startLanguage(): Promise<void> {
  const language = readLanguage();
  const initialised = i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  await Promise.all([initialised, addTexts(language)]);
}

async function addTexts(language: Language): Promise<void> {
  if (componentTexts.has(language)) return;
  const loaded = await loadTexts(language);
  i18next.addResourceBundle(language, 'translation', loaded.texts);
  componentTexts.set(language, loaded.componentTexts);
}
