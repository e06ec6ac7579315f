import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCgroups } from './cgroups/open-cgroups.ts';
import type { HostSetup } from './host-setup.ts';
import { makeConfigurationFolder } from './launch/configuration-folder.ts';
import { readHostRoot } from './launch/host-root.ts';
import { type LaunchGround, launchSandbox, sharedNames } from './launch/launch-sandbox.ts';
import { openPersonFiles } from './launch/person-files.ts';
import { makeProcessOneFolder } from './launch/process-one-folder.ts';
import { openRootConfigurations } from './launch/root-configuration.ts';
import { openStaging } from './launch/staging.ts';
import type { Weakenings } from './launch/weakening.ts';
import { openStudioNetwork } from './network/open-studio-network.ts';
import type { StudioNetwork } from './network/studio-network.ts';
import type { RunningSandbox } from './running-sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import type { SandboxHost, SandboxLog } from './sandbox-host.ts';

export interface SandboxHostOptions {
  readonly setup: HostSetup;
  /** Tells this installation's control groups from another's; lower-case letters, digits, hyphens. */
  readonly installationId: string;
  /** A folder of ours: small files that the sandboxes need. Made if it does not exist. */
  readonly runFolder: string;
  /** Where sandboxes ask for names. Without it there is none to ask: a lookup is refused at once. */
  readonly resolverAddress?: string;
  /** What `VolumeDriver.mountFolder` says. */
  readonly homesFolder?: string | undefined;
  readonly log: SandboxLog;
}

/** As root: a folder that every uid can walk, only root can write, and no sandbox sees. */
export const sharedParent = '/run';

/** @throws {SandboxError} `InvalidSpec` */
export async function openSandboxHost(options: SandboxHostOptions): Promise<SandboxHost> {
  return openHost(options, new Set());
}

export async function openHost(
  options: SandboxHostOptions,
  weakenings: Weakenings,
): Promise<SandboxHost> {
  const { setup, installationId, runFolder, log } = options;
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(installationId)) {
    throw new SandboxError('InvalidSpec', `Cannot use "${installationId}" as an installation id`);
  }
  await mkdir(runFolder, { recursive: true, mode: 0o700 });
  const isRoot = setup.mode === 'root';
  const sharedFolder = isRoot ? join(sharedParent, `strongroom-${installationId}`) : runFolder;
  await mkdir(sharedFolder, { recursive: true, mode: 0o711 });
  const { resolverAddress = '127.0.0.1' } = options;
  const hostConfigurationFolder = join(sharedFolder, sharedNames.configuration);
  await makeConfigurationFolder(hostConfigurationFolder, resolverAddress);
  await makeProcessOneFolder(join(sharedFolder, sharedNames.processOne));
  const emptyFile = join(sharedFolder, sharedNames.empty);
  await writeFile(emptyFile, '', { mode: 0o644 });
  const cgroups = openCgroups(setup.cgroupSetup, installationId);
  const ground: LaunchGround = {
    setup,
    homesFolder: options.homesFolder,
    sharedFolder,
    log,
    weakenings,
    personFiles: openPersonFiles(join(sharedFolder, sharedNames.people)),
    hostRoot: await readHostRoot(emptyFile),
    rootConfigurations: openRootConfigurations({
      ...{ folder: join(sharedFolder, sharedNames.roots), hostConfigurationFolder },
      resolverAddress,
    }),
    cgroups: weakenings.has('control-group') ? undefined : cgroups,
    staging: isRoot ? await openStaging(sharedFolder) : undefined,
  };
  const sandboxes = new Set<RunningSandbox>();
  const networks = new Set<StudioNetwork>();
  const starting = new Set<Promise<unknown>>();
  let isClosed = false;

  async function whileOpen<Result>(start: () => Promise<Result>): Promise<Result> {
    if (isClosed) throw new SandboxError('HostClosed', 'Cannot start: the host is closed');
    const started = start();
    starting.add(started);
    try {
      return await started;
    } finally {
      starting.delete(started);
    }
  }

  return {
    createStudioNetwork: ({ hostUid }) =>
      whileOpen(async () => {
        const network = await openStudioNetwork(setup, hostUid);
        networks.add(network);
        void network.ended.then(() => networks.delete(network));
        return network;
      }),
    launch: (spec) =>
      whileOpen(async () => {
        const sandbox = await launchSandbox(ground, spec);
        sandboxes.add(sandbox);
        void sandbox.exited.then(() => sandboxes.delete(sandbox));
        return sandbox;
      }),
    async killLeftovers() {
      let killedCount = 0;
      for (const group of (await cgroups?.existing()) ?? []) {
        killedCount += await group.kill();
        await group.remove();
      }
      if (killedCount > 0) log.warn({ killedCount }, 'Killed what an earlier run had left');
      return killedCount;
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(starting);
      await Promise.all([...sandboxes].map((sandbox) => sandbox.stop({ graceMilliseconds: 0 })));
      await Promise.all([...networks].map((network) => network.close()));
      await cgroups?.close().catch((error: unknown) => {
        log.warn({ error }, 'Cannot remove the control groups; the next start does');
      });
      if (isRoot) await rm(sharedFolder, { recursive: true, force: true });
    },
  };
}
