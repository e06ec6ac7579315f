// @ts-check
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gettext plural rules of the languages we have. */
/** @type {Readonly<Record<string, string>>} */
const pluralForms = { ko_KR: 'nplurals=1; plural=0;' };

/**
 * Turns the catalogues (`{ "English": "translation" }`) into what Lab's translation manager reads
 * from `/lab/api/translations/<locale>` under `data`: Jed-like messages by domain, with the
 * language and its plural rule under the empty key.
 *
 * @param {object} options
 * @param {Readonly<Record<string, string>>} options.catalogueFolders by the domain that the plugins
 *   load: `translator.load('strongroom')`; each has the same languages
 * @param {string} options.outputFolder
 */
export async function writeTranslations({ catalogueFolders, outputFolder }) {
  await mkdir(outputFolder, { recursive: true });
  for (const locale of Object.keys(pluralForms)) {
    /** @type {Record<string, object>} */
    const domains = {};
    for (const [domain, folder] of Object.entries(catalogueFolders)) {
      const catalogue = JSON.parse(await readFile(join(folder, `${locale}.json`), 'utf8'));
      domains[domain] = jedCatalogue(domain, locale, catalogue);
    }
    await writeFile(join(outputFolder, `${locale}.json`), JSON.stringify(domains));
  }
}

/**
 * @param {string} domain
 * @param {string} locale
 * @param {Readonly<Record<string, string>>} catalogue
 */
export function jedCatalogue(domain, locale, catalogue) {
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
