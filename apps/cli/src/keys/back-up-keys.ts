import { access } from 'node:fs/promises';
import { backupKeyring } from '@strongroom/sealing';
import type { Terminal } from '../program.ts';
import type { Surroundings } from '../s3/surroundings.ts';
import { keyringFiles } from './keyring-files.ts';
import { type PassphraseOptions, readPassphrase } from './read-passphrase.ts';

interface Place {
  readonly terminal: Terminal;
  readonly surroundings: Pick<Surroundings, 'askHidden'>;
}

/** Also while the control plane runs. @throws {Error} with a sentence for the terminal */
export async function backUpKeys(
  { terminal, surroundings }: Place,
  options: PassphraseOptions & { readonly dataFolder: string; readonly to: string },
): Promise<void> {
  const { keyring, store } = keyringFiles(options.dataFolder);
  // Opening a keyring that is not there would make one.
  if (!(await isThere(keyring.keyringPath))) {
    const where = `"${options.dataFolder}"`;
    throw new Error(`Cannot back up the keys in ${where}: there is no local keyring`);
  }
  if (await isThere(options.to)) {
    throw new Error(`Cannot back up to "${options.to}": it is there already`);
  }
  const passphrase = await readPassphrase(surroundings, options, true);
  const clock = () => new Date();
  const keyIds = await backupKeyring({ keyring, store, passphrase, backupPath: options.to, clock });
  terminal.print(`Backed up ${keyIds.length} keys to ${options.to}`);
  terminal.print('Keep it and its passphrase apart, and neither on this machine alone.');
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
