import { setImmediate } from 'node:timers/promises';
import type { AgentNotice, AgentRequest, AppId, ControlPlaneMessage } from '@strongroom/contracts';
import { agentChannelDescriptor } from '@strongroom/contracts';
import type { RunningSandbox, SandboxHost } from '@strongroom/sandbox';
import type { Person } from '../identity/person.ts';
import { type AgentChannel, openAgentChannel } from './agent-channel.ts';
import { describeServerEnd } from './app-end.ts';
import { newAppId, serverAppName } from './app-name.ts';
import type { AppStore } from './app-store.ts';
import { type StudioDomain, systemInstanceType } from './domain-settings.ts';
import type { HomeFolders } from './home-folders.ts';
import { KernelApps } from './kernel-apps.ts';
import { type ListeningSocket, openListeningSocket } from './listening-socket.ts';
import { followSandboxOutput, type SandboxOutput } from './sandbox-output.ts';
import { agentSpec, type ProgramFolders, type StudioGround } from './sandbox-specs.ts';
import { AgentDidNotStartError } from './start-failure.ts';
import type { StudioLog } from './studio-log.ts';

export interface StudioRunOptions {
  readonly person: Person;
  /** `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
  readonly domain: StudioDomain;
  readonly programs: ProgramFolders;
  readonly homes: HomeFolders;
  readonly socketFolder: string;
  readonly sandboxHost: Pick<SandboxHost, 'createStudioNetwork' | 'launch'>;
  readonly apps: AppStore;
  readonly log: StudioLog;
  readonly startTimeoutMilliseconds: number;
  /** What the agent says of its kernels and terminals changed. */
  onActivity(): void;
}

export type StartedStage = 'PrepareHome' | 'StartSandbox' | 'StartServer';

export interface Activity {
  readonly kernelCount: number;
  readonly terminalCount: number;
}

const graceMilliseconds = 1500;
/** After the channel's end the exit status follows at once, unless the agent closed only the channel. */
const exitAfterChannelMilliseconds = 500;

/** One run of a studio, from the start of its server to its end, with everything that belongs to it. */
export class StudioRun {
  readonly appId: AppId = newAppId();
  /** Settles when the run can serve nobody any more, whoever ended it. */
  readonly ending: Promise<void>;
  /** Settles when nothing of it is left. */
  readonly ended: Promise<void>;
  #activity: Activity = { kernelCount: 0, terminalCount: 0 };
  #ground: StudioGround | undefined;
  #socket: ListeningSocket | undefined;
  #agent: RunningSandbox | undefined;
  #output: SandboxOutput | undefined;
  #channel: AgentChannel | undefined;
  #kernels: KernelApps | undefined;
  #endReason: string | undefined;
  #isReady = false;
  readonly #options: StudioRunOptions;
  readonly #log: StudioLog;
  readonly #fields: { readonly profileName: string; readonly appId: AppId };
  readonly #ready = Promise.withResolvers<void>();
}
