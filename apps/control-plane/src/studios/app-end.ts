import type { SandboxExit } from '@strongroom/sandbox';
import type { KernelExit } from '../runtimes/kernel-runtime.ts';

export interface AppEnd {
  readonly status: 'Deleted' | 'Failed';
  /** One English sentence. */
  readonly reason: string;
}

/** How a kernel that nobody stopped came to its end. */
export function describeKernelEnd(exit: KernelExit, memoryLimitBytes: number): AppEnd {
  if (exit.cause !== undefined) {
    return { status: 'Failed', reason: exit.cause.english.replace(/\.$/, '') };
  }
  if (exit.outOfMemory) {
    const gibibytes = (memoryLimitBytes / 1024 ** 3).toFixed(1).replace(/\.0$/, '');
    return { status: 'Failed', reason: `The kernel used more than its ${gibibytes} GiB of memory` };
  }
  if (exit.exitCode === 0) return { status: 'Deleted', reason: 'The kernel ended' };
  return { status: 'Failed', reason: `The kernel ended by itself (${describeExit(exit)})` };
}

/** How a studio's server that nobody stopped came to its end. */
export function describeServerEnd(exit: SandboxExit): AppEnd {
  const how = exit.outOfMemory ? 'out of memory' : describeExit(exit);
  return { status: 'Failed', reason: `The studio's server ended by itself (${how})` };
}

function describeExit(exit: SandboxExit): string {
  return exit.signal === null ? `exit code ${exit.exitCode}` : `signal ${exit.signal}`;
}
