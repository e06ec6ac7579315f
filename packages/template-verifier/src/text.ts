/** What a person reads, in both languages of the product. */
export interface Text {
  readonly english: string;
  readonly korean: string;
}

export type Language = 'en' | 'ko';

export function inLanguage(text: Text, language: Language): string {
  return language === 'ko' ? text.korean : text.english;
}
