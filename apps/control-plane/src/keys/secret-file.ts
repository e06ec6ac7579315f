import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from '../start-error.ts';

/**
 * A file that only its owner may read; `undefined` where there is none.
 *
 * @throws {StartError} `KeyUnusable` where others may read it or it cannot be read
 */
export async function readSecretFile(path: string): Promise<Buffer | undefined> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw new Error(`others may read it (chmod 600 "${path}", and replace it if they did)`);
    }
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const message = `Cannot use the key "${path}": ${(error as Error).message}`;
    throw new StartError('KeyUnusable', message, { cause: error });
  }
}

/** Durable, and never there in part. */
export async function writeSecretFile(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/**
 * A random key of 256 bits, made at the first use.
 *
 * @throws {StartError} `KeyUnusable`
 */
export async function openSecretKey(path: string): Promise<Buffer> {
  const known = await readSecretFile(path);
  if (known === undefined) {
    const key = randomBytes(keyBytes);
    await writeSecretFile(path, key);
    return key;
  }
  if (known.length === keyBytes) return known;
  const message = `Cannot use the key "${path}": it has ${known.length} bytes and not ${keyBytes} (restore it from a backup)`;
  throw new StartError('KeyUnusable', message);
}

const keyBytes = 32;
