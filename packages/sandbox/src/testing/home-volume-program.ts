import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectHost } from '../inspect-host.ts';
import { openVolumeDriver } from '../volumes/open-volume-driver.ts';

/**
 * One encrypted home as the product mounts it, for benchmarks: started with an IPC channel and an empty
 * folder, tells where the home is to be seen, and takes it away when the channel is closed.
 */
async function main(folder: string): Promise<void> {
  const { setup } = await inspectHost();
  if (setup === undefined) throw new Error('Cannot mount a home: no sandbox can run here');
  const driver = await openVolumeDriver({
    ...{ setup, name: 'gocryptfs', mountFolder: join(folder, 'run') },
    log: { info: () => undefined, warn: (_, message) => console.error(message) },
  });
  const secret = randomBytes(32);
  const hostUid = setup.mode === 'root' ? process.getuid?.() : undefined;
  const volume = { name: 'bench', folder: join(folder, 'home'), hostUid, quotaBytes: undefined };
  await driver.create(volume, secret);
  const home = await driver.mount(volume, secret);
  // On the same disk, with nothing in between.
  const plainFolder = join(folder, 'plain');
  await mkdir(plainFolder);
  process.once('disconnect', () => void driver.close().then(() => process.exit(0)));
  process.send?.({ homeFolder: home.folder, plainFolder });
}

await main(process.argv[2] ?? '.');
