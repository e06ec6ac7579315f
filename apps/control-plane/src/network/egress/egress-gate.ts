import type { Clock } from '../../clock.ts';
import { ConnectionFlow } from '../flows/connection-flow.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import { plainAddress } from '../plain-address.ts';
import type { HandleConnection, StudioConnection } from '../studio-connection.ts';
import type { EgressRules } from './egress-rules.ts';
import { GateConnections } from './gate-connections.ts';
import type { GateLimits, ReadGateRequest } from './gate-request.ts';
import { PendingLookups } from './pending-lookups.ts';
import { readProxyRequest } from './proxy-request.ts';
import { isReachableAddress, listOwnAddresses } from './reachable-address.ts';
import { formOfPort, type ReadNamed, readNamed } from './read-named.ts';
import { type GateRefusal, gateRefusals, type RefusalForm, refuse } from './refusal.ts';
import { type ResolveName, resolveByMachine } from './resolve-name.ts';
import { splice } from './splice.ts';
import { readTransparentRequest } from './transparent-request.ts';
import { connectUpstream } from './upstream.ts';
import { UpstreamError } from './upstream-error.ts';

export interface EgressGateOptions {
  readonly rules: EgressRules;
  readonly flowLog: FlowLog;
  readonly clock: Clock;
  readonly allowedPrivateAddresses: readonly string[];
  readonly resolve?: ResolveName;
  readonly parts?: EgressGateParts;
}

/** See `NetworkParts`. */
export interface EgressGateParts {
  readonly limits?: Partial<GateLimits>;
  readonly readNamed?: ReadNamed;
  readonly isReachable?: (address: string) => boolean;
  readonly ownAddresses?: () => readonly string[];
}

export interface EgressGate {
  /** Connections that programs made straight to an address. */
  readonly transparent: HandleConnection;
  /** Connections to the address that HTTPS_PROXY names. */
  readonly proxy: HandleConnection;
  /** Cuts what the rules no longer allow. */
  review(): void;
  close(): void;
}

const defaultLimits: GateLimits = {
  connectionCount: 256,
  lookupCount: 32,
  lookupMilliseconds: 10_000,
  connectMilliseconds: 10_000,
  headMilliseconds: 10_000,
};
const reviewMilliseconds = 5_000;

/** The only way from a studio to anything outside: decides by name, resolves and connects itself. */
export function createEgressGate(options: EgressGateOptions): EgressGate {
  const { rules, flowLog, clock, resolve = resolveByMachine(), parts = {} } = options;
  const limits = { ...defaultLimits, ...parts.limits };
  const { allowedPrivateAddresses } = options;
  const { ownAddresses = listOwnAddresses } = parts;
  const isReachable = (address: string) =>
    isReachableAddress(address, { allowedPrivateAddresses, ownAddresses });
  const reaching = {
    isReachable: parts.isReachable ?? isReachable,
    connectMilliseconds: limits.connectMilliseconds,
  };
  const connections = new GateConnections(limits.connectionCount, rules);
  const lookups = new PendingLookups(limits);
  const timer = setInterval(() => connections.review(), reviewMilliseconds).unref();

  const handleWith =
    (read: ReadGateRequest): HandleConnection =>
    (connection) => {
      const { socket } = connection;
      socket.on('error', () => socket.destroy());
      const flow = new ConnectionFlow(connection, { rule: 'egress/failed' }, { flowLog, clock });
      pass(connection, read, flow).catch(() => socket.destroy());
    };

  async function pass(
    connection: StudioConnection,
    read: ReadGateRequest,
    flow: ConnectionFlow,
  ): Promise<void> {
    const { studio, socket } = connection;
    const end = (form: RefusalForm, refusal: GateRefusal, name?: string) => {
      flow.tell(name === undefined ? { rule: refusal.rule } : { rule: refusal.rule, name });
      refuse(socket, form, refusal);
    };
    const leave = connections.enter(studio, socket);
    if (leave === undefined) {
      return end(formOfPort(connection.destinationPort), gateRefusals.tooManyConnections);
    }
    socket.once('close', leave);

    const request = await read(connection, limits, parts.readNamed ?? readNamed);
    if ('refusal' in request) return end(request.form, request.refusal, request.name);
    const { name, port, form } = request;
    flow.tell({ name });
    const decision = rules.decide(studio, { name, port });
    if (!decision.allowed) return end(form, decision);
    const upstream = await connectUpstream(
      { name, port },
      {
        resolve: (asked) => lookups.run(studio, () => resolve(asked)),
        ...reaching,
      },
    ).catch((error) => error);
    if (upstream instanceof Error) return end(form, refusalOf(upstream));
    const outside = upstream.socket;
    outside.on('error', () => outside.destroy());
    flow.tell({ reachedAddress: plainAddress(outside.remoteAddress ?? '') });
    const opening = await (request.answerWhenReached?.(socket) ?? request);
    if ('refusal' in opening) {
      outside.destroy();
      return end(opening.form, opening.refusal, opening.name);
    }
    await flow.accept({ rule: decision.rule });
    if (socket.destroyed) return void outside.destroy();
    connections.watch(socket, { studio, name, port });
    if (opening.first.length > 0) outside.write(opening.first);
    await splice(socket, upstream);
  }

  /** What the address alone forbids is not waited for: the program fails at once. */
  function refusedAtOnce(connection: StudioConnection) {
    const { studio, resolvedName, destinationAddress, destinationPort: port } = connection;
    const name = resolvedName ?? destinationAddress;
    const decision = rules.decide(studio, { name, port });
    if (decision.allowed) return undefined;
    return { refusal: decision, form: formOfPort(port), name };
  }

  return {
    transparent: handleWith(async (connection, ...given) => {
      const refused = refusedAtOnce(connection);
      return refused ?? readTransparentRequest(connection, ...given);
    }),
    proxy: handleWith(readProxyRequest),
    review: () => connections.review(),
    close() {
      clearInterval(timer);
      connections.closeAll();
    },
  };
}

function refusalOf(error: Error): GateRefusal {
  if (!(error instanceof UpstreamError)) return gateRefusals.unreachable;
  switch (error.code) {
    case 'AddressForbidden':
      return gateRefusals.addressForbidden;
    case 'TooManyLookups':
      return gateRefusals.tooManyLookups;
    case 'NameUnknown':
      return gateRefusals.nameUnknown;
    case 'Unreachable':
      return gateRefusals.unreachable;
  }
}
