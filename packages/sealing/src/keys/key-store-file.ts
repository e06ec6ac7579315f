import { readPrivateFile, replacePrivateFile } from '../private-file.ts';
import type { KeyStore, StoredKeys } from './key-store.ts';
import { parseStoredKeys, writeStoredKeys } from './stored-keys-document.ts';

/**
 * One JSON file, replaced as a whole. There are tens of keys, all of them in memory, and they change a
 * few times a year: a database would add a schema, migrations and a lock, and answer no question.
 * INVARIANT: one process at a time, which the control plane's lock on its data folder sees to.
 */
export class KeyStoreFile implements KeyStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws {KeyError} `KeyUnavailableException` when it is damaged, or others may read it */
  async load(): Promise<StoredKeys> {
    const content = await readPrivateFile(this.#path);
    if (content === undefined) return { keys: [], aliases: {}, destroyed: [] };
    return parseStoredKeys(content.toString(), this.#path);
  }

  async save(keys: StoredKeys): Promise<void> {
    await replacePrivateFile(this.#path, writeStoredKeys(keys));
  }
}
