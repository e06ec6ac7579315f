import type { Kernel } from './kernel.ts';

type KernelState = 'starting' | 'idle' | 'busy' | 'restarting' | 'autorestarting' | 'dead';

/**
 * The kernel model of the Jupyter server API, with what it runs on. `reason` is shown where
 * `execution_state` is `dead`.
 */
export interface KernelModel {
  readonly id: string;
  readonly name: string;
  readonly last_activity: string;
  readonly execution_state: KernelState;
  readonly connections: number;
  readonly instance_type: string;
  readonly image_name: string;
  readonly reason?: string;
}

/** `reason`: of a kernel that is dead. */
export function describeKernel(
  kernel: Pick<Kernel, 'id' | 'name' | 'instanceType' | 'connectionCount'>,
  state: {
    readonly imageName: string;
    readonly lastActivityAt: Date;
    readonly executionState: KernelState;
    readonly reason: string | undefined;
  },
): KernelModel {
  const { imageName, lastActivityAt, executionState, reason } = state;
  return {
    id: kernel.id,
    name: kernel.name,
    last_activity: lastActivityAt.toISOString(),
    execution_state: executionState,
    connections: kernel.connectionCount,
    instance_type: kernel.instanceType,
    image_name: imageName,
    ...(reason !== undefined && { reason }),
  };
}
