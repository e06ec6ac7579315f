import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface LoopbackForwarder {
  readonly port: number;
  /** Cuts every connection that is open, as a lost network would. */
  cutConnections(): void;
  close(): Promise<void>;
}

/** Makes a unix socket reachable at a loopback port, for clients that know only URLs. */
export async function startLoopbackForwarder(socketPath: string): Promise<LoopbackForwarder> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (incoming) => {
    const outgoing = connect(socketPath);
    for (const socket of [incoming, outgoing]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => {});
    }
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('close', () => outgoing.destroy());
    outgoing.on('close', () => incoming.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutConnections = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cutConnections,
    async close() {
      server.close();
      cutConnections();
    },
  };
}
