import type { Server, Socket } from 'node:net';
import type { AppId, ProfileName } from '@strongroom/contracts';
import type { StudioListeners, StudioNetwork } from '@strongroom/sandbox';
import type { Clock } from '../clock.ts';
import type { Person } from '../identity/person.ts';
import { SerialQueue } from '../serial-queue.ts';
import { networkAddresses, proxyPort } from './addresses.ts';
import type { Lookup } from './dns/answer-query.ts';
import { DnsServer, type QuestionRate } from './dns/dns-server.ts';
import { NameBook } from './dns/name-book.ts';
import type { EgressGate } from './egress/egress-gate.ts';
import type { EgressRules } from './egress/egress-rules.ts';
import type { FlowLog } from './flows/flow-log.ts';
import { plainAddress } from './plain-address.ts';
import type { HandleConnection, StudioConnection, StudioOnNetwork } from './studio-connection.ts';
import { studioOnNetwork } from './studio-on-network.ts';

/** Something of the platform's that is at an address in every studio's network. */
export interface NetworkSite {
  readonly address: string;
  readonly port: number;
  /** What the resolver answers with that address; `*.` at the front stands for any labels. */
  readonly hostNames: readonly string[];
  readonly handle: HandleConnection;
}

export interface StudioNetworksOptions {
  readonly sites: readonly NetworkSite[];
  readonly gate: EgressGate;
  readonly rules: EgressRules;
  readonly flowLog: FlowLog;
  readonly clock: Clock;
  /** Open at once, of one studio. */
  readonly maximumConnectionCount?: number;
  readonly dnsRate?: QuestionRate;
}

export interface AttachedNetwork {
  readonly studio: StudioOnNetwork;
  close(): void;
}

/**
 * Ports worth a record when something tries them. None above 1024 but the proxy's: those belong to
 * the person's own programs, which could not have them any more.
 */
const alwaysListened = [21, 22, 25, 53, 80, 123, 389, 443, 445, 465, 587, 636, 853, 990, 993];
const basePorts: readonly number[] = [...alwaysListened, proxyPort];
const defaultMaximumConnectionCount = 1_024;
const dnsPort = 53;

interface Attached {
  readonly studio: StudioOnNetwork;
  readonly network: StudioNetwork;
  readonly book: NameBook;
  readonly dns: DnsServer;
  readonly listeners: StudioListeners[];
  /** What listens, by port. */
  readonly servers: Map<number, Server>;
  /** Changes of what listens. */
  readonly changes: SerialQueue;
  readonly open: Set<Socket>;
  isClosed: boolean;
}

/** Answers every connection that is tried in any studio's network. */
export class StudioNetworks {
  readonly #options: StudioNetworksOptions;
  readonly #attached = new Set<Attached>();
  readonly #maximumConnectionCount: number;
  readonly #siteOf: ReadonlyMap<string, NetworkSite>;

  constructor(options: StudioNetworksOptions) {
    this.#options = options;
    this.#maximumConnectionCount = options.maximumConnectionCount ?? defaultMaximumConnectionCount;
    this.#siteOf = new Map(options.sites.map((site) => [site.address, site]));
  }

  /**
   * Resolves when the network answers.
   *
   * @throws {SandboxError} `NetworkUnavailable`
   */
  async attach(
    network: StudioNetwork,
    owner: { readonly person: Person; readonly appId: AppId },
  ): Promise<AttachedNetwork> {
    const studio = studioOnNetwork(owner.person, owner.appId);
    const book = new NameBook();
    const { flowLog, clock, dnsRate } = this.#options;
    const dns = new DnsServer({
      ...{ studio, flowLog, clock, lookup: this.#lookupFor(studio, book) },
      ...(dnsRate === undefined ? {} : { rate: dnsRate }),
    });
    const attached: Attached = {
      ...{ studio, network, book, dns, listeners: [], servers: new Map(), open: new Set() },
      changes: new SerialQueue(),
      isClosed: false,
    };
    this.#attached.add(attached);
    try {
      await attached.changes.run(() => {
        const wanted = new Set([...basePorts, ...this.#options.rules.ports(studio)]);
        return this.#listen(attached, [...wanted], [dnsPort]);
      });
    } catch (error) {
      this.#close(attached);
      throw error;
    }
    return { studio, close: () => this.#close(attached) };
  }

  /** After a change of what may be reached. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#attached].map((each) => this.#follow(each)));
  }

  /**
   * Listens on the further ports on which this studio may reach something, and on no others: those
   * are its own programs'. What is open on a port stays until the gate ends it.
   */
  #follow(attached: Attached): Promise<void> {
    return attached.changes.run(async () => {
      if (attached.isClosed) return;
      const ports = this.#options.rules.ports(attached.studio);
      for (const [port, server] of attached.servers) {
        if (basePorts.includes(port) || ports.includes(port)) continue;
        attached.servers.delete(port);
        server.close();
      }
      await this.#listenFurther(attached, ports);
    });
  }

  /** A port that a program of the person has stays its own; it does not keep the others from us. */
  async #listenFurther(attached: Attached, ports: readonly number[]): Promise<void> {
    try {
      await this.#listen(attached, ports, []);
    } catch {
      await Promise.allSettled(ports.map((port) => this.#listen(attached, [port], [])));
    }
  }

  /** The one whose network it is, while it runs. */
  find(profileName: ProfileName): StudioOnNetwork | undefined {
    return [...this.#attached].find(({ studio }) => studio.profileName === profileName)?.studio;
  }

  async #listen(attached: Attached, wanted: readonly number[], udp: readonly number[]) {
    const tcp = wanted.filter((port) => !attached.servers.has(port));
    if (tcp.length === 0 && udp.length === 0) return;
    const listeners = await attached.network.listen({ tcp, udp });
    if (attached.isClosed) return listeners.close();
    attached.listeners.push(listeners);
    for (const [port, server] of listeners.tcp) this.#serve(attached, server, port);
    for (const socket of listeners.udp.values()) attached.dns.serve(socket);
  }

  #serve(attached: Attached, server: Server, destinationPort: number): void {
    attached.servers.set(destinationPort, server);
    // A listener that fails accepts nothing; the studio is then without that port.
    server.on('error', () => undefined);
    server.on('connection', (socket: Socket) => {
      const { studio, book, open } = attached;
      const destinationAddress = plainAddress(socket.localAddress ?? '');
      const connection: StudioConnection = {
        ...{ studio, socket, destinationAddress, destinationPort },
        resolvedName: book.nameOf(destinationAddress),
        startedAt: this.#options.clock(),
      };
      socket.on('error', () => socket.destroy());
      if (open.size >= this.#maximumConnectionCount) {
        this.#refuse(connection, 'network/too-many-connections');
        return;
      }
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      this.#handlerOf(attached, connection)(connection);
    });
  }

  #handlerOf(attached: Attached, connection: StudioConnection): HandleConnection {
    const { gate } = this.#options;
    const { destinationAddress, destinationPort } = connection;
    if (destinationPort === dnsPort) return attached.dns.handle;
    const site = this.#siteOf.get(destinationAddress);
    if (site !== undefined && site.port === destinationPort) return site.handle;
    if (destinationAddress === networkAddresses.proxy && destinationPort === proxyPort) {
      return gate.proxy;
    }
    if (site !== undefined || isOurs(destinationAddress)) {
      return (refused) => this.#refuse(refused, 'network/no-such-service');
    }
    return gate.transparent;
  }

  #refuse({ socket, studio, ...connection }: StudioConnection, rule: string): void {
    const { flowLog, clock } = this.#options;
    const { destinationAddress, destinationPort, startedAt } = connection;
    flowLog.record({
      ...{ studio, destinationAddress, destinationPort, startedAt, rule, endedAt: clock() },
      ...{ protocol: 'tcp', sourcePort: socket.remotePort ?? 0, action: 'REJECT' },
      ...{ name: undefined, endpoint: undefined, reachedAddress: undefined },
      ...{ part: 'whole', attemptCount: 1, sentBytes: 0, receivedBytes: 0 },
    });
    socket.resetAndDestroy();
  }

  #lookupFor(studio: StudioOnNetwork, book: NameBook): Lookup {
    return (name) => {
      const site = this.#options.sites.find(({ hostNames }) => hostNames.some(covers(name)));
      if (site !== undefined) return { address: site.address, rule: 'dns/endpoint' };
      const { allowed, rule } = this.#options.rules.mayResolve(studio, name);
      if (allowed) return { address: book.addressOf(name), rule: `dns/${rule}` };
      return { address: undefined, rule: `dns/${rule}` };
    };
  }

  #close(attached: Attached): void {
    attached.isClosed = true;
    this.#attached.delete(attached);
    for (const listeners of attached.listeners) listeners.close();
    for (const socket of attached.open) socket.destroy();
  }
}

function covers(name: string): (pattern: string) => boolean {
  return (pattern) =>
    pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
}

/** Addresses at which nothing else is: the platform's own range and the machine itself. */
function isOurs(address: string): boolean {
  return address.startsWith('10.0.') || address.startsWith('127.') || address === '::1';
}
