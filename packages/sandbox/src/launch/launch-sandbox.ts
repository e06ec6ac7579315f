import { join } from 'node:path';
import type { CgroupDriver } from '../cgroups/cgroup.ts';
import type { HostSetup } from '../host-setup.ts';
import type { RunningSandbox } from '../running-sandbox.ts';
import type { SandboxLog } from '../sandbox-host.ts';
import type { SandboxSpec } from '../sandbox-spec.ts';
import { seccompFilter } from '../seccomp/seccomp-program.ts';
import { bubblewrapArguments } from './bubblewrap-arguments.ts';
import { checkSpec } from './check-spec.ts';
import { folderRootArguments, readFolderRoot } from './folder-root.ts';
import { followSandbox } from './follow-sandbox.ts';
import type { HostRoot } from './host-root.ts';
import { launcherCommand } from './launcher-command.ts';
import type { PersonFiles } from './person-files.ts';
import type { RootConfigurations } from './root-configuration.ts';
import type { StagedSources, Staging } from './staging.ts';
import { launcherDescriptors, startLauncher } from './start-launcher.ts';
import type { Weakenings } from './weakening.ts';

/** In the shared folder. */
export const sharedNames = {
  configuration: 'etc',
  empty: 'empty',
  processOne: 'process-1',
  people: 'people',
  roots: 'roots',
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
  readonly rootConfigurations: RootConfigurations;
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
  const root = await prepareRoot(ground, spec);
  const personFilesFolder = await ground.personFiles.folderOf(spec);
  const sources = [...root.sources, ...spec.mounts.map((mount) => mount.source)];
  const descriptors = launcherDescriptors(spec);

  const cgroup = await ground.cgroups?.create(spec.appId, spec.limits);
  let staged: StagedSources | undefined;
  try {
    staged = await ground.staging?.stage(spec.appId, sources);
    const places = staged?.places ?? sources;
    const joinFiles = cgroup?.joinFiles ?? [];
    const launcher = await startLauncher({
      spec,
      command: launcherCommand({
        ...{ spec, setup, joinFiles, descriptors, weakenings },
        bindTableFile: staged?.tableFile,
        homesFolder: ground.homesFolder,
      }),
      bubblewrapArguments: bubblewrapArguments({
        ...{ spec, personFilesFolder, descriptors, weakenings },
        rootFolders: root.folders(places[0] ?? ''),
        hiddenProc: ground.hostRoot.hiddenProc,
        configurationFolder: root.configurationFolder,
        processOneFolder: join(sharedFolder, sharedNames.processOne),
        mountSources: places.slice(root.sources.length),
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

interface PreparedRoot {
  /** Reached by the launcher before the mounts: the root's own folder, where it has one. */
  readonly sources: readonly string[];
  readonly configurationFolder: string;
  /** bwrap options. `place`: where bwrap finds the first of the sources. */
  folders(place: string): readonly string[];
}

/** @throws {SandboxError} `RootUnusable` */
async function prepareRoot(
  { hostRoot, sharedFolder, rootConfigurations }: LaunchGround,
  { root }: SandboxSpec,
): Promise<PreparedRoot> {
  if (root.kind === 'host') {
    const configurationFolder = join(sharedFolder, sharedNames.configuration);
    return { sources: [], configurationFolder, folders: () => hostRoot.folders };
  }
  const entries = await readFolderRoot(root.folder);
  return {
    sources: [root.folder],
    configurationFolder: await rootConfigurations.folderOf(root.folder),
    folders: (place) => folderRootArguments(entries, place),
  };
}
