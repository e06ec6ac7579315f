import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** The first flight of Node.js's own TLS. */
export function realHello(servername: string | undefined): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer) => resolve(chunk),
    });
    connectTls({ socket: wire as never, ...(servername === undefined ? {} : { servername }) }).on(
      'error',
      () => undefined,
    );
  });
}
