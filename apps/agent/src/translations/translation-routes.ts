import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendJson } from '../http/json.ts';
import type { Router } from '../http/router.ts';
import { systemErrorCode } from '../http/system-error.ts';
import type { LanguageChoice } from '../settings/language-choice.ts';

interface LanguageName {
  readonly displayName: Readonly<Record<'en' | 'ko_KR', string>>;
  readonly nativeName: string;
}

const languages: Readonly<Record<string, LanguageName>> = {
  en: { displayName: { en: 'English', ko_KR: '영어' }, nativeName: 'English' },
  ko_KR: { displayName: { en: 'Korean', ko_KR: '한국어' }, nativeName: '한국어' },
};

/** `/lab/api/translations`: which languages there are, and each one's catalogs by domain. */
export function registerTranslations(
  router: Router,
  options: { labFolder: string; language: LanguageChoice },
): void {
  const { labFolder, language } = options;
  router.on('GET', '/lab/api/translations', async (exchange) => {
    const data = Object.fromEntries(
      Object.entries(languages).map(([locale, { displayName, nativeName }]) => [
        locale,
        { displayName: displayName[language.locale], nativeName },
      ]),
    );
    await sendJson(exchange, 200, { data, message: '' });
  });
  router.on('GET', '/lab/api/translations/:locale', async (exchange) => {
    const asked = exchange.parameters.locale ?? '';
    const locale = asked === 'default' ? language.locale : asked;
    // Lab shows the message in its console and goes on in English: a missing catalog blocks nothing.
    if (!Object.hasOwn(languages, locale)) {
      const message = `Language pack "${locale}" is not installed`;
      await sendJson(exchange, 200, { data: {}, message });
      return;
    }
    const data = locale === 'en' ? {} : await loadCatalogs(labFolder, locale);
    await sendJson(exchange, 200, { data, message: '' });
  });
}

async function loadCatalogs(labFolder: string, locale: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(labFolder, 'translations', `${locale}.json`), 'utf8'));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return {};
    throw error;
  }
}
