import { join } from 'node:path';
import { KeyStoreFile } from '@strongroom/sealing';

/** Where the control plane keeps the local keyring and the register of keys. */
export function keyringFiles(dataFolder: string) {
  const folder = join(dataFolder, 'keys');
  const registerPath = join(folder, 'keys.json');
  return {
    folder,
    registerPath,
    store: new KeyStoreFile(registerPath),
    keyring: {
      keyringPath: join(folder, 'keyring.json'),
      unlock: { rootKeyPath: join(folder, 'keyring-root.key') },
    },
  };
}
