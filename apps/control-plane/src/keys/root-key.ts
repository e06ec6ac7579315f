import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readKeyFile, unusable, writeKeyFile } from './key-file.ts';

/**
 * 256 random bits in `<dataFolder>/keys/<name>`, made where there are none.
 *
 * @throws {StartError} `KeyFileUnusable`
 */
export async function openRootKey(dataFolder: string, name: string): Promise<Buffer> {
  const path = join(dataFolder, 'keys', name);
  const text = await readKeyFile(path);
  if (text === undefined) {
    const key = randomBytes(32);
    await writeKeyFile(path, `${key.toString('hex')}\n`);
    return key;
  }
  if (!/^[0-9a-f]{64}\n?$/.test(text)) {
    throw unusable(path, 'it is damaged', 'restore it, or remove it and start again');
  }
  return Buffer.from(text.trim(), 'hex');
}
