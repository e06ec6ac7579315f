import type { Socket } from 'node:net';
import type { Upstream } from './upstream.ts';

const idleMilliseconds = 10 * 60_000;
/** After one direction has ended, the other may go on without a byte for this long. */
const halfOpenMilliseconds = 60_000;

/**
 * Passes bytes both ways until both directions have ended; each end may finish its own first. Resolves
 * when both sockets are closed. Destroying either ends both.
 */
export function splice(client: Socket, upstream: Upstream): Promise<void> {
  const sockets = [client, upstream.socket] as const;
  for (const [from, to] of [
    [client, upstream.socket],
    [upstream.socket, client],
  ] as const) {
    from.setNoDelay(true);
    from.setTimeout(idleMilliseconds, () => destroyBoth());
    from.on('error', () => destroyBoth());
    from.once('end', () => {
      to.setTimeout(halfOpenMilliseconds);
      from.setTimeout(halfOpenMilliseconds);
    });
    from.once('close', () => {
      // Closed before it ended: a reset, which the other end should see as one too.
      if (!from.readableEnded) to.destroy();
    });
  }
  client.pipe(upstream.socket);
  upstream.socket.once('end', () => client.end());
  upstream.flowTo(client);
  return Promise.all(sockets.map(closed)).then(() => undefined);

  function destroyBoth(): void {
    for (const socket of sockets) socket.destroy();
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}
