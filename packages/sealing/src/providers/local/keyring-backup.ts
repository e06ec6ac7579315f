import { withoutKeys } from '../../keys/key-changes.ts';
import { KeyError } from '../../keys/key-error.ts';
import type { KeyStore, StoredKeys } from '../../keys/key-store.ts';
import { readBackup, writeBackup } from './backup-file.ts';
import { LocalKeyring, type LocalKeyringOptions } from './local-keyring.ts';

export interface KeyringBackupOptions {
  readonly keyring: LocalKeyringOptions;
  /** The register of keys, without which material has no name, state or policy. */
  readonly store: KeyStore;
  /** Of the back-up. It need not be the keyring's. */
  readonly passphrase: string;
  readonly backupPath: string;
  readonly clock: () => Date;
}

export interface RestoredKeyring {
  readonly restoredKeyIds: readonly string[];
  /** Made after the back-up: their material is gone, and they are in the register as destroyed. */
  readonly lostKeyIds: readonly string[];
}

/**
 * Writes all keys' material and the register to one file that the passphrase alone opens. The root key
 * is not in it, because a restored keyring has one of its own. May run while the keyring is in use.
 *
 * @returns the ids of the keys in it
 * @throws {KeyError} `ValidationException` (passphrase too short), `KeyUnavailableException`
 */
export async function backupKeyring(options: KeyringBackupOptions): Promise<readonly string[]> {
  const register = await options.store.load();
  const keyring = await LocalKeyring.open(options.keyring);
  try {
    // A back-up that lacks a key is found out now and not when it is needed.
    await keyring.checkKeys(localKeyIds(register));
    const keys = keyring.exportKeys();
    await writeBackup(options, { keys, register }, options.clock());
    return [...keys.keys()];
  } finally {
    await keyring.close();
  }
}

/**
 * Makes the keyring anew from a back-up, under whatever unlocks it from now on. The register is kept if
 * it is there, because it is newer: what was destroyed since stays destroyed. Only while nothing uses
 * the keyring.
 *
 * @throws {KeyError} `AlreadyExistsException` (the keyring has keys), `InvalidCiphertextException`
 *   (another passphrase, or damaged), `NotFoundException` (no back-up there)
 */
export async function restoreKeyring(options: KeyringBackupOptions): Promise<RestoredKeyring> {
  const backup = await readBackup(options);
  const present = await options.store.load();
  const isRegisterPresent = present.keys.length + present.destroyed.length > 0;
  const register = isRegisterPresent ? present : backup.register;
  const destroyed = new Set(register.destroyed.map(({ keyId }) => keyId));
  const keys = new Map([...backup.keys].filter(([keyId]) => !destroyed.has(keyId)));
  const lostKeyIds = localKeyIds(register).filter((keyId) => !keys.has(keyId));
  const keyring = await openEmptyKeyring(options.keyring);
  try {
    await keyring.addKeys(keys);
    await options.store.save(withoutKeys(register, lostKeyIds, options.clock()));
    return { restoredKeyIds: [...keys.keys()], lostKeyIds };
  } finally {
    await keyring.close();
  }
}

async function openEmptyKeyring(options: LocalKeyringOptions): Promise<LocalKeyring> {
  const keyring = await LocalKeyring.open(options);
  if (keyring.exportKeys().size === 0) return keyring;
  await keyring.close();
  const message = `Cannot restore the keyring "${options.keyringPath}": it has keys. Move it away first`;
  throw new KeyError('AlreadyExistsException', message);
}

function localKeyIds({ keys }: StoredKeys): string[] {
  return keys
    .filter(({ provider }) => provider === 'local')
    .map(({ providerKeyId }) => providerKeyId);
}
