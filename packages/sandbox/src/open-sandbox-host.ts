import type { HostSetup } from './host-setup.ts';
import type { SandboxHost, SandboxLog } from './sandbox-host.ts';

export interface SandboxHostOptions {
  readonly setup: HostSetup;
  /** Tells this installation's control groups from another's; lower-case letters, digits, hyphens. */
  readonly installationId: string;
  /** A folder of ours: small files that the sandboxes need. Made if it does not exist. */
  readonly runFolder: string;
  readonly log: SandboxLog;
}

/** (Not finished.) */
export async function openSandboxHost(options: SandboxHostOptions): Promise<SandboxHost> {
  throw new Error(`not finished: ${options.installationId}`);
}
