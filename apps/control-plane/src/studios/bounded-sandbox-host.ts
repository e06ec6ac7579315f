import type { SandboxHost } from '@strongroom/sandbox';
import { within } from './within.ts';

/** What studios use of a sandbox host. */
export type StudioSandboxHost = Pick<SandboxHost, 'createStudioNetwork' | 'launch'>;

/** A sandbox host that answers or fails within a time, so that nobody waits for a launch without end. */
export function boundedSandboxHost(
  host: StudioSandboxHost,
  timeoutMilliseconds: number,
): StudioSandboxHost {
  return {
    createStudioNetwork: (options) =>
      within(timeoutMilliseconds, 'make a network', host.createStudioNetwork(options), (network) =>
        network.close(),
      ),
    launch: (spec) =>
      within(timeoutMilliseconds, 'open a sandbox', host.launch(spec), (sandbox) =>
        sandbox.stop({ graceMilliseconds: 0 }),
      ),
  };
}
