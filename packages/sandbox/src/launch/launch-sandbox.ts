import { join } from 'node:path';
import type { CgroupDriver } from '../cgroups/cgroup.ts';
import type { HostSetup } from '../host-setup.ts';
import type { RunningSandbox } from '../running-sandbox.ts';
import type { SandboxLog } from '../sandbox-host.ts';
import type { SandboxSpec } from '../sandbox-spec.ts';
import { seccompFilter } from '../seccomp/seccomp-program.ts';
import { bubblewrapArguments } from './bubblewrap-arguments.ts';
import { checkSpec } from './check-spec.ts';
import { followSandbox } from './follow-sandbox.ts';
import type { HostRoot } from './host-root.ts';
import { launcherCommand } from './launcher-command.ts';
import type { PersonFiles } from './person-files.ts';
import type { StagedSources, Staging } from './staging.ts';
import { launcherDescriptors, startLauncher } from './start-launcher.ts';
import type { Weakenings } from './weakening.ts';

/** In the shared folder. */
export const sharedNames = {
  configuration: 'etc',
  empty: 'empty',
  processOne: 'process-1',
  people: 'people',
} as const;

/** What every launch on one host shares. */
export interface LaunchGround {
  readonly setup: HostSetup;
  readonly hostRoot: HostRoot;
  readonly cgroups: CgroupDriver | undefined;
  /** Undefined when rootless: bwrap then reaches every source by itself. */
  readonly staging: Staging | undefined;
  /** Walkable by every uid as root: the sandboxes' `/etc`. */
  readonly sharedFolder: string;
  readonly personFiles: PersonFiles;
  readonly homesFolder: string | undefined;
  readonly weakenings: Weakenings;
  readonly log: SandboxLog;
}

/** @throws {SandboxError} */
export async function launchSandbox(
  ground: LaunchGround,
  spec: SandboxSpec,
): Promise<RunningSandbox> {
  checkSpec(spec, ground.setup.mode);
  const { setup, sharedFolder, weakenings } = ground;
  const personFilesFolder = await ground.personFiles.folderOf(spec);
  const sources = spec.mounts.map((mount) => mount.source);
  const descriptors = launcherDescriptors(spec);

  const cgroup = await ground.cgroups?.create(spec.appId, spec.limits);
  let staged: StagedSources | undefined;
  try {
    staged = await ground.staging?.stage(spec.appId, sources);
    const joinFiles = cgroup?.joinFiles ?? [];
    const launcher = await startLauncher({
      spec,
      command: launcherCommand({
        ...{ spec, setup, joinFiles, descriptors, weakenings },
        bindTableFile: staged?.tableFile,
        homesFolder: ground.homesFolder,
      }),
      bubblewrapArguments: bubblewrapArguments({
        ...{ spec, hostRoot: ground.hostRoot, personFilesFolder, descriptors, weakenings },
        configurationFolder: join(sharedFolder, sharedNames.configuration),
        processOneFolder: join(sharedFolder, sharedNames.processOne),
        mountSources: staged?.places ?? sources,
      }),
      seccompFilter: seccompFilter(),
    });
    return await followSandbox({ spec, launcher, cgroup, log: ground.log });
  } catch (error) {
    await cgroup?.remove();
    throw error;
  } finally {
    await staged?.remove();
  }
}
