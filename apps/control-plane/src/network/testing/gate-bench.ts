import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createCertificate } from '../../http/testing/self-signed-certificate.ts';
import { createEgressGate } from '../egress/egress-gate.ts';
import type { EgressRules } from '../egress/egress-rules.ts';
import type { GateLimits } from '../egress/gate-request.ts';
import { plainAddress } from '../plain-address.ts';
import type { HandleConnection, StudioConnection } from '../studio-connection.ts';
import { CollectedFlows } from './collected-flows.ts';
import { testStudio } from './test-studio.ts';

const [plainPort, tlsPort, otherPort] = [8080, 8443, 5432];
/** Each bench has addresses of its own, so that benches run side by side on the same ports. */
let benchCount = 0;

/**
 * The gate between real sockets: programs connect to a listener that stands for their network, and
 * real servers on loopback stand for the outside.
 */
export async function openGateBench(options: { limits?: Partial<GateLimits> } = {}) {
  benchCount += 1;
  const outside = `127.${process.pid % 250}.${benchCount}.1`;
  const servers = await openOutside(outside);
  const flows = new CollectedFlows();
  const allowed = new Set(['allowed.example']);
  const addresses = new Map([['allowed.example', [outside]]]);
  const rules: EgressRules = {
    decide: (_studio, { name }) => ({
      allowed: allowed.has(name),
      rule: allowed.has(name) ? 'egress/allow-list/test' : 'egress/off',
      sentence: { english: 'The internet is off.', korean: '인터넷이 꺼져 있습니다.' },
    }),
    mayResolve: () => {
      throw new Error('The gate resolves nothing for a studio');
    },
    ports: () => [],
  };
  const resolved: string[] = [];
  const holds = new Map<string, Promise<void>>();
  const gate = createEgressGate({
    ...{ rules, flowLog: flows, clock: () => new Date() },
    allowedPrivateAddresses: [`${outside}/32`],
    resolve: async (name) => {
      resolved.push(name);
      await holds.get(name);
      const found = addresses.get(name);
      if (found === undefined) throw new Error(`Nobody knows ${name}`);
      return found;
    },
    parts: options.limits === undefined ? {} : { limits: options.limits },
  });
  const listeners: Server[] = [];

  /** Connections to the answered port are taken for ones to what `change` says. */
  async function listenFor(
    handle: HandleConnection,
    change: Partial<StudioConnection>,
  ): Promise<number> {
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) =>
      handle({
        ...{ studio: testStudio(), socket, startedAt: new Date(), resolvedName: undefined },
        destinationAddress: plainAddress(socket.localAddress ?? ''),
        destinationPort: 443,
        ...change,
      }),
    );
    listeners.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  return {
    ...{ gate, flows, allowed, addresses, resolved, outside, plainPort, tlsPort, otherPort },
    certificate: servers.certificate,
    /** Lookups of this name wait until what is answered is called. */
    holdLookups(name: string): () => void {
      let release: () => void = () => undefined;
      holds.set(
        name,
        new Promise((resolve) => {
          release = resolve;
        }),
      );
      return release;
    },
    /** As if a program had connected to the address that the resolver gave for this name. */
    transparent: (resolvedName: string | undefined, destinationPort: number, studio = 'alice') =>
      listenFor(gate.transparent, {
        ...{ resolvedName, destinationPort, studio: testStudio(studio) },
        destinationAddress: resolvedName === undefined ? '203.0.113.9' : '100.64.0.1',
      }),
    proxy: () => listenFor(gate.proxy, { destinationAddress: '10.0.0.4', destinationPort: 3128 }),
    async close() {
      gate.close();
      for (const server of listeners) server.close();
      await servers.close();
    },
  };
}

async function openOutside(address: string) {
  const { certificate, privateKey } = createCertificate('allowed.example');
  const sockets = new Set<Socket>();
  const plain = createHttpServer((request, response) => {
    response.setHeader('x-seen-connection', String(request.headers.connection));
    response.end(`${request.method} ${request.headers.host} ${request.url}`);
  });
  const tls = createTlsServer({ cert: certificate, key: privateKey }, (socket) => {
    socket.on('error', () => undefined);
    socket.write('hello over tls\n');
    socket.pipe(socket);
  });
  const other = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.write('ready\n');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on('end', () => socket.end(`heard ${text}`));
  });
  const listening = [
    plain.listen(plainPort, address),
    tls.listen(tlsPort, address),
    other.listen(otherPort, address),
  ];
  for (const server of listening) {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
  }
  await Promise.all(listening.map((server) => once(server, 'listening')));
  return {
    certificate,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        listening.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
      );
    },
  };
}

/** Sends bytes and reads until the other end has ended, or reset. */
export function exchange(port: number, text: string | Buffer, keepsOpen = true): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    if (keepsOpen) socket.write(text);
    else socket.end(text);
  });
}
