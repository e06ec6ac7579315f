export type { HostInspection, HostSetup } from './host-setup.ts';
export { findHostSetup, inspectHost } from './inspect-host.ts';
export type { ListeningPorts, StudioListeners, StudioNetwork } from './network/studio-network.ts';
export { openSandboxHost } from './open-sandbox-host.ts';
export type {
  RunningSandbox,
  SandboxExit,
  SandboxProcess,
  SandboxUsage,
} from './running-sandbox.ts';
export { SandboxError, type SandboxErrorCode } from './sandbox-error.ts';
export type { SandboxHost, SandboxLog } from './sandbox-host.ts';
export type {
  SandboxDevice,
  SandboxLimits,
  SandboxMount,
  SandboxRoot,
  SandboxSpec,
} from './sandbox-spec.ts';
export { type CopyProgress, copyVerified } from './volumes/copy-verified.ts';
export {
  openVolumeDriver,
  type VolumeDriverOptions,
} from './volumes/open-volume-driver.ts';
export type { MountedVolume, Volume, VolumeDriver } from './volumes/volume-driver.ts';
export { VolumeError, type VolumeErrorCode } from './volumes/volume-error.ts';
