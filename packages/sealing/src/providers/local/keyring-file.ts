import { z } from 'zod';
import { KeyError } from '../../keys/key-error.ts';
import { readPrivateFile, replacePrivateFile } from '../../private-file.ts';
import { derivationSchema } from './passphrase.ts';

const keyringSchema = z.strictObject({
  format: z.literal('strongroom-keyring'),
  version: z.literal(1),
  unlock: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('root-key-file') }),
    z.strictObject({
      by: z.literal('passphrase'),
      derivation: derivationSchema,
      /** The root key, sealed by the key derived from the passphrase. */
      sealedRootKey: z.base64(),
    }),
  ]),
  /** Something that only this root key opens, so that a wrong one is told from a damaged key. */
  sealedCheck: z.base64(),
  /** By key id: its versions from the first, each sealed by the root key. */
  keys: z.record(z.uuid(), z.array(z.base64()).min(1)),
});
export type KeyringDocument = z.infer<typeof keyringSchema>;

/** `undefined` where there is none. @throws {KeyError} `KeyUnavailableException` */
export async function readKeyring(path: string): Promise<KeyringDocument | undefined> {
  const content = await readPrivateFile(path);
  if (content === undefined) return undefined;
  try {
    return keyringSchema.parse(JSON.parse(content.toString()));
  } catch (cause) {
    throw new KeyError(
      'KeyUnavailableException',
      `Cannot open the keyring "${path}": the file is damaged. What its keys sealed cannot be read ` +
        'until the keyring is restored from its back-up; without one it is lost',
      { cause },
    );
  }
}

export async function writeKeyring(path: string, keyring: KeyringDocument): Promise<void> {
  await replacePrivateFile(path, `${JSON.stringify(keyring, undefined, 2)}\n`);
}
