import { randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from '../../aes-gcm.ts';
import { KeyError } from '../../keys/key-error.ts';
import { readPrivateFile, replacePrivateFile } from '../../private-file.ts';
import type { KeyringDocument } from './keyring-file.ts';
import { checkNewPassphrase, createDerivation, deriveKey } from './passphrase.ts';

/** What opens the keyring: a file that its owner alone may read, or a passphrase that is nowhere. */
export type KeyringUnlock = { readonly rootKeyPath: string } | { readonly passphrase: string };

const rootKeyBytes = 32;
const check = Buffer.from('strongroom keyring check');
const rootKeyPurpose = Buffer.from('strongroom keyring root key');

/** For a keyring that is not there yet. An existing root key file is used, never replaced. */
export async function createRootKey(
  unlock: KeyringUnlock,
): Promise<{ readonly rootKey: Buffer; readonly keyring: KeyringDocument }> {
  if ('passphrase' in unlock) return createFromPassphrase(unlock.passphrase);
  let rootKey = await readRootKey(unlock.rootKeyPath);
  if (rootKey === undefined) {
    rootKey = randomBytes(rootKeyBytes);
    await replacePrivateFile(unlock.rootKeyPath, rootKey);
  }
  return { rootKey, keyring: emptyKeyring({ by: 'root-key-file' }, rootKey) };
}

/** @throws {KeyError} `KeyUnavailableException`, saying what cannot be read and what to do */
export async function unlockKeyring(
  { path, keyring }: { readonly path: string; readonly keyring: KeyringDocument },
  unlock: KeyringUnlock,
): Promise<Buffer> {
  const rootKey = await findRootKey({ path, keyring }, unlock);
  if (openBytes(rootKey, Buffer.from(keyring.sealedCheck, 'base64'), check) !== undefined) {
    return rootKey;
  }
  throw lost(path, keyring, 'its root key is another one', 'Put the right root key back');
}

async function findRootKey(
  { path, keyring }: { readonly path: string; readonly keyring: KeyringDocument },
  unlock: KeyringUnlock,
): Promise<Buffer> {
  const { unlock: how } = keyring;
  if (how.by === 'passphrase') {
    if (!('passphrase' in unlock)) {
      throw lost(path, keyring, 'a passphrase unlocks it', 'Give the passphrase');
    }
    const passphraseKey = await deriveKey(unlock.passphrase, how.derivation);
    const sealed = Buffer.from(how.sealedRootKey, 'base64');
    const rootKey = openBytes(passphraseKey, sealed, rootKeyPurpose);
    if (rootKey !== undefined) return rootKey;
    throw lost(path, keyring, 'the passphrase is another one', 'Give the right passphrase');
  }
  if (!('rootKeyPath' in unlock)) {
    throw lost(path, keyring, 'a root key file unlocks it', 'Name the root key file');
  }
  const rootKey = await readRootKey(unlock.rootKeyPath);
  if (rootKey !== undefined) return rootKey;
  const state = `its root key "${unlock.rootKeyPath}" is missing`;
  throw lost(path, keyring, state, 'Put the root key file back');
}

async function createFromPassphrase(passphrase: string) {
  checkNewPassphrase(passphrase);
  const rootKey = randomBytes(rootKeyBytes);
  const derivation = createDerivation();
  const passphraseKey = await deriveKey(passphrase, derivation);
  const sealedRootKey = sealBytes(passphraseKey, rootKey, rootKeyPurpose).toString('base64');
  return {
    rootKey,
    keyring: emptyKeyring({ by: 'passphrase', derivation, sealedRootKey }, rootKey),
  };
}

async function readRootKey(path: string): Promise<Buffer | undefined> {
  const rootKey = await readPrivateFile(path);
  if (rootKey === undefined || rootKey.length === rootKeyBytes) return rootKey;
  const message = `Cannot read the root key "${path}": it has not ${rootKeyBytes} bytes`;
  throw new KeyError('KeyUnavailableException', message);
}

function emptyKeyring(unlock: KeyringDocument['unlock'], rootKey: Buffer): KeyringDocument {
  const sealedCheck = sealBytes(rootKey, check, check).toString('base64');
  return { format: 'strongroom-keyring', version: 1, unlock, sealedCheck, keys: {} };
}

function lost(path: string, keyring: KeyringDocument, state: string, remedy: string): KeyError {
  const count = Object.keys(keyring.keys).length;
  return new KeyError(
    'KeyUnavailableException',
    `Cannot open the keyring "${path}": ${state}. Whatever its ${count} keys sealed cannot be read. ` +
      `${remedy}, or restore the keyring from its back-up; without either that data is lost`,
  );
}
