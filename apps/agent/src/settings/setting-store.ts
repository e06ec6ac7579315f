import { copyFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../contents/atomic-write.ts';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import type { SchemaCatalog } from './schema-catalog.ts';
import { SettingValidator } from './setting-validator.ts';

/** One plugin's answer in `/lab/api/settings`, except its schema, which stays JSON text. */
interface UserSettings {
  /** As the person wrote it, comments included; `{}` where there is nothing usable. */
  readonly raw: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly last_modified: string | null;
  readonly created: string | null;
  readonly warning?: string;
}

const unchanged: UserSettings = { raw: '{}', settings: {}, last_modified: null, created: null };

/** What people changed in Lab's settings, in the home where Jupyter keeps it. */
export class SettingStore {
  readonly #catalog: SchemaCatalog;
  readonly #folder: string;
  readonly #validator = new SettingValidator();

  constructor(catalog: SchemaCatalog, homeFolder: string) {
    this.#catalog = catalog;
    this.#folder = join(homeFolder, '.jupyter', 'lab', 'user-settings');
  }

  async ids(): Promise<string[]> {
    return await this.#catalog.ids();
  }

  /** JSON texts of all plugins. Few have a file in the home, so the files are listed once. */
  async describeAll(): Promise<string[]> {
    const names = await readdir(this.#folder, { recursive: true }).catch(() => [] as string[]);
    const changed = new Set(names.map((name) => join(this.#folder, name)));
    const texts: string[] = [];
    for (const [id, schemaText] of await this.#catalog.all()) {
      const user = changed.has(this.#pathOf(id)) ? await this.#read(id, schemaText) : unchanged;
      texts.push(compose(id, user, schemaText));
    }
    return texts;
  }

  /** The plugin's JSON text for `/lab/api/settings`, or `undefined` where no plugin has this id. */
  async describe(id: string): Promise<string | undefined> {
    const schemaText = await this.#catalog.text(id);
    if (schemaText === undefined) return undefined;
    return compose(id, await this.#read(id, schemaText), schemaText);
  }

  /** Throws `NotFound`, or `InvalidRequest` where the schema refuses the settings. */
  async save(id: string, raw: string): Promise<void> {
    const schemaText = await this.#catalog.text(id);
    if (schemaText === undefined) throw new AgentError('NotFound', `No such settings: "${id}"`);
    await this.#validator.parse(id, raw, schemaText);
    const path = this.#pathOf(id);
    await mkdir(dirname(path), { recursive: true });
    // What could not be used was shown as empty: it is kept beside what replaces it.
    if ((await this.#read(id, schemaText)).warning !== undefined)
      await copyFile(path, `${path}.broken`);
    await replaceFile(path, undefined, async (handle) => {
      await handle.writeFile(raw);
    });
  }

  async #read(id: string, schemaText: string): Promise<UserSettings> {
    const path = this.#pathOf(id);
    try {
      const [text, stats] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      const times = {
        last_modified: stats.mtime.toISOString(),
        created: stats.ctime.toISOString(),
      };
      const raw = text.trim() === '' ? '{}' : text;
      return { raw, settings: await this.#validator.parse(id, raw, schemaText), ...times };
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR')
        return unchanged;
      // Settings that cannot be used never keep Lab from opening.
      return { ...unchanged, warning: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Safe: only ids of the catalog come here, and those are names of files that exist. */
  #pathOf(id: string): string {
    const colon = id.indexOf(':');
    return join(this.#folder, id.slice(0, colon), `${id.slice(colon + 1)}.jupyterlab-settings`);
  }
}

/** The schema's text goes in as it is: parsing and printing all of them would double the answer's cost. */
function compose(id: string, user: UserSettings, schemaText: string): string {
  const rest = JSON.stringify({ id, version: 'N/A', ...user });
  return `${rest.slice(0, -1)},"schema":${schemaText}}`;
}
