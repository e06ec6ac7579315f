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
