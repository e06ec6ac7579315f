import type { StartKernelRequest } from '@strongroom/contracts';
import type { KernelSpec } from '../kernelspecs/kernel-spec.ts';
import type { KernelHost } from './kernel-host.ts';
import type { KernelMessage } from './kernel-message.ts';
import type { KernelNotices } from './kernel-notices.ts';
import type { KernelTimes } from './kernel-times.ts';

export interface KernelDependencies {
  readonly host: KernelHost;
  readonly runtimeFolder: string;
  readonly times: KernelTimes;
  /** In the person's language of that moment. */
  readonly notices: () => KernelNotices;
  readonly observer?: KernelObserver | undefined;
  /** Told when a kernel begins to work, and when it has done what it was asked to. */
  readonly onWork: () => void;
}

/** What one run of a kernel is started with. */
export interface KernelRun {
  readonly spec: KernelSpec;
  readonly request: Omit<StartKernelRequest, 'argv'>;
}

export interface KernelOptions extends KernelDependencies {
  readonly run: KernelRun;
  /** What a person's restart starts: of the image's newest version, on the type that the kernel has. */
  readonly findRun: (instanceType: string) => Promise<KernelRun>;
}

/** Follows what is asked of the kernels and what they publish, whoever is connected. */
export interface KernelObserver {
  onRequest(kernelId: string, sessionId: string, request: KernelMessage): void;
  onPublished(kernelId: string, message: KernelMessage): void;
  onConnected(kernelId: string): void;
  /** The last client has gone. */
  onAlone(kernelId: string): void;
  /** Nothing more comes of what this run was asked for. */
  onRunEnded(kernelId: string): void;
  /** It is no more. */
  onShutDown(kernelId: string): void;
}
