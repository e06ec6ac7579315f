import type { Language } from '@strongroom/contracts';

/** Korean where the browser prefers it to English (RFC 9110, section 12.5.4), else English. */
export function preferredLanguage(header: string | undefined): Language {
  const quality = (language: Language) =>
    Math.max(
      0,
      ...(header ?? '')
        .slice(0, 512)
        .split(',')
        .map((range) => {
          const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
          if (tag !== language && !tag.startsWith(`${language}-`)) return 0;
          const weight = parameters.find((parameter) => parameter.trim().startsWith('q='));
          return weight === undefined ? 1 : Number(weight.trim().slice(2)) || 0;
        }),
    );
  return quality('ko') > quality('en') ? 'ko' : 'en';
}
