import type { KeyStore, StoredKeys } from './key-store.ts';

export class KeyStoreFile implements KeyStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  load(): Promise<StoredKeys> {
    throw new Error(`not yet: ${this.#path}`);
  }

  save(_keys: StoredKeys): Promise<void> {
    throw new Error('not yet');
  }
}
