import type { KeyDescription } from './key-description.ts';
import { KeyError } from './key-error.ts';
import { type KeyRealm, type KeyReference, keyArnOf, parseReference } from './key-reference.ts';
import type { KeyStore, StoredKey, StoredKeys } from './key-store.ts';

/**
 * All keys, in memory. INVARIANT: memory says what the store says. A change is saved first, then it
 * holds, for everybody at once.
 */
export class KeyRegister {
  readonly #store: KeyStore;
  readonly #realm: KeyRealm;
  #stored: StoredKeys;
  /** Every use describes its key, and keys hardly ever change. */
  #descriptions = new Map<StoredKey, KeyDescription>();
  #lastChange: Promise<unknown> = Promise.resolve();

  private constructor(store: KeyStore, realm: KeyRealm, stored: StoredKeys) {
    this.#store = store;
    this.#realm = realm;
    this.#stored = stored;
  }

  static async open(store: KeyStore, realm: KeyRealm): Promise<KeyRegister> {
    return new KeyRegister(store, realm, await store.load());
  }

  get keys(): readonly StoredKey[] {
    return this.#stored.keys;
  }

  /** @throws {KeyError} `NotFoundException` */
  find(reference: KeyReference): StoredKey {
    const name = parseReference(reference, this.#realm);
    const keyId = name === undefined ? undefined : (this.#stored.aliases[name] ?? name);
    const key = this.#stored.keys.find((candidate) => candidate.keyId === keyId);
    if (key !== undefined) return key;
    const destroyed = this.#stored.destroyed.find((candidate) => candidate.keyId === keyId);
    const state =
      destroyed === undefined
        ? 'there is none'
        : `it was destroyed at ${destroyed.destroyedAt}, and what it sealed cannot be read any more`;
    throw new KeyError('NotFoundException', `Cannot find the key "${reference}": ${state}`);
  }

  hasAlias(alias: string): boolean {
    return Object.hasOwn(this.#stored.aliases, alias);
  }

  describe(key: StoredKey): KeyDescription {
    const known = this.#descriptions.get(key);
    if (known !== undefined) return known;
    const description = this.#describe(key);
    this.#descriptions.set(key, description);
    return description;
  }

  /** @param change from what is true when its turn comes; where it throws, nothing changes. */
  change(change: (stored: StoredKeys) => StoredKeys): Promise<void> {
    const changed = this.#lastChange.then(async () => {
      const next = change(this.#stored);
      await this.#save(next);
      this.#stored = next;
      this.#descriptions.clear();
    });
    this.#lastChange = changed.catch(() => undefined);
    return changed;
  }

  /** @param change from the key as it is when its turn comes. */
  changeKey(keyId: string, change: (key: StoredKey) => StoredKey): Promise<void> {
    return this.change((stored) => ({
      ...stored,
      keys: stored.keys.map((key) => (key.keyId === keyId ? change(key) : key)),
    }));
  }

  #describe(key: StoredKey): KeyDescription {
    const { keyId, providerKeyId: _, createdAt, rotatedAt, deletionDate, ...rest } = key;
    const aliases = Object.entries(this.#stored.aliases)
      .filter(([, target]) => target === keyId)
      .map(([alias]) => alias);
    return {
      ...rest,
      keyId,
      arn: keyArnOf(keyId, this.#realm),
      aliases,
      createdAt: new Date(createdAt),
      ...(rotatedAt === undefined ? {} : { rotatedAt: new Date(rotatedAt) }),
      ...(deletionDate === undefined ? {} : { deletionDate: new Date(deletionDate) }),
    };
  }

  async #save(stored: StoredKeys): Promise<void> {
    try {
      await this.#store.save(stored);
    } catch (cause) {
      const message = 'Cannot change the keys: the change cannot be written down';
      throw new KeyError('KeyUnavailableException', message, { cause });
    }
  }
}
