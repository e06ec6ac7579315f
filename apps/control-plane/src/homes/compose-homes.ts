import { join } from 'node:path';
import type { ControlReport } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import {
  copyVerified,
  type HostSetup,
  openVolumeDriver,
  type SandboxHost,
  type VolumeDriver,
} from '@strongroom/sandbox';
import type { KeyService } from '@strongroom/sealing';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import { ensureKey } from '../keys/compose-keys.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { homesKeyAlias, keyringHomeSecrets } from './home-secrets-keyring.ts';
import { HomeSnapshots } from './home-snapshots.ts';
import { Homes } from './homes.ts';
import { openHomesFolder } from './homes-folder.ts';
import { restoreInSandbox } from './restore-in-sandbox.ts';

export interface ComposeHomesOptions {
  readonly domain: Domain;
  readonly setup: HostSetup;
  /** What of it this machine does not enforce, the operator has accepted. */
  readonly controls: readonly Pick<ControlReport, 'control' | 'state'>[];
  readonly keys: KeyService;
  readonly audit: Pick<AuditLog, 'homeEncrypted' | 'homeShredded'>;
  readonly clock: Clock;
  readonly log: StudioLog;
}

export interface ComposedHomes {
  readonly homes: Homes;
  /** Mounts the homes; of all that it mounts, sandboxes let go. */
  readonly driver: VolumeDriver;
  /** Whether this machine can keep a volume to its size. */
  readonly hasQuotas: boolean;
  /** For `openSandboxHost`. */
  readonly homesFolder: string | undefined;
  snapshots(sandboxHost: Pick<SandboxHost, 'launch'>): HomeSnapshots;
}

const gibibyte = 1024 ** 3;

/** Unmounts what a killed control plane left, and makes the homes' key at the first start. */
export async function composeHomes(options: ComposeHomesOptions): Promise<ComposedHomes> {
  const { domain, setup, controls, keys, audit, clock, log } = options;
  const holds = (name: string) =>
    controls.some(({ control, state }) => control === name && state === 'enforced');
  const description = 'Opens the homes of this domain';
  await ensureKey(keys, { alias: homesKeyAlias, description, domain });
  const driver = await openVolumeDriver({
    ...{ setup, log, name: holds('home-encryption') ? 'gocryptfs' : 'plain' },
    mountFolder: join(domain.dataFolder, 'run', 'homes'),
  });
  const folder = await openHomesFolder(domain.dataFolder, log);
  const arns = domainArns(domain);
  const { homeQuotaGibibytes } = domain.studios;
  const homes = new Homes({
    ...{ folder, driver, log },
    secrets: keyringHomeSecrets({ keys, arnOf: (name) => arns.userProfile(name) }),
    quotaBytes:
      homeQuotaGibibytes === undefined || !holds('home-quota')
        ? undefined
        : Math.ceil(homeQuotaGibibytes * gibibyte),
    copy: (copying) => copyVerified({ setup, ...copying }),
    onEncrypted: (profileName) => audit.homeEncrypted(profileName),
    onShredded: (profileName) => audit.homeShredded(profileName),
  });
  const hasHostUids = setup.mode === 'root';
  return {
    ...{ homes, driver, hasQuotas: holds('home-quota') },
    homesFolder: driver.mountFolder,
    snapshots: (sandboxHost) =>
      new HomeSnapshots({
        ...{ homes, folder, driver, hasHostUids, clock, log },
        restore: restoreInSandbox(sandboxHost, hasHostUids),
      }),
  };
}
