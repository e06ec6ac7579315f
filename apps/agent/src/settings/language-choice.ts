import type { Language } from '@strongroom/contracts';

/** The person's language in the console: the default of Lab's own setting, which still overrides it. */
export class LanguageChoice {
  #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  get current(): Language {
    return this.#language;
  }

  /** The locale's name as Lab knows it. */
  get locale(): 'en' | 'ko_KR' {
    return this.#language === 'ko' ? 'ko_KR' : 'en';
  }

  change(language: Language): void {
    this.#language = language;
  }
}
