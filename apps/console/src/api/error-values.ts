import type { Launch } from '@strongroom/contracts';
import type { ApiError } from './request.ts';

/** What a translated error is filled with; a sentence that came in both languages in the reader's. */
export function errorValues(
  { values }: Pick<ApiError, 'values'>,
  language: string,
): Record<string, string | number> {
  const { koreanSentence, ...others } = values;
  if (language !== 'ko' || koreanSentence === undefined) return others;
  return { ...others, sentence: koreanSentence };
}

/** The same of a launch that failed. */
export function failureValues(
  { values = {} }: NonNullable<Launch['failure']>,
  language: string,
): Record<string, string | number> {
  return errorValues({ values }, language);
}
