import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Domain } from '@strongroom/domain';
import { connectAwsKms, type KeyProvider, LocalKeyring, VaultTransit } from '@strongroom/sealing';

/** What holds the material of the domain's keys, as the domain file says. */
export async function openKeyProvider({ keys, dataFolder }: Domain): Promise<KeyProvider> {
  const { provider } = keys;
  switch (provider.kind) {
    case 'local':
      return LocalKeyring.open(localKeyringFiles(dataFolder));
    case 'aws-kms':
      return connectAwsKms({ region: provider.region });
    case 'vault-transit':
      return new VaultTransit({
        ...{ address: provider.address, mount: provider.mount },
        // Read at each use: an agent beside us renews it.
        token: async () => (await readFile(provider.tokenFile, 'utf8')).trim(),
      });
  }
}

function localKeyringFiles(dataFolder: string) {
  const folder = join(dataFolder, 'keys');
  return {
    keyringPath: join(folder, 'keyring.json'),
    unlock: { rootKeyPath: join(folder, 'keyring-root.key') },
  };
}
