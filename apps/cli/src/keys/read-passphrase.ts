import { readFile } from 'node:fs/promises';
import type { Surroundings } from '../s3/surroundings.ts';

export interface PassphraseOptions {
  readonly passphraseFile?: string;
}

/**
 * From a file, or from a person who is asked without it being shown.
 *
 * @param isNew asked twice, because nobody finds out later what was mistyped
 * @throws {Error} with a sentence for the terminal
 */
export async function readPassphrase(
  { askHidden }: Pick<Surroundings, 'askHidden'>,
  { passphraseFile }: PassphraseOptions,
  isNew: boolean,
): Promise<string> {
  if (passphraseFile !== undefined) return firstLine(passphraseFile);
  if (askHidden === undefined) {
    throw new Error('Cannot ask for the passphrase: there is no terminal. Use --passphrase-file');
  }
  const passphrase = await askHidden('Passphrase of the back-up: ');
  if (!isNew || (await askHidden('The same again: ')) === passphrase) return passphrase;
  throw new Error('Cannot use the passphrase: the two differ');
}

async function firstLine(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Cannot read the passphrase file "${path}": ${error.code}`);
  });
  return text.split(/\r?\n/, 1)[0] ?? '';
}
