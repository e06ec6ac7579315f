import { join } from 'node:path';
import type { SandboxSpec } from '../sandbox-spec.ts';
import { sandboxHostName } from './configuration-folder.ts';
import type { HostRoot } from './host-root.ts';
import { personFileNames, sandboxUserId } from './person-files.ts';
import type { LauncherDescriptors } from './start-launcher.ts';
import type { Weakenings } from './weakening.ts';

export interface BubblewrapInputs {
  readonly spec: SandboxSpec;
  /** What shows the programs. */
  readonly rootFolders: readonly string[];
  readonly hiddenProc: HostRoot['hiddenProc'];
  /** Where bwrap finds the `/etc` of every sandbox, and in it the person's own files. */
  readonly configurationFolder: string;
  /** Where bwrap finds what covers `/proc/1`. */
  readonly processOneFolder: string;
  readonly personFilesFolder: string;
  /** Where bwrap finds each of `spec.mounts`, in their order. */
  readonly mountSources: readonly string[];
  readonly descriptors: LauncherDescriptors;
  readonly weakenings: Weakenings;
}

/** Everything that bwrap(1) is told but the command. The order is the order of mounting. */
export function bubblewrapArguments(inputs: BubblewrapInputs): string[] {
  const { spec, rootFolders, descriptors, weakenings } = inputs;
  return [
    ...namespaces(inputs),
    ...['--uid', String(sandboxUserId), '--gid', String(sandboxUserId)],
    ...(weakenings.has('host-name-namespace') ? [] : ['--hostname', sandboxHostName]),
    ...(weakenings.has('new-session') ? [] : ['--new-session']),
    ...['--die-with-parent', weakenings.has('capabilities') ? '--cap-add' : '--cap-drop', 'ALL'],
    ...rootFolders,
    ...configuration(inputs),
    ...processFolder(inputs),
    ...deviceFolder(inputs),
    ...temporaryFolder(inputs),
    ...spec.mounts.flatMap((mount, index) => [
      mount.mode === 'read-only' ? '--ro-bind' : '--bind',
      inputs.mountSources[index] ?? mount.source,
      mount.target,
    ]),
    ...(weakenings.has('read-only-root') ? [] : ['--remount-ro', '/']),
    ...['--chdir', spec.workingDirectory],
    ...Object.entries(spec.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...(weakenings.has('seccomp') ? [] : ['--seccomp', String(descriptors.seccomp)]),
  ];
}

function namespaces({ spec, weakenings }: BubblewrapInputs): string[] {
  return [
    '--unshare-user',
    ...(weakenings.has('user-namespace-limit') ? [] : ['--disable-userns']),
    ...['--unshare-pid', '--unshare-cgroup'],
    ...(weakenings.has('ipc-namespace') ? [] : ['--unshare-ipc']),
    ...(weakenings.has('host-name-namespace') ? [] : ['--unshare-uts']),
    ...(spec.network === 'isolated' && !weakenings.has('network-namespace')
      ? ['--unshare-net']
      : []),
  ];
}

function configuration({ configurationFolder, personFilesFolder }: BubblewrapInputs): string[] {
  return [
    ...['--ro-bind', configurationFolder, '/etc'],
    ...personFileNames.flatMap((name) => [
      ...['--ro-bind', join(personFilesFolder, name), join('/etc', name)],
    ]),
  ];
}

/**
 * INVARIANT: `/proc/1` is covered. Process 1 is bwrap itself, which runs without the seccomp filter
 * and under the same uid: through `/proc/1/mem` code could be put into it and so escape the filter.
 */
function processFolder({ hiddenProc, processOneFolder, weakenings }: BubblewrapInputs): string[] {
  const cover = ['--ro-bind', processOneFolder, '/proc/1'];
  return [
    ...['--proc', '/proc'],
    ...(weakenings.has('process-one-mask') ? [] : cover),
    ...hiddenProc,
  ];
}

function deviceFolder({ spec, weakenings }: BubblewrapInputs): string[] {
  const size = weakenings.has('shared-memory-limit')
    ? []
    : ['--size', String(spec.limits.sharedMemoryBytes)];
  return [
    ...['--dev', '/dev'],
    ...['--perms', '1777', ...size, '--tmpfs', '/dev/shm'],
    ...(spec.devices ?? []).flatMap(({ source, target }) => ['--dev-bind', source, target]),
    // Or it is a writable folder without a size.
    ...['--remount-ro', '/dev'],
  ];
}

function temporaryFolder({ spec, weakenings }: BubblewrapInputs): string[] {
  const size = weakenings.has('temporary-folder-limit')
    ? []
    : ['--size', String(spec.limits.temporaryFolderBytes)];
  return ['--perms', '1777', ...size, '--tmpfs', '/tmp'];
}
