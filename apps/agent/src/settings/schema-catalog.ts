import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../http/system-error.ts';
import type { LanguageChoice } from './language-choice.ts';

const translationPlugin = '@jupyterlab/translation-extension:plugin';

export type Schema = Readonly<Record<string, unknown>>;

/**
 * The settings schemas Lab was built with: `schemas/<package>/<plugin>.json`, known to Lab as
 * `<package>:<plugin>`. They lie on a read-only mount, so their text is read once.
 */
export class SchemaCatalog {
  readonly #folder: string;
  readonly #language: LanguageChoice;
  #texts: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(labFolder: string, language: LanguageChoice) {
    this.#folder = join(labFolder, 'schemas');
    this.#language = language;
  }

  async ids(): Promise<string[]> {
    return [...(await this.#load()).keys()];
  }

  /** Every plugin's id with its schema's JSON text. */
  async all(): Promise<[id: string, text: string][]> {
    return [...(await this.#load())].map(([id, text]) => [id, this.#localize(id, text)]);
  }

  /** The schema's JSON text, or `undefined` where no plugin has this id. */
  async text(id: string): Promise<string | undefined> {
    const text = (await this.#load()).get(id);
    return text === undefined ? undefined : this.#localize(id, text);
  }

  #localize(id: string, text: string): string {
    return id === translationPlugin ? withDefaultLocale(text, this.#language.locale) : text;
  }

  async #load(): Promise<ReadonlyMap<string, string>> {
    this.#texts ??= readSchemas(this.#folder);
    return await this.#texts;
  }
}

/** The person's language in the console is only the default: what they set in Lab overrides it. */
function withDefaultLocale(text: string, locale: string): string {
  if (locale === 'en') return text;
  const schema = JSON.parse(text) as { properties?: { locale?: { default?: unknown } } };
  if (schema.properties?.locale !== undefined) schema.properties.locale.default = locale;
  return JSON.stringify(schema);
}

async function readSchemas(folder: string): Promise<ReadonlyMap<string, string>> {
  const paths = (await listJsonFiles(folder)).sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
  return new Map(
    paths.map((path, index) => {
      const slash = path.lastIndexOf('/');
      const id = `${path.slice(0, slash)}:${path.slice(slash + 1, -'.json'.length)}`;
      // Compact once: every opening of Lab sends all of them.
      return [id, JSON.stringify(JSON.parse(texts[index] ?? ''))];
    }),
  );
}

async function listJsonFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    return names.filter((name) => name.endsWith('.json') && name.includes('/'));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
