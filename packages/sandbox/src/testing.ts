/** For tests only: a host whose sandboxes lack the named controls. Nothing that runs imports this. */
import type { Weakening } from './launch/weakening.ts';
import { openHost, type SandboxHostOptions } from './open-sandbox-host.ts';
import type { SandboxHost } from './sandbox-host.ts';

export type { Weakening } from './launch/weakening.ts';

export async function openWeakenedSandboxHost(
  options: SandboxHostOptions,
  weakenings: readonly Weakening[],
): Promise<SandboxHost> {
  return openHost(options, new Set(weakenings));
}

export { makeTinyRoot } from './testing/tiny-root.ts';
