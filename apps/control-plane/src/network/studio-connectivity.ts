import type { AppId } from '@strongroom/contracts';
import type { SandboxMount, StudioNetwork } from '@strongroom/sandbox';
import type { Person } from '../identity/person.ts';
import type { Credentials } from './credentials/credentials.ts';
import { certificateBundlePath, studioEnvironment } from './studio-environment.ts';
import type { StudioNetworks } from './studio-networks.ts';
import { studioOnNetwork } from './studio-on-network.ts';

/** What a studio's sandboxes get so that programs in them reach the endpoints. */
export interface Connectivity {
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly SandboxMount[];
  /** Settles when the network answers. @throws {SandboxError} `NetworkUnavailable` */
  readonly ready: Promise<void>;
  /** Ends connections and credentials. */
  close(): Promise<void>;
}

/** Connects studios to what the platform offers them, from the start of a run to its end. */
export interface StudioConnectivity {
  open(
    network: StudioNetwork,
    owner: { readonly person: Person; readonly appId: AppId },
  ): Connectivity;
}

export function studioConnectivity(options: {
  readonly networks: StudioNetworks;
  readonly credentials: Credentials;
  readonly region: string;
  readonly endpointNames: readonly string[];
  /** The authorities that programs in sandboxes trust, on the host. */
  readonly certificateBundle: string;
}): StudioConnectivity {
  const { networks, credentials, region, endpointNames, certificateBundle } = options;
  return {
    open(network, owner) {
      const given = credentials.begin(studioOnNetwork(owner.person, owner.appId));
      const attaching = networks.attach(network, owner);
      const ready = attaching.then(() => undefined);
      // Whoever waits for it is told, however late; until then nothing is unhandled.
      ready.catch(() => undefined);
      return {
        environment: studioEnvironment({ region, runId: given.runId, hostNames: endpointNames }),
        mounts: [{ source: certificateBundle, target: certificateBundlePath, mode: 'read-only' }],
        ready,
        async close() {
          given.end();
          const attached = await attaching.catch(() => undefined);
          attached?.close();
        },
      };
    },
  };
}
