import type { AppId } from '@strongroom/contracts';
import type { SandboxMount, StudioNetwork } from '@strongroom/sandbox';
import type { Clock } from '../clock.ts';
import type { Person } from '../identity/person.ts';
import { bundleName } from './certificates/trust-bundle.ts';
import type { ContainerCredentials } from './credentials/container-credentials.ts';
import { studioEnvironment } from './studio-environment.ts';
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

interface CountedConnectivity extends StudioConnectivity {
  /** How many of those that are open were opened at a moment or before. */
  countOpenedUntil(moment: Date): number;
}

/** Where the trust bundle's folder is in a sandbox: new versions of the bundle appear in it. */
const trustFolderInside = '/run/strongroom-trust';
/**
 * Where Debian's programs look for authorities by themselves. A mount of a file shows the version of
 * the sandbox's start, always.
 */
const authoritiesPath = '/etc/ssl/certs/ca-certificates.crt';

export function studioConnectivity(options: {
  readonly networks: StudioNetworks;
  readonly container: ContainerCredentials;
  readonly clock: Clock;
  readonly region: string;
  readonly endpointNames: readonly string[];
  /** On the host; holds the authorities that programs in sandboxes trust. */
  readonly trustFolder: string;
}): CountedConnectivity {
  const { networks, container, region, endpointNames, trustFolder, clock } = options;
  const openedAt = new Map<AppId, Date>();
  return {
    open(network, owner) {
      const { appId } = owner;
      const credentialsPath = container.begin(studioOnNetwork(owner.person, appId));
      openedAt.set(appId, clock());
      const attaching = networks.attach(network, owner);
      const ready = attaching.then(() => undefined);
      // Whoever waits for it is told, however late; until then nothing is unhandled.
      ready.catch(() => undefined);
      return {
        environment: studioEnvironment({
          ...{ region, credentialsPath, endpointHostNames: endpointNames },
          bundlePath: `${trustFolderInside}/${bundleName}`,
        }),
        mounts: [
          { source: trustFolder, target: trustFolderInside, mode: 'read-only' },
          { source: `${trustFolder}/${bundleName}`, target: authoritiesPath, mode: 'read-only' },
        ],
        ready,
        async close() {
          openedAt.delete(appId);
          const ending = container.end(appId);
          const attached = await attaching.catch(() => undefined);
          attached?.close();
          await ending;
        },
      };
    },
    countOpenedUntil: (moment) => [...openedAt.values()].filter((each) => each <= moment).length,
  };
}
