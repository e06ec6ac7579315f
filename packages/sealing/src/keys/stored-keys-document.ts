import { z } from 'zod';
import { KeyError } from './key-error.ts';
import type { StoredKeys } from './key-store.ts';

const storedKeysSchema = z.strictObject({
  format: z.literal('strongroom-keys'),
  version: z.literal(1),
  keys: z.array(
    z.strictObject({
      keyId: z.uuid(),
      provider: z.enum(['local', 'aws-kms', 'vault-transit']),
      providerKeyId: z.string().min(1),
      description: z.string(),
      state: z.enum(['Enabled', 'Disabled', 'PendingDeletion']),
      createdAt: z.iso.datetime(),
      rotatedAt: z.iso.datetime().optional(),
      versionCount: z.int().positive(),
      deletionDate: z.iso.datetime().optional(),
      policy: z.unknown(),
    }),
  ),
  aliases: z.record(z.string(), z.uuid()),
  destroyed: z.array(z.strictObject({ keyId: z.uuid(), destroyedAt: z.iso.datetime() })),
});

/** @param origin what to name when it cannot be read. @throws {KeyError} `KeyUnavailableException` */
export function parseStoredKeys(content: string, origin: string): StoredKeys {
  try {
    const { keys, aliases, destroyed } = storedKeysSchema.parse(JSON.parse(content));
    return { keys, aliases, destroyed };
  } catch (cause) {
    // To begin an empty register instead would make every key of it unknown, and its data unreadable.
    throw new KeyError(
      'KeyUnavailableException',
      `Cannot read the register of keys "${origin}": it is damaged. Restore it from its back-up`,
      { cause },
    );
  }
}

export function writeStoredKeys({ keys, aliases, destroyed }: StoredKeys): string {
  const document = { format: 'strongroom-keys', version: 1, keys, aliases, destroyed };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
