import { z } from 'zod';
import { openBytes, sealBytes } from '../../aes-gcm.ts';
import { KeyError } from '../../keys/key-error.ts';
import type { StoredKeys } from '../../keys/key-store.ts';
import { parseStoredKeys, writeStoredKeys } from '../../keys/stored-keys-document.ts';
import { readPrivateFile, replacePrivateFile } from '../../private-file.ts';
import type { KeyMaterial } from './local-keyring.ts';
import { checkNewPassphrase, createDerivation, derivationSchema, deriveKey } from './passphrase.ts';

const backupSchema = z.strictObject({
  format: z.literal('strongroom-keyring-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  derivation: derivationSchema,
  sealed: z.base64(),
});

const contentSchema = z.strictObject({
  keys: z.record(z.uuid(), z.array(z.base64()).min(1)),
  register: z.string(),
});

export interface BackupContent {
  readonly keys: KeyMaterial;
  readonly register: StoredKeys;
}

interface BackupPlace {
  readonly backupPath: string;
  readonly passphrase: string;
}

/** One file that the passphrase alone opens. @throws {KeyError} `ValidationException` */
export async function writeBackup(
  { backupPath, passphrase }: BackupPlace,
  { keys, register }: BackupContent,
  now: Date,
): Promise<void> {
  checkNewPassphrase(passphrase);
  const versions = [...keys].map(([keyId, material]) => [
    keyId,
    material.map((version) => version.toString('base64')),
  ]);
  const content = { keys: Object.fromEntries(versions), register: writeStoredKeys(register) };
  const derivation = createDerivation();
  const key = await deriveKey(passphrase, derivation);
  const createdAt = now.toISOString();
  const sealed = sealBytes(key, Buffer.from(JSON.stringify(content)), placeOf(createdAt));
  const backup = {
    ...{ format: 'strongroom-keyring-backup', version: 1 },
    ...{ createdAt, derivation, sealed: sealed.toString('base64') },
  };
  await replacePrivateFile(backupPath, `${JSON.stringify(backup)}\n`);
}

/** @throws {KeyError} `NotFoundException`, `InvalidCiphertextException` (another passphrase, or damaged) */
export async function readBackup({ backupPath, passphrase }: BackupPlace): Promise<BackupContent> {
  const file = await readPrivateFile(backupPath);
  if (file === undefined) {
    throw new KeyError(
      'NotFoundException',
      `Cannot restore keys from "${backupPath}": no such file`,
    );
  }
  const { createdAt, derivation, sealed } = parseBackup(file, backupPath);
  const key = await deriveKey(passphrase, derivation);
  const content = openBytes(key, Buffer.from(sealed, 'base64'), placeOf(createdAt));
  if (content === undefined) {
    const state = 'the passphrase is another one, or the file is damaged';
    const message = `Cannot restore keys from "${backupPath}": ${state}`;
    throw new KeyError('InvalidCiphertextException', message);
  }
  const { keys, register } = contentSchema.parse(JSON.parse(content.toString()));
  const material = Object.entries(keys).map(([keyId, versions]) => {
    return [keyId, versions.map((version) => Buffer.from(version, 'base64'))] as const;
  });
  return { keys: new Map(material), register: parseStoredKeys(register, backupPath) };
}

function parseBackup(file: Buffer, path: string): z.infer<typeof backupSchema> {
  try {
    return backupSchema.parse(JSON.parse(file.toString()));
  } catch (cause) {
    const message = `Cannot restore keys from "${path}": it is not a back-up of a keyring`;
    throw new KeyError('InvalidCiphertextException', message, { cause });
  }
}

function placeOf(createdAt: string): Buffer {
  return Buffer.from(`strongroom keyring back-up of ${createdAt}`);
}
