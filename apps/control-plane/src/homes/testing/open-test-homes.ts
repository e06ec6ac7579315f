import { join } from 'node:path';
import { copyVerified, type HostInspection, openVolumeDriver } from '@strongroom/sandbox';
import type { StudioLog } from '../../studios/studio-log.ts';
import { Homes, type HomesOptions } from '../homes.ts';
import { openHomesFolder } from '../homes-folder.ts';
import { type SecretsDouble, secretsDouble } from './secrets-double.ts';

/** Homes as this machine keeps them, with secrets that a test holds. */
export async function openTestHomes(options: {
  readonly dataFolder: string;
  readonly inspection: HostInspection;
  readonly log: StudioLog;
  readonly secrets?: SecretsDouble;
  readonly change?: Partial<HomesOptions>;
}) {
  const { dataFolder, inspection, log, secrets = secretsDouble() } = options;
  const { setup, controls } = inspection;
  if (setup === undefined) throw new Error('Cannot test homes: this host runs no sandboxes');
  const isEncrypted = controls.some(
    ({ control, state }) => control === 'home-encryption' && state === 'enforced',
  );
  const name = isEncrypted ? 'gocryptfs' : 'plain';
  const mountFolder = join(dataFolder, 'run', 'homes');
  const driver = await openVolumeDriver({ setup, name, mountFolder, log });
  const folder = await openHomesFolder(dataFolder, log);
  const told: string[] = [];
  const homes = new Homes({
    ...{ folder, driver, secrets, log, quotaBytes: undefined },
    copy: (copying) => copyVerified({ setup, ...copying }),
    onEncrypted: (profileName) => void told.push(`encrypted ${profileName}`),
    onShredded: (profileName) => void told.push(`shredded ${profileName}`),
    ...options.change,
  });
  return { homes, driver, secrets, folder, told };
}
