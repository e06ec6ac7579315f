import type { Http2Session } from 'node:http2';
import { pingMilliseconds } from './node-protocol.ts';

/** Ends a session whose other side answers no longer, as when its machine lost power or the network. */
export function keepWatch(session: Http2Session): void {
  let isAwaited = false;
  const timer = setInterval(() => {
    if (isAwaited || session.destroyed) {
      session.destroy();
      return;
    }
    isAwaited = true;
    session.ping((error) => {
      if (error === null) isAwaited = false;
      else session.destroy();
    });
  }, pingMilliseconds);
  session.once('close', () => clearInterval(timer));
}
