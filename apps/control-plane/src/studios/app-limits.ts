import type { SandboxLimits } from '@strongroom/sandbox';
import type { InstanceTypeSettings } from './domain-settings.ts';

const mebibyte = 1024 * 1024;

/**
 * What an app may use of the host. Files in `/tmp` and `/dev/shm` count as its memory, so each may
 * take half: a full temporary folder is an error that a program sees, not the end of the app.
 */
export function limitsOf(size: InstanceTypeSettings): SandboxLimits {
  const memoryBytes = Math.floor(size.memoryMebibytes * mebibyte);
  const halfBytes = Math.floor(memoryBytes / 2);
  return {
    memoryBytes,
    cpuCount: size.vcpuCount,
    processCount: 1024,
    openFileCount: 16_384,
    temporaryFolderBytes: halfBytes,
    sharedMemoryBytes: halfBytes,
  };
}

/**
 * Of a studio's own server: it uses little, and every page, terminal and output waits for it. On a machine
 * that is full of computing kernels it has four times the share that its processors would give.
 */
export function serverLimitsOf(size: InstanceTypeSettings): SandboxLimits {
  return { ...limitsOf(size), cpuShare: serverShareFactor * size.vcpuCount };
}

const serverShareFactor = 4;
