import type { Sentence } from '@strongroom/contracts';

/** What came in both languages, in the reader's. */
export function sentenceIn({ english, korean }: Sentence, language: string): string {
  return language === 'ko' ? korean : english;
}
