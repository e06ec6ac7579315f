// @ts-check
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gettext plural rules of the languages we have. */
/** @type {Readonly<Record<string, string>>} */
const pluralForms = { ko_KR: 'nplurals=1; plural=0;' };

/** The domain that our plugins load: `translator.load('strongroom')`. */
const domain = 'strongroom';

/**
 * Turns each catalogue (`{ "English": "translation" }`) into what Lab's translation manager reads
 * from `/lab/api/translations/<locale>` under `data`: Jed-like messages by domain, with the
 * language and its plural rule under the empty key.
 *
 * @param {object} options
 * @param {string} options.catalogueFolder
 * @param {string} options.outputFolder
 */
export async function writeTranslations({ catalogueFolder, outputFolder }) {
  await mkdir(outputFolder, { recursive: true });
  for (const file of await readdir(catalogueFolder)) {
    const locale = file.replace(/\.json$/, '');
    const catalogue = JSON.parse(await readFile(join(catalogueFolder, file), 'utf8'));
    const language = jedCatalogue(locale, catalogue);
    await writeFile(join(outputFolder, file), JSON.stringify({ [domain]: language }));
  }
}

/**
 * @param {string} locale
 * @param {Readonly<Record<string, string>>} catalogue
 */
export function jedCatalogue(locale, catalogue) {
  const plural = pluralForms[locale];
  if (plural === undefined) throw new Error(`Cannot translate to "${locale}": no plural rule`);
  return {
    // Lab looks messages up under the BCP 47 tag, though it asks for `ko_KR`.
    '': { domain, language: locale.replace('_', '-'), plural_forms: plural, version: '1' },
    ...Object.fromEntries(
      Object.entries(catalogue).map(([english, translation]) => [english, [translation]]),
    ),
  };
}
