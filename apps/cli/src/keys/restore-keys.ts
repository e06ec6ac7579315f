import { mkdir } from 'node:fs/promises';
import { restoreKeyring } from '@strongroom/sealing';
import { isControlPlaneRunning } from '../operator/is-control-plane-running.ts';
import type { Terminal } from '../program.ts';
import type { Surroundings } from '../s3/surroundings.ts';
import { keyringFiles } from './keyring-files.ts';
import { type PassphraseOptions, readPassphrase } from './read-passphrase.ts';

interface Place {
  readonly terminal: Terminal;
  readonly surroundings: Pick<Surroundings, 'askHidden'>;
}

/** @throws {Error} with a sentence for the terminal */
export async function restoreKeys(
  { terminal, surroundings }: Place,
  options: PassphraseOptions & { readonly dataFolder: string; readonly from: string },
): Promise<void> {
  const { dataFolder, from } = options;
  if (await isControlPlaneRunning(dataFolder)) {
    throw new Error(`Cannot restore the keys in "${dataFolder}": stop the control plane first`);
  }
  const { folder, keyring, store } = keyringFiles(dataFolder);
  const passphrase = await readPassphrase(surroundings, options, false);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const clock = () => new Date();
  const restored = await restoreKeyring({ keyring, store, passphrase, backupPath: from, clock });
  terminal.print(`Restored ${restored.restoredKeyIds.length} keys from ${from}`);
  const { lostKeyIds } = restored;
  if (lostKeyIds.length === 0) return;
  terminal.print(`Lost for good, because they were made after the back-up, with what they sealed:`);
  for (const keyId of lostKeyIds) terminal.print(`  ${keyId}`);
}
