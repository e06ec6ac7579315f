import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { createAuthority, issueCertificate } from '../certificates/certificate-authority.ts';

let count = 0;

/** Real servers on a loopback address of their own that stand for the outside, under an authority of theirs. */
export async function openOutside(answer: RequestListener = tell) {
  count += 1;
  const address = `127.${100 + (process.pid % 100)}.${count % 250}.1`;
  const now = new Date();
  const authority = createAuthority({ domainName: 'outside', suffixes: ['example'], now });
  const names = ['allowed.example', 'other.example', 'rebind.example'];
  const { certificatePem: cert, privateKeyPem: key } = issueCertificate(authority, names, now);
  const sockets = new Set<Socket>();
  const whole = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    let heard = '';
    socket.on('data', (chunk: Buffer) => {
      heard += chunk;
    });
    // Only once it was told everything, as git and rsync have it.
    socket.on('end', () => setImmediate(() => socket.end(`heard ${heard}`)));
  });
  const ports = { tls: 8443, plain: 8080, whole: 9418 } as const;
  const servers: Server[] = [
    createHttpsServer({ key, cert }, answer).listen(ports.tls, address),
    createHttpServer(answer).listen(ports.plain, address),
    whole.listen(ports.whole, address),
  ];
  for (const server of servers) {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
  }
  await Promise.all(servers.map((server) => once(server, 'listening')));
  return {
    ...{ address, ports, names, authorityPem: authority.certificatePem },
    close() {
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
    },
  };
}

const tell: RequestListener = (request, response) => {
  response.end(`${request.method} ${request.headers.host} ${request.url}`);
};
