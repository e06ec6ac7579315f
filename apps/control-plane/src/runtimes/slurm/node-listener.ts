import { createHash, randomBytes } from 'node:crypto';
import { connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { EndpointCertificate } from '../../network/certificates/endpoint-certificate.ts';
import { StartError } from '../../start-error.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import { NodeLink } from './node-link.ts';

/** A job that is to connect. */
export interface ExpectedNode {
  readonly token: string;
  readonly connected: Promise<NodeLink>;
  /** Its token is good for nothing any more. */
  forget(): void;
}

export interface NodeListener {
  readonly port: number;
  expect(): ExpectedNode;
  close(): Promise<void>;
}

const helloMilliseconds = 5_000;
const maximumConnections = 1_024;

/**
 * Where the cluster's jobs connect. Whoever connects proves the control plane's certificate and is asked
 * for a token at once; a token is good for one connection.
 *
 * @throws {StartError} `CannotListen`
 */
export async function openNodeListener(options: {
  readonly listen: { readonly address: string; readonly port: number };
  readonly certificate: EndpointCertificate;
  readonly log: StudioLog;
}): Promise<NodeListener> {
  const { listen, certificate, log } = options;
  /** By the token's hash, so that looking one up tells nothing about another. */
  const expected = new Map<string, (link: NodeLink) => void>();
  const sockets = new Set<TLSSocket>();
  const server = createServer({
    ...{ minVersion: 'TLSv1.3', ALPNProtocols: ['h2'], handshakeTimeout: helloMilliseconds },
    SNICallback: (_name, callback) => callback(null, certificate.secureContext),
    ...certificate.pem,
  });
  server.maxConnections = maximumConnections;
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    void greet(socket);
  });

  async function greet(socket: TLSSocket): Promise<void> {
    const session = connectHttp2('https://node', { createConnection: () => socket });
    session.on('error', () => undefined);
    const link = new NodeLink(session);
    const late = setTimeout(() => session.destroy(), helloMilliseconds);
    try {
      const token = await link.greet();
      const hash = hashOf(token);
      const accept = expected.get(hash);
      if (accept === undefined) throw new Error('Nobody waits for this token');
      expected.delete(hash);
      accept(link);
    } catch (error) {
      session.destroy();
      log.warn({ err: error, address: socket.remoteAddress }, 'Refused a connection of a node');
    } finally {
      clearTimeout(late);
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(listen.port, listen.address, resolve);
  }).catch((error: unknown) => {
    const place = `${listen.address}:${listen.port}`;
    const message = `Cannot listen for the cluster's nodes on ${place}: ${(error as Error).message}; change compute.runtime.slurm.listen in the domain file`;
    throw new StartError('CannotListen', message, { cause: error });
  });
  return {
    port: (server.address() as AddressInfo).port,
    expect() {
      const token = randomBytes(32).toString('hex');
      const hash = hashOf(token);
      const connected = new Promise<NodeLink>((resolve) => expected.set(hash, resolve));
      return { token, connected, forget: () => void expected.delete(hash) };
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
