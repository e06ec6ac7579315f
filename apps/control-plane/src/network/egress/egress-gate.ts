import type { Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import { plainAddress } from '../plain-address.ts';
import type { HandleConnection, StudioConnection } from '../studio-connection.ts';
import type { EgressRules } from './egress-rules.ts';
import { GateConnections } from './gate-connections.ts';
import { readProxyRequest } from './proxy-request.ts';
import { type GateRefusal, gateRefusals, type RefusalForm, refuse } from './refusal.ts';
import { splice } from './splice.ts';
import { formOfPort, readTransparentRequest } from './transparent-request.ts';
import { connectUpstream, type ResolveName, resolveByHost, UpstreamError } from './upstream.ts';

export interface EgressGateOptions {
  readonly rules: EgressRules;
  readonly flowLog: FlowLog;
  readonly clock: Clock;
  readonly allowedPrivateAddresses: readonly string[];
  readonly resolve?: ResolveName;
  readonly limits?: Partial<GateLimits>;
}

export interface GateLimits {
  /** Open at once, of one studio. */
  readonly connectionCount: number;
  readonly connectMilliseconds: number;
  /** For the first bytes that say where a connection wants to go. */
  readonly headMilliseconds: number;
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
  connectMilliseconds: 10_000,
  headMilliseconds: 10_000,
};
const reviewMilliseconds = 5_000;

/** Where a connection wants to go, and what is to be sent there first. */
export interface GateRequest {
  readonly name: string;
  readonly port: number;
  /** How a refusal is worded from here on. */
  readonly form: RefusalForm;
  /** Sent to the server before all that follows. */
  readonly first: Buffer;
  /** Told to the client once the server is reached; what follows is judged then. */
  readonly answerWhenReached?: (socket: Socket) => Promise<Buffer | GateRefusal>;
}

export type ReadGateRequest = (
  connection: StudioConnection,
  limits: GateLimits,
) => Promise<
  | GateRequest
  | { readonly refusal: GateRefusal; readonly form: RefusalForm; readonly name?: string }
>;

/** What a connection came to, for the flow log. */
interface Outcome {
  name: string | undefined;
  rule: string;
  isAccepted: boolean;
  reachedAddress: string | undefined;
}

/** The only way from a studio to anything outside: decides by name, resolves and connects itself. */
export function createEgressGate(options: EgressGateOptions): EgressGate {
  const { rules, flowLog, clock } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const upstreamOptions = {
    resolve: options.resolve ?? resolveByHost,
    addressRules: { allowedPrivateAddresses: options.allowedPrivateAddresses },
    connectMilliseconds: limits.connectMilliseconds,
  };
  const connections = new GateConnections(limits.connectionCount, rules);
  const timer = setInterval(() => connections.review(), reviewMilliseconds).unref();

  const handleWith =
    (read: ReadGateRequest): HandleConnection =>
    (connection) => {
      const { socket } = connection;
      socket.on('error', () => socket.destroy());
      const outcome: Outcome = {
        ...{ name: connection.resolvedName, rule: 'egress/failed' },
        ...{ isAccepted: false, reachedAddress: undefined },
      };
      socket.once('close', () => record(connection, outcome));
      pass(connection, read, outcome).catch(() => socket.destroy());
    };

  async function pass(
    connection: StudioConnection,
    read: ReadGateRequest,
    outcome: Outcome,
  ): Promise<void> {
    const { studio, socket } = connection;
    const end = (form: RefusalForm, refusal: GateRefusal) => {
      outcome.rule = refusal.rule;
      outcome.isAccepted = false;
      refuse(socket, form, refusal);
    };
    const leave = connections.enter(studio, socket);
    if (leave === undefined) return end(formOfPort(connection), gateRefusals.tooManyConnections);
    socket.once('close', leave);

    const request = await read(connection, limits);
    if ('refusal' in request) {
      outcome.name = request.name ?? outcome.name;
      return end(request.form, request.refusal);
    }
    const { name, port, form } = request;
    outcome.name = name;
    const decision = rules.decide(studio, { name, port });
    if (!decision.allowed) return end(form, decision);
    const upstream = await connectUpstream({ name, port }, upstreamOptions).catch((error) => error);
    if (upstream instanceof Error) return end(form, refusalOf(upstream));
    upstream.on('error', () => upstream.destroy());
    outcome.reachedAddress = plainAddress(upstream.remoteAddress ?? '');
    const first = await firstBytes(request, socket);
    if ('rule' in first) {
      upstream.destroy();
      return end('tls', first);
    }
    if (socket.destroyed) return void upstream.destroy();
    outcome.rule = decision.rule;
    outcome.isAccepted = true;
    connections.watch(socket, { studio, name, port });
    if (first.length > 0) upstream.write(first);
    await splice(socket, upstream);
  }

  /** What the address alone forbids is not waited for: the program fails at once. */
  function refusedAtOnce(connection: StudioConnection) {
    const { studio, resolvedName, destinationAddress, destinationPort: port } = connection;
    const name = resolvedName ?? destinationAddress;
    const decision = rules.decide(studio, { name, port });
    if (decision.allowed) return undefined;
    return { refusal: decision, form: formOfPort(connection), name };
  }

  function record(connection: StudioConnection, outcome: Outcome): void {
    const { studio, socket, destinationAddress, destinationPort, startedAt } = connection;
    flowLog.record({
      ...{ studio, destinationAddress, destinationPort, startedAt },
      ...{ protocol: 'tcp', sourcePort: socket.remotePort ?? 0, endpoint: undefined },
      action: outcome.isAccepted ? 'ACCEPT' : 'REJECT',
      ...{ name: outcome.name, rule: outcome.rule, reachedAddress: outcome.reachedAddress },
      ...{ sentBytes: socket.bytesRead, receivedBytes: socket.bytesWritten, endedAt: clock() },
    });
  }

  return {
    transparent: handleWith(async (connection, given) => {
      const refused = refusedAtOnce(connection);
      return refused ?? readTransparentRequest(connection, given);
    }),
    proxy: handleWith(readProxyRequest),
    review: () => connections.review(),
    close() {
      clearInterval(timer);
      connections.closeAll();
    },
  };
}

async function firstBytes(
  { first, answerWhenReached }: GateRequest,
  socket: Socket,
): Promise<Buffer | GateRefusal> {
  return answerWhenReached === undefined ? first : answerWhenReached(socket);
}

function refusalOf(error: Error): GateRefusal {
  if (!(error instanceof UpstreamError)) return gateRefusals.unreachable;
  switch (error.code) {
    case 'AddressForbidden':
      return gateRefusals.addressForbidden;
    case 'NameUnknown':
      return gateRefusals.nameUnknown;
    case 'Unreachable':
      return gateRefusals.unreachable;
  }
}
