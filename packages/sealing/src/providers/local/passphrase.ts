import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { KeyError } from '../../keys/key-error.ts';

const minimumPassphraseCharacters = 12;

/** How a passphrase became a key. Stored beside what the key seals, so that the cost can be raised later. */
export const derivationSchema = z.strictObject({
  algorithm: z.literal('argon2id'),
  salt: z.base64(),
  // Bounds, because a file that somebody else wrote must not take all memory or a day.
  memoryKibibytes: z.int().min(19_456).max(1_048_576),
  passes: z.int().min(1).max(16),
  lanes: z.int().min(1).max(16),
});
export type Derivation = z.infer<typeof derivationSchema>;

/** RFC 9106, section 4: the second recommended choice, 64 MiB, 3 passes and 4 lanes, with a salt of 128 bits. */
export function createDerivation(): Derivation {
  const salt = randomBytes(16).toString('base64');
  return { algorithm: 'argon2id', salt, memoryKibibytes: 65_536, passes: 3, lanes: 4 };
}

/** 32 bytes. */
export function deriveKey(passphrase: string, derivation: Derivation): Promise<Buffer> {
  // The same passphrase however a keyboard composes its characters.
  return hashRaw(passphrase.normalize('NFC'), {
    // `Algorithm.Argon2id`, which TypeScript's isolated modules cannot name.
    algorithm: 2,
    memoryCost: derivation.memoryKibibytes,
    timeCost: derivation.passes,
    parallelism: derivation.lanes,
    outputLen: 32,
    salt: Buffer.from(derivation.salt, 'base64'),
  });
}

/** @throws {KeyError} `ValidationException` */
export function checkNewPassphrase(passphrase: string): void {
  if ([...passphrase].length >= minimumPassphraseCharacters) return;
  const message = `Cannot use the passphrase: it has fewer than ${minimumPassphraseCharacters} characters`;
  throw new KeyError('ValidationException', message);
}
