import type { Server } from 'node:net';
import {
  type AppId,
  agentEnvironmentNames,
  type ProfileName,
  type StartKernelRequest,
  sandboxPaths,
} from '@strongroom/contracts';
import type { SandboxSpec, StudioNetwork } from '@strongroom/sandbox';
import type { GpuGrant } from '../compute/gpus/gpu-files.ts';
import type { Person } from '../identity/person.ts';
import type { ImageGround } from '../images/image-ground.ts';
import type { Connectivity } from '../network/studio-connectivity.ts';
import { limitsOf, serverLimitsOf } from './app-limits.ts';
import type { InstanceTypeSettings } from './domain-settings.ts';

/** The programs that sandboxes run, on the host; read-only inside. */
export interface ProgramFolders {
  /** `apps/agent/dist` */
  readonly agent: string;
  /** `apps/lab/dist` */
  readonly lab: string;
  /** The Node.js binary. */
  readonly node: string;
}

/** What all sandboxes of one studio share. */
export interface StudioGround {
  readonly person: Person;
  /** `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
  readonly homeFolder: string;
  readonly runtimeFolder: string;
  readonly network: StudioNetwork;
  /** What programs need to find the endpoints of that network. */
  readonly connectivity: Pick<Connectivity, 'environment' | 'mounts'>;
}

/** Where the home is inside, in every sandbox of that person. */
export function homeInside(profileName: ProfileName): string {
  return `/home/${profileName}`;
}

export function agentSpec(options: {
  readonly ground: StudioGround;
  readonly appId: AppId;
  readonly programs: ProgramFolders;
  readonly size: InstanceTypeSettings;
  /** What kernels run on where nothing else is asked for. */
  readonly defaults: { readonly imageName: string; readonly instanceType: string };
  readonly listeningServer: Server;
}): SandboxSpec {
  const { ground, programs, size, defaults } = options;
  const { person } = ground;
  return {
    ...personalPart(ground, size),
    appId: options.appId,
    label: `${person.profileName}: server`,
    command: [sandboxPaths.node, `${sandboxPaths.agentFolder}/main.js`],
    workingDirectory: homeInside(person.profileName),
    environment: {
      ...baseEnvironment(person.profileName, size),
      ...gitEnvironment,
      ...leaner(ground.connectivity.environment),
      [agentEnvironmentNames.profileName]: person.profileName,
      [agentEnvironmentNames.displayName]: person.displayName,
      [agentEnvironmentNames.language]: person.language,
      [agentEnvironmentNames.imageName]: defaults.imageName,
      [agentEnvironmentNames.instanceType]: defaults.instanceType,
    },
    mounts: [
      ...sharedMounts(ground),
      ...programMounts(programs),
      { source: programs.lab, target: sandboxPaths.labFolder, mode: 'read-only' },
    ],
    limits: serverLimitsOf(size),
    descriptors: [options.listeningServer, 'duplex'],
  };
}

/** Node.js loads extra authorities when it starts, and keeps them: about 2 MB of each agent. */
function leaner({
  NODE_EXTRA_CA_CERTS: bundle,
  ...environment
}: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...environment,
    ...(bundle === undefined ? {} : { [agentEnvironmentNames.nodeExtraCaCerts]: bundle }),
  };
}

export function kernelSpec(options: {
  readonly ground: StudioGround;
  readonly appId: AppId;
  readonly programs: ProgramFolders;
  readonly size: InstanceTypeSettings;
  readonly image: ImageGround;
  readonly request: StartKernelRequest;
  /** Where its type has GPUs. */
  readonly grant?: GpuGrant | undefined;
}): SandboxSpec {
  const { ground, programs, size, image, request, grant } = options;
  const { PATH: imagePath = hostSearchPath, ...imageEnvironment } = image.environment;
  const { profileName } = ground.person;
  return {
    ...personalPart(ground, size),
    appId: options.appId,
    label: `${profileName}: kernel ${request.kernelId}`,
    root: image.root,
    command: request.argv,
    workingDirectory: request.workingDirectory,
    environment: {
      ...imageEnvironment,
      ...baseEnvironment(profileName, size),
      PATH: grant === undefined ? imagePath : `${imagePath}:${grant.programFolder}`,
      ...gitEnvironment,
      ...ground.connectivity.environment,
      ...grant?.environment,
      ...request.environment,
    },
    // Git's credential helper is one of the agent's programs.
    mounts: [...sharedMounts(ground), ...programMounts(programs), ...(grant?.mounts ?? [])],
    devices: grant?.devices ?? [],
    descriptors: [],
  };
}

/**
 * One look into a home, or one new file in it, while no studio needs to run; with a network that ends
 * in itself. Whatever only looks has the home read-only.
 */
export function homeFilesSpec(options: {
  readonly person: Person;
  readonly hostUid: number | undefined;
  readonly homeFolder: string;
  readonly appId: AppId;
  readonly programs: ProgramFolders;
  readonly action: HomeFilesAction;
}): SandboxSpec {
  const { person, programs, action } = options;
  const size = { instanceType: 'files', vcpuCount: 1, memoryMebibytes: 256 };
  const home = homeInside(person.profileName);
  return {
    appId: options.appId,
    label: `${person.profileName}: files`,
    hostUid: options.hostUid,
    root: { kind: 'host' },
    command: [sandboxPaths.node, `${sandboxPaths.agentFolder}/files.js`, ...wordsOf(action)],
    workingDirectory: '/',
    environment: baseEnvironment(person.profileName, size),
    userName: person.profileName,
    homeFolder: home,
    mounts: [
      {
        ...{ source: options.homeFolder, target: home },
        mode: action.kind === 'write' ? 'read-write' : 'read-only',
      },
      ...programMounts(programs),
    ],
    network: 'isolated',
    limits: { ...limitsOf(size), processCount: 64 },
    descriptors: action.kind === 'write' ? ['duplex'] : [],
  };
}

export type HomeFilesAction =
  | { readonly kind: 'list' | 'read'; readonly path: string }
  /** The content comes on descriptor 3. */
  | { readonly kind: 'write'; readonly name: string; readonly sizeBytes: number };

/** Descriptor 3 inside. */
export const contentDescriptor = 3;

function wordsOf(action: HomeFilesAction): string[] {
  if (action.kind !== 'write') return [action.kind, action.path];
  return [action.kind, action.name, String(action.sizeBytes)];
}

/**
 * Copies a snapshot into a new folder of the home. In a sandbox of that person, so that no link in
 * the home leads anywhere that its owner could not go.
 */
export function restoreSpec(options: {
  readonly person: Person;
  readonly hostUid: number | undefined;
  readonly snapshotFolder: string;
  readonly homeFolder: string;
  readonly appId: AppId;
  /** In the home. */
  readonly target: string;
}): SandboxSpec {
  const { person } = options;
  const size = { instanceType: 'restore', vcpuCount: 1, memoryMebibytes: 256 };
  const home = homeInside(person.profileName);
  const script = `mkdir -- "$1" || exit ${restoreRefusedCode}; exec cp --archive --no-target-directory -- ${snapshotInside} "$1"`;
  return {
    appId: options.appId,
    label: `${person.profileName}: restore`,
    hostUid: options.hostUid,
    root: { kind: 'host' },
    command: ['/bin/sh', '-c', script, 'sh', `./${options.target}`],
    workingDirectory: home,
    environment: baseEnvironment(person.profileName, size),
    userName: person.profileName,
    homeFolder: home,
    mounts: [
      { source: options.homeFolder, target: home, mode: 'read-write' },
      { source: options.snapshotFolder, target: snapshotInside, mode: 'read-only' },
    ],
    network: 'isolated',
    limits: { ...limitsOf(size), processCount: 16 },
    descriptors: [],
  };
}

const snapshotInside = '/run/snapshot';
/** The folder could not be made. */
export const restoreRefusedCode = 73;

function personalPart(ground: StudioGround, size: InstanceTypeSettings) {
  return {
    hostUid: ground.hostUid,
    root: { kind: 'host' },
    userName: ground.person.profileName,
    homeFolder: homeInside(ground.person.profileName),
    network: ground.network,
    limits: limitsOf(size),
  } as const;
}

function sharedMounts({ person, homeFolder, runtimeFolder, connectivity }: StudioGround) {
  return [
    { source: homeFolder, target: homeInside(person.profileName), mode: 'read-write' },
    { source: runtimeFolder, target: sandboxPaths.runtimeFolder, mode: 'read-write' },
    ...connectivity.mounts,
  ] as const;
}

function programMounts(programs: ProgramFolders) {
  return [
    { source: programs.node, target: sandboxPaths.node, mode: 'read-only' },
    { source: programs.agent, target: sandboxPaths.agentFolder, mode: 'read-only' },
  ] as const;
}

const hostSearchPath = '/usr/local/bin:/usr/bin:/bin';

/** There is no `/etc/gitconfig` in a sandbox; this stands for it, and a person's own goes before it. */
const gitEnvironment = { GIT_CONFIG_SYSTEM: `${sandboxPaths.agentFolder}/gitconfig` };

/** `/proc` shows the host's processors and memory, so libraries are told what they may really use. */
function baseEnvironment(
  profileName: ProfileName,
  size: InstanceTypeSettings,
): Record<string, string> {
  return {
    PATH: hostSearchPath,
    HOME: homeInside(profileName),
    USER: profileName,
    LOGNAME: profileName,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    OMP_NUM_THREADS: String(Math.max(1, Math.floor(size.vcpuCount))),
  };
}
