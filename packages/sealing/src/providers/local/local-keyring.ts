import { randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from '../../aes-gcm.ts';
import { contextBytes, type EncryptionContext } from '../../keys/encryption-context.ts';
import { KeyError } from '../../keys/key-error.ts';
import type { DataKey, KeyProvider } from '../../keys/key-provider.ts';
import { type KeyringDocument, readKeyring, writeKeyring } from './keyring-file.ts';
import { createRootKey, type KeyringUnlock, unlockKeyring } from './root-key.ts';

export interface LocalKeyringOptions {
  readonly keyringPath: string;
  readonly unlock: KeyringUnlock;
}

/** From key id to its versions' material, the first first. Secret: it leaves only into a sealed back-up. */
export type KeyMaterial = ReadonlyMap<string, readonly Buffer[]>;

interface OpenKeyring {
  readonly document: KeyringDocument;
  readonly rootKey: Buffer;
}

const keyBytes = 32;
const versionBytes = 4;

/**
 * Keys in a file of this machine, each version sealed by the root key. Only the root key stays in memory.
 * A keyring that is not there is made with its first key and not before, so that a lost one is noticed
 * and not replaced by an empty one. INVARIANT: one process writes the file.
 */
export class LocalKeyring implements KeyProvider {
  readonly name = 'local';
  readonly #options: LocalKeyringOptions;
  #open: OpenKeyring | undefined;
  #lastChange: Promise<unknown> = Promise.resolve();

  private constructor(options: LocalKeyringOptions, open: OpenKeyring | undefined) {
    this.#options = options;
    this.#open = open;
  }

  /** @throws {KeyError} `KeyUnavailableException` */
  static async open(options: LocalKeyringOptions): Promise<LocalKeyring> {
    const { keyringPath: path, unlock } = options;
    const keyring = await readKeyring(path);
    if (keyring === undefined) return new LocalKeyring(options, undefined);
    const rootKey = await unlockKeyring({ path, keyring }, unlock);
    return new LocalKeyring(options, { document: keyring, rootKey });
  }

  async createKey(keyId: string): Promise<{ readonly providerKeyId: string }> {
    await this.addKeys(new Map([[keyId, [randomBytes(keyBytes)]]]));
    return { providerKeyId: keyId };
  }

  async generateDataKey(keyId: string, context: EncryptionContext): Promise<DataKey> {
    const dataKey = randomBytes(keyBytes);
    return { dataKey, wrapped: this.#wrap(keyId, dataKey, context) };
  }

  async decrypt(keyId: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    const version = wrapped.length < versionBytes ? 0 : wrapped.readUInt32BE(0);
    const sealedVersion = this.#sealedVersions(keyId)[version - 1];
    if (sealedVersion === undefined) throw notWrappedBy(keyId);
    const material = this.#openVersion(keyId, version, sealedVersion);
    const sealed = wrapped.subarray(versionBytes);
    const dataKey = openBytes(material, sealed, dataKeyPlace(keyId, version, context));
    material.fill(0);
    if (dataKey === undefined) throw notWrappedBy(keyId);
    return dataKey;
  }

  async rewrap(keyId: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    const dataKey = await this.decrypt(keyId, wrapped, context);
    const newest = this.#wrap(keyId, dataKey, context);
    dataKey.fill(0);
    return newest;
  }

  rotate(keyId: string): Promise<void> {
    return this.#change(({ document, rootKey }) => {
      const versions = this.#sealedVersions(keyId);
      const place = versionPlace(keyId, versions.length + 1);
      const newest = sealBytes(rootKey, randomBytes(keyBytes), place).toString('base64');
      return { ...document.keys, [keyId]: [...versions, newest] };
    });
  }

  /**
   * The new file has nothing of it. The old file's blocks may stay on the disk until they are used
   * again, and back-ups keep the key until they expire.
   */
  async destroyKey(keyId: string): Promise<void> {
    if (this.#open === undefined) return;
    await this.#change(({ document }) =>
      Object.fromEntries(Object.entries(document.keys).filter(([other]) => other !== keyId)),
    );
  }

  async checkKeys(keyIds: readonly string[]): Promise<void> {
    const missing = keyIds.filter((keyId) => this.#open?.document.keys[keyId] === undefined);
    if (missing.length === 0) return;
    throw new KeyError(
      'KeyUnavailableException',
      `Cannot open ${missing.length} of ${keyIds.length} keys: the keyring ` +
        `"${this.#options.keyringPath}" ${this.#open === undefined ? 'is missing' : 'lacks them'} ` +
        `(${missing.join(', ')}). Whatever they sealed cannot be read. Put the file back, or restore ` +
        'the keyring from its back-up; without either that data is lost',
    );
  }

  /** For a back-up: the caller seals it and overwrites it. */
  exportKeys(): KeyMaterial {
    const entries = Object.entries(this.#open?.document.keys ?? {});
    return new Map(
      entries.map(([keyId, versions]) => [
        keyId,
        versions.map((sealed, index) => this.#openVersion(keyId, index + 1, sealed)),
      ]),
    );
  }

  /** @throws {KeyError} `AlreadyExistsException` */
  async addKeys(material: KeyMaterial): Promise<void> {
    await this.#change(({ document, rootKey }) => {
      const keys = { ...document.keys };
      for (const [keyId, versions] of material) {
        if (keys[keyId] !== undefined) {
          throw new KeyError(
            'AlreadyExistsException',
            `Cannot add the key "${keyId}": it is there`,
          );
        }
        keys[keyId] = versions.map((version, index) =>
          sealBytes(rootKey, version, versionPlace(keyId, index + 1)).toString('base64'),
        );
      }
      return keys;
    });
  }

  async close(): Promise<void> {
    await this.#lastChange;
    this.#open?.rootKey.fill(0);
    this.#open = undefined;
  }

  #wrap(keyId: string, dataKey: Buffer, context: EncryptionContext): Buffer {
    const versions = this.#sealedVersions(keyId);
    const version = versions.length;
    const material = this.#openVersion(keyId, version, versions[version - 1] as string);
    const sealed = sealBytes(material, dataKey, dataKeyPlace(keyId, version, context));
    material.fill(0);
    const versionNumber = Buffer.alloc(versionBytes);
    versionNumber.writeUInt32BE(version);
    return Buffer.concat([versionNumber, sealed]);
  }

  #sealedVersions(keyId: string): readonly string[] {
    const versions = this.#open?.document.keys[keyId];
    if (versions !== undefined) return versions;
    throw new KeyError('NotFoundException', `Cannot use the key "${keyId}": the keyring lacks it`);
  }

  #openVersion(keyId: string, version: number, sealed: string): Buffer {
    const rootKey = this.#open?.rootKey ?? Buffer.alloc(keyBytes);
    const place = versionPlace(keyId, version);
    const material = openBytes(rootKey, Buffer.from(sealed, 'base64'), place);
    if (material !== undefined) return material;
    throw new KeyError(
      'KeyUnavailableException',
      `Cannot open the key "${keyId}": version ${version} is damaged in the keyring ` +
        `"${this.#options.keyringPath}". Restore the keyring from its back-up`,
    );
  }

  #change(change: (open: OpenKeyring) => KeyringDocument['keys']): Promise<void> {
    const changed = this.#lastChange.then(async () => {
      const open = this.#open ?? (await this.#create());
      const document = { ...open.document, keys: change(open) };
      await writeKeyring(this.#options.keyringPath, document);
      this.#open = { document, rootKey: open.rootKey };
    });
    this.#lastChange = changed.catch(() => undefined);
    return changed;
  }

  async #create(): Promise<OpenKeyring> {
    const { rootKey, keyring } = await createRootKey(this.#options.unlock);
    return { document: keyring, rootKey };
  }
}

/** Binds material to its place, so that no version can be put in another's. */
function versionPlace(keyId: string, version: number): Buffer {
  return contextBytes({ purpose: 'strongroom key version', keyId, version: `${version}` });
}

function dataKeyPlace(keyId: string, version: number, context: EncryptionContext): Buffer {
  const own = contextBytes({ purpose: 'strongroom data key', keyId, version: `${version}` });
  return Buffer.concat([own, Buffer.from([0]), contextBytes(context)]);
}

function notWrappedBy(keyId: string): KeyError {
  const message = `Cannot open a wrapped key: the key "${keyId}" did not wrap it for this context`;
  return new KeyError('InvalidCiphertextException', message);
}
