import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createFile } from '../config/file-on-disk.ts';
import { HomeSecretError } from './home-secrets.ts';

const secretName = 'secret.json';
/** gocryptfs's own: the key of the files, wrapped by the secret. */
const configurationName = 'gocryptfs.conf';
const secretFileSchema = z.strictObject({
  version: z.literal(1),
  wrapped: z
    .base64()
    .min(1)
    .max(64 * 1024),
});

/** Beside the sealed files; durable when it resolves. */
export async function writeSecret(volumeFolder: string, wrapped: Buffer): Promise<void> {
  const content = { version: 1, wrapped: wrapped.toString('base64') };
  await createFile(join(volumeFolder, secretName), `${JSON.stringify(content)}\n`);
}

/** @throws {HomeSecretError} `SecretDamaged` */
export async function readSecret(volumeFolder: string): Promise<Buffer> {
  const path = join(volumeFolder, secretName);
  try {
    const content = secretFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return Buffer.from(content.wrapped, 'base64');
  } catch (cause) {
    throw new HomeSecretError('SecretDamaged', `Cannot read "${path}": it is damaged or missing`, {
      cause,
    });
  }
}

/** Nothing in this folder can be read afterwards. */
export async function shredSecret(volumeFolder: string): Promise<void> {
  for (const name of [secretName, configurationName]) await shred(join(volumeFolder, name));
}

/** Overwritten before it is removed, which counts on disks that write in place. */
async function shred(path: string): Promise<void> {
  const size = await stat(path).then(
    (status) => status.size,
    () => undefined,
  );
  if (size === undefined) return;
  await chmod(path, 0o600);
  const file = await open(path, 'r+');
  try {
    await file.write(randomBytes(size), 0, size, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(path);
}
