import type { ControlReport } from '@strongroom/contracts';
import type { VolumeTools } from './volumes/volume-tools.ts';

/** Absolute paths of the programs that build a sandbox. */
export interface HostTools {
  readonly bash: string;
  readonly bwrap: string;
  readonly ip: string;
  readonly mount: string;
  readonly nsenter: string;
  readonly setpriv: string;
  readonly sh: string;
  readonly unshare: string;
}

/** Where control groups can be made, as found by trying. */
export type CgroupSetup =
  | { readonly version: 'v2'; readonly folder: string }
  | { readonly version: 'v1'; readonly folders: Readonly<Record<V1Controller, string>> }
  | { readonly version: 'none'; readonly reason: string };

export type V1Controller = 'memory' | 'cpu' | 'cpuacct' | 'pids';

/** How sandboxes are built on this host. Made by `inspectHost`; hand it on unchanged. */
export interface HostSetup {
  /** `root`: each person has an own uid. `rootless`: all share the operator's. */
  readonly mode: 'root' | 'rootless';
  readonly cgroup: 'v2' | 'v1' | 'none';
  readonly cgroupSetup: CgroupSetup;
  readonly tools: HostTools;
  readonly volumeTools: VolumeTools;
}

export interface HostInspection {
  /** Undefined where no sandbox can run here at all; the reports say why. */
  readonly setup: HostSetup | undefined;
  readonly controls: readonly Omit<ControlReport, 'accepted'>[];
}
